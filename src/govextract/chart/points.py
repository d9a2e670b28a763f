"""The figures of a picture: what the panel took for each region and period, what bounds it, and what contradicts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govextract.chart.wording import months

if TYPE_CHECKING:
    from govextract.panel import Panel


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in the base unit, the upper end of a range, its bound (about, at_least …), the report that states it."""

    value: float
    high: float | None = None
    bound: str = "exact"
    document: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A region and period (inclusive ISO dates): what was reached, aimed at, and what reports say otherwise."""

    region: str
    start: str
    end: str
    actual: Figure | None = None
    target: Figure | None = None
    others: tuple[Figure, ...] = ()
    other_targets: tuple[Figure, ...] = ()

    def figures(self) -> list[Figure]:
        """All of it."""
        return [figure for figure in (self.actual, self.target, *self.others, *self.other_targets) if figure]

    def values(self) -> list[float]:
        """Every value that is drawn, the ends of ranges too."""
        figures = self.figures()
        return [figure.value for figure in figures] + [figure.high for figure in figures if figure.high is not None]


def points_of(made: Panel, measure: str) -> dict[str, list[Point]]:
    """The panel's cells of *measure*, by their base unit: what is not of one unit does not go on one axis."""
    others: dict[tuple[Any, ...], list[Figure]] = {}
    for row in made.conflicts.to_dict("records"):
        figure = _figure(row, "left_value", "left_max", "left_bound", "left_document")
        if figure:
            others.setdefault((*_cell(row), row["measure"], row["kind"], row["left_unit"]), []).append(figure)
    points: dict[str, list[Point]] = {}
    for row in made.rows.to_dict("records"):
        if row["measure"] != measure:
            continue
        left = {kind: tuple(others.get((*_cell(row), measure, kind, row["unit"]), ())) for kind in ("value", "target")}
        region, start, end = _cell(row)
        point = Point(
            region,
            start,
            end,
            actual=_figure(row, "value", "value_max", "bound", "document"),
            target=_figure(row, "target", "target_max", "target_bound", "target_document"),
            others=left["value"],
            other_targets=left["target"],
        )
        points.setdefault(row["unit"] or "", []).append(point)
    return points


def _cell(row: dict[Any, Any]) -> tuple[str, str, str]:
    return row["region"], row["period_start"], row["period_end"]


def _figure(row: dict[Any, Any], value: str, high: str, bound: str, document: str) -> Figure | None:
    """The figure of a row's columns; a missing one is None or NaN there."""
    if row[value] is None or row[value] != row[value]:
        return None
    top = None if row[high] is None or row[high] != row[high] else float(row[high])
    return Figure(float(row[value]), top, row[bound], row[document])


def of_one_length(points: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """The actual figures of the commonest length of period (years before quarters), and those of other lengths."""
    actual = [point for point in points if point.actual]
    counted = Counter(months(point.start, point.end) for point in actual)
    if not counted:
        return [], []
    kept = max(counted, key=lambda length: (counted[length], length))
    chosen = [point for point in actual if months(point.start, point.end) == kept]
    return chosen, [point for point in actual if months(point.start, point.end) != kept]


def fullest_period(points: Iterable[Point], kind: str) -> tuple[str, str] | None:
    """The period with most to compare: actuals, or pairs of target and actual (targets alone where there are none)."""
    counted: dict[tuple[str, str], tuple[int, int]] = {}
    for point in points:
        pairs, any_ = counted.get((point.start, point.end), (0, 0))
        if kind == "targets":
            pairs, any_ = pairs + bool(point.actual and point.target), any_ + bool(point.target)
        else:
            pairs, any_ = pairs + bool(point.actual), any_
        counted[point.start, point.end] = pairs, any_
    found = max(counted.items(), key=lambda item: (item[1], item[0][1]), default=None)
    return found[0] if found and any(found[1]) else None
