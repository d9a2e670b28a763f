"""What a table says, however it was found: a title, heads of columns, rows of labels and figures."""

from __future__ import annotations

from typing import NamedTuple

from govextract.rulebook import Rulebook
from govextract.structure import FIGURE


class Cell(NamedTuple):
    """A cell: its text as the engine reads it, and its span in the document's text."""

    text: str
    span: tuple[int, int]


class Row(NamedTuple):
    """A row: the headings above it, its label, its unit's cell, its cells under the heads."""

    groups: tuple[str, ...]
    label: str
    unit: str
    cells: tuple[Cell, ...]


class Sheet(NamedTuple):
    """A table, which stands in the blocks [first, last): `heads` are, for each column, the heads from above down.

    `unit` is that of all figures; `stub` heads the labels; `labels` are the spans of what names and counts nothing.
    """

    first: int
    last: int
    title: str
    unit: str
    stub: str
    heads: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]
    labels: tuple[tuple[int, int], ...] = ()

    def spans(self) -> set[tuple[int, int]]:
        """The cells that are labels or stand under the heads."""
        return {*self.labels, *(cell.span for row in self.rows for cell in row.cells)}


def is_figure(text: str, book: Rulebook) -> bool:
    """Whether a cell's text is a figure, or stands for none that is known."""
    return FIGURE.fullmatch(text) is not None or text in book.names["tables"]["empty"]
