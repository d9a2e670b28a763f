"""CSV, UTF-8 with BOM so that Excel opens Chinese text correctly: NAME.csv, NAME.comparisons.csv, NAME.issues.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.export.files import encoded, write_whole
from govextract.export.rows import (
    COLUMNS,
    COMPARISON_COLUMNS,
    ISSUE_COLUMNS,
    comparison_rows,
    heads,
    issue_rows,
    record_rows,
)

if TYPE_CHECKING:
    from govextract.model import Extraction

# A spreadsheet takes a text cell that begins so for a formula; some take the full-width signs too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
BOM = "\ufeff"


def write(extraction: Extraction, path: Path, lang: str = "en") -> list[Path]:
    """Write the records to *path*, the comparisons and the issues beside it (`datapackage.describe` describes them)."""
    tables = {"": text, ".comparisons": comparisons_text, ".issues": issues_text}
    return [
        write_whole(path.with_name(f"{path.stem}{ending}.csv"), encoded(table(extraction, lang)))
        for ending, table in tables.items()
    ]


def text(extraction: Extraction, lang: str = "en") -> str:
    """One row a record, with the columns of `rows.COLUMNS`."""
    return _table(heads(COLUMNS, lang), record_rows(extraction, lang))


def comparisons_text(extraction: Extraction, lang: str = "en") -> str:
    """One row a comparison, with the id of its record."""
    return _table(heads(COMPARISON_COLUMNS, lang), comparison_rows(extraction, lang))


def issues_text(extraction: Extraction, lang: str = "en") -> str:
    """One row an issue, with the ids of the records that it doubts."""
    return _table(heads(ISSUE_COLUMNS, lang), issue_rows(extraction, lang))


def _table(names: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    stream = io.StringIO()
    stream.write(BOM)
    writer = csv.writer(stream)
    writer.writerow(names)
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return stream.getvalue()


def _cell(value: Any) -> Any:
    """What a spreadsheet shows as it stands: numbers stay numbers, text is never a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value
