"""A trial: figures that must fit together, and what it says of them when they do not."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from govextract.checks.facts import Fact
from govextract.checks.interval import Interval, overlap, scaled

if TYPE_CHECKING:
    from govextract.model import Record

Rule = dict[str, Any]  # an entry of rules/checks
Expected = Callable[[Sequence[Interval]], Interval]

PERCENT, POINT = "%", "个百分点"
PLAIN = (PERCENT, "‰", POINT)  # units that no 万 stands before
# What a slip of 万 and 亿 does to a figure, the likeliest first.
SHIFTS = (1e-4, 1e4, 1e-8, 1e8)
FAR = 10.0  # how many times a figure is out at least, where only a range or a limit is known


class Trial(NamedTuple):
    """Whether the first fact's figure lies where the others put it: `expected(intervals of the others)`.

    `shown` is the arithmetic as a reader would write it, without the figure that was found.
    """

    rule: Rule
    facts: tuple[Fact, ...]
    expected: Expected
    shown: str
    exact: bool = True  # whether a slip of one digit would show, where every figure stands for itself
    tight: bool = True  # whether a slip of 万 would show

    def shows_digits(self) -> bool:
        """Whether a slip of one digit in any of the figures would show."""
        return self.exact and all(fact.record.bound == "exact" and fact.record.value_max is None for fact in self.facts)

    def shows_multiples(self) -> bool:
        """Whether a slip of 万 in any of the figures would show."""
        return self.tight and all(math.isfinite(end) for fact in self.facts for end in fact.interval)

    def holds(self, intervals: Sequence[Interval] | None = None) -> bool:
        """Whether the figures fit, as printed or with other *intervals* in their place."""
        own = intervals if intervals is not None else [fact.interval for fact in self.facts]
        return overlap(own[0], self.expected(own[1:]))

    def _far(self, own: Sequence[Interval]) -> bool:
        """Whether the figure is out by several times: less than that is no slip of 万."""
        found, wanted = own[0], self.expected(own[1:])
        if found[0] > wanted[1] > 0:
            return found[0] / wanted[1] > FAR
        return found[1] < wanted[0] and found[1] > 0 and wanted[0] / found[1] > FAR

    def slip(self) -> tuple[Record, float] | None:
        """The one figure that would fit with 万 or 亿 put right, and the factor that does it."""
        own = [fact.interval for fact in self.facts]
        if not self.exact and not self._far(own):
            return None
        for factor in SHIFTS:
            for at, fact in enumerate(self.facts):
                changed = [*own[:at], scaled(own[at], factor), *own[at + 1 :]]
                if can_slip(fact) and self.holds(changed):
                    return fact.record, factor
        return None


def can_slip(fact: Fact) -> bool:
    """Whether a figure is one that 万 and 亿 scale, and stands for itself: no percentage, nothing open to one side."""
    record = fact.record
    scales = record.measure in ("level", "change") and not (record.unit or "%").startswith(PLAIN)
    return scales and all(map(math.isfinite, fact.interval))
