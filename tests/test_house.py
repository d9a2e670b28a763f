"""The house itself: what the README promises, which way imports go, what must not stand in the tree."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from govextract import __version__
from govextract.cli import app
from govextract.export.rows import COLUMNS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "govextract"
README = (ROOT / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# A whole file is read for these; they are spelled apart so that this file does not hold them.
FORBIDDEN = [
    "py" + "pi.",
    "python" + "hosted",
    "files." + "python",
    "conda." + "anaconda",
    "/ho" + "me/",
    "/ro" + "ot/",
    "/Us" + "ers/",
    "/wo" + "rk/",
    "index" + "-url",
]


def command_names() -> list[str]:
    """Every command as it is typed: parse, rules list …"""
    names = []
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        children = getattr(command, "commands", {})
        names += [f"{name} {child}" for child in children] or [name]
    return names


def readme_line(mark: str) -> str:
    """The command that follows `<!-- ci: MARK -->`."""
    found = re.search(rf"^<!-- ci: {mark} -->\n```sh\n(.+)\n```$", README, re.MULTILINE)
    assert found, f"README has no one-line sh block after <!-- ci: {mark} -->"
    return found[1]


def tree() -> Iterator[Path]:
    """Every text file of the project's own folders."""
    for top in ("src", "rules", "corpus", "tests", "bench", ".ci"):
        yield from (p for p in (ROOT / top).rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    yield from (p for p in ROOT.iterdir() if p.suffix in (".md", ".toml", ".txt", ".py"))


@pytest.mark.parametrize("command", command_names())
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`govextract {command}" in README


@pytest.mark.parametrize("command", command_names())
def test_every_command_has_help(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "govextract.cli", *command.split(), "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    usage, _, rest = done.stdout.partition("\n\n")
    assert command in usage.replace("python -m govextract.cli", "")
    assert rest.strip()


def test_every_column_is_in_the_readme() -> None:
    assert [name for name in COLUMNS if f"`{name}`" not in README] == []


@pytest.mark.parametrize(
    ("mark", "last"),
    [("parse", ".venv/bin/govextract parse corpus/"), ("test", ".venv/bin/pytest")],
    ids=["one line parses", "one line tests"],
)
def test_the_readmes_commands_stand_alone(mark: str, last: str) -> None:
    steps = readme_line(mark).split(" && ")
    assert steps[0] == "python3 -m venv .venv"
    assert steps[1].startswith(".venv/bin/pip install ")
    assert steps[2].startswith(last)
    assert len(steps) == 3
    for word in shlex.split(steps[2])[1:]:
        assert "/" not in word or (ROOT / word).is_file()


def test_the_readmes_output_is_what_is_printed(tmp_path: Path) -> None:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    line = readme_line("parse").rpartition("/govextract ")[2]
    command = [sys.executable, "-m", "govextract.cli", *shlex.split(line)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    shown = re.search(
        r"^<!-- output: parse -->\n```text\n(.*?)```\n<!-- /output -->$", README, re.MULTILINE | re.DOTALL
    )
    assert shown, "README has no text block behind <!-- output: parse -->"
    # the counts of the last lines move with every rule
    assert [re.sub(r"\d+ (?=more|[a-z])", "", text.rstrip()) for text in shown[1].splitlines()] == [
        re.sub(r"\d+ (?=more|[a-z])", "", text.rstrip()) for text in done.stdout.rstrip().splitlines()
    ]


def test_every_option_in_the_readme_exists() -> None:
    known: set[str] = set()
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        for part in getattr(command, "commands", {name: command}).values():
            known.update(option for parameter in part.params for option in parameter.opts)
    said = set(re.findall(r"`(--?[a-z][a-z-]*)", README))
    assert {"--region", "--audit", "-f"} <= said
    assert said - known - {"--help"} == set()


def test_only_columns_are_in_the_readmes_table() -> None:
    table = README.partition("| column | meaning |")[2].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert [name for cell in cells for name in re.findall(r"`(\w+)`", cell)] == list(COLUMNS)


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_host_and_no_machine_in_the_tree(word: str) -> None:
    assert [str(p.relative_to(ROOT)) for p in tree() if word in p.read_text("utf-8", "replace").casefold()] == []


def test_constraints_pin_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+", line)] == []
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in pins}
    extras = PROJECT["project"]["optional-dependencies"]
    needed = [*PROJECT["project"]["dependencies"], *extras["dev"]]
    needed += [name for extra in ("charts", "cluster", "db", "files", "serve", "tables") for name in extras[extra]]
    needed = [name for name in needed if not name.startswith("govextract[")]
    assert {re.split(r"[>=\[]", name)[0].lower() for name in needed} <= pinned


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


# a library, who alone may import it, why
KEPT_TO = [
    ("yaml", {"rulebook"}, "rules are read in one place"),
    ("jieba", {"segment"}, "its dictionary is handled in one place"),
    ("rjieba", {"load"}, "only what is searched is cut by it"),
    ("pandas", {"model.py", "panel.py", "export"}, "only frames and panels need it"),
    ("pyarrow", {"export", "load"}, "only columns need it"),
    ("sqlite3", {"load"}, "databases are in one place"),
    ("duckdb", {"load"}, "DuckDB too"),
    ("psycopg", {"load"}, "PostgreSQL too"),
    ("resvg_py", {"chart"}, "pictures are drawn in one place"),
    (
        "typer",
        {
            "cli.py",
            "cli_batch.py",
            "cli_chart.py",
            "cli_check.py",
            "cli_data.py",
            "cli_options.py",
            "cli_parse.py",
            "cli_review.py",
            "cli_rules.py",
            "cli_serve.py",
            "terminal.py",
        },
        "the library has no command line",
    ),
    ("selectolax", {"read"}, "web pages are read in one place"),
    ("pypdfium2", {"read"}, "PDF too"),
    ("zipfile", {"read"}, "archives too, within limits"),
    ("distributed", {"batch"}, "Dask is one engine"),
]


@pytest.mark.parametrize(("library", "allowed", "why"), KEPT_TO, ids=[k[2] for k in KEPT_TO])
def test_libraries_are_kept_to_their_place(library: str, allowed: set[str], why: str) -> None:
    users = {
        path.relative_to(SOURCE).parts[0]
        for path in SOURCE.rglob("*.py")
        if any(name.split(".")[0] == library for name in imports(path))
    }
    assert {user for user in users if user not in allowed and user.removesuffix(".py") not in allowed} == set()


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_modules_are_small_and_say_what_they_are(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    assert path.stem not in ("utils", "helpers")
    assert ast.get_docstring(ast.parse(text))


def test_imports_go_one_way() -> None:
    script = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run(
        [sys.executable, "-c", script, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_version_is_the_same_everywhere() -> None:
    assert __version__ == PROJECT["project"]["version"]


def test_output_is_empty_and_ignored() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert "output/*" in ignored
    assert (ROOT / "output" / ".gitkeep").is_file()
