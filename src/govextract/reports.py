"""Which reports a list of files and folders stands for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from govextract.errors import ReadError

SUFFIXES = (".txt", ".md")


def report_files(paths: Iterable[Path]) -> list[Path]:
    """The files named and those below the folders named, sorted, each once. Raises ReadError where there are none."""
    found: dict[Path, None] = {}
    for path in paths:
        files = [path]
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            if not files:
                raise ReadError(path, "holds no reports", f"they end in {' or '.join(SUFFIXES)}")
        found |= dict.fromkeys(files)
    return list(found)
