"""CSV, UTF-8 with BOM so that Excel opens Chinese text correctly: NAME.csv, and the other tables beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.export.files import encoded, written_whole
from govextract.export.rows import TABLES, each, heads, table_columns
from govextract.model import plain_number

if TYPE_CHECKING:
    from govextract.model import Extraction

MEDIA_TYPE = "text/csv"
ENDINGS = tuple(TABLES)  # a file for each table

# A spreadsheet takes a text cell that begins so for a formula; some take the full-width signs too.
FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")
QUOTED = re.compile('[",\r\n]')  # what a cell is put into quotes for
BOM = "\ufeff"


def write(extraction: Extraction, path: Path, lang: str = "en") -> list[Path]:
    """Write the records to *path* and the other tables beside it (`datapackage.describe` describes them)."""
    made = []
    for ending in TABLES:
        made.append(path.with_name(f"{path.stem}{ending}.csv"))
        with written_whole(made[-1]) as stream:
            stream.writelines(map(encoded, _table(extraction, ending, lang)))
    return made


def text(extraction: Extraction, lang: str = "en") -> str:
    """One row a record, with the columns of `rows.COLUMNS`."""
    return table_text(extraction, "", lang)


def table_text(extraction: Extraction, ending: str, lang: str = "en") -> str:
    """One table of `rows.TABLES`, by the ending of its file."""
    return "".join(_table(extraction, ending, lang))


def head_text(ending: str, lang: str = "en") -> str:
    """What every such table begins with."""
    return BOM + ",".join(heads(TABLES[ending][0], lang)) + "\r\n"


def _table(extraction: Extraction, ending: str, lang: str) -> Iterator[str]:
    yield head_text(ending, lang)
    for columns in table_columns(extraction, ending, lang):
        yield _lines(columns)


def _lines(columns: Sequence[Sequence[Any]]) -> str:
    """The rows as the `csv` module writes them, several times as fast: cells repeat themselves down a column."""
    return "\r\n".join([*map(",".join, zip(*(each(_text, cells) for cells in columns), strict=True)), ""])


def _text(cell: object) -> str:
    """What a spreadsheet shows as it stands: numbers stay numbers, text is never a formula."""
    if isinstance(cell, str):
        safe = "'" + cell if cell[:1] in FORMULA_STARTS else cell
        return '"' + safe.replace('"', '""') + '"' if QUOTED.search(safe) else safe
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(plain_number(cell) if isinstance(cell, Decimal) else cell)
