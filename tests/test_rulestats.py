"""`rules stats`: how often a pattern fired, in how many reports, and how often it was right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from govextract.errors import ReadError
from govextract.render.ruletools import statistics_text
from govextract.reports import report_files
from govextract.rulebook import Rulebook
from govextract.rulestats import RuleCount, Statistics, statistics

FIRST = "2024年，用电量增长5.2%，高于全国1.1个百分点。固定资产投资下降1.3%。"
SECOND = "2024年，固定资产投资增长2%。"
GAP = {"relation": "高于", "object": "全国", "value": 1.1, "unit": "个百分点"}


def row(mention: str, indicator: str, value: float, **more: Any) -> dict[str, Any]:
    plain = {"quote": mention, "mention": mention, "indicator": indicator, "measure": "growth", "value": value}
    return plain | {"unit": "%", "basis": "yoy"} | more


USE, FELL = row("5.2%", "用电量", 5.2, comparisons=[GAP]), row("1.3%", "固定资产投资", -1.3)


def counts(folder: Path, book: Rulebook, gold: list[dict[str, Any]] | None = None) -> dict[str, RuleCount]:
    (folder / "first.txt").write_text(FIRST, "utf-8")
    (folder / "second.md").write_text(SECOND, "utf-8")
    if gold is not None:
        rows = [{"document": {}}, *gold]
        (folder / "first.gold.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return {rule.id: rule for rule in statistics(book, report_files([folder])).rules}


def test_fired_and_reports_are_counted(tmp_path: Path, book: Rulebook) -> None:
    found = counts(tmp_path, book)
    assert found["growth"] == RuleCount("growth", 3, 2, 0, 0)
    assert found["gap"] == RuleCount("gap", 1, 1, 0, 0)
    assert found["chain"] == RuleCount("chain", 0, 0, 0, 0)


# the gold; judged and right of growth; judged and right of gap
VERDICTS = [
    ("all right", [USE, FELL], (2, 2), (1, 1)),
    ("one value wrong", [USE, FELL | {"value": -1.4}], (2, 1), (1, 1)),
    ("one record too many", [USE], (2, 1), (1, 1)),
    ("a comparison wrong is the gap's fault", [USE | {"comparisons": [GAP | {"value": 1.2}]}, FELL], (2, 2), (1, 0)),
    ("a comparison on a spurious record", [FELL], (2, 1), (1, 0)),
    ("an optional record", [USE, FELL | {"optional": True}], (2, 2), (1, 1)),
]


@pytest.mark.parametrize(("gold", "growth", "gap"), [v[1:] for v in VERDICTS], ids=[v[0] for v in VERDICTS])
def test_gold_says_what_was_right(
    gold: list[dict[str, Any]], growth: tuple[int, int], gap: tuple[int, int], tmp_path: Path, book: Rulebook
) -> None:
    found = counts(tmp_path, book, gold)
    assert (found["growth"].judged, found["growth"].right) == growth
    assert (found["gap"].judged, found["gap"].right) == gap


def test_rare_patterns_and_unused_words_are_listed(tmp_path: Path, book: Rulebook) -> None:
    (tmp_path / "first.txt").write_text(FIRST, "utf-8")
    (tmp_path / "second.txt").write_text(SECOND, "utf-8")
    result = statistics(book, report_files([tmp_path]))
    assert "gap" in result.rare
    assert "growth" not in result.rare
    assert "减少" in result.unused["fall"]
    assert "下降" not in result.unused["fall"]
    told = json.loads(json.dumps(result.to_dict()))
    assert (told["documents"], told["with_gold"]) == (2, 0)
    assert told["rules"][0].keys() == {"id", "fired", "documents", "judged", "right"}


def test_the_table_shows_a_share_only_where_gold_is() -> None:
    rules = (RuleCount("a", 9, 3, 8, 6), RuleCount("b", 2, 1, 0, 0))
    lines = statistics_text(Statistics(3, 1, rules, {"rise": 20}, {"rise": [f"词{n}" for n in range(14)]})).splitlines()
    assert lines[2].split() == ["a", "9", "3", "6", "8", "0.750"]
    assert lines[3].split() == ["b", "2", "1"]
    assert lines[-2] == "in fewer than two reports: b"
    assert lines[-1].startswith("unused rise (14 of 20): 词0 词1 ")
    assert lines[-1].endswith(" … 2 more")


def test_a_folder_without_reports_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="holds no reports"):
        report_files([tmp_path])
    (tmp_path / "b.txt").touch()
    (tmp_path / "a.meta.json").touch()
    assert report_files([tmp_path / "b.txt", tmp_path]) == [tmp_path / "b.txt"]
