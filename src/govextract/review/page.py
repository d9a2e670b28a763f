"""The review page: every figure of some reports in its sentence, in one HTML file that needs nothing else.

The page is a template with one script and one style (`assets/`), which its policy allows by their hashes, and the data
as JSON. Nothing of a report becomes markup: the script puts it there as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from govextract.export.files import encoded
from govextract.export.json import line
from govextract.export.rows import printed, readable
from govextract.model import Span
from govextract.review.anchor import sentence_span
from govextract.review.charts import charts
from govextract.review.decisions import DECISIONS_VERSION, Decision, decisions_text, fields_of, latest

if TYPE_CHECKING:
    from govextract.model import Audit, Document, Extraction, Issue, Record

FAR = 1000  # characters before a figure in which words that it inherits are looked for
SCRIPTS = ("state.js", "report.js", "table.js", "detail.js", "head.js", "files.js", "main.js")
PLACE = re.compile(r"\{\{(\w+)\}\}")


def page(extractions: Sequence[Extraction], lang: str = "en", decisions: Sequence[Decision] = ()) -> str:
    """The page over *extractions*, whose documents hold their text, opening in *lang* (zh or en).

    It begins with the *decisions* about its reports, beside those that the browser has kept.
    """
    script = '(() => {\n"use strict";\n' + "\n".join(map(_asset, SCRIPTS)) + "})();\n"
    style = _asset("page.css")
    drawn, shown = charts(extractions, lang)
    data = {
        "lang": lang,
        "schema_version": DECISIONS_VERSION,
        "documents": [_document(extraction, decisions, shown) for extraction in extractions],
        "charts": drawn,
    }
    names = ", ".join(extraction.document.name for extraction in extractions)
    filled = {
        "SCRIPT_HASH": _hash(script),
        "STYLE_HASH": _hash(style),
        "LANG": "zh-CN" if lang == "zh" else "en",
        "TITLE": _escaped(f"{names} · govextract"[:120]),
        "STYLE": style,
        "TEXTS": embedded(json.loads(_asset("texts.json"))),
        "DATA": embedded(data),
        "SCRIPT": script,
    }
    # In one pass: what is filled in is never searched for places.
    return PLACE.sub(lambda found: filled[found[1]], _asset("page.html"))


def embedded(value: Any) -> str:
    """JSON that may stand in a script element: no `<` can end it, no line separator can break it."""
    text = line(value).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # a lone surrogate is its escape, in JSON too


def _asset(name: str) -> str:
    return files("govextract.review").joinpath("assets", name).read_text("utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _escaped(text: str) -> str:
    whole = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return whole.encode("utf-8", "replace").decode("utf-8")


def _document(
    extraction: Extraction, decisions: Sequence[Decision], shown: dict[tuple[str, str], int]
) -> dict[str, Any]:
    document = extraction.document
    own = latest(decision for decision in decisions if decision.speaks_of(document))
    number = {record.id: at for at, record in enumerate(extraction.records)}
    return {
        "name": document.name,
        "sha256": document.sha256,
        "title": document.title,
        "region": document.region,
        "date": document.date,
        "period": document.period and [document.period.text, document.period.start, document.period.end],
        "text": document.text,
        "headings": headings(extraction),
        "records": [_record(r, document, shown.get((document.sha256, r.id))) for r in extraction.records],
        "issues": [_issue(issue, number) for issue in extraction.issues],
        "audit": _audit(extraction.audit),
        "decisions": [decision.model_dump(mode="json") for decision in own],
        "given": hashlib.sha256(encoded(decisions_text(own))).hexdigest() if own else "",
    }


def headings(extraction: Extraction) -> list[tuple[int, int, int]]:
    """[start, end, level] of every line, or head of a line, that a record's section names; level 0 is the title."""
    levels: dict[str, int] = {}
    for record in extraction.records:
        for level, heading in enumerate(record.section, 1):
            levels.setdefault(heading, level)
    title = (extraction.document.title or "").strip()
    out, at = [], 0
    for whole in extraction.document.text.split("\n"):
        shown = whole.strip()
        start = at + whole.find(shown)
        at += len(whole) + 1
        bare = shown.lstrip("#* ").rstrip("* ")
        if shown and title and title == bare:
            out.append((start, start + len(shown), 0))
            title = ""
        elif bare:
            found = max((h for h in levels if bare.startswith(h)), key=len, default="")
            if found:
                end = start + shown.find(found) + len(found)
                out.append((start, end, levels[found]))
    return out


def _record(record: Record, document: Document, chart: int | None) -> dict[str, Any]:
    subject, time = inherited(record, document.text)
    fields = fields_of(record)
    return {
        "id": record.id,
        "at": _pair(record.span),
        "fields": fields.model_dump(mode="python", exclude_defaults=True),
        "figure": printed(record),
        "text": record.indicator_text,
        "inferred": record.period.inferred,
        "comparisons": [[readable(c), *_pair(c.span), c.record or ""] for c in record.comparisons],
        "rule": record.rule,
        "confidence": record.confidence,
        "flags": list(record.flags),
        "subject": subject and _pair(subject),
        "time": time and _pair(time),
        "chart": chart,
    }


def inherited(record: Record, text: str) -> tuple[Span | None, Span | None]:
    """Where the words for what is measured, and for its time, stand: in the sentence, or nearest before it.

    None where they do not stand in the text as the record has them: nothing is guessed.
    """
    around = sentence_span(text, record.span)
    return _words(record.indicator_text, record.span, around, text, FAR), _words(
        record.period.text, record.span, around, text, len(text)
    )


def _words(words: str, span: Span, around: Span, text: str, far: int) -> Span | None:
    if not words:
        return None
    at = text.rfind(words, around.start, span.start)
    if at < 0:
        at = text.find(words, span.start, around.end)
    if at < 0:
        at = text.rfind(words, max(0, around.start - far), around.start)
    return None if at < 0 else Span(start=at, end=at + len(words))


def _issue(issue: Issue, number: dict[str, int]) -> dict[str, Any]:
    return {
        "code": issue.code,
        "severity": issue.severity,
        "zh": issue.message_zh,
        "en": issue.message_en,
        "records": [number[ident] for ident in issue.records if ident in number],
        "spans": [_pair(span) for span in issue.spans],
        "arithmetic": issue.arithmetic,
        "suggestion": issue.suggestion,
    }


def _audit(audit: Audit) -> dict[str, Any]:
    return {
        "numbers": audit.numbers,
        "values": audit.values,
        "comparisons": audit.comparisons,
        "ignored": audit.ignored,
        "ignored_numbers": [[*_pair(n.span), n.reason] for n in audit.ignored_numbers],
        "unexplained": [[*_pair(n.span), n.text] for n in audit.unexplained],
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
