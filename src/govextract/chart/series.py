"""A series across reports: time on the x axis, one line a region, its name and last figure at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from govextract.chart.axis import Scale, scale, spread
from govextract.chart.figures import contradicted, drawn, printed
from govextract.chart.frame import (
    EDGE,
    GAP_DASH,
    SMALL,
    Heading,
    foot_height,
    foot_marks,
    head_marks,
    legend_lines,
    told,
    top_of,
)
from govextract.chart.marks import INK, PALETTE, SHAPES, Line, Mark, Picture, Text, shortened, text_width
from govextract.chart.points import Point
from govextract.chart.wording import number, period_text

GAP = 16.0  # between two names at the right
NAME = 150.0  # pixels a name may take


def series(points: Sequence[Point], heading: Heading, factor: float, width: float, height: float | None) -> Picture:
    """Lay out *points*, which have actual figures of one length of period; higher where the names need it."""
    regions = _lines_of(points)
    legend = legend_lines(
        points,
        heading.lang,
        width - 2 * EDGE,
        gaps=any(_gap(*pair) for line in regions.values() for pair in pairwise(line)),
    )
    top, below = top_of(heading), 26 + foot_height(legend, heading)
    height = max(height or 440.0, top + below + GAP * len(regions) + 10)
    ends = [f"{shortened(name, SMALL, NAME)} {_last(line, factor)}" for name, line in regions.items()]
    right = width - EDGE - max(text_width(end, SMALL) for end in ends) - 22
    y = scale([v / factor for p in points for v in _values(p)], height - below, top + 8, int((height - top) / 60),
              zero=_from_zero([v for p in points for v in _values(p)]))  # fmt: skip
    left = EDGE + max(text_width(number(tick), SMALL) for tick in y.ticks) + 12
    x = _times(points, left + 14, right - 14)
    marks: list[Mark] = [
        *head_marks(heading, width),
        *_grid(y, left, right),
        *_periods(points, x, height - below, heading),
    ]
    marks += _drawn_lines(regions, x, y, factor, heading)
    marks += _names(regions, ends, x, y, factor, right, (top + 12, height - below))
    marks += foot_marks(legend, heading, width, height)
    return Picture(width, height, heading.title, _description(regions, factor, heading), tuple(marks))


def style(index: int) -> tuple[str, str]:
    """The colour and shape of the n-th line: forty pairs."""
    return PALETTE[index % len(PALETTE)], SHAPES[(index + index // len(PALETTE)) % len(SHAPES)]


def _lines_of(points: Sequence[Point]) -> dict[str, list[Point]]:
    """The points of each region in time, the region with the highest last figure first."""
    lines: dict[str, list[Point]] = {}
    for point in sorted(points, key=lambda p: (p.end, p.start)):
        lines.setdefault(point.region, []).append(point)
    return dict(sorted(lines.items(), key=lambda item: (-_actual(item[1][-1]), item[0])))


def _actual(point: Point) -> float:
    assert point.actual is not None
    return point.actual.value


def _gap(first: Point, second: Point) -> bool:
    """Whether a period between the two has no figure."""
    between = date.fromisoformat(second.start).toordinal() - date.fromisoformat(first.end).toordinal()
    length = date.fromisoformat(second.end).toordinal() - date.fromisoformat(second.start).toordinal()
    return between > (length or 366)  # what is counted on a day stands once a year


def _values(point: Point) -> list[float]:
    """What is drawn of a point."""
    assert point.actual is not None
    high = [] if point.actual.high is None else [point.actual.high]
    return [point.actual.value, *high, *(other.value for other in point.others)]


def _from_zero(values: Sequence[float]) -> bool:
    return min(values) >= 0 and min(values) < max(values) / 2


def _last(line: list[Point], factor: float) -> str:
    figure = line[-1].actual
    assert figure is not None
    return printed(figure, factor)


def _times(points: Sequence[Point], start: float, stop: float) -> dict[str, float]:
    """The pixel of each period's last day; one alone stands in the middle."""
    days = {point.end: date.fromisoformat(point.end).toordinal() for point in points}
    first, last = min(days.values()), max(days.values())
    if first == last:
        return dict.fromkeys(days, (start + stop) / 2)
    return {end: start + (day - first) / (last - first) * (stop - start) for end, day in days.items()}


