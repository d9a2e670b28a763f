"""PostgreSQL: a server for many; rows go in by COPY through a temporary table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from govextract.load.store import WAIT, LoadError, Store

LOCK = 0x60_0E_47  # the advisory lock that loaders wait for one another with


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

    def insert(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        with self.told(), self.connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS incoming_{table} (LIKE {table}) ON COMMIT DROP")
            with cursor.copy(f"COPY incoming_{table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row([_clean(value) for value in row])
            cursor.execute(f"INSERT INTO {table} SELECT * FROM incoming_{table}")
            cursor.execute(f"TRUNCATE incoming_{table}")

    def commit(self) -> None:
        with self.told():
            self.connection.commit()

    def close(self) -> None:
        self.connection.close()

    def tables(self) -> set[str]:
        rows = self.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")
        return {name for (name,) in rows}


def _clean(value: Any) -> Any:
    """PostgreSQL's text holds no NUL."""
    return value.replace("\x00", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) and "\x00" in value else value


def _without_password(url: str) -> str:
    """The URL as it may be shown."""
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":…@")).geturl() if parts.password else url
