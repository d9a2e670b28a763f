"""Throughput in one process beside jieba's own, and how the time grows with the length of the text.

warm.py [REPORT…] [--passes N]      the reports of corpus/ unless some are named
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba

from govextract.model import Document
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.rulebook import load_rulebook

ROOT = Path(__file__).parents[1]
TIMES = 10


def once(work: Callable[[Document], object], documents: Sequence[Document]) -> float:
    """Processor time of *work* on all documents."""
    start = time.process_time()
    for document in documents:
        work(document)
    return time.process_time() - start


def main() -> None:
    """Print MB of UTF-8 text a second, and the time of ten times the text over the time of one."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reports", type=Path, nargs="*")
    options.add_argument("--passes", type=int, default=7, metavar="N")
    chosen = options.parse_args()
    paths = chosen.reports or sorted((ROOT / "corpus").glob("*.txt"))
    book = load_rulebook()
    documents = [read_document(path) for path in paths]
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    longer = [document.model_copy(update={"text": document.text * TIMES}) for document in documents]
    jieba.setLogLevel(60)
    jobs: dict[str, tuple[Callable[[Document], object], Sequence[Document]]] = {
        "parse": (lambda document: parse_document(document, book), documents),
        "jieba": (lambda document: jieba.lcut(document.text), documents),
        "longer": (lambda document: parse_document(document, book), longer),
    }
    for name in ("parse", "jieba"):
        once(*jobs[name])  # dictionaries, caches and compiled patterns
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(chosen.passes):
        for name, job in jobs.items():
            if name != "longer" or turn % 2 == 0:
                taken[name].append(once(*job))
    middle = {name: statistics.median(times) for name, times in taken.items()}
    ratio = statistics.median(b / a for a, b in zip(taken["parse"], taken["jieba"], strict=True))
    print(f"{len(documents)} reports, {size:.3f} MB of UTF-8: {size / middle['parse']:.2f} MB a second")
    print(f"jieba alone on the same text: {size / middle['jieba']:.2f}; parse is {ratio:.2f} times as fast")
    print(f"{TIMES} times the text takes {middle['longer'] / middle['parse']:.1f} times as long")


if __name__ == "__main__":
    main()
