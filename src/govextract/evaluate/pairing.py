"""Which record answers which gold record, and in which fields the two differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from govextract.evaluate.fold import ComparisonKey, Folding, close, likeness
from govextract.evaluate.gold import GoldComparison, GoldRecord, GoldReport
from govextract.model import Comparison, Record


def pairs(gold: GoldReport, records: Sequence[Record], folding: Folding) -> dict[int, int]:
    """Which record answers which gold record: they overlap, and the best fits are paired first."""
    fits = []
    for g, wanted in enumerate(gold.records):
        for r, record in enumerate(records):
            if _overlap(record, wanted):
                fit = same_quantity(record, wanted, folding) + name_likeness(record, wanted, gold, folding)
                fit += 0.5 * (not wrong_fields(record, wanted, folding))
                fit += 0.2 * (record.measure == wanted.measures[0])
                fits.append((fit, g, r))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, r in sorted(fits, reverse=True):
        if g not in found and r not in taken:
            found[g] = r
            taken.add(r)
    return found


def counted(gold: GoldReport, records: Sequence[Record], found: dict[int, int]) -> list[int]:
    """The records that count: all but those that answer, or stray into, an optional gold record."""
    optional = [wanted for wanted in gold.records if wanted.optional]
    excused = {r for g, r in found.items() if gold.records[g].optional}
    taken = set(found.values())
    for r, record in enumerate(records):
        if r not in taken and any(_overlap(record, wanted) for wanted in optional):
            excused.add(r)
    return [r for r in range(len(records)) if r not in excused]


def wrong_fields(record: Record, wanted: GoldRecord, folding: Folding) -> list[str]:
    """The fields beside value, unit and indicator that differ from everything the gold accepts."""
    period = ((record.period.start or "")[:10], (record.period.end or "")[:10])
    checks = {
        "measure": record.measure in wanted.measures,
        "bound": record.bound in wanted.bounds,
        "basis": wanted.measures[0] not in ("growth", "change")
        or _basis_kind(record.basis) in map(_basis_kind, wanted.bases),
        "status": record.status in wanted.statuses,
        "period": not wanted.periods or period in wanted.periods,
        "value_max": record.value_max == wanted.value_max,
        "comparisons": keys(record.comparisons, folding)
        in [keys(comparisons, folding) for comparisons in wanted.comparisons],
    }
    return [name for name, right in checks.items() if not right]


def same_quantity(record: Record, wanted: GoldRecord, folding: Folding) -> bool:
    value, unit = folding.quantity(record.value, record.unit)
    accepted = (folding.quantity(wanted.value, written) for written in wanted.units)
    return any(unit == other_unit and close(value, other) for other, other_unit in accepted)


def name_likeness(record: Record, wanted: GoldRecord, gold: GoldReport, folding: Folding) -> float:
    """How like the record's name is to the gold's, with or without the document's region in front."""
    bare = record.indicator.removeprefix(gold.region or "")
    names = [folding.name(name) for name in wanted.indicators]
    forms = {folding.name(record.indicator), folding.name(bare)} - {""}
    return max((likeness(form, names) for form in forms), default=0.0)


def same_region(here: str | None, there: str | None) -> bool:
    """Equal, or one a shortened form of the other (重庆, 重庆市)."""
    here, there = here or "", there or ""
    return here == there or (len(here) > 1 < len(there) and (there.startswith(here) or here.startswith(there)))


def keys(comparisons: Iterable[Comparison | GoldComparison], folding: Folding) -> Counter[ComparisonKey]:
    return Counter(folding.comparison(c.relation, c.object, c.value, c.unit) for c in comparisons)


def _basis_kind(basis: str | None) -> str:
    return (basis or "").partition(":")[0]


def _overlap(record: Record, wanted: GoldRecord) -> bool:
    return min(record.span.end, wanted.span[1]) > max(record.span.start, wanted.span[0])
