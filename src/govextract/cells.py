"""The figure in a table's cell: 65.0, -1.5%, ＞80, 5.5%左右, 增长6%, 12.3亿元."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from govextract import stdre
from govextract.rulebook import Rulebook

SHAPE = stdre.compile(
    r"(?P<before>[^\d（）。，；+-]{0,4}?)(?P<number>[-+]?\d+(?:\.\d+)?)(?P<rest>[^\d（）。，；]{0,8})(?:（[^（）]*）)?"
)


class Figure(NamedTuple):
    """A cell's figure: signed value, printed decimals, its own unit and bound; `moves` where it says 增长 or 下降.

    `start` and `end` enclose number and unit in the cell's text.
    """

    value: Decimal
    decimals: int
    unit: str
    bound: str
    moves: bool
    start: int
    end: int


def read_figure(text: str, book: Rulebook) -> Figure | None:
    """The figure that a cell's text is; None where it is something else, or holds more than one."""
    found = SHAPE.fullmatch(text)
    if found is None:
        return None
    before, rest = found["before"], found["rest"]
    bound = "exact"
    before, bound = _bound(before, book.compiled["bounds_before"], bound)
    rest, bound = _bound(rest, book.compiled["bounds_after"], bound)
    moves = before in book.compiled["moves"]
    if (before and not moves) or not (rest in book.units or rest[1:] in book.units or not rest):
        return None
    value = Decimal(found["number"])
    if before in book.compiled["falls"]:
        value = -value
    start = found.start("number")
    return Figure(
        value=value,
        decimals=len(found["number"].partition(".")[2]),
        unit=rest,
        bound=bound,
        moves=moves,
        start=start,
        end=found.end("number") + len(rest),
    )


def _bound(text: str, words: dict[str, str], bound: str) -> tuple[str, str]:
    """*text* without the word of a bound that it ends with, and that bound."""
    for word, value in words.items():
        if text.endswith(word):
            return text.removesuffix(word), value
    return text, bound
