"""How good the records are, measured against gold: precision, recall and F1 on each level."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.errors import ReadError
from govextract.evaluate.fold import Folding
from govextract.evaluate.gold import GoldReport, load_gold, report_path
from govextract.evaluate.score import LEVELS, RECORD_LEVELS, Count, Miss, Score, score

if TYPE_CHECKING:
    from govextract.rulebook import Rulebook

__all__ = ["LEVELS", "RECORD_LEVELS", "Count", "Evaluation", "Folding", "GoldReport", "Miss", "Score"]
__all__ += ["evaluate_folder", "gold_files", "load_folding", "load_gold", "score"]

RESAMPLES = 1000


@dataclass(frozen=True)
class Evaluation:
    """The figures of every report of a gold folder."""

    reports: dict[str, Score]

    @property
    def total(self) -> Score:
        return sum(self.reports.values(), Score())

    def interval(self, level: str) -> tuple[float, float] | None:
        """The 95 % confidence interval of a level's F1, by drawing reports anew; None for a single report."""
        counts = [report.counts[level] for report in self.reports.values()]
        if len(counts) < 2:
            return None
        draw = random.Random(0)  # the same gold gives the same interval
        f1 = sorted(sum(draw.choices(counts, k=len(counts)), Count()).f1 for _ in range(RESAMPLES))
        return f1[RESAMPLES * 25 // 1000], f1[RESAMPLES * 975 // 1000 - 1]

    def figures(self) -> dict[str, dict[str, float | int]]:
        """Each level's precision, recall and F1 with the numbers behind them."""
        return {
            level: {
                "precision": round(count.precision, 4),
                "recall": round(count.recall, 4),
                "f1": round(count.f1, 4),
                "right": count.right,
                "given": count.given,
                "wanted": count.wanted,
            }
            for level, count in self.total.counts.items()
        }

    def to_dict(self) -> dict[str, object]:
        """Everything that `eval --json` prints."""
        total = self.total
        return {
            "figures": self.figures(),
            "intervals": {level: self.interval(level) for level in LEVELS},
            "region": round(total.regions.recall, 4),
            "measures": {name: dict(counts) for name, counts in sorted(total.measures.items())},
            "wrong_fields": dict(total.wrong_fields.most_common()),
            "reports": {
                name: {level: round(report.counts[level].f1, 4) for level in LEVELS}
                for name, report in self.reports.items()
            },
        }


def gold_files(folder: Path) -> list[Path]:
    """Every gold file under a folder, sorted."""
    files = sorted(folder.rglob("*.gold.jsonl"))
    if not files:
        raise ReadError(folder, "holds no NAME.gold.jsonl")
    return files


def load_folding(rules: Path | None = None) -> Folding:
    """The folding tables, from the shipped rules unless another rules folder is named."""
    from govextract.rulebook import read_yaml, shipped_rules

    return Folding(read_yaml((rules or shipped_rules()) / "lexicon" / "evaluation.yaml"))


def evaluate_folder(folder: Path, book: Rulebook) -> Evaluation:
    """Parse every report that has gold beside it, and score it."""
    from govextract.parse import parse_document
    from govextract.read import read_document

    folding = load_folding()
    reports = {}
    for path in gold_files(folder):
        document = read_document(report_path(path))
        gold = load_gold(path, document.text)
        name = path.relative_to(folder).as_posix().removesuffix(".gold.jsonl")
        reports[name] = score(gold, parse_document(document, book).records, folding)
    return Evaluation(reports)
