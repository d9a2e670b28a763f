"""One sentence being read: what the steps of resolving share."""

from __future__ import annotations

from dataclasses import dataclass, field

from govextract import stdre
from govextract.context import BlockContext
from govextract.discourse import Discourse
from govextract.draft import Draft
from govextract.issues import make_issue
from govextract.model import Issue
from govextract.model import Span as ModelSpan
from govextract.periods import Anchor, Span
from govextract.rulebook import Rulebook
from govextract.structure import Block
from govextract.tokens import Token
from govextract.view import View


@dataclass(slots=True)
class Reading:
    """One sentence being read: its view, tokens, inherited context, the drafts made so far."""

    view: View
    tokens: list[Token]
    block: Block
    context: BlockContext
    book: Rulebook
    state: Discourse
    drafts: list[Draft] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    status: str = "actual"
    clause_status: str = ""
    document_region: str | None = None

    def issue(self, code: str, start: int, end: int, **words: str) -> None:
        """Note a doubt about the view's characters [start, end); *words* go into the code's message."""
        first, last = self.view.span(start, end)
        self.issues.append(make_issue(code, self.book, "list", (), (ModelSpan.made(start=first, end=last),), **words))


def anchor_of(reading: Reading) -> Anchor:
    """What relative times lean on here: the year that the paragraph has named goes before the section's."""
    anchor = reading.context.anchor
    if reading.state.year is None:
        return anchor
    return Anchor(reading.state.year, anchor.now, anchor.document, anchor.relative, anchor.to_now)


def period_of(reading: Reading) -> tuple[Span | None, str, bool]:
    """The period that holds now, its text, and whether it is inherited."""
    state = reading.state
    if state.sentence_span is not None:
        return state.sentence_span, state.span_text, False
    if state.of_which and state.span_before is not None:
        return *state.span_before, True
    if state.span is not None:
        return state.span, state.block_text, True
    return reading.context.span, reading.context.text, True


def strip_spaces(text: str) -> str:
    """A name without blanks."""
    return stdre.sub(r"\s", "", text)
