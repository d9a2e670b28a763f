"""Words are jieba's own: the same tokens, without reading its dictionary."""

from __future__ import annotations

import warnings
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govextract.segment import borders, words

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jieba


@pytest.fixture(scope="module", autouse=True)
def quiet() -> None:
    jieba.setLogLevel(60)


def test_the_corpus_has_the_same_tokens(corpus: list[Path]) -> None:
    for path in corpus:
        for line in path.read_text("utf-8").splitlines():
            assert words(line) == jieba.lcut(line)


@given(st.text(st.sampled_from("省市县的增长工业经济投资五一12.%ab，。 😀\0"), max_size=30))
@settings(max_examples=150, deadline=None)
def test_any_text_has_the_same_tokens(text: str) -> None:
    assert words(text) == jieba.lcut(text)


def test_borders_are_between_words() -> None:
    text = "全省规模以上工业增加值"
    cut = sorted(borders(text))
    assert [text[a:b] for a, b in pairwise(cut)] == words(text)
    assert borders("") == {0}
