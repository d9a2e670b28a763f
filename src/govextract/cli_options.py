"""The options and arguments that several commands share, and what every typer app here is made with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

PLAIN: dict[str, Any] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
}  # rich doubles the start-up

RegionOption = Annotated[str | None, typer.Option(metavar="NAME", help="Where the report belongs: 重庆市.")]
DateOption = Annotated[str | None, typer.Option(metavar="DATE", help="When it was given: 2024-07-29.")]
PeriodOption = Annotated[
    str | None, typer.Option(metavar="START/END", help="What it speaks of: 2024-01-01/2024-06-30.")
]
RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Your own rules, laid over the shipped ones.")
]
MetaOption = Annotated[
    Path | None,
    typer.Option("--meta", metavar="FILE", help="What is known of the reports: CSV with file, region, date, title …"),
]
Sources = Annotated[
    list[str],
    typer.Argument(metavar="PATH|URL", help="Reports, folders of reports, outputs (.json, .jsonl), or a database."),
]
