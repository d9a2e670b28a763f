"""The surfaces of the lexicon in a text: the leftmost ones, and of those at one place the longest.

An automaton finds them fastest, but making one of 5,000 words takes as long as reading half a report. The first texts
are therefore looked up in plain tables; the automaton is made for who reads more than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

LOOKED_UP = 100_000  # characters: about what the making of an automaton costs


class Surfaces:
    """Words to be found in texts."""

    __slots__ = ("automaton", "keys", "left", "lengths", "numbers")

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = keys
        self.automaton: Any = None
        self.left = LOOKED_UP
        self.numbers = {key: number for number, key in enumerate(keys)}
        # How long the words are that begin with two characters, the longest first; of one character, behind them.
        self.lengths: dict[str, list[int]] = {}
        for key in sorted(keys, key=len, reverse=True):
            found = self.lengths.setdefault(key[:2], [])
            if len(key) not in found:
                found.append(len(key))
        for start, found in self.lengths.items():
            if len(start) > 1 and start[0] in self.lengths:
                found.append(1)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """The words in *text*, none inside another, from left to right: the word's number, start, end."""
        if self.automaton is None:
            if self.left > 0:
                self.left -= len(text)
                return self._look_up(text)
            from ahocorasick_rs import AhoCorasick, MatchKind

            self.automaton = AhoCorasick(self.keys, matchkind=MatchKind.LeftmostLongest)
        found: list[tuple[int, int, int]] = self.automaton.find_matches_as_indexes(text)
        return found

    def _look_up(self, text: str) -> list[tuple[int, int, int]]:
        lengths, numbers = self.lengths, self.numbers
        found = []
        at, end = 0, len(text)
        while at < end:
            for length in lengths.get(text[at : at + 2]) or lengths.get(text[at]) or ():
                word = text[at : at + length]
                if word in numbers:
                    found.append((numbers[word], at, at + len(word)))
                    at += len(word)
                    break
            else:
                at += 1
        return found
