"""The tables of an extraction as Arrow tables, with types: what Parquet and Feather hold."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from govextract.export.files import write_whole
from govextract.export.rows import TABLES, Columns, heads, table_cells

if TYPE_CHECKING:
    import pyarrow as pa

    from govextract.model import Extraction


def tables(extraction: Extraction, lang: str = "en") -> dict[str, pa.Table]:
    """Every table of `rows.TABLES`, by the ending of its file."""
    return {
        ending: table(columns, table_cells(extraction, ending, lang), lang) for ending, (columns, _) in TABLES.items()
    }


def write_tables(
    extraction: Extraction, path: Path, suffix: str, lang: str, save: Callable[[pa.Table, BinaryIO], object]
) -> list[Path]:
    """Write every table to a file of its own, as *save* puts it into a stream."""
    written = []
    for ending, content in tables(extraction, lang).items():
        stream = io.BytesIO()
        save(content, stream)
        written.append(write_whole(path.with_name(f"{path.stem}{ending}.{suffix}"), stream.getvalue()))
    return written


def table(columns: Columns, rows: Iterable[Iterable[Any]], lang: str = "en") -> pa.Table:
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
    cells: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(names)
    made = []
    for field, (_, kind), column in zip(fields, columns.values(), cells, strict=True):
        made.append(pa.array(column, pa.string()).cast(field.type) if kind == "date" else pa.array(column, field.type))
    return pa.Table.from_arrays(made, schema=pa.schema(fields))
