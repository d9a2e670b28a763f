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

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from govextract.evaluate.fold import Folding
from govextract.evaluate.gold import GoldComparison, GoldRecord, GoldReport
from govextract.evaluate.pairing import (
    counted,
    keys,
    name_likeness,
    pairs,
    same_quantity,
    same_region,
    wrong_fields,
)
from govextract.model import Comparison, Record

RECORD_LEVELS = ("core", "strict", "clean", "full", "panel")
LEVELS = ("quantity", *RECORD_LEVELS, "comparison")
OTHER_FIELDS = ("measure", "bound", "basis", "period", "status", "value_max", "comparisons")
FIELDS = ("value and unit", "indicator", *OTHER_FIELDS, "region", "whole record")
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


@dataclass(frozen=True)
class Verdict:
    """A gold record, whether it was answered by a row fit for a panel, and how sure the engine was of its answer."""

    where: str  # start–end and indicator: what stays the same when the rules change
    right: bool
    confidence: float | None
    record: str | None  # the answer's id


Counts = dict[str, Count]


def added(one: Counts, other: Counts) -> Counts:
    """Two tables of counts as one."""
    return {name: one.get(name, Count()) + other.get(name, Count()) for name in {**one, **other}}


@dataclass
class Score:
    """The figures of one report; of many, when added up."""

    counts: Counts = field(default_factory=lambda: dict.fromkeys(LEVELS, Count()))
    fields: Counts = field(default_factory=lambda: dict.fromkeys(FIELDS, Count()))
    measures: Counts = field(default_factory=dict)  # by measure: rows fit for a panel
    sentences: Count = field(default_factory=Count)  # sentences of which every row is
    wrong_fields: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score(
            added(self.counts, other.counts),
            added(self.fields, other.fields),
            added(self.measures, other.measures),
            self.sentences + other.sentences,
            self.wrong_fields + other.wrong_fields,
            [*self.misses, *other.misses],
            [*self.verdicts, *other.verdicts],
        )


def score(gold: GoldReport, records: Sequence[Record], folding: Folding) -> Score:
    """The figures of one report."""
    found = pairs(gold, records, folding)
    given = counted(gold, records, found)
    result = Score()
    levels: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    measures: Counter[str] = Counter()
    sentences: dict[int, bool] = {}
    for index, wanted in enumerate(gold.records):
        if wanted.optional:
            continue
        record = records[found[index]] if index in found else None
        answer = _judge(gold, wanted, record, folding, result)
        levels.update(answer.levels)
        fields.update(answer.fields)
        measures[wanted.measures[0]] += "panel" in answer.levels
        where = bisect_left(gold.ends, wanted.span[0])
        sentences[where] = sentences.get(where, True) and "panel" in answer.levels
    taken = set(found.values())
    strays = [records[i] for i in given if i not in taken]
    for stray in strays:
        sentences[bisect_left(gold.ends, stray.span.start)] = False
        result.verdicts.append(_verdict(stray.span.start, stray.span.end, stray.indicator, stray, right=False))
    result.misses += [Miss(gold.name, "spurious", (), None, stray) for stray in strays]
    asked = [wanted.measures[0] for wanted in gold.records if not wanted.optional]
    # An answer with a measure that is just as right counts under the gold's.
    accepted = {r: gold.records[g] for g, r in found.items()}
    own: Counter[str] = Counter(
        accepted[i].measures[0] if i in accepted and records[i].measure in accepted[i].measures else records[i].measure
        for i in given
    )
    total = Counter(asked)
    result.measures = {name: Count(measures[name], own[name], total[name]) for name in sorted(total | own)}
    result.fields = {name: Count(fields[name], len(given), len(asked)) for name in FIELDS}
    result.sentences = Count(sum(sentences.values()), len(sentences), len(sentences))
    for level in RECORD_LEVELS:
        result.counts[level] = Count(levels[level], len(given), len(asked))
    result.counts["comparison"] = _comparison_count(gold, records, found, given, folding)
    result.counts["quantity"] = _quantity_count(gold, records, folding)
    return result


@dataclass(frozen=True)
class _Answer:
    """The levels that an answer reaches and the fields that are right in it."""

    levels: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


def _judge(gold: GoldReport, wanted: GoldRecord, record: Record | None, folding: Folding, result: Score) -> _Answer:
    """Compare one gold record with its answer; misses and wrong fields go into *result*."""
    start, end = wanted.span
    if record is None:
        result.misses.append(Miss(gold.name, "missing", (), wanted, None))
        result.verdicts.append(_verdict(start, end, wanted.indicators[0], None, right=False))
        return _Answer()
    same, like = same_quantity(record, wanted, folding), name_likeness(record, wanted, gold, folding)
    wrong = wrong_fields(record, wanted, folding)
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
    result.wrong_fields.update(wrong)
    told = [*([] if same else ["value/unit"]), *([] if like == 1.0 else [f"indicator~{like:.2f}"]), *wrong]
    if told:
        result.misses.append(Miss(gold.name, "wrong", tuple(told), wanted, record))
    result.verdicts.append(_verdict(start, end, wanted.indicators[0], record, right=reached["panel"]))
    right = {
        "value and unit": same,
        "indicator": like == 1.0,
        "region": same_region(record.region, wanted.region or gold.region),
        **{name: name not in wrong for name in OTHER_FIELDS},
        "whole record": reached["panel"],
    }
    return _Answer(
        tuple(name for name, yes in reached.items() if yes), tuple(name for name, yes in right.items() if yes)
    )


def _verdict(start: int, end: int, indicator: str, record: Record | None, *, right: bool) -> Verdict:
    if record is None:
        return Verdict(f"{start}–{end} {indicator}", right, None, None)
    return Verdict(f"{start}–{end} {indicator}", right, record.confidence, record.id)


def _comparison_count(
    gold: GoldReport,
    records: Sequence[Record],
    found: dict[int, int],
    records_given: Sequence[int],
    folding: Folding,
) -> Count:
    answers = {r: gold.records[g] for g, r in found.items()}
    right = given = 0
    for r in records_given:
        mine = keys(records[r].comparisons, folding)
        accepted = answers[r].comparisons if r in answers else ()
        given += mine.total()
        right += max(((mine & keys(theirs, folding)).total() for theirs in accepted), default=0)
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
