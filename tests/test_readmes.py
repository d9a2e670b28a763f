"""README.md and README.zh-CN.md say the same, and what both promise is so."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_house import PROJECT

ENGLISH = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text("utf-8")
BOTH = pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["README.md", "README.zh-CN.md"])
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def code(text: str) -> list[str]:
    """Every fenced block, with the mark before it, byte for byte."""
    return re.findall(r"(?:^<!-- [^>\n]* -->\n)?^```.*?^```$", text, re.MULTILINE | re.DOTALL)


def prose(text: str) -> str:
    """The text without its fenced blocks."""
    return FENCED.sub("", text)


def tables(text: str) -> list[list[list[str]]]:
    """The tables: rows of cells, without the line under the head. `\\|` is no border."""
    found = re.findall(r"(?:^\|.*\|\n)+", prose(text), re.MULTILINE)
    rows = [[re.split(r"(?<!\\)\|", line)[1:-1] for line in table.splitlines()] for table in found]
    return [[[cell.strip() for cell in row] for row in [table[0], *table[2:]]] for table in rows]


def first_cells(text: str) -> list[list[str]]:
    """What each table is about: the first cell of each row below the head, table by table."""
    return [[row[0] for row in table[1:]] for table in tables(text)]


def shapes(text: str) -> list[list[int]]:
    """How many cells each row has."""
    return [[len(row) for row in table] for table in tables(text)]


def headings(text: str) -> list[int]:
    """The level of each heading."""
    return [len(marks) for marks in re.findall(r"^(#+) ", prose(text), re.MULTILINE)]


def links(text: str) -> list[str]:
    """Where each link goes, in order; within the page `#`, because its headings have names of their own."""
    targets = re.findall(r"\]\(([^)]+)\)", prose(text.split("\n", 1)[1]))
    return ["#" if target.startswith("#") else target for target in targets]


def options(text: str) -> set[str]:
    """Every option, wherever it stands."""
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*(?![\w-])", text))


def items(text: str) -> list[str]:
    """The lists: `*` or the number of each entry."""
    return re.findall(r"^(\*|\d+\.) ", prose(text), re.MULTILINE)


def code_words(text: str) -> set[str]:
    """What is typed or written by the program: between backticks, in ASCII."""
    found = re.findall(r"`([^`]+)`", prose(text))
    return {" ".join(word.split()) for word in found if word.isascii()}


Reader = Callable[[str], object]
SAME: list[tuple[Reader, str, str]] = [
    (code, "corpus/yunling-2024-gwr.txt\n", "corpus/other.txt\n"),
    (first_cells, "| `govextract rules show ID` |", "| `govextract rules print ID` |"),
    (first_cells, "| `region`, `region_code` |", "| `region` |"),
    (shapes, "| `cluster` |", "| `cluster` | |"),
    (headings, "\n## ", "\n### "),
    (links, "(docs/review.md)", "(docs/serve.md)"),
    (options, "--waivers", "--waiver"),
    (items, "\n* ", "\n"),
    (code_words, "`disable: true`", "`disabled`"),
]
IDS = ["code", "commands", "columns", "tables", "headings", "links", "options", "lists", "words in code"]


@pytest.mark.parametrize(("read", "there", "instead"), SAME, ids=IDS)
def test_the_two_say_the_same(read: Reader, there: str, instead: str) -> None:
    assert read(ENGLISH) == read(CHINESE)
    for text in (ENGLISH, CHINESE):  # and it would be seen if they did not
        assert there in text
        assert read(text.replace(there, instead)) != read(text)


def test_the_two_link_to_each_other() -> None:
    assert ENGLISH.split("\n", 1)[0] == "English | [简体中文](README.zh-CN.md)"
    assert CHINESE.split("\n", 1)[0] == "[English](README.md) | 简体中文"


@BOTH
def test_links_lead_somewhere(text: str) -> None:
    names = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    anchors = {"#" + name.lower().replace(" ", "-") for name in names}
    targets = re.findall(r"\]\(([^)]+)\)", prose(text))
    assert [t for t in targets if t.startswith("#") and t not in anchors] == []
    assert [t for t in targets if not t.startswith("#") and not (ROOT / t).is_file()] == []


def test_the_chinese_one_is_chinese() -> None:
    """No sentence was left in English: outside of code every paragraph, entry and cell that says something has Han."""
    plain = re.sub(r"`[^`]*`|<!--.*?-->|\]\([^)]*\)", "", prose(CHINESE))
    words = [piece for piece in re.split(r"[\n|]", plain) if len(re.findall(r"[A-Za-z]{3,}", piece)) > 3]
    assert words
    assert [piece for piece in words if not re.search(r"[一-鿿]", piece)] == []


def extras(text: str) -> list[str]:
    """The extras in the table that lists them."""
    return next([cell.strip("`") for cell in cells] for cells in first_cells(text) if "`cluster`" in cells)


def test_every_extra_is_told() -> None:
    assert sorted(extras(ENGLISH)) == sorted(PROJECT["project"]["optional-dependencies"])


def test_the_sdist_holds_what_the_readmes_link_to() -> None:
    held = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    linked = {f"/{target.split('/')[0]}" for target in links(ENGLISH) if target != "#"}
    assert linked | {"/README.md", "/README.zh-CN.md"} <= set(held)


def test_the_shown_doubt_is_what_is_printed(tmp_path: Path) -> None:
    shown = re.search(
        r"^```sh\necho '(.+)' > (\S+)\ngovextract (.+)\n```\n\n<!-- output: check -->\n```text\n(.*?)```$",
        ENGLISH,
        re.MULTILINE | re.DOTALL,
    )
    assert shown, "README.md has no check with its output"
    sentence, name, line, output = shown.groups()
    (tmp_path / name).write_text(sentence + "\n", "utf-8")
    command = [sys.executable, "-m", "govextract.cli", *shlex.split(line)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (1, output)

    waiver = re.search(r"^```yaml\n(.+?)```$", ENGLISH, re.MULTILINE | re.DOTALL)
    assert waiver, "README.md has no waiver"
    (tmp_path / "waivers.yaml").write_text(waiver[1], "utf-8")
    waived = subprocess.run(
        [*command, "--waivers", "waivers.yaml"], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    assert waived.returncode == 0
    assert "MAGNITUDE" not in waived.stdout


@BOTH
def test_what_readers_found_is_the_last_sample(text: str) -> None:
    table = (ROOT / "bench/judged/README.md").read_text("utf-8")
    rows = re.findall(r"^\| \d+ \| \d{8} \| \w+ \| (\d+) \| (\d+) \| (\d+) \|", table, re.MULTILINE)
    sentence = next(line for line in text.replace("\n  ", " ").split("\n") if "bench/judged/" in line)
    assert [figure for figure in re.findall(r"\d+", sentence) if figure in (*rows[-1], "200")][-3:] == list(rows[-1])
