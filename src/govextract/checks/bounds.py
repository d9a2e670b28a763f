"""Plausibility: what a figure can be, by its indicator, its measure and the level of its region."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govextract.checks.facts import Fact, Facts
from govextract.checks.interval import Interval, interval_of
from govextract.checks.trial import Expected, Rule, Trial

if TYPE_CHECKING:
    from govextract.rulebook import Rulebook

STEP = 10_000.0  # what a slip of 万 multiplies by
ULPS = 1.0


def trials(rule: Rule, facts: Facts, home: str | None, book: Rulebook) -> Iterator[Trial]:
    """Every figure that *rule* bounds, in a document about *home*."""
    ranges: dict[str, tuple[float, float, str]] = rule["ranges"]
    for fact in _spoken_of(rule, facts, book):
        level = level_of(fact.record.region or home, book)
        fact = Fact(fact.record, fact.key, interval_of(fact.record, ULPS, closed=True))  # 超过2.4亿元 is 2.4亿元 here
        low, high, shown = ranges.get(level or "") or ranges.get("any") or (-math.inf, math.inf, "")
        if shown:
            yield Trial(rule, (fact,), _always((low, high)), shown, exact=False, tight=low > 0 and high < STEP * low)


def _always(limits: Interval) -> Expected:
    return lambda _: limits


def _spoken_of(rule: Rule, facts: Facts, book: Rulebook) -> Iterator[Fact]:
    measure, unit = rule["measure"], rule["unit"]
    if rule["indicators"]:
        found = (fact for key in rule["indicators"] for fact in facts.by_subject.get((key, measure), ()))
    else:
        found = (fact for fact in facts.every if fact.record.measure == measure)
    tails, outside = tuple(rule["names"]), tuple(rule["not_names"])
    for fact in found:
        name = fact.record.indicator
        if (
            fact.record.base_unit != unit
            or (tails and not name.endswith(tails))
            or (outside and name.endswith(outside))
        ):
            continue
        if rule["bases"] and fact.record.basis not in rule["bases"]:
            continue
        yield fact


def level_of(region: str | None, book: Rulebook) -> str | None:
    """nation, province, prefecture or county; None for regions of another kind, and where nothing is known."""
    table = book.checks["levels"]
    if region is None:
        return None
    if region in table["nation"]:
        return "nation"
    row = book.regions.get(region)
    if row is not None:
        return str(row["level"]) if row["level"] in ("province", "prefecture") else None
    return next((level for tail, level in table["tails"].items() if region.endswith(tail)), None)
