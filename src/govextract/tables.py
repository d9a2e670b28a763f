"""The records of a report's tables: one a figure, named by its label, the heads above it and the table's title.

Where the words of a table decide, they stand in rules/lexicon/names/tables.yaml.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govextract import stdre
from govextract.cells import Figure, read_figure
from govextract.columns import BRACKET, Column, columns_of, is_unit, time_of
from govextract.completion import measured
from govextract.context import BlockContext
from govextract.draft import ComparisonDraft, Draft
from govextract.flattened import find_flattened
from govextract.grids import find_grids
from govextract.model import Document
from govextract.name import head_of
from govextract.periods import Span
from govextract.quantities import MULTIPLIER
from govextract.rulebook import Rulebook
from govextract.sheet import Cell, Row, Sheet
from govextract.structure import Block
from govextract.tag import find_times
from govextract.view import make_view

SERIAL = stdre.compile(r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+[.、．](?!\d)|[①-⑳])")


def find_tables(document: Document, blocks: Sequence[Block], book: Rulebook) -> list[Sheet]:
    """The tables of *document*, in order: those that its file told, and those that came as one cell a line."""
    return sorted([*find_flattened(blocks, book), *find_grids(document, blocks, book)], key=lambda sheet: sheet.first)


@dataclass(slots=True)
class _State:
    """What rows leave to those below them: what the rows are, the unit of a group, the whole of parts, the last label
    that says how it is measured.
    """

    noun: str
    unit: str = ""
    whole: str = ""
    headed: str = ""


def table_drafts(document: Document, sheet: Sheet, block: Block, context: BlockContext, book: Rulebook) -> list[Draft]:
    """The records of a table that begins with *block*."""
    columns = columns_of(sheet.heads, sheet.title, context.anchor, book)
    words = book.names["tables"]
    state = _State(_noun(sheet.title, book))
    places = stdre.match(words["places"], sheet.stub) is not None
    times = [time_of(row.label, context.anchor, book) for row in sheet.rows]
    by_time = None not in times
    out: list[Draft] = []
    for row, when in zip(sheet.rows, times, strict=True):
        if row.groups:
            state.noun = _noun(row.groups[-1], book) or state.noun
        label, part = _plain_label(row.label, book)
        own = next((m[1] for m in BRACKET.finditer(label) if is_unit(m[1], book)), "")
        if own:
            label = label.replace(f"（{own}）", "", 1)
        if not part:
            state.whole, state.unit = label, own
        if head_of(label, book):
            state.headed = label
        before: Draft | None = None
        subject = ""
        for column, cell in zip(columns, row.cells, strict=True):
            figure = read_figure(cell.text, book)
            if figure is None:
                continue
            span = make_view(document.text, *cell.span).span(figure.start, figure.end)
            if column.completes:
                _complete(before, column, figure, span, words["completed"])
                if before is not None:
                    continue
            draft = _draft(span, figure, column, context, row, cell)
            draft.section = block.section
            subject = column.subject or subject
            if by_time and when is not None:
                draft.name, draft.region = subject or _subject(sheet.title, book), document.region
                draft.period, draft.period_text, draft.inferred = when[0], row.label, False
            elif places:
                draft.name, draft.region = subject or _subject(sheet.title, book), _place(label, document.region, book)
            else:
                whose, draft.region = _whose(column.whose, document.region, book)
                draft.name = whose + _name(label, part, column, sheet, state, row is sheet.rows[0], book)
            _move(draft, row.unit or state.unit, book)
            unit = row.unit or state.unit or _common(sheet.unit, column, book)
            _set_unit(draft, _unit(figure, column, unit), book)
            if column.measure == "growth" and unit == "%" and row.unit + state.unit:
                # A rate moves by percentage points.
                draft.measure, draft.unit = "change", words["points"]
            elif draft.status == "target" and before is not None and _is_growth(draft, before):
                draft.measure, draft.basis, draft.unit, draft.mult = "growth", "yoy", "%", ""
            out.append(draft)
            before = draft if draft.measure == "level" and draft.status == "actual" else before
    return out


def _plain_label(label: str, book: Rulebook) -> tuple[str, bool]:
    """A label without its number and its mark of a part, and whether it had such a mark."""
    for time in reversed([t for t in find_times(label, book) if t.type == "time" and t.start == 0]):
        label = label[time.end :] or label
    label = SERIAL.sub("", label, count=1) if SERIAL.match(label) else label
    for mark in book.names["tables"]["parts"]:
        if label.startswith(mark) and len(label) > len(mark):
            return label.removeprefix(mark), True
    return label, False


def _noun(title: str, book: Rulebook) -> str:
    """What the rows of a table or a group are: 主要农产品产量 → 产量, 地区生产总值 → 增加值."""
    bare = _without_tail(title, book)
    known = next((n for whole, n in book.names["tables"]["nouns"].items() if bare.endswith(whole)), "")
    return known or head_of(bare, book)


def _subject(title: str, book: Rulebook) -> str:
    """What a title says that its table is of: without its time and what titles end in."""
    for token in reversed(find_times(title, book)):
        title = title[: token.start] + title[token.end :]
    return _without_tail(title, book)


def _without_tail(title: str, book: Rulebook) -> str:
    bare = BRACKET.sub("", title)
    tail = next((tail for tail in book.names["tables"]["title_tails"] if bare.endswith(tail)), "")
    return bare.removesuffix(tail)


def _name(label: str, part: bool, column: Column, sheet: Sheet, state: _State, first: bool, book: Rulebook) -> str:
    if column.measure == "share" and not first:
        return f"{label}占{sheet.rows[0].label}比重"
    if label in book.surfaces or head_of(label, book):
        return label
    # 其中：火电 is measured as 发电量 above it is; an industry as the last row that says how (增加值).
    whole = head_of(state.whole, book) if part else ""
    if whole:
        return measured(label, whole, book)
    noun = column.noun or state.noun
    if noun or not label.endswith(tuple(book.names["parts"]["suffixes"])):
        return label + noun
    return measured(label, head_of(state.headed, book), book)


def _whose(text: str, home: str | None, book: Rulebook) -> tuple[str, str | None]:
    """What a head adds to the names below it, and the place that it says they are of."""
    if text in book.names["region_words"]["own"]:
        return "", home
    if text in book.names["region_words"]["nation"] or text in book.regions:
        return "", _place(text, home, book)
    return text, home


def _is_growth(draft: Draft, actual: Draft) -> bool:
    """Whether a target is the growth of an amount, not a twentieth of it: 18640.5亿元, 5.5左右."""
    return draft.value is not None and actual.value is not None and 0 < abs(draft.value) * 20 < actual.value


def _place(label: str, home: str | None, book: Rulebook) -> str | None:
    """The place that a label is; the report's own where it says all of it."""
    if label in book.names["tables"]["all_places"] or label in book.names["region_words"]["own"]:
        return home
    row = book.regions.get(label)
    return str(row["name"]) if row is not None else label


