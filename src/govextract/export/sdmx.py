"""SDMX-CSV 2.0: NAME.sdmx.csv, one observation a record, in base units.

Codes are those of SDMX:CL_FREQ(2.1), SDMX:CL_OBS_STATUS(2.2), SDMX:CL_UNIT_MULT(1.1), ISO 3166-2 and GB/T 2260 for
areas, and rules/lexicon/unit_codes.tsv for units; the other dimensions are govextract's own. A report states one thing
more than once: RECORD is a dimension, so that no observation hides another.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.export.files import encoded, write_whole
from govextract.export.rows import plain_text
from govextract.rulebook import current_rulebook, read_table

if TYPE_CHECKING:
    from govextract.model import Document, Extraction, Period, Record

MEDIA_TYPE = "application/vnd.sdmx.data+csv;version=2.0.0"
SUFFIX = "sdmx.csv"

STRUCTURE = ("dataflow", "GOVEXTRACT:FIGURES(1.0)", "I")
COLUMNS = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION",
    "FREQ", "REF_AREA", "INDICATOR", "MEASURE", "BASIS", "STATUS", "RECORD", "TIME_PERIOD",
    "OBS_VALUE", "UNIT_MEASURE", "UNIT_MULT", "DECIMALS", "OBS_STATUS", "OBS_VALUE_MAX", "BOUND", "CONFIDENCE",
    "TITLE", "REF_AREA_TITLE", "SOURCE", "COMMENT_OBS",
)  # fmt: skip
UNKNOWN, NOT_APPLICABLE = "_U", "_Z"
OTHER_FREQUENCY = "_O"
LENGTHS = {12: "A", 6: "S", 3: "Q", 1: "M"}  # whole months from the year's start on


def write(extraction: Extraction, path: Path, lang: str = "en") -> list[Path]:
    """Write the observations to NAME.sdmx.csv."""
    return [write_whole(path.with_name(f"{path.stem}.sdmx.csv"), encoded(text(extraction, lang)))]


def text(extraction: Extraction, lang: str = "en") -> str:
    """One row a record; the columns are SDMX's in every language."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(record, extraction.document) for record in extraction.records)
    return stream.getvalue()


def time_period(period: Period | None) -> tuple[str, str]:
    """FREQ and TIME_PERIOD: (A, 2023), (S, 2024-S1), (Q, 2024-Q3), (M, 2024-05), (D, 2024-05-01); of other stretches
    the first day and the length: (_O, 2024-01-01/P8M). Both are empty where no time is known.
    """
    if period is None or period.start is None or period.end is None:
        return UNKNOWN, ""
    first, last = date.fromisoformat(period.start), date.fromisoformat(period.end)
    if first == last:
        return "D", period.start
    behind = last + timedelta(days=1)
    if first.day != 1 or behind.day != 1:
        return OTHER_FREQUENCY, f"{period.start}/P{(behind - first).days}D"
    months = (behind.year - first.year) * 12 + behind.month - first.month
    code = LENGTHS.get(months)
    if code is None or (first.month - 1) % months:
        whole = f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"
        return OTHER_FREQUENCY, f"{period.start}/{whole}"
    if code == "A":
        return code, f"{first.year}"
    if code == "M":
        return code, f"{first.year}-{first.month:02}"
    return code, f"{first.year}-{code}{(first.month - 1) // months + 1}"


def area(region: str | None, code: str | None) -> str:
    """ISO 3166-2 of a province (CN-CQ), CN of the nation, else GB/T 2260; _U where none of them names the place."""
    provinces, nation = _areas()
    if region in nation:
        return "CN"
    return provinces.get(code or "", code or UNKNOWN)


def _cells(record: Record, document: Document) -> Iterator[Any]:
    yield from STRUCTURE
    frequency, time = time_period(record.period)
    if not time:  # a record of no time of its own belongs to the report's
        frequency, time = time_period(document.period)
    yield frequency
    yield area(record.region, record.region_code)
    yield record.indicator_id or UNKNOWN
    yield record.measure.upper()
    yield (record.basis or NOT_APPLICABLE).partition(":")[0].upper()
    yield record.status.upper()
    yield record.id
    yield time
    value = record.base_value
    yield "" if value is None else plain_text(value)
    yield _units().get(record.base_unit or "", record.base_unit or NOT_APPLICABLE)
    yield 0
    yield "" if value is None else len(plain_text(value).partition(".")[2])
    yield "M" if value is None else "A"
    yield _highest(record)
    yield record.bound.upper()
    yield record.confidence
    yield record.indicator
    yield record.region or ""
    yield document.name
    yield record.sentence


def _highest(record: Record) -> str:
    if record.value_max is None or record.base_value is None or not record.value:
        return ""
    return plain_text(record.value_max * record.base_value / record.value)


@cache
def _units() -> dict[str, str]:
    return {unit: code for unit, code, _ in read_table("unit_codes")}


@cache
def _areas() -> tuple[dict[str, str], frozenset[str]]:
    book = current_rulebook()
    provinces = {row["code"]: row["iso"] for row in book.regions.values() if row.get("iso")}
    return provinces, frozenset(book.names["region_words"]["nation"])
