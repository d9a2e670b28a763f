"""What stands round every figure: the heading above, the legend and the source below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from govextract.chart.figures import arrow
from govextract.chart.marks import INK, PALETTE, Line, Mark, Marker, Text, shortened, text_width
from govextract.chart.points import Figure, Point
from govextract.chart.wording import period_text, words

EDGE = 20.0  # pixels left free on every side
TITLE, SMALL = 17.0, 12.0
GAP_DASH = "5 4"  # a line over periods without a figure
ROW = 18.0  # a legend's or note's line


@dataclass(frozen=True, slots=True)
class Heading:
    """What the picture is called, what its axis counts, and in which language it speaks; a small one has no frame."""

    title: str
    subtitle: str
    unit: str = ""
    lang: str = "en"
    notes: tuple[str, ...] = ()
    framed: bool = True


def top_of(heading: Heading) -> float:
    """Where the plot may begin."""
    return EDGE + TITLE + 8 + SMALL + 18 if heading.framed else 14.0


def head_marks(heading: Heading, width: float) -> list[Mark]:
    """Title and subtitle."""
    if not heading.framed:
        return []
    room = width - 2 * EDGE
    return [
        Text(EDGE, EDGE + TITLE * 0.8, shortened(heading.title, TITLE * 1.05, room), TITLE, bold=True, role="title"),
        Text(EDGE, EDGE + TITLE + SMALL + 4, shortened(heading.subtitle, SMALL, room), SMALL, opacity=0.72),
    ]


def legend_lines(
    points: Iterable[Point], lang: str, width: float, *, targets: bool = False, gaps: bool = False
) -> list[list[tuple[str, str]]]:
    """What has to be explained, (key, words), broken into lines of *width* pixels: only what is drawn."""
    said = words(lang)
    drawn = list(points)
    figures = [f for p in drawn for f in (p.actual, p.target) if f]
    entries = [(key, said[key]) for key in ("actual", "target") if targets]
    bounds = {figure.bound for figure in figures}
    entries += [(bound, words_of) for bound, words_of in said["bound"].items() if bound in bounds]
    if any(figure.high is not None for figure in figures):
        entries.append(("range", said["range"]))
    if any(p.others or p.other_targets for p in drawn):
        entries.append(("conflict", said["conflict"]))
    if gaps:
        entries.append(("gap", said["gap"]))
    lines: list[list[tuple[str, str]]] = []
    room = 0.0
    for entry in entries:
        need = 46 + text_width(entry[1], SMALL)
        if not lines or room < need:
            lines.append([])
            room = width
        lines[-1].append(entry)
        room -= need
    return lines


def foot_height(lines: Sequence[object], heading: Heading) -> float:
    """How much the legend and the notes take below the axis."""
    return ROW * (len(lines) + len(heading.notes)) + EDGE + 6 if heading.framed else ROW * len(lines) + 4


def foot_marks(lines: list[list[tuple[str, str]]], heading: Heading, width: float, height: float) -> list[Mark]:
    """The legend, then the notes, up from the lower edge."""
    out: list[Mark] = []
    y = height - foot_height(lines, heading) + ROW * 0.7 + (6 if heading.framed else 0)
    for line in lines:
        x = EDGE
        for key, told in line:
            out += _key(key, x + 8, y - 4)
            out.append(Text(x + 30, y, told, SMALL, opacity=0.85, role="legend"))
            x += 46 + text_width(told, SMALL)
        y += ROW
    for note in heading.notes if heading.framed else ():
        out.append(Text(EDGE, y + 2, shortened(note, 11, width - 2 * EDGE), 11, opacity=0.6, role="note"))
        y += ROW
    return out


def _key(key: str, x: float, y: float) -> list[Mark]:
    """The sample before a legend's words."""
    if key == "actual":
        return [Marker(x + 5, y, "circle", PALETTE[0])]
    if key == "target":
        return [Marker(x + 5, y, "diamond", PALETTE[1])]
    if key == "range":
        return [Line(((x - 6, y), (x + 14, y)), INK, 7, 0.35)]
    if key == "gap":
        return [Line(((x - 6, y), (x + 14, y)), INK, 1.4, 0.8, GAP_DASH)]
    if key == "conflict":
        return [Line(((x - 6, y), (x + 8, y)), INK, 1.2, 0.55, "2 2"), Marker(x + 10, y, "circle", INK, 3.2, True)]
    if key == "about":
        return [Marker(x + 5, y, "circle", INK, 4.5, True)]
    way = 1 if key in ("at_least", "more_than") else -1
    x += 5 - way * 5
    return [replace(arrow(x, y, (1, 0), way, INK), role=""), Marker(x, y, "circle", INK, 4.5, True)]


def told(point: Point, figure: Figure, value: str, unit: str, lang: str) -> str:
    """What a marker says when it is pointed at."""
    glue = "" if lang == "zh" or not unit else " "
    document = f" · {figure.document}" if figure.document else ""
    return f"{point.region} {period_text(point.start, point.end, lang)}: {value}{glue}{unit}{document}"


def source_note(points: Iterable[Point], lang: str) -> str:
    """Which reports the figures are from."""
    names = sorted({figure.document for point in points for figure in point.figures() if figure.document})
    said = words(lang)
    if not names:
        return ""
    form: str = said["source"] if len(names) <= 3 else said["sources"]
    return form.format(names=said["join"].join(names), count=len(names))
