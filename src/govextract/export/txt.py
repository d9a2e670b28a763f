"""The text that every span points into: what was read out of a web page, a Word file, a PDF, or the report itself.

It is written with every other format, so that whoever holds the records can see where they stand.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.errors import WriteError
from govextract.export.datapackage import described
from govextract.export.files import write_whole

if TYPE_CHECKING:
    from govextract.model import Extraction

MEDIA_TYPE = "text/plain"


def write(extraction: Extraction, path: Path, lang: str = "en") -> list[Path]:
    """Write the text to *path*; nothing where the report itself stands there, or the same text already.

    Raises WriteError where *path* is neither the report nor a file of ours: it may be another report.
    """
    content = content_of(extraction)
    try:
        there = path.read_bytes() if path.exists() else None
    except OSError as error:
        raise WriteError(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    if there is None or (there != content and path.name in described(path.parent)):
        return [write_whole(path, content)]
    if there == content:
        return [path]
    if hashlib.sha256(there).hexdigest() == extraction.document.sha256:
        return []
    raise WriteError(
        path, "is not a file of govextract, and would be overwritten", "remove it, or choose another folder (-o)"
    )


def text(extraction: Extraction, lang: str = "en") -> str:
    """The text as it is."""
    return extraction.document.text


def content_of(extraction: Extraction) -> bytes:
    """The text in UTF-8, character for character: a lone surrogate becomes one question mark, or spans would shift."""
    return extraction.document.text.encode("utf-8", "replace")
