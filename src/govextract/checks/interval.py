"""Rounding intervals: what a printed figure may stand for, in base units, and what may be computed from such.

Bounds are floats: they are compared with a margin far above a float's error; what is printed stays Decimal.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govextract.model import Record

Interval = tuple[float, float]

ABOUT = 0.05  # 约, 左右: five per cent either way
MARGIN = 1e-9
# How far a percentage computed from printed figures may stand from the printed one beside its own rounding: reports
# truncate, and compute from figures with more decimals than they print.
POINTS = 0.05


def interval_of(record: Record, ulps: float, *, closed: bool = False) -> Interval:
    """The base values that *record*'s figure may stand for: *ulps* units of its last decimal either way.

    Bounds open it, unless it is *closed*: 超过, 以上 upwards, 以内 downwards; 约 widens it; a range has both its ends.
    """
    value, base = record.value, record.base_value
    if value is None or base is None:
        return -math.inf, math.inf
    factor = float(base / value) if value else 1.0
    slack = abs(factor) * 10.0 ** -(record.decimals or 0) * ulps
    low = high = float(base)
    if record.value_max is not None:
        high = float(record.value_max) * factor
    if record.bound == "about":
        slack = max(slack, abs(low) * ABOUT)
    low, high = min(low, high) - slack, max(low, high) + slack
    if closed:
        return low, high
    if record.bound in ("at_least", "more_than"):
        return low, math.inf
    if record.bound in ("at_most", "less_than"):
        return -math.inf, high
    return low, high


def overlap(one: Interval, other: Interval) -> bool:
    """Whether two intervals can be the same number."""
    margin = MARGIN * max(1.0, *(abs(x) for x in (*one, *other) if math.isfinite(x)))
    return one[0] <= other[1] + margin and other[0] <= one[1] + margin


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of intervals."""
    low = high = 0.0
    for one in intervals:
        low, high = low + one[0], high + one[1]
    return low, high


def minus(one: Interval, other: Interval) -> Interval:
    """The difference of intervals."""
    return one[0] - other[1], one[1] - other[0]


def times(one: Interval, other: Interval) -> Interval:
    """The product of intervals without zero inside an infinite one."""
    corners = [a * b for a in one for b in other if not (math.isnan(a * b))]
    return (min(corners), max(corners)) if corners else (-math.inf, math.inf)


def ratio(one: Interval, other: Interval) -> Interval:
    """The quotient of intervals; anything where the divisor may be nought."""
    if other[0] <= 0 <= other[1]:
        return -math.inf, math.inf
    return times(one, (1 / other[1], 1 / other[0]))


def widened(one: Interval, by: float) -> Interval:
    """An interval with *by* more on both sides."""
    return one[0] - by, one[1] + by


def scaled(one: Interval, factor: float) -> Interval:
    """An interval in other units."""
    low, high = one[0] * factor, one[1] * factor
    return min(low, high), max(low, high)


def percentage(own: Sequence[Interval]) -> Interval:
    return widened(scaled(ratio(own[0], own[1]), 100.0), POINTS)
