"""Lines with their places on pages become paragraphs: columns in order, no page furniture, wrapped lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from govextract.read.content import tidy
from govextract.read.mainpart import page_words

EDGE = 0.12  # share of a page's height that holds running heads and page numbers
OUTER = 2  # lines at each edge that may be such
GAP = 0.5  # heights between two runs of a line from which a blank stands between them
FULL = 2.2  # heights that a full line may lack at its right
INDENT = 0.9  # heights from which a line is indented
SIZE = 0.15  # share by which the letters of one paragraph differ at most
LEADING = 1.6  # times the usual distance of lines from which a paragraph ends
FEW = 8  # lines of a page from which its own margins are known
WIDE = 0.9  # share of the usual width that they then have
MOST_RUNS = 3_000  # of a page that may stand in columns
FILLED = 0.6  # share of a column's width that its lines have; a table's cells are shorter
CROSSING = 0.2  # share of a page's lines that may stand across its columns
BREAKS = re.compile("[\u2e80-\uffef，。；：、]")  # where a line may end; what stands before it is not broken
LONGEST = 40  # characters of a figure
LATIN = 0.6  # heights that a Latin letter is wide
LOOSEST = 2.0  # heights between lines that belong together
CELL = 2.0  # heights between two runs of a line from which they are cells of a table
ENDS = "。！？；：.!?"


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text and its place, in points from the page's lower left."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    cells: bool = False  # whether it is a row of a table

    @property
    def height(self) -> float:
        """Of its letters."""
        return max(1.0, self.top - self.bottom)

    @property
    def middle(self) -> float:
        """Half way up."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size in points and its runs of text."""

    width: float
    height: float
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Column:
    """Lines below one another, and the margins that they keep to."""

    lines: list[Line]
    left: float
    right: float
    leading: float


def flow(pages: Sequence[Page]) -> tuple[str, tuple[int, ...]]:
    """The text of all pages, a paragraph a line with an empty one between, and where each page begins in it."""
    columns = [_columns(page) for page in pages]
    rows = [[_rows(part) for part in parts] for parts in columns]
    furniture = _furniture(pages, rows)
    kept = [[[r for r in part if (at, r) not in furniture] for part in parts] for at, parts in enumerate(rows)]
    usual = _margins([row for parts in kept if len(parts) == 1 for row in parts[0]])
    indented = _is_indented(kept, usual)
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    last: tuple[Line, Column] | None = None
    for parts in kept:
        starts.append(at)
        for part in parts:
            column = _column(part, usual if len(parts) == 1 else None)
            for number, row in enumerate(part):
                text = tidy(row.text)
                if not text:
                    continue
                joined = last is not None and _continues(last, row, column, first=not number, indented=indented)
                joint = _joint(pieces[-1], text) if joined else "\n\n" if pieces else ""
                if not number and part is parts[0]:
                    starts[-1] = at + len(joint)
                pieces.append(joint + text)
                at += len(pieces[-1])
                last = (row, column)
    return "".join(pieces) + "\n", tuple(starts)


def _continues(last: tuple[Line, Column], row: Line, column: Column, *, first: bool, indented: bool) -> bool:
    """Whether a line goes on with the paragraph of the one before; the *first* of a column follows another column."""
    line, before = last
    lacking = FULL * line.height
    if indented:  # a figure is not broken where it fits on the next line
        figure = BREAKS.split(row.text[:LONGEST], maxsplit=1)[0]
        lacking = max(lacking, len(figure) * LATIN * row.height)
    full = line.right >= before.right - lacking
    flush = row.left <= column.left + INDENT * row.height
    alike = abs(line.height - row.height) <= SIZE * max(line.height, row.height)
    if first:  # on the next page, or in the column beside; a heading over columns is no part of them
        beside = line.middle < row.middle or abs(column.left - before.left) < row.height
        near = beside and abs((column.right - column.left) / max(1.0, before.right - before.left) - 1) < SIZE
    else:
        near = line.middle - row.middle <= LEADING * min(column.leading, LOOSEST * row.height)
    return (
        not (line.cells or row.cells) and full and flush and alike and near and (indented or line.text[-1:] not in ENDS)
    )


def _joint(before: str, text: str) -> str:
    """Between the lines of a paragraph a blank stands only where two Latin words meet: a broken number is one again."""
    return " " if before[-1].isascii() and before[-1].isalpha() and text[0].isascii() and text[0].isalpha() else ""


