"""From extractions to a picture: which figures, in which unit, of which period, and what is told of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from govextract.chart.frame import Heading, source_note
from govextract.chart.marks import Picture
from govextract.chart.markup import svg_text
from govextract.chart.points import Point, fullest_period, of_one_length, points_of
from govextract.chart.rows import Row, rows
from govextract.chart.series import series
from govextract.chart.wording import period_text, scale_of, words
from govextract.errors import GovextractError
from govextract.export.files import encoded, write_whole
from govextract.panel import MEASURES, Panel, panel

if TYPE_CHECKING:
    from govextract.model import Extraction
    from govextract.rulebook import Rulebook

Kind = Literal["series", "regions", "targets"]
BARS = ("level", "change")  # amounts have a length from zero; of rates the differences count


class NothingToDrawError(GovextractError):
    """No figure is there to be drawn."""


def draw(
    extractions: Iterable[Extraction],
    indicator: str,
    measure: str,
    book: Rulebook,
    *,
    kind: Kind | None = None,
    regions: Sequence[str] = (),
    period: str = "",
    lang: str = "en",
    width: float = 900.0,
) -> Picture:
    """The picture of one indicator (id, name or alias) and measure; *period* is 2023 or START/END.

    Raises PanelError for an unknown indicator or measure, NothingToDrawError where no report states it.
    """
    made = panel(extractions, [indicator], sorted({*MEASURES, measure}), book)
    units = points_of(made, measure)
    if regions:
        units = {unit: [p for p in points if p.region in regions] for unit, points in units.items()}
    unit, points = max(units.items(), key=lambda item: len(item[1]), default=("", []))
    if not points:
        raise NothingToDrawError(_nothing(made, indicator, measure, regions))
    ident = made.codebook["indicator"].iloc[0]
    entry, said = book.indicators[ident], words(lang)
    name = entry.name if lang == "zh" else entry.en or entry.name
    title = f"{name}{'' if lang == 'zh' else ', '}{said['measure'][measure]}"
    heading = Heading(title, "", lang=lang)
    return compose(
        points, heading, unit, kind, period, bars=measure in BARS, basis=measure in ("growth", "change"), width=width
    )


def compose(
    points: Sequence[Point],
    heading: Heading,
    unit: str,
    kind: Kind | None = None,
    period: str = "",
    *,
    bars: bool = False,
    basis: bool = False,
    width: float = 900.0,
    height: float | None = None,
) -> Picture:
    """The picture of *points*, values in the base unit *unit*. Raises NothingToDrawError.

    Without a *kind*: a series where a region has several figures of one length of period, else a comparison.
    """
    lang = heading.lang
    longest, others = of_one_length(points)
    if kind is None:
        several = len(longest) > len({point.region for point in longest})
        kind = "series" if several and not period else "regions" if longest else "targets"
    left: list[Point] = []
    shown = ""
    if kind == "series":
        points, left = longest, others
    else:
        points, shown = _of_rows(points, kind, period, lang)
    if kind != "targets":
        points = [replace(point, target=None, other_targets=()) for point in points]
    if not points:
        raise NothingToDrawError(f"nothing to draw: no figure for {kind}" + (f" of {period}" if period else ""))
    factor, printed_unit = scale_of(max((abs(value) for p in points for value in p.values()), default=0.0), unit, lang)
    parts = [printed_unit, *([words(lang)["yoy"]] if basis else []), *([shown] if shown else [])]
    notes = [source_note(points, lang), _left_out(left, lang)]
    heading = replace(
        heading,
        subtitle=heading.subtitle or words(lang)["dash"].join(part for part in parts if part),
        unit=printed_unit,
        notes=tuple(note for note in notes if note),
    )
    if kind == "series":
        return series(points, heading, factor, width, height)
    in_time = len({point.region for point in points}) == 1 and len(points) > 1
    return rows(
        [Row(period_text(p.start, p.end, lang) if in_time else p.region, p) for p in points],
        heading, factor, width, targets=kind == "targets", bars=bars,
    )  # fmt: skip


def _of_rows(points: Sequence[Point], kind: Kind, period: str, lang: str) -> tuple[list[Point], str]:
    """The points of a picture in rows, in order, and what they have in common: a period, or the region."""
    useful = [p for p in points if p.actual or (kind == "targets" and p.target)]
    regions = {point.region for point in useful}
    if kind == "targets" and len(regions) == 1 and not period:
        return sorted(useful, key=lambda p: (p.end, p.start)), regions.pop()
    chosen = _period(period) if period else fullest_period(useful, kind)
    if chosen is None:
        return [], ""
    kept = [point for point in useful if (point.start, point.end) == chosen]
    return sorted(kept, key=_high_first), period_text(*chosen, lang)


def _high_first(point: Point) -> tuple[bool, float, str]:
    figure = point.actual or point.target
    return point.actual is None, -figure.value if figure else 0.0, point.region


def _period(text: str) -> tuple[str, str]:
    """2023 or 2023-01-01/2023-06-30 as first and last day."""
    from govextract.read import make_document

    found = make_document("", meta={"period": text}, source="--period").period
    assert found is not None
    assert found.start is not None
    assert found.end is not None
    return found.start, found.end


def _left_out(points: Sequence[Point], lang: str) -> str:
    """How many figures of other lengths of period are not in the series, and of which."""
    if not points:
        return ""
    said = words(lang)
    names = list(
        dict.fromkeys(period_text(p.start, p.end, lang) for p in sorted(points, key=lambda p: (p.end, p.start)))
    )
    shown = said["join"].join(names[:4])
    return str(said["left_out"]).format(
        count=len(points), periods=said["left_more"].format(names=shown) if len(names) > 4 else shown
    )


def _nothing(made: Panel, indicator: str, measure: str, regions: Sequence[str]) -> str:
    """What there is instead."""
    rows_ = made.rows
    there = sorted(set(rows_["measure"]))
    if measure in there and regions:
        known = sorted(set(rows_[rows_["measure"] == measure]["region"]))
        return f"nothing to draw: {indicator} ({measure}) is not stated of {', '.join(regions)}, but of {_some(known)}"
    instead = f"; stated of it: {', '.join(there)} (choose with --measure)" if there else ""
    return f"nothing to draw: no report here states {indicator} as {measure}{instead}"


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")


def summary(picture: Picture, path: Path) -> str:
    """What was drawn where, in one line."""
    values = sum(getattr(mark, "role", "") == "point" for mark in picture.marks)
    targets = sum(getattr(mark, "role", "") == "target" for mark in picture.marks)
    return f"wrote {path}: {values} values" + (f", {targets} targets" if targets else "")


def write(picture: Picture, path: Path) -> Path:
    """Write *picture* to *path*, .svg or .png."""
    suffix = path.suffix.lower()
    if suffix == ".svg":
        return write_whole(path, encoded(svg_text(picture)))
    if suffix == ".png":
        from govextract.chart.png import png_bytes

        return write_whole(path, png_bytes(picture))
    raise GovextractError(f"{path}: a picture ends in .svg or .png")
