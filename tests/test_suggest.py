"""From a correction to a rule: what is proposed makes the correction, and nothing is written unasked."""

from __future__ import annotations

import sys
from decimal import Decimal
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from govextract import cli
from govextract.model import Record, Span
from govextract.parse import parse_document
from govextract.read import make_document
from govextract.review.decisions import Decision, Fields, fields_of, make_decision, write_decisions
from govextract.rulebook import Rulebook, load_rulebook
from govextract.ruletest import cases, check
from govextract.suggest import suggestions, write

HEAD = "2024年云岭省政府工作报告\n\n2025年1月20日\n\n"


def decided(sentence: str, mention: str, book: Rulebook, kind: Any, **after: Any) -> Decision:
    """A decision about *mention* in a report that says *sentence*; *after* are the fields that the person changed."""
    text = HEAD + sentence
    start = text.index(mention)
    records = parse_document(make_document(text, name="report"), book).records
    record: Record | None = next((r for r in records if r.span.start <= start < r.span.end), None)
    span = record.span if record else Span(start=start, end=start + len(mention))
    before = fields_of(record).model_dump() if record else {}
    right = Fields.model_validate(before | after) if after else None
    return make_decision(
        text, span, document="report", sha256=make_document(text).sha256, decision=kind, record=record, after=right
    )


# sentence, mention, decision, what the person says, the kind of suggestion, the file it belongs to, why
TABLE: list[tuple[str, str, str, dict[str, Any], str, str, str]] = [
    (
        "全省用电量蹿升5.2%。", "5.2", "add", {"indicator": "用电量", "measure": "growth", "value": "5.2", "unit": "%"},
        "word", "lexicon/words/rise.yaml", "a word of rise that the lexicon lacks",
    ),
    (
        "用电量骤跌5.2%。", "5.2", "add", {"indicator": "用电量", "measure": "growth", "value": "-5.2", "unit": "%"},
        "word", "lexicon/words/fall.yaml", "a word of fall",
    ),
    (
        "收购春茶300篓子。", "300", "add", {"indicator": "春茶", "measure": "level", "value": "300", "unit": "篓子"},
        "unit", "lexicon/units/suggested.yaml", "a unit",
    ),
    (
        "全省经济产出总规模达18640.5亿元。", "18640.5", "edit", {"indicator": "地区生产总值"},
        "alias", "lexicon/indicators/suggested.yaml", "an alias of the catalogue's name",
    ),
    (
        "全省狠抓粮食产量65万吨。", "65", "edit", {"indicator": "粮食产量"},
        "name word", "lexicon/names/leading_verbs.yaml", "a verb before the name",
    ),
    (
        "全省用电量增长：5.2%。", "5.2", "edit", {"measure": "growth"},
        "pattern", "patterns/suggested_*.yaml", "an order of words that no pattern reads",
    ),
    (
        "话剧代码4711公演。", "4711", "reject", {},
        "ignored", "lexicon/ignored.yaml", "a number that measures nothing",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "mention", "kind", "after", "wanted", "file", "why"), [pytest.param(*row, id=row[6]) for row in TABLE]
)
def test_a_correction_gives_a_rule(
    sentence: str, mention: str, kind: str, after: dict[str, Any], wanted: str, file: str, why: str,
    book: Rulebook, tmp_path: Path,
) -> None:  # fmt: skip
    decision = decided(sentence, mention, book, kind, **after)
    document = make_document(HEAD + sentence, name="report")
    (found,) = suggestions([decision], [document])
    assert found.candidate is not None
    assert found.candidate.kind == wanted
    assert fnmatch(found.candidate.path, file)
    assert not list(tmp_path.iterdir())
    written = write([found], tmp_path)
    assert tmp_path / found.candidate.path in written
    mine = load_rulebook(tmp_path)
    records = parse_document(document, mine).records
    if decision.right is None:
        assert not records
        return
    assert decision.right.value in [record.value for record in records]
    told = [check(case, mine) for case in cases(mine) if case.rule.startswith("suggested")]
    assert told
    assert not any(told)
    (again,) = suggestions([decision], [document], tmp_path)
    assert again.right


def test_two_suggestions_share_a_file(book: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "lexicon" / "words").mkdir(parents=True)
    rise = tmp_path / "lexicon" / "words" / "rise.yaml"
    rise.write_text("# mine\ntype: rise\nwords:\n- 猛冲\n", "utf-8")
    made = [row for row in TABLE if row[4] == "word"][:1]
    decisions = [decided(*row[:2], book, row[2], **row[3]) for row in made]
    write(suggestions(decisions, [], tmp_path), tmp_path)
    assert rise.read_text("utf-8").startswith("# mine\n")
    assert {word.text for word in load_rulebook(tmp_path).words["rise"]} >= {"猛冲", "蹿升"}


def test_what_is_right_and_what_cannot_be_made_is_said(book: Rulebook) -> None:
    right = decided("全省用电量增长5.2%。", "5.2", book, "edit", value=Decimal("5.2"))
    hopeless = decided("全省用电量增长5.2%。", "5.2", book, "edit", status="target", value=Decimal(9))
    accepted = decided("全省用电量增长5.2%。", "5.2", book, "accept")
    found = list(suggestions([right], [])) + list(suggestions([hopeless], [])) + list(suggestions([accepted], []))
    assert [(s.right, s.candidate) for s in found] == [(True, None), (False, None)]


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    sentence, mention, kind, after = TABLE[0][:4]
    book = load_rulebook()
    (tmp_path / "report.txt").write_text(HEAD + sentence, "utf-8")
    write_decisions([decided(sentence, mention, book, kind, **after)], tmp_path / "report.decisions.jsonl")
    monkeypatch.chdir(tmp_path)
    arguments = ["govextract", "rules", "suggest", "report.decisions.jsonl", "report.txt"]
    for more, folder in (([], False), (["-o", "mine"], True)):
        monkeypatch.setattr(sys, "argv", [*arguments, *more])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        out, err = capfd.readouterr()
        assert not stopped.value.code
        assert "word: 蹿升 is a word of type rise" in out
        assert "1 corrections: 1 with a suggestion" in out
        assert ("nothing was written" in err) is not folder
        assert (tmp_path / "mine").exists() is folder
