"""The floors of the project's own corpus: what its gold has been reached with, and never falls under again.

python -m tests.gold_floors                                figures beside floors
python -m tests.gold_floors --update                       raise the floors to the figures
python -m tests.gold_floors --update --allow-regression    lower them too (say why in the commit)
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from pathlib import Path
from typing import Any

from govextract.evaluate import LEVELS, Evaluation, evaluate_folder, gold_files
from govextract.evaluate.gold import report_path
from govextract.rulebook import Rulebook, load_rulebook

CORPUS = Path(__file__).parents[1] / "corpus"
FLOORS = Path(__file__).parent / "gold" / "floors.json"
FIGURES = ("precision", "recall", "f1")

Figures = dict[str, dict[str, float]]


def digest() -> str:
    """The hash of the gold set: reports, sidecars and gold together."""
    whole = hashlib.sha256()
    for gold in gold_files(CORPUS):
        report = report_path(gold)
        for path in (report, report.with_suffix(".meta.json"), gold):
            if path.exists():
                # a checkout on another system may have other line ends
                content = path.read_bytes().replace(b"\r\n", b"\n")
                whole.update(path.name.encode() + b"\0" + content + b"\0")
    return whole.hexdigest()


def measured(book: Rulebook) -> Figures:
    """Every level's figures on the corpus, rounded down to three decimals."""
    return rounded(evaluate_folder(CORPUS, book))


def rounded(evaluation: Evaluation) -> Figures:
    """An evaluation's figures as floors are written."""
    counts = evaluation.total.counts
    return {
        level: {name: math.floor(getattr(counts[level], name) * 1000) / 1000 for name in FIGURES} for level in LEVELS
    }


def fallen(figures: Figures, floors: Figures) -> list[str]:
    """Every figure that is under its floor."""
    return [
        f"{level} {name}: {figures[level][name]:.3f} is under the floor of {floor:.3f}"
        for level, row in floors.items()
        for name, floor in row.items()
        if figures[level][name] < floor
    ]


def raised(figures: Figures, floors: Figures) -> Figures:
    """The floors after an update: each as high as either."""
    return {
        level: {name: max(figures[level][name], floors.get(level, {}).get(name, 0.0)) for name in FIGURES}
        for level in LEVELS
    }


def main(arguments: list[str]) -> int:
    """Print the figures; with --update write them as the new floors."""
    known: dict[str, Any] = json.loads(FLOORS.read_text("utf-8"))
    figures, lower = measured(load_rulebook()), "--allow-regression" in arguments
    for level in LEVELS:
        floor = known["floors"].get(level, {})
        told = (f"{name} {figures[level][name]:.3f} (floor {floor.get(name, 0):.3f})" for name in FIGURES)
        print(f"{level:<11}", "  ".join(told))
    under = fallen(figures, known["floors"])
    if "--update" not in arguments:
        return int(bool(under))
    if under and not lower:
        print(*under, "the floors stay; --allow-regression lowers them", sep="\n", file=sys.stderr)
        return 1
    floors = figures if lower else raised(figures, known["floors"])
    FLOORS.write_text(json.dumps({"digest": digest(), "floors": floors}, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
