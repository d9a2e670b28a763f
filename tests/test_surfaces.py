"""Words found by looking them up are those that the automaton finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.surfaces import Surfaces

# words, text, what is found — the longest at each place, from left to right
TABLE = [
    (["增长", "增"], "增长增", [("增长", 0), ("增", 2)]),
    (["增长", "长期"], "增长期", [("增长", 0)]),
    (["增长了"], "增长", []),
    (["增长", "增长了不少"], "又增长了不", [("增长", 1)]),
    (["增", "增长率"], "增长", [("增", 0)]),
    (["增"], "减", []),
    (["增"], "", []),
]


@pytest.mark.parametrize(("words", "text", "expected"), TABLE, ids=[f"{'|'.join(row[0])} in {row[1]}" for row in TABLE])
def test_words_are_found(words: list[str], text: str, expected: list[tuple[str, int]]) -> None:
    assert [(words[number], start) for number, start, _ in Surfaces(words).find(text)] == expected


@given(st.lists(st.text("甲乙丙", min_size=1, max_size=5), min_size=1, unique=True), st.text("甲乙丙丁", max_size=40))
def test_the_automaton_finds_the_same(words: list[str], text: str) -> None:
    first, later = Surfaces(words), Surfaces(words)
    later.left = 0
    assert first.find(text) == later.find(text)
    assert first.automaton is None
    assert later.automaton is not None
