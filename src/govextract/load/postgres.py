"""PostgreSQL: a server for many; rows go in by COPY."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from govextract.load.store import WAIT, LoadError, Store
from govextract.load.tables import Table, references

LOCK = 0x60_0E_47  # the advisory lock that loaders wait for one another with


class PostgresStore(Store):
    """A PostgreSQL database, in the schema that the connection's search_path names first."""

    types: ClassVar[dict[str, str]] = {
        "text": "text", "number": "double precision", "integer": "integer", "date": "date", "flag": "boolean",
    }  # fmt: skip
    mark = "%s"
    parents = False  # but `index` does

    def __init__(self, url: str) -> None:
        shown = _without_password(url)
        super().__init__(shown)
        import psycopg

        self.error = psycopg.Error
        try:
            self.connection = psycopg.connect(url, connect_timeout=int(WAIT))
        except psycopg.Error as error:
            told = " ".join(str(error).split())
            raise LoadError(shown, told, "is the server running, and are user and password right?") from None

    def begin(self) -> None:
        self.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))  # opens the transaction

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self.told():
            cursor = self.connection.execute(statement, list(values) or None)
            return list(cursor.fetchall()) if cursor.description else []

    def insert(self, table: Table, columns: Sequence[Sequence[Any]]) -> None:
        kinds = (column.kind for column in table.columns)
        safe = [_without_nul(cells) if kind == "text" else cells for kind, cells in zip(kinds, columns, strict=True)]
        with self.told(), self.connection.cursor().copy(f"COPY {table.name} FROM STDIN") as copy:
            for row in zip(*safe, strict=True):
                copy.write_row(row)

    def index(self) -> None:
        super().index()
        for statement in references():  # many rows are held against their parents faster at once
            self.execute(statement)

    def commit(self) -> None:
        with self.told():
            self.connection.commit()

    def close(self) -> None:
        self.connection.close()

    def tables(self) -> set[str]:
        rows = self.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")
        return {name for (name,) in rows}


def _without_nul(cells: Sequence[str | None]) -> Sequence[str | None]:
    """PostgreSQL's text holds no NUL."""
    if "\0" not in "".join(filter(None, cells)):
        return cells
    return [cell and cell.replace("\0", "\N{REPLACEMENT CHARACTER}") for cell in cells]


def _without_password(url: str) -> str:
    """The URL as it may be shown."""
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":…@")).geturl() if parts.password else url
