"""The pictures of the READMEs are made from the corpus, as it is and by the code as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pictures import PICTURES, chart, review
from tests.serving import chromium


def test_the_chart_is_what_the_corpus_gives(tmp_path: Path) -> None:
    made = chart(tmp_path)
    assert made.read_bytes() == (PICTURES / made.name).read_bytes(), "run: python -m tests.pictures"


@pytest.mark.skipif(chromium() is None, reason="Chromium is not here (Debian: apt-get install chromium)")
def test_the_page_is_shown_as_it_is(tmp_path: Path) -> None:
    made = review(tmp_path)
    assert made.read_bytes()[:8] == (PICTURES / made.name).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    # Fonts and the browser's version move single points; what is shown is of about the same size.
    assert 0.7 < made.stat().st_size / (PICTURES / made.name).stat().st_size < 1.4, "run: python -m tests.pictures"
