"""doccano: one line a report, `label` [[start, end, measure]]. What comes back may have `label` or `entities`.

doccano keeps places and labels, nothing else: of a figure that was marked there, the words say value and unit, and its
indicator is left empty for the review page.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.errors import ReadError
from govextract.export.json import line
from govextract.model import Span
from govextract.review.exchange.said import Said

if TYPE_CHECKING:
    from govextract.model import Extraction


def written(name: str, extraction: Extraction, reviewed: bool) -> dict[str, str]:
    """The line of a report. Overlapping spans want the project's `Allow overlapping spans`."""
    document = extraction.document
    labels = dict.fromkeys((r.span.start, r.span.end, r.measure) for r in extraction.records)
    row = {"text": document.text, "label": list(labels), "document": document.name, "sha256": document.sha256}
    return {f"{name}.doccano.jsonl": line(row) + "\n"}


def said(path: Path, extraction: Extraction) -> list[Said] | None:
    """What the line of a report says; None where the file has none."""
    text = extraction.document.text
    row = next((row for row in _rows(path) if (row.get("text") or row.get("data")) == text), None)
    if row is None:
        return None
    try:
        places = list(dict.fromkeys(_places(row)))
    except (KeyError, TypeError, ValueError) as error:
        raise ReadError(path, f"holds a label of another shape: {error!r}", "export it as JSONL") from None
    if any(not 0 <= start < end <= len(text) for start, end, _ in places):
        raise ReadError(path, "holds a label outside its text", "export it as JSONL")
    out = []
    for start, end, measure in places:
        # one mark stands for every record of its place and measure
        ids: list[str | None] = [
            r.id for r in extraction.records if (r.span.start, r.span.end, r.measure) == (start, end, measure)
        ]
        out += [Said(Span(start=start, end=end), {"measure": measure}, ident) for ident in ids or [None]]
    return out


def _places(row: dict[str, Any]) -> list[tuple[int, int, str]]:
    if "entities" in row:
        return [(int(e["start_offset"]), int(e["end_offset"]), str(e["label"])) for e in row["entities"]]
    marks = row["label"] if "label" in row else row["labels"]
    return [(int(start), int(end), str(measure)) for start, end, measure in marks]


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        rows = [json.loads(text) for text in path.read_text("utf-8").split("\n") if text.strip()]
    except OSError as error:
        raise ReadError(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    except ValueError:
        raise ReadError(path, "is no JSON Lines", "export it from doccano as JSONL") from None
    if not all(isinstance(row, dict) for row in rows):
        raise ReadError(path, "is no export of doccano", "export it from doccano as JSONL")
    return rows
