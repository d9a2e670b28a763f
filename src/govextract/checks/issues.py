"""From a doubt to an issue: its code, its words, its arithmetic and what was probably meant."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from govextract.checks.facts import Fact
from govextract.checks.interval import Interval
from govextract.checks.trial import Trial
from govextract.export.rows import plain_text
from govextract.issues import make_issue

if TYPE_CHECKING:
    from govextract.model import Document, Issue, Record, Unexplained
    from govextract.rulebook import Rulebook

MULTIPLES = ("万亿", "亿", "万", "")  # of ten thousand each
STEP = Decimal(10_000)
POINT = "个百分点"
NEAR = 30  # characters before a figure in which a word says what it is a percentage of
SHOWN_AS_IS = ("part", "repeat", "between", "growths")  # what is shown is no sum


def of_record(record: Record, text: str, book: Rulebook) -> Iterator[Issue]:
    """What one record lacks, or cannot be."""
    if not record.indicator:
        yield make_issue("NAME_MISSING", book, "record", (record,))
    if record.period.start is None:
        yield make_issue("PERIOD_MISSING", book, "record", (record,))
        return
    known = book.indicators.get(record.indicator_id or "")
    if known is not None and _misfits(record, known.dimension, book) and not _of_itself(record, text, book):
        yield make_issue("UNIT_MISMATCH", book, "record", (record,), dimension=known.dimension, unit=record.unit or "")


def _of_itself(record: Record, text: str, book: Rulebook) -> bool:
    """恢复到2019年的98%, 完成年度任务的136%: a percentage of the thing itself at another time, or of its goal."""
    before = text[max(0, record.span.start - NEAR) : record.span.start]
    return bool(record.comparisons) or any(word in before for word in book.checks["dimensions"]["ratios_behind"])


def of_document(records: Sequence[Record], document: Document, book: Rulebook) -> Iterator[Issue]:
    """Figures that are stated as facts of a time after the report's own date: the date or the period is doubtful."""
    date = document.date or ""
    after = tuple(r for r in records if date and r.status == "actual" and (r.period.start or "") > date)
    if after:
        yield make_issue(
            "PERIOD_OUTSIDE",
            book,
            "document",
            after,
            date=date,
            start=after[0].period.start or "",
            count=str(len(after)),
        )


def _misfits(record: Record, dimension: str, book: Rulebook) -> bool:
    """Whether a level or an addition has a unit that its indicator cannot have."""
    if record.measure not in ("level", "change") or record.unit is None or record.base_unit is None:
        return False
    table: dict[str, list[str]] = book.checks["dimensions"]
    if record.base_unit == POINT and dimension in table and dimension != "ratio":
        return record.measure == "change"  # 收入增长5.6个百分点: an amount has no points
    allowed = table.get(dimension)
    if allowed is None:
        return False
    known = book.units.get(record.base_unit.partition("/")[0].partition("·")[0])
    if known is None:
        return False
    own = "ratio" if known.kind in ("percent", "point") else known.dimension
    if known.kind == "times" or own == "duration":
        return False  # 是正常水平的10倍, 连续10个季度 say something of any indicator
    if own == "ratio" and record.measure == "change":
        return False  # 提高0.7个百分点 speaks of a growth or a share of it
    return own not in allowed and known.base not in allowed


def of_audit(number: Unexplained, book: Rulebook) -> Issue:
    """A number that is in no record."""
    return make_issue("UNEXPLAINED_NUMBER", book, "audit", spans=(number.span,), number=number.text)


def of_trial(trial: Trial, slip: tuple[Record, float] | None, book: Rulebook) -> Issue:
    """A failed trial: MAGNITUDE where one figure is out by 万 or 亿, else what the check's own entry says."""
    records = tuple(fact.record for fact in trial.facts)
    expected = trial.expected([fact.interval for fact in trial.facts[1:]])
    found = trial.facts[0]
    arithmetic = _arithmetic(trial, found, expected)
    code, check = trial.rule["code"], trial.rule["id"]
    if slip is not None:
        record, factor = slip
        others = tuple(r for r in records if r.id != record.id)
        told = _scaled(record, factor)
        return make_issue("MAGNITUDE", book, check, (record, *others), arithmetic=arithmetic, suggestion=told)
    own = len(trial.facts) > 1 and trial.exact
    suggestion = _meant(found, expected) if own else None
    return make_issue(code, book, check, records, arithmetic=arithmetic, suggestion=suggestion)


def _arithmetic(trial: Trial, found: Fact, expected: Interval) -> str:
    """The sum as a reader writes it, with what it gives, against what is printed."""
    if len(trial.facts) == 1 or trial.rule.get("kind") in SHOWN_AS_IS:
        return trial.shown
    gives = _rounded(expected, found)
    return f"{trial.shown}{' = ' + gives if gives else ''}"


def _rounded(expected: Interval, found: Fact) -> str:
    """The middle of an interval in the unit of the figure it is set against, to its decimals; empty if open."""
    record = found.record
    middle = sum(expected) / 2
    if not math.isfinite(middle) or record.value is None:
        return ""
    factor = float(record.base_value / record.value) if record.base_value and record.value else 1.0
    unit, decimals = record.unit or "", record.decimals or 0
    if found.key != (record.indicator_id or record.indicator):  # a comparison's own figure, not the record's
        factor, unit, decimals = 1.0, record.unit or "", 1
        unit = next((c.unit or "" for c in record.comparisons if c.relation == found.key), unit)
    return f"{middle / factor:.{max(decimals, 1)}f}".rstrip("0").rstrip(".") + unit


def _meant(found: Fact, expected: Interval) -> str | None:
    return _rounded(expected, found) or None


def _scaled(record: Record, factor: float) -> str:
    """A record's figure with another multiplier: 40366万亿元 → 40366亿元."""
    value, unit = record.value, record.unit or ""
    assert value is not None
    at = next(i for i, multiple in enumerate(MULTIPLES) if unit.startswith(multiple))
    steps = {1e-4: 1, 1e4: -1, 1e-8: 2, 1e8: -2}[factor]
    plain = unit.removeprefix(MULTIPLES[at])
    if 0 <= at + steps < len(MULTIPLES):
        return plain_text(value) + MULTIPLES[at + steps] + plain
    return plain_text(value * STEP**-steps) + unit
