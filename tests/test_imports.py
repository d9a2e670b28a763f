"""What a command imports: the cheap ones nothing heavy, `parse` no table library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys
from govextract.cli import main
try:
    main()
except SystemExit:
    pass
print(*sorted(sys.modules), file=sys.stderr)
"""


def modules_after(folder: Path, *arguments: str) -> set[str]:
    """Every module that is imported when a command is done."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("parse", "--help"),
        ("batch", "--help"),
        ("rules", "--help"),
        ("review", "page", "--help"),
    ],
    ids=" ".join,
)
def test_help_is_cheap(arguments: tuple[str, ...], tmp_path: Path) -> None:
    loaded = modules_after(tmp_path, *arguments)
    assert loaded.isdisjoint({"yaml", "jieba", "regex", "ahocorasick_rs", "pandas", "numpy", "rich", "pyarrow"})


def test_the_first_help_needs_no_model(tmp_path: Path) -> None:
    # a command's own help does: typer imports pydantic for its parameters
    assert "pydantic" not in modules_after(tmp_path, "--help")


def test_parse_imports_no_table_library(corpus: list[Path], tmp_path: Path) -> None:
    loaded = modules_after(tmp_path, "parse", str(corpus[0]))
    assert "jieba" in loaded
    assert loaded.isdisjoint({"pandas", "numpy", "pyarrow", "rich", "jieba.posseg", "pkg_resources", "hypothesis"})


def test_a_second_parse_reads_no_yaml(corpus: list[Path], tmp_path: Path) -> None:
    modules_after(tmp_path, "parse", str(corpus[0]))
    assert "yaml" not in modules_after(tmp_path, "parse", str(corpus[0]))


def test_the_package_itself_is_cheap(tmp_path: Path) -> None:
    script = "import sys, govextract; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()).isdisjoint({"pydantic", "yaml", "jieba", "regex", "pandas", "typer"})
