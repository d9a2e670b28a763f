"""Feather (Arrow's file format), the quickest for pandas, R and Julia: NAME.feather and the other tables beside it."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING

from govextract.export.arrow import write_tables
from govextract.export.rows import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

    from govextract.model import Extraction

MEDIA_TYPE = "application/vnd.apache.arrow.file"
ENDINGS = tuple(TABLES)  # a file for each table


def write(extraction: Extraction, path: Path, lang: str = "en") -> list[Path]:
    """Write each table to a file of its own, with types."""
    from pyarrow.feather import write_feather

    def save(table: pa.Table, stream: IO[bytes]) -> None:
        write_feather(table.combine_chunks(), stream, compression="lz4")  # batches as large as Feather makes them

    return write_tables(extraction, path, "feather", lang, save)
