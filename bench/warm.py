"""Throughput in one process, and how the time grows with the length of the text.

warm.py [REPORT…] [--passes N]      the reports of corpus/ unless some are named
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from govextract.model import Document
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.rulebook import Rulebook, load_rulebook

ROOT = Path(__file__).parents[1]
TIMES = 10


def seconds(documents: Sequence[Document], book: Rulebook, passes: int) -> float:
    """Processor time of parsing all documents once: the median of several passes."""
    taken = []
    for _ in range(passes):
        start = time.process_time()
        for document in documents:
            parse_document(document, book)
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def main() -> None:
    """Print MB of UTF-8 text a second, and the time of ten times the text over the time of one."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reports", type=Path, nargs="*")
    options.add_argument("--passes", type=int, default=7, metavar="N")
    chosen = options.parse_args()
    paths = chosen.reports or sorted((ROOT / "corpus").glob("*.txt"))
    book = load_rulebook()
    documents = [read_document(path) for path in paths]
    size = sum(len(document.text.encode()) for document in documents)
    seconds(documents, book, 1)  # caches and compiled patterns
    once = seconds(documents, book, chosen.passes)
    longer = [document.model_copy(update={"text": document.text * TIMES}) for document in documents]
    grown = seconds(longer, book, max(chosen.passes // 2, 1))
    print(f"{len(documents)} reports, {size / 1e6:.3f} MB of UTF-8: {size / 1e6 / once:.2f} MB a second")
    print(f"{TIMES} times the text takes {grown / once:.1f} times as long")


if __name__ == "__main__":
    main()
