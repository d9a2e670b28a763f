"""How good the records are, measured against gold: precision, recall and F1 on each level."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.errors import ReadError
from govextract.evaluate.causes import causes
from govextract.evaluate.fold import Folding
from govextract.evaluate.gold import GoldReport, load_gold, report_path
from govextract.evaluate.score import FIELDS, LEVELS, RECORD_LEVELS, Count, Miss, Score, score

if TYPE_CHECKING:
    from govextract.rulebook import Rulebook

Interval = tuple[float, float] | None

__all__ = ["FIELDS", "LEVELS", "RECORD_LEVELS", "Count", "Evaluation", "Folding", "GoldReport", "Miss", "Score"]
__all__ += ["causes", "evaluate_folder", "gold_files", "load_folding", "load_gold", "score"]

RESAMPLES = 1000
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True)
class Bin:
    """Records whose confidence lies between two bounds: how many, how sure they are on average, how many are right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Evaluation:
    """The figures of every report of a gold folder."""

    reports: dict[str, Score]
    genres: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> Score:
        return sum(self.reports.values(), Score())

    @property
    def groups(self) -> dict[str, dict[str, tuple[Count, Interval]]]:
        """Counts with their intervals: by level, by field, by measure, by genre, of whole sentences."""
        scores = list(self.reports.values())
        total = self.total
        genres = sorted({self.genres.get(name) or "not said" for name in self.reports})
        members = {
            genre: [score for name, score in self.reports.items() if (self.genres.get(name) or "not said") == genre]
            for genre in genres
        }
        none = Count()
        return {
            "level": {name: _with_interval([s.counts[name] for s in scores]) for name in LEVELS},
            "field": {name: _with_interval([s.fields[name] for s in scores]) for name in FIELDS},
            "measure": {
                name: _with_interval([s.measures.get(name, none) for s in scores])
                for name in sorted(total.measures, key=lambda name: -total.measures[name].wanted)
            },
            "genre": {name: _with_interval([s.counts["panel"] for s in rows]) for name, rows in members.items()},
            "sentence": {"wholly right": _with_interval([s.sentences for s in scores])},
        }

    @property
    def rated(self) -> list[tuple[float, bool]]:
        """How sure the engine was of each answer, and whether it was right."""
        return [(v.confidence, v.right) for v in self.total.verdicts if v.confidence is not None]

    def reliability(self) -> list[Bin]:
        """How often records are right, by how sure the engine was of them."""
        rated = self.rated
        out = []
        for low, high in pairwise(BINS):
            inside = [(sure, right) for sure, right in rated if low <= sure < high]
            if inside:
                size = len(inside)
                out.append(Bin(low, high, size, sum(s for s, _ in inside) / size, sum(r for _, r in inside) / size))
        return out

    def ordering(self) -> float | None:
        """How likely a wrong record has less confidence than a right one: 0.5 says nothing, 1 sorts them all."""
        rated = self.rated
        wrong = sorted(sure for sure, right in rated if not right)
        good = [sure for sure, right in rated if right]
        if not wrong or not good:
            return None
        below = sum(bisect_left(wrong, sure) + bisect_right(wrong, sure) for sure in good)
        return below / (2 * len(wrong) * len(good))

    def to_dict(self) -> dict[str, object]:
        """Everything that `eval --json` prints, and that `eval --compare` reads."""
        total = self.total
        return {
            "figures": {
                kind: {name: _figures(*row) for name, row in rows.items()} for kind, rows in self.groups.items()
            },
            "wrong_fields": dict(total.wrong_fields.most_common()),
            "causes": {name: len(rows) for name, rows in causes(total.misses).items()},
            "reliability": [vars(each) for each in self.reliability()],
            "ordering": self.ordering(),
            "reports": {
                name: {level: round(report.counts[level].f1, 4) for level in LEVELS}
                for name, report in self.reports.items()
            },
            "verdicts": {
                name: {verdict.where: verdict.right for verdict in report.verdicts}
                for name, report in self.reports.items()
            },
        }


def _with_interval(counts: list[Count]) -> tuple[Count, Interval]:
    """The sum, and the 95 % confidence interval of its F1 by drawing reports anew; None for a single report."""
    total = sum(counts, Count())
    if len(counts) < 2:
        return total, None
    draw = random.Random(0)  # the same gold gives the same interval
    f1 = sorted(sum(draw.choices(counts, k=len(counts)), Count()).f1 for _ in range(RESAMPLES))
    return total, (f1[RESAMPLES * 25 // 1000], f1[RESAMPLES * 975 // 1000 - 1])


def _figures(count: Count, interval: Interval) -> dict[str, object]:
    return {
        "precision": round(count.precision, 4),
        "recall": round(count.recall, 4),
        "f1": round(count.f1, 4),
        "interval": [round(end, 4) for end in interval] if interval else None,
        "right": count.right,
        "given": count.given,
        "wanted": count.wanted,
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
    reports, genres = {}, {}
    for path in gold_files(folder):
        document = read_document(report_path(path))
        gold = load_gold(path, document.text)
        name = path.relative_to(folder).as_posix().removesuffix(".gold.jsonl")
        reports[name] = score(gold, parse_document(document, book).records, folding)
        genres[name] = gold.genre
    return Evaluation(reports, genres)
