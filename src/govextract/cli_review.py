"""The commands `govextract review …`: parse options, call one library function, print. No logic here."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from govextract.cli_options import PLAIN, RulesOption
from govextract.counting import several
from govextract.terminal import Lang, show, tell, usage

if TYPE_CHECKING:
    from govextract.review.folder import Done


class PageByDefault(TyperGroup):
    """`review OUTPUT…` is `review page OUTPUT…`: what is no subcommand's name is an argument of `page`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `page` where no subcommand is named."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["page", *args]
        return super().parse_args(ctx, args)


class Tool(StrEnum):
    """What else annotates texts."""

    gold = "gold"
    label_studio = "label-studio"
    doccano = "doccano"


review_app = typer.Typer(
    name="review",
    cls=PageByDefault,
    add_completion=False,
    help="Review figures in their sentences: `govextract review OUTPUT.json…` is `review page OUTPUT.json…`.",
    **PLAIN,
)

Outputs = Annotated[
    list[Path],
    typer.Argument(
        metavar="OUTPUT",
        help="NAME.json of parse, with NAME.txt beside it, or reports; and decisions (.jsonl) to begin with.",
    ),
]
Mixed = Annotated[
    list[Path],
    typer.Argument(metavar="PATH", help="Decisions (.jsonl), and the outputs (.json) or reports that they speak of."),
]
Text = Annotated[
    Path | None, typer.Option("--text", metavar="FILE", help="The report's text, where it is not beside the output.")
]
Folder = Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write to.")]


@review_app.command("page")
def review_page(
    outputs: Outputs,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The page to write.")] = Path(
        "review.html"
    ),
    open_it: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    lang: Annotated[Lang, typer.Option(help="The language that it opens in.")] = Lang.en,
    text: Text = None,
    rules: RulesOption = None,
) -> None:
    """Make one HTML page with every figure in its sentence, to be accepted, edited or rejected by keyboard."""
    from govextract.review.folder import write_page
    from govextract.review.inputs import read_inputs
    from govextract.rulebook import load_rulebook

    path = write_page(read_inputs(outputs, load_rulebook(rules), text), output, lang)
    tell(f"wrote {path}")
    if open_it:
        typer.launch(path.resolve().as_uri())


@review_app.command("apply")
def review_apply(
    paths: Mixed,
    output: Folder,
    format: Annotated[
        str, typer.Option("-f", "--format", metavar="LIST", help="csv, json, jsonl, parquet, feather, sdmx, xlsx.")
    ] = "csv,json",
    lang: Annotated[Lang, typer.Option(help="Language of column heads.")] = Lang.en,
    text: Text = None,
    rules: RulesOption = None,
) -> None:
    """Lay decisions over outputs, or over reports read anew; what finds no place is kept and told."""
    from govextract import export
    from govextract.errors import GovextractError
    from govextract.review.folder import apply_all, write_applied
    from govextract.review.inputs import read_inputs
    from govextract.rulebook import load_rulebook

    formats = list(dict.fromkeys(format.replace(" ", "").split(",")))
    try:
        export.check_targets([], output, formats)
    except GovextractError as error:
        usage(str(error))
    book = load_rulebook(rules)
    reviewed = read_inputs(paths, book, text)
    _tell(write_applied(apply_all(reviewed, book), reviewed, output, formats, lang))


@review_app.command("export")
def review_export(
    paths: Mixed,
    output: Folder,
    format: Annotated[Tool, typer.Option("-f", "--format", help="Gold for `eval`, or an annotation tool's tasks.")],
    text: Text = None,
    rules: RulesOption = None,
) -> None:
    """Write outputs, with decisions laid over them, as gold or as tasks of Label Studio or doccano."""
    from govextract.review.folder import export_reviewed
    from govextract.review.inputs import read_inputs
    from govextract.rulebook import load_rulebook

    book = load_rulebook(rules)
    _tell(export_reviewed(read_inputs(paths, book, text), format, output, book))


@review_app.command("import")
def review_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What the tool exported: .json, .jsonl or .gold.jsonl.")],
    outputs: Outputs,
    output: Folder,
    format: Annotated[Tool, typer.Option("-f", "--format", help="Which tool it comes from.")],
    accept: Annotated[bool, typer.Option("--accept", help="Hold what was left unchanged there for accepted.")] = False,
    reviewer: Annotated[str, typer.Option(metavar="NAME", help="Who reviewed it there.")] = "",
    text: Text = None,
    rules: RulesOption = None,
) -> None:
    """Turn what was changed in gold, Label Studio or doccano into decisions: NAME.decisions.jsonl."""
    from govextract.review.folder import import_reviewed
    from govextract.review.inputs import read_inputs
    from govextract.rulebook import load_rulebook

    book = load_rulebook(rules)
    reviewed = read_inputs(outputs, book, text)
    for path, decisions in import_reviewed([file], reviewed, format, output, book, unchanged=accept, reviewer=reviewer):
        show(f"{path}: {several(decisions, 'decision')}")


def _tell(done: Done) -> None:
    from govextract.render.review import left_lines, summary_lines

    show("\n".join(summary_lines(done)))
    tell("\n".join(left_lines(done)))
    tell("wrote " + ", ".join(map(str, done.written)))
