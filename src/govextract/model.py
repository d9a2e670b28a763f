"""What govextract produces: documents, records, comparisons, issues, the audit.

The pydantic models here are the single source of the output's schema (`govextract schema`).
Spans are half-open code-point offsets into `Document.text`; times are ISO dates; numbers are Decimal.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = "1"

Measure = Literal["level", "growth", "change", "share", "contribution", "rank", "gap", "qualitative"]
Bound = Literal["exact", "about", "at_least", "more_than", "at_most", "less_than"]
Status = Literal["actual", "target", "policy"]
Severity = Literal["error", "warning", "note"]


def plain_number(value: Decimal) -> int | float:
    """A JSON number without float noise: integral values as int, others through the shortest repr."""
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[Decimal, PlainSerializer(plain_number, return_type=Any, when_used="json")]


class _Frozen(BaseModel):
    # The engine makes its results with `model_construct`, so that one cold run need not build eleven validators;
    # tests validate every output against these models.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def made(cls, **values: Any) -> Self:
        """An instance of values that are known to be right, every field given: `model_construct` without its loops."""
        made = cls.__new__(cls)
        set_plain = object.__setattr__
        set_plain(made, "__dict__", values)
        set_plain(made, "__pydantic_fields_set__", set(values))
        set_plain(made, "__pydantic_extra__", None)
        set_plain(made, "__pydantic_private__", None)
        return made

    def plain(self) -> dict[str, Any]:
        """The fields as plain objects (Decimal stays), in order, without those that are not exported."""
        fields = type(self).model_fields
        return {name: _plain(getattr(self, name)) for name, field in fields.items() if not field.exclude}


def _plain(value: Any) -> Any:
    if isinstance(value, _Frozen):
        return value.plain()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


class Span(_Frozen):
    """Half-open code-point offsets into the document's own text."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


class Period(_Frozen):
    """The time a value speaks of, as inclusive ISO dates; `inferred` where the sentence does not name it."""

    text: str
    start: str | None
    end: str | None
    inferred: bool = False


class Comparison(_Frozen):
    """A relation to anything but a time: 高于 / 全国平均水平 / 1.1 / 个百分点.

    `record` is the id of the record that states the object, where the document does (the goal, the nation's figure).
    """

    relation: str
    object: str
    value: Number | None = None
    unit: str | None = None
    span: Span
    record: str | None = None


class Record(_Frozen):
    """One number that a report states about one indicator: one row of every export.

    Value: signed, in `unit` as written; `base_value` is multiplied out into `base_unit`.
    Source: `document.text[span.start:span.end]` is the mention, on `page` of a PDF; `rule` is the pattern that made it.
    """

    id: str
    span: Span
    page: Annotated[int, Field(ge=1)] | None = None
    indicator: str
    indicator_text: str
    indicator_id: str | None = None
    action: str | None = None
    measure: Measure
    value: Number | None = None
    value_max: Number | None = None
    unit: str | None = None
    decimals: int | None = None
    base_value: Number | None = None
    base_unit: str | None = None
    bound: Bound = "exact"
    basis: str | None = None
    period: Period
    status: Status = "actual"
    region: str | None = None
    region_code: str | None = None
    comparisons: tuple[Comparison, ...] = ()
    sentence: str
    section: tuple[str, ...] = ()
    rule: str
    confidence: float = 1.0
    flags: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The fields as plain objects. There are many records: this knows its fields instead of asking for them."""
        fields = dict(self.__dict__)
        fields["span"] = dict(self.span.__dict__)
        fields["period"] = dict(self.period.__dict__)
        fields["comparisons"] = [{**c.__dict__, "span": dict(c.span.__dict__)} for c in self.comparisons]
        fields["section"], fields["flags"] = list(self.section), list(self.flags)
        return fields


class Issue(_Frozen):
    """A doubt: what to look at (待核), never a verdict about the source.

    `check` is the entry of rules/checks that objects; `arithmetic` what it computed; `suggestion` what was probably
    meant. The figure that is doubted is the first of `records` and `spans`.
    """

    code: str
    severity: Severity
    check: str = ""
    message_zh: str
    message_en: str
    records: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    arithmetic: str | None = None
    suggestion: str | None = None


class Unexplained(_Frozen):
    """A number of the text that is neither value, comparison nor ignored with a reason."""

    text: str
    span: Span
    sentence: str


class Ignored(_Frozen):
    """A number that measures nothing, with the reason: date, name, slogan, ordinal, outline, threshold, grade …"""

    text: str
    span: Span
    reason: str


class Audit(_Frozen):
    """Every number of the text and what became of it: values + comparisons + ignored + unexplained = numbers."""

    numbers: int
    values: int
    comparisons: int
    ignored: int
    ignored_numbers: tuple[Ignored, ...] = ()
    unexplained: tuple[Unexplained, ...] = ()


class Table(_Frozen):
    """A table of the source: its span, and the span of every cell, row by row.

    A merged cell stands again at each place that it covers; rows are equally long; an empty cell is an empty span.
    """

    span: Span
    rows: tuple[tuple[Span, ...], ...]


class Document(_Frozen):
    """A report's text and where and when it belongs. `text` is what every span points into.

    `number` is its own (云政发〔2024〕3号); `published` is the day that a web page gives as its own, days behind the
    report's; `tables` are those of a web page or a Word file; `pages` is where each page of a PDF begins in `text`.
    """

    name: str
    text: Annotated[str, Field(exclude=True, repr=False)]
    title: str | None = None
    issuer: str | None = None
    region: str | None = None
    region_code: str | None = None
    date: str | None = None
    number: str | None = None
    genre: str | None = None
    period: Period | None = None
    sha256: str = ""
    encoding: str = "utf-8"
    published: Annotated[str | None, Field(exclude=True, repr=False)] = None
    tables: Annotated[tuple[Table, ...], Field(exclude=True, repr=False)] = ()
    pages: Annotated[tuple[int, ...], Field(exclude=True, repr=False)] = ()


class Extraction(_Frozen):
    """All that one report yields."""

    schema_version: str = SCHEMA_VERSION
    document: Document
    records: tuple[Record, ...]
    issues: tuple[Issue, ...] = ()
    audit: Audit

    def to_frame(self) -> pd.DataFrame:
        """The records as a pandas DataFrame with the columns of the CSV export."""
        import pandas as pd

        from govextract.export.rows import COLUMNS, record_rows

        return pd.DataFrame(list(record_rows(self)), columns=list(COLUMNS))

    def to_dict(self) -> dict[str, Any]:
        """The JSON output as plain Python objects."""
        content: dict[str, Any] = _numbers(self.plain())
        return content


def _numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    return plain_number(value) if isinstance(value, Decimal) else value
