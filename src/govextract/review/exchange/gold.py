"""Gold, NAME.gold.jsonl beside NAME.txt: what `govextract eval` measures against. A figure hangs on its sentence.

A record that nobody has decided about is not vouched for: it is `optional`, so that finding it or not counts neither
way.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.evaluate.gold import load_gold
from govextract.export.json import line
from govextract.model import Span
from govextract.review.anchor import anchor_of
from govextract.review.exchange.said import Said
from govextract.review.overlay import MARKS

if TYPE_CHECKING:
    from govextract.model import Comparison, Extraction, Record

ENDING = ".gold.jsonl"


def written(name: str, extraction: Extraction, reviewed: bool) -> dict[str, str]:
    """The gold, the report's text, and where and when it belongs."""
    document = extraction.document
    period = document.period
    head = {
        "title": document.title,
        "issuer": document.issuer,
        "region": document.region,
        "date": document.date,
        "genre": document.genre,
        "period": [period.start, period.end] if period else None,
    }
    shared = Counter((record.span.start, record.span.end) for record in extraction.records)
    rows = [{"document": {key: value for key, value in head.items() if value}}]
    rows += [_row(record, extraction, shared) for record in extraction.records]
    where = {key: value for key, value in head.items() if value and key in ("region", "date")}
    return {
        name + ENDING: "".join(line(row) + "\n" for row in rows),
        name + ".txt": document.text,
        name + ".meta.json": line(where) + "\n",  # the text alone may not say it
    }


def _row(record: Record, extraction: Extraction, shared: Counter[tuple[int, int]]) -> dict[str, Any]:
    document = extraction.document
    anchor = anchor_of(document.text, record.span)
    row: dict[str, Any] = {"quote": anchor.sentence, "mention": anchor.mention}
    if anchor.sentence_at or document.text.count(anchor.sentence) > 1:
        row["occurrence"] = anchor.sentence_at
    if anchor.mention_at:
        row["mention_at"] = anchor.mention_at
    row |= {"indicator": record.indicator, "measure": record.measure, "value": record.value}
    said = {
        "value_max": record.value_max,
        "unit": record.unit,
        "bound": None if record.bound == "exact" else record.bound,
        "basis": record.basis,
        "period": [record.period.start, record.period.end] if record.period.start else None,
        "status": None if record.status == "actual" else record.status,
        "region": None if record.region == document.region else record.region,
        "comparisons": [_comparison(c, document.text) for c in record.comparisons] or None,
        "shared": shared[record.span.start, record.span.end] > 1 or None,
        "optional": None if set(record.flags) & set(MARKS) else True,
    }
    return row | {key: value for key, value in said.items() if value is not None}


def _comparison(comparison: Comparison, text: str) -> dict[str, Any]:
    row: dict[str, Any] = {"relation": comparison.relation, "object": comparison.object}
    if comparison.value is not None:
        row |= {"value": comparison.value, "unit": comparison.unit}
        row["mention"] = text[comparison.span.start : comparison.span.end]
    return row


def said(path: Path, extraction: Extraction) -> list[Said] | None:
    """What a gold file says; None where it is another report's."""
    if path.name.removesuffix(ENDING) != extraction.document.name:
        return None
    gold = load_gold(path, extraction.document.text)
    out = []
    for row in gold.records:
        fields: dict[str, Any] = {
            "indicator": row.indicators[0], "measure": row.measures[0], "value": row.value, "value_max": row.value_max,
            "unit": row.units[0], "bound": row.bounds[0], "basis": row.bases[0], "status": row.statuses[0],
        }  # fmt: skip
        if row.periods:
            start, end = row.periods[0]
            fields |= {"period_start": start or None, "period_end": end or None}
        if row.region is not None:
            fields["region"] = row.region
        out.append(Said(Span(start=row.span[0], end=row.span[1]), fields))
    return out
