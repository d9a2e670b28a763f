"""Records back out of a database, as they were loaded, without their comparisons and issues."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govextract.load.store import LoadError
from govextract.load.tables import DOCUMENT, RECORD
from govextract.model import Audit, Document, Extraction, Period, Record, Span

if TYPE_CHECKING:
    from govextract.load.store import Store

NUMBERS = ("value", "value_max", "base_value")
DATES = ("period_start", "period_end", "date")


def extractions_of(store: Store) -> Iterator[Extraction]:
    """Every document of *store* with its records, in the order of names."""
    if "govextract_schema" not in store.tables():
        raise LoadError(store.url, "holds no figures", "fill it with govextract load")
    columns = [column.name for column in DOCUMENT.columns]
    for cells in store.execute(f"SELECT {', '.join(columns)} FROM document ORDER BY name, document"):
        row = dict(zip(columns, cells, strict=True))
        document = Document(
            name=row["name"], text=row["content"] or "", title=row["title"], issuer=row["issuer"], region=row["region"],
            region_code=row["region_code"], date=_text(row["date"]), genre=row["genre"], sha256=row["document"],
        )  # fmt: skip
        records = tuple(_records(store, row["document"]))
        yield Extraction(document=document, records=records, audit=Audit(numbers=0, values=0, comparisons=0, ignored=0))


def _records(store: Store, document: str) -> Iterator[Record]:
    columns = [column.name for column in RECORD.columns]
    query = store.sql(f"SELECT {', '.join(columns)} FROM record WHERE document = ? ORDER BY ord")
    for cells in store.execute(query, (document,)):
        row: dict[str, Any] = dict(zip(columns, cells, strict=True))
        row.update({name: None if row[name] is None else Decimal(repr(row[name])) for name in NUMBERS})
        start, end = _text(row["period_start"]), _text(row["period_end"])
        kept = {name: row[name] for name in Record.model_fields if name in row}
        yield Record(
            **kept | {
                "span": Span(start=row["span_start"], end=row["span_end"]),
                "period": Period(
                    text=row["period_text"] or "", start=start, end=end, inferred=bool(row["period_inferred"])
                ),
                "section": tuple(row["section"].split(" / ")) if row["section"] else (),
                "flags": tuple(row["flags"].split(";")) if row["flags"] else (),
            }
        )  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
