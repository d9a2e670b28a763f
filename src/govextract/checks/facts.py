"""The records of a document as facts that can be set beside each other: by what, where, when and whether it is so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from govextract.checks.interval import Interval, interval_of

if TYPE_CHECKING:
    from govextract.model import Record

Place = tuple[str | None, str | None, str | None, str]  # region, first day, last day, status


class Fact(NamedTuple):
    """One record's figure: what it is about, and the interval it may stand for, in base units."""

    record: Record
    key: str  # the catalogue's id, else the name
    interval: Interval

    @property
    def place(self) -> Place:
        """Where, when and whether it is so."""
        record = self.record
        return record.region, record.period.start, record.period.end, record.status


@dataclass(slots=True)
class Facts:
    """A document's facts, in reading order, and the ways to find them."""

    text: str = ""
    every: list[Fact] = field(default_factory=list)
    by_id: dict[str, Fact] = field(default_factory=dict)
    by_place: dict[tuple[Place, str, str], list[Fact]] = field(default_factory=dict)  # place, key, measure
    by_subject: dict[tuple[str, str], list[Fact]] = field(default_factory=dict)  # key, measure

    def at(self, place: Place, key: str, measure: str) -> Fact | None:
        """The first fact about *key* there, if any: the others are repeats of it."""
        found = self.by_place.get((place, key, measure))
        return found[0] if found else None


def facts_of(text: str, records: Sequence[Record], ulps: float) -> Facts:
    """The records of *text* that have a value, indexed."""
    facts = Facts(text)
    for record in records:
        if record.value is None or record.base_value is None:
            continue
        fact = Fact(record, record.indicator_id or record.indicator, interval_of(record, ulps))
        facts.every.append(fact)
        facts.by_id[record.id] = fact
        facts.by_place.setdefault((fact.place, fact.key, record.measure), []).append(fact)
        facts.by_subject.setdefault((fact.key, record.measure), []).append(fact)
    return facts


def places(facts: Iterable[Fact]) -> dict[Place, list[Fact]]:
    """The facts by place, in order."""
    out: dict[Place, list[Fact]] = {}
    for fact in facts:
        out.setdefault(fact.place, []).append(fact)
    return out


def all_at(facts: Facts, place: Place, keys: Sequence[str], measure: str) -> tuple[Fact, ...]:
    found = tuple(facts.at(place, key, measure) for key in keys)
    return tuple(f for f in found if f) if all(found) else ()


def same_unit(found: Sequence[Fact]) -> bool:
    return len({fact.record.base_unit for fact in found}) == 1


def at_end(facts: Facts, fact: Fact, key: str) -> Fact | None:
    """The level of *key* of the same region whose period ends as *fact*'s does (a stock at the year's end)."""
    own = fact.record
    found = (other for other in facts.by_subject.get((key, "level"), ()))
    return next(
        (o for o in found if (o.place[0], o.place[2], o.place[3]) == (own.region, own.period.end, own.status)), None
    )
