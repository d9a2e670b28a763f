"""Identities inside a document: sums, parts, shares, changes, averages. One function a `kind` of rules/checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from govextract.checks.facts import Fact, Facts, Place, places
from govextract.checks.interval import POINTS, Interval, minus, ratio, scaled, times, total, widened
from govextract.checks.trial import Rule, Trial
from govextract.export.rows import printed

PERCENT = "%"
NEAR = 14  # characters before a figure in which its own scope would stand (同口径增长2.5%)


def trials(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """Every trial that *rule* makes of the facts of one document."""
    yield from KINDS[rule["kind"]](rule, facts)


def _sums(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """Parts that add up to the whole (three sectors, exports and imports)."""
    for place in places(facts.by_subject.get((rule["whole"], "level"), ())):
        found = _all(facts, place, (rule["whole"], *rule["parts"]), "level")
        if found and _same_unit(found):
            yield Trial(rule, found, total, " + ".join(printed(f.record) for f in found[1:]))


def _growths(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """What is made of parts grows no faster than the fastest part and no slower than the slowest."""
    slack = float(rule["slack"])
    for place in places(facts.by_subject.get((rule["whole"], "growth"), ())):
        found = _all(facts, place, (rule["whole"], *rule["parts"]), "growth")
        if found and len({f.record.basis for f in found}) == 1:
            shown = "、".join(printed(f.record) for f in found[1:])
            yield Trial(rule, found, lambda parts: widened(_hull(parts), slack), shown, exact=False, tight=False)


def _between(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """An average lies between those of its parts (urban and rural income)."""
    for place in places(facts.by_subject.get((rule["whole"], "level"), ())):
        found = _all(facts, place, (rule["whole"], *rule["parts"]), "level")
        if found and _same_unit(found):
            shown = "、".join(printed(f.record) for f in found[1:])
            yield Trial(rule, found, _hull, shown, exact=False)


def _shares(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """A share that is stated beside its part and its whole: by the catalogue's ids, or by its own name 甲占乙的比重."""
    if "share" in rule:
        found = [(fact, rule["part"], rule["whole"]) for fact in facts.by_subject.get((rule["share"], "share"), ())]
    else:
        named = (
            fact for fact in facts.every if fact.record.measure == "share" and rule["sign"] in fact.record.indicator
        )
        found = [(fact, *_named(fact.record.indicator, rule)) for fact in named]
    for fact, part, whole in found:
        owner, of = facts.at(fact.place, part, "level"), facts.at(fact.place, whole, "level")
        if owner and of and owner is not of and _same_unit((owner, of)):
            shown = f"{printed(owner.record)} ÷ {printed(of.record)}"
            yield Trial(rule, (fact, owner, of), _percentage, shown)


