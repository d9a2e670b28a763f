"""Extractions from wherever they are: reports, folders of reports, databases by their URL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.load import open_store
from govextract.load.back import extractions_of
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.reports import report_files

if TYPE_CHECKING:
    from govextract.model import Extraction
    from govextract.rulebook import Rulebook


def extractions_from(sources: Iterable[str], book: Rulebook) -> Iterator[Extraction]:
    """What each of *sources* (a path, or the URL of a loaded database) holds, in order."""
    for source in sources:
        if "://" in source:
            with open_store(source) as store:
                yield from extractions_of(store)
        else:
            yield from (parse_document(read_document(path), book) for path in report_files([Path(source)]))
