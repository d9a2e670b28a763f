"""Comparisons joined to the record that states what they compare with: the goal's own, the nation's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govextract.model import Comparison, Record
    from govextract.rulebook import Rulebook

Subject = tuple[str, str]  # what, and its measure


def linked(records: Sequence[Record], book: Rulebook) -> tuple[Record, ...]:
    """*records*, whose comparisons name the record of their object where the document states it."""
    if not any(record.comparisons for record in records):
        return tuple(records)
    by_subject: dict[Subject, list[Record]] = {}
    for record in records:
        by_subject.setdefault(_subject(record), []).append(record)
    return tuple(_with_links(record, by_subject, book) if record.comparisons else record for record in records)


def _subject(record: Record) -> Subject:
    return record.indicator_id or record.indicator, record.measure


def _with_links(record: Record, by_subject: dict[Subject, list[Record]], book: Rulebook) -> Record:
    found = tuple(_joined(record, comparison, by_subject, book) for comparison in record.comparisons)
    return record if found == record.comparisons else record.model_copy(update={"comparisons": found})


def _joined(
    record: Record, comparison: Comparison, by_subject: dict[Subject, list[Record]], book: Rulebook
) -> Comparison:
    words = book.checks["links"]
    other: Record | None = None
    if comparison.relation in words["completions"]:
        goal = by_subject.get((record.indicator + comparison.object, record.measure), ())
        alike = [r for r in by_subject.get(_subject(record), ()) if r.status == "target"]
        other = next((r for r in (*goal, *alike) if r is not record and _covers(r, record)), None)
    elif comparison.object.startswith(tuple(words["nation"])) and record.region not in words["nation"]:
        same = by_subject.get(_subject(record), ())
        other = next((r for r in same if r.region in words["nation"] and r.period.end == record.period.end), None)
    return comparison if other is None else comparison.model_copy(update={"record": other.id})


def _covers(goal: Record, record: Record) -> bool:
    """Whether a goal is of the time and the unit that a figure is part of."""
    own, whole = record.period, goal.period
    if goal.base_unit != record.base_unit or not (own.start and own.end and whole.start and whole.end):
        return False
    return whole.start <= own.start and own.end <= whole.end
