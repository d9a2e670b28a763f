"""Decisions laid over extractions: found by the text, kept where they have no place, the same when laid over twice."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govextract.errors import ReadError
from govextract.export.json import text as json_text
from govextract.model import Audit, Extraction, Record, Span
from govextract.parse import parse_document
from govextract.read import make_document, read_document
from govextract.review.anchor import Anchor, anchor_of, find
from govextract.review.apply import Applied, apply
from govextract.review.decisions import (
    Decision,
    Fields,
    decisions_text,
    fields_of,
    latest,
    make_decision,
    read_decisions,
    write_decisions,
)
from govextract.review.inputs import read_inputs
from govextract.rulebook import Rulebook
from tests.test_cli import Run, error_line, run

__all__ = ["run"]

ROOT = Path(__file__).parents[1]
TEXT = """2024年云岭省政府工作报告

一、2023年工作回顾

全省地区生产总值18640.5亿元，增长5.6%，高于全国0.4个百分点。固定资产投资增长6.3%。粮食产量1250万吨。
路基、桥梁分别占设计总量的75%、63.6%、20%。
"""

Decide = Callable[..., Decision]


@pytest.fixture
def parsed(book: Rulebook) -> Callable[[str], Extraction]:
    """Parses a text as the report `report`."""
    return lambda text: parse_document(make_document(text, name="report", meta={"region": "云岭省"}), book)


@pytest.fixture
def extraction(parsed: Callable[[str], Extraction]) -> Extraction:
    return parsed(TEXT)


def record_of(extraction: Extraction, value: str) -> Record:
    return next(r for r in extraction.records if r.value == Decimal(value))


def decided(extraction: Extraction, kind: Any, at: str, **after: Any) -> Decision:
    """A decision about the record with the value *at*."""
    record = record_of(extraction, at)
    fields = Fields.model_validate({**fields_of(record).model_dump(), **after}) if kind == "edit" else None
    document = extraction.document
    return make_decision(
        document.text, record.span, document=document.name, sha256=document.sha256, decision=kind, record=record,
        after=fields,
    )  # fmt: skip


def about(extraction: Extraction, words: str, kind: Any, **after: Any) -> Decision:
    """A decision about words of the text that are in no record."""
    start = extraction.document.text.index(words)
    document = extraction.document
    fields = Fields.model_validate(after) if after else None
    return make_decision(
        document.text, Span(start=start, end=start + len(words)), document=document.name, sha256=document.sha256,
        decision=kind, after=fields,
    )  # fmt: skip


def adds_up(audit: Audit) -> bool:
    parts = audit.values + audit.comparisons + audit.ignored + len(audit.unexplained)
    return audit.numbers == parts and audit.ignored == len(audit.ignored_numbers)


def outcomes(applied: Applied) -> list[str]:
    return [told.outcome for told in applied.told]


# --- what each decision does


def test_an_accepted_record_is_flagged_and_sure(extraction: Extraction, book: Rulebook) -> None:
    done = apply(extraction, [decided(extraction, "accept", "5.6")], book)
    assert outcomes(done) == ["accepted"]
    record, before = record_of(done.extraction, "5.6"), record_of(extraction, "5.6")
    assert (record.flags, record.confidence, record.rule) == (("REVIEWED",), 1.0, before.rule)
    assert done.extraction.audit == extraction.audit


def test_an_edited_record_is_computed_anew(extraction: Extraction, book: Rulebook) -> None:
    edit = decided(
        extraction, "edit", "1250", indicator="粮食总产量", value="0.13", unit="亿吨", period_end="2023-10-31"
    )
    done = apply(extraction, [edit], book)
    record = record_of(done.extraction, "0.13")
    assert (record.base_value, record.base_unit) == (Decimal(13_000_000), "吨")
    assert (record.id, record.rule, record.flags) == (record_of(extraction, "1250").id, "human", ("EDITED",))
    assert record.period.end == "2023-10-31"
    assert adds_up(done.extraction.audit)


def test_a_rejected_record_stays_in_the_audit_with_its_comparison(extraction: Extraction, book: Rulebook) -> None:
    done = apply(extraction, [decided(extraction, "reject", "5.6")], book)
    assert [r.value for r in done.extraction.records if r.value == Decimal("5.6")] == []
    audit = done.extraction.audit
    assert adds_up(audit)
    assert [n.text for n in audit.ignored_numbers if n.reason == "rejected"] == ["5.6", "0.4"]
    assert audit.numbers == extraction.audit.numbers


def test_an_added_record_is_made_like_any_other(extraction: Extraction, book: Rulebook) -> None:
    before = {number.text for number in extraction.audit.unexplained}
    assert "63.6" in before
    added = about(
        extraction,
        "63.6%",
        "add",
        indicator="桥梁完成比重",
        value="63.6",
        unit="%",
        measure="share",
        region="云岭省",
        period="2023年",
        period_start="2023-01-01",
        period_end="2023-12-31",
    )
    done = apply(extraction, [added], book)
    record = record_of(done.extraction, "63.6")
    assert (record.rule, record.flags, record.base_unit) == ("human", ("ADDED",), "%")
    assert record.section == ("一、2023年工作回顾",)
    assert {number.text for number in done.extraction.audit.unexplained} == before - {"63.6"}
    assert adds_up(done.extraction.audit)
    starts = [r.span.start for r in done.extraction.records]
    assert starts == sorted(starts)


def test_a_number_that_is_no_figure_is_ignored_with_the_reason(extraction: Extraction, book: Rulebook) -> None:
    done = apply(extraction, [about(extraction, "75", "reject")], book)
    assert [(n.text, n.reason) for n in done.extraction.audit.ignored_numbers][-1] == ("75", "rejected")
    assert adds_up(done.extraction.audit)
    assert all("75" not in issue.message_en for issue in done.extraction.issues if issue.code == "UNEXPLAINED_NUMBER")


def test_issues_go_with_their_records_and_others_stay(parsed: Callable[[str], Extraction], book: Rulebook) -> None:
    text = "2023年，全省地区生产总值18640.5万亿元，增长6.9%。居民消费价格上涨95%。\n"
    before = parsed(text)
    codes = [issue.code for issue in before.issues]
    assert "MAGNITUDE" in codes
    assert len(codes) > 1
    done = apply(before, [decided(before, "edit", "18640.5", unit="亿元")], book)
    after = [issue.code for issue in done.extraction.issues]
    assert "MAGNITUDE" not in after
    assert len(after) == len(codes) - 1
    assert record_of(done.extraction, "18640.5").flags == ("EDITED",)


def test_a_comparison_forgets_a_rejected_object(parsed: Callable[[str], Extraction], book: Rulebook) -> None:
    before = parsed("2023年，全国地区生产总值增长5.2%。全省地区生产总值增长5.6%，高于全国0.4个百分点。\n")
    assert [c.record for r in before.records for c in r.comparisons] == [record_of(before, "5.2").id]
    done = apply(before, [decided(before, "reject", "5.2")], book)
    assert [c.record for r in done.extraction.records for c in r.comparisons] == [None]


# --- when the report is read anew


def all_kinds(extraction: Extraction) -> list[Decision]:
    return [
        decided(extraction, "accept", "18640.5"),
        decided(extraction, "edit", "6.3", indicator="固定资产投资完成额"),
        decided(extraction, "reject", "5.6"),
        about(extraction, "63.6%", "add", indicator="桥梁完成比重", value="63.6", unit="%", measure="share"),
        about(extraction, "75", "reject"),
    ]


def test_decisions_find_their_place_when_everything_has_moved(
    extraction: Extraction, parsed: Callable[[str], Extraction], book: Rulebook
) -> None:
    moved = parsed("（内部资料）\n\n" + TEXT.replace("高于全国", "\n高于全国"))
    assert {r.id for r in moved.records}.isdisjoint({r.id for r in extraction.records})
    done = apply(moved, all_kinds(extraction), book)
    assert sorted(outcomes(done)) == ["accepted", "added", "edited", "rejected", "rejected"]
    assert adds_up(done.extraction.audit)


def renamed(extraction: Extraction, value: str, **fields: Any) -> Extraction:
    """The extraction as other rules would give it."""
    records = tuple(r.model_copy(update=fields) if r.value == Decimal(value) else r for r in extraction.records)
    return extraction.model_copy(update={"records": records})


# what newer rules make of a record, the decision about it, what becomes of it
NEWER = {
    "an edit that the rules now make": ("6.3", {"indicator": "固定资产投资完成额"}, 1, "by itself"),
    "an accepted record that reads differently": ("18640.5", {"indicator": "生产总值"}, 0, "restored"),
    "a rejected record under another name": ("5.6", {"indicator": "生产总值"}, 2, "left"),
    "a rejected record of another measure": ("5.6", {"measure": "share"}, 2, "by itself"),
}


@pytest.mark.parametrize(("value", "fields", "which", "outcome"), NEWER.values(), ids=NEWER)
def test_newer_rules(
    value: str, fields: dict[str, Any], which: int, outcome: str, extraction: Extraction, book: Rulebook
) -> None:
    newer = renamed(extraction, value, **fields)
    done = apply(newer, [all_kinds(extraction)[which]], book)
    assert outcomes(done) == [outcome]
    if outcome == "restored":
        assert record_of(done.extraction, value).indicator == record_of(extraction, value).indicator


def test_an_edit_of_a_record_that_newer_rules_lose_makes_it_again(extraction: Extraction, book: Rulebook) -> None:
    fewer = extraction.model_copy(update={"records": tuple(r for r in extraction.records if r.value != Decimal("6.3"))})
    done = apply(fewer, [all_kinds(extraction)[1]], book)
    assert outcomes(done) == ["added"]
    assert record_of(done.extraction, "6.3").indicator == "固定资产投资完成额"


def test_what_shares_a_figure_is_not_taken_for_another(parsed: Callable[[str], Extraction], book: Rulebook) -> None:
    before = parsed("2023年，材料、装备、消费品产业投资增速均超过20%。\n")
    first, *others = before.records
    assert len(others) == 2
    edit = decided(before, "edit", "20", indicator="材料工业投资")
    assert edit.record == first.id
    done = apply(before.model_copy(update={"records": tuple(others)}), [edit], book)
    names = {record.indicator for record in done.extraction.records}
    assert names == {"材料工业投资", *(record.indicator for record in others)}


def test_what_has_no_place_is_given_back(
    extraction: Extraction, parsed: Callable[[str], Extraction], book: Rulebook
) -> None:
    other = parsed(TEXT.replace("固定资产投资增长6.3%", "固定资产投资增长7.3%"))
    decisions = all_kinds(extraction)
    done = apply(other, decisions, book)
    # one sentence changed: every decision in another sentence holds
    assert done.left == [decisions[1]]


def test_twice_is_once(extraction: Extraction, book: Rulebook) -> None:
    decisions = all_kinds(extraction)
    once = apply(extraction, decisions, book).extraction
    again = apply(once, decisions, book)
    assert json_text(again.extraction) == json_text(once)
    assert again.left == []
    assert json_text(apply(extraction, decisions, book).extraction) == json_text(once)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_decisions_leave_an_audit_that_adds_up(data: st.DataObject, book: Rulebook, corpus: list[Path]) -> None:
    extraction = parse_document(read_document(corpus[data.draw(st.integers(0, len(corpus) - 1))]), book)
    chosen = data.draw(st.lists(st.sampled_from(extraction.records), max_size=12, unique_by=lambda r: r.id))
    kinds = data.draw(st.lists(st.sampled_from(["accept", "edit", "reject"]), min_size=12, max_size=12))
    document = extraction.document
    decisions = []
    for record, kind in zip(chosen, kinds, strict=False):
        after = fields_of(record).model_copy(update={"indicator": "另一指标"}) if kind == "edit" else None
        decisions.append(
            make_decision(
                document.text,
                record.span,
                document=document.name,
                sha256=document.sha256,
                decision=kind,  # type: ignore[arg-type]
                record=record,
                after=after,
            )
        )
    once = apply(extraction, decisions, book)
    assert once.left == []
    assert adds_up(once.extraction.audit)
    assert len(once.extraction.records) == len(extraction.records) - [d.decision for d in decisions].count("reject")
    assert json_text(apply(once.extraction, decisions, book).extraction) == json_text(once.extraction)


# --- anchors


@given(st.text("甲乙1。\n ", min_size=1, max_size=60), st.data())
def test_an_anchor_is_found_where_it_was_made(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span(start=start, end=end)
    if text[start:end].strip() == text[start:end]:
        assert find(text, anchor_of(text, span)) == span


ANCHORS = {
    "the second of two equal sentences": ("增长5%。增长5%。", Anchor("增长5%。", "5%", 0, 1), (7, 9)),
    "the second of two equal mentions": ("由5%到5%。", Anchor("由5%到5%。", "5%", 1, 0), (4, 6)),
    "another wrapping": ("地区生产\n总值增长5 %。", Anchor("地区生产总值增长5%。", "5%", 0, 0), (9, 12)),
    "a twin that has gone": ("增长5%。", Anchor("增长5%。", "5%", 0, 1), (2, 4)),
    "another sentence": ("下降5%。", Anchor("增长5%。", "5%", 0, 0), None),
    "fewer mentions": ("增长5%。", Anchor("增长5%。", "5%", 1, 0), None),
}


@pytest.mark.parametrize(("text", "anchor", "expected"), ANCHORS.values(), ids=ANCHORS)
def test_find(text: str, anchor: Anchor, expected: tuple[int, int] | None) -> None:
    found = find(text, anchor)
    assert (found and (found.start, found.end)) == expected


# --- the file


def test_a_file_of_decisions_comes_back(extraction: Extraction, tmp_path: Path) -> None:
    decisions = all_kinds(extraction)
    path = write_decisions(decisions, tmp_path / "report.decisions.jsonl")
    assert read_decisions(path) == decisions


def test_the_last_word_counts(extraction: Extraction) -> None:
    first, other = decided(extraction, "accept", "5.6"), decided(extraction, "accept", "6.3")
    later = decided(extraction, "reject", "5.6").model_copy(update={"at": "2024-02-01T00:00:00Z"})
    assert latest([later, first, other]) == [later, other]


BROKEN = {
    "cut short": ('{"decision": "acc', "no whole JSON in line 1"),
    "not ours": ('{"id": 1}', "holds no decision in line 1"),
    "a newer version": ('{"schema_version": "9", "decision": "reject"}', "schema_version"),
    "an edit of nothing": (
        '{"decision": "edit", "document": "d", "sha256": "", "mention": "1", "sentence": "1", '
        '"span": {"start": 0, "end": 1}}',
        "edit without its fields",
    ),
}


@pytest.mark.parametrize(("content", "told"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_told(content: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "x.decisions.jsonl").write_text(content, "utf-8")
    with pytest.raises(ReadError, match=r"x\.decisions\.jsonl") as caught:
        read_decisions(tmp_path / "x.decisions.jsonl")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


# --- the commands


@pytest.fixture
def output(run: Run, tmp_path: Path) -> Path:
    """NAME.json as parse made it, with its text beside it."""
    (tmp_path / "report.txt").write_text(TEXT, "utf-8")
    run("parse", "report.txt", "--region", "云岭省")
    (tmp_path / "output" / "report.txt").write_text(TEXT, "utf-8")
    return tmp_path / "output" / "report.json"


def test_the_page_is_the_default(run: Run, output: Path) -> None:
    code, out, err = run("review", output)
    assert (code, out, err) == (0, "", "wrote review.html\n")
    first = Path("review.html").read_bytes()
    assert run("review", "page", "--lang", "en", "-o", "other.html", output)[0] == 0
    assert Path("other.html").read_bytes() == first
    assert run("review", "-o", "zh.html", "--lang", "zh", "report.txt")[0] == 0
    assert 'lang="zh-CN"' in Path("zh.html").read_text("utf-8")


def test_apply_writes_outputs_and_what_is_left(run: Run, output: Path, extraction: Extraction) -> None:
    kinds = all_kinds(extraction)
    stray = kinds[1].model_copy(update={"sentence": "另一句话。"})
    write_decisions([kinds[0], kinds[2], stray], Path("report.decisions.jsonl"))
    code, out, err = run("review", "apply", "report.decisions.jsonl", output, "-o", "final", "-f", "csv,json,jsonl")
    assert code == 0
    assert "1 accepted, 1 rejected, 1 without a place" in out
    assert "its sentence is not in the text" in err
    assert read_decisions(Path("final/report.decisions.left.jsonl")) == [stray]
    names = {path.name for path in Path("final").iterdir()}
    assert {"report.json", "report.csv", "report.jsonl", "report.txt", "datapackage.json"} <= names
    before = {path.name: path.read_bytes() for path in Path("final").iterdir()}
    run("review", "apply", "report.decisions.jsonl", "final/report.json", "-o", "final", "-f", "csv,json,jsonl")
    assert {path.name: path.read_bytes() for path in Path("final").iterdir()} == before
    assert json.loads(Path("final/report.json").read_text("utf-8"))["audit"]["numbers"] == extraction.audit.numbers


def test_decisions_about_another_report_are_kept(run: Run, output: Path, extraction: Extraction) -> None:
    other = all_kinds(extraction)[0].model_copy(update={"document": "other", "sha256": "0"})
    write_decisions([other], Path("other.decisions.jsonl"))
    _, out, err = run("review", "apply", "other.decisions.jsonl", output, "-o", "final")
    assert "no decisions" in out
    assert "none of the outputs is this report" in err
    assert read_decisions(Path("final/other.decisions.left.jsonl")) == [other]


MISTAKES = {
    "no text beside it": (["review", "alone.json"], 1, "--text FILE"),
    "another report's text": (["review", "alone.json", "--text", "other.txt"], 1, "is not the text"),
    "no output": (["review", "apply", "none.jsonl", "-o", "final"], 1, "no report is named"),
    "records for decisions": (
        ["review", "apply", "output/report.jsonl", "report.txt", "-o", "final"],
        1,
        "no decision",
    ),
    "an unknown format": (["review", "apply", "none.jsonl", "report.txt", "-o", "final", "-f", "doc"], 2, "doc"),
    "one text for two": (["review", "alone.json", "output/report.json", "--text", "report.txt"], 1, "one report"),
    "decisions about another report": (["review", "report.txt", "stray.jsonl"], 1, "not among the reports"),
    "two of one name": (["review", "report.txt", "output/report.json"], 1, "one name"),
}


@pytest.mark.parametrize(("command", "code", "told"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_one_line(
    command: list[str], code: int, told: str, run: Run, output: Path, extraction: Extraction
) -> None:
    stray = all_kinds(extraction)[0].model_copy(update={"document": "other", "sha256": "0"})
    write_decisions([stray], Path("stray.jsonl"))
    Path("alone.json").write_bytes(output.read_bytes())
    Path("other.txt").write_text("另一份报告，固定资产投资增长8%。\n" * 9, "utf-8")
    run("parse", "report.txt", "-f", "jsonl")
    found, _, err = run(*command)
    assert found == code
    assert told in error_line(err)


def test_what_apply_wrote_can_be_reviewed_again(run: Run, output: Path, extraction: Extraction, book: Rulebook) -> None:
    write_decisions(all_kinds(extraction), Path("report.decisions.jsonl"))
    code, _, err = run("review", "apply", "report.decisions.jsonl", output, "-o", "final")
    assert code == 0, err
    ((_, read),) = read_inputs([Path("final/report.json")], book).extractions
    assert len(read.records) == len(extraction.records)  # one less, one more


def test_the_page_about_review_names_every_field() -> None:
    said = (ROOT / "docs" / "review.md").read_text("utf-8").partition("## The decisions")[2].partition("## Applying")[0]
    names = {*Decision.model_fields, *Fields.model_fields}
    assert {name for name in names if f"`{name}`" not in said} == set()


def test_the_snippet_of_the_page_about_review_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "review.md").read_text("utf-8"), re.DOTALL)
    assert code
    names: dict[str, Any] = {}
    exec(code[1], names)
    assert names["html"].startswith("<!doctype html>")


def test_decisions_are_text_that_can_be_compared(extraction: Extraction) -> None:
    text = decisions_text(all_kinds(extraction))
    assert text == decisions_text(all_kinds(extraction))
    assert all(json.loads(row)["schema_version"] == "1" for row in text.splitlines())
