"""DuckDB: one file for analysis; rows go in as columns of Arrow."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from govextract.load.store import WAIT, LoadError, Store
from govextract.load.tables import Table


class DuckStore(Store):
    """A DuckDB file; made where there is none. One process writes at a time: another waits for it.

    Its tables name no parents: DuckDB holds a deleted child against its parent until the transaction has ended, and a
    document is replaced in one.
    """

    parents = False

    types: ClassVar[dict[str, str]] = {
        "text": "VARCHAR",
        "number": "DOUBLE",
        "integer": "INTEGER",
        "date": "DATE",
        "flag": "BOOLEAN",
    }

    def __init__(self, url: str, path: Path) -> None:
        super().__init__(url)
        import duckdb

        self.error = duckdb.Error
        until = time.monotonic() + WAIT
        while True:
            try:
                self.connection = duckdb.connect(str(path))
                return
            except duckdb.IOException as error:
                told = str(error).split("\n", maxsplit=1)[0]
                if "lock" not in told.lower() or time.monotonic() > until:
                    raise LoadError(url, told, "is it a DuckDB file that you may write to?") from None
                time.sleep(0.2)

    def begin(self) -> None:
        self.connection.begin()

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self.told():
            return list(self.connection.execute(statement, list(values)).fetchall())

    def insert(self, table: Table, columns: Sequence[Sequence[Any]]) -> None:
        import pyarrow as pa

        kinds = {"text": pa.string(), "number": pa.float64(), "integer": pa.int64(), "date": pa.string()}
        kinds["flag"] = pa.bool_()
        arrays = [pa.array(cells, kinds[column.kind]) for column, cells in zip(table.columns, columns, strict=True)]
        incoming = pa.table(arrays, [column.name for column in table.columns])
        with self.told():  # a registered table would stay in memory until the transaction ends
            self.connection.from_arrow(incoming).insert_into(table.name)

    def commit(self) -> None:
        with self.told():
            self.connection.commit()

    def close(self) -> None:
        self.connection.close()

    def tables(self) -> set[str]:
        rows = self.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'")
        return {name for (name,) in rows}