def _grid(y: Scale, left: float, right: float) -> Iterator[Mark]:
    for tick in y.ticks:
        at = round(y.at(tick)) + 0.5
        base = tick == 0 and y.low < 0
        yield Line(((left, at), (right, at)), INK, 1, 0.5 if base or tick == y.low else 0.13, role="grid")
        yield Text(left - 8, at + 4, number(tick), SMALL, "end", opacity=0.72, role="tick")


def _periods(points: Sequence[Point], x: dict[str, float], base: float, heading: Heading) -> Iterator[Mark]:
    """The periods below the axis, the last one first, leaving out what would touch another."""
    free = float("inf")
    for point in sorted({p.end: p for p in points}.values(), key=lambda p: p.end, reverse=True):
        label = period_text(point.start, point.end, heading.lang)
        half = text_width(label, SMALL) / 2
        at = x[point.end]
        if at + half <= free:
            yield Line(((round(at) + 0.5, base), (round(at) + 0.5, base + 4)), INK, 1, 0.5, role="grid")
            yield Text(at, base + 18, label, SMALL, "middle", opacity=0.72, role="tick")
            free = at - half - 12


def _drawn_lines(
    regions: dict[str, list[Point]], x: dict[str, float], y: Scale, factor: float, heading: Heading
) -> Iterator[Mark]:
    for index, (region, line) in enumerate(regions.items()):
        color, _ = style(index)
        for first, second in pairwise(line):
            way = tuple((x[point.end], y.at(_actual(point) / factor)) for point in (first, second))
            if _gap(first, second):
                yield Line(way, color, 1.2, 0.7, GAP_DASH, f"gap {region}")
            else:
                yield Line(way, color, 2, 0.9, role=f"series {region}")
    for index, line in enumerate(regions.values()):
        color, shape = style(index)
        for point in line:
            yield from _point(point, x[point.end], y, factor, (color, shape), heading)


def _point(point: Point, x: float, y: Scale, factor: float, look: tuple[str, str], heading: Heading) -> Iterator[Mark]:
    def place(value: float) -> tuple[float, float]:
        return x, y.at(value / factor)

    assert point.actual is not None
    titles = [told(point, other, printed(other, factor), heading.unit, heading.lang) for other in point.others]
    yield from contradicted(point.actual, point.others, place, titles)
    title = told(point, point.actual, printed(point.actual, factor), heading.unit, heading.lang)
    yield from drawn(point.actual, place, (0, -1), *look, title, "point")


def _names(
    regions: dict[str, list[Point]], ends: list[str], x: dict[str, float], y: Scale, factor: float, right: float,
    room: tuple[float, float],
) -> Iterator[Mark]:  # fmt: skip
    """Each line's name at the right, moved apart, led to where its last figure stands."""
    at = [y.at(_actual(line[-1]) / factor) for line in regions.values()]
    for index, (line, wanted, placed) in enumerate(zip(regions.values(), at, spread(at, GAP, *room), strict=True)):
        color, _ = style(index)
        begin = x[line[-1].end] + 8
        yield Line(((begin, wanted), (right + 2, wanted), (right + 16, placed)), color, 1, 0.4, role="leader")
        yield Text(right + 20, placed + 4, ends[index], SMALL, color=color, role="name")


def _description(regions: dict[str, list[Point]], factor: float, heading: Heading) -> str:
    parts = []
    for region, line in regions.items():
        figures = ", ".join(
            f"{period_text(p.start, p.end, heading.lang)} {printed(p.actual, factor)}" for p in line if p.actual
        )
        parts.append(f"{region}: {figures}")
    return f"{heading.subtitle}. " + "; ".join(parts)
