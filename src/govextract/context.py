"""Where and when a document belongs, and what each block inherits: status and period from the headings above it."""

from __future__ import annotations

from typing import NamedTuple

from govextract import stdre
from govextract.home import home_of
from govextract.model import Document, Period
from govextract.periods import Anchor, Span, resolve, year_span
from govextract.read.meta import NUMBER
from govextract.regions import code_among
from govextract.rulebook import Rulebook
from govextract.structure import Block, Heading
from govextract.tag import find_times
from govextract.tokens import TimeMention

DATE = stdre.compile(r"((?:19|20)\d\d)\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})(?!\d|月)")
DAY_FIRST = stdre.compile(r"(?<![\d.])(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.((?:19|20)\d\d)(?![\d.])")  # 28.06.2015
LATE = 11  # the month from which a report is about its own year


class BlockContext(NamedTuple):
    """What a block's figures inherit: status, period, and the anchor for relative times."""

    status: str
    span: Span | None
    text: str
    anchor: Anchor
    role: str


def complete_document(document: Document, blocks: list[Block], book: Rulebook) -> Document:
    """The document with title, genre, region, date and period filled in from its text where nothing was given."""
    lines = [b.view.text for b in blocks[:14]]
    head = "\n".join(lines)
    title = document.title or _title(lines, book)
    genre = document.genre or _genre(title or head[:200], book)
    date = document.date or _date(lines, [b.view.text for b in blocks[-4:]]) or _day(lines)
    # The day that a page was put up is days behind the report's own, but years nearer than a guess.
    date = date or document.published or _named_date(document.name)
    region = document.region or home_of(title or "", head, book)
    entry = book.regions.get(region or "")
    changes = {
        "title": title,
        "genre": genre,
        "date": date,
        "number": document.number or _number(lines),
        "region": entry["name"] if entry else region,
        "region_code": document.region_code or code_among(region, f"{document.name} {title} {head[:600]}", book),
    }
    document = document.model_copy(update=changes)
    if document.period is None:
        document = document.model_copy(update={"period": _period(document, blocks, book)})
    return document


def _named_date(name: str) -> str | None:
    """A date in the file's name (news-20250416), where neither the text nor a sidecar gives one."""
    found = stdre.search(r"(?<!\d)((?:19|20)\d\d)[-_.年]?(0[1-9]|1[0-2])[-_.月]?(0[1-9]|[12]\d|3[01])(?!\d)", name)
    return f"{found[1]}-{found[2]}-{found[3]}" if found else None


def _number(lines: list[str]) -> str | None:
    """The document's number, where a line of the head ends with it: 文号：云政发〔2024〕3号."""
    found = (NUMBER.search(line) for line in lines if len(line) <= 60)
    return next(("".join(m[0].split()) for m in found if m and m.string[m.end() :].strip("） )") == ""), None)


def _title(lines: list[str], book: Rulebook) -> str | None:
    if lines and _genre(lines[0], book):
        return lines[0].strip()[:80]
    pattern = stdre.compile(book.structure["titles"])
    for line in lines[:8]:
        if pattern.search(line) and len(line) <= 70 and not line.startswith(("来源", "——", "—")):
            return line.lstrip("#").strip()
    return lines[0].lstrip("#").strip()[:80] if lines else None


def _genre(title: str, book: Rulebook) -> str | None:
    for row in book.structure["genres"]:
        if any(word in title for word in row["title"]):
            return str(row["genre"])
    return None


def _date(head: list[str], tail: list[str]) -> str | None:
    for line in [*head, *reversed(tail)]:
        if len(line) > 120 and line not in head[:4]:
            continue
        found = DATE.search(line) or DAY_FIRST.search(line)
        if found and found.re is DAY_FIRST:
            day, month, year = found.groups()
            return f"{year}-{int(month):02}-{int(day):02}"
        if found and 1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31:
            return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return None


def _day(lines: list[str]) -> str | None:
    """A day without its year, in the first year that the head of the text names."""
    year = _first_year(" ".join(lines))
    for line in lines:
        found = stdre.search(r"(?<!\d)(\d{1,2})月(\d{1,2})日", line)
        if found and year and 1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= 31:
            return f"{year}-{int(found[1]):02}-{int(found[2]):02}"
    return None


def times_of(text: str, book: Rulebook) -> list[TimeMention]:
    """The periods that a stretch names."""
    return [t.time for t in find_times(text, book) if t.type == "time"]


