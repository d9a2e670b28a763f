"""What is wrong in an extraction, and what may be wrong in the report: doubts with their arithmetic, never verdicts.

Everything that is checked stands in rules/checks; this package holds one function a kind of check.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from govextract.checks import bounds, identities
from govextract.checks.facts import Facts, facts_of
from govextract.checks.issues import of_audit, of_document, of_record, of_trial
from govextract.checks.trial import Trial

if TYPE_CHECKING:
    from govextract.model import Audit, Document, Issue, Record
    from govextract.rulebook import Rulebook

__all__ = ["check", "trials"]


def check(
    document: Document, records: Sequence[Record], audit: Audit, book: Rulebook
) -> tuple[tuple[Record, ...], tuple[Issue, ...]]:
    """The records with the codes of what is doubted about them as flags, and the issues. Never edits a value."""
    issues = [issue for record in records for issue in of_record(record, document.text, book)]
    issues += of_document(records, document, book)
    issues += _failed(trials(document, records, book), book)
    issues += [of_audit(number, book) for number in audit.unexplained]
    flags: dict[str, list[str]] = {}
    for issue in issues:
        for ident in issue.records:
            flags.setdefault(ident, []).append(issue.code)
    flagged = (
        record.model_copy(update={"flags": tuple(dict.fromkeys((*record.flags, *flags[record.id])))})
        if record.id in flags
        else record
        for record in records
    )
    return tuple(flagged), tuple(issues)


def trials(document: Document, records: Sequence[Record], book: Rulebook) -> Iterator[Trial]:
    """Everything in *records* that must fit together or into its bounds, whether it does or not."""
    facts: Facts = facts_of(document.text, records, float(book.checks["rounding"]))
    for rule in book.checks["bounds"]:
        yield from bounds.trials(rule, facts, document.region, book)
    for rule in book.checks["identities"]:
        yield from identities.trials(rule, facts)


def _failed(every: Iterator[Trial], book: Rulebook) -> list[Issue]:
    """One issue a failed trial; the same figures are doubted once, by what says most about them."""
    issues: list[Issue] = []
    told: set[tuple[str, ...]] = set()
    slips: set[str] = set()
    for trial in every:
        if trial.holds():
            continue
        slip = trial.slip()
        if slip is not None and slip[0].id in slips:
            continue  # a figure that is out by 万 fails whatever it takes part in
        issue = of_trial(trial, slip, book)
        if issue.records not in told:
            told.add(issue.records)
            issues.append(issue)
            if slip is not None:
                slips.add(slip[0].id)
    return issues
