"""Two processes against one, beside what two idle loops gain here, and a worker's memory over many documents.

batch.py [REPORT…] [--documents N] [--ratio-documents N] [--rounds N]      the reports of corpus/ unless some are named
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import tempfile
import time
from pathlib import Path

from pieces import cut

from govextract.batch import run_batch

FIRST = 100  # documents after which a worker has begun
LOOP = 60_000_000  # steps


def workers(parent: int) -> dict[int, float]:
    """The resident memory of every worker that *parent* runs, in MB, by its process."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if int((process / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                pages = int((process / "statm").read_text().split()[1])
                found[int(process.name)] = pages * 4096 / 1e6
        except OSError:
            continue
    return found


def seconds(source: Path, count: int) -> float:
    """What a batch of *count* processes takes, from nothing to the manifest."""
    with tempfile.TemporaryDirectory() as out:
        began = time.perf_counter()
        run_batch([source], Path(out) / "out", workers=count)
        return time.perf_counter() - began


def loop(size: int) -> int:
    """Work that needs nothing but a processor."""
    return sum(number * number % 7 for number in range(size))


def loops(count: int) -> float:
    """What LOOP steps of `loop` take when *count* processes share them: more than this no batch can gain."""
    with multiprocessing.get_context("spawn").Pool(count) as pool:
        pool.map(loop, [1000] * count)  # all have started
        began = time.perf_counter()
        pool.map(loop, [LOOP // count] * count, chunksize=1)
        return time.perf_counter() - began


def growth(source: Path) -> tuple[float, float, float]:
    """The most that a worker of two grew by after its first documents, the most that it took, documents a second."""
    begun: dict[int, float] = {}
    most: dict[int, float] = {}

    def look(ended: int, total: int, failed: int) -> None:
        if ended == FIRST:
            begun.update(workers(os.getpid()))
        elif ended > FIRST and ended % 20 == 0:
            for process, size in workers(os.getpid()).items():
                most[process] = max(most.get(process, 0.0), size)

    with tempfile.TemporaryDirectory() as out:
        began = time.perf_counter()
        summary = run_batch([source], Path(out) / "out", workers=2, watch=look)
        rate = summary.documents / (time.perf_counter() - began)
    return max(most[process] - size for process, size in begun.items()), max(most.values()), rate


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reports", type=Path, nargs="*")
    options.add_argument("--documents", type=int, default=2000, metavar="N")
    options.add_argument("--ratio-documents", type=int, default=400, metavar="N")
    options.add_argument("--rounds", type=int, default=3, metavar="N")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        few = cut(chosen.reports, chosen.ratio_documents, Path(folder) / "few")
        rounds = [(seconds(few, 1), seconds(few, 2), loops(1) / loops(2)) for _ in range(chosen.rounds)]
        gain = statistics.median(one / two for one, two, _ in rounds)
        idle = statistics.median(loop for _, _, loop in rounds)
        print(
            f"two processes to one, {chosen.ratio_documents} documents: {gain:.2f} times as fast; idle loops {idle:.2f}"
        )
        told = (f"{one:.1f} s / {two:.1f} s = {one / two:.2f} ({loop:.2f})" for one, two, loop in rounds)
        print("  each round: " + ", ".join(told))
        grown, most, rate = growth(cut(chosen.reports, chosen.documents, Path(folder) / "many"))
        print(f"{chosen.documents} documents: a worker grew by {grown:.0f} MB, to {most:.0f} MB; {rate:.1f} a second")


if __name__ == "__main__":
    main()
