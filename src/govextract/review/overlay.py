"""What a person wrote, laid over a record, or made into one: units, codes and base values come from the engine."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from govextract.model import Period
from govextract.parse import plain_decimal
from govextract.regions import code_of
from govextract.review.anchor import sentence_span
from govextract.units import base_of, multiplier_of
from govextract.view import make_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govextract.model import Document, Record, Span
    from govextract.review.decisions import Fields
    from govextract.rulebook import Rulebook

RULE = "human"  # the rule of a record that a person wrote or changed
SEEN, CHANGED, MADE = "REVIEWED", "EDITED", "ADDED"
MARKS = (SEEN, CHANGED, MADE)
# What has to be the same for two readings of a figure to agree. The words for its time are not its time.
MEANING = (
    "indicator", "action", "value", "value_max", "unit", "measure", "basis", "bound", "status", "period_start",
    "period_end", "region",
)  # fmt: skip


def agree(one: Fields, other: Fields) -> bool:
    """Whether two readings of a figure say the same."""
    return all(getattr(one, name) == getattr(other, name) for name in MEANING)


def marked(record: Record, mark: str) -> Record:
    """*record* as a person has left it: surely right, and flagged with what the person did."""
    flags = tuple(flag for flag in record.flags if flag not in MARKS)
    return record.model_copy(update={"flags": (*flags, mark), "confidence": 1.0})


def changed(record: Record, fields: Fields, document: Document, book: Rulebook) -> Record:
    """*record* with a person's *fields*; its id, its span, its comparisons and its evidence stay."""
    period = Period(
        text=fields.period, start=fields.period_start, end=fields.period_end, inferred=record.period.inferred
    )
    known = _known(fields, document, book)
    return marked(record.model_copy(update={**known, "period": period, "rule": RULE}), CHANGED)


def made(span: Span, fields: Fields, document: Document, others: Sequence[Record], book: Rulebook) -> Record:
    """A record of a person's *fields* at *span*; its headings are those of the record before it."""
    from govextract.model import Record

    around = sentence_span(document.text, span)
    sentence = make_view(document.text, around.start, around.end).text
    before = [record for record in others if record.span.start <= span.start]
    key = f"{document.sha256}|{span.start}|{span.end}|{fields.measure}|{fields.indicator}"
    bare = Record(
        id=sha256(key.encode()).hexdigest()[:16],
        span=span,
        indicator=fields.indicator,
        indicator_text=fields.indicator if fields.indicator in sentence else "",
        measure=fields.measure,
        period=Period(text="", start=None, end=None, inferred=fields.period not in sentence),
        sentence=sentence,
        section=before[-1].section if before else (),
        rule=RULE,
    )
    return marked(changed(bare, fields, document, book), MADE)


def _known(fields: Fields, document: Document, book: Rulebook) -> dict[str, object]:
    base_value, base_unit = base_of(fields.value, fields.unit, multiplier_of(fields.unit, book), book)
    own = document.region_code
    return {
        "indicator": fields.indicator,
        "indicator_id": book.indicator_id(fields.indicator),
        "action": fields.action,
        "measure": fields.measure,
        "value": fields.value,
        "value_max": fields.value_max,
        "unit": fields.unit,
        "decimals": _decimals(fields),
        "base_value": plain_decimal(base_value),
        "base_unit": fields.unit if fields.measure == "rank" else base_unit,
        "bound": fields.bound,
        "basis": fields.basis,
        "status": fields.status,
        "region": fields.region,
        "region_code": own if fields.region == document.region else code_of(fields.region, own, book),
    }


def _decimals(fields: Fields) -> int | None:
    if fields.decimals is not None or fields.value is None:
        return fields.decimals
    exponent = Decimal(fields.value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else None
