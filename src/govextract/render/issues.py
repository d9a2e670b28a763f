"""Issues as people and machines read them: by report with the quoted words, JSON, GitHub's annotations, SARIF."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from govextract import __version__
from govextract.counting import several
from govextract.model import plain_number
from govextract.render.table import one_line, width

if TYPE_CHECKING:
    from govextract.checks.folder import Checked
    from govextract.model import Extraction, Issue, Span

AROUND = 30  # characters of the text on either side of a figure
QUOTED = 3  # figures of one issue that are quoted
SEVERITIES = ("error", "warning", "note")
GITHUB = {"error": "error", "warning": "warning", "note": "notice"}
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
SUMMARY = {
    "en": "{report}, {record}: {error}, {warning}, {note}",
    "zh": "报告{report}份，记录{record}条：错误级{error}项，警示级{warning}项，提示级{note}项",
}


def text(checked: Checked, lang: str = "en", least: str = "note") -> str:
    """Grouped by report, the figure marked in its sentence; issues below *least* are only counted."""
    lines: list[str] = []
    last: int | None = None
    for at, issue in checked.found:
        if SEVERITIES.index(issue.severity) > SEVERITIES.index(least):
            continue
        if at != last:
            lines += [*([""] if lines else []), str(checked.paths[at]) if at >= 0 else "waivers"]
            last = at
        message = issue.message_zh if lang == "zh" else issue.message_en
        lines.append("  " + one_line(f"{issue.severity} {issue.code}: {message}"))
        if issue.suggestion:
            lines.append("    → " + one_line(issue.suggestion))
        if at >= 0:
            lines += _quotes(checked.extractions[at], issue)
    counts: Counter[str] = Counter(issue.severity for _, issue in checked.found)
    records = sum(len(extraction.records) for extraction in checked.extractions)
    told = {"report": len(checked.paths), "record": records} | {severity: counts[severity] for severity in SEVERITIES}
    words = told if lang == "zh" else {noun: several(count, noun) for noun, count in told.items()}
    lines += [
        "",
        SUMMARY[lang].format(**words),
    ]
    return "\n".join(lines)


def _quotes(extraction: Extraction, issue: Issue) -> list[str]:
    """Every figure marked in its sentence; where an output without the report's text was read, the sentences alone."""
    source = extraction.document.text
    if source:
        return [line for span in issue.spans[:QUOTED] for line in quoted(source, span)]
    sentences = {record.id: record.sentence for record in extraction.records}
    told = dict.fromkeys(sentences[ident] for ident in issue.records if ident in sentences)
    return [f"    {one_line(sentence)}" for sentence in list(told)[:QUOTED]]


def quoted(source: str, span: Span) -> list[str]:
    """The words round a figure, and a line of carets under it."""
    start = max(source.rfind("\n", 0, span.start) + 1, span.start - AROUND)
    end = source.find("\n", span.end)
    end = min(len(source) if end < 0 else end, span.end + AROUND)
    cuts = ((start, span.start), (span.start, span.end), (span.end, end))
    before, figure, after = (one_line(source[first:last]) for first, last in cuts)
    return [f"    {before}{figure}{after}", " " * (4 + width(before)) + "^" * max(1, width(figure))]


def as_json(checked: Checked) -> str:
    """One issue an object, with its report, its line and the words it quotes."""
    rows = [_row(checked, at, issue) for at, issue in checked.found]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=plain_number) + "\n"


def _row(checked: Checked, at: int, issue: Issue) -> dict[str, Any]:
    place: dict[str, Any] = {"report": None, "line": None, "quotes": []}
    if at >= 0:
        source = checked.extractions[at].document.text
        place["report"] = checked.paths[at].as_posix()
        place["line"] = _line(source, issue.spans[0])[0] if issue.spans else None
        place["quotes"] = [source[span.start : span.end] for span in issue.spans]
    return place | issue.plain()


def github(checked: Checked) -> str:
    """Workflow commands that GitHub shows beside the lines of the files."""
    return "".join(f"{line}\n" for line in _github(checked))


def _github(checked: Checked) -> Iterator[str]:
    for at, issue in checked.found:
        place = ""
        if at >= 0:
            place = f"file={_property(checked.paths[at].as_posix())}"
            if issue.spans:
                line, column = _line(checked.extractions[at].document.text, issue.spans[0])
                place += f",line={line},col={column}"
        title = f"title={issue.code}"
        message = one_line(issue.message_en + (f" → {issue.suggestion}" if issue.suggestion else ""))
        yield f"::{GITHUB[issue.severity]} {','.join(p for p in (place, title) if p)}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif(checked: Checked) -> str:
    """SARIF 2.1.0, which code hosts and editors read."""
    codes = sorted({issue.code for _, issue in checked.found})
    run = {
        "tool": {"driver": {"name": "govextract", "version": __version__, "rules": [{"id": code} for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(checked, at, issue, codes) for at, issue in checked.found],
    }
    return json.dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _result(checked: Checked, at: int, issue: Issue, codes: list[str]) -> dict[str, Any]:
    told = issue.message_zh + (f"（{issue.suggestion}）" if issue.suggestion else "")
    result: dict[str, Any] = {
        "ruleId": issue.code,
        "ruleIndex": codes.index(issue.code),
        "level": issue.severity,
        "message": {"text": told},
        "properties": {"check": issue.check, "records": list(issue.records), "arithmetic": issue.arithmetic},
    }
    if at >= 0:
        source, uri = checked.extractions[at].document.text, checked.paths[at].as_posix()
        result["locations"] = [
            {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": _region(source, span)}}
            for span in issue.spans
        ]
    return result


def _region(source: str, span: Span) -> dict[str, int]:
    (line, column), (last, end) = _line(source, span), _position(source, span.end)
    return {
        "startLine": line, "startColumn": column, "endLine": last, "endColumn": end,
        "charOffset": span.start, "charLength": span.end - span.start,
    }  # fmt: skip


def _line(source: str, span: Span) -> tuple[int, int]:
    return _position(source, span.start)


def _position(source: str, at: int) -> tuple[int, int]:
    """Line and column of an offset, from one."""
    return source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at)


FORMATS: dict[str, Callable[[Checked], str]] = {"json": as_json, "github": github, "sarif": sarif}
