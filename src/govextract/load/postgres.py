"""PostgreSQL: a server for many; rows go in by COPY."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from govextract.export.rows import each
from govextract.load.store import WAIT, LoadError, Store
from govextract.load.tables import Table

LOCK = 0x60_0E_47  # the advisory lock that loaders wait for one another with


ESCAPES = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\0": "\N{REPLACEMENT CHARACTER}"}
MARKS = re.compile(r"[\\\t\n\r\0]")


class PostgresStore(Store):
    """A PostgreSQL database, in the schema that the connection's search_path names first."""

    types: ClassVar[dict[str, str]] = {
        "text": "text", "number": "double precision", "integer": "integer", "date": "date", "flag": "boolean",
    }  # fmt: skip
    mark = "%s"

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
        rows = map("\t".join, zip(*(each(_text, cells) for cells in columns), strict=True))
        with self.told(), self.connection.cursor().copy(f"COPY {table.name} FROM STDIN") as copy:
            copy.write("\n".join([*rows, ""]))

    def commit(self) -> None:
        with self.told():
            self.connection.commit()

    def close(self) -> None:
        self.connection.close()

    def tables(self) -> set[str]:
        rows = self.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")
        return {name for (name,) in rows}


def _text(cell: object) -> str:
    """A cell as COPY reads it. PostgreSQL's text holds no NUL."""
    if cell is None:
        return r"\N"
    return MARKS.sub(lambda found: ESCAPES[found[0]], cell) if isinstance(cell, str) else str(cell)


def _without_password(url: str) -> str:
    """The URL as it may be shown."""
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":…@")).geturl() if parts.password else url
