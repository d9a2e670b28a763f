"""Which time holds from where on: times that are named on the way to a claim, in their sentence and their paragraph."""

from __future__ import annotations

from govextract.match import Claim
from govextract.periods import Span, resolve
from govextract.reading import Reading, anchor_of
from govextract.tokens import HARD, Token


def place_of(reading: Reading, token: Token) -> str:
    """Where a time stands: at the head of the sentence, at the head of a clause, or inside one."""
    at = next(i for i, t in enumerate(reading.tokens) if t is token)
    start = at
    while start and reading.tokens[start - 1].type not in HARD:
        start -= 1
    before = "".join(t.text for t in reading.tokens[start:at] if t.type not in ("time", "no_time", "adverb", "plan"))
    if before and before not in reading.book.compiled["time_openers"]:
        return "inside"
    return "sentence" if start == 0 else "clause"


def part_of(span: Span, whole: Span | None) -> bool:
    """A month or quarter inside a longer report period holds for its own sentence only."""
    if whole is None or span.start == span.end:
        return False
    return whole.start <= span.start and span.end <= whole.end and (span.start, span.end) != (whole.start, whole.end)


def take_times(reading: Reading, left: list[Token], claim: Claim | None) -> None:
    """The last period named on the way to a claim holds from there on, to the paragraph's end."""
    tokens = [t for t in left if t.type == "time"]
    if reading.state.aside is not None and any(t.type == "；" for t in left):
        (reading.state.sentence_span, reading.state.span_text), reading.state.aside = reading.state.aside, None
    aside = any(t.type == "of_which" for t in left)
    if claim is not None:
        own = [t for t in reading.tokens[claim.first : claim.last] if t.type == "time"]
        if own:
            inner = {id(t) for key in ("whole", "object", "base") for t in claim.captures.get(key, [])}
            tokens += [t for t in own if id(t) not in inner]
    state = reading.state
    for token in tokens:
        place = place_of(reading, token)
        groups = token.time.match.groupdict()
        free = groups.get("point") or groups.get("rel")
        if place == "inside" and token.time.rule.norm in reading.book.head_only and not free:
            continue
        if reading.view.text.startswith(reading.book.aim_behind, token.end):
            continue
        if reading.view.text[: token.start].endswith(reading.book.base_before):
            continue
        anchor = anchor_of(reading)
        mention = token.time
        span = resolve(mention.rule.norm, mention.match, anchor)
        if span is None:
            continue
        if aside and state.aside is None:
            state.aside = state.sentence_span, state.span_text
        state.sentence_span, state.span_text = span, token.text
        if place == "sentence" and not part_of(span, reading.context.anchor.document):
            state.span, state.block_text = span, token.text
        if mention.match.groupdict().get("y") or mention.match.groupdict().get("rel"):
            state.year = int(span.end[:4])
