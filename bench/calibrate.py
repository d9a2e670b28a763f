"""Fit the weights of the confidence: logistic regression over gold reports and judged samples.

calibrate.py GOLD_DIR… [--judged VERDICTS.csv REPORTS_DIR]… [--weight W] [--write]

Each answer of the engine in a gold report counts once, each judged record W times: the judged reports are unseen, the
gold ones are not. Printed are the weights and, from ten folds, how well they sort and how far they are off.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np

import govextract.parse as parsing
from govextract.confidence import signs_of
from govextract.evaluate import gold_files, load_folding, load_gold, score
from govextract.evaluate.gold import report_path
from govextract.model import Extraction
from govextract.read import read_document
from govextract.reports import report_files
from govextract.rulebook import Rulebook, load_rulebook

TABLE = Path(__file__).parents[1] / "rules" / "lexicon" / "names" / "confidence.yaml"
HEAD = """# How much each sign of a record weighs (log odds) in its confidence.
# Written by bench/calibrate.py --write: fitted, not guessed.
"""
RIDGE = 2.0  # pulls weights of rare signs towards 0
FOLDS = 10

Row = tuple[frozenset[str], bool, float]


def parsed(path: Path, book: Rulebook) -> tuple[Extraction, dict[str, frozenset[str]]]:
    """A report's records, and the signs of each by its id."""
    seen: list[frozenset[str]] = []

    def listen(draft, name, book, *, known):  # type: ignore[no-untyped-def]
        seen.append(frozenset(signs_of(draft, name, book, known=known)))
        return 0.5

    plain = vars(parsing)["confidence"]
    vars(parsing)["confidence"] = listen
    try:
        result = parsing.parse_document(read_document(path), book)
    finally:
        vars(parsing)["confidence"] = plain
    return result, {record.id: signs for record, signs in zip(result.records, seen, strict=True)}


def gold_rows(folder: Path, book: Rulebook) -> list[Row]:
    """The answers of every gold report under *folder*."""
    folding, rows = load_folding(), []
    for path in gold_files(folder):
        result, signs = parsed(report_path(path), book)
        verdicts = score(load_gold(path, result.document.text), result.records, folding).verdicts
        rows += [(signs[v.record], v.right, 1.0) for v in verdicts if v.record is not None]
    return rows


def judged_rows(verdicts: Path, reports: Path, weight: float, book: Rulebook) -> list[Row]:
    """The records that a reader judged, as far as the engine still makes them."""
    with verdicts.open(encoding="utf-8", newline="") as file:
        judged = {row["id"]: row["verdict"] != "wrong" for row in csv.DictReader(file)}
    rows = []
    for path in report_files([reports]):
        _, signs = parsed(path, book)
        rows += [(signs[ident], judged[ident], weight) for ident in signs.keys() & judged.keys()]
    return rows


def fitted(rows: list[Row], names: list[str]) -> np.ndarray:
    """Newton's method on the weighted log likelihood with a ridge on all but `base`."""
    x = np.array([[name in signs for name in names] for signs, _, _ in rows], dtype=float)
    y = np.array([right for _, right, _ in rows], dtype=float)
    w = np.array([weight for _, _, weight in rows])
    penalty = np.diag([0.0 if name == "base" else RIDGE for name in names])
    beta = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (w * (y - p)) - penalty @ beta
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + penalty + 1e-9 * np.eye(len(names))
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def crossed(rows: list[Row], names: list[str]) -> list[tuple[float, bool, float]]:
    """Every row's chance by weights fitted without it."""
    out = []
    for fold in range(FOLDS):
        beta = fitted([row for i, row in enumerate(rows) if i % FOLDS != fold], names)
        for signs, right, weight in rows[fold::FOLDS]:
            total = sum(b for name, b in zip(names, beta, strict=True) if name in signs)
            out.append((1 / (1 + np.exp(-total)), right, weight))
    return out


def main() -> None:
    """Fit, print, and write the weights with --write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path, nargs="+")
    options.add_argument("--judged", type=Path, nargs=2, action="append", default=[], metavar=("CSV", "REPORTS"))
    options.add_argument("--weight", type=float, default=4.0, metavar="W")
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    book = load_rulebook()
    rows = [row for folder in chosen.gold for row in gold_rows(folder, book)]
    for verdicts, reports in chosen.judged:
        rows += judged_rows(verdicts, reports, chosen.weight, book)
    names = ["base", *sorted({name for signs, _, _ in rows for name in signs} - {"base"})]
    beta = fitted(rows, names)
    print(f"{len(rows)} records, {sum(not right for _, right, _ in rows)} of them wrong")
    for name, weight in zip(names, beta, strict=True):
        print(f"{name:24} {weight:6.2f}  {sum(name in signs for signs, _, _ in rows)}")
    chances = crossed(rows, names)
    good = [(c, w) for c, right, w in chances if right]
    bad = [(c, w) for c, right, w in chances if not right]
    pairs = sum(w * v * ((c > d) + (c == d) / 2) for c, w in good for d, v in bad)
    print(f"sorts {pairs / (sum(w for _, w in good) * sum(w for _, w in bad)):.2f} of the pairs (ten folds)")
    for low, high in ((0, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        inside = [(c, right, w) for c, right, w in chances if low <= c < high]
        if inside:
            total = sum(w for _, _, w in inside)
            mean = sum(c * w for c, _, w in inside) / total
            right = sum(w for _, r, w in inside if r) / total
            print(f"{low:.2f}–{min(high, 1):.2f}  {len(inside):5} records  told {mean:.3f}  right {right:.3f}")
    if chosen.write:
        table = ", ".join(f"{name}: {weight:.2f}" for name, weight in zip(names, beta, strict=True))
        TABLE.write_text(f"{HEAD}weights: {{{table}}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
