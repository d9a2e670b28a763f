"""The proof that checks carry: each objects in every text of `fires_on` and in none of `silent_on`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from govextract.checks.across import check_across
from govextract.parse import parse_document
from govextract.read import make_document

if TYPE_CHECKING:
    from govextract.rulebook import Rulebook

REPORT = {"date": "2025-01-20", "period": "2024"}  # what an example's report has where it says nothing


@dataclass(frozen=True, slots=True)
class CheckCase:
    """A text, or reports with a text each, in which a check must object or must not."""

    check: str
    kind: Literal["fires_on", "silent_on"]
    reports: tuple[dict[str, Any], ...]


def check_cases(book: Rulebook) -> list[CheckCase]:
    """Every case of every check."""
    return list(_cases(book))


def _cases(book: Rulebook) -> Iterator[CheckCase]:
    for rule in (*book.checks["bounds"], *book.checks["identities"], *book.checks["across"]):
        for kind in ("fires_on", "silent_on"):
            for case in rule[kind]:
                yield CheckCase(rule["id"], kind, tuple(case.get("reports", [case])))


def check_problem(case: CheckCase, book: Rulebook) -> str | None:
    """What is wrong with *case*; None where it holds."""
    extractions = []
    for number, report in enumerate(case.reports):
        given = {key: value for key, value in report.items() if key != "text"}
        meta = {**({"date": given["date"]} if "date" in given else REPORT), **given}
        document = make_document(report["text"], name=f"example{number}", meta=meta)
        extractions.append(parse_document(document, book))
    found = [issue for extraction in extractions for issue in extraction.issues]
    if len(extractions) > 1:
        found = [issue for _, issue in check_across(extractions, book)]
    objects = case.check in {issue.check for issue in found}
    if objects == (case.kind == "fires_on"):
        return None
    text = " / ".join(report["text"].strip() for report in case.reports)
    wanted = "an objection" if case.kind == "fires_on" else "none"
    others = ", ".join(sorted({f"{issue.check} ({issue.code})" for issue in found})) or "nothing"
    return f"checks/{case.check}: {text!r}: expected {wanted}, got {others}"
