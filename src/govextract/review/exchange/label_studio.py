"""Label Studio: one task a report, a region a record, labelled by its measure, its other fields as texts of the region.

Offsets count UTF-16 units there, as JavaScript does; a region that carries its text is checked against it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from govextract import __version__
from govextract.errors import ReadError
from govextract.export.json import line
from govextract.export.rows import plain_text
from govextract.model import Measure, Span
from govextract.review.decisions import fields_of
from govextract.review.exchange.said import Said

if TYPE_CHECKING:
    from govextract.model import Extraction, Record

# The fields that are texts of a region, in the order of the form.
TEXTS = (
    "indicator", "value", "value_max", "unit", "bound", "basis", "status", "period_start", "period_end", "region",
)  # fmt: skip
NUMBERS = ("value", "value_max")


def written(name: str, extraction: Extraction, reviewed: bool) -> dict[str, str]:
    """The task with its predictions, with an annotation too where it was *reviewed*; and the labelling interface."""
    document = extraction.document
    results = [part for record in extraction.records for part in _region(record, document.text)]
    task: dict[str, Any] = {
        "data": {"text": document.text, "document": document.name, "sha256": document.sha256},
        "predictions": [{"model_version": f"govextract {__version__}", "result": results}],
    }
    if reviewed:
        task["annotations"] = [{"result": results}]
    return {f"{name}.label-studio.json": line([task]) + "\n", "label-studio.xml": interface()}


def interface() -> str:
    """The labelling interface that the tasks are made for."""
    labels = "\n".join(f'    <Label value="{measure}"/>' for measure in get_args(Measure))
    texts = "\n".join(
        f'  <TextArea name="{name}" toName="text" perRegion="true" maxSubmissions="1" editable="true" '
        f'placeholder="{name}"/>'
        for name in TEXTS
    )
    style = "<Style>.htx-text{ white-space: pre-wrap; }</Style>"
    return (
        f'<View>\n  {style}\n  <Labels name="measure" toName="text">\n{labels}\n  </Labels>\n'
        f'  <Text name="text" value="$text" granularity="symbol" saveTextResult="yes"/>\n{texts}\n</View>\n'
    )


def _region(record: Record, text: str) -> list[dict[str, Any]]:
    place = {"start": _units(text[: record.span.start]), "end": _units(text[: record.span.end])}
    mention = text[record.span.start : record.span.end]
    common = {"id": record.id, "to_name": "text"}
    value = {**place, "text": mention, "labels": [record.measure]}
    parts: list[dict[str, Any]] = [
        {**common, "from_name": "measure", "type": "labels", "value": value, "score": record.confidence}
    ]
    fields = fields_of(record)
    for name in TEXTS:
        shown = getattr(fields, name)
        if shown is not None:
            told = plain_text(shown) if name in NUMBERS else shown
            parts.append({**common, "from_name": name, "type": "textarea", "value": {**place, "text": [told]}})
    return parts


def said(path: Path, extraction: Extraction) -> list[Said] | None:
    """What the newest annotation of a report's task says; None where the file has no such task, or no annotation."""
    document = extraction.document
    tasks = [task for task in _tasks(path) if task.get("data", {}).get("text") == document.text]
    done = [a for task in tasks for a in task.get("annotations") or [] if not a.get("was_cancelled")]
    if not done:
        return None
    newest = max(done, key=lambda annotation: str(annotation.get("updated_at") or annotation.get("created_at") or ""))
    try:
        return _regions(newest["result"], document.text, path)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ReadError(path, f"holds a region of another shape: {error!r}", "export it as JSON") from None


def _tasks(path: Path) -> list[dict[str, Any]]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ReadError(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    except ValueError:
        raise ReadError(path, "is no whole JSON", "export it from Label Studio as JSON") from None
    tasks = content if isinstance(content, list) else [content]
    if not all(isinstance(task, dict) and isinstance(task.get("data"), dict) for task in tasks):
        raise ReadError(path, "holds no Label Studio tasks", "export it from Label Studio as JSON, not as JSON-MIN")
    return tasks


def _regions(results: list[dict[str, Any]], text: str, path: Path) -> list[Said]:
    regions: dict[str, dict[str, Any]] = {}
    for result in results:
        region = regions.setdefault(str(result["id"]), {"fields": {}, "texts": False})
        value = result["value"]
        if result["type"] == "labels":
            region["span"] = _span(value, text, path)
            region["fields"]["measure"] = value["labels"][0]
        elif result["type"] == "textarea" and result["from_name"] in TEXTS:
            told = value["text"][-1] if isinstance(value["text"], list) else value["text"]
            region["fields"][result["from_name"]] = told.strip() or None
            region["texts"] = True
    out = []
    for ident, region in regions.items():
        if "span" not in region:
            continue
        fields = region["fields"]
        if region["texts"]:  # a text that was emptied is not there at all
            fields = {**{name: None for name in TEXTS if name not in ("bound", "status", "indicator")}, **fields}
        out.append(Said(region["span"], fields, ident))
    return out


def _span(value: dict[str, Any], text: str, path: Path) -> Span:
    start, end = int(value["start"]), int(value["end"])
    wide = text.encode("utf-16-le", "surrogatepass")
    for low, high in (
        (len(wide[: start * 2].decode("utf-16-le", "replace")), len(wide[: end * 2].decode("utf-16-le", "replace"))),
        (start, end),
    ):
        if "text" not in value or text[low:high] == value["text"]:
            return Span(start=low, end=high)
    raise ReadError(path, f"region {value['text']!r} is not at {start}", "the task's text was changed")


def _units(text: str) -> int:
    """How many UTF-16 units a text has."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
