"""The way of one number: mentions, projected string, claims that stood or lost, and the records made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govextract.audit import NUMBER
from govextract.context import article_periods, block_context
from govextract.errors import ReadError
from govextract.match import TIMEOUT, Claim, contest, project
from govextract.model import Comparison, Document, Extraction, Record
from govextract.parse import parse_document
from govextract.rulebook import Pattern, Rulebook
from govextract.structure import Block, blocks
from govextract.tag import tag
from govextract.tokens import Token
from govextract.view import View

REACH = 10  # how many tokens left of a number its pattern may begin
LOSERS = 12  # how many claims that lost are shown
WANTED = 6  # how many mention types are named where a pattern stopped


@dataclass(frozen=True, slots=True)
class Place:
    """Where the number stands: its paragraph, its sentence, and the sentence's characters [start, end)."""

    block: Block
    view: View
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stop:
    """How far a pattern came: the tokens [first, last) that began a hit, and the types it wanted next."""

    pattern: Pattern
    first: int
    last: int
    wanted: tuple[str, ...]


def explain(document: Document, book: Rulebook, at: str) -> str:
    """Why the number *at* (or the first number in the words *at*) became what it became.

    Raises ReadError where the report does not hold *at*.
    """
    extraction = parse_document(document, book)
    place = _find(extraction.document, blocks(document, book), at)
    tokens = tag(place.view.text, book)
    here = _token_at(tokens, place)
    stand, lost = _claims(tokens, book)
    lines = [f"{document.name}: {_line(place.view.text)}", "", "mentions"]
    lines += [f"  {_type(token)}  {_line(token.text)}" for token in tokens]
    lines += ["", "projected", "  " + "".join(_type(token) for token in tokens), "", "claims that stand"]
    lines += [f"  {_claim(claim, tokens, place)}" for claim in stand] or ["  none"]
    near = [(c, w) for c, w in lost if c.first <= here < c.last]
    if near:
        lines += ["", f"claims on {_line(tokens[here].text)!r} that lost"]
        lines += [f"  {_claim(c, tokens, place)}: {_why(c, w, tokens, place)}" for c, w in near[:LOSERS]]
        lines += [f"  … and {len(near) - LOSERS} more"] if len(near) > LOSERS else []
    lines += ["", "outcome", *_outcome(extraction, place, tokens, here, stand, book)]
    made = [r for r in extraction.records if _inside(r, place.view)]
    lines += ["", "records of the sentence"]
    for record in made:
        lines += _record(record, extraction.document, place, book)
    return "\n".join(lines if made else [*lines, "  none"])


def _find(document: Document, found: Sequence[Block], at: str) -> Place:
    """The first number in the first occurrence of *at*: as printed, else without markup and blanks."""
    start = document.text.find(at) if at.strip() else -1
    views = [(block, view) for block in found for view in block.sentences]
    for block, view in views if start >= 0 else []:
        inside = [i for i in range(len(view.text)) if start <= view.back[i] < start + len(at)]
        if inside:
            return _number(Place(block, view, inside[0], inside[-1] + 1))
    for block, view in views if at.strip() else []:
        first = view.text.find(at.strip())
        if first >= 0:
            return _number(Place(block, view, first, first + len(at.strip())))
    raise ReadError(document.name, f"does not hold {at!r}", "copy some words of the report")


def _number(place: Place) -> Place:
    """The first number that *place* touches, or the place itself where it holds none."""
    for m in NUMBER.finditer(place.view.text):
        if m.start() < place.end and place.start < m.end():
            return Place(place.block, place.view, *m.span())
    return place


def _token_at(tokens: Sequence[Token], place: Place) -> int:
    return next((i for i, t in enumerate(tokens) if t.start < place.end and place.start < t.end), 0)


