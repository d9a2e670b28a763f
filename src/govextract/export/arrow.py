"""The tables of an extraction as Arrow tables, with types: what Parquet and Feather hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from govextract.export.rows import TABLES, Columns, heads

if TYPE_CHECKING:
    import pyarrow as pa

    from govextract.model import Extraction


def tables(extraction: Extraction, lang: str = "en") -> dict[str, pa.Table]:
    """Every table of `rows.TABLES`, by the ending of its file."""
    return {ending: table(columns, made(extraction, lang), lang) for ending, (columns, made) in TABLES.items()}


def table(columns: Columns, rows: Iterable[dict[str, Any]], lang: str = "en") -> pa.Table:
    """Rows with the types of *columns*; the Chinese head of a column stands in its metadata."""
    import pyarrow as pa

    kinds = {
        "string": pa.string(), "number": pa.float64(), "integer": pa.int64(), "date": pa.date32(),
        "boolean": pa.bool_(),
    }  # fmt: skip
    names = heads(columns, lang)
    fields = [
        pa.field(name, kinds[kind], metadata={"zh": zh})
        for name, (zh, kind) in zip(names, columns.values(), strict=True)
    ]
    cells: list[list[Any]] = [[] for _ in names]
    for row in rows:
        for column, value in zip(cells, row.values(), strict=True):
            column.append(value)
    made = []
    for field, (_, kind), column in zip(fields, columns.values(), cells, strict=True):
        values = [None if v is None else date.fromisoformat(v) for v in column] if kind == "date" else column
        made.append(pa.array(values, type=field.type))
    return pa.Table.from_arrays(made, schema=pa.schema(fields))
