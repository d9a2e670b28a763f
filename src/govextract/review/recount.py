"""The audit after a review: every number is still accounted for, and what was rejected says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govextract.audit import NUMBER
from govextract.model import Audit, Ignored, Record, Span
from govextract.view import make_view

REJECTED = "rejected"  # the reason of a number that a person took out
Place = tuple[int, int]


def recounted(
    audit: Audit, text: str, before: Sequence[Record], after: Sequence[Record], dismissed: Iterable[Span] = ()
) -> Audit:
    """*audit* of the records *before*, as it is of those *after*; numbers in *dismissed* measure nothing.

    A number that stood in a record, or in its comparison, and stands in none any more is ignored as `rejected`.
    """
    values, compared = _numbers(before, text)
    values_now, compared_now = _numbers(after, text)
    freed = sorted((values | compared) - (values_now | compared_now))
    covered = [_place(span) for record in after for span in (record.span, *(c.span for c in record.comparisons))]
    away = [_place(span) for span in dismissed]
    ignored = [number for number in audit.ignored_numbers if not _inside(_place(number.span), covered)]
    unexplained = [number for number in audit.unexplained if not _inside(_place(number.span), covered)]
    ignored += [
        Ignored(text=number.text, span=number.span, reason=REJECTED)
        for number in unexplained
        if _inside(_place(number.span), away)
    ]
    unexplained = [number for number in unexplained if not _inside(_place(number.span), away)]
    ignored += [
        Ignored(text=make_view(text, start, end).text, span=Span(start=start, end=end), reason=REJECTED)
        for start, end in freed
    ]
    comparisons = audit.comparisons + len(compared_now) - len(compared)
    return Audit(
        numbers=audit.numbers,
        values=audit.numbers - comparisons - len(ignored) - len(unexplained),
        comparisons=comparisons,
        ignored=len(ignored),
        ignored_numbers=tuple(sorted(ignored, key=lambda number: (number.span.start, number.span.end))),
        unexplained=tuple(unexplained),
    )


def _numbers(records: Sequence[Record], text: str) -> tuple[set[Place], set[Place]]:
    """The numbers that stand in values, and those that stand in comparisons only."""
    values = {number for record in records for number in _within(record.span, text)}
    compared = {number for record in records for c in record.comparisons for number in _within(c.span, text)}
    return values, compared - values


def _within(span: Span, text: str) -> list[Place]:
    view = make_view(text, span.start, span.end)
    return [view.span(*found.span()) for found in NUMBER.finditer(view.text)]


def _place(span: Span) -> Place:
    return span.start, span.end


def _inside(place: Place, spans: Iterable[Place]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in spans)