def _claims(tokens: list[Token], book: Rulebook) -> tuple[list[Claim], list[tuple[Claim, Claim]]]:
    """The claims that stand, and those that lost with the claim that each lost to."""
    found = list(contest(tokens, book))
    stand = [claim for claim, winner in found if winner is None]
    lost = [(claim, winner) for claim, winner in found if winner is not None]
    return sorted(stand, key=lambda c: c.first), lost


def _claim(claim: Claim, tokens: Sequence[Token], place: Place) -> str:
    words = _words(claim.first, claim.last, tokens, place)
    return f"{claim.pattern.id} (priority {claim.pattern.priority})  {words}"


def _words(first: int, last: int, tokens: Sequence[Token], place: Place) -> str:
    return _line(place.view.text[tokens[first].start : tokens[last - 1].end])


def _why(claim: Claim, winner: Claim, tokens: Sequence[Token], place: Place) -> str:
    """By which step of the order of claims *winner* came first."""
    other = f"{winner.pattern.id} ({_words(winner.first, winner.last, tokens, place)})"
    if claim.pattern.priority != winner.pattern.priority:
        return f"overlaps {other}, which has the higher priority"
    if claim.last - claim.first != winner.last - winner.first:
        return f"overlaps {other}, which is longer"
    reason = "begins earlier" if claim.first != winner.first else "has the earlier id"
    return f"overlaps {other}, which {reason}"


def _outcome(
    extraction: Extraction,
    place: Place,
    tokens: Sequence[Token],
    here: int,
    stand: Sequence[Claim],
    book: Rulebook,
) -> Iterator[str]:
    """What became of the number: value, comparison, ignored, unexplained, or claimed without a record."""
    start, end = place.view.span(place.start, place.end)
    text = repr(_line(place.view.text[place.start : place.end]))
    records = extraction.records
    of = [r for r in records if r.span.start < end and start < r.span.end]
    on = [r for r in records if any(c.span.start < end and start < c.span.end for c in r.comparisons)]
    for record in of:
        yield f"  {text} is the value of {record.indicator!r}, made by {record.rule}"
    for record in on:
        yield f"  {text} is in a comparison on {record.indicator!r}"
    if of or on:
        return
    for ignored in extraction.audit.ignored_numbers:
        if ignored.span.start < end and start < ignored.span.end:
            yield f"  {text} is ignored: {ignored.reason}"
            return
    yield f"  {text} is unexplained" if NUMBER.search(text) else f"  {text} is in no record"
    claim = next((c for c in stand if c.first <= here < c.last), None)
    if claim is not None:
        yield f"  {claim.pattern.id} claimed it, but made no record (no name, or a list that does not zip)"
        doubts = [issue for issue in extraction.issues if issue.code != "UNEXPLAINED_NUMBER"]
        for issue in doubts:
            if any(s.start < end and start < s.end for s in issue.spans):
                yield f"  {issue.code}: {issue.message_en}"
        return
    if not tokens[here].type.startswith(("qty_", "rank", "chain")):
        yield f"  it is no figure of its own: it stands in {_type(tokens[here])} {_line(tokens[here].text)!r}"
    stop = _nearest(tokens, here, book)
    if stop is None:
        yield "  no pattern comes near it"
        return
    behind = _type(tokens[stop.last]) if stop.last < len(tokens) else "the sentence's end"
    yield f"  nearest pattern: {stop.pattern.id}, which took {_words(stop.first, stop.last, tokens, place)!r}"
    yield f"  and stopped at {behind}; it wanted {' or '.join(stop.wanted[:WANTED]) or 'nothing more'}" + (
        " …" if len(stop.wanted) > WANTED else ""
    )


