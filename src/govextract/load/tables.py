"""The tables of a database of figures: their columns, keys and words, the same for every kind of database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govextract.export.rows import as_float, each, record_columns

if TYPE_CHECKING:
    from govextract.model import Extraction

VERSION = 2  # of the schema; a change adds columns with their version, and raises it


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its logical type (text, number, integer, date, flag), whether it may be empty, its words."""

    name: str
    kind: str
    about: str
    required: bool = False
    since: int = 1  # the schema version that brought it; it stands behind the columns of earlier ones


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its primary key, the tables it hangs on, and the columns that are searched."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    parents: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()  # own columns, table, its columns
    indexes: tuple[tuple[str, ...], ...] = ()


def _columns(text: str, since: int = 1) -> tuple[Column, ...]:
    """`name kind! what it is`, one a line; ! where it is required."""
    out = []
    for line in text.strip().splitlines():
        name, kind, about = line.strip().split(" ", 2)
        out.append(Column(name, kind.rstrip("!"), about, kind.endswith("!"), since))
    return tuple(out)


RUN = Table(
    "run", "What made the records: a version of the engine with a state of the rules.",
    _columns("""
        run text! digest of version and rules
        version text! of govextract
        rules text! digest of the rule files
    """),
    key=("run",),
)  # fmt: skip
DOCUMENT = Table(
    "document", "A report, once for its very text.",
    _columns("""
        document text! SHA-256 of the report's bytes
        run text! what parsed it last
        name text! the file's name without its ending
        title text the report's title
        issuer text who issued it
        region text what it is about, spelled in full
        region_code text GB/T 2260
        date date when it was given
        genre text plan-execution, budget, statistical-communique …
        period_start date first day of the time it speaks of
        period_end date last day of it
        encoding text of the file
        numbers integer numbers in the text
        unexplained integer numbers that no rule explains
        content text the text that every span points into
    """)
    + _columns("number text the document's own: 云政发〔2024〕3号", since=2),
    key=("document",), parents=((("run",), "run", ("run",)),), indexes=(("region", "date"), ("name",)),
)  # fmt: skip
RECORD = Table(
    "record", "One figure that a report states about one indicator.",
    _columns("""
        document text! the report
        ord integer! place among the report's records, from 0
        id text! stable from run to run
        indicator text! what is measured
        indicator_id text the catalogue's id
        indicator_text text as it stands in the text
        action text what happened to counted things
        measure text! level, growth, change, share, contribution, rank, gap, qualitative
        value number signed, in the unit as written
        value_max number upper end of a range
        unit text as written
        decimals integer printed decimals
        base_value number multiplied out
        base_unit text the unit of base_value
        bound text! exact, about, at_least, more_than, at_most, less_than
        basis text of a growth or change: yoy, mom, qoq, ytd, prior:…
        period_text text the time in the report's words
        period_start date first day
        period_end date last day
        period_inferred flag! whether the sentence does not name the time
        status text! actual, target, policy
        region text what the figure is about
        region_code text GB/T 2260
        sentence text! the evidence
        section text the headings above it
        rule text! the pattern that made it
        confidence number! how sure
        flags text codes of its issues
        span_start integer! code points into the document's content
        span_end integer! half open
    """)
    + _columns("page integer of a PDF, from 1", since=2),
    key=("document", "ord"), parents=((("document",), "document", ("document",)),),
    indexes=(("indicator_id", "measure", "region", "period_start"), ("indicator",), ("id",)),
)  # fmt: skip
COMPARISON = Table(
    "comparison", "A relation of a record to anything but a time.",
    _columns("""
        document text! the report
        record integer! ord of the record that it hangs on
        ord integer! place among the record's comparisons, from 0
        relation text! 高于, 居, 完成 …
        object text! what it is compared with
        value number the difference, the rank, the degree of completion
        unit text of the value
        object_record text id of the record that states the object
        span_start integer! code points into the document's content
        span_end integer! half open
    """),
    key=("document", "record", "ord"), parents=((("document", "record"), "record", ("document", "ord")),),
)  # fmt: skip
ISSUE = Table(
    "issue", "A doubt about a report's records: what to look at.",
    _columns("""
        document text! the report
        ord integer! place among the report's issues, from 0
        code text! stable
        severity text! error, warning, note
        check_id text! the entry of rules/checks that objects
        message_zh text! in Chinese
        message_en text! in English
        arithmetic text what was computed
        suggestion text what was probably meant
        records text ids of the records, the doubted one first
        span_start integer code points into the document's content
        span_end integer half open
    """),
    key=("document", "ord"), parents=((("document",), "document", ("document",)),), indexes=(("code", "severity"),),
)  # fmt: skip
TABLES = (RUN, DOCUMENT, RECORD, COMPARISON, ISSUE)

Rows = dict[str, list[tuple[Any, ...]]]


Batch = Sequence[tuple[str, "Extraction"]]  # extractions, each with the key of its run


