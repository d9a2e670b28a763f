"""One row a region (or a period): values side by side, or targets against what was reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govextract.chart.axis import Scale, scale
from govextract.chart.figures import contradicted, drawn, printed
from govextract.chart.frame import (
    EDGE,
    SMALL,
    Heading,
    foot_height,
    foot_marks,
    head_marks,
    legend_lines,
    told,
    top_of,
)
from govextract.chart.marks import INK, PALETTE, Line, Mark, Picture, Rect, Text, shortened, text_width
from govextract.chart.points import Figure, Point
from govextract.chart.wording import number, words

HIGH = 22.0  # a row, in pixels
NAME = 190.0  # pixels a row's name may take


@dataclass(frozen=True, slots=True)
class Row:
    """A point and what its row is called."""

    name: str
    point: Point


def rows(rows_: Sequence[Row], heading: Heading, factor: float, width: float, *, targets: bool, bars: bool) -> Picture:
    """Lay out a row a point; as high as its rows need. *bars* begin at zero, dots need no zero."""
    points = [row.point for row in rows_]
    legend = legend_lines(points, heading.lang, width - 2 * EDGE, targets=targets)
    heads = [words(heading.lang)[key] for key in (("actual", "target") if targets else ("value",))]
    columns = [[_said(figure, factor) for figure in _figures(row.point, targets)] for row in rows_]
    widths = [
        max(text_width(cell, SMALL) for cell in (head, *cells))
        for head, cells in zip(heads, zip(*columns, strict=True), strict=True)
    ]
    top = top_of(heading) + (SMALL + 4)
    height = top + HIGH * len(rows_) + 28 + foot_height(legend, heading)
    base = top + HIGH * len(rows_) + 2
    left = EDGE + max(text_width(shortened(row.name, SMALL, NAME), SMALL) for row in rows_) + 14
    right = width - EDGE - sum(widths) - 18 * len(widths)
    drawn_values = [v / factor for point in points for v in point.values()]
    x = scale(drawn_values, left + 10, right - 14, max(2, int((right - left) / 90)), zero=bars)
    marks: list[Mark] = [*head_marks(heading, width), *_grid(x, top, base)]
    ends = [right + sum(widths[: n + 1]) + 18 * (n + 1) for n in range(len(widths))]
    marks += [
        Text(end, top - 6, head, 11, "end", opacity=0.6, role="head") for end, head in zip(ends, heads, strict=True)
    ]
    for index, (row, cells) in enumerate(zip(rows_, columns, strict=True)):
        y = top + HIGH * (index + 0.5)
        marks.append(Line(((left, round(y) + 0.5), (right, round(y) + 0.5)), INK, 1, 0.07, role="grid"))
        marks.append(Text(left - 10, y + 4, shortened(row.name, SMALL, NAME), SMALL, "end", role="name"))
        marks += _row(row.point, y, x, factor, heading, bars=bars)
        marks += [
            Text(end, y + 4, cell, SMALL, "end", opacity=0.85, role="value")
            for end, cell in zip(ends, cells, strict=True)
        ]
    marks += foot_marks(legend, heading, width, height)
    desc = "; ".join(f"{row.name}: {' / '.join(cells)}" for row, cells in zip(rows_, columns, strict=True))
    return Picture(width, height, heading.title, f"{heading.subtitle}. {desc}", tuple(marks))


def _figures(point: Point, targets: bool) -> tuple[Figure | None, ...]:
    return (point.actual, point.target) if targets else (point.actual,)


def _said(figure: Figure | None, factor: float) -> str:
    return "–" if figure is None else printed(figure, factor)


def _grid(x: Scale, top: float, base: float) -> Iterator[Mark]:
    for tick in x.ticks:
        at = round(x.at(tick)) + 0.5
        yield Line(((at, top), (at, base)), INK, 1, 0.45 if tick == 0 else 0.13, role="grid")
        yield Text(at, base + 16, number(tick), SMALL, "middle", opacity=0.72, role="tick")


def _row(point: Point, y: float, x: Scale, factor: float, heading: Heading, *, bars: bool) -> Iterator[Mark]:
    def place(value: float) -> tuple[float, float]:
        return x.at(value / factor), y

    def says(figure: Figure) -> str:
        return told(point, figure, printed(figure, factor), heading.unit, heading.lang)

    actual, target = point.actual, point.target
    if bars and actual is not None:
        ends = sorted((x.at(0), x.at(actual.value / factor)))
        yield Rect(ends[0], y - 6, ends[1] - ends[0], 12, PALETTE[0], 0.28, "bar", says(actual))
    if actual is not None and target is not None:
        yield Line((place(actual.value), place(target.value)), INK, 2, 0.25, role="distance")
    yield from contradicted(target, point.other_targets, place, list(map(says, point.other_targets)))
    yield from contradicted(actual, point.others, place, list(map(says, point.others)))
    if target is not None:
        yield from drawn(target, place, (1, 0), PALETTE[1], "diamond", says(target), "target")
    if actual is not None:
        yield from drawn(actual, place, (1, 0), PALETTE[0], "circle", says(actual), "point")