def _draft(span: tuple[int, int], figure: Figure, column: Column, context: BlockContext, row: Row, cell: Cell) -> Draft:
    """The draft of one figure; its name, place and unit are set apart."""
    measure = "growth" if figure.moves and column.measure == "level" else column.measure
    period = column.span or context.span
    if column.stock and period is not None:
        period = Span(period.end, period.end)
    return Draft(
        span=span, name="", raw=row.label, measure=measure, rule="table", value=figure.value,
        decimals=figure.decimals, bound=figure.bound, basis=column.basis or ("yoy" if measure == "growth" else None),
        period=period, period_text=column.time or context.text, inferred=not column.time,
        status=column.status or context.status, sentence=f"{row.label} {column.head} {cell.text}",
    )  # fmt: skip


def _complete(draft: Draft | None, column: Column, figure: Figure, span: tuple[int, int], relation: str) -> None:
    """Hang a degree of completion on the amount before it in its row."""
    if draft is not None:
        draft.comparisons.append(ComparisonDraft(relation, column.completes, figure.value, "%", span))


def _move(draft: Draft, unit: str, book: Rulebook) -> None:
    """地区生产总值增长, in %: the label says that the figure is a growth, or a fall."""
    if draft.measure != "level" or unit != "%":
        return
    words = book.compiled["growth_tails"]
    tail = next((word for word in words if draft.name.endswith(word) and len(draft.name) > len(word) + 1), "")
    if tail and draft.value is not None and draft.name not in book.surfaces:
        draft.measure, draft.basis, draft.name = "growth", "yoy", draft.name.removesuffix(tail)
        if tail in book.compiled["falls"]:
            draft.value = -draft.value


def _unit(figure: Figure, column: Column, common: str) -> str:
    if figure.unit or figure.moves:
        return figure.unit or "%"
    return column.unit if column.measure != "level" or column.unit == "%" else common or column.unit


def _common(units: str, column: Column, book: Rulebook) -> str:
    """The unit that a table gives for all its figures; of 元、% an amount takes the first."""
    known = [unit for unit in stdre.split("[、和及]", units) if is_unit(unit, book)]
    if column.measure == "level" and len(known) > 1:
        known = [unit for unit in known if unit != "%"]
    return known[0] if known else ""


def _set_unit(draft: Draft, unit: str, book: Rulebook) -> None:
    multiplier = MULTIPLIER.match(unit)
    draft.unit = unit or None
    draft.mult = multiplier[0] if multiplier is not None and unit not in book.units else ""
