"""CSV, UTF-8 with BOM so that Excel opens Chinese text correctly: NAME.csv, and the other tables beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from govextract.export.files import written_whole
from govextract.export.rows import TABLES, heads, table_cells

if TYPE_CHECKING:
    from govextract.model import Extraction

MEDIA_TYPE = "text/csv"
ENDINGS = tuple(TABLES)  # a file for each table

# A spreadsheet takes a text cell that begins so for a formula; some take the full-width signs too.
FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")
BOM = "\ufeff"


def write(extraction: Extraction, path: Path, lang: str = "en") -> list[Path]:
    """Write the records to *path* and the other tables beside it (`datapackage.describe` describes them)."""
    made = []
    for ending in TABLES:
        made.append(path.with_name(f"{path.stem}{ending}.csv"))
        with written_whole(made[-1]) as stream:
            # Lone surrogates become their escapes, as `files.encoded` writes them.
            lines = io.TextIOWrapper(stream, "utf-8", "backslashreplace", newline="")
            _write_table(lines, heads(TABLES[ending][0], lang), table_cells(extraction, ending, lang))
            lines.detach()
    return made


def text(extraction: Extraction, lang: str = "en") -> str:
    """One row a record, with the columns of `rows.COLUMNS`."""
    return table_text(extraction, "", lang)


def table_text(extraction: Extraction, ending: str, lang: str = "en") -> str:
    """One table of `rows.TABLES`, by the ending of its file."""
    return _table(heads(TABLES[ending][0], lang), table_cells(extraction, ending, lang))


def head_text(ending: str, lang: str = "en") -> str:
    """What every such table begins with."""
    return _table(heads(TABLES[ending][0], lang), ())


def _table(names: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    stream = io.StringIO()
    _write_table(stream, names, rows)
    return stream.getvalue()


def _write_table(stream: TextIO, names: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    stream.write(BOM)
    writer = csv.writer(stream)
    writer.writerow(names)
    writer.writerows(map(_cells, rows))


def _cells(row: Iterable[Any]) -> list[Any]:
    """What a spreadsheet shows as it stands: numbers stay numbers, text is never a formula. (A call a cell is slow.)"""
    return [
        ("'" + cell if cell[:1] in FORMULA_STARTS else cell)
        if type(cell) is str
        else ("true" if cell else "false")
        if type(cell) is bool
        else cell
        for cell in row
    ]
