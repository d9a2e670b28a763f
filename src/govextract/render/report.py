"""What `parse` shows of a report: the first rows, the audit line, the issues."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from govextract.export.rows import plain_text, readable
from govextract.render.table import one_line, table

if TYPE_CHECKING:
    from govextract.model import Extraction, Issue, Period, Record

HEADS = {
    "en": ("indicator", "value", "unit", "period", "measure", "comparison"),
    "zh": ("指标", "数值", "单位", "时期", "度量", "比较"),
}
WIDEST = (30, 14, 12, 15, 16, 36)  # in terminal columns, one for each head
BOUNDS = {"exact": "", "about": "≈", "at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}
AUDIT = {
    "en": "{numbers} numbers: {values} values, {comparisons} comparisons, {ignored} ignored, {n} unexplained",
    "zh": "{numbers}个数字：数值{values}个，比较{comparisons}个，忽略{ignored}个，未解释{n}个",
}
NO_RECORDS = {"en": "no records", "zh": "没有记录"}
MORE = {"en": "… {n} more", "zh": "……另有 {n} 条"}


def summary(extraction: Extraction, lang: str = "en", audit: bool = False, rows: int = 10) -> str:
    """The first rows of a report, the audit line and the issues; with *audit* the unexplained numbers too."""
    document, records = extraction.document, extraction.records
    known = (document.name, document.title, document.region, document.date)
    lines = [" · ".join(one_line(part) for part in known if part), ""]
    if records:
        lines += table([HEADS[lang], *map(cells, records[:rows])], WIDEST, right={1})
        if len(records) > rows:
            lines.append(MORE[lang].format(n=len(records) - rows))
    else:
        lines.append(NO_RECORDS[lang])
    lines += ["", audit_line(extraction, lang)]
    lines += unexplained_lines(extraction) if audit else []
    return "\n".join([*lines, *(issue_line(issue, lang) for issue in extraction.issues)])


def remarks(extraction: Extraction, lang: str = "en", audit: bool = False) -> str:
    """What is said beside data on standard output: that there are no records, and the audit if asked for."""
    lines = [] if extraction.records else [f"{extraction.document.name}: {NO_RECORDS[lang]}"]
    lines += [audit_line(extraction, lang), *unexplained_lines(extraction)] if audit else []
    return "\n".join(lines)


def audit_line(extraction: Extraction, lang: str = "en") -> str:
    """What became of every number of the text."""
    audit = extraction.audit
    return AUDIT[lang].format(**dict(audit), n=len(audit.unexplained))


def unexplained_lines(extraction: Extraction) -> list[str]:
    """Every number that the rules still lack, with its place and its sentence."""
    return [
        f"  {number.text} at {number.span.start}: {one_line(number.sentence)}"
        for number in extraction.audit.unexplained
    ]


def issue_line(issue: Issue, lang: str = "en") -> str:
    """One doubt on one line."""
    message = issue.message_zh if lang == "zh" else issue.message_en
    hint = f" → {issue.suggestion}" if issue.suggestion else ""
    return one_line(f"{issue.severity} {issue.code}: {message}{hint}")


def cells(record: Record) -> tuple[str, ...]:
    """One record as the cells of the short table."""
    value = "" if record.value is None else BOUNDS[record.bound] + plain_text(record.value)
    if record.value_max is not None:
        value += "–" + plain_text(record.value_max)
    measure = f"{record.measure} {record.basis}" if record.basis else record.measure
    comparison = "；".join(map(readable, record.comparisons))
    return record.indicator, value, record.unit or "", _period(record.period), measure, comparison


def _period(period: Period) -> str:
    """2023, 2024-01/2024-06, 2024-06-30, or both dates."""
    start, end = period.start, period.end
    if not start or not end or start == end:
        return start or end or period.text
    if start[:4] == end[:4] and (start[5:], end[5:]) == ("01-01", "12-31"):
        return start[:4]
    if start.endswith("-01") and (date.fromisoformat(end) + timedelta(days=1)).day == 1:  # whole months
        return start[:7] if start[:7] == end[:7] else f"{start[:7]}/{end[:7]}"
    return f"{start}/{end}"
