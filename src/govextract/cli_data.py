"""The commands about many reports at once: `load` into databases, `panel` out of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govextract.cli_options import MetaOption, RulesOption, Sources
from govextract.counting import several
from govextract.terminal import data, show, tell

if TYPE_CHECKING:
    from govextract.load import Loaded


def load_reports(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="Reports, folders of reports, or outputs (.json, .jsonl).")
    ],
    to: Annotated[str, typer.Option("--to", metavar="URL", help="sqlite:///FILE, duckdb:///FILE, postgresql://…")],
    rules: RulesOption = None,
    meta: MetaOption = None,
) -> None:
    """Load reports into a database: all or none, every report once, newer rules replace."""
    from govextract.read import read_table
    from govextract.rulebook import load_rulebook
    from govextract.sources import load_files

    table = read_table(meta) if meta is not None else None
    show(loaded_text(load_files(paths, to, load_rulebook(rules), table)))


def loaded_text(loaded: Loaded) -> str:
    """What a load did, in one line."""
    reports = loaded.new + loaded.replaced + loaded.unchanged
    return (
        f"{several(reports, 'report')}: {loaded.new} new, {loaded.replaced} replaced, {loaded.unchanged} unchanged; "
        f"{several(loaded.records, 'record')} written"
    )


def make_panel(
    sources: Sources,
    indicator: Annotated[str, typer.Option(metavar="LIST", help="Indicators by name or id: 地区生产总值,cpi.")],
    measure: Annotated[str, typer.Option(metavar="LIST", help="level, growth, change, share.")] = "level,growth",
    wide: Annotated[bool, typer.Option("--wide", help="A column an indicator and measure.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="*.csv, .parquet, .feather, .xlsx or .dta.")
    ] = None,
    rules: RulesOption = None,
    meta: MetaOption = None,
) -> None:
    """One row a region and period from many reports, targets beside actuals; what was not taken is listed."""
    from govextract import panel as panels
    from govextract.read import read_table
    from govextract.rulebook import load_rulebook
    from govextract.sources import extractions_from

    book = load_rulebook(rules)
    table = read_table(meta) if meta is not None else None
    wanted = [name.strip() for name in indicator.split(",") if name.strip()]
    measures = [name.strip() for name in measure.split(",") if name.strip()]
    made = panels.panel(extractions_from(sources, book, table), wanted, measures, book)
    if output is None:
        data(panels.text(made, wide=wide))
    else:
        tell("wrote " + ", ".join(map(str, panels.write(made, output, wide=wide))))
    tell(panels.summary(made))
