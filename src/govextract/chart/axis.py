"""Scales: round ticks that hold the data, places on them, and labels moved apart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values onto pixels, evenly; `ticks` are round and hold every value."""

    low: float
    high: float
    start: float
    stop: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """The pixel of *value*."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.stop - self.start)


def scale(values: Iterable[float], start: float, stop: float, count: int, *, zero: bool) -> Scale:
    """A scale that holds *values* (and zero), with about *count* ticks."""
    held = [*values, *([0.0] if zero else [])]
    low, high = min(held), max(held)
    if low == high:
        low, high = low - (abs(low) / 2 or 1.0), high + (abs(high) / 2 or 1.0)
    step = _step((high - low) / max(count, 1))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(float(f"{index * step:.12g}") for index in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], start, stop, ticks)


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in STEPS if step * power >= rough * (1 - 1e-9))


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near to *wanted* as can be, at least *gap* apart, between *low* and *high* where they fit.

    Neighbours that would touch stand together round their middle.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    groups: list[tuple[float, int]] = []  # the first place of a group, how many stand in it
    for index in order:
        first, size = wanted[index], 1
        while groups and first < groups[-1][0] + gap * groups[-1][1]:
            before, count = groups.pop()
            first = (before * count + (first - gap * count) * size) / (count + size)
            size += count
        groups.append((max(low, min(first, high - gap * (size - 1))), size))
        while len(groups) > 1 and groups[-1][0] < groups[-2][0] + gap * groups[-2][1] - 1e-9:
            (_, size), (before, count) = groups.pop(), groups.pop()
            groups.append((max(low, min(before, high - gap * (count + size - 1))), count + size))
    places = [first + gap * step for first, size in groups for step in range(size)]
    out = [0.0] * len(wanted)
    for place, index in zip(places, order, strict=True):
        out[index] = place
    return out
