"""Feather (Arrow's file format), the quickest for pandas, R and Julia: NAME.feather and the other tables beside it."""

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
    import pyarrow as pa

    written = []
    for ending, table in tables(extraction, lang).items():
        stream = io.BytesIO()
        with pa.ipc.new_file(stream, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
            writer.write_table(table)
        written.append(write_whole(path.with_name(f"{path.stem}{ending}.feather"), stream.getvalue()))
    return written
