"""Parquet, for pandas, R, DuckDB and Spark: NAME.parquet and the other tables beside it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.export.arrow import write_tables
from govextract.export.rows import TABLES

if TYPE_CHECKING:
    from govextract.model import Extraction

MEDIA_TYPE = "application/vnd.apache.parquet"
ENDINGS = tuple(TABLES)  # a file for each table


def write(extraction: Extraction, path: Path, lang: str = "en") -> list[Path]:
    """Write each table to a file of its own, with types."""
    import pyarrow.parquet as pq

    return write_tables(extraction, path, "parquet", lang, partial(pq.write_table, compression="zstd"))
