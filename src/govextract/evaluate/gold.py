"""Gold files: what a careful reader found in a report, in the format of `NAME.gold.jsonl` beside `NAME.txt`.

The first line holds `{"document": {…}}`, every other line one record: where it stands (`quote` and
`mention`, or `at`), what it says, and under `…_alt` what is just as right.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from govextract.errors import ReadError

Dates = tuple[str, str]
SENTENCE_END = re.compile("[。！？\n]")


@dataclass(frozen=True)
class GoldComparison:
    """A comparison as the gold has it."""

    relation: str
    object: str
    value: Decimal | None
    unit: str | None


@dataclass(frozen=True)
class GoldRecord:
    """One gold record. A plural field lists the best answer first, then what is just as right."""

    span: tuple[int, int]
    quote: str
    indicators: tuple[str, ...]
    measures: tuple[str, ...]
    value: Decimal | None
    value_max: Decimal | None
    units: tuple[str | None, ...]
    bounds: tuple[str, ...]
    bases: tuple[str | None, ...]
    statuses: tuple[str, ...]
    periods: tuple[Dates, ...]  # empty: the period is not judged
    region: str | None
    comparisons: tuple[tuple[GoldComparison, ...], ...]
    optional: bool  # a borderline record: finding it or not counts neither way


@dataclass(frozen=True)
class GoldReport:
    """The gold of one report."""

    name: str
    region: str | None
    records: tuple[GoldRecord, ...]
    genre: str = ""
    ends: tuple[int, ...] = ()  # where the report's sentences and lines end


def report_path(gold: Path) -> Path:
    """The report that a gold file speaks of."""
    return gold.with_name(gold.name.removesuffix(".gold.jsonl") + ".txt")


def load_gold(path: Path, text: str) -> GoldReport:
    """Read one gold file against the text of its report; all rows that are not in it are told at once."""
    rows = _rows(path)
    head: dict[str, Any] = next((row["document"] for row in rows if "document" in row), {})
    records: list[GoldRecord] = []
    problems: list[str] = []
    for line, row in enumerate(rows, 1):
        if "document" in row:
            continue
        try:
            span = _span(row, text)
            if span is None:
                where = f"{row.get('quote')!r} with {row.get('mention')!r}"
                problems.append(f"line {line}: {where} is not in the report")
            else:
                records.append(_record(row, span))
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            problems.append(f"line {line}: not a gold record: {error!r}")
    if problems:
        raise ReadError(path, "; ".join(problems))
    ends = tuple(m.start() for m in SENTENCE_END.finditer(text))
    name = path.name.removesuffix(".gold.jsonl")
    return GoldReport(name, head.get("region"), tuple(records), str(head.get("genre") or ""), ends)


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines if line.strip()]
    except OSError as error:
        raise ReadError(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:
        raise ReadError(path, f"is no JSON Lines in UTF-8: {error}") from error


def _span(row: dict[str, Any], text: str) -> tuple[int, int] | None:
    """Where the value of a row stands in the text."""
    if "at" in row:
        start, end = row["at"]
        return int(start), int(end)
    quote, mention = row.get("quote", ""), row.get("mention", "")
    at = _find(text, quote, row.get("occurrence", 0))
    inside = _find(quote, mention, row.get("mention_at", 0))
    if at < 0 or inside < 0:
        return None
    return at + inside, at + inside + len(mention)


def _find(text: str, part: str, occurrence: int) -> int:
    at = -1
    for _ in range(occurrence + 1 if part else 0):
        at = text.find(part, at + 1)
        if at < 0:
            break
    return at


def _record(row: dict[str, Any], span: tuple[int, int]) -> GoldRecord:
    period = row.get("period")
    lists = [row.get("comparisons") or [], *(row.get("comparisons_alt") or [])]
    return GoldRecord(
        span=span,
        quote=row.get("quote", ""),
        indicators=(row["indicator"], *(row.get("indicator_alt") or ())),
        measures=(row["measure"], *(row.get("measure_alt") or ())),
        value=_number(row.get("value")),
        value_max=_number(row.get("value_max")),
        units=(row.get("unit"), *(row.get("unit_alt") or ())),
        bounds=(row.get("bound") or "exact", *(row.get("bound_alt") or ())),
        bases=(row.get("basis"), *(row.get("basis_alt") or ())),
        statuses=(row.get("status") or "actual", *(row.get("status_alt") or ())),
        periods=tuple(_dates(p) for p in (period, *(row.get("period_alt") or ()))) if period else (),
        region=row.get("region"),
        comparisons=tuple(tuple(map(_comparison, comparisons)) for comparisons in lists),
        optional=bool(row.get("optional")),
    )


def _comparison(row: dict[str, Any]) -> GoldComparison:
    return GoldComparison(row["relation"], row.get("object") or "", _number(row.get("value")), row.get("unit"))


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _dates(period: list[str | None]) -> Dates:
    start, end = period
    return (start or "")[:10], (end or "")[:10]
