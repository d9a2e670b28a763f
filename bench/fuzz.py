"""Read and parse inputs that nobody writes, on all cores: how many, and which do not hold.

    python -m bench.fuzz [NUMBER] [FIRST]

Prints the number of inputs, of documents and of failures, and the seed of each failure with what it raised. A seed
always makes the same input: `python -m bench.fuzz 1 SEED` runs it again.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from govextract.rulebook import load_rulebook
from tests.fuzzing import KINDS, file_of, read_and_check, text_of

BATCH = 500
SLOW = 5.0  # seconds of one input that are told


def run(first: int) -> tuple[int, list[str]]:
    """The inputs of BATCH seeds: documents read, and failures."""
    return run_seeds(range(first, first + BATCH))


def run_seeds(seeds: range) -> tuple[int, list[str]]:
    """The inputs of *seeds*: documents read, and failures."""
    book = load_rulebook()
    documents, failures = 0, []
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            chance = random.Random(seed)
            kind = chance.choice(KINDS)
            begin = time.monotonic()
            try:
                documents += read_and_check(file_of(text_of(chance), kind, chance), Path(folder) / f"a{kind}", book)
            except Exception as error:
                at = traceback.extract_tb(error.__traceback__)[-1]
                failures.append(
                    f"{seed} {kind}: {type(error).__name__}: {error} ({Path(at.filename).name}:{at.lineno})"
                )
            if time.monotonic() - begin > SLOW:
                failures.append(f"{seed} {kind}: took {time.monotonic() - begin:.0f} s")
    return documents, failures


def main() -> None:
    """Run it."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    if number < BATCH:
        found = [run_seeds(range(first, first + number))]
    else:
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(run, range(first, first + number, BATCH)))
    failures = [failure for _, some in found for failure in some]
    print(f"{number} inputs, {sum(documents for documents, _ in found)} documents, {len(failures)} failures")
    print("\n".join(failures[:50]))


if __name__ == "__main__":
    main()
