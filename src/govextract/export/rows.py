"""The flat view of an extraction: one row a record, one row a comparison. Every table starts here.

Records are many: their cells are made column by column, and what is made of a cell is made once for each different one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from govextract.model import Record, plain_number

if TYPE_CHECKING:
    from govextract.model import Comparison, Extraction

Row = dict[str, Any]
Cell = TypeVar("Cell", bound=Hashable)
Made = TypeVar("Made")
Columns = dict[str, tuple[str, str]]  # the column's name: its Chinese head, its Frictionless type

CHUNK = 1024  # records whose cells are made at a time: as many as a processor's cache holds

COLUMNS: Columns = {
    "id": ("编号", "string"),
    "document": ("文件", "string"),
    "region": ("地区", "string"),
    "region_code": ("行政区划代码", "string"),
    "indicator": ("指标", "string"),
    "action": ("动作", "string"),
    "value": ("数值", "number"),
    "value_max": ("数值上限", "number"),
    "unit": ("单位", "string"),
    "decimals": ("小数位数", "integer"),
    "period": ("时期", "string"),
    "period_start": ("时期起", "date"),
    "period_end": ("时期止", "date"),
    "period_inferred": ("时期系推断", "boolean"),
    "comparison": ("比较", "string"),
    "measure": ("度量", "string"),
    "basis": ("基期", "string"),
    "bound": ("界限", "string"),
    "status": ("性质", "string"),
    "base_value": ("基本单位数值", "number"),
    "base_unit": ("基本单位", "string"),
    "indicator_id": ("指标代码", "string"),
    "indicator_text": ("指标原文", "string"),
    "sentence": ("原句", "string"),
    "section": ("章节", "string"),
    "start": ("起始位置", "integer"),
    "end": ("结束位置", "integer"),
    "page": ("页", "integer"),
    "rule": ("规则", "string"),
    "confidence": ("置信度", "number"),
    "flags": ("标记", "string"),
}

COMPARISON_COLUMNS: Columns = {
    "record": ("记录编号", "string"),
    "document": ("文件", "string"),
    "indicator": ("指标", "string"),
    "relation": ("关系", "string"),
    "object": ("比较对象", "string"),
    "value": ("数值", "number"),
    "unit": ("单位", "string"),
    "start": ("起始位置", "integer"),
    "end": ("结束位置", "integer"),
    "object_record": ("对象记录编号", "string"),
}


ISSUE_COLUMNS: Columns = {
    "document": ("文件", "string"),
    "code": ("代码", "string"),
    "severity": ("级别", "string"),
    "check": ("检查", "string"),
    "message": ("说明", "string"),
    "arithmetic": ("算式", "string"),
    "suggestion": ("建议", "string"),
    "records": ("记录编号", "string"),
    "start": ("起始位置", "integer"),
    "end": ("结束位置", "integer"),
}


DOCUMENT_COLUMNS: Columns = {
    "document": ("文件", "string"),
    "sha256": ("摘要", "string"),
    "title": ("标题", "string"),
    "issuer": ("发布机构", "string"),
    "region": ("地区", "string"),
    "region_code": ("行政区划代码", "string"),
    "date": ("日期", "date"),
    "number": ("发文字号", "string"),
    "genre": ("体裁", "string"),
    "period": ("时期", "string"),
    "period_start": ("时期起", "date"),
    "period_end": ("时期止", "date"),
    "encoding": ("编码", "string"),
    "records": ("记录数", "integer"),
    "numbers": ("数字数", "integer"),
    "values": ("数值数", "integer"),
    "comparisons": ("比较数", "integer"),
    "ignored": ("忽略数", "integer"),
    "unexplained": ("未解释数", "integer"),
}


def heads(columns: Columns, lang: str) -> list[str]:
    """The column heads of a table in *lang*."""
    return [zh for zh, _ in columns.values()] if lang == "zh" else list(columns)


def record_rows(extraction: Extraction, lang: str = "en") -> Iterator[Row]:
    """One dict a record, in the order of COLUMNS; with `lang="zh"` its keys are the Chinese heads."""
    names = heads(COLUMNS, lang)
    kinds = [kind for _, kind in COLUMNS.values()]
    for columns in table_columns(extraction, ""):
        made = [each(_plain, cells) if kind == "number" else cells for kind, cells in zip(kinds, columns, strict=True)]
        for cells in zip(*made, strict=True):
            yield dict(zip(names, cells, strict=True))


def record_columns(records: Sequence[Record], document: str = "") -> dict[str, Sequence[Any]]:
    """The cells of *records*, at least one, by the columns of COLUMNS, in their order; numbers are Decimal still."""
    names = list(Record.model_fields)
    columns: dict[str, Sequence[Any]]
    columns = dict(zip(names, zip(*map(itemgetter(*names), map(vars, records)), strict=True), strict=True))
    periods, spans = columns["period"], columns["span"]
    columns |= {
        "document": [document] * len(records),
        "period": [period.text for period in periods],
        "period_start": [period.start for period in periods],
        "period_end": [period.end for period in periods],
        "period_inferred": [period.inferred for period in periods],
        "comparison": ["；".join(map(readable, found)) if found else "" for found in columns["comparisons"]],
        "section": each(" / ".join, columns["section"]),
        "start": [span.start for span in spans],
        "end": [span.end for span in spans],
        "flags": each(";".join, columns["flags"]),
    }
    return {name: columns[name] for name in COLUMNS}


def each(make: Callable[[Cell], Made], cells: Sequence[Cell]) -> list[Made]:
    """What *make* makes of each of *cells*: it is asked once for those that are equal, as most of a column are."""
    made = {cell: make(cell) for cell in set(cells)}
    return [made[cell] for cell in cells]


def comparison_rows(extraction: Extraction, lang: str = "en") -> Iterator[Row]:
    """One dict a comparison, in the order of COMPARISON_COLUMNS, with the id of the record it hangs on."""
    names = heads(COMPARISON_COLUMNS, lang)
    for record in extraction.records:
        for c in record.comparisons:
            cells = (
                record.id,
                extraction.document.name,
                record.indicator,
                c.relation,
                c.object,
                _number(c.value),
                c.unit,
                c.span.start,
                c.span.end,
                c.record,
            )
            yield dict(zip(names, cells, strict=True))


def issue_rows(extraction: Extraction, lang: str = "en") -> Iterator[Row]:
    """One dict an issue, in the order of ISSUE_COLUMNS; the records are ids, the figure that is doubted first."""
    names = heads(ISSUE_COLUMNS, lang)
    for issue in extraction.issues:
        first = issue.spans[0] if issue.spans else None
        cells = (
            extraction.document.name,
            issue.code,
            issue.severity,
            issue.check,
            issue.message_zh if lang == "zh" else issue.message_en,
            issue.arithmetic,
            issue.suggestion,
            ";".join(issue.records),
            first.start if first else None,
            first.end if first else None,
        )
        yield dict(zip(names, cells, strict=True))


def document_rows(extraction: Extraction, lang: str = "en") -> Iterator[Row]:
    """One dict: the document, and what became of its numbers, in the order of DOCUMENT_COLUMNS."""
    document, audit = extraction.document, extraction.audit
    period = document.period
    cells = (
        document.name,
        document.sha256,
        document.title,
        document.issuer,
        document.region,
        document.region_code,
        document.date,
        document.number,
        document.genre,
        period.text if period else None,
        period.start if period else None,
        period.end if period else None,
        document.encoding,
        len(extraction.records),
        audit.numbers,
        audit.values,
        audit.comparisons,
        audit.ignored,
        len(audit.unexplained),
    )
    yield dict(zip(heads(DOCUMENT_COLUMNS, lang), cells, strict=True))


# The tables of a report, by what stands between the file's name and its format.
TABLES: dict[str, tuple[Columns, Callable[[Extraction, str], Iterator[Row]]]] = {
    "": (COLUMNS, record_rows),
    ".comparisons": (COMPARISON_COLUMNS, comparison_rows),
    ".issues": (ISSUE_COLUMNS, issue_rows),
    ".documents": (DOCUMENT_COLUMNS, document_rows),
}


def table_columns(extraction: Extraction, ending: str, lang: str = "en") -> Iterator[list[Sequence[Any]]]:
    """The cells of one of TABLES, column by column, without their heads, of at most CHUNK records at a time. Numbers of
    records are Decimal still.
    """
    if ending:
        rows = [row.values() for row in TABLES[ending][1](extraction, lang)]
        if rows:
            yield list(zip(*rows, strict=True))
    else:
        for start in range(0, len(extraction.records), CHUNK):
            records = extraction.records[start : start + CHUNK]
            yield list(record_columns(records, extraction.document.name).values())


def readable(comparison: Comparison) -> str:
    """A comparison as a person would write it: 高于全国平均水平1.1个百分点, 居全国第2位, 与上海持平."""
    relation, target, value, unit = comparison.relation, comparison.object, comparison.value, comparison.unit
    if relation in ("持平", "同步"):
        return f"与{target}{relation}"
    if relation.startswith("最"):
        return target + relation
    if value is None:
        return relation + target
    amount = plain_text(value) + (unit or "")
    if unit in ("位", "名"):
        # 居全国前3位 already says its number
        return relation + target if target.endswith(unit) else f"{relation}{target}第{amount}"
    if relation == "完成":
        return f"{relation}{target}的{amount}"
    return relation + target + amount


def plain_text(value: Decimal) -> str:
    """A number as digits: no exponent, no trailing zeros."""
    if value == value.to_integral_value():
        return str(int(value))
    return format(value, "f").rstrip("0")


def printed(record: Record) -> str:
    """A record's figure as it stands in the text: 2386亿元, 5%—6%."""
    if record.value is None:
        return ""
    high = "" if record.value_max is None else "—" + plain_text(record.value_max)
    return plain_text(record.value) + high + (record.unit or "")


def _number(value: Decimal | None) -> int | float | None:
    return None if value is None else plain_number(value)


def _plain(value: Decimal | float | None) -> int | float | None:
    return plain_number(value) if isinstance(value, Decimal) else value


def as_float(value: Decimal | float | None) -> float | None:
    """A number where only floats are kept; a zero has no sign."""
    return None if value is None else float(value) or 0.0
