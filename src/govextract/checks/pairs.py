"""Figures that speak of one another: a rise and its growth, two levels, a repeat, a part, a gap, a completion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from govextract.checks.facts import Fact, Facts, same_unit
from govextract.checks.interval import POINTS, Interval, minus, percentage, ratio, scaled, widened
from govextract.checks.trial import PERCENT, POINT, Rule, Trial
from govextract.export.rows import printed

NEAR = 14  # characters before a figure in which its own scope would stand (同口径增长2.5%)


def changes(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """A level, what it rose by and its growth: the growth is the rise over the level before."""
    for (key, _), found in list(facts.by_subject.items()):
        if _ != "growth" or key in rule["constant_prices"]:
            continue
        for growth in found:
            level, change = facts.at(growth.place, key, "level"), facts.at(growth.place, key, "change")
            if not level or not change or growth.record.unit != PERCENT or not same_unit((level, change)):
                continue
            if growth.record.basis != change.record.basis or growth.record.basis is None:
                continue
            shown = f"{printed(change.record)} ÷ ({printed(level.record)} − {printed(change.record)})"
            yield Trial(rule, (growth, level, change), _rise, shown)


def from_to(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """Two levels or shares of one thing in one sentence, and the change between them where it is stated."""
    for first, last in _successions(facts):
        change = facts.at(last.place, last.key, "change")
        if change and change.record.sentence == last.record.sentence and _points(change, last):
            shown = f"{printed(last.record)} − {printed(first.record)}"
            yield Trial(rule, (change, last, first), lambda own: minus(own[0], own[1]), shown)


def from_to_growth(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """Two levels in one sentence, and the growth between them: in all, or a year's on the average."""
    for first, last in _successions(facts):
        if last.record.measure != "level" or last.record.base_unit == PERCENT:
            continue
        band = float(rule["real_band"] if last.key in rule["constant_prices"] else rule["band"])
        for growth in facts.by_subject.get((last.key, "growth"), ()):
            near = 0 <= growth.record.span.start - last.record.span.end < NEAR
            if not near or growth.record.unit != PERCENT or growth.record.sentence != last.record.sentence:
                continue
            years = int((last.record.period.end or "0")[:4]) - int((first.record.period.end or "0")[:4])
            yearly = growth.record.basis in rule["yearly"]
            if years < 1 or (not yearly and growth.record.basis is not None and years > 1):
                continue
            power = 1 / years if yearly else 1.0
            shown = f"({printed(last.record)} ÷ {printed(first.record)}){f'^(1/{years})' if yearly else ''} − 1"
            yield Trial(rule, (growth, last, first), _growing(power, band), shown)


def _growing(power: float, band: float) -> Callable[[Sequence[Interval]], Interval]:
    def expected(own: Sequence[Interval]) -> Interval:
        low, high = ratio(own[0], own[1])
        return widened(((max(low, 0.0) ** power - 1) * 100, (max(high, 0.0) ** power - 1) * 100), band)

    return expected


def _successions(facts: Facts) -> Iterator[tuple[Fact, Fact]]:
    """从A到B: every two levels or shares of one thing that one sentence sets behind each other."""
    for (_, measure), found in facts.by_subject.items():
        if measure in ("level", "share") and len(found) > 1:
            yield from ((first, last) for first, last in pairwise(found) if _successive(first, last))


def parts(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """其中: what stands behind it in the sentence is no more than the whole before it."""
    sign, ends = rule["sign"], tuple(rule["ends"])
    whole: Fact | None = None
    inside = False
    last = 0
    for fact in facts.every:
        record = fact.record
        between = facts.text[last : record.span.start]
        last = max(last, record.span.end)
        if any(end in between for end in ends):
            inside = False
        if sign in between and whole is not None and whole.record.sentence == record.sentence:
            inside = True
        amount = record.measure == "level" or (record.measure == "change" and record.basis is None)
        if not amount or record.bound != "exact" or record.base_unit == PERCENT:
            continue
        if not inside:
            whole = fact
        elif (
            whole is not None
            and whole.place == fact.place
            and same_unit((whole, fact))
            and whole.key != fact.key
            and not any(word in whole.record.indicator for word in rule["averages"])
        ):
            shown = f"{printed(record)} ≤ {printed(whole.record)}"
            yield Trial(rule, (fact, whole), lambda own: (float("-inf"), own[0][1]), shown, exact=False, tight=False)


def repeats(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """One fact stated twice, in headline and body, is one figure: of indicators that are one sum and no count."""
    known = rule["known"]
    for (place, key, measure), found in facts.by_place.items():
        first = found[0]
        if len(found) < 2 or measure not in rule["measures"] or place[1] is None or key not in known:
            continue
        for other in found[1:]:
            before = facts.text[max(0, other.record.span.start - NEAR) : other.record.span.start]
            if any(word in before for word in rule["not_with"]):
                continue
            alike = all(
                getattr(first.record, a) == getattr(other.record, a) for a in ("indicator", "basis", "base_unit")
            )
            if alike and first.record.span != other.record.span:
                yield Trial(rule, (other, first), lambda own: own[0], printed(first.record))


def completions(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """完成年度目标的70.7%: the figure over the goal's own, where the document states both."""
    yield from _compared(rule, facts, _percentage_of_goal)


def _percentage_of_goal(rule: Rule, fact: Fact, other: Fact, share: Fact) -> Trial:
    shown = f"{printed(fact.record)} ÷ {printed(other.record)}"
    return Trial(rule, (share, fact, other), percentage, shown)


def gaps(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """高于全国1.1个百分点: the figure less the nation's, where the document states both."""
    yield from _compared(rule, facts, _difference)


def _difference(rule: Rule, fact: Fact, other: Fact, gap: Fact) -> Trial:
    shown = f"{printed(fact.record)} − {printed(other.record)}"
    sign = -1.0 if gap.key in rule["below"] else 1.0
    return Trial(rule, (gap, fact, other), lambda own: scaled(minus(own[0], own[1]), sign), shown)


def _compared(rule: Rule, facts: Facts, made: Callable[[Rule, Fact, Fact, Fact], Trial]) -> Iterator[Trial]:
    for fact in facts.every:
        for comparison in fact.record.comparisons:
            other = facts.by_id.get(comparison.record or "")
            if other is None or comparison.value is None or comparison.unit not in rule["units"]:
                continue
            if comparison.relation not in rule["relations"]:
                continue
            value = float(comparison.value)
            places_after = len(str(comparison.value).partition(".")[2])
            slack = 0.5 * 10.0**-places_after
            yield made(rule, fact, other, Fact(fact.record, comparison.relation, (value - slack, value + slack)))


def _rise(own: Sequence[Interval]) -> Interval:
    level, change = own
    return widened(scaled(ratio(change, minus(level, change)), 100.0), POINTS)


def _successive(first: Fact, last: Fact) -> bool:
    one, two = first.record, last.record
    return (
        one.rule == two.rule
        and one.sentence == two.sentence
        and one.region == two.region
        and one.base_unit == two.base_unit
        and (one.period.end or "") < (two.period.end or "")
        and two.span.start - one.span.end < 30
    )


def _points(change: Fact, level: Fact) -> bool:
    unit, own = change.record.base_unit, level.record.base_unit
    return unit == own or (unit == POINT and own == PERCENT)
