"""Rules by the strings that their matches hold: one pass over a text tells which of them can match in it at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

from govextract.rulebook.literals import MOST_GROUPS
from govextract.rulebook.regexes import needed

R = TypeVar("R")


class Sieve(Generic[R]):
    """Rules, of which a text is only searched for those that it can hold."""

    __slots__ = ("bits", "chosen", "free", "machine", "rules")

    def __init__(self, rules: Sequence[R], sources: Iterable[str]) -> None:
        """*sources* are the regexes of *rules*, in the same order."""
        self.rules: tuple[R, ...] = tuple(rules)
        self.free = 0  # the bits of the groups that rules do not have
        self.chosen: dict[int, tuple[R, ...]] = {}
        bits: dict[str, int] = {}  # for a string, a bit a rule and group that it satisfies
        for order, source in enumerate(sources):
            groups = needed(source)
            for slot in range(MOST_GROUPS):
                bit = 1 << slot * len(self.rules) + order
                if slot >= len(groups):
                    self.free |= bit
                    continue
                for string in groups[slot]:
                    bits[string] = bits.get(string, 0) | bit
        self.bits = list(bits.values())
        self.machine = AhoCorasick(list(bits))

    def of(self, text: str) -> tuple[R, ...]:
        """The rules that can match in *text*, in their order."""
        found, bits = self.free, self.bits
        for number, _, _ in self.machine.find_matches_as_indexes(text, overlapping=True):
            found |= bits[number]
        size = len(self.rules)
        mask = (1 << size) - 1
        for slot in range(MOST_GROUPS):
            mask &= found >> slot * size
        rules = self.chosen.get(mask)
        if rules is None:
            if len(self.chosen) > 20_000:
                self.chosen.clear()
            rules = self.chosen[mask] = tuple(r for order, r in enumerate(self.rules) if mask >> order & 1)
        return rules
