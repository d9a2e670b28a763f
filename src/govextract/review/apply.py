"""Decisions laid over an extraction, by the text that they hang on: nothing that a person decided is lost.

Records may have other ids and other offsets than when the decisions were made, and newer rules may read them in
another way. What the person held for right stands; what has no place any more is given back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from govextract.checks import check
from govextract.lexicon import prepare
from govextract.model import Extraction, Issue, Record, Span
from govextract.review.anchor import find
from govextract.review.decisions import Decision, Fields, fields_of, latest
from govextract.review.overlay import CHANGED, MADE, MARKS, RULE, SEEN, agree, changed, made, marked
from govextract.review.recount import recounted

if TYPE_CHECKING:
    from govextract.rulebook import Rulebook

# accepted, edited, rejected, added; by itself: newer rules got it right; restored: newer rules had changed what was
# accepted, and the person's word stands; before: it had been laid over already; left: it has no place.
Outcome = Literal["accepted", "edited", "rejected", "added", "by itself", "restored", "before", "left"]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one decision, with the reason where it was left."""

    decision: Decision
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """An extraction with decisions laid over it, and what became of each."""

    extraction: Extraction
    told: tuple[Told, ...]

    @property
    def left(self) -> list[Decision]:
        """The decisions that found no place, as they came."""
        return [told.decision for told in self.told if told.outcome == "left"]

    def counts(self) -> dict[str, int]:
        """How many decisions came to what."""
        return dict(Counter(told.outcome for told in self.told))


@dataclass(slots=True)
class _Work:
    """The records as they stand while decisions are laid over them."""

    extraction: Extraction
    book: Rulebook
    records: list[Record]
    taken: set[str] = field(default_factory=set)  # ids of records that a decision has found
    dismissed: list[Span] = field(default_factory=list)

    def near(self, span: Span) -> list[Record]:
        """The records on a place that no decision has found yet."""
        return [
            record
            for record in self.records
            if record.span.start < span.end and span.start < record.span.end and record.id not in self.taken
        ]

    def put(self, record: Record, instead: Record | None = None) -> None:
        """Put a record in the place of another, or where it stands in the text."""
        if instead is not None:
            self.records[self.records.index(instead)] = record
        else:
            later = (at for at, other in enumerate(self.records) if other.span.start > record.span.start)
            self.records.insert(next(later, len(self.records)), record)
        self.taken.add(record.id)


def apply(extraction: Extraction, decisions: Iterable[Decision], book: Rulebook) -> Applied:
    """*extraction*, whose document holds its text, with *decisions* laid over it.

    Edited and added records have the rule `human`; each record that was decided is flagged REVIEWED, EDITED or ADDED
    and has the confidence 1. The issues are found anew; the audit adds up. Twice gives the same as once.
    """
    prepare(book)
    work = _Work(extraction, book, list(extraction.records))
    # what is already as decided is found first, so that no other decision takes it for its own
    ranked = sorted(latest(decisions), key=lambda decision: not _stands(decision, work))
    told = [_laid(decision, work) for decision in ranked]
    order = sorted(told, key=lambda one: (one.decision.span.start, one.decision.span.end))
    return Applied(_finished(work), tuple(order))


def _stands(decision: Decision, work: _Work) -> bool:
    span, right = find(work.extraction.document.text, decision.anchor), decision.right
    return span is not None and right is not None and any(agree(fields_of(r), right) for r in work.near(span))


def _laid(decision: Decision, work: _Work) -> Told:
    span = find(work.extraction.document.text, decision.anchor)
    if span is None:
        return Told(decision, "left", "its sentence is not in the text")
    if decision.right is None:
        return _rejected(decision, span, work)
    return _held(decision, decision.right, span, work)


def _held(decision: Decision, right: Fields, span: Span, work: _Work) -> Told:
    """accept, edit, add: the person says what is right."""
    near = work.near(span)
    document = work.extraction.document
    done = next((record for record in near if agree(fields_of(record), right)), None)
    if done is not None:
        ours = any(mark in done.flags for mark in MARKS)
        work.put(done if ours else marked(done, SEEN), instead=done)
        return Told(decision, "accepted" if decision.decision == "accept" else "before" if ours else "by itself")
    found = _meant(decision, right, near)
    if found is not None:
        work.put(changed(found, right, document, work.book), instead=found)
        return Told(decision, "restored" if decision.decision == "accept" else "edited")
    work.put(made(span, right, document, work.records, work.book))
    return Told(decision, "restored" if decision.decision == "accept" else "added")


