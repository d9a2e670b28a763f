"""Checking reports from files: each by itself, all against each other, less what was waived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.checks.across import check_across
from govextract.checks.waivers import Waiver, waived
from govextract.errors import GovextractError

if TYPE_CHECKING:
    from govextract.model import Extraction, Issue
    from govextract.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: the reports, and every issue with the place of its report (-1: of none)."""

    paths: tuple[Path, ...]
    extractions: tuple[Extraction, ...]
    found: tuple[tuple[int, Issue], ...]
    failed: tuple[GovextractError, ...] = ()

    @property
    def errors(self) -> int:
        """How many issues are errors."""
        return sum(issue.severity == "error" for _, issue in self.found)


def checked(
    paths: Sequence[Path],
    extractions: Sequence[Extraction],
    book: Rulebook,
    waivers: Sequence[Waiver] = (),
    failed: Sequence[GovextractError] = (),
) -> Checked:
    """The issues of every report and those between them, in the order of the reports and their texts."""
    found = [(at, issue) for at, extraction in enumerate(extractions) for issue in extraction.issues]
    if len(extractions) > 1:
        found += check_across(extractions, book)
    kept = waived(found, extractions, waivers, book)
    kept.sort(key=lambda pair: (pair[0] < 0, pair[0], pair[1].spans[0].start if pair[1].spans else 0, pair[1].code))
    return Checked(tuple(paths), tuple(extractions), tuple(kept), tuple(failed))
