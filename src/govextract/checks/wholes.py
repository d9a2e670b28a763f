"""Wholes and their parts: sums, shares, averages, chains, values per head. One function a `kind` of rules/checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govextract.checks.facts import Fact, Facts, Place, all_at, at_end, places, same_unit
from govextract.checks.interval import Interval, minus, percentage, ratio, times, total, widened
from govextract.checks.trial import PERCENT, POINT, Rule, Trial
from govextract.export.rows import printed


def sums(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """Parts that add up to the whole (three sectors, exports and imports)."""
    for place in places(facts.by_subject.get((rule["whole"], "level"), ())):
        found = all_at(facts, place, (rule["whole"], *rule["parts"]), "level")
        if found and same_unit(found):
            yield Trial(rule, found, total, " + ".join(printed(f.record) for f in found[1:]))


def _parts_of(rule: Rule, facts: Facts, unit: str) -> Iterator[tuple[Place, tuple[Fact, ...]]]:
    """What each of the named contributors adds, where all of them are stated."""
    for place in places(facts.by_subject.get((rule["names"][0], "contribution"), ())):
        groups = [facts.by_place.get((place, name, "contribution"), []) for name in rule["names"]]
        found = tuple(next((f for f in group if f.record.unit == unit), None) for group in groups)
        if all(found):
            yield place, tuple(f for f in found if f)


def hundreds(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """What the sectors contribute to growth adds up to a hundred per cent."""
    for _, found in _parts_of(rule, facts, PERCENT):
        yield from _chain(rule, found)


def pulls(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """The points by which the sectors pull the whole are its growth."""
    for place, found in _parts_of(rule, facts, POINT):
        whole = facts.at(place, rule["whole"], "growth")
        if whole is not None:
            yield Trial(rule, (whole, *found), total, " + ".join(printed(f.record) for f in found))


def growths(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """What is made of parts grows no faster than the fastest part and no slower than the slowest."""
    slack = float(rule["slack"])
    for place in places(facts.by_subject.get((rule["whole"], "growth"), ())):
        found = all_at(facts, place, (rule["whole"], *rule["parts"]), "growth")
        if found and len({f.record.basis for f in found}) == 1:
            shown = "、".join(printed(f.record) for f in found[1:])
            yield Trial(rule, found, lambda parts: widened(_hull(parts), slack), shown, exact=False, tight=False)


def between(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """An average lies between those of its parts (urban and rural income)."""
    for place in places(facts.by_subject.get((rule["whole"], "level"), ())):
        found = all_at(facts, place, (rule["whole"], *rule["parts"]), "level")
        if found and same_unit(found):
            shown = "、".join(printed(f.record) for f in found[1:])
            yield Trial(rule, found, _hull, shown, exact=False)


def shares(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """A share that is stated beside its part and its whole: by the catalogue's ids, or by its own name 甲占乙的比重."""
    if "share" in rule:
        stated = [f for measure in rule["measures"] for f in facts.by_subject.get((rule["share"], measure), ())]
        found = [(fact, rule["part"], rule["whole"]) for fact in stated]
    else:
        named = (
            fact for fact in facts.every if fact.record.measure == "share" and rule["sign"] in fact.record.indicator
        )
        found = [(fact, *_named(fact.record.indicator, rule)) for fact in named]
    for fact, part, whole in found:
        owner, of = at_end(facts, fact, part), at_end(facts, fact, whole)
        if owner and of and owner is not of and same_unit((owner, of)):
            shown = f"{printed(owner.record)} ÷ {printed(of.record)}"
            yield Trial(rule, (fact, owner, of), percentage, shown)


def chains(rule: Rule, facts: Facts) -> Iterator[Trial]:
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


def per_head(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """A value per head times the heads is about the whole: averages over the year are not the year's end."""
    band = float(rule["band"])
    for fact in facts.by_subject.get((rule["value"], "level"), ()):
        whole, heads = at_end(facts, fact, rule["whole"]), at_end(facts, fact, rule["heads"])
        if whole and heads:
            shown = f"{printed(whole.record)} ÷ {printed(heads.record)}"

            def expected(own: Sequence[Interval]) -> Interval:
                return times(ratio(own[0], own[1]), (1 - band, 1 + band))

            yield Trial(rule, (fact, whole, heads), expected, shown, exact=False)


def _hull(parts: Sequence[Interval]) -> Interval:
    return min(p[0] for p in parts), max(p[1] for p in parts)


def _named(name: str, rule: Rule) -> tuple[str, str]:
    """甲占乙的比重 → 甲, 乙, as the catalogue's keys where it knows them."""
    part, _, whole = name.partition(rule["sign"])
    for tail in rule["tails"]:
        if whole.endswith(tail):
            whole = whole.removesuffix(tail)
            break
    known = rule["keys"]
    return known.get(part, part), known.get(whole, whole)
