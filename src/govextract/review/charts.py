"""Small charts for the review page: a record's figure among those that the page's reports state of the same thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from govextract.chart import Figure, Point, svg
from govextract.chart.wording import months, scale_of

if TYPE_CHECKING:
    from govextract.model import Extraction, Record

WIDTH = 420
MOST = 60  # charts of one page, the fullest first
DRAWN = ("level", "growth", "share")
Key = tuple[str, str, str, int]  # indicator, measure, base unit, months of the period


def charts(
    extractions: Sequence[Extraction], lang: str = "en"
) -> tuple[list[dict[str, str]], dict[tuple[str, str], int]]:
    """The charts (a caption's unit, and inline SVG), and by a document's sha256 and a record's id which of them shows
    the record.

    One is drawn where two periods or regions at least have a figure of one indicator, measure, base unit and length
    of period.
    """
    groups: dict[Key, list[tuple[str, Record]]] = {}
    for extraction in extractions:
        for record in extraction.records:
            key = _key(record)
            if key is not None:
                groups.setdefault(key, []).append((extraction.document.sha256, record))
    drawn: list[dict[str, str]] = []
    shown: dict[tuple[str, str], int] = {}
    for key, records in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        points = _compared(list(_points([record for _, record in records])))
        if not points or len(drawn) >= MOST:
            continue
        drawing = svg(points, WIDTH, title=key[0], unit=key[2], lang=lang)
        cells = {(point.region, point.start, point.end) for point in points}
        shown |= {(digest, record.id): len(drawn) for digest, record in records if _cell(record) in cells}
        highest = max(abs(value) for point in points for value in point.values())
        drawn.append({"unit": scale_of(highest, key[2], lang)[1], "svg": drawing})
    return drawn, shown


def _key(record: Record) -> Key | None:
    period = record.period
    if record.measure not in DRAWN or record.base_value is None or not (record.region and period.start and period.end):
        return None
    if record.measure == "growth" and record.basis not in (None, "yoy"):
        return None
    length = months(period.start, period.end)
    return record.indicator_id or record.indicator, record.measure, record.base_unit or "", length


def _compared(points: Sequence[Point]) -> list[Point]:
    """The points of a series, or, where no region has one, those of the period with most regions; none without two."""
    reached = [point for point in points if point.actual]
    regions = Counter(point.region for point in reached)
    if max(regions.values(), default=0) > 1:
        return reached
    periods = Counter((point.start, point.end) for point in reached)
    fullest = max(periods, key=lambda period: (periods[period], period[1]), default=None)
    found = [point for point in reached if (point.start, point.end) == fullest]
    return found if len(found) > 1 else []


def _cell(record: Record) -> tuple[str, str, str]:
    return record.region or "", record.period.start or "", record.period.end or ""


def _points(records: Sequence[Record]) -> Iterator[Point]:
    """A point for each region and period; what contradicts the first figure stands beside it."""
    cells: dict[tuple[str, str, str], tuple[list[Figure], list[Figure]]] = {}
    for record in records:
        actual, target = cells.setdefault(_cell(record), ([], []))
        figure = Figure(float(record.base_value or 0), None, record.bound)
        kept = target if record.status == "target" else actual
        if figure not in kept:
            kept.append(figure)
    for (region, start, end), (actual, target) in sorted(cells.items()):
        yield Point(
            region, start, end, actual=actual[0] if actual else None, target=target[0] if target else None,
            others=tuple(actual[1:]), other_targets=tuple(target[1:]),
        )  # fmt: skip
