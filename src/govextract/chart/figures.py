"""How one figure is drawn: filled where it is exact, hollow where it is about, with an arrow where it is a bound.

A range is a thick line; a figure that contradicts the one taken is a small ring at the end of a whisker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govextract.chart.marks import INK, Line, Mark, Marker
from govextract.chart.points import Figure
from govextract.chart.wording import SIGNS, number

ARROWS = {"at_least": 1, "more_than": 1, "at_most": -1, "less_than": -1}
REACH = 15.0  # pixels from a marker's centre to its arrow's head

Place = Callable[[float], tuple[float, float]]  # a value's pixel


def printed(figure: Figure, factor: float) -> str:
    """≈5.6, ≥6, 5–5.5: the figure with the sign of its bound."""
    high = "" if figure.high is None else f"–{number(figure.high / factor)}"
    return f"{SIGNS.get(figure.bound, '')}{number(figure.value / factor)}{high}"


def drawn(
    figure: Figure, place: Place, along: tuple[int, int], color: str, shape: str, title: str, role: str
) -> Iterator[Mark]:
    """The marks of a figure that was taken; *along* is the direction of growing values: (1, 0) right, (0, -1) up."""
    x, y = place(figure.value)
    if figure.high is not None:
        top = place(figure.high)
        yield Line(((x, y), top), color, 7, 0.35, role="range")
        yield Marker(*top, shape, color, 4.5, figure.bound != "exact", "range-end", title)
    if figure.bound in ARROWS:
        yield arrow(x, y, along, ARROWS[figure.bound], color)
    yield Marker(x, y, shape, color, 4.5, figure.bound != "exact", role, title)


def arrow(x: float, y: float, along: tuple[int, int], way: int, color: str) -> Line:
    """An arrow that begins at a marker's edge and points where the value may lie."""
    dx, dy = along[0] * way, along[1] * way

    def at(forth: float, aside: float) -> tuple[float, float]:
        return x + dx * forth - dy * aside, y + dy * forth + dx * aside

    head = at(REACH, 0)
    return Line((at(5.5, 0), head, at(REACH - 4, -3.2), head, at(REACH - 4, 3.2)), color, 1.4, role="bound")


def contradicted(taken: Figure | None, others: tuple[Figure, ...], place: Place, titles: list[str]) -> Iterator[Mark]:
    """A whisker from the figure taken to each that was not, and a ring there."""
    for other, title in zip(others, titles, strict=True):
        if taken is not None:
            yield Line((place(taken.value), place(other.value)), INK, 1.2, 0.55, "2 2", "whisker")
        yield Marker(*place(other.value), "circle", INK, 3.2, True, "conflict", title)
