"""The commands that judge: `check` what is doubtful, `explain` one number, `eval` against gold."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from govextract.cli_options import DateOption, MetaOption, PeriodOption, RegionOption, RulesOption, Sources
from govextract.errors import GovextractError
from govextract.terminal import Lang, complain, data, show


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


def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A report.")],
    at: Annotated[str, typer.Option(metavar="TEXT", help="The number, or words round it, as in the report.")],
    rules: RulesOption = None,
    region: RegionOption = None,
    date: DateOption = None,
    period: PeriodOption = None,
) -> None:
    """Say why a number became what it became."""
    from govextract.explain import explain as explain_number
    from govextract.read import read_document
    from govextract.rulebook import load_rulebook

    document = read_document(file, region=region, date=date, period=period)
    show(explain_number(document, load_rulebook(rules), at))


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