def columns_of(batch: Batch) -> Iterator[tuple[Table, list[Sequence[Any]]]]:
    """The cells of each table that has rows, column by column in the table's order; parents come first."""
    yield DOCUMENT, _turned([_document(run, extraction) for run, extraction in batch])
    records = [record for _, extraction in batch for record in extraction.records]
    if records:
        cells = record_columns(records)
        cells |= {
            "document": [extraction.document.sha256 for _, extraction in batch for _ in extraction.records],
            "ord": [ord_ for _, extraction in batch for ord_ in range(len(extraction.records))],
            "period_text": cells["period"],
            "span_start": cells["start"],
            "span_end": cells["end"],
        }
        yield RECORD, [each(as_float, cells[c.name]) if c.kind == "number" else cells[c.name] for c in RECORD.columns]
    for table, made in (COMPARISON, _comparisons), (ISSUE, _issues):
        rows = [row for _, extraction in batch for row in made(extraction)]
        if rows:
            yield table, _turned(rows)


def _turned(rows: Sequence[tuple[Any, ...]]) -> list[Sequence[Any]]:
    return list(zip(*rows, strict=True))


def _document(run: str, extraction: Extraction) -> tuple[Any, ...]:
    document, audit, period = extraction.document, extraction.audit, extraction.document.period
    return (
        document.sha256, run, document.name, document.title, document.issuer, document.region, document.region_code,
        document.date, document.genre, period.start if period else None, period.end if period else None,
        document.encoding, audit.numbers, len(audit.unexplained), document.text or None, document.number,
    )  # fmt: skip


def _comparisons(extraction: Extraction) -> Iterator[tuple[Any, ...]]:
    key = extraction.document.sha256
    for ord_, record in enumerate(extraction.records):
        for place, c in enumerate(record.comparisons):
            yield (
                key, ord_, place, c.relation, c.object, as_float(c.value), c.unit, c.record, c.span.start, c.span.end,
            )  # fmt: skip


def _issues(extraction: Extraction) -> Iterator[tuple[Any, ...]]:
    key = extraction.document.sha256
    for ord_, i in enumerate(extraction.issues):
        first = i.spans[0] if i.spans else None
        yield (
            key, ord_, i.code, i.severity, i.check, i.message_zh, i.message_en, i.arithmetic, i.suggestion,
            ";".join(i.records), first.start if first else None, first.end if first else None,
        )  # fmt: skip


# The newest report's word on every indicator, region and period, one row a status: the rest are earlier vintages.
VIEWS = {
    "panel": """
        SELECT indicator_id, indicator, region, region_code, period_start, period_end, measure, basis, status, value,
               value_max, unit, base_value, base_unit, bound, document, ord, document_name, document_date
        FROM (
            SELECT r.*, d.name AS document_name, d.date AS document_date,
                   ROW_NUMBER() OVER (
                       PARTITION BY r.indicator_id, r.region, r.period_start, r.period_end, r.measure, r.basis,
                                    r.status
                       ORDER BY d.date DESC, CASE r.bound WHEN 'exact' THEN 0 ELSE 1 END, r.confidence DESC, d.name,
                                r.ord
                   ) AS vintage
            FROM record r JOIN document d ON d.document = r.document
            WHERE r.indicator_id IS NOT NULL AND r.value IS NOT NULL
              AND r.measure IN ('level', 'growth', 'change', 'share')
        ) AS newest
        WHERE vintage = 1
    """,
    "target_vs_actual": """
        SELECT t.indicator_id, t.indicator, t.region, t.period_start, t.period_end, t.measure, t.value AS target,
               t.bound AS target_bound, a.value AS actual, t.unit, t.document_name AS target_document,
               a.document_name AS actual_document
        FROM panel t
        JOIN panel a ON a.indicator_id = t.indicator_id AND a.region = t.region AND a.period_start = t.period_start
            AND a.period_end = t.period_end AND a.measure = t.measure AND a.status = 'actual'
            AND (a.basis = t.basis OR (a.basis IS NULL AND t.basis IS NULL))
        WHERE t.status = 'target'
    """,
    "issues_open": """
        SELECT d.name AS document_name, i.severity, i.code, i.message_zh, i.message_en, i.suggestion, i.document, i.ord
        FROM issue i JOIN document d ON d.document = i.document
        WHERE i.severity IN ('error', 'warning')
    """,
}


def quoted(text: str) -> str:
    """Words of ours as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def create(table: Table, types: dict[str, str], *, parents: bool) -> str:
    """The statement that makes a table, with its foreign keys where *parents* says so."""
    lines = [f"{c.name} {types[c.kind]}{' NOT NULL' if c.required else ''}" for c in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    lines += _foreign(table) if parents else ()
    return f"CREATE TABLE {table.name} ({', '.join(lines)})"


def references() -> Iterator[str]:
    """The statements that add the tables' foreign keys."""
    for table in TABLES:
        for foreign in _foreign(table):
            yield f"ALTER TABLE {table.name} ADD {foreign}"


def _foreign(table: Table) -> Iterator[str]:
    for own, parent, theirs in table.parents:
        yield f"FOREIGN KEY ({', '.join(own)}) REFERENCES {parent} ({', '.join(theirs)})"


def indexes() -> Iterator[str]:
    """The statements that make the tables' indexes."""
    for table in TABLES:
        for columns in table.indexes:
            yield f"CREATE INDEX {table.name}_{'_'.join(columns)} ON {table.name} ({', '.join(columns)})"


def migration(version: int, types: dict[str, str]) -> list[str]:
    """The statements that lead a database to schema *version* from the one before it: the columns that it brings."""
    return [
        f"ALTER TABLE {table.name} ADD COLUMN {column.name} {types[column.kind]}"
        for table in TABLES
        for column in table.columns
        if column.since == version
    ]
