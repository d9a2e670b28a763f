"""From a time expression to inclusive dates, with the year that a bare month or 今年 belongs to."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from typing import NamedTuple

from govextract.numerals import chinese_integer

LONG = frozenset((1, 3, 5, 7, 8, 10, 12))


class Span(NamedTuple):
    """Inclusive ISO dates."""

    start: str
    end: str


class Anchor(NamedTuple):
    """What relative times lean on: `year` for bare months, `now` for the words of `to_now` (今年, 去年), `document`
    for 今年以来 and 五年来.
    """

    year: int
    now: int
    document: Span | None
    relative: dict[str, int]
    to_now: frozenset[str] = frozenset()


def year_span(year: int) -> Span:
    """The whole year."""
    return Span(f"{year}-01-01", f"{year}-12-31")


def month_span(year: int, first: int, last: int) -> Span:
    """Whole months, the first day of the first to the last day of the last."""
    return Span(f"{year}-{first:02}-01", last_day(year, last))


def last_day(year: int, month: int) -> str:
    """The last day of a month, as an ISO date; ValueError where there is no such month."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    if month == 2:
        return f"{year}-02-{28 + calendar.isleap(year)}"
    return f"{year}-{month:02}-{30 + (month in LONG)}"


def resolve(norm: str, match: re.Match[str], anchor: Anchor) -> Span | None:
    """The dates of a matched time expression; None where it names no period (or an impossible one)."""
    function = _NORMS.get(norm)
    if function is None:
        return None
    try:
        span = function(match.groupdict(), anchor)
    except (ValueError, TypeError):
        return None
    # A relative time in a document without any year has no dates.
    return span if span is not None and len(span.start) == 10 else None


def year_of(groups: dict[str, str | None], anchor: Anchor) -> int:
    """The year that the expression names, or the anchor's."""
    if groups.get("y"):
        return int(groups["y"] or 0)
    if groups.get("rel"):
        word = groups["rel"] or ""
        word = word if word in anchor.relative else word + "年"
        return (anchor.now if word in anchor.to_now else anchor.year) + anchor.relative.get(word, 0)
    return anchor.year


def _number(text: str | None) -> int:
    value = int(text) if text and text.isdigit() else 1 if text == "元" else chinese_integer(text or "")
    if not value:
        raise ValueError(text)
    return value


def _point(groups: dict[str, str | None], span: Span) -> Span:
    return Span(span.end, span.end) if groups.get("point") else span


def _months(g: dict[str, str | None], a: Anchor) -> Span:
    first, last = _number(g["m"]), _number(g["m2"])
    if first > last:
        raise ValueError
    return month_span(year_of(g, a), first, last)


def _first_months(g: dict[str, str | None], a: Anchor) -> Span:
    return _point(g, month_span(year_of(g, a), 1, _number(g["m"])))


def _first_quarters(g: dict[str, str | None], a: Anchor) -> Span:
    return _point(g, month_span(year_of(g, a), 1, 3 * _number(g["q"])))


def _half(g: dict[str, str | None], a: Anchor) -> Span:
    year = year_of(g, a)
    return _point(g, month_span(year, 1, 6) if g["h"] == "上" else month_span(year, 7, 12))


def _quarter(g: dict[str, str | None], a: Anchor) -> Span:
    quarter = _number(g["q"])
    return month_span(year_of(g, a), 3 * quarter - 2, 3 * quarter)


def _month(g: dict[str, str | None], a: Anchor) -> Span:
    month = _number(g["m"])
    return _point(g, month_span(year_of(g, a), month, month))


def _month_until(g: dict[str, str | None], a: Anchor) -> Span:
    end = last_day(year_of(g, a), _number(g["m"]))
    return Span(end, end)


def _year(g: dict[str, str | None], a: Anchor) -> Span:
    return _point(g, year_span(year_of(g, a)))


def _year_end(g: dict[str, str | None], a: Anchor) -> Span:
    end = f"{a.year}-12-31"
    return Span(end, end)


def _whole_year(g: dict[str, str | None], a: Anchor) -> Span:
    return year_span(a.year)


def _years(g: dict[str, str | None], a: Anchor) -> Span:
    first, last = int(g["y"] or 0), int(g["y2"] or 0)
    if first > last:
        raise ValueError
    return Span(f"{first}-01-01", f"{last}-12-31")


def _since_year(g: dict[str, str | None], a: Anchor) -> Span | None:
    year = year_of(g, a)
    end = a.document.end if a.document else f"{a.year}-12-31"
    return Span(f"{year}-01-01", end) if end >= f"{year}-01-01" else None


def _since_month(g: dict[str, str | None], a: Anchor) -> Span | None:
    year = year_of(g, a)
    end = a.document.end if a.document else f"{a.year}-12-31"
    start = f"{year}-{_number(g['m']):02}-01"
    return Span(start, end) if end >= start else None


def _plan_years(g: dict[str, str | None]) -> tuple[int, int]:
    # 十二五 began in 2011, ten plus two fives after 1951.
    number = _number(g["plan"])
    first = 1951 + 5 * number
    return first, first + 4


def _plan(g: dict[str, str | None], a: Anchor) -> Span:
    first, last = _plan_years(g)
    return Span(f"{first}-01-01", f"{last}-12-31")


def _plan_end(g: dict[str, str | None], a: Anchor) -> Span:
    _, last = _plan_years(g)
    return Span(f"{last}-12-31", f"{last}-12-31")


def _past_years(g: dict[str, str | None], a: Anchor) -> Span:
    count = _number(g["n"])
    if count > 40:
        raise ValueError
    end = int(a.document.end[:4]) if a.document else a.year
    return Span(f"{end - count + 1}-01-01", f"{end}-12-31")


def _future_years(g: dict[str, str | None], a: Anchor) -> Span:
    return Span(f"{a.now}-01-01", f"{a.now + _number(g['n']) - 1}-12-31")


def _last_year_same(g: dict[str, str | None], a: Anchor) -> Span | None:
    if a.document is None:
        return None
    return Span(*(f"{int(day[:4]) - 1}{day[4:]}" for day in (a.document.start, a.document.end)))


def _document(g: dict[str, str | None], a: Anchor) -> Span | None:
    return a.document


def _document_end(g: dict[str, str | None], a: Anchor) -> Span | None:
    return Span(a.document.end, a.document.end) if a.document else None


_NORMS: dict[str, Callable[[dict[str, str | None], Anchor], Span | None]] = {
    "months": _months,
    "first_months": _first_months,
    "first_quarters": _first_quarters,
    "half": _half,
    "quarter": _quarter,
    "month": _month,
    "month_until": _month_until,
    "year": _year,
    "year_end": _year_end,
    "whole_year": _whole_year,
    "years": _years,
    "since_year": _since_year,
    "since_month": _since_month,
    "plan": _plan,
    "plan_end": _plan_end,
    "past_years": _past_years,
    "future_years": _future_years,
    "document": _document,
    "document_end": _document_end,
    "last_year_same": _last_year_same,
}
