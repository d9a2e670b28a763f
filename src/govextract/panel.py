"""The panel: one row a region and period, from many reports, with a stated rule where they differ.

Where several records state one cell, the report of the latest date has it. Among one report's, an actual figure that
stands for itself goes before one that is only bounded; of aims the first in the text is the aim, what is striven for
behind it (力争) is not. The others are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.counting import several
from govextract.errors import GovextractError
from govextract.export.frames import write_frame
from govextract.export.rows import printed
from govextract.model import plain_number

if TYPE_CHECKING:
    import pandas as pd

    from govextract.model import Document, Extraction, Record
    from govextract.rulebook import Rulebook

KEYS = ("region", "region_code", "period_start", "period_end")
MEASURES = ("level", "growth", "change", "share")
Cell = tuple[str, str, str, str, str]  # indicator, measure, region, first day, last day


class PanelError(GovextractError):
    """A panel cannot be made as asked."""


@dataclass(frozen=True, slots=True)
class Source:
    """A record that states a cell, and the report that it stands in."""

    record: Record
    document: Document

    def rank(self) -> tuple[str, bool, float, int]:
        """The greater has the cell."""
        record = self.record
        aim = record.status == "target"
        return (
            self.document.date or "",
            aim or record.bound == "exact",
            0.0 if aim else record.confidence,
            -record.span.start,
        )


@dataclass(frozen=True, slots=True)
class Panel:
    """The rows (tidy), what was not taken, which cells are filled, and what the columns are."""

    rows: pd.DataFrame
    conflicts: pd.DataFrame
    coverage: pd.DataFrame
    codebook: pd.DataFrame


def panel(
    extractions: Iterable[Extraction], indicators: Sequence[str], measures: Sequence[str], book: Rulebook
) -> Panel:
    """The panel of *indicators* (ids or names of the catalogue) and *measures*, units multiplied out to the base unit.

    Raises PanelError where an indicator or a measure is unknown.
    """
    import pandas as pd

    ids = [_identified(name, book) for name in indicators]
    unknown = [measure for measure in measures if measure not in MEASURES]
    if unknown:
        raise PanelError(f"unknown measure {unknown[0]!r}; choose of: {', '.join(MEASURES)}")
    cells: dict[Cell, dict[str, list[Source]]] = {}
    for extraction in extractions:
        for record in extraction.records:
            cell = _cell(record, ids, measures)
            if cell is not None:
                kind = "target" if record.status == "target" else "value"
                cells.setdefault(cell, {}).setdefault(kind, []).append(Source(record, extraction.document))
    rows, conflicts = [], []
    for cell, kinds in sorted(cells.items(), key=lambda item: (ids.index(item[0][0]), *item[0][1:])):
        for found in kinds.values():
            found.sort(key=Source.rank, reverse=True)
        rows.append(_row(cell, kinds, book))
        conflicts += list(_conflicts(cell, kinds))
    frame = pd.DataFrame(rows, columns=ROW_COLUMNS)
    return Panel(
        frame,
        pd.DataFrame(conflicts, columns=CONFLICT_COLUMNS),
        _coverage(frame),
        pd.DataFrame(_codebook(ids, measures, cells, book), columns=CODEBOOK_COLUMNS),
    )


def to_wide(made: Panel) -> pd.DataFrame:
    """One row a region and period, the columns INDICATOR_MEASURE and INDICATOR_MEASURE_target."""
    frame = made.rows.copy()
    frame["column"] = frame["indicator"] + "_" + frame["measure"]
    keys = list(KEYS)
    values = frame.pivot_table(index=keys, columns="column", values="value", aggfunc="first", dropna=False)
    aims = frame.pivot_table(index=keys, columns="column", values="target", aggfunc="first", dropna=False)
    both = values.join(aims.add_suffix("_target"), how="outer").dropna(how="all").dropna(axis=1, how="all")
    return both[sorted(both.columns)].reset_index()


ROW_COLUMNS = (
    "indicator", "name", "measure", *KEYS, "value", "value_max", "bound", "target", "target_max", "target_bound",
    "unit", "document", "target_document", "sentence", "target_sentence",
)  # fmt: skip
CONFLICT_COLUMNS = (
    "indicator", "measure", "region", "period_start", "period_end", "kind", "taken", "taken_document", "left",
    "left_document", "left_value", "left_max", "left_unit", "left_bound", "sentence",
)  # fmt: skip
CODEBOOK_COLUMNS = ("column", "indicator", "name", "name_en", "measure", "unit", "regions", "periods", "documents")


def _identified(name: str, book: Rulebook) -> str:
    if name in book.indicators:
        return name
    found = book.surfaces.get(name)
    if found is None:
        near = get_close_matches(name, book.surfaces, 3, 0.5)
        known = f"near it: {', '.join(near)}; " if near else ""
        hint = f"{known}name one of rules/lexicon/indicators, by its id, its name or an alias"
        raise PanelError(f"unknown indicator {name!r} ({hint})")
    return found[0]


def _cell(record: Record, ids: Sequence[str], measures: Sequence[str]) -> Cell | None:
    ident, period = record.indicator_id, record.period
    if ident not in ids or record.measure not in measures or record.value is None or record.status == "policy":
        return None
    if record.region is None or period.start is None or period.end is None:
        return None
    if record.measure in ("growth", "change") and record.basis != "yoy":
        return None  # a month's growth over the month before is another column
    return ident or "", record.measure, record.region, period.start, period.end


def _row(cell: Cell, kinds: dict[str, list[Source]], book: Rulebook) -> tuple[Any, ...]:
    ident, measure, region, start, end = cell
    actual, aim = kinds.get("value", [None])[0], kinds.get("target", [None])[0]
    first = actual or aim
    assert first is not None
    value, target = _base(actual), _base(aim)
    return (
        ident, book.indicators[ident].name, measure, region, first.record.region_code, start, end, value,
        _highest(actual), actual and actual.record.bound, target, _highest(aim), aim and aim.record.bound,
        first.record.base_unit, actual and actual.document.name, aim and aim.document.name,
        actual and actual.record.sentence, aim and aim.record.sentence,
    )  # fmt: skip


def _base(source: Source | None) -> float | None:
    if source is None or source.record.base_value is None:
        return None
    return float(plain_number(source.record.base_value))


def _highest(source: Source | None) -> float | None:
    """The upper end of a range, in the base unit."""
    record = source.record if source else None
    if record is None or record.value_max is None or not record.value or record.base_value is None:
        return None
    return float(plain_number(record.value_max * record.base_value / record.value))


def _conflicts(cell: Cell, kinds: dict[str, list[Source]]) -> Iterator[tuple[Any, ...]]:
    for kind, (taken, *others) in kinds.items():
        for other in others:
            if other.record.base_value != taken.record.base_value:
                yield (
                    cell[0], cell[1], *cell[2:], kind, printed(taken.record), taken.document.name,
                    printed(other.record), other.document.name, _base(other), _highest(other),
                    other.record.base_unit, other.record.bound, other.record.sentence,
                )  # fmt: skip


def _coverage(frame: pd.DataFrame) -> pd.DataFrame:
    """How many regions have a value and a target, by indicator, measure and period."""
    keys = ["indicator", "measure", "period_start", "period_end"]
    counted = frame.groupby(keys, sort=True).agg(values=("value", "count"), targets=("target", "count"))
    return counted.reset_index()


def _codebook(
    ids: Sequence[str], measures: Sequence[str], cells: dict[Cell, dict[str, list[Source]]], book: Rulebook
) -> Iterator[tuple[Any, ...]]:
    for ident in ids:
        entry = book.indicators[ident]
        for measure in measures:
            mine = {cell: kinds for cell, kinds in cells.items() if cell[:2] == (ident, measure)}
            if not mine:
                continue
            sources = [source for kinds in mine.values() for found in kinds.values() for source in found]
            units = sorted({source.record.base_unit or "" for source in sources})
            yield (
                f"{ident}_{measure}", ident, entry.name, entry.en, measure, "、".join(units),
                len({cell[2] for cell in mine}), len({cell[3:] for cell in mine}),
                "; ".join(sorted({source.document.name for source in sources})),
            )  # fmt: skip


def text(made: Panel, *, wide: bool = False) -> str:
    """The rows as CSV."""
    frame = to_wide(made) if wide else made.rows
    content: str = frame.to_csv(index=False)
    return content


def write(made: Panel, path: Path, *, wide: bool = False) -> list[Path]:
    """Write the panel to *path* and beside it NAME.codebook.csv, NAME.conflicts.csv and NAME.coverage.csv."""
    labels = {str(row.column): f"{row.name_en} ({row.unit})" for row in made.codebook.itertuples()}
    labels |= {f"{column}_target": f"target: {label}" for column, label in labels.items()}
    written = [write_frame(to_wide(made) if wide else made.rows, path, labels)]
    for name, frame in (("codebook", made.codebook), ("conflicts", made.conflicts), ("coverage", made.coverage)):
        written.append(write_frame(frame, path.with_name(f"{path.stem}.{name}.csv")))
    return written


def summary(made: Panel) -> str:
    """How many rows, how full, how many figures were left aside."""
    rows = made.rows
    size = f"{several(len(rows), 'row')} of {several(rows['region'].nunique(), 'region')}"
    filled = f"{several(rows['value'].count(), 'value')}, {several(rows['target'].count(), 'target')}"
    return f"{size}: {filled}; {several(len(made.conflicts), 'figure')} not taken"
