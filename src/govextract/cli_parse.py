"""The commands `parse`, reports into records, and `schema`, what their JSON looks like."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govextract.cli_options import DateOption, MetaOption, PeriodOption, RegionOption, RulesOption
from govextract.errors import GovextractError
from govextract.terminal import Lang, complain, data, show, tell, usage

if TYPE_CHECKING:
    from govextract.model import Extraction


def parse(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Reports: text, web pages, Word, PDF, zips of them.")
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="DIR", help="Folder to write to; - prints one format.")
    ] = "output",
    format: Annotated[
        str | None,
        typer.Option("-f", "--format", metavar="LIST", help="csv, json, jsonl, parquet, feather, sdmx, txt, xlsx."),
    ] = None,
    lang: Annotated[Lang, typer.Option(help="Language of column heads and messages.")] = Lang.en,
    rules: RulesOption = None,
    region: RegionOption = None,
    date: DateOption = None,
    period: PeriodOption = None,
    meta: MetaOption = None,
    audit: Annotated[bool, typer.Option("--audit", help="List the numbers that no rule explains.")] = False,
    to: Annotated[
        str | None, typer.Option("--to", metavar="URL", help="Load them: sqlite:///FILE, duckdb:///…, postgresql://…")
    ] = None,
) -> None:
    """Turn reports into records; write them, print the first rows, the audit and the issues."""
    from govextract import export
    from govextract.parse import parse_document
    from govextract.read import read_documents, read_table
    from govextract.render import report
    from govextract.rulebook import load_rulebook

    folder = None if output == "-" else Path(output)
    formats = list(dict.fromkeys((format or ("csv,json" if folder else "json")).replace(" ", "").split(",")))
    try:
        export.check_targets(files, folder, formats)  # before any work is done
    except GovextractError as error:
        usage(str(error))
    table = read_table(meta) if meta is not None else None
    book = load_rulebook(rules)
    failed, described = False, []
    taken: set[str] = set()

    def parsed() -> Iterator[Extraction]:
        nonlocal failed
        given = (read_documents(file, region=region, date=date, period=period, table=table) for file in files)
        for document in chain.from_iterable(given):
            try:
                if isinstance(document, GovextractError):
                    raise document
                export.check_name(document.name, taken, folder, formats)
                extraction = parse_document(document, book)
                if folder is None:
                    data(export.text(extraction, formats[0], lang))
                    tell(report.remarks(extraction, lang, audit))
                else:
                    written = export.export_all(extraction, folder, document.name, formats, lang)
                    described.append(document.name)
                    show(report.summary(extraction, lang, audit))
                    tell("wrote " + ", ".join(map(str, written)))
            except GovextractError as error:
                complain(error)
                failed = True
            else:
                yield extraction

    if to is None:
        deque(parsed(), maxlen=0)
    else:
        from govextract.cli_data import loaded_text
        from govextract.load import extraction_items, load_items

        tell(loaded_text(load_items(extraction_items(parsed(), book), to)))
    if folder and described:
        export.describe(folder, described, formats, lang, files)
    raise typer.Exit(int(failed))


def schema() -> None:
    """Print the JSON Schema of the output."""
    from govextract.export.json import schema_text

    data(schema_text())
