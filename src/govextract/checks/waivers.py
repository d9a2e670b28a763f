"""Waivers: issues that a person has looked at and let stand, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.errors import ReadError, RuleError
from govextract.issues import make_issue
from govextract.rulebook import read_yaml

if TYPE_CHECKING:
    from govextract.model import Extraction, Issue
    from govextract.rulebook import Rulebook

KEYS = {"code", "record", "quote", "document", "reason"}
HINT = "write `- {code: …, record: … (or quote: words of the sentence), reason: …}`"


@dataclass(frozen=True, slots=True)
class Waiver:
    """One issue that stands: its code, the record it doubts (by id, or by words of its sentence), and why."""

    code: str
    reason: str
    record: str = ""
    quote: str = ""
    document: str = ""

    def __str__(self) -> str:
        where = " ".join(part for part in (self.document, self.record or f"“{self.quote}”") if part)
        return f"{self.code} {where}"

    def silences(self, issue: Issue, extraction: Extraction) -> bool:
        """Whether this is the issue that was looked at."""
        if issue.code != self.code or (self.document and self.document != extraction.document.name):
            return False
        if self.record:
            return self.record in issue.records
        return any(self.quote in sentence for sentence in _sentences(issue, extraction))


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a YAML file; raises ReadError where an entry says too little."""
    try:
        content = read_yaml(path)
    except RuleError as error:
        raise ReadError(path, error.problem) from None
    if not isinstance(content, list):
        raise ReadError(path, "is no list of waivers", HINT)
    out = []
    for row in content:
        if not isinstance(row, dict) or set(row) - KEYS or not all(isinstance(v, str) and v for v in row.values()):
            raise ReadError(path, f"bad entry {row!r}", HINT)
        if not {"code", "reason"} <= set(row) or ("record" in row) == ("quote" in row):
            raise ReadError(path, f"entry {row!r} needs code, reason, and one of record and quote", HINT)
        out.append(Waiver(**row))
    return tuple(out)


def waived(
    found: Sequence[tuple[int, Issue]], extractions: Sequence[Extraction], waivers: Sequence[Waiver], book: Rulebook
) -> list[tuple[int, Issue]]:
    """*found* without what is waived, and an issue for every waiver that matches nothing (with the place -1)."""
    used: set[Waiver] = set()
    kept = []
    for at, issue in found:
        silenced = [waiver for waiver in waivers if waiver.silences(issue, extractions[at])]
        used.update(silenced)
        if not silenced:
            kept.append((at, issue))
    unused = [waiver for waiver in waivers if waiver not in used]
    return [*kept, *((-1, make_issue("WAIVER_UNUSED", book, "waiver", waiver=str(waiver))) for waiver in unused)]


def _sentences(issue: Issue, extraction: Extraction) -> list[str]:
    text = extraction.document.text
    found = [record.sentence for record in extraction.records if record.id in issue.records]
    return [*found, *(text[max(0, span.start - 80) : span.end + 80] for span in issue.spans)]
