"""Reviews on disk: decisions laid over many outputs, exported to other tools, brought back from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from govextract import export
from govextract.errors import GovextractError
from govextract.export.files import encoded, write_whole
from govextract.review.apply import Applied, apply
from govextract.review.decisions import ENDING, Decision, write_decisions
from govextract.review.exchange import format_module
from govextract.review.exchange.said import decisions_of
from govextract.review.inputs import Reviewed, left_path
from govextract.review.page import page

if TYPE_CHECKING:
    from govextract.rulebook import Rulebook


@dataclass(slots=True)
class Done:
    """What was written for each report, and what has no place."""

    applied: list[tuple[str, Applied]] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    foreign: list[Decision] = field(default_factory=list)  # of none of the reports


def write_page(reviewed: Reviewed, path: Path, lang: str = "en") -> Path:
    """Write the review page over the extractions, with the decisions about them, to *path*."""
    extractions = [extraction for _, extraction in reviewed.extractions]
    strange = [d for d in reviewed.decisions if not any(d.speaks_of(e.document) for e in extractions)]
    if strange:
        raise GovextractError(
            f"{len(strange)} decisions are about {strange[0].document}, which is not among the reports"
        )
    return write_whole(path, encoded(page(extractions, lang, reviewed.decisions)))


def apply_all(reviewed: Reviewed, book: Rulebook) -> Done:
    """The extractions with their decisions laid over them."""
    done = Done()
    for name, extraction in reviewed.extractions:
        own = [decision for decision in reviewed.decisions if decision.speaks_of(extraction.document)]
        done.applied.append((name, apply(extraction, own, book)))
    extractions = [extraction for _, extraction in reviewed.extractions]
    done.foreign = [d for d in reviewed.decisions if not any(d.speaks_of(e.document) for e in extractions)]
    return done


def write_applied(done: Done, reviewed: Reviewed, folder: Path, formats: Sequence[str], lang: str = "en") -> Done:
    """Write every report in *formats* with its text, and what was left to NAME.decisions.left.jsonl."""
    for name, applied in done.applied:
        done.written += export.export_all(applied.extraction, folder, name, formats, lang)
        done.written += _left(applied.left, left_path(folder, name), reviewed)
    for name in dict.fromkeys(decision.document for decision in done.foreign):
        own = [decision for decision in done.foreign if decision.document == name]
        done.written += _left(own, left_path(folder, Path(name).name), reviewed)
    export.describe(folder, [name for name, _ in done.applied], formats, lang)
    return done


def _left(decisions: Sequence[Decision], path: Path, reviewed: Reviewed) -> list[Path]:
    if decisions:
        return [write_decisions(decisions, path)]
    if path.resolve() not in {file.resolve() for file in reviewed.files}:
        path.unlink(missing_ok=True)  # of an earlier run; what was in it has its place now
    return []


def export_reviewed(reviewed: Reviewed, format: str, folder: Path, book: Rulebook) -> Done:
    """Write every report for another tool, with the decisions laid over it."""
    module = format_module(format)
    done = apply_all(reviewed, book)
    for name, applied in done.applied:
        contents = module.written(name, applied.extraction, bool(applied.told))
        done.written += [write_whole(folder / file, encoded(content)) for file, content in contents.items()]
    done.written = list(dict.fromkeys(done.written))
    return done


def import_reviewed(
    files: Sequence[Path], reviewed: Reviewed, format: str, folder: Path, book: Rulebook, *, unchanged: bool,
    reviewer: str = "",
) -> list[tuple[Path, int]]:  # fmt: skip
    """Write what was changed in another tool as NAME.decisions.jsonl; gives each file with its number of decisions.

    Raises GovextractError where *files* speak of none of the reports.
    """
    module = format_module(format)
    made = []
    for name, extraction in reviewed.extractions:
        told = [said for file in files if (said := module.said(file, extraction)) is not None]
        if told:
            decisions = decisions_of(extraction, told[-1], book, unchanged=unchanged, reviewer=reviewer)
            made.append((write_decisions(decisions, folder / (name + ENDING)), len(decisions)))
    if not made:
        names = ", ".join(name for name, _ in reviewed.extractions)
        raise GovextractError(f"{', '.join(map(str, files))}: nothing annotated for {names}; is the text the same?")
    return made