def _nearest(tokens: Sequence[Token], here: int, book: Rulebook) -> Stop | None:
    """The pattern that began the longest hit up to the number, or over it."""
    string = project(list(tokens), book)
    best: tuple[tuple[int, int, int], Pattern, int, int] | None = None
    for pattern in book.patterns:
        for first in range(max(0, here - REACH), here + 1):
            last = _reached(pattern, string, first, min(len(string), here + REACH))
            rank = (int(last > here), last - first, pattern.priority)
            if last > first and last >= here and (best is None or rank > best[0]):
                best = rank, pattern, first, last
    if best is None:
        return None
    _, pattern, first, last = best
    letters = {**book.alphabet, **{c: c for c in "，、；：（）。"}}
    wanted = [name for name, c in letters.items() if _partial(pattern, string[first:last] + c)]
    wanted.sort(key=lambda name: not name.startswith(("qty_", "rank", "chain")))
    return Stop(pattern, first, last, tuple(wanted))


def _reached(pattern: Pattern, string: str, first: int, limit: int) -> int:
    """Where the longest stretch from *first* ends that can still become a hit of *pattern*."""
    last = first
    while last < limit and _partial(pattern, string[first : last + 1]):
        last += 1
    return last


def _partial(pattern: Pattern, string: str) -> bool:
    try:
        return pattern.compiled.regex.fullmatch(string, partial=True, timeout=TIMEOUT) is not None
    except TimeoutError:
        return False


def _inside(record: Record, view: View) -> bool:
    return view.back[0] <= record.span.start < view.back[-1]


def _record(record: Record, document: Document, place: Place, book: Rulebook) -> Iterator[str]:
    """A record's fields, each with where it comes from where that is not plain."""
    mention = _line(document.text[record.span.start : record.span.end])
    value = "no value" if record.value is None else f"{record.value:f}"
    value += f"—{record.value_max:f}" if record.value_max is not None else ""
    yield f"  {mention}: {record.indicator} = {value} {record.unit or ''}".rstrip()
    yield f"    rule {record.rule}, measure {record.measure}, status {record.status}, bound {record.bound}"
    if record.indicator_text != record.indicator:
        yield f"    name as it stands: {_line(record.indicator_text)}"
    if record.indicator_id:
        yield f"    in the catalogue as {record.indicator_id}"
    if record.basis or record.action:
        yield f"    basis {record.basis or 'none'}, action {record.action or 'none'}"
    if record.base_value is not None:
        yield f"    in base units: {record.base_value:f} {record.base_unit or ''}".rstrip()
    yield f"    region {record.region or 'unknown'}"
    yield f"    period {_period(record, document, place, book)}"
    for comparison in record.comparisons:
        yield f"    comparison {_comparison(comparison)}"
    if record.flags:
        yield f"    flags {', '.join(record.flags)}"


def _comparison(c: Comparison) -> str:
    return " / ".join([c.relation, c.object, "null" if c.value is None else f"{c.value:f}", c.unit or "null"])


def _period(record: Record, document: Document, place: Place, book: Rulebook) -> str:
    period = record.period
    if period.start is None:
        return "unknown: neither the sentence nor the report says when"
    dates, text = f"{period.start} to {period.end}", _line(period.text)
    if not period.inferred:
        return f"{dates}: named in the sentence ({text})"
    articles = article_periods(blocks(document, book), document, book)
    context = block_context(place.block, document, book, articles)
    if context.span is None or (context.span.start, context.span.end) != (period.start, period.end):
        before, _, _ = place.block.view.text.partition(place.view.text)
        earlier = bool(text) and period.text in before
        how = "inherited from an earlier sentence of the paragraph" if earlier else "worked out from"
        return f"{dates}: {how} ({text})"
    own = document.period
    above = [h.text for h in reversed(place.block.headings) if context.text and context.text in h.text]
    if above and (own is None or (own.start, own.end) != (period.start, period.end)):
        return f"{dates}: inherited from the heading {_line(above[0])!r}"
    return f"{dates}: inherited from the report ({text or 'its date'})"


def _type(token: Token) -> str:
    """A mention's type in readable form; separators stand for themselves."""
    return token.type if len(token.type) == 1 else f"〔{token.type}〕"


def _line(text: str) -> str:
    """Text that cannot break a line or drive a terminal."""
    return re.sub(r" +", " ", "".join(c if c.isprintable() else " " for c in text)).strip()
