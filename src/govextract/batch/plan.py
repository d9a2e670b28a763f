"""What is to be done, and under which names: every input is a job, and no two jobs write the same file.

A job's name is its path below the deepest folder that holds all inputs, without the suffix: of a/report.txt and
b/report.txt the outputs are a/report.csv and b/report.csv. Where two would still have one name (report.txt and
report.md), both keep their suffix.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath

from govextract.errors import GovextractError, ReadError
from govextract.export.rows import TABLES
from govextract.read import archived
from govextract.reports import ARCHIVE, EMPTY, OUTPUTS, all_files


class BatchError(GovextractError):
    """A batch cannot begin or go on. Says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Job:
    """One input: the name of its outputs below the output folder, its path, and its path below the inputs' folder.

    member: of a report in an archive its path there; problem: why an input that was found cannot be read.
    """

    name: str
    path: Path
    shown: str
    member: str = ""
    problem: str = ""

    def plain(self) -> dict[str, str]:
        """As JSON can hold it."""
        return asdict(self) | {"path": str(self.path)}

    @staticmethod
    def made(plain: dict[str, str]) -> Job:
        """What `plain` gave."""
        return Job(**{**plain, "path": Path(plain["path"])})  # type: ignore[arg-type]


def plan(paths: Sequence[Path], out: Path) -> list[Job]:
    """The jobs for *paths* (files, and folders with all below them), in the order of their paths; each report of an
    archive is one.

    What lies in *out* is output and no input. Raises ReadError where there are no reports, BatchError where *out* holds
    the inputs.
    """
    target = _absolute(out)
    roots = [_absolute(path) for path in paths]
    for path, root in zip(paths, roots, strict=True):
        if root.is_relative_to(target):
            raise BatchError(f"{out} holds {path}: outputs would lie among the reports; choose another folder (-o)")
    found = list(all_files(paths))
    files = sorted({_absolute(path) for path in found if isinstance(path, Path)})
    files = [path for path in files if not path.is_relative_to(target) and path.suffix.lower() not in OUTPUTS]
    errors = [error for error in found if isinstance(error, ReadError)]
    if errors and not files:
        raise errors[0]
    try:
        base = os.path.commonpath([root if root.is_dir() else root.parent for root in roots])
    except ValueError:
        raise BatchError("the inputs lie on several drives; run a batch for each") from None
    drafts = [draft for path in files for draft in _drafts(path, path.relative_to(base).as_posix())]
    drafts += [_troubled(error, base) for error in errors if error.problem != EMPTY]
    drafts.sort(key=lambda draft: draft.shown)
    return [replace(draft, name=name) for draft, name in zip(drafts, _names(drafts), strict=True)]


def _drafts(path: Path, shown: str) -> list[Job]:
    """The jobs of one file, under the names that they have where no other has the same."""
    short = str(PurePosixPath(shown).with_suffix(""))
    if path.suffix.lower() != ARCHIVE:
        return [Job(short, path, shown)]
    try:
        reports = archived(path)
    except ReadError as error:
        return [Job(short, path, shown, problem=error.problem)]
    if reports is None:
        return [Job(short, path, shown)]
    return [
        Job(str(PurePosixPath(shown).with_name(name)), path, f"{shown}/{inside}", member=inside)
        for inside, name in reports
    ]


def _troubled(error: ReadError, base: str) -> Job:
    """A folder that cannot be read: it is told with the documents that cannot."""
    shown = os.path.relpath(error.path, base).replace(os.sep, "/")
    return Job(shown, Path(error.path), shown, problem=error.problem)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - links stay as they are named


def _names(drafts: Sequence[Job]) -> list[str]:
    """For each draft the name of its outputs; some file systems do not tell X from x."""
    count = Counter(draft.name.casefold() for draft in drafts)
    return [
        draft.shown if count[draft.name.casefold()] > 1 or _of_table(draft.name, count) else draft.name
        for draft in drafts
    ]


def _of_table(name: str, count: Counter[str]) -> bool:
    """report.issues.txt beside report.txt: its table would be the other's issues."""
    stem, dot, ending = name.casefold().rpartition(".")
    return dot + ending in TABLES and stem in count
