"""Tables that came into a report's text as one cell a line: their rows as drafts.

A table is told by its head (指标, 产量（万吨）, 同比增长（±%）) and by rows of equal length behind it; what does not
fit is left alone, so that the audit shows it. The words are in rules/lexicon/names/tables.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from govextract.context import BlockContext
from govextract.draft import Draft
from govextract.name import head_of
from govextract.periods import Span
from govextract.quantities import MULTIPLIER
from govextract.rulebook import Rulebook
from govextract.structure import FIGURE, Block

BRACKET = re.compile(r"（([^（）]+)）")
LABEL = 30  # characters of the longest label
GROUPS = 2  # lines of sub-headings between two rows
ROWS = 2  # rows that make a table


@dataclass(frozen=True, slots=True)
class Row:
    """A row: where it begins, the headings and the label before it, its unit's cell, its figures' block numbers."""

    groups: tuple[str, ...]
    label: str
    unit: str
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's blocks [first, last), its title, the unit of all, its column heads and rows."""

    first: int
    last: int
    title: str
    unit: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def find_tables(blocks: Sequence[Block], book: Rulebook) -> list[Table]:
    """The tables of a document, in order."""
    stubs = frozenset(book.names["tables"]["stubs"])
    out: list[Table] = []
    at = 0
    while at < len(blocks):
        table = _table(blocks, at, book) if blocks[at].view.text in stubs else None
        if table is not None:
            out.append(table)
        at = table.last if table is not None else at + 1
    return out


def _table(blocks: Sequence[Block], stub: int, book: Rulebook) -> Table | None:
    """The table whose head begins at block *stub*."""
    texts = [block.view.text for block in blocks[stub : stub + 12]]
    first = next((i for i, text in enumerate(texts) if FIGURE.fullmatch(text)), 0)
    if first < 3:
        return None
    with_unit = _is_unit(texts[first - 1], book)
    width = _run(blocks, stub + first, book)
    head = 1 + with_unit + width
    label = stub + first - 1 - with_unit
    if not stub + head <= label <= stub + head + GROUPS:
        return None
    rows: list[Row] = []
    at = stub + head
    while (row := _row(blocks, at, width, with_unit, book)) is not None:
        rows.append(row)
        at = row.cells[-1] + 1
    if len(rows) < ROWS:
        return None
    title, unit, begin = "", "", stub
    unit_line = re.compile(book.names["tables"]["unit_line"])
    while begin and stub - begin < GROUPS and len(blocks[begin - 1].view.text) <= LABEL and not title:
        begin -= 1
        found = unit_line.match(blocks[begin].view.text)
        if found:
            unit = found["unit"]
        else:
            title = blocks[begin].view.text
    return Table(begin, at, title, unit, tuple(texts[1 + with_unit : head]), tuple(rows))


def _row(blocks: Sequence[Block], at: int, width: int, with_unit: bool, book: Rulebook) -> Row | None:
    """The row that begins at block *at*; None where none of this shape does."""
    before: list[str] = []
    while at < len(blocks) and len(before) <= GROUPS + 1 + with_unit and not _is_figure(blocks[at], book):
        text = blocks[at].view.text
        if len(text) > LABEL or "。" in text:
            return None
        before.append(text)
        at += 1
    labels = before[: len(before) - with_unit]
    unit = before[-1] if with_unit and before else ""
    if not labels or (with_unit and not _is_unit(unit, book)) or _run(blocks, at, book) != width:
        return None
    return Row(tuple(labels[:-1]), labels[-1], unit, tuple(range(at, at + width)))


def _run(blocks: Sequence[Block], at: int, book: Rulebook) -> int:
    """How many figures stand in a row from block *at* on."""
    end = at
    while end < len(blocks) and _is_figure(blocks[end], book):
        end += 1
    return end - at


def _is_figure(block: Block, book: Rulebook) -> bool:
    return FIGURE.fullmatch(block.view.text) is not None or block.view.text in book.names["tables"]["empty"]


def _is_unit(text: str, book: Rulebook) -> bool:
    return text in book.units or MULTIPLIER.sub("", text, count=1) in book.units


@dataclass(frozen=True, slots=True)
class Column:
    """What the head of a column says of its figures."""

    head: str
    measure: str
    basis: str | None
    unit: str
    noun: str
    stock: bool


def table_drafts(
    table: Table, blocks: Sequence[Block], context: BlockContext, region: str | None, book: Rulebook
) -> list[Draft]:
    """The records of a table: one a figure."""
    columns = [_column(head, table, book) for head in table.heads]
    out: list[Draft] = []
    noun, unit = _noun(table.title, book), ""
    for row in table.rows:
        if row.groups:
            noun = _noun(row.groups[-1], book) or noun
        label = row.label
        for mark in book.names["tables"]["parts"]:
            label = label.removeprefix(mark)
        own = BRACKET.search(label)
        if own is not None and _is_unit(own[1], book):
            unit, label = own[1], BRACKET.sub("", label, count=1)
        for column, cell in zip(columns, row.cells, strict=True):
            if FIGURE.fullmatch(blocks[cell].view.text) is None:
                continue
            name = _named(label, noun or column.noun, book)
            if column.measure == "share" and row is not table.rows[0]:
                name = f"{label}占{table.rows[0].label}比重"
            draft = _draft(blocks[cell], column, context, name, row.label)
            draft.region = region
            _set_unit(draft, column.unit if column.unit == "%" else row.unit or column.unit or unit or table.unit, book)
            out.append(draft)
    return out


def _column(head: str, table: Table, book: Rulebook) -> Column:
    words = book.names["tables"]
    measure = next((m for m in ("change", "growth", "share") if any(word in head for word in words[m])), "level")
    basis = "yoy" if measure in ("growth", "change") else None
    if measure == "change":
        basis = next((kind for word, kind in words["since"].items() if word in head), basis)
    bracket = BRACKET.search(head)
    written = bracket[1] if bracket is not None and _is_unit(bracket[1], book) else ""
    stock = measure == "level" and any(word in head or word in table.title for word in words["stock"])
    unit = "%" if measure in ("growth", "share") else written
    return Column(head, measure, basis, unit, head_of(BRACKET.sub("", head), book), stock)


def _noun(title: str, book: Rulebook) -> str:
    """What the rows of a table or a group are: 主要农产品产量 → 产量, 地区生产总值 → 增加值."""
    known = next((n for whole, n in book.names["tables"]["nouns"].items() if title.endswith(whole)), "")
    return known or head_of(title, book)


def _named(label: str, noun: str, book: Rulebook) -> str:
    return label if label in book.surfaces or not noun or head_of(label, book) else label + noun


def _draft(block: Block, column: Column, context: BlockContext, name: str, label: str) -> Draft:
    """The draft of one figure; its unit is set apart."""
    text = block.view.text
    number = text.rstrip("%")
    period = context.span
    if column.stock and period is not None:
        period = Span(period.end, period.end)
    return Draft(
        span=block.view.span(0, len(text)), name=name, raw=label, measure=column.measure, rule="table",
        value=Decimal(number), decimals=len(number.partition(".")[2]), basis=column.basis, period=period,
        period_text=context.text, sentence=f"{name} {column.head} {text}", section=block.section,
    )  # fmt: skip


def _set_unit(draft: Draft, unit: str, book: Rulebook) -> None:
    multiplier = MULTIPLIER.match(unit)
    draft.unit = unit or None
    draft.mult = multiplier[0] if multiplier is not None and unit not in book.units else ""
