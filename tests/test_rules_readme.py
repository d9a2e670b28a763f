"""rules/README.md: its tables are current, and what it tells a colleague to write works as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govextract.checktest import check_cases, check_problem
from govextract.model import Extraction
from govextract.parse import parse_document
from govextract.read import make_document
from govextract.rulebook import load_rulebook, shipped_rules
from govextract.rulebook.docs import TABLES, with_tables
from govextract.ruletest import cases, check

README = shipped_rules() / "README.md"
TEXT = README.read_text("utf-8")


def block(heading: str) -> str:
    """The first yaml block below a heading."""
    found = re.search(rf"^## {heading}\n(?:(?!^## ).*\n)*?```yaml\n((?:(?!```).*\n)+)```", TEXT, re.MULTILINE)
    assert found, f"no yaml block below ## {heading}"
    return found[1]


def parse(text: str, folder: Path) -> Extraction:
    return parse_document(make_document(text, meta={"date": "2025-01-20", "period": "2024"}), load_rulebook(folder))


def test_the_tables_are_current() -> None:
    assert with_tables(TEXT, README.parent) == TEXT, "run: govextract rules docs rules/README.md"


def test_every_table_is_there() -> None:
    assert re.findall(r"<!-- table: (\w+) -->", TEXT) == [
        "patterns", "words", "names", "units", "indicators", "checks", "codes",
    ]  # fmt: skip
    assert set(TABLES) == set(re.findall(r"<!-- table: (\w+) -->", TEXT))


# heading, the file it goes into, what stands above it there, a sentence of the README, the record's field and value
EXAMPLES = [
    ("Add an indicator", "indicators/mine.yaml", "", "茶叶价格指数上涨3.2%。", "indicator_id", "tea_price_index"),
    ("Add an alias", "indicators/mine.yaml", "", "茶指上涨3.2%。", "indicator_id", "tea_price_index"),
    ("Add a unit", "units/mine.yaml", "units:\n", "茶叶产量300担。", "base_value", "15000"),
    ("Add a word", "words/rise.yaml", "type: rise\nwords:\n", "用电量蹿升5%。", "measure", "growth"),
    ("Add a time word", "times.yaml", "times:\n", "2024年上半年度用电量增长5%。", "period", "2024-01-01/2024-06-30"),
    ("Where your own rules go", "words/rise.yaml", "", "用电量蹿升5%。", "value", "5"),
]


@pytest.mark.parametrize(
    ("heading", "file", "above", "text", "field", "wanted"), EXAMPLES, ids=[row[0] for row in EXAMPLES]
)
def test_an_example_does_what_it_says(
    heading: str, file: str, above: str, text: str, field: str, wanted: str, tmp_path: Path
) -> None:
    assert text in TEXT or heading == "Where your own rules go"
    path = tmp_path / "lexicon" / file
    path.parent.mkdir(parents=True)
    path.write_text(above + block(heading), "utf-8")
    (record,) = parse(text, tmp_path).records
    got = getattr(record, field)
    assert (f"{got.start}/{got.end}" if field == "period" else str(got)) == wanted


def test_an_ignored_number_is_explained(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon/ignored.yaml").write_text("hard:\n" + block("Add an ignored number"), "utf-8")
    audit = parse("新开12路公交。", tmp_path).audit
    assert [(number.text, number.reason) for number in audit.ignored_numbers] == [("12", "name")]
    assert audit.unexplained == ()


def test_the_check_proves_itself(tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks/bounds.yaml").write_text(block("Add a check"), "utf-8")
    book = load_rulebook(tmp_path)
    mine = [case for case in check_cases(book) if case.check == "tea_output"]
    assert [(case.kind, check_problem(case, book)) for case in mine] == [("fires_on", None), ("silent_on", None)]


def test_the_pattern_proves_itself(tmp_path: Path) -> None:
    (tmp_path / "patterns").mkdir()
    (tmp_path / "patterns/share_of_all.yaml").write_text(block("Add a sentence pattern"), "utf-8")
    book = load_rulebook(tmp_path)
    mine = [case for case in cases(book) if case.rule == "share_of_all"]
    assert len(mine) == 3
    assert [problem for case in mine if (problem := check(case, book))] == []


def test_a_sentence_of_all_rules_is_run(tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    file = tmp_path / "examples" / "power.yaml"
    file.write_text(block("Prove what has no examples"), "utf-8")
    book = load_rulebook(tmp_path)
    (problem,) = [check(case, book) for case in cases(book) if case.rule == "power"]
    assert problem is not None
    assert problem.startswith("power: '用电量蹿升5.2%。': expected {indicator: 用电量, measure: growth")
    (tmp_path / "lexicon" / "words").mkdir(parents=True)
    (tmp_path / "lexicon" / "words" / "rise.yaml").write_text("type: rise\nwords:\n" + block("Add a word"), "utf-8")
    book = load_rulebook(tmp_path)
    assert [check(case, book) for case in cases(book) if case.rule == "power"] == [None]
