"""Across documents: the same fact in several reports, an aim and what came of it, a series that jumps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from govextract.checks.facts import Fact
from govextract.checks.interval import interval_of, minus, overlap, ratio, scaled, widened
from govextract.checks.trial import Rule
from govextract.export.rows import printed
from govextract.issues import make_issue

if TYPE_CHECKING:
    from govextract.model import Extraction, Issue
    from govextract.rulebook import Rulebook

Series = dict[tuple[str, str, str], list["Stated"]]  # indicator, region, measure
Pair = tuple["Stated", "Stated", dict[str, str]]  # what is doubted, what it is set against, words of its own


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact and the document that states it."""

    fact: Fact
    at: int  # the document's place in the list
    name: str
    date: str

    @property
    def period(self) -> tuple[str, str]:
        """First and last day."""
        period = self.fact.record.period
        return period.start or "", period.end or ""


def check_across(extractions: Sequence[Extraction], book: Rulebook) -> list[tuple[int, Issue]]:
    """The issues between documents, each with the place of the (later) document whose record it doubts."""
    found: list[tuple[int, Issue]] = []
    told: set[tuple[str, ...]] = set()
    every = _stated(extractions, book)
    for rule in book.checks["across"]:
        for series in every.values():
            for later, earlier, words in KINDS[rule["kind"]](rule, series):
                issue = _issue(rule, later, earlier, words, book)
                if issue.records not in told:
                    told.add(issue.records)
                    found.append((later.at, issue))
    return sorted(found, key=lambda pair: (pair[0], pair[1].spans[0].start if pair[1].spans else 0))


def _stated(extractions: Sequence[Extraction], book: Rulebook) -> Series:
    ulps, known = float(book.checks["rounding"]), book.checks["series"]
    every: Series = {}
    for at, extraction in enumerate(extractions):
        document = extraction.document
        for record in extraction.records:
            ident = record.indicator_id
            if ident is None or ident not in known or record.region is None or record.period.start is None:
                continue
            named = book.surfaces.get(record.indicator)  # words that only usually mean the series are not followed
            if record.base_value is None or named is None or not named[1]:
                continue
            fact = Fact(record, ident, interval_of(record, ulps))
            stated = Stated(fact, at, document.name, document.date or "")
            every.setdefault((ident, record.region, record.measure), []).append(stated)
    for (ident, region, measure), series in list(every.items()):
        series.sort(key=lambda s: (s.date, s.at))
        if measure == "growth":
            # a growth is set against the levels of the same thing
            every[ident, region, measure] = [*series, *every.get((ident, region, "level"), [])]
    return every


def _agree(rule: Rule, series: Sequence[Stated]) -> Iterator[Pair]:
    """One fact in two reports is one figure; a later one may be a revision where it is near."""
    seen: dict[tuple[object, ...], Stated] = {}
    for stated in series:
        record = stated.fact.record
        key = (record.measure, record.basis, record.status, record.base_unit, stated.period)
        first = seen.setdefault(key, stated)
        if first.at == stated.at or overlap(first.fact.interval, stated.fact.interval):
            continue
        near = _near(first, stated, float(rule["revision"]))
        yield stated, first, {"code": rule["revised"] if near and stated.date > first.date else rule["code"]}


def _near(one: Stated, other: Stated, share: float) -> bool:
    a, b = float(one.fact.record.base_value or 0), float(other.fact.record.base_value or 0)
    return abs(a - b) <= share * max(abs(a), abs(b))


def _targets(rule: Rule, series: Sequence[Stated]) -> Iterator[Pair]:
    """An aim of a year against what a later report states for it."""
    aims: dict[tuple[object, ...], Stated] = {}
    for stated in series:
        record = stated.fact.record
        key = (record.measure, record.base_unit, stated.period)
        if record.status == "target":
            aims.setdefault(key, stated)
        elif record.status == "actual" and key in aims and aims[key].at != stated.at:
            slack = float(rule["slack"]) if record.base_unit == "%" else 0.0
            if not overlap(widened(aims[key].fact.interval, slack), stated.fact.interval):
                yield stated, aims[key], {}


def _jumps(rule: Rule, series: Sequence[Stated]) -> Iterator[Pair]:
    """A level that is a thousand times the one of another year is out by 万."""
    levels = [s for s in series if s.fact.record.measure == "level" and (s.fact.record.base_value or 0) > 0]
    levels.sort(key=lambda s: (s.period[1], s.date))
    for first, second in pairwise(levels):
        if first.fact.record.base_unit != second.fact.record.base_unit or first.at == second.at:
            continue
        times = float(second.fact.record.base_value or 1) / float(first.fact.record.base_value or 1)
        if times >= float(rule["times"]) or times <= 1 / float(rule["times"]):
            yield second, first, {}


def _growths(rule: Rule, series: Sequence[Stated]) -> Iterator[Pair]:
    """A year's growth against the levels of both years; prices make a wide band of it."""
    levels = {s.period: s for s in series if s.fact.record.measure == "level" and s.fact.record.status == "actual"}
    for stated in series:
        record = stated.fact.record
        if record.measure != "growth" or record.basis != "yoy" or record.status != "actual" or record.unit != "%":
            continue
        now, before = levels.get(stated.period), levels.get(_year_before(stated.period))
        if now is None or before is None or now.at == before.at:
            continue
        grown = minus(scaled(ratio(now.fact.interval, before.fact.interval), 100.0), (100.0, 100.0))
        if math.isfinite(grown[0]) and not overlap(widened(grown, float(rule["band"])), stated.fact.interval):
            shown = f"{printed(now.fact.record)} ÷ {printed(before.fact.record)}（{before.name}）"
            yield stated, before, {"arithmetic": f"{shown} = {sum(grown) / 2 + 100:.1f}%"}


def _year_before(period: tuple[str, str]) -> tuple[str, str]:
    start, end = period
    return f"{int(start[:4]) - 1}{start[4:]}", f"{int(end[:4]) - 1}{end[4:]}"


KINDS: dict[str, Callable[[Rule, Sequence[Stated]], Iterator[Pair]]] = {
    "agree": _agree,
    "target": _targets,
    "jump": _jumps,
    "growth": _growths,
}


def _issue(rule: Rule, later: Stated, earlier: Stated, words: dict[str, str], book: Rulebook) -> Issue:
    record, other = later.fact.record, earlier.fact.record
    arithmetic = words.get("arithmetic") or f"{printed(other)}（{earlier.name}）、{printed(record)}"
    return make_issue(
        words.get("code") or str(rule["code"]), book, rule["id"], (record, other), (record.span,), arithmetic,
        other=earlier.name, before=printed(other),
    )  # fmt: skip
