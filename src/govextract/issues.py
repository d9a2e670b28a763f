"""An issue in the words that rules/checks/codes.yaml gives its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govextract.export.rows import printed
from govextract.model import Issue, Record, Span

if TYPE_CHECKING:
    from govextract.rulebook import Rulebook


def make_issue(
    code: str, book: Rulebook, check: str, records: tuple[Record, ...] = (), spans: tuple[Span, ...] = (),
    arithmetic: str | None = None, suggestion: str | None = None, **words: str,
) -> Issue:  # fmt: skip
    """An issue in the words of rules/checks/codes.yaml."""
    entry = book.checks["codes"][code]
    first = records[0] if records else None
    said = {"indicator": first.indicator if first else "", "figure": printed(first) if first else "", **words}
    said["arithmetic"] = arithmetic or ""
    return Issue.made(
        code=code,
        severity=entry["severity"],
        check=check,
        message_zh=entry["zh"].format_map(said),
        message_en=entry["en"].format_map(said),
        records=tuple(dict.fromkeys(record.id for record in records)),
        spans=spans or tuple(dict.fromkeys(record.span for record in records)),
        arithmetic=arithmetic,
        suggestion=suggestion,
    )
