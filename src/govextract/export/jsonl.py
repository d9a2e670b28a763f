"""JSON Lines: one record a line, each with the name and the hash of its document."""

from __future__ import annotations

from json import JSONEncoder
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.export.files import encoded, write_whole
from govextract.model import plain_number

if TYPE_CHECKING:
    from govextract.model import Extraction


def write(extraction: Extraction, path: Path, lang: str = "en") -> list[Path]:
    """Write the records to *path*; a report without records gives an empty file."""
    return [write_whole(path, encoded(text(extraction, lang)))]


def text(extraction: Extraction, lang: str = "en") -> str:
    """The records, one a line; their keys are the same in every language."""
    document = {"document": extraction.document.name, "document_sha256": extraction.document.sha256}
    write = JSONEncoder(ensure_ascii=False, default=plain_number, check_circular=False).encode
    return "".join(write(document | record.plain()) + "\n" for record in extraction.records)
