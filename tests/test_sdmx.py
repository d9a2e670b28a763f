"""SDMX-CSV: the codes of times, places and units, and that every record is an observation."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest

from govextract import export
from govextract.export.sdmx import area, time_period
from govextract.model import Period
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.rulebook import Rulebook

# first day, last day, FREQ, TIME_PERIOD
TIMES = [
    ("2023-01-01", "2023-12-31", "A", "2023"),
    ("2024-01-01", "2024-06-30", "S", "2024-S1"),
    ("2024-07-01", "2024-12-31", "S", "2024-S2"),
    ("2024-07-01", "2024-09-30", "Q", "2024-Q3"),
    ("2024-02-01", "2024-02-29", "M", "2024-02"),
    ("2024-12-31", "2024-12-31", "D", "2024-12-31"),
    ("2024-01-01", "2024-09-30", "_O", "2024-01-01/P9M"),
    ("2021-01-01", "2025-12-31", "_O", "2021-01-01/P5Y"),
    ("2024-02-01", "2024-04-30", "_O", "2024-02-01/P3M"),
    ("2024-05-01", "2024-05-05", "_O", "2024-05-01/P5D"),
    (None, None, "_U", ""),
]
AREAS = [
    ("重庆市", "500000", "CN-CQ"),
    ("兰州市", "620100", "620100"),
    ("全国", None, "CN"),
    ("云岭省", None, "_U"),
    (None, None, "_U"),
]
CODED = ("FREQ", "REF_AREA", "INDICATOR", "MEASURE", "BASIS", "STATUS", "RECORD", "OBS_STATUS", "BOUND")
IDENTIFIER = re.compile(r"[A-Za-z0-9_@$-]+")
TIME = re.compile(r"\d{4}(-S[12]|-Q[1-4]|-\d\d(-\d\d)?|-\d\d-\d\d/P\d+[YMD])?")


@pytest.mark.parametrize(("start", "end", "frequency", "time"), TIMES, ids=[f"{row[2]} {row[3]}" for row in TIMES])
def test_time_period(start: str | None, end: str | None, frequency: str, time: str) -> None:
    assert time_period(Period(text="", start=start, end=end)) == (frequency, time)


@pytest.mark.parametrize(("region", "code", "expected"), AREAS, ids=[str(row[0]) for row in AREAS])
def test_area(region: str | None, code: str | None, expected: str) -> None:
    assert area(region, code) == expected


def test_every_record_is_an_observation(corpus: list[Path], book: Rulebook) -> None:
    for path in corpus:
        extraction = parse_document(read_document(path), book)
        rows = list(csv.DictReader(io.StringIO(export.text(extraction, "sdmx"))))
        assert [row["RECORD"] for row in rows] == [record.id for record in extraction.records]
        for row, record in zip(rows, extraction.records, strict=True):
            assert (Decimal(row["OBS_VALUE"]) if row["OBS_VALUE"] else None) == record.base_value
            assert row["COMMENT_OBS"] == record.sentence
            assert row["TIME_PERIOD"] == "" or TIME.fullmatch(row["TIME_PERIOD"])
            assert all(IDENTIFIER.fullmatch(row[name]) for name in CODED), row


def test_units_have_codes(corpus: list[Path], book: Rulebook) -> None:
    extraction = parse_document(read_document(corpus[0]), book)
    rows = csv.DictReader(io.StringIO(export.text(extraction, "sdmx")))
    assert {"CNY", "PT"} <= {row["UNIT_MEASURE"] for row in rows}
