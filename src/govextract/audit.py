"""Every number of the text and what became of it: value, comparison, ignored with a reason, or unexplained."""

from __future__ import annotations

from bisect import bisect_right

from govextract import stdre
from govextract.model import Audit, Document, Ignored, Record, Span, Unexplained
from govextract.rulebook import Rulebook
from govextract.structure import Block
from govextract.tag import ignored_spans

NUMBER = stdre.compile(r"\d+(?:\.\d+)?")


def audit(
    document: Document,
    blocks: list[Block],
    records: tuple[Record, ...],
    times: list[tuple[int, int]],
    labels: list[tuple[int, int]],
    book: Rulebook,
) -> Audit:
    """Account for every figure in ASCII or full-width digits.

    `times` are the source spans of time expressions, `labels` those of the heads and labels of tables.
    """
    values = sorted({(r.span.start, r.span.end) for r in records})
    compared = sorted({(c.span.start, c.span.end) for r in records for c in r.comparisons})
    numbers = in_values = in_comparisons = 0
    ignored: list[Ignored] = []
    unexplained: list[Unexplained] = []
    for block in blocks:
        text = block.view.text
        reasons: list[tuple[tuple[int, int], str]] | None = None
        for m in NUMBER.finditer(text):
            numbers += 1
            start, end = block.view.span(m.start(), m.end())
            if covered(start, end, values):
                in_values += 1
            elif covered(start, end, compared):
                in_comparisons += 1
            else:
                if reasons is None:
                    reasons = [*ignored_spans(text, book, "hard"), *ignored_spans(text, book, "soft")]
                reason = "date" if covered(start, end, times) else ""
                reason = reason or next((why for (s, e), why in reasons if s <= m.start() and m.end() <= e), "")
                reason = reason or ("label" if covered(start, end, labels) else "")
                if reason:
                    ignored.append(Ignored.made(text=m[0], span=Span.made(start=start, end=end), reason=reason))
                else:
                    unexplained.append(
                        Unexplained.made(
                            text=m[0], span=Span.made(start=start, end=end), sentence=_sentence(block, start)
                        )
                    )
    return Audit.model_construct(
        numbers=numbers, values=in_values, comparisons=in_comparisons, ignored=len(ignored),
        ignored_numbers=tuple(ignored), unexplained=tuple(unexplained),
    )  # fmt: skip


def covered(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether one of the sorted *spans* holds [start, end)."""
    at = bisect_right(spans, (start, 1 << 62))
    return any(s <= start and end <= e for s, e in spans[max(0, at - 4) : at])


def _sentence(block: Block, start: int) -> str:
    for sentence in block.sentences:
        if sentence.back[0] <= start < sentence.back[-1]:
            return sentence.text
    return block.view.text
