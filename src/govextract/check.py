"""Doubts about what was extracted: flags and numbers left unexplained. Never raises, never edits a value."""

from __future__ import annotations

from govextract.model import Audit, Document, Issue, Record
from govextract.rulebook import Rulebook


def check(
    document: Document, records: tuple[Record, ...], audit: Audit, book: Rulebook
) -> tuple[tuple[Record, ...], tuple[Issue, ...]]:
    """The records with their flags, and the issues."""
    issues: list[Issue] = []
    flagged: list[Record] = []
    for record in records:
        flags = list(record.flags)
        if not record.indicator:
            flags.append("NAME_MISSING")
            issues.append(_issue("NAME_MISSING", record, "没有找到指标名称，待核", "no name was found for this figure"))
        if record.period.start is None:
            flags.append("PERIOD_MISSING")
        flagged.append(record if not flags else record.model_copy(update={"flags": tuple(dict.fromkeys(flags))}))
    for number in audit.unexplained:
        issues.append(
            Issue.model_construct(
                code="UNEXPLAINED_NUMBER", severity="note", spans=(number.span,),
                message_zh=f"数字{number.text}未归入任何记录，待核",
                message_en=f"the number {number.text} is in no record",
            )
        )  # fmt: skip
    return tuple(flagged), tuple(issues)


def _issue(code: str, record: Record, zh: str, en: str) -> Issue:
    return Issue.model_construct(
        code=code, severity="warning", message_zh=zh, message_en=en, records=(record.id,), spans=(record.span,)
    )