def _changes(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """A level, what it rose by and its growth: the growth is the rise over the level before."""
    for (key, _), found in list(facts.by_subject.items()):
        if _ != "growth" or key in rule["constant_prices"]:
            continue
        for growth in found:
            level, change = facts.at(growth.place, key, "level"), facts.at(growth.place, key, "change")
            if not level or not change or growth.record.unit != PERCENT or not _same_unit((level, change)):
                continue
            if growth.record.basis != change.record.basis or growth.record.basis is None:
                continue
            shown = f"{printed(change.record)} ÷ ({printed(level.record)} − {printed(change.record)})"
            yield Trial(rule, (growth, level, change), _rise, shown)


def _from_to(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """Two levels or shares of one thing in one sentence, and the change between them where it is stated."""
    for (key, measure), found in list(facts.by_subject.items()):
        if measure not in ("level", "share") or len(found) < 2:
            continue
        for first, last in pairwise(found):
            if not _successive(first, last):
                continue
            place = last.place
            change = facts.at(place, key, "change")
            if change and change.record.sentence == last.record.sentence and _points(change, last):
                shown = f"{printed(last.record)} − {printed(first.record)}"
                yield Trial(rule, (change, last, first), lambda own: minus(own[0], own[1]), shown)


def _parts(rule: Rule, facts: Facts) -> Iterator[Trial]:
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
        if record.measure != "level" or record.bound != "exact" or record.base_unit == PERCENT:
            continue
        if not inside:
            whole = fact
        elif (
            whole is not None
            and whole.place == fact.place
            and _same_unit((whole, fact))
            and whole.key != fact.key
            and not any(word in whole.record.indicator for word in rule["averages"])
        ):
            shown = f"{printed(record)} ≤ {printed(whole.record)}"
            yield Trial(rule, (fact, whole), lambda own: (float("-inf"), own[0][1]), shown, exact=False, tight=False)


def _chains(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """The members of a ratio chain add up to a hundred."""
    found = [fact for fact in facts.every if fact.record.rule in rule["rules"] and fact.record.measure == "share"]
    for members in places(found).values():
        run: list[Fact] = []
        for fact in members:
            if run and (fact.record.span.start - run[-1].record.span.end > 2 or fact.key in {f.key for f in run}):
                yield from _chain(rule, run)
                run = []
            run.append(fact)
        yield from _chain(rule, run)


def _chain(rule: Rule, run: Sequence[Fact]) -> Iterator[Trial]:
    if len(run) < 2:
        return
    rest = tuple(run)

    def left(others: Sequence[Interval]) -> Interval:
        return minus((100.0, 100.0), total(others))

    shown = "100 − " + " − ".join(printed(f.record) for f in rest[1:])
    yield Trial(rule, rest, left, shown)


def _per_head(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """A value per head times the heads is about the whole: averages over the year are not the year's end."""
    band = float(rule["band"])
    for fact in facts.by_subject.get((rule["value"], "level"), ()):
        whole, heads = _at_end(facts, fact, rule["whole"]), _at_end(facts, fact, rule["heads"])
        if whole and heads:
            shown = f"{printed(whole.record)} ÷ {printed(heads.record)}"

            def expected(own: Sequence[Interval]) -> Interval:
                return times(ratio(own[0], own[1]), (1 - band, 1 + band))

            yield Trial(rule, (fact, whole, heads), expected, shown, exact=False)


def _at_end(facts: Facts, fact: Fact, key: str) -> Fact | None:
    """The level of *key* of the same region whose period ends as *fact*'s does (a stock at the year's end)."""
    own = fact.record
    found = (other for other in facts.by_subject.get((key, "level"), ()))
    return next(
        (o for o in found if (o.place[0], o.place[2], o.place[3]) == (own.region, own.period.end, own.status)), None
    )


def _repeats(rule: Rule, facts: Facts) -> Iterator[Trial]:
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


def _completions(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """完成年度目标的70.7%: the figure over the goal's own, where the document states both."""
    yield from _compared(rule, facts, _percentage_of_goal)


def _percentage_of_goal(rule: Rule, fact: Fact, other: Fact, share: Fact) -> Trial:
    shown = f"{printed(fact.record)} ÷ {printed(other.record)}"
    return Trial(rule, (share, fact, other), _percentage, shown)


def _gaps(rule: Rule, facts: Facts) -> Iterator[Trial]:
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


def _percentage(own: Sequence[Interval]) -> Interval:
    return widened(scaled(ratio(own[0], own[1]), 100.0), POINTS)


def _rise(own: Sequence[Interval]) -> Interval:
    level, change = own
    return widened(scaled(ratio(change, minus(level, change)), 100.0), POINTS)


def _hull(parts: Sequence[Interval]) -> Interval:
    return min(p[0] for p in parts), max(p[1] for p in parts)


def _all(facts: Facts, place: Place, keys: Sequence[str], measure: str) -> tuple[Fact, ...]:
    found = tuple(facts.at(place, key, measure) for key in keys)
    return tuple(f for f in found if f) if all(found) else ()


def _same_unit(found: Sequence[Fact]) -> bool:
    return len({fact.record.base_unit for fact in found}) == 1


def _named(name: str, rule: Rule) -> tuple[str, str]:
    """甲占乙的比重 → 甲, 乙, as the catalogue's keys where it knows them."""
    part, _, whole = name.partition(rule["sign"])
    for tail in rule["tails"]:
        if whole.endswith(tail):
            whole = whole.removesuffix(tail)
            break
    known = rule["keys"]
    return known.get(part, part), known.get(whole, whole)


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
    return unit == own or (unit == "个百分点" and own == PERCENT)


KINDS: dict[str, Callable[[Rule, Facts], Iterator[Trial]]] = {
    "sum": _sums,
    "growths": _growths,
    "between": _between,
    "share": _shares,
    "change": _changes,
    "from_to": _from_to,
    "part": _parts,
    "chain": _chains,
    "per_head": _per_head,
    "repeat": _repeats,
    "completion": _completions,
    "gap": _gaps,
}
