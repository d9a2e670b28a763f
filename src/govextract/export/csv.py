"""CSV, UTF-8 with BOM so that Excel opens Chinese text correctly: NAME.csv, and the other tables beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.export.files import encoded, write_whole
from govextract.export.rows import TABLES, heads, record_cells

if TYPE_CHECKING:
    from govextract.model import Extraction

# A spreadsheet takes a text cell that begins so for a formula; some take the full-width signs too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
BOM = "\ufeff"
CHANGED = (str, bool)  # what a cell may have to be made safe or plain


def write(extraction: Extraction, path: Path, lang: str = "en") -> list[Path]:
    """Write the records to *path* and the other tables beside it (`datapackage.describe` describes them)."""
    return [
        write_whole(path.with_name(f"{path.stem}{ending}.csv"), encoded(table_text(extraction, ending, lang)))
        for ending in TABLES
    ]


def text(extraction: Extraction, lang: str = "en") -> str:
    """One row a record, with the columns of `rows.COLUMNS`."""
    return table_text(extraction, "", lang)


def table_text(extraction: Extraction, ending: str, lang: str = "en") -> str:
    """One table of `rows.TABLES`, by the ending of its file."""
    columns, rows = TABLES[ending]
    cells = (row.values() for row in rows(extraction, lang)) if ending else record_cells(extraction)
    return _table(heads(columns, lang), cells)


def _table(names: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    stream = io.StringIO()
    stream.write(BOM)
    writer = csv.writer(stream)
    writer.writerow(names)
    writer.writerows([_cell(value) if type(value) in CHANGED else value for value in row] for row in rows)
    return stream.getvalue()


def _cell(value: Any) -> Any:
    """What a spreadsheet shows as it stands: numbers stay numbers, text is never a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value
