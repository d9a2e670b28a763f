"""Records into databases: SQLite, DuckDB, PostgreSQL, by the URL. Loading the same again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from govextract import __version__
from govextract.load.store import Loaded, LoadError, Store, load
from govextract.parse import parse_document

if TYPE_CHECKING:
    from govextract.model import Document
    from govextract.rulebook import Rulebook

__all__ = ["LoadError", "Loaded", "Store", "load_into", "open_store"]

KNOWN = "sqlite:///FILE, duckdb:///FILE, postgresql://USER@HOST/DATABASE"


def load_into(documents: Iterable[Document], url: str, book: Rulebook) -> Loaded:
    """Parse *documents* and load them into the database at *url*, all or none; what stands there is not parsed again.

    Raises LoadError where the database cannot be opened or takes no rows.
    """
    with open_store(url) as store:
        return load(store, documents, lambda document: parse_document(document, book), __version__, book.digest)


def open_store(url: str) -> Store:
    """The database at *url*, opened. Raises LoadError where its kind is unknown or it cannot be opened."""
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
    if scheme == "sqlite":
        from govextract.load.sqlite import SqliteStore

        return SqliteStore(url, path)
    from govextract.load.duck import DuckStore

    return DuckStore(url, path)
