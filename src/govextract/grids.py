"""The tables of a web page or a Word file: which cells are heads, which labels, which figures.

A table of which this cannot be told is none here: its cells are read as prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from govextract import stdre
from govextract.cells import read_figure
from govextract.columns import is_unit
from govextract.model import Document
from govextract.rulebook import Rulebook
from govextract.sheet import Cell, Row, Sheet
from govextract.structure import Block
from govextract.view import make_view

TITLE = 60  # characters of the longest title
LABEL = 60
HEADS = 5  # rows of the tallest head
YEAR = stdre.compile(r"(?:19|20)\d\d年?")


def find_grids(document: Document, blocks: Sequence[Block], book: Rulebook) -> list[Sheet]:
    """The tables of *document* that hold labelled figures, in order; tables side by side become several."""
    starts = {block.view.back[0]: order for order, block in enumerate(blocks) if block.kind == "cell"}
    out: list[Sheet] = []
    for table in document.tables:
        rows = [[_cell(document, span.start, span.end) for span in row] for row in table.rows]
        orders = [starts[cell.span[0]] for row in rows for cell in row if cell.span[0] in starts and cell.text]
        if not orders:
            continue
        place = min(orders), max(orders) + 1
        out.extend(_sheets(rows, place, _above(blocks, place[0], book), book))
    return out


def _cell(document: Document, start: int, end: int) -> Cell:
    view = make_view(document.text, start, end)
    return Cell(view.text, (start, end))


def _above(blocks: Sequence[Block], first: int, book: Rulebook) -> tuple[str, str]:
    """The title and the unit in the lines right above a table."""
    unit_line = stdre.compile(book.names["tables"]["unit_line"])
    title, unit = "", ""
    for block in reversed(blocks[max(0, first - 3) : first]):
        text = block.view.text
        found = unit_line.search(text)
        if block.kind == "cell" or len(text) > TITLE or (found is None and (title or "。" in text)):
            break
        if found is not None:
            unit, text = found["unit"], text[: found.start()]
        title = title or text
    return title, unit


def _sheets(rows: list[list[Cell]], place: tuple[int, int], above: tuple[str, str], book: Rulebook) -> list[Sheet]:
    """The sheets of one grid: what stands over all columns is its title or unit; a repeated stub begins a new one."""
    title, unit = above
    labels: list[tuple[int, int]] = []
    unit_line = stdre.compile(book.names["tables"]["unit_line"])
    while rows and _spanning(rows[0]):
        text = rows[0][0].text
        found = unit_line.search(text)
        if found is not None:
            unit, text = found["unit"], text[: found.start()]
        title = text or title
        labels.append(rows[0][0].span)
        rows = rows[1:]
    if len(rows) < 2:
        return []
    leaf = _leaves(rows, _height(rows, book))
    cuts = [at for at, text in enumerate(leaf) if at == 0 or (text and text == leaf[0])]
    out = []
    for left, right in zip(cuts, [*cuts[1:], len(leaf)], strict=True):
        sheet = _sheet([row[left:right] for row in rows], place, title, unit, labels, book)
        if sheet is not None:
            out.append(sheet)
    return out


def _spanning(row: list[Cell]) -> bool:
    """Whether one cell stands for all of a row: it covers all, or it is the only one with a text."""
    filled = {cell.span for cell in row if cell.text}
    return len(filled) == 1 and (len({cell.span for cell in row}) == 1 or not row[-1].text) and len(row) > 1


def _sheet(
    rows: list[list[Cell]], place: tuple[int, int], title: str, unit: str, labels: list[tuple[int, int]], book: Rulebook
) -> Sheet | None:
    """The sheet of rows of one stub; None where heads, labels and figures cannot be told apart."""
    words = book.names["tables"]
    height = _height(rows, book)
    head, body = rows[:height], rows[height:]
    width = len(rows[0])
    head = [_filled(row) if at < len(head) - 1 else row for at, row in enumerate(head)]
    over = {cell.span for cell in (row[0] for row in head)}  # what stands over the labels says nothing of a column
    heads = [
        tuple(dict.fromkeys(row[at].text for row in head if row[at].text and row[at].span not in over))
        for at in range(width)
    ]
    leaf = _leaves(rows, height)
    units = [at for at in range(width) if leaf[at] in words["unit_heads"]]
    figures = [at for at in range(width) if at not in units and _counts([row[at] for row in body], book)]
    figures = [at for at in figures if leaf[at] not in words["serials"] and not (at == 0 and _years(body))]
    stubs = [
        at
        for at in takewhile(lambda at: at not in figures, range(width))
        if at not in units and leaf[at] not in words["serials"]
    ]
    if not stubs or not figures or not height:
        return None
    made = _rows(body, stubs, units, figures, book)
    named = [row[at].span for row in rows for at in (*stubs, *units) if row[at].text]
    named += [cell.span for row in head for cell in row if cell.text]
    named += [row[at].span for row in body for at in range(width) if leaf[at] in words["serials"]]
    return Sheet(
        *place,
        title=title,
        unit=unit,
        stub=leaf[stubs[-1]],
        heads=tuple(heads[at] for at in figures),
        rows=tuple(made),
        labels=tuple(sorted({*labels, *named})),
    )


def _filled(row: list[Cell]) -> list[Cell]:
    """An upper row of heads with its empty cells filled from the left: what was merged there came apart."""
    out = row[:1]
    for cell in row[1:]:
        out.append(cell if cell.text else out[-1])
    return out


def _years(body: list[list[Cell]]) -> bool:
    """Whether the first column holds years: they are labels, though they look like figures."""
    return all(YEAR.fullmatch(row[0].text) for row in body if row[0].text)


def _leaves(rows: list[list[Cell]], height: int) -> list[str]:
    """The lowest head of each column."""
    return [next((row[at].text for row in reversed(rows[:height]) if row[at].text), "") for at in range(len(rows[0]))]


def _height(rows: list[list[Cell]], book: Rulebook) -> int:
    """How many rows the head has: the first, and those below it before the first row with a figure."""
    for at, row in enumerate(rows[: HEADS + 1]):
        plain = [cell for cell in row[1:] if cell.text and not YEAR.fullmatch(cell.text)]
        if at and any(read_figure(cell.text, book) is not None for cell in plain):
            return at
    return 0


def _counts(cells: Sequence[Cell], book: Rulebook) -> bool:
    """Whether a column's cells are figures: more than half of those with a text."""
    filled = [cell.text for cell in cells if cell.text and cell.text not in book.names["tables"]["empty"]]
    return bool(filled) and sum(read_figure(text, book) is not None for text in filled) * 2 > len(filled)


def _rows(
    body: list[list[Cell]], stubs: Sequence[int], units: Sequence[int], figures: Sequence[int], book: Rulebook
) -> list[Row]:
    out: list[Row] = []
    groups: tuple[str, ...] = ()
    for row in body:
        names = list(dict.fromkeys(row[at].text for at in stubs if row[at].text))
        if not names or len(names[-1]) > LABEL:
            continue
        if not any(read_figure(row[at].text, book) for at in figures):
            groups = (names[0],)
            continue
        unit = next((row[at].text for at in units if is_unit(row[at].text, book)), "")
        above = (*groups, *names[:-1])
        out.append(Row(above, names[-1], unit, tuple(row[at] for at in figures)))
    return out
