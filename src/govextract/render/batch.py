"""What `batch` says at its end: what was done, and what could not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govextract.counting import several
from govextract.render.table import table

if TYPE_CHECKING:
    from govextract.batch import Summary

WIDEST = (10, 40, 100)  # columns of a failure's state, document and reason
SHOWN = 50  # failures; all of them are in the manifest


def failures_text(summary: Summary) -> str:
    """The documents that are not done, with their reasons; empty where all are."""
    if not summary.failures:
        return ""
    rows = [("state", "document", "reason")]
    rows += [(entry.state, entry.path, entry.reason) for entry in summary.failures[:SHOWN]]
    lines = table(rows, WIDEST)
    if len(summary.failures) > SHOWN:
        lines.append(f"… {len(summary.failures) - SHOWN} more in manifest.jsonl")
    return "\n".join(lines)


def summary_text(summary: Summary) -> str:
    """The figures of the batch, and what a reader should know of how they came about."""
    failed = f", {len(summary.failures)} failed" if summary.failures else ""
    lines = [
        f"{summary.done} of {several(summary.documents, 'document')} done{failed}: "
        f"{several(summary.records, 'record')}, {several(summary.numbers, 'number')}, {summary.unexplained} unexplained"
    ]
    if summary.before:
        lines.append(f"{summary.before} of them were done before")
    if summary.stale:
        lines.append(
            f"{summary.stale} of these by other rules or another version: they stay as they are; "
            "--resume --stale redo does them again"
        )
    if summary.again:
        lines.append(f"{summary.again} files hold the same bytes as another one")
    if summary.gone:
        lines.append(f"{summary.gone} documents of an earlier run are no longer among the inputs: their outputs stay")
    return "\n".join(lines)
