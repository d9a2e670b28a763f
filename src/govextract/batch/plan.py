"""What is to be done, and under which names: every input is a job, and no two jobs write the same file.

A job's name is its path below the deepest folder that holds all inputs, without the suffix: of a/report.txt and
b/report.txt the outputs are a/report.csv and b/report.csv. Where two would still have one name (report.txt and
report.md), both keep their suffix.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from govextract.errors import GovextractError
from govextract.export.rows import TABLES
from govextract.reports import report_files


class BatchError(GovextractError):
    """A batch cannot begin or go on. Says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Job:
    """One input: the name of its outputs below the output folder, its path, and its path below the inputs' folder."""

    name: str
    path: Path
    shown: str


def plan(paths: Sequence[Path], out: Path) -> list[Job]:
    """The jobs for *paths* (files, and folders with all below them), in the order of their paths.

    What lies in *out* is output and no input. Raises ReadError where there are no reports, BatchError where *out* holds
    the inputs.
    """
    target = _absolute(out)
    roots = [_absolute(path) for path in paths]
    for path, root in zip(paths, roots, strict=True):
        if root.is_relative_to(target):
            raise BatchError(f"{out} holds {path}: outputs would lie among the reports; choose another folder (-o)")
    files = sorted({_absolute(path) for path in report_files(paths)})
    files = [path for path in files if not path.is_relative_to(target)]
    try:
        base = os.path.commonpath([root if root.is_dir() else root.parent for root in roots])
    except ValueError:
        raise BatchError("the inputs lie on several drives; run a batch for each") from None
    shown = [path.relative_to(base).as_posix() for path in files]
    names = _names(shown)
    return [Job(name, path, of) for name, path, of in zip(names, files, shown, strict=True)]


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - links stay as they are named


def _names(shown: Iterable[str]) -> list[str]:
    """For each file the name of its outputs; some file systems do not tell X from x."""
    whole = list(shown)
    short = [str(PurePosixPath(path).with_suffix("")) for path in whole]
    count = Counter(name.casefold() for name in short)
    return [
        path if count[name.casefold()] > 1 or _of_table(name, count) else name
        for path, name in zip(whole, short, strict=True)
    ]


def _of_table(name: str, count: Counter[str]) -> bool:
    """report.issues.txt beside report.txt: its table would be the other's issues."""
    stem, dot, ending = name.casefold().rpartition(".")
    return dot + ending in TABLES and stem in count
