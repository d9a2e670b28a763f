"""Excel: one workbook a report with a sheet a table; heads frozen, filters set, numbers as numbers, text as text."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.export.files import write_whole
from govextract.export.rows import TABLES, heads

if TYPE_CHECKING:
    from govextract.model import Extraction

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Nothing that a report says is a formula, a link or a number of ours.
SAFE = {
    "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True,
    "default_date_format": "yyyy-mm-dd",
}  # fmt: skip
WIDTHS = {"string": 16, "number": 14, "integer": 9, "date": 12, "boolean": 8}
WIDE = {"indicator": 30, "sentence": 60, "comparison": 36, "message": 60}
SHEETS = {
    "": ("records", "记录"), ".comparisons": ("comparisons", "比较"), ".issues": ("issues", "待核"),
    ".documents": ("documents", "文件"),
}  # fmt: skip
CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # of every workbook, so that the bytes are the same again
LONGEST = 32_767  # characters that a cell holds


def write(extraction: Extraction, path: Path, lang: str = "en") -> list[Path]:
    """Write every table of the report to its sheet."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, dict(SAFE))
    book.set_properties({"created": CREATED, "title": extraction.document.title or ""})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "#,##0.############"})
    for ending, (columns, made) in TABLES.items():
        sheet = book.add_worksheet(SHEETS[ending][lang == "zh"])
        names = heads(columns, lang)
        sheet.write_row(0, 0, names, bold)
        rows = 0
        for rows, row in enumerate(made(extraction, lang), start=1):
            for at, ((_, kind), value) in enumerate(zip(columns.values(), row.values(), strict=True)):
                _put(sheet, rows, at, value, kind, number)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, rows, len(names) - 1)
        for at, (name, (_, kind)) in enumerate(columns.items()):
            sheet.set_column(at, at, WIDE.get(name, WIDTHS[kind]))
    book.close()
    return [write_whole(path, stream.getvalue())]


def _put(sheet: Any, row: int, column: int, value: Any, kind: str, number: Any) -> None:
    if value is None:
        return
    if kind == "boolean":
        sheet.write_boolean(row, column, value)
    elif kind == "number":
        sheet.write_number(row, column, value, number)
    elif kind == "integer":
        sheet.write_number(row, column, value)
    elif kind == "date":
        sheet.write_datetime(row, column, date.fromisoformat(value))
    else:
        sheet.write_string(row, column, value[:LONGEST])
