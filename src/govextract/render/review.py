"""What became of decisions, as lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govextract.counting import several
from govextract.review.overlay import MARKS

if TYPE_CHECKING:
    from govextract.review.folder import Done

WORDS = {
    "accepted": "accepted", "edited": "edited", "rejected": "rejected", "added": "added",
    "by itself": "right by itself now", "restored": "restored to what was accepted", "before": "in place already",
    "left": "without a place",
}  # fmt: skip


def summary_lines(done: Done) -> Iterator[str]:
    """One line a report: what its decisions came to, and how many of its records a person has seen."""
    for name, applied in done.applied:
        counts = applied.counts()
        told = ", ".join(f"{counts[outcome]} {words}" for outcome, words in WORDS.items() if outcome in counts)
        records = applied.extraction.records
        seen = sum(bool(set(record.flags) & set(MARKS)) for record in records)
        yield f"{name}: {told or 'no decisions'}; {seen} of {several(len(records), 'record')} reviewed"


def left_lines(done: Done) -> Iterator[str]:
    """One line a decision that found no place, or that newer rules have made needless or contrary."""
    for name, applied in done.applied:
        for told in applied.told:
            what = f"{told.decision.decision} {told.decision.mention!r} in {told.decision.sentence[:40]!r}"
            if told.outcome == "left":
                yield f"{name}: left: {what}: {told.reason}"
            elif told.outcome in ("by itself", "restored"):
                yield f"{name}: {WORDS[told.outcome]}: {what}"
    for decision in done.foreign:
        yield f"{decision.document}: left: {decision.decision} {decision.mention!r}: none of the outputs is this report"
