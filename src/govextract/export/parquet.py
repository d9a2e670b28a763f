"""Parquet, for pandas, R, DuckDB and Spark: NAME.parquet and the other tables beside it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.export.arrow import tables
from govextract.export.files import write_whole

if TYPE_CHECKING:
    from govextract.model import Extraction


def write(extraction: Extraction, path: Path, lang: str = "en") -> list[Path]:
    """Write each table to a file of its own, with types."""
    import pyarrow.parquet as pq

    written = []
    for ending, table in tables(extraction, lang).items():
        stream = io.BytesIO()
        pq.write_table(table, stream, compression="zstd")
        written.append(write_whole(path.with_name(f"{path.stem}{ending}.parquet"), stream.getvalue()))
    return written
