"""What a picture is made of: lines, markers and texts with their places in pixels, and the box that a text fills.

Every figure is laid out here first, so that tests can ask for overlaps, and SVG and PNG show the same.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import accumulate, takewhile

Box = tuple[float, float, float, float]  # left, top, right, bottom

INK = "ink"  # the colour of the text round the picture
# Colours that the common kinds of colour blindness keep apart (after Okabe and Ito); with SHAPES they make 40 pairs.
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d1f", "#6b7280")
SHAPES = ("circle", "square", "diamond", "up", "down")

# Widths in parts of the type size, a little wider than the usual sans-serif, so that what fits here fits there.
NARROW = frozenset("iljtfrI.,:;'|!()[] ·")
BROAD = frozenset("mwMW@%")


@dataclass(frozen=True, slots=True)
class Line:
    """A line through *points*."""

    points: tuple[tuple[float, float], ...]
    color: str = INK
    width: float = 1.0
    opacity: float = 1.0
    dash: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled rectangle."""

    left: float
    top: float
    width: float
    height: float
    color: str
    opacity: float = 1.0
    role: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """One figure: its shape is centred at (x, y); a hollow one is not exact."""

    x: float
    y: float
    shape: str
    color: str
    size: float = 4.5
    hollow: bool = False
    role: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; (x, y) is where its baseline starts, ends or is centred."""

    x: float
    y: float
    text: str
    size: float = 12.0
    anchor: str = "start"
    color: str = INK
    opacity: float = 1.0
    bold: bool = False
    role: str = ""

    @property
    def box(self) -> Box:
        """What the text covers."""
        width = text_width(self.text, self.size)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - 0.88 * self.size, left + width, self.y + 0.2 * self.size


Mark = Line | Rect | Marker | Text


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure that is laid out; `title` and `desc` say in words what it shows."""

    width: float
    height: float
    title: str
    desc: str
    marks: tuple[Mark, ...]

    def texts(self) -> list[Text]:
        """The texts, in drawing order."""
        return [mark for mark in self.marks if isinstance(mark, Text)]


def text_width(text: str, size: float) -> float:
    """How wide *text* is at most, in pixels."""
    return sum(map(_em, text)) * size


def shortened(text: str, size: float, width: float) -> str:
    """*text*, cut to *width* pixels with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    ends = accumulate(map(_em, text), initial=_em("…"))
    kept = sum(1 for _ in takewhile(lambda end: end * size <= width, ends)) - 1
    return text[: max(kept, 0)].rstrip() + "…"


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    if character in NARROW:
        return 0.36
    if character in BROAD:
        return 0.93
    return 0.68 if character.isupper() else 0.58
