"""Tables that came into a report's text as one cell a line.

A table is told by its head (指标, 产量（万吨）, 同比增长（±%）) and by rows of equal length behind it; what does not
fit is left alone, so that the audit shows it. The words are in rules/lexicon/names/tables.yaml.
"""

from __future__ import annotations

from collections.abc import Sequence

from govextract import stdre
from govextract.columns import is_unit
from govextract.rulebook import Rulebook
from govextract.sheet import Cell, Row, Sheet, is_figure
from govextract.structure import FIGURE, Block

LABEL = 30  # characters of the longest label
GROUPS = 2  # lines of sub-headings between two rows
ROWS = 2  # rows that make a table


def find_flattened(blocks: Sequence[Block], book: Rulebook) -> list[Sheet]:
    """The tables in the blocks of a document, in order."""
    stubs = frozenset(book.names["tables"]["stubs"])
    out: list[Sheet] = []
    at = 0
    while at < len(blocks):
        found = blocks[at].kind != "cell" and blocks[at].view.text in stubs
        table = _table(blocks, at, book) if found else None
        if table is not None:
            out.append(table)
        at = table.last if table is not None else at + 1
    return out


def _table(blocks: Sequence[Block], stub: int, book: Rulebook) -> Sheet | None:
    """The table whose head begins at block *stub*."""
    texts = [block.view.text for block in blocks[stub : stub + 12]]
    first = next((i for i, text in enumerate(texts) if FIGURE.fullmatch(text)), 0)
    if first < 3:
        return None
    with_unit = is_unit(texts[first - 1], book)
    width = _run(blocks, stub + first, book)
    head = 1 + with_unit + width
    label = stub + first - 1 - with_unit
    if not stub + head <= label <= stub + head + GROUPS:
        return None
    rows: list[Row] = []
    at = stub + head
    while (row := _row(blocks, at, width, with_unit, book)) is not None:
        rows.append(row)
        at += len(row.groups) + 1 + with_unit + width
    if len(rows) < ROWS:
        return None
    title, unit, begin = "", "", stub
    unit_line = stdre.compile(book.names["tables"]["unit_line"])
    while begin and stub - begin < GROUPS and len(blocks[begin - 1].view.text) <= LABEL and not title:
        begin -= 1
        found = unit_line.match(blocks[begin].view.text)
        if found:
            unit = found["unit"]
        else:
            title = blocks[begin].view.text
    heads = tuple((text,) for text in texts[1 + with_unit : head])
    return Sheet(begin, at, title, unit, texts[0], heads, tuple(rows))


def _row(blocks: Sequence[Block], at: int, width: int, with_unit: bool, book: Rulebook) -> Row | None:
    """The row that begins at block *at*; None where none of this shape does."""
    before: list[str] = []
    while at < len(blocks) and len(before) <= GROUPS + 1 + with_unit and not is_figure(blocks[at].view.text, book):
        text = blocks[at].view.text
        if len(text) > LABEL or "。" in text:
            return None
        before.append(text)
        at += 1
    labels = before[: len(before) - with_unit]
    unit = before[-1] if with_unit and before else ""
    if not labels or (with_unit and not is_unit(unit, book)) or _run(blocks, at, book) != width:
        return None
    views = [block.view for block in blocks[at : at + width]]
    cells = tuple(Cell(view.text, view.span(0, len(view.text))) for view in views)
    return Row(tuple(labels[:-1]), labels[-1], unit, cells)


def _run(blocks: Sequence[Block], at: int, book: Rulebook) -> int:
    """How many figures stand in a row from block *at* on."""
    end = at
    while end < len(blocks) and is_figure(blocks[end].view.text, book):
        end += 1
    return end - at
