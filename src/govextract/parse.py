"""The whole way of one report: bytes, document, sentences, mentions, claims, records, issues, audit."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256

from govextract import stdre
from govextract.audit import audit, covered
from govextract.checks import check
from govextract.confidence import confidence
from govextract.context import BlockContext, article_periods, block_context, complete_document
from govextract.discourse import Discourse
from govextract.draft import Draft
from govextract.lexicon import prepare
from govextract.links import linked
from govextract.model import Comparison, Document, Extraction, Issue, Period, Record, Span
from govextract.name import spell_out
from govextract.periods import Span as Days
from govextract.places import split_place
from govextract.regions import code_of
from govextract.resolve import read_sentence
from govextract.rulebook import Rulebook
from govextract.sheet import Sheet
from govextract.structure import Block, Heading
from govextract.structure import blocks as split_blocks
from govextract.tables import find_tables, table_drafts
from govextract.units import base_of

# Sentences without a digit can still say 居全国首位 or 高于全国; all others without one say nothing countable.
COUNTABLE = stdre.compile(r"[\d百千万亿半倍番]|分之|[一二三四五六七八九两]成|第[一二三四五六七八九十]")
OPENING = stdre.compile(r".{0,12}[年月季]")  # may be a time that the sentences behind it need


@dataclass(slots=True)
class Carried:
    """What the reading takes from one part of a long document into the next."""

    state: Discourse = field(default_factory=Discourse)
    articles: dict[int, Days] = field(default_factory=dict)  # the period of each article, behind the first
    article: int = 0  # the last one


def parse_document(document: Document, book: Rulebook) -> Extraction:
    """Every record that *document* states, with the issues and the audit of its numbers."""
    prepare(book)
    blocks = split_blocks(document, book)
    return parse_blocks(blocks, complete_document(document, blocks, book), book, Carried())


def parse_blocks(blocks: list[Block], document: Document, book: Rulebook, carried: Carried) -> Extraction:
    """What *blocks* of a completed *document* state: all of it, or the part that follows what was *carried*."""
    drafts: list[Draft] = []
    issues: list[Issue] = []
    times: list[tuple[int, int]] = []
    state = carried.state
    contexts: dict[tuple[tuple[Heading, ...], int], BlockContext] = {}
    words = book.compiled["wordless"]
    fresh = [block for block in blocks if block.article > carried.article]
    articles = carried.articles | article_periods(fresh, document, book)
    sheets: dict[int, list[Sheet]] = {}
    for sheet in find_tables(document, blocks, book):
        sheets.setdefault(sheet.first, []).append(sheet)
    end = 0  # of the last table
    labels: set[tuple[int, int]] = set()
    cells: list[tuple[int, int]] = []  # the labels and figures of the last table, sorted
    for order, block in enumerate(blocks):
        state.new_block()
        state.heading = own_heading(block)
        place = (block.headings, block.article)
        if place not in contexts:
            contexts[place] = block_context(block, document, book, articles)
        context = contexts[place]
        for sheet in sheets.get(order, ()):
            end = sheet.last
            labels.update(sheet.labels)
            drafts.extend(table_drafts(document, sheet, block, context, book))
        if order in sheets:
            cells = sorted(span for sheet in sheets[order] for span in sheet.spans())
        # A note in a table's cell is prose; so are the cells of a table that could not be read.
        if order < end and (block.kind != "cell" or covered(block.view.back[0], block.view.back[-1], cells)):
            continue
        for view in block.sentences:
            if not (COUNTABLE.search(view.text) or OPENING.match(view.text) or words.search(view.text)):
                continue
            state.new_sentence()
            reading = read_sentence(view, block, context, book, state, document.region)
            drafts.extend(reading.drafts)
            issues.extend(reading.issues)
            times.extend(view.span(t.start, t.end) for t in reading.tokens if t.type in ("time", "basis", "no_time"))
    carried.articles, carried.article = articles, blocks[-1].article if blocks else 0
    made = [make_record(draft, document, book) for draft in drafts if draft.name or draft.value is not None]
    records = linked(made, book)
    account = audit(document, blocks, records, sorted(times), sorted(labels), book)
    records, found = check(document, records, account, book)
    return Extraction.model_construct(document=document, records=records, issues=(*issues, *found), audit=account)


def own_heading(block: Block) -> str:
    """The noun phrase of the heading right above, for figures that leave it out (政府性基金预算。收入…)."""
    numbered = [heading for heading in block.headings if heading.level in (1, 2, 3, 4)]
    text = (
        stdre.sub(
            r"^[\W\d]*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）)?[\d.、]*", "", numbered[-1].text
        )
        if numbered
        else ""
    )
    return text if 2 <= len(text) <= 12 else ""


def make_record(draft: Draft, document: Document, book: Rulebook) -> Record:
    """The schema's record: canonical name, base unit, a stable id."""
    place, bare = split_place(draft.name, document.region, book)
    name = spell_out(bare, book)
    indicator_id = book.indicator_id(name, bare)
    if (
        draft.unit is not None
        and draft.unit == draft.mult
        and indicator_id
        and book.indicators[indicator_id].dimension == "money"
    ):
        # 地区生产总值迈上5万亿台阶: what is counted in 万亿 is money.
        draft.unit += "元"
    base_value, base_unit = base_of(draft.value, draft.unit, draft.mult, book)
    if draft.measure == "rank":
        base_unit = draft.unit  # 位 counts places here, not persons
    region, own = place or draft.region, document.region_code
    start, end = draft.span
    key = f"{document.sha256}|{start}|{end}|{draft.measure}|{name}"
    period = Period.made(
        text=draft.period_text,
        start=draft.period.start if draft.period else None,
        end=draft.period.end if draft.period else None,
        inferred=draft.inferred,
    )
    return Record.made(
        id=sha256(key.encode()).hexdigest()[:16],
        span=Span.made(start=start, end=end),
        page=bisect_right(document.pages, start) or None,
        indicator=name,
        indicator_text=draft.raw or draft.name,
        indicator_id=indicator_id,
        action=draft.action,
        measure=draft.measure,
        value=draft.value,
        value_max=draft.value_max,
        unit=draft.unit,
        decimals=draft.decimals,
        base_value=plain_decimal(base_value),
        base_unit=base_unit,
        bound=draft.bound,
        basis=draft.basis,
        period=period,
        status=draft.status,
        region=region,
        region_code=own if region == document.region else code_of(region, own, book),
        comparisons=tuple(
            Comparison.made(
                relation=c.relation,
                object=c.object,
                value=c.value,
                unit=c.unit,
                span=Span.made(start=c.span[0], end=c.span[1]),
                record=None,
            )
            for c in draft.comparisons
        ),
        sentence=draft.sentence,
        section=draft.section,
        rule=draft.rule,
        confidence=confidence(draft, name, book, known=indicator_id is not None),
        flags=tuple(draft.flags),
    )


def plain_decimal(value: Decimal | None) -> Decimal | None:
    """238600000000.0 → 238600000000; no exponent."""
    if value is None:
        return None
    value = value.normalize()
    return value if value != value.to_integral_value() else Decimal(int(value))
