"""Time expressions to dates: which are found, and which days they are."""

from __future__ import annotations

import pytest

from govextract.lexicon import prepare
from govextract.periods import Anchor, Span, resolve
from govextract.rulebook import Rulebook
from govextract.tag import tag

# A report of January 2025 on the year 2024; and one of July 2024 on its first half.
YEARLY = Span("2024-01-01", "2024-12-31")
HALF = Span("2024-01-01", "2024-06-30")

# the time, where it stands; the dates it is in a yearly report
TIMES = [
    ("1—6月", "2024-01-01/2024-06-30"),
    ("1-6月", "2024-01-01/2024-06-30"),
    ("1～6月份", "2024-01-01/2024-06-30"),
    ("1至6月", "2024-01-01/2024-06-30"),
    ("2023年1—9月", "2023-01-01/2023-09-30"),
    ("上半年", "2024-01-01/2024-06-30"),
    ("下半年", "2024-07-01/2024-12-31"),
    ("2023年上半年", "2023-01-01/2023-06-30"),
    ("一季度", "2024-01-01/2024-03-31"),
    ("三季度", "2024-07-01/2024-09-30"),
    ("第四季度", "2024-10-01/2024-12-31"),
    ("前三季度", "2024-01-01/2024-09-30"),
    ("前5个月", "2024-01-01/2024-05-31"),
    ("前十个月", "2024-01-01/2024-10-31"),
    ("2月", "2024-02-01/2024-02-29"),
    ("2023年2月份", "2023-02-01/2023-02-28"),
    ("6月末", "2024-06-30/2024-06-30"),
    ("截至6月底", "2024-06-30/2024-06-30"),
    ("截至9月", "2024-09-30/2024-09-30"),
    ("全年", "2024-01-01/2024-12-31"),
    ("2022年", "2022-01-01/2022-12-31"),
    ("2023年末", "2023-12-31/2023-12-31"),
    ("截至2023年底", "2023-12-31/2023-12-31"),
    ("年末", "2024-12-31/2024-12-31"),
    ("今年", "2025-01-01/2025-12-31"),
    ("去年", "2024-01-01/2024-12-31"),
    ("明年", "2026-01-01/2026-12-31"),
    ("上年", "2023-01-01/2023-12-31"),
    ("2021—2023年", "2021-01-01/2023-12-31"),
    ("2021年至2023年", "2021-01-01/2023-12-31"),
    ("五年来", "2020-01-01/2024-12-31"),
    ("过去五年", "2020-01-01/2024-12-31"),
    ("近3年", "2022-01-01/2024-12-31"),
    ("“十四五”时期", "2021-01-01/2025-12-31"),
    ("“十三五”末", "2020-12-31/2020-12-31"),
    ("今后五年", "2025-01-01/2029-12-31"),
    ("去年同期", "2023-01-01/2023-12-31"),
]


@pytest.fixture(scope="session", autouse=True)
def prepared(book: Rulebook) -> None:
    prepare(book)


def dates(text: str, book: Rulebook, document: Span | None, year: int, now: int) -> str | None:
    """The dates of the first time that *text* names."""
    anchor = Anchor(year, now, document, book.relative_years, book.now_relative)
    for token in tag(text, book):
        if token.type == "time":
            span = resolve(token.time.rule.norm, token.time.match, anchor)
            return f"{span.start}/{span.end}" if span else None
    return None


@pytest.mark.parametrize(("text", "wanted"), TIMES, ids=[row[0] for row in TIMES])
def test_time_in_a_yearly_report(text: str, wanted: str, book: Rulebook) -> None:
    assert dates(f"{text}，用电量增长5%。", book, YEARLY, 2024, 2025) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("今年以来", "2024-01-01/2024-06-30"),
        ("2023年以来", "2023-01-01/2024-06-30"),
        ("3月以来", "2024-03-01/2024-06-30"),
        ("今年", "2024-01-01/2024-12-31"),
        ("去年同期", "2023-01-01/2023-06-30"),
        ("全年", "2024-01-01/2024-12-31"),
    ],
    ids=["to the report's end", "from a year", "from a month", "the year", "a year before", "the whole year"],
)
def test_time_in_a_report_of_half_a_year(text: str, wanted: str, book: Rulebook) -> None:
    assert dates(f"{text}，用电量增长5%。", book, HALF, 2024, 2024) == wanted


@pytest.mark.parametrize(
    "text",
    ["13月", "6—1月", "2023—2021年", "0月", "今年以来"],
    ids=[
        "no such month",
        "months backward",
        "years backward",
        "month nought",
        "since, in a report without a time",
    ],
)
def test_impossible_times_are_none(text: str, book: Rulebook) -> None:
    document = None if "以来" in text else YEARLY
    assert dates(f"{text}，用电量增长5%。", book, document, 2024, 2025) is None


# words, what they are a difference against
BASES = [
    ("同比", "yoy"),
    ("比上年", "yoy"),
    ("较上年同期", "yoy"),
    ("较去年", "yoy"),
    ("环比", "mom"),
    ("比上月", "mom"),
    ("较上季度", "qoq"),
    ("较年初", "ytd"),
    ("比上年末", "ytd"),
    ("较一季度", "prior"),
    ("比2020年", "year"),
    ("年均", "prior:年均"),
]


@pytest.mark.parametrize(("text", "value"), BASES, ids=[row[0] for row in BASES])
def test_a_base_is_no_period(text: str, value: str, book: Rulebook) -> None:
    tokens = tag(f"用电量{text}增长5%。", book)
    assert [t.time.rule.value for t in tokens if t.type == "basis"] == [value]
    assert [t.text for t in tokens if t.type == "time"] == []


@pytest.mark.parametrize(
    "text",
    ["2024年7月29日", "“十四五”规划", "《2024年工作要点》", "目前"],
    ids=["a day", "a plan's name", "a document's title", "now"],
)
def test_what_names_no_period(text: str, book: Rulebook) -> None:
    assert dates(f"{text}，用电量增长5%。", book, YEARLY, 2024, 2025) is None
