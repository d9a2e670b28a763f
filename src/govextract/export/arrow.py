"""The tables of an extraction as Arrow tables, with types: what Parquet and Feather hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from govextract.export.files import encoded, written_whole
from govextract.export.rows import TABLES, as_float, each, heads, table_columns

if TYPE_CHECKING:
    import pyarrow as pa

    from govextract.model import Extraction


def write_tables(
    extraction: Extraction, path: Path, suffix: str, lang: str, save: Callable[[pa.Table, IO[bytes]], object]
) -> list[Path]:
    """Write every table of `rows.TABLES` to a file of its own, as *save* puts it into a stream."""
    written = []
    for ending in TABLES:
        written.append(path.with_name(f"{path.stem}{ending}.{suffix}"))
        with written_whole(written[-1]) as stream:
            save(table(extraction, ending, lang), stream)
    return written


def table(extraction: Extraction, ending: str, lang: str = "en") -> pa.Table:
    """One table with the types of its columns; the Chinese head of a column stands in its metadata."""
    import pyarrow as pa

    columns, _ = TABLES[ending]
    kinds = {
        "string": pa.string(), "number": pa.float64(), "integer": pa.int64(), "date": pa.date32(),
        "boolean": pa.bool_(),
    }  # fmt: skip
    schema = pa.schema(
        pa.field(name, kinds[kind], metadata={"zh": zh})
        for name, (zh, kind) in zip(heads(columns, lang), columns.values(), strict=True)
    )
    batches = [
        pa.record_batch([_array(cells, field.type) for cells, field in zip(part, schema, strict=True)], schema=schema)
        for part in table_columns(extraction, ending, lang)
    ]
    return pa.Table.from_batches(batches, schema)


def _array(cells: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """A column's cells in Arrow's memory. Dates are text still, and numbers may be Decimal."""
    import pyarrow as pa

    if kind == pa.date32():
        return pa.array(cells, pa.string()).cast(kind)
    if kind == pa.float64():
        return pa.array(each(as_float, cells), kind)
    try:
        return pa.array(cells, kind)
    except UnicodeEncodeError:
        return pa.array(each(_escaped, cells), kind)


def _escaped(text: str | None) -> str | None:
    """Text with lone surrogates as their escapes, as every file has them."""
    return None if text is None else encoded(text).decode()
