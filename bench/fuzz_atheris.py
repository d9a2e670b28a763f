"""Coverage-guided fuzzing of reading and parsing; wants `pip install atheris`, which is no part of the dev extra.

    python -m bench.fuzz_atheris [CORPUS_FOLDER] [-max_total_time=600]

The first byte chooses the kind of the file, the rest is its content. Stops at the first input that does not hold.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["govextract.read"]):
    from govextract.rulebook import load_rulebook
    from tests.fuzzing import read_and_check

KINDS = (".txt", ".md", ".html", ".docx", ".pdf", ".zip")
BOOK = load_rulebook()
FOLDER = Path(tempfile.mkdtemp(prefix="govextract-fuzz"))


def one(data: bytes) -> None:
    """Read and parse one input."""
    if data:
        kind = KINDS[data[0] % len(KINDS)]
        read_and_check(data[1:], FOLDER / f"a{kind}", BOOK)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
