"""Many documents out of few reports: stretches of whole lines, each beginning somewhere else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from govextract.read import read_text
from govextract.reports import report_files

ROOT = Path(__file__).parents[1]
LENGTH = 2000  # characters of a document


def cut(reports: Sequence[Path], count: int, folder: Path) -> Path:
    """Write *count* documents into *folder*: report after report, from ever other lines on, in folders of a hundred."""
    texts = [read_text(path)[0] for path in report_files(reports or [ROOT / "corpus"])]
    for number in range(count):
        lines = texts[number % len(texts)].splitlines(keepends=True)
        turn = number // len(texts)
        at = turn * max(1, len(lines) * len(texts) // count) % len(lines)
        ends = accumulate(len(line) for line in lines[at:])
        taken = next((n for n, end in enumerate(ends, 1) if end >= LENGTH), len(lines))
        path = folder / f"{number // 100:03}" / f"piece-{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(lines[0] + "\n" + "".join(lines[at : at + taken]), "utf-8")
    return folder
