"""Whatever is read and parsed: no traceback, every span in its text, an audit that adds up, JSON that comes back.

GOVEXTRACT_FUZZ=20000 asks for so many examples; `python -m bench.fuzz` runs many more on all cores.
"""

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govextract.read import make_document
from govextract.rulebook import load_rulebook
from tests.fuzzing import BLANKS, KINDS, ODD, WORDS, check_document, file_of, read_and_check, text_of

BOOK = load_rulebook()
EXAMPLES = int(os.environ.get("GOVEXTRACT_FUZZ", "60"))
MANY = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@given(st.lists(st.sampled_from([*WORDS, *BLANKS, *ODD]), max_size=60).map("".join))
@MANY
def test_any_text_of_the_genre(text: str) -> None:
    check_document(make_document(text), BOOK)


@given(st.integers(min_value=0), st.sampled_from(sorted(set(KINDS))))
@MANY
def test_any_file(seed: int, kind: str) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        read_and_check(file_of(text_of(chance), kind, chance), Path(folder) / f"a{kind}", BOOK)


@given(st.binary(max_size=400), st.sampled_from([".txt", ".html", ".pdf", ".docx", ".zip", ".doc"]))
@MANY
def test_any_bytes(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read_and_check(data, Path(folder) / f"a{suffix}", BOOK)
