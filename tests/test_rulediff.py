"""`rules diff`: which records change between two sets of rules."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from govextract import cli
from govextract.errors import RuleErrors
from govextract.model import Document
from govextract.read import make_document
from govextract.render.ruletools import diff_text
from govextract.rulebook import Rulebook, shipped_rules
from govextract.rulebook.snapshot import load_side
from govextract.rulediff import differences

TEXT = "2024年，用电量增长5.2%。固定资产投资下降1.3%。三次产业结构为9：38：53。"


def document(text: str = TEXT) -> Document:
    return make_document(text, name="report")


def write(folder: Path, path: str, text: str) -> str:
    """The name of a folder of rules with one file."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return str(folder)


NO_CHAIN = "id: chain\ndisable: true"
RENAMED = "whole: {用电量: 全社会用电量}"
# a file laid over the shipped rules, what is told, what is told the other way round
CHANGES = [
    (
        "lexicon/names/short_forms.yaml",
        RENAMED,
        "~ 用电量 | 5.2 | %: indicator 用电量 → 全社会用电量",
        "全社会用电量 → 用电量",
    ),
    (
        "patterns/chain.yaml",
        NO_CHAIN,
        "- 第二产业增加值占地区生产总值的比重 | 38 | % |",
        "+ 第二产业增加值占地区生产总值的比重",
    ),
]


@pytest.mark.parametrize(("path", "text", "line", "back"), CHANGES, ids=["changed", "removed, added"])
def test_a_change_is_told_with_its_sentence(
    path: str, text: str, line: str, back: str, tmp_path: Path, book: Rulebook
) -> None:
    mine = load_side(write(tmp_path, path, text))
    told = diff_text(differences(book, mine, [document()]))
    assert told.startswith("report\n  ")
    assert line in told
    assert back in diff_text(differences(mine, book, [document()]))


def test_the_same_rules_change_nothing(book: Rulebook) -> None:
    found = differences(book, load_side("shipped"), [document()])
    assert (found.documents, found.same, found.changes) == (1, 5, ())
    assert diff_text(found) == "0 added, 0 removed, 0 changed, 5 the same; 0 of 1 report"


def test_counts_and_kinds(tmp_path: Path, book: Rulebook) -> None:
    mine = load_side(write(tmp_path, "patterns/chain.yaml", NO_CHAIN))
    found = differences(book, mine, [document(), document("无")])
    assert [found.count(kind) for kind in ("added", "removed", "changed")] == [0, 3, 0]
    assert found.same == 2
    assert diff_text(found).endswith("3 removed, 0 changed, 2 the same; 1 of 2 reports")


def test_records_of_one_value_are_paired_by_name(tmp_path: Path, book: Rulebook) -> None:
    text = "2024年，用电量、发电量均增长5.2%。"
    mine = load_side(write(tmp_path, "lexicon/names/short_forms.yaml", RENAMED))
    found = differences(book, mine, [document(text)])
    assert found.same == 1
    assert [[field[0] for field in change.fields][:1] for change in found.changes] == [["indicator"]]


def test_a_whole_folder_stands_alone(tmp_path: Path, book: Rulebook) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(shipped_rules(), folder)
    (folder / "patterns" / "growth.yaml").unlink()
    (folder / "lexicon" / "names" / "unsplit.yaml").unlink()  # a table that came later: the shipped one serves
    other = load_side(str(folder))
    assert "growth" not in [pattern.id for pattern in other.patterns]
    assert other.names["unsplit"] == book.names["unsplit"]


def test_a_folder_that_is_none_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(RuleErrors, match="is no folder of rules"):
        load_side(str(tmp_path / "none"))


# --- the commands


def run(*arguments: str | Path, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["govextract", "rules", *map(str, arguments)])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    return int(stopped.value.code or 0)


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.txt"
    report.write_text(TEXT, "utf-8")
    mine = write(tmp_path / "mine", "patterns/chain.yaml", NO_CHAIN)
    assert run("diff", "shipped", mine, report, monkeypatch=monkeypatch) == 0
    assert "3 removed" in capsys.readouterr().out
    assert run("stats", tmp_path, "--json", monkeypatch=monkeypatch) == 0
    assert '"documents": 1' in capsys.readouterr().out
    assert run("new", "mine", "-o", tmp_path / "new", monkeypatch=monkeypatch) == 0
    assert capsys.readouterr().out == ""
    assert run("test", "--rules", tmp_path / "new", monkeypatch=monkeypatch) == 1
    assert "lacks examples" in capsys.readouterr().err
    dead = "{id: a, title: t, why: w, pattern: '{CHAIN:value}', make: {measure: chain}, examples: "
    dead += "[{text: 用电量5%。, records: [{value: 5}]}], rejects: [{text: 无, because: nothing}]}"
    folder = write(tmp_path / "dead", "patterns/a.yaml", dead)
    assert run("lint", report, "--rules", folder, monkeypatch=monkeypatch) == 1
    assert "error dead: patterns/a.yaml: a: " in capsys.readouterr().out
