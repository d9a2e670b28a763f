"""What every format gives: a text, and where its tables and pages stand in it. Written line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from govextract import stdre
from govextract.model import Span, Table

BLANKS = stdre.compile(r"[ \t\r\n\f\v\xa0]+")
INVISIBLE = stdre.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\xad\x00-\x08\x0e-\x1f\x7f]")
EDGES = " \u3000\t\n"
PROSE = 60  # characters of a cell from which a full stop makes it prose
LONGEST = 300  # characters of a cell that is none
CELLS = 200_000  # of one table; what claims more is none


@dataclass(slots=True)
class Content:
    """What a file holds: its text, the spans of its tables, where its pages begin, what it says of itself."""

    text: str
    encoding: str
    tables: tuple[Table, ...] = ()
    pages: tuple[int, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Cell:
    """A cell of a table: its lines, and how many columns and rows it covers."""

    lines: list[str]
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        """The cell on one line."""
        return BLANKS.sub(" ", " ".join(self.lines)).strip(EDGES)


class Writer:
    """A text that grows line by line, and the tables in it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._at = 0
        self._tables: list[Table] = []

    def line(self, text: str, *, near: bool = False) -> None:
        """Add a paragraph: one line, blanks at its edges left out, with an empty line before it, so that nothing takes
        it for the other half of the last; *near* is one that a source breaks within a paragraph. Blanks are no line.
        """
        text = tidy(text)
        if text:
            self._add(("" if near or not self._parts else "\n") + text + "\n")

    def table(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Add a table: one row a line, tabs between its cells. What is one cell above or below it is a line there."""
        grid = _grid(rows)
        whole = [len(set(map(id, row))) == 1 for row in grid]
        first = next((at for at, one in enumerate(whole) if not one), len(grid))
        last = len(grid) - next((at for at, one in enumerate(reversed(whole)) if not one), 0)
        for row in grid[:first]:
            self.line(row[0].text)
        self._rows(grid[first:last])
        for row in grid[last:] if first < len(grid) else []:
            self.line(row[0].text)

    def content(self, encoding: str, meta: dict[str, str]) -> Content:
        """All that was added."""
        return Content("".join(self._parts), encoding, tuple(self._tables), (), meta)

    def _add(self, part: str) -> None:
        self._parts.append(part)
        self._at += len(part)

    def _rows(self, grid: list[list[Cell]]) -> None:
        start = self._at
        spans: dict[int, Span] = {}
        rows: list[tuple[Span, ...]] = []
        for row in grid:
            at = self._at
            texts = []
            for cell in row:
                known = id(cell) in spans
                text = "" if known else cell.text.replace("\t", " ")
                if not known:
                    spans[id(cell)] = Span.made(start=at, end=at + len(text))
                texts.append(text)
                at += len(text) + 1
            if any(texts):  # a row that adds nothing is none
                rows.append(tuple(spans[id(cell)] for cell in row))
                self._add("\t".join(texts) + "\n")
        if rows and self._at > start:
            self._tables.append(Table.made(span=Span.made(start=start, end=self._at - 1), rows=tuple(rows)))


def tidy(text: str) -> str:
    """One line of text without what is not seen; a source's line break is a blank between words, not between signs."""
    text = INVISIBLE.sub("", text)
    return BLANKS.sub(_blank, text).strip(EDGES)


def is_data(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether rows are a table of data: two rows and two columns at least, and no prose but across the whole table."""
    width = max((sum(cell.across for cell in row) for row in rows), default=0)
    if width < 2 or len(rows) < 2 or width * len(rows) > CELLS:
        return False
    return not any(_is_prose(cell.text) for row in rows for cell in row if cell.across < width)


def _is_prose(text: str) -> bool:
    return len(text) > LONGEST or (len(text) > PROSE and "。" in text)


def _blank(found: re.Match[str]) -> str:
    """What a run of blanks is: a source breaks its lines where it likes, so a break is a blank between words only."""
    if "\n" not in found[0] and "\r" not in found[0]:
        return " "
    around = found.string[max(0, found.start() - 1) : found.start()] + found.string[found.end() : found.end() + 1]
    return " " if len(around) == 2 and around.isascii() and around.isalnum() else ""


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows, equally long, with a merged cell at each place that it covers."""
    grid: list[list[Cell]] = []
    hanging: dict[int, tuple[Cell, int]] = {}  # a column: the cell that reaches down into it, for how many rows
    for row in rows:
        line: list[Cell] = []
        cells = iter(row)
        cell = next(cells, None)
        while cell is not None or len(line) in hanging:
            column = len(line)
            if column in hanging:
                above, left = hanging.pop(column)
                if left > 1:
                    hanging[column] = (above, left - 1)
                line.append(above)
            elif cell is not None:
                for place in range(column, column + max(1, cell.across)):
                    if place > column and place in hanging:
                        break
                    if cell.down > 1:
                        hanging[place] = (cell, cell.down - 1)
                    line.append(cell)
                cell = next(cells, None)
        grid.append(line)
    width = max(map(len, grid), default=0)
    for line in grid:
        line.extend(Cell([]) for _ in range(width - len(line)))
    return grid
