"""The measure itself: what folds, what pairs, what counts on which level."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from govextract.errors import ReadError
from govextract.evaluate import (
    Evaluation,
    Folding,
    causes,
    evaluate_folder,
    gold_files,
    load_folding,
    load_gold,
    score,
)
from govextract.evaluate.causes import CAUSES
from govextract.evaluate.changes import changes, load_figures
from govextract.evaluate.fold import close, likeness
from govextract.evaluate.score import LEVELS, Count
from govextract.model import Record
from govextract.render.evaluation import changes_text, evaluation_text
from govextract.rulebook import Rulebook

EXAMPLE = Path(__file__).parent / "gold" / "example"
# What the contract's own scorer says of the example: right, given, wanted.
EXPECTED = {
    "quantity": (12, 14, 14),
    "core": (9, 12, 12),
    "strict": (8, 12, 12),
    "clean": (6, 12, 12),
    "full": (7, 12, 12),
    "panel": (6, 12, 12),
    "comparison": (3, 4, 4),
}
FOLDING = load_folding()

# name, folded, why
NAMES = [
    ("全市规上工业增加值", "规模以上工业增加值", "region and short form"),
    ("“四好农村路”", "四好农村路", "quotes"),
    ("新开工建设保障性住房", "保障性住房", "action"),
    ("新建", "新建", "an action alone is a name"),
    ("地区生产总值增速", "地区生产总值", "tail"),
    ("国内生产总值", "地区生产总值", "whole name"),
    ("ＧＤＰ", "ＧＤＰ", "letters keep their width"),
    ("社零总额", "社会消费品零售总额", "short form"),
    ("进出口总额（人民币）", "进出口总额(人民币)", "width of brackets"),
]


@pytest.mark.parametrize(("name", "folded", "why"), NAMES, ids=[n[2] for n in NAMES])
def test_names_fold(name: str, folded: str, why: str) -> None:
    assert FOLDING.name(name) == folded


# value, unit, value, unit, whether they are the same
QUANTITIES = [
    ("42.4", "万人", "424000", "人", True),
    ("1", "千瓦时", "1000", "瓦时", True),
    ("6", "成", "60", "％", True),
    ("3", "家", "3", "个", True),
    ("1.1", "百分点", "1.1", "个百分点", True),
    ("1.1", "个百分点", "1.1", "%", False),
    ("5", "公里", "5", "千米", True),
    ("5", "元/人", "5", "元", False),
    ("7", "名", "7", "人", True),
    ("7", "", "7", "个", True),
]


@pytest.mark.parametrize(
    ("a", "u", "b", "v", "same"), QUANTITIES, ids=[f"{q[0]}{q[1]}-{q[2]}{q[3]}" for q in QUANTITIES]
)
def test_quantities_fold(a: str, u: str, b: str, v: str, same: bool) -> None:
    left, right = FOLDING.quantity(Decimal(a), u), FOLDING.quantity(Decimal(b), v)
    assert (left[1] == right[1] and close(left[0], right[0])) is same


# relation, object, folded relation, folded object
COMPARISONS = [
    ("位居", "全国", "居", "全国"),
    ("均高于", "同期全国平均水平", "高于", "全国"),
    ("提前一年完成", "年度目标任务", "完成", "年度目标"),
    ("居", "国内", "居", "全国"),
    ("居", "全国前3位", "居", "全国"),
    ("超", "年初目标", "超过", "年度目标"),
]


@pytest.mark.parametrize(("relation", "target", "r", "o"), COMPARISONS, ids=[c[0] + c[1] for c in COMPARISONS])
def test_comparisons_fold(relation: str, target: str, r: str, o: str) -> None:
    assert FOLDING.comparison(relation, target, None, None)[:2] == (r, o)


def test_likeness_is_bigram_dice() -> None:
    assert likeness("固定资产投资", ["固定资产投资"]) == 1.0
    assert 0.7 < likeness("城镇新增就业者", ["城镇新增就业"]) < 1.0
    assert likeness("消费", ["固定资产投资"]) == 0.0
    assert likeness("消费", []) == 0.0


def example_records() -> list[Record]:
    rows = json.loads((EXAMPLE / "example.json").read_text("utf-8"))["records"]
    return [Record.model_validate(row) for row in rows]


def example_score(folding: Folding = FOLDING) -> Evaluation:
    gold = load_gold(EXAMPLE / "example.gold.jsonl", (EXAMPLE / "example.txt").read_text("utf-8"))
    return Evaluation({"example": score(gold, example_records(), folding)})


@pytest.mark.parametrize("level", LEVELS)
def test_levels_agree_with_the_contracts_scorer(level: str) -> None:
    count = example_score().total.counts[level]
    assert (count.right, count.given, count.wanted) == EXPECTED[level]


def test_wrong_fields_and_misses_are_told() -> None:
    total = example_score().total
    assert total.wrong_fields == {"comparisons": 1, "period": 1, "bound": 1, "status": 1}
    assert [miss.kind for miss in total.misses].count("missing") == 1
    assert [miss.kind for miss in total.misses].count("spurious") == 1
    text = evaluation_text(example_score(), misses=3)
    assert "value/unit" in text
    assert "panel" in text


def test_perfect_records_are_perfect(record: Callable[..., Record]) -> None:
    gold = load_gold(EXAMPLE / "example.gold.jsonl", (EXAMPLE / "example.txt").read_text("utf-8"))
    records = [
        record(
            id=str(i),
            span={"start": g.span[0], "end": g.span[1]},
            indicator=g.indicators[0],
            measure=g.measures[0],
            value=g.value,
            unit=g.units[0],
            bound=g.bounds[0],
            basis=g.bases[0],
            status=g.statuses[0],
            period={"text": "", "start": g.periods[0][0], "end": g.periods[0][1]},
            comparisons=[{**vars(c), "span": {"start": 0, "end": 1}} for c in g.comparisons[0]],
        )
        for i, g in enumerate(gold.records)
    ]
    counts = score(gold, records, FOLDING).counts
    assert {level: count.f1 for level, count in counts.items()} == dict.fromkeys(LEVELS, 1.0)


def test_no_records_score_nothing() -> None:
    gold = load_gold(EXAMPLE / "example.gold.jsonl", (EXAMPLE / "example.txt").read_text("utf-8"))
    counts = score(gold, [], FOLDING).counts
    assert counts["core"] == Count(0, 0, 12)
    assert counts["core"].f1 == 0.0


def test_interval_needs_two_reports_and_holds_the_figure() -> None:
    one = example_score()
    assert one.groups["level"]["core"][1] is None
    two = Evaluation({"a": one.reports["example"], "b": one.reports["example"]})
    count, interval = two.groups["level"]["core"]
    assert interval is not None
    assert interval[0] <= count.f1 <= interval[1]


def test_fields_measures_and_sentences_add_up() -> None:
    groups = example_score().groups
    fields = {name: count for name, (count, _) in groups["field"].items()}
    assert fields["whole record"] == Count(6, 12, 12)
    assert fields["status"] == Count(10, 12, 12)
    assert sum((count for count, _ in groups["measure"].values()), Count()) == Count(6, 12, 12)
    assert groups["genre"].keys() == {"not said"}
    sentences = groups["sentence"]["wholly right"][0]
    assert 0 < sentences.right < sentences.wanted


def test_every_miss_has_one_cause() -> None:
    total = example_score().total
    found = causes(total.misses)
    assert sum(map(len, found.values())) == len(total.misses)
    assert {"missing", "spurious"} <= found.keys() <= set(CAUSES)


def test_reliability_counts_every_answer_once() -> None:
    evaluation = example_score()
    assert sum(each.count for each in evaluation.reliability()) == 12
    ordering = evaluation.ordering()
    assert ordering is None or 0 <= ordering <= 1


def test_changes_tell_what_became_right_and_wrong(tmp_path: Path) -> None:
    now = example_score()
    gold = load_gold(EXAMPLE / "example.gold.jsonl", (EXAMPLE / "example.txt").read_text("utf-8"))
    fewer = Evaluation({"example": score(gold, example_records()[:4], FOLDING)})
    path = tmp_path / "before.json"
    path.write_text(json.dumps(fewer.to_dict(), default=str), "utf-8")
    found = changes(load_figures(path), now)
    assert found.mended
    assert {name: after - before for _, name, before, after in found.figures}["core"] > 0
    assert "now right" in changes_text(found)
    same = changes(now.to_dict(), now)
    assert (same.mended, same.broken) == ([], [])


@pytest.mark.parametrize("content", ["{", "[]", "{}"])
def test_what_is_no_evaluation_is_told(content: str, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, "utf-8")
    with pytest.raises(ReadError, match="eval GOLD_DIR --json"):
        load_figures(path)


# a gold file's rows, what is wrong with it
BROKEN = [
    ("{", "is no JSON Lines"),
    ('{"quote": "没有", "mention": "有"}', "line 1: '没有' with '有' is not in the report"),
    ('{"quote": "增长5%", "mention": "5%"}', "line 1: not a gold record: KeyError"),
    (
        '{"quote": "增长5%", "mention": "5%", "indicator": "a", "measure": "growth", "value": "x"}',
        "not a gold record",
    ),
    ('{"at": [1]}', "not a gold record"),
]


@pytest.mark.parametrize(("rows", "problem"), BROKEN, ids=[b[1] for b in BROKEN])
def test_broken_gold_is_told(rows: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "a.gold.jsonl").write_text(rows, "utf-8")
    with pytest.raises(ReadError) as caught:
        load_gold(tmp_path / "a.gold.jsonl", "增长5%")
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_folder_without_gold_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"holds no NAME\.gold\.jsonl"):
        gold_files(tmp_path)


def test_a_folder_is_parsed_and_scored(book: Rulebook) -> None:
    evaluation = evaluate_folder(EXAMPLE, book)
    assert list(evaluation.reports) == ["example"]
    assert set(evaluation.to_dict()) >= {"figures", "causes", "reliability", "wrong_fields", "reports", "verdicts"}
