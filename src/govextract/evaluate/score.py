"""Compare the records of one report with its gold, level by level, from loose to tight.

quantity    a number that matters was found with the right value and unit, whatever it hangs on
core        a record with that value and unit names the right indicator (likeness >= 0.7)
strict      core, and the indicator is a gold name (after folding)
clean       strict, and only quotes, width and usual short forms had to be folded
full        core, and measure, bound, basis, status, period, value_max and all comparisons are right
panel       strict and full at once: a row that can go straight into a panel
comparison  each (relation, object, value, unit) on the right record
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from govextract.evaluate.fold import ComparisonKey, Folding, close, likeness
from govextract.evaluate.gold import GoldComparison, GoldRecord, GoldReport
from govextract.model import Comparison, Record

RECORD_LEVELS = ("core", "strict", "clean", "full", "panel")
LEVELS = ("quantity", *RECORD_LEVELS, "comparison")
SAME_INDICATOR = 0.7


@dataclass(frozen=True)
class Count:
    """How many were right, how many were given, how many were wanted."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.given + other.given, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        total = self.given + self.wanted
        return 2 * self.right / total if total else 0.0


@dataclass(frozen=True)
class Miss:
    """A gold record that was missed or is wrong in some fields, or a record that the gold does not have."""

    document: str
    kind: Literal["missing", "wrong", "spurious"]
    fields: tuple[str, ...]
    gold: GoldRecord | None
    record: Record | None


@dataclass
class Score:
    """The figures of one report; of many, when added up."""

    counts: dict[str, Count] = field(default_factory=lambda: dict.fromkeys(LEVELS, Count()))
    regions: Count = field(default_factory=Count)
    measures: dict[str, Counter[str]] = field(default_factory=dict)  # measure: wanted, core, strict, panel
    wrong_fields: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        names = {**self.measures, **other.measures}
        empty: Counter[str] = Counter()
        return Score(
            {level: self.counts[level] + other.counts[level] for level in LEVELS},
            self.regions + other.regions,
            {m: self.measures.get(m, empty) + other.measures.get(m, empty) for m in names},
            self.wrong_fields + other.wrong_fields,
            [*self.misses, *other.misses],
        )


def score(gold: GoldReport, records: Sequence[Record], folding: Folding) -> Score:
    """The figures of one report."""
    found = _pairs(gold, records, folding)
    counted = _counted(gold, records, found)
    result = Score()
    right: Counter[str] = Counter()
    for index, wanted in enumerate(gold.records):
        if not wanted.optional:
            record = records[found[index]] if index in found else None
            _judge(gold, wanted, record, folding, result, right)
    taken = set(found.values())
    result.misses += [Miss(gold.name, "spurious", (), None, records[i]) for i in counted if i not in taken]
    total = sum(not wanted.optional for wanted in gold.records)
    for level in RECORD_LEVELS:
        result.counts[level] = Count(right[level], len(counted), total)
    result.counts["comparison"] = _comparison_count(gold, records, found, counted, folding)
    result.counts["quantity"] = _quantity_count(gold, records, folding)
    return result


def _pairs(gold: GoldReport, records: Sequence[Record], folding: Folding) -> dict[int, int]:
    """Which record answers which gold record: they overlap, and the best fits are paired first."""
    fits = []
    for g, wanted in enumerate(gold.records):
        for r, record in enumerate(records):
            if _overlap(record, wanted):
                fit = _same_quantity(record, wanted, folding) + _likeness(record, wanted, gold, folding)
                fit += 0.5 * (not _wrong_fields(record, wanted, folding))
                fit += 0.2 * (record.measure == wanted.measures[0])
                fits.append((fit, g, r))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, r in sorted(fits, reverse=True):
        if g not in found and r not in taken:
            found[g] = r
            taken.add(r)
    return found


def _counted(gold: GoldReport, records: Sequence[Record], found: dict[int, int]) -> list[int]:
    """The records that count: all but those that answer, or stray into, an optional gold record."""
    optional = [wanted for wanted in gold.records if wanted.optional]
    excused = {r for g, r in found.items() if gold.records[g].optional}
    taken = set(found.values())
    for r, record in enumerate(records):
        if r not in taken and any(_overlap(record, wanted) for wanted in optional):
            excused.add(r)
    return [r for r in range(len(records)) if r not in excused]


