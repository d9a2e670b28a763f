"""Extractions from wherever they are: reports, folders of reports, outputs of `parse`, databases by their URL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from govextract.errors import GovextractError, ReadError
from govextract.export import FILE_NAME
from govextract.load import Loaded, document_items, extraction_items, load_items, open_store
from govextract.load.back import extractions_of
from govextract.outputs import SUFFIXES, read_output
from govextract.parse import parse_document
from govextract.read import MetaTable, read_documents, stem
from govextract.reports import all_files

if TYPE_CHECKING:
    from govextract.model import Extraction
    from govextract.rulebook import Rulebook

T = TypeVar("T")


def is_url(source: str) -> bool:
    """Whether *source* names a database."""
    return "://" in source


def is_output(path: Path) -> bool:
    """Whether *path* is what `parse` wrote rather than a report."""
    return path.suffix.lower() in SUFFIXES


def extractions_from(sources: Iterable[str], book: Rulebook, table: MetaTable | None = None) -> Iterator[Extraction]:
    """What each of *sources* (a path, or the URL of a loaded database) holds, in order; *table* says more."""
    for _, extraction in extractions_apart(sources, book, table):
        if isinstance(extraction, GovextractError):
            raise extraction
        yield extraction


def extractions_apart(
    sources: Iterable[str], book: Rulebook, table: MetaTable | None = None
) -> Iterator[tuple[Path, Extraction | GovextractError]]:
    """What each of *sources* holds, with its file, or the report's name in its database; a file that cannot be read is
    its error, and the others follow.
    """
    for source in sources:
        if is_url(source):
            with open_store(source, there=True) as store:
                yield from ((Path(extraction.document.name), extraction) for extraction in extractions_of(store))
            continue
        for path in _files([Path(source)]):
            if isinstance(path, ReadError):
                yield Path(path.path), path
                continue
            try:
                if is_output(path):
                    yield from ((path, extraction) for extraction in read_output(path))
                else:
                    yield from _reports(path, book, table)
            except GovextractError as error:
                yield path, error


def load_files(paths: Sequence[Path], url: str, book: Rulebook, table: MetaTable | None = None) -> Loaded:
    """Load reports, which are parsed where they are new, and outputs as they are. Raises what the first of them raises:
    a load is whole or not at all.
    """
    files = [_whole(file) for file in _files(paths)]
    reports = (_whole(found) for path in files if not is_output(path) for found in read_documents(path, table=table))
    outputs = chain.from_iterable(read_output(path) for path in files if is_output(path))
    return load_items(chain(document_items(reports, book), extraction_items(outputs)), url)


def _whole(found: T | ReadError) -> T:
    if isinstance(found, ReadError):
        raise found
    return found


def _reports(
    path: Path, book: Rulebook, table: MetaTable | None
) -> Iterator[tuple[Path, Extraction | GovextractError]]:
    """The reports of a file; one of an archive is named by both."""
    for document in read_documents(path, table=table):
        if isinstance(document, ReadError):
            yield Path(document.path), document
        else:
            own = path if document.name == stem(path) else path / document.name
            yield own, parse_document(document, book)


def _files(paths: Iterable[Path]) -> Iterator[Path | ReadError]:
    """The files; the description of a folder of outputs, which output/*.json names too, holds nothing to read."""
    return (path for path in all_files(paths) if isinstance(path, ReadError) or path.name != FILE_NAME)