def _period(document: Document, blocks: list[Block], book: Rulebook) -> Period | None:
    date_year = int(document.date[:4]) if document.date else None
    title = document.title or ""
    now = date_year or _first_year(title) or _first_year(" ".join(b.view.text for b in blocks[:12]))
    if now is None:
        return None
    anchor = Anchor(now, now, None, book.relative_years, book.now_relative)
    planned = stdre.search(book.structure["plan_title"], title)
    if planned:
        plan = resolve("plan", planned, anchor)
        if plan is not None:
            return Period.made(text=planned[0], start=plan.start, end=plan.end, inferred=False)
    spans = [(s, t.match[0]) for t in times_of(title, book) if (s := resolve(t.rule.norm, t.match, anchor))]
    previous = document.genre in book.structure["previous_year"]
    if spans and not (previous and spans[0][0].start[5:] == "01-01" and spans[0][0].end[5:] == "12-31"):
        return Period.made(text=spans[0][1], start=spans[0][0].start, end=spans[0][0].end, inferred=False)
    if previous:
        year = (date_year or _first_year(title) or now) - 1
        if document.date and int(document.date[5:7]) >= LATE:
            year += 1  # a congress at the end of the year looks back on the year itself
        for block in blocks:
            # A heading that says which year is looked back on knows better than the calendar.
            if block.kind == "heading" and block.headings and block.headings[-1].role == "review":
                found = _first_year(block.view.text)
                if found:
                    year = found
                    break
        return Period.made(text=str(year), start=f"{year}-01-01", end=f"{year}-12-31", inferred=True)
    for block in blocks[:8]:
        for t in times_of(block.view.text, book):
            span = resolve(t.rule.norm, t.match, anchor)
            if span and not t.rule.id.startswith("month_end") and span.start != span.end:
                return Period.made(text=t.match[0], start=span.start, end=span.end, inferred=True)
    whole = year_span(now)
    return Period.made(text=str(now), start=whole.start, end=whole.end, inferred=True)


def _first_year(text: str) -> int | None:
    found = stdre.search(r"(?<![\d.])((?:19|20)\d\d)(?![\d万亿元%]|\.\d)", text)
    return int(found[1]) if found else None


def article_periods(blocks: list[Block], document: Document, book: Rulebook) -> dict[int, Span]:
    """For every article behind the first: the period that its first paragraph names."""
    out: dict[int, Span] = {}
    seen: set[int] = set()
    year = int(document.date[:4]) if document.date else int(((document.period and document.period.end) or "2000")[:4])
    anchor = Anchor(year, year, None, book.relative_years, book.now_relative)
    for block in blocks:
        if not block.article or block.article in seen or len(block.view.text) < 40:
            continue
        seen.add(block.article)
        spans = [
            s
            for t in times_of(block.view.text, book)
            if (s := resolve(t.rule.norm, t.match, anchor)) and s.start < s.end
        ]
        if spans:
            out[block.article] = spans[0]
    return out


def block_context(block: Block, document: Document, book: Rulebook, articles: dict[int, Span]) -> BlockContext:
    """Status and period for the figures of *block*, from the headings above it."""
    period = document.period
    own = Span(period.start, period.end) if period and period.start and period.end else None
    plan = own if own and document.date and own.start <= document.date and own.end[:4] > own.start[:4] else None
    if plan is not None and document.date:
        # A plan looks back on the five years before it, in later years on its own.
        first, now = int(plan.start[:4]), int(document.date[:4])
        own = Span(f"{first - 5}-01-01", f"{first - 1}-12-31") if now == first else year_span(now)
    base_year = int(own.end[:4]) if own else int((document.date or "0")[:4])
    follows = document.genre in book.structure["previous_year"]
    now = int(document.date[:4]) if document.date else base_year and base_year + follows
    anchor = Anchor(base_year, now, own, book.relative_years, book.now_relative)
    status, span, text, role = "actual", own, period.text if period else "", ""
    if block.article:
        # A second article on the page speaks of its own time, not of the report's period.
        span = articles.get(block.article) or (year_span(now) if now else None)
        if span is not None:
            anchor = Anchor(int(span.end[:4]), now, own, book.relative_years, book.now_relative)
    strong = book.structure["outlook_strong"]
    for heading in block.headings:
        weak = role == "review" and heading.role == "outlook" and not any(word in heading.text for word in strong)
        if heading.role and heading.role != role and not weak:
            role = heading.role
            status = "target" if role == "outlook" else "actual"
            if role == "outlook" and not base_year:
                span = None  # without a date nobody knows which year comes next
            elif role == "outlook":
                span = year_span(_next_year(own, base_year))
                anchor = Anchor(int(span.start[:4]), now, own, book.relative_years, book.now_relative)
            else:
                span, anchor = own, Anchor(base_year, now, own, book.relative_years, book.now_relative)
            text = heading.text
        named = heading_time(heading, anchor, book)
        if named is not None and not (block.article and not heading.role):
            span, text = named
            anchor = Anchor(int(span.end[:4]), now, own, book.relative_years, book.now_relative)
            if not role and own and span.start > own.end and not (block.article and block.kind == "body"):
                status = "target"
    if (
        plan is not None
        and status == "target"
        and span is not None
        and span.end <= plan.end
        and span.start >= plan.start
    ):
        span = plan
    return BlockContext(status, span, text, anchor, role)


def _next_year(own: Span | None, base_year: int) -> int:
    """A whole year's report looks out on the next year, a part-year report on the rest of its own."""
    return base_year + 1 if own and own.end.endswith("12-31") else base_year


def heading_time(heading: Heading, anchor: Anchor, book: Rulebook) -> tuple[Span, str] | None:
    """The period that a heading names, if it names one."""
    known = book.compiled.setdefault("heading_times", {})
    if heading.text not in known:
        if len(known) > 4096:
            known.clear()
        known[heading.text] = times_of(heading.text, book)
    for mention in known[heading.text]:
        span = resolve(mention.rule.norm, mention.match, anchor)
        if span is not None and span.start != span.end:
            return span, mention.match[0]
    plan = stdre.search(book.structure["plan_heading"], heading.text)
    span = resolve("plan", plan, anchor) if plan is not None else None
    return (span, plan[0]) if span is not None and plan is not None else None
