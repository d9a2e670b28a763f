"""What a person says about the records of a report, in whatever tool, as decisions: only what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

from pydantic import ValidationError

from govextract.errors import GovextractError
from govextract.lexicon import prepare
from govextract.model import Span
from govextract.quantities import find_quantities
from govextract.review.decisions import Decision, Fields, fields_of, make_decision
from govextract.view import make_view

if TYPE_CHECKING:
    from govextract.model import Extraction, Record
    from govextract.rulebook import Rulebook


class About(TypedDict):
    """What all decisions about a report share."""

    document: str
    sha256: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class Said:
    """One record as a person left it: where it stands, and those of its fields that the tool shows."""

    span: Span
    fields: dict[str, Any] = field(default_factory=dict)  # by the names of `Fields`
    record: str | None = None  # its id, where the tool kept it


def decisions_of(
    extraction: Extraction, said: Sequence[Said], book: Rulebook, *, unchanged: bool, reviewer: str = ""
) -> list[Decision]:
    """What changed between *extraction* and what is *said* of it; with *unchanged*, the rest as accepted."""
    prepare(book)
    document = extraction.document
    pairs, lost, fresh = _paired(extraction.records, said)
    about: About = {"document": document.name, "sha256": document.sha256, "reviewer": reviewer}
    made = []
    for record, one in pairs:
        before = fields_of(record)
        after = _fields({**before.model_dump(), **one.fields}, one, extraction)
        if after != before:
            made.append(make_decision(document.text, record.span, decision="edit", record=record, after=after, **about))
        elif unchanged:
            made.append(make_decision(document.text, record.span, decision="accept", record=record, **about))
    for record in lost:
        made.append(make_decision(document.text, record.span, decision="reject", record=record, **about))
    for one in fresh:
        after = _fields({**_guessed(one, extraction, book), **one.fields}, one, extraction)
        made.append(make_decision(document.text, one.span, decision="add", after=after, **about))
    return sorted(made, key=lambda decision: (decision.span.start, decision.span.end))


def _fields(values: dict[str, Any], one: Said, extraction: Extraction) -> Fields:
    try:
        return Fields.model_validate(values)
    except ValidationError as error:
        document, first = extraction.document, error.errors()[0]
        mention = document.text[one.span.start : one.span.end]
        where = ".".join(map(str, first["loc"]))
        raise GovextractError(f"{document.name}: {mention!r}: {where} {first['input']!r} cannot be") from None


def _paired(
    records: Sequence[Record], said: Sequence[Said]
) -> tuple[list[tuple[Record, Said]], list[Record], list[Said]]:
    """Records with what is said of them, by id or by place and likeness; records that are gone; what is new."""
    left = list(records)
    pairs, rest = [], list(said)
    for alike in (_same_record, _same_name, _same_measure, _same_place):
        waiting = []
        for one in rest:
            found = next((record for record in left if alike(record, one)), None)
            if found is None:
                waiting.append(one)
            else:
                left.remove(found)
                pairs.append((found, one))
        rest = waiting
    return pairs, left, rest


def _same_place(record: Record, one: Said) -> bool:
    return (record.span.start, record.span.end) == (one.span.start, one.span.end)


def _same_record(record: Record, one: Said) -> bool:
    return record.id == one.record and _same_place(record, one)


def _same_name(record: Record, one: Said) -> bool:
    named = one.fields.get("indicator", record.indicator) == record.indicator
    return _same_place(record, one) and named and _same_measure(record, one)


def _same_measure(record: Record, one: Said) -> bool:
    return _same_place(record, one) and one.fields.get("measure", record.measure) == record.measure


def _guessed(one: Said, extraction: Extraction, book: Rulebook) -> dict[str, Any]:
    """What the words of a new record say of themselves; its time is that of the record before it."""
    text = make_view(extraction.document.text, one.span.start, one.span.end).text
    found = next(iter(find_quantities(text, book, [])), None)
    before = [record for record in extraction.records if record.span.start <= one.span.start]
    time = before[-1].period if before else extraction.document.period
    guessed: dict[str, Any] = {"indicator": "", "region": extraction.document.region}
    if found is not None:
        guessed |= {"value": found.value, "value_max": found.value_max, "unit": found.unit, "decimals": found.decimals}
    if time is not None:
        guessed |= {"period": time.text, "period_start": time.start, "period_end": time.end}
    return guessed
