"""The commands `govextract rules …`: parse options, call one library function, print. No logic here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govextract.cli_options import PLAIN, RulesOption
from govextract.terminal import data, show, tell, usage

rules_app = typer.Typer(
    name="rules",
    add_completion=False,
    help="The rules: list, show, test, lint, measure and compare them, begin a new one.",
    **PLAIN,
)

Paths = Annotated[list[Path], typer.Argument(metavar="PATH", help="Reports, or folders of reports.")]
OptionalPaths = Annotated[list[Path] | None, typer.Argument(metavar="PATH", help="Reports, or folders of reports.")]
Old = Annotated[str, typer.Argument(metavar="OLD", help="A folder of rules, or `shipped`.")]
New = Annotated[str, typer.Argument(metavar="NEW", help="A folder of rules, or `shipped`.")]


@rules_app.command("list")
def rules_list(rules: RulesOption = None) -> None:
    """List the sentence patterns with the number of their examples and rejects."""
    from govextract.render.rules import rule_lines
    from govextract.rulebook import load_rulebook

    show("\n".join(rule_lines(load_rulebook(rules).patterns)))


@rules_app.command("show")
def rules_show(
    id: Annotated[str, typer.Argument(metavar="ID", help="A pattern's id, as in `rules list`.")],
    rules: RulesOption = None,
) -> None:
    """Show one sentence pattern with its examples and rejects."""
    from govextract.render.rules import rule_text
    from govextract.rulebook import load_rulebook

    patterns = {pattern.id: pattern for pattern in load_rulebook(rules).patterns}
    if id not in patterns:
        usage(f"no pattern {id!r}; choose one of: {', '.join(sorted(patterns))}")
    show(rule_text(patterns[id]))


@rules_app.command("test")
def rules_test(rules: RulesOption = None) -> None:
    """Run every example and reject that every rule and every check carries."""
    from govextract.checktest import check_cases, check_problem
    from govextract.rulebook import load_rulebook
    from govextract.ruletest import cases, check

    book = load_rulebook(rules)
    found = [check(case, book) for case in cases(book)] + [check_problem(case, book) for case in check_cases(book)]
    problems = [problem for problem in found if problem]
    show("\n".join([*problems, f"{len(found) - len(problems)} of {len(found)} examples pass"]))
    raise typer.Exit(int(bool(problems) or not found))


@rules_app.command("lint")
def rules_lint(paths: OptionalPaths = None, rules: RulesOption = None) -> None:
    """Find rules that do nothing, tie, lack proof or are slow; with reports, also words that none of them holds."""
    from govextract.read import read_text
    from govextract.render.ruletools import lint_text
    from govextract.reports import report_files
    from govextract.rulebook import load_rulebook
    from govextract.rulelint import lint

    texts = [read_text(path)[0] for path in report_files(paths or [])]
    findings = lint(load_rulebook(rules), texts)
    show(lint_text(findings))
    raise typer.Exit(int(any(finding.level == "error" for finding in findings)))


@rules_app.command("stats")
def rules_stats(
    paths: Paths,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    rules: RulesOption = None,
) -> None:
    """Count how often each pattern fired, in how many reports, and how often it was right where gold exists."""
    from govextract.export.json import line
    from govextract.render.ruletools import statistics_text
    from govextract.reports import report_files
    from govextract.rulebook import load_rulebook
    from govextract.rulestats import statistics

    result = statistics(load_rulebook(rules), report_files(paths))
    if as_json:
        data(line(result.to_dict()) + "\n")
    else:
        show(statistics_text(result))


@rules_app.command("diff")
def rules_diff(old: Old, new: New, paths: Paths) -> None:
    """Show which records change between two folders of rules.

    A folder that holds a whole set of rules stands alone; any other is laid over the shipped ones.
    """
    from govextract.read import read_document
    from govextract.render.ruletools import diff_text
    from govextract.reports import report_files
    from govextract.rulebook.snapshot import load_side
    from govextract.rulediff import differences

    files = report_files(paths)
    show(diff_text(differences(load_side(old), load_side(new), map(read_document, files))))


@rules_app.command("new")
def rules_new(
    id: Annotated[str, typer.Argument(metavar="ID", help="The new pattern's id: also_fell.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help="The folder of rules to write to.")
    ] = Path("rules"),
) -> None:
    """Begin a sentence pattern: write a commented template, to be filled in."""
    from govextract.rulebook import load_rulebook
    from govextract.rulenew import new_pattern

    path = new_pattern(id, output, load_rulebook())
    tell(f"wrote {path}: give it examples and rejects, then run `govextract rules test --rules {output}`")


@rules_app.command("suggest")
def rules_suggest(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="Decisions (.jsonl), and the reports that they and your rules are about."),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="The folder of rules to write them to.")
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Propose what would have read a reviewer's corrections right, and what else it would change."""
    from govextract.read import read_document
    from govextract.render.suggestions import suggestions_text
    from govextract.reports import report_files
    from govextract.review.decisions import read_decisions
    from govextract.suggest import suggestions, write

    decided = [path for path in paths if path.suffix.lower() == ".jsonl"]
    if not decided:
        usage("no decisions are named; give NAME.decisions.jsonl as the review page saves it")
    decisions = [decision for path in decided for decision in read_decisions(path)]
    documents = [read_document(path) for path in report_files(path for path in paths if path not in decided)]
    found = list(suggestions(decisions, documents, rules))
    show(suggestions_text(found))
    if output is not None:
        tell("wrote " + (", ".join(map(str, write(found, output))) or "nothing"))
    elif any(suggestion.candidate for suggestion in found):
        tell("nothing was written; -o DIR puts the suggestions into a folder of rules")


@rules_app.command("docs")
def rules_docs(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A README.md in a folder of rules.")],
) -> None:
    """Bring the tables in a folder's README up to date with its rule files."""
    from govextract.export.files import encoded, write_whole
    from govextract.read import read_text
    from govextract.rulebook.docs import with_tables

    text = read_text(file)[0]
    made = with_tables(text, file.parent)
    if made != text:
        write_whole(file, encoded(made))
    tell(f"{file}: {'updated' if made != text else 'up to date'}")
