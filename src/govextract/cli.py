"""The command line: parse options, call one library function, print. No logic here."""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govextract import __version__
from govextract.cli_batch import batch
from govextract.cli_chart import make_chart
from govextract.cli_data import MetaOption, Sources, load_reports, loaded_text, make_panel
from govextract.cli_review import review_app
from govextract.cli_rules import PLAIN, RulesOption, rules_app
from govextract.cli_serve import serve_folder
from govextract.errors import GovextractError
from govextract.terminal import Lang, complain, data, show, tell, usage

if TYPE_CHECKING:
    from govextract.model import Extraction

HELP = "Turn the prose of Chinese government reports into rows: indicator, value, unit, period, comparison."
INTERRUPTED = 130  # what shells expect after Ctrl-C

app = typer.Typer(help=HELP, **PLAIN)
app.add_typer(rules_app, name="rules")
app.add_typer(review_app, name="review")


class Told(StrEnum):
    """How `check` tells its issues."""

    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"


class Severity(StrEnum):
    """How much an issue weighs."""

    error = "error"
    warning = "warning"
    note = "note"


Files = Annotated[list[Path], typer.Argument(metavar="FILE", help="Reports: text, web pages, Word, PDF, zips of them.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A report.")]
Region = Annotated[str | None, typer.Option(metavar="NAME", help="Where the report belongs: 重庆市.")]
Date = Annotated[str | None, typer.Option(metavar="DATE", help="When it was given: 2024-07-29.")]
Period = Annotated[str | None, typer.Option(metavar="START/END", help="What it speaks of: 2024-01-01/2024-06-30.")]


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Runs before every command."""
    if version:
        show(f"govextract {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        show(context.get_help())


@app.command()
def parse(
    files: Files,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="DIR", help="Folder to write to; - prints one format.")
    ] = "output",
    format: Annotated[
        str | None,
        typer.Option("-f", "--format", metavar="LIST", help="csv, json, jsonl, parquet, feather, sdmx, txt, xlsx."),
    ] = None,
    lang: Annotated[Lang, typer.Option(help="Language of column heads and messages.")] = Lang.en,
    rules: RulesOption = None,
    region: Region = None,
    date: Date = None,
    period: Period = None,
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
        from govextract.load import extraction_items, load_items

        tell(loaded_text(load_items(extraction_items(parsed(), book), to)))
    if folder and described:
        export.describe(folder, described, formats, lang, files)
    raise typer.Exit(int(failed))


app.command()(batch)
app.command("load")(load_reports)
app.command("panel")(make_panel)
app.command("chart")(make_chart)
app.command("serve")(serve_folder)


@app.command()
def check(
    sources: Sources,
    format: Annotated[Told, typer.Option("--format", help="How the issues are told.")] = Told.text,
    waivers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Issues that stand, each with its reason (YAML).")
    ] = None,
    least: Annotated[Severity, typer.Option("--least", help="The least severity that is listed.")] = Severity.note,
    lang: Annotated[Lang, typer.Option(help="Language of the messages.")] = Lang.en,
    rules: RulesOption = None,
    meta: MetaOption = None,
) -> None:
    """Find what is doubtful: in the extraction, and in the reports; exit 1 where an issue is an error."""
    from govextract.checks.folder import checked
    from govextract.checks.waivers import read_waivers
    from govextract.read import read_table
    from govextract.render import issues
    from govextract.rulebook import load_rulebook
    from govextract.sources import extractions_apart

    book = load_rulebook(rules)
    standing = read_waivers(waivers) if waivers is not None else ()
    read, extractions, failed = [], [], []
    for path, extraction in extractions_apart(sources, book, read_table(meta) if meta else None):
        if isinstance(extraction, GovextractError):
            failed.append(extraction)
            complain(extraction)
        else:
            extractions.append(extraction)
            read.append(path)
    found = checked(read, extractions, book, standing, failed)
    if format is Told.text:
        show(issues.text(found, lang, least))
    else:
        data(issues.FORMATS[format](found))
    raise typer.Exit(int(bool(found.errors or failed)))


@app.command()
def explain(
    file: File,
    at: Annotated[str, typer.Option(metavar="TEXT", help="The number, or words round it, as in the report.")],
    rules: RulesOption = None,
    region: Region = None,
    date: Date = None,
    period: Period = None,
) -> None:
    """Say why a number became what it became."""
    from govextract.explain import explain as explain_number
    from govextract.read import read_document
    from govextract.rulebook import load_rulebook

    document = read_document(file, region=region, date=date, period=period)
    show(explain_number(document, load_rulebook(rules), at))


@app.command("eval")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Folder with NAME.txt and NAME.gold.jsonl.")],
    misses: Annotated[int, typer.Option(metavar="N", help="Show the first N misses.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    compare: Annotated[
        Path | None, typer.Option(metavar="OTHER.json", help="Show what changed since an earlier --json.")
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Measure precision, recall and F1 against gold."""
    from govextract.evaluate import evaluate_folder
    from govextract.evaluate.changes import changes, load_figures
    from govextract.export.json import line
    from govextract.render.evaluation import changes_text, evaluation_text
    from govextract.rulebook import load_rulebook

    before = None if compare is None else load_figures(compare)
    evaluation = evaluate_folder(gold, load_rulebook(rules))
    if before is not None:
        show(changes_text(changes(before, evaluation)))
    elif as_json:
        data(line(evaluation.to_dict()) + "\n")
    else:
        show(evaluation_text(evaluation, misses))


@app.command()
def schema() -> None:
    """Print the JSON Schema of the output."""
    from govextract.export.json import schema_text

    data(schema_text())


def main() -> None:
    """What the command `govextract` runs. A failure is one line on standard error, never a traceback."""
    # A run is short and makes few cycles: looking for them at the usual pace costs a twentieth of it.
    gc.set_threshold(50_000, 20, 50)
    # No pydantic plugin has a part in this program, and looking for one reads every installed package's metadata.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a character shows its escape
            stream.reconfigure(errors="backslashreplace")
    try:
        status = app(standalone_mode=False)
        if status == INTERRUPTED:  # typer catches Ctrl-C itself
            complain("stopped")
    except GovextractError as error:
        status = complain(error)
    except (KeyboardInterrupt, typer.Abort):
        status = complain("stopped", INTERRUPTED)
    except OSError as error:
        status = complain(f"{error.filename or 'system'}: {(error.strerror or str(error)).lower()}")
    except Exception as error:
        status = _failure(error)
    raise SystemExit(status)


def _failure(error: Exception) -> int:
    """A wrong option (2), or a fault of the program itself (1)."""
    if hasattr(error, "format_message"):  # the usage errors of typer, whose class has moved between versions
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "govextract"
        return complain(f"{error.format_message().rstrip('.')} (see {command} --help)", status=2)
    if os.environ.get("GOVEXTRACT_DEBUG"):
        raise error
    told = " ".join(str(error).split())
    return complain(f"internal: {type(error).__name__}: {told} (GOVEXTRACT_DEBUG=1 shows where)")


if __name__ == "__main__":
    main()