def _meant(decision: Decision, right: Fields, near: Sequence[Record]) -> Record | None:
    """The record that a decision speaks of, though it reads differently now."""
    if decision.before is None:  # a record was missing: only one of its own name is it
        return next((r for r in near if (r.indicator, r.measure) == (right.indicator, right.measure)), None)
    exact = [record for record in near if _key(fields_of(record)) == _key(decision.before)]
    alike = [r for r in near if (r.measure, r.value) == (decision.before.measure, decision.before.value)]
    # several records may share a figure: one of them is another's only where it is the only one
    return next((found[0] for found in (exact[:1], alike, near) if len(found) == 1), None)


def _rejected(decision: Decision, span: Span, work: _Work) -> Told:
    near = work.near(span)
    audit = work.extraction.audit
    if decision.before is None:
        if near:
            return Told(decision, "left", "the number is in a record now; look at it again")
        if any(span.start <= number.span.start and number.span.end <= span.end for number in audit.unexplained):
            work.dismissed.append(span)
            return Told(decision, "rejected")
        return Told(decision, "by itself")
    found = next((record for record in near if _key(fields_of(record)) == _key(decision.before)), None)
    if found is not None:
        work.records.remove(found)
        return Told(decision, "rejected")
    renamed = [r for r in near if (r.measure, r.value) == (decision.before.measure, decision.before.value)]
    if renamed:
        return Told(decision, "left", f"the record is {renamed[0].indicator} now; look at it again")
    gone = any(number.reason == "rejected" and _touches(number.span, span) for number in audit.ignored_numbers)
    return Told(decision, "before" if gone else "by itself")


def _key(fields: Fields) -> tuple[object, ...]:
    return fields.indicator, fields.measure, fields.value


def _touches(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _finished(work: _Work) -> Extraction:
    """The records with the audit and the issues that belong to them."""
    before, document = work.extraction, work.extraction.document
    kept = {record.id for record in work.records}
    records = tuple(_without_codes(_unlinked(record, kept), work.book) for record in work.records)
    audit = recounted(before.audit, document.text, before.records, records, work.dismissed)
    own = [_without_codes(record, work.book) for record in before.records]
    # what the checks do not say of the extraction as it came was found while the sentences were read
    told = {_issue_key(issue) for issue in check(document, own, before.audit, work.book)[1]}
    rest = [i for i in before.issues if _issue_key(i) not in told and _still(i, records, work)]
    checked, found = check(document, records, audit, work.book)
    return before.model_copy(update={"records": checked, "issues": (*rest, *found), "audit": audit})


def _without_codes(record: Record, book: Rulebook) -> Record:
    own = tuple(flag for flag in record.flags if flag not in book.checks["codes"])
    return record if own == record.flags else record.model_copy(update={"flags": own})


def _unlinked(record: Record, kept: set[str]) -> Record:
    if all(c.record is None or c.record in kept for c in record.comparisons):
        return record
    freed = tuple(c if c.record in kept else c.model_copy(update={"record": None}) for c in record.comparisons)
    return record.model_copy(update={"comparisons": freed})


def _issue_key(issue: Issue) -> tuple[object, ...]:
    return issue.code, issue.check, issue.records, tuple((span.start, span.end) for span in issue.spans)


def _still(issue: Issue, records: Sequence[Record], work: _Work) -> bool:
    """Whether a doubt of the reading stands: its records are there as they were read, its numbers still undecided."""
    untouched = {record.id for record in records if record.rule != RULE}
    if issue.records:
        return all(ident in untouched for ident in issue.records)
    decided = [record.span for record in records if MADE in record.flags or CHANGED in record.flags]
    return not any(_touches(span, place) for span in issue.spans for place in (*decided, *work.dismissed))
