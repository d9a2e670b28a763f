"""Where something stands, told by the text itself: its sentence, its words in it, and which of several it is.

A place told so is found again when offsets have moved: when the report is read anew, or cut from a larger file.
A sentence here is a stretch of the report's own text between 。！？ and line ends; page.js cuts them in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from govextract.model import Span

MARKS = "。！？\n"
END = re.compile(f"[{MARKS}]")
BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A mention in its sentence; both `…_at` count from 0 where the same words stand more than once."""

    sentence: str
    mention: str
    mention_at: int = 0
    sentence_at: int = 0


def sentence_span(text: str, span: Span) -> Span:
    """The sentence (or sentences) that *span* stands in, without blanks at its ends."""
    start = max(text.rfind(mark, 0, span.start) for mark in MARKS) + 1
    behind = END.search(text, max(span.end - 1, span.start))
    end = len(text) if behind is None else behind.end()
    while start < span.start and text[start].isspace():
        start += 1
    while end > span.end and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end)


def anchor_of(text: str, span: Span) -> Anchor:
    """How to find text[span] again."""
    around = sentence_span(text, span)
    sentence, mention = text[around.start : around.end], text[span.start : span.end]
    return Anchor(
        sentence=sentence,
        mention=mention,
        mention_at=_count(sentence, mention, span.start - around.start),
        sentence_at=_count(text, sentence, around.start),
    )


def find(text: str, anchor: Anchor) -> Span | None:
    """Where *anchor* stands in *text*; None where its sentence or its words are not there, or not that often.

    Blanks and line breaks do not count: a report that was wrapped in another way is the same report.
    """
    span = _find(text, anchor.sentence, anchor)
    if span is not None:
        return span
    back = [at for at, character in enumerate(text) if not character.isspace()]
    bare = Anchor(BLANK.sub("", anchor.sentence), BLANK.sub("", anchor.mention), anchor.mention_at, anchor.sentence_at)
    span = _find("".join(text[at] for at in back), bare.sentence, bare)
    return None if span is None else Span(start=back[span.start], end=back[span.end - 1] + 1)


def _find(text: str, sentence: str, anchor: Anchor) -> Span | None:
    if not sentence or not anchor.mention:
        return None
    at = _nth(text, sentence, anchor.sentence_at)
    if at < 0 and anchor.sentence_at and text.count(sentence) == 1:
        at = text.find(sentence)  # its twins have gone
    inside = _nth(sentence, anchor.mention, anchor.mention_at)
    if at < 0 or inside < 0:
        return None
    return Span(start=at + inside, end=at + inside + len(anchor.mention))


def _nth(text: str, part: str, occurrence: int) -> int:
    at = text.find(part)
    for _ in range(occurrence):
        if at < 0:
            break
        at = text.find(part, at + 1)
    return at


def _count(text: str, part: str, before: int) -> int:
    """How often *part* begins in *text* before the offset *before*."""
    number = 0
    at = text.find(part) if part else -1
    while 0 <= at < before:
        number += 1
        at = text.find(part, at + 1)
    return number
