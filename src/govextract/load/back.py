"""Extractions back out of a database, as they were loaded; of the audit the counts alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govextract.load.store import LoadError, refuse_newer
from govextract.load.tables import COMPARISON, DOCUMENT, ISSUE, RECORD, Table
from govextract.model import Audit, Comparison, Document, Extraction, Issue, Period, Record, Span

if TYPE_CHECKING:
    from govextract.load.store import Store

NUMBERS = ("value", "value_max", "base_value")


def extractions_of(store: Store) -> Iterator[Extraction]:
    """Every document of *store* with its records and issues, in the order of names."""
    if "govextract_schema" not in store.tables():
        raise LoadError(store.url, "holds no figures", "fill it with govextract load")
    version = refuse_newer(store)

    def rows(table: Table, rest: str, *values: str) -> Iterator[dict[str, Any]]:
        return _rows(store, version, table, rest, *values)

    for row in rows(DOCUMENT, "ORDER BY name, document"):
        start, end = _text(row["period_start"]), _text(row["period_end"])
        document = Document(
            name=row["name"], text=row["content"] or "", title=row["title"], issuer=row["issuer"], region=row["region"],
            region_code=row["region_code"], date=_text(row["date"]), number=row["number"], genre=row["genre"],
            sha256=row["document"], period=Period(text="", start=start, end=end) if start else None,
            encoding=row["encoding"] or "utf-8",
        )  # fmt: skip
        of = "WHERE document = ? ORDER BY"
        comparisons: dict[int, list[Comparison]] = {}
        for found in rows(COMPARISON, f"{of} record, ord", row["document"]):
            comparisons.setdefault(found["record"], []).append(_comparison(found))
        records = tuple(
            _record(found, tuple(comparisons.get(found["ord"], ())))
            for found in rows(RECORD, f"{of} ord", row["document"])
        )
        issues = tuple(_issue(found) for found in rows(ISSUE, f"{of} ord", row["document"]))
        compared = sum(map(len, comparisons.values()))
        audit = Audit(numbers=row["numbers"], values=len(records), comparisons=compared, ignored=0)
        yield Extraction(document=document, records=records, issues=issues, audit=audit)


def _rows(store: Store, version: int, table: Table, rest: str, *values: str) -> Iterator[dict[str, Any]]:
    """Rows by their columns; one that the database's schema version does not have yet is empty."""
    columns = [column.name for column in table.columns if column.since <= version]
    later = dict.fromkeys(column.name for column in table.columns if column.since > version)
    for cells in store.execute(store.sql(f"SELECT {', '.join(columns)} FROM {table.name} {rest}"), values):
        yield dict(zip(columns, cells, strict=True)) | later


def _comparison(row: dict[str, Any]) -> Comparison:
    span = Span(start=row["span_start"], end=row["span_end"])
    return Comparison(
        relation=row["relation"], object=row["object"], value=_number(row["value"]), unit=row["unit"], span=span,
        record=row["object_record"],
    )  # fmt: skip


def _record(row: dict[str, Any], comparisons: tuple[Comparison, ...]) -> Record:
    row |= {name: _number(row[name]) for name in NUMBERS}
    start, end = _text(row["period_start"]), _text(row["period_end"])
    kept = {name: row[name] for name in Record.model_fields if name in row}
    return Record(
        **kept
        | {
            "span": Span(start=row["span_start"], end=row["span_end"]),
            "period": Period(
                text=row["period_text"] or "", start=start, end=end, inferred=bool(row["period_inferred"])
            ),
            "comparisons": comparisons,
            "section": tuple(row["section"].split(" / ")) if row["section"] else (),
            "flags": tuple(row["flags"].split(";")) if row["flags"] else (),
        }
    )


def _issue(row: dict[str, Any]) -> Issue:
    at = row["span_start"]
    kept = {name: row[name] for name in ("code", "severity", "message_zh", "message_en", "arithmetic", "suggestion")}
    return Issue(
        **kept,
        check=row["check_id"],
        records=tuple(row["records"].split(";")) if row["records"] else (),
        spans=() if at is None else (Span(start=at, end=row["span_end"]),),
    )


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value))


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
