"""Mentions as the engine passes them on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from govextract.quantities import Quantity

SEPARATORS = "，、；：（）。！？"
HARD = "，；：（）。！？"  # those that end a clause
CONNECTORS = ("、", "和", "与", "及", "以及", "、和", "，", "、以及")


@dataclass(slots=True)
class Token:
    """A mention: its type, its place in the sentence's view, and what it carries."""

    type: str
    start: int
    end: int
    text: str
    value: Any = None
    members: list[Quantity] = field(default_factory=list)
    time: Any = None


@dataclass(frozen=True, slots=True)
class RankValue:
    """第2位 → 2; 前三位 → top 3; 前列 → no value; a shift of places (前移3位) has its own flag."""

    value: int | None
    top: bool = False
    shift: str = ""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A matched time expression and its rule."""

    rule: Any
    match: re.Match[str]


def overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether [start, end) overlaps one of *spans*."""
    for first, last in spans:  # noqa: SIM110 (any() takes twice as long here)
        if start < last and first < end:
            return True
    return False
