"""A record in the making: plain, mutable, turned into the schema's Record at the end of the document."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from govextract.periods import Span


@dataclass(slots=True)
class ComparisonDraft:
    """A comparison in the making; the span is in the document's text."""

    relation: str
    object: str
    value: Decimal | None
    unit: str | None
    span: tuple[int, int]


@dataclass(slots=True)
class Draft:
    """A record in the making; spans are in the document's text."""

    span: tuple[int, int]
    name: str
    raw: str
    measure: str
    rule: str
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str | None = None
    mult: str = ""
    decimals: int | None = None
    bound: str = "exact"
    basis: str | None = None
    action: str | None = None
    status: str = "actual"
    region: str | None = None
    period: Span | None = None
    period_text: str = ""
    inferred: bool = True
    comparisons: list[ComparisonDraft] = field(default_factory=list)
    sentence: str = ""
    section: tuple[str, ...] = ()
    flags: list[str] = field(default_factory=list)
    carried: bool = False
    clause_start: int = 0
