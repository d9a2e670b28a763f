"""Records into databases: SQLite, DuckDB, PostgreSQL, by the URL. Loading the same again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from govextract import __version__
from govextract.load.store import Item, Loaded, LoadError, Store, load
from govextract.parse import parse_document

if TYPE_CHECKING:
    from govextract.model import Document, Extraction
    from govextract.rulebook import Rulebook

__all__ = [
    "Item", "LoadError", "Loaded", "Store",
    "document_items", "extraction_items", "load_into", "load_items", "loaded_runs", "open_store",
]  # fmt: skip

KNOWN = "sqlite:///FILE, duckdb:///FILE, postgresql://USER@HOST/DATABASE"


def load_into(documents: Iterable[Document], url: str, book: Rulebook) -> Loaded:
    """Parse *documents* and load them into the database at *url*, all or none; what stands there is not parsed again.

    Raises LoadError where the database cannot be opened or takes no rows.
    """
    return load_items(document_items(documents, book), url)


def load_items(items: Iterable[Item], url: str) -> Loaded:
    """Load *items* into the database at *url*, all or none. Raises LoadError as `load_into` does."""
    with open_store(url) as store:
        return load(store, items)


def loaded_runs(url: str) -> dict[str, str]:
    """The SHA-256 of every document in the database at *url*, which is made where it is missing, with its run's key."""
    load_items((), url)
    with open_store(url) as store:
        return dict(store.execute("SELECT document, run FROM document"))


def document_items(documents: Iterable[Document], book: Rulebook) -> Iterator[Item]:
    """Reports that are parsed with *book* where the database does not hold them so already."""
    for document in documents:
        yield Item(document.sha256, __version__, book.digest, partial(parse_document, document, book))


def extraction_items(extractions: Iterable[Extraction], book: Rulebook | None = None) -> Iterator[Item]:
    """What is parsed already: by this version with *book*, or, where that is None, by whoever wrote the file that it
    was read from; then the file's content stands for the rules.
    """
    for extraction in extractions:
        made_by = __version__, book.digest if book else ""
        if book is None:
            content = "".join(record.model_dump_json() for record in extraction.records)
            made_by = f"schema {extraction.schema_version}", sha256(content.encode()).hexdigest()[:32]
        yield Item(extraction.document.sha256, *made_by, partial(_same, extraction))


def _same(extraction: Extraction) -> Extraction:
    return extraction


def open_store(url: str, *, there: bool = False) -> Store:
    """The database at *url*, opened. Raises LoadError where its kind is unknown or it cannot be opened, or where it has
    to be *there* already and is not: what reads makes no file.
    """
    scheme, found, rest = url.partition("://")
    if not found:
        raise LoadError(url, "is no URL of a database", f"write {KNOWN}")
    if scheme in ("postgresql", "postgres"):
        from govextract.load.postgres import PostgresStore

        return PostgresStore(url)
    if scheme not in ("sqlite", "duckdb"):
        raise LoadError(url, f"unknown kind of database {scheme!r}", f"known: {KNOWN}")
    path = Path(rest.removeprefix("/"))
    if not rest.removeprefix("/"):
        raise LoadError(url, "names no file", f"write {scheme}:///figures.db")
    if there and not path.is_file():
        raise LoadError(url, "is not there", "fill it with govextract load")
    if scheme == "sqlite":
        from govextract.load.sqlite import SqliteStore

        return SqliteStore(url, path)
    from govextract.load.duck import DuckStore

    return DuckStore(url, path)