def _judge(
    gold: GoldReport,
    wanted: GoldRecord,
    record: Record | None,
    folding: Folding,
    result: Score,
    right: Counter[str],
) -> None:
    """Put one gold record and its answer into the figures."""
    by_measure = result.measures.setdefault(wanted.measures[0], Counter())
    by_measure["wanted"] += 1
    if record is None:
        result.misses.append(Miss(gold.name, "missing", (), wanted, None))
        return
    same, like = _same_quantity(record, wanted, folding), _likeness(record, wanted, gold, folding)
    wrong = _wrong_fields(record, wanted, folding)
    core = same and like >= SAME_INDICATOR
    strict = core and like == 1.0
    plain = folding.plain(record.indicator) in map(folding.plain, wanted.indicators)
    reached = {
        "core": core,
        "strict": strict,
        "clean": strict and plain,
        "full": core and not wrong,
        "panel": strict and not wrong,
    }
    for level, yes in reached.items():
        right[level] += yes
        by_measure[level] += yes
    result.regions += Count(_same_region(record.region, wanted.region or gold.region), 1, 1)
    result.wrong_fields.update(wrong)
    told = [*([] if same else ["value/unit"]), *([] if like == 1.0 else [f"indicator~{like:.2f}"]), *wrong]
    if told:
        result.misses.append(Miss(gold.name, "wrong", tuple(told), wanted, record))


def _wrong_fields(record: Record, wanted: GoldRecord, folding: Folding) -> list[str]:
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
        "comparisons": _keys(record.comparisons, folding)
        in [_keys(comparisons, folding) for comparisons in wanted.comparisons],
    }
    return [name for name, right in checks.items() if not right]


def _comparison_count(
    gold: GoldReport,
    records: Sequence[Record],
    found: dict[int, int],
    counted: Sequence[int],
    folding: Folding,
) -> Count:
    answers = {r: gold.records[g] for g, r in found.items()}
    right = given = 0
    for r in counted:
        mine = _keys(records[r].comparisons, folding)
        accepted = answers[r].comparisons if r in answers else ()
        given += mine.total()
        right += max(((mine & _keys(theirs, folding)).total() for theirs in accepted), default=0)
    wanted = sum(len(record.comparisons[0]) for record in gold.records if not record.optional)
    return Count(right, given, wanted)


def _quantity_count(gold: GoldReport, records: Sequence[Record], folding: Folding) -> Count:
    """Values and comparison values alike, wherever they hang, without their sign."""
    must: Counter[tuple[Decimal, str]] = Counter()
    may: Counter[tuple[Decimal, str]] = Counter()
    for wanted in gold.records:
        stated = _stated(wanted.measures[0], wanted.value, wanted.units[0], wanted.comparisons[0], folding)
        (may if wanted.optional else must).update(stated)
    have: Counter[tuple[Decimal, str]] = Counter()
    for record in records:
        have.update(_stated(record.measure, record.value, record.unit, record.comparisons, folding))
    return Count((must & have).total(), have.total() - ((have - must) & may).total(), must.total())


def _stated(
    measure: str,
    value: Decimal | None,
    unit: str | None,
    comparisons: Iterable[Comparison | GoldComparison],
    folding: Folding,
) -> Iterator[tuple[Decimal, str]]:
    # the value of a rank or a gap only repeats its comparison's
    own = [] if measure in ("rank", "gap") else [(value, unit)]
    for amount, written in [*own, *((c.value, c.unit) for c in comparisons)]:
        folded, plain_unit = folding.quantity(amount, written)
        if folded is not None:
            yield abs(folded), plain_unit


def _same_quantity(record: Record, wanted: GoldRecord, folding: Folding) -> bool:
    value, unit = folding.quantity(record.value, record.unit)
    accepted = (folding.quantity(wanted.value, written) for written in wanted.units)
    return any(unit == other_unit and close(value, other) for other, other_unit in accepted)


def _likeness(record: Record, wanted: GoldRecord, gold: GoldReport, folding: Folding) -> float:
    """How like the record's name is to the gold's, with or without the document's region in front."""
    bare = record.indicator.removeprefix(gold.region or "")
    names = [folding.name(name) for name in wanted.indicators]
    forms = {folding.name(record.indicator), folding.name(bare)} - {""}
    return max((likeness(form, names) for form in forms), default=0.0)


def _same_region(here: str | None, there: str | None) -> bool:
    """Equal, or one a shortened form of the other (重庆, 重庆市)."""
    here, there = here or "", there or ""
    return here == there or (len(here) > 1 < len(there) and (there.startswith(here) or here.startswith(there)))


def _keys(comparisons: Iterable[Comparison | GoldComparison], folding: Folding) -> Counter[ComparisonKey]:
    return Counter(folding.comparison(c.relation, c.object, c.value, c.unit) for c in comparisons)


def _basis_kind(basis: str | None) -> str:
    return (basis or "").partition(":")[0]


def _overlap(record: Record, wanted: GoldRecord) -> bool:
    return min(record.span.end, wanted.span[1]) > max(record.span.start, wanted.span[0])