def _columns(page: Page) -> list[list[Line]]:
    """The runs of a page in the parts that are read one behind the other: one part, or column by column."""
    gutter = _gutter(page.lines)
    if gutter is None:
        return [page.lines]
    parts: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(page.lines, key=lambda line: (-line.middle, line.left)):
        if line.left < gutter < line.right:
            parts += [left, right, [line]]
            left, right = [], []
        else:
            (left if line.right <= gutter else right).append(line)
    return [part for part in (*parts, left, right) if part]


def _gutter(lines: list[Line]) -> float | None:
    """Where two columns part; None where there is one column, or a table whose cells only look so."""
    if not 6 <= len(lines) <= MOST_RUNS:
        return None
    begin, end = min(line.left for line in lines), max(line.right for line in lines)
    rights = sorted({round(line.right, 1) for line in lines})
    for edge in rights:
        if not 0.3 < (edge - begin) / max(1.0, end - begin) < 0.7:
            continue
        gutter = edge + 0.5
        left = [line for line in lines if line.right <= gutter]
        right = [line for line in lines if line.left >= gutter]
        if len(lines) - len(left) - len(right) > CROSSING * len(lines) or min(len(left), len(right)) < 3:
            continue
        inner = min(line.left for line in right)
        wide = median(line.right - line.left for line in left) >= FILLED * (gutter - begin)
        if wide and median(line.right - line.left for line in right) >= FILLED * (end - inner):
            return (gutter + inner) / 2
    return None


def _rows(lines: list[Line]) -> list[Line]:
    """The lines of a part from top to bottom, runs of one height joined."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.middle):
        if groups and groups[-1][0].middle - line.middle < groups[-1][0].height / 2:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_joined(sorted(group, key=lambda line: line.left)) for group in groups]


def _joined(runs: list[Line]) -> Line:
    text, cells = runs[0].text, False
    for before, run in pairwise(runs):
        gap = (run.left - before.right) / run.height
        text += (" " if gap > GAP else "") + run.text
        cells = cells or gap > CELL
    longest = max(runs, key=lambda run: len(run.text))
    return Line(text, runs[0].left, max(run.right for run in runs), longest.bottom, longest.top, cells)


def _furniture(pages: Sequence[Page], rows: list[list[list[Line]]]) -> set[tuple[int, Line]]:
    """Page numbers and running heads, each with its page: lines at the edge, numbers or the same on many pages."""
    number = re.compile(page_words()["page_number"], re.IGNORECASE)
    outer: list[tuple[int, Line]] = []
    for at, (page, parts) in enumerate(zip(pages, rows, strict=True)):
        lines = sorted((row for part in parts for row in part), key=lambda line: -line.middle)
        low, high = page.height * EDGE, page.height * (1 - EDGE)
        outer += [(at, line) for line in lines[:OUTER] if line.middle > high]
        outer += [(at, line) for line in lines[-OUTER:] if line.middle < low]
    seen = Counter((_head(line.text), round(line.middle / 4)) for _, line in outer)
    least = min(3, max(2, len(pages) // 2))
    return {
        (at, line)
        for at, line in outer
        if number.fullmatch(line.text) or seen[_head(line.text), round(line.middle / 4)] >= least
    }


def _head(text: str) -> str:
    """A running head without the page's number at either end."""
    return re.sub(r"^[\W_]*\d{0,4}[\W_]+|[\W_]+\d{0,4}[\W_]*$|\s", "", text)


def _margins(rows: list[Line]) -> tuple[float, float]:
    """Where most lines begin and end."""
    if not rows:
        return 0.0, 0.0
    lefts, rights = sorted(row.left for row in rows), sorted(row.right for row in rows)
    return lefts[len(rows) // 10], rights[len(rows) - 1 - len(rows) // 10]


def _column(rows: list[Line], usual: tuple[float, float] | None) -> Column:
    left, right = _margins(rows)
    # A page of short lines does not show its margins.
    if usual is not None and (len(rows) < FEW or right - left < WIDE * (usual[1] - usual[0])):
        left, right = usual
    apart = [above.middle - row.middle for above, row in pairwise(rows)]
    return Column(rows, left, right, median(apart) if apart else 0.0)


def _is_indented(pages: list[list[list[Line]]], usual: tuple[float, float]) -> bool:
    """Whether paragraphs begin with an indent: most lines behind one that is not full are indented."""
    behind = indented = 0
    for parts in pages:
        for part in parts:
            column = _column(part, usual if len(parts) == 1 else None)
            for line, row in pairwise(part):
                if line.right < column.right - FULL * line.height:
                    behind += 1
                    indented += row.left > column.left + INDENT * row.height
    return 0 < behind <= indented * 2
