"""The checks: each proves itself; magnitudes, repeats, reports against each other, waivers, and how issues are told."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.checks import trials
from govextract.checks.across import check_across
from govextract.checks.folder import Checked, checked
from govextract.checks.interval import Interval, interval_of, minus, overlap, ratio, scaled, times, total
from govextract.checks.waivers import Waiver, read_waivers, waived
from govextract.checktest import CheckCase, check_cases, check_problem
from govextract.errors import ReadError
from govextract.model import Extraction, Issue, Record
from govextract.parse import parse_document
from govextract.read import make_document
from govextract.render import issues as told
from govextract.render.table import width
from govextract.rulebook import Rulebook, load_rulebook

BOOK = load_rulebook()
CASES = check_cases(BOOK)
SLIP = "上半年，合作区货物总值40366万亿元，增长5.8%。"


def read(text: str, name: str = "report", **meta: Any) -> Extraction:
    return parse_document(make_document(text, name=name, meta={"date": "2025-01-20", "period": "2024"} | meta), BOOK)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.check} {c.kind}: {c.reports[0]['text'][:12].strip()}")
def test_a_check_proves_itself(case: CheckCase) -> None:
    assert check_problem(case, BOOK) is None


def test_a_proof_can_fail() -> None:
    silent = next(case for case in CASES if case.check == "trade" and case.kind == "silent_on")
    problem = check_problem(CheckCase("trade", "fires_on", silent.reports), BOOK)
    assert problem is not None
    assert "expected an objection" in problem


# text, code of the only issue that weighs, suggestion
ISSUES = [
    (SLIP, "MAGNITUDE", "40366亿元", "万亿 for 亿"),
    ("进出口总额1137.1亿元，其中出口890.4万元，进口246.7亿元。", "MAGNITUDE", "890.4亿元", "万 for 亿 in a sum"),
    ("进出口总额1147.1亿元，其中出口890.4亿元，进口246.7亿元。", "SUM_MISMATCH", "1137.1亿元", "one digit in a sum"),
    ("税收收入8103万元，比上年增加1284万元，增长8.8%。", "CHANGE_MISMATCH", "18.8%", "a growth and its rise"),
    ("全年粮食产量80.3万吨。\n粮食产量达到83.0万吨。", "DUPLICATE_INCONSISTENT", "80.3万吨", "a repeat"),
    ("地区生产总值增长5.6个百分点。", "UNIT_MISMATCH", None, "points of an amount"),
    ("社会消费品零售总额41.3万吨。", "UNIT_MISMATCH", None, "tons of money"),
    ("高技术制造业占比达145%。", "OUT_OF_BOUNDS", None, "more than all of it"),
]


@pytest.mark.parametrize(("text", "code", "suggestion"), [i[:3] for i in ISSUES], ids=[i[3] for i in ISSUES])
def test_what_is_found(text: str, code: str, suggestion: str | None) -> None:
    found = [issue for issue in read(text).issues if issue.severity != "note"]
    assert [(issue.code, issue.suggestion) for issue in found] == [(code, suggestion)]
    assert "待核" in found[0].message_zh
    assert "错误" not in found[0].message_zh


QUIET = [
    ("地区生产总值增长3.3%，比上年加快0.2个百分点。", "points of a growth"),
    ("旅游综合收入15.9亿元，恢复到2019年同期的88%。", "a percentage of itself"),
    ("居民人均可支配收入33210元，其中城镇居民人均可支配收入42170元。", "an average has no parts"),
    ("一般公共预算收入增长1.7%（同口径增长2.5%）。", "another scope"),
    ("制造业投资增长13.3%、连续48个月保持两位数增长。", "months of anything"),
    ("新能源汽车产量超过80万辆，其中纯电动汽车产量90万辆。", "a whole that is only bounded"),
]


@pytest.mark.parametrize("text", [q[0] for q in QUIET], ids=[q[1] for q in QUIET])
def test_what_is_let_be(text: str) -> None:
    assert [issue.code for issue in read(text).issues if issue.severity != "note"] == []


def test_an_issue_says_where_and_flags_its_records() -> None:
    extraction = read(SLIP)
    issue = next(i for i in extraction.issues if i.code == "MAGNITUDE")
    span = issue.spans[0]
    assert extraction.document.text[span.start : span.end] == "40366万亿元"
    flagged = [record for record in extraction.records if "MAGNITUDE" in record.flags]
    assert [record.id for record in flagged] == list(issue.records)
    assert flagged[0].value == 40366  # nothing is mended


def test_a_completion_names_the_goals_record() -> None:
    text = "2024年，城镇新增就业42.4万人，完成年度目标的70.7%。\n2024年预期目标：城镇新增就业60万人。"
    records = read(text).records
    goal = next(record for record in records if record.status == "target")
    assert [c.record for record in records for c in record.comparisons] == [goal.id]


def test_checks_change_nothing_but_flags(corpus: list[Path]) -> None:
    for path in corpus[:3]:
        extraction = parse_document(make_document(path.read_text("utf-8")), BOOK)
        assert {record.id for record in extraction.records} >= {i for x in extraction.issues for i in x.records}
        again = parse_document(make_document(path.read_text("utf-8")), BOOK)
        assert again.issues == extraction.issues


def test_trials_are_made_whether_they_hold_or_not() -> None:
    extraction = read("进出口总额1137.1亿元，其中出口890.4亿元，进口246.7亿元。")
    found = [t for t in trials(extraction.document, extraction.records, BOOK) if t.rule["id"] == "trade"]
    assert [(t.holds(), t.shows_digits(), len(t.facts)) for t in found] == [(True, True, 3)]


REAL = st.floats(-1e15, 1e15, allow_nan=False)
INTERVALS = st.tuples(REAL, REAL).map(lambda pair: (min(pair), max(pair)))


@given(INTERVALS, INTERVALS, st.floats(0, 1), st.floats(0, 1))
def test_intervals_hold_what_their_points_give(one: Interval, other: Interval, at: float, to: float) -> None:
    x, y = one[0] + (one[1] - one[0]) * at, other[0] + (other[1] - other[0]) * to
    for found, point in (
        (total((one, other)), x + y),
        (minus(one, other), x - y),
        (times(one, other), x * y),
        (scaled(one, -3.0), x * -3.0),
        *([(ratio(one, other), x / y)] if other[0] > 1e-3 or other[1] < -1e-3 else []),
    ):
        assert overlap(found, (point, point))


def test_a_bound_opens_an_interval(record: Callable[..., Record]) -> None:
    def made(bound: str, **more: Any) -> Interval:
        return interval_of(record(value="2.5", base_value="25000", decimals=1, bound=bound, **more), 0.5)

    assert made("exact") == (24500.0, 25500.0)
    assert made("at_least") == (24500.0, math.inf)
    assert made("at_most") == (-math.inf, 25500.0)
    assert made("about")[1] > 26000
    assert made("exact", value_max="3") == (24500.0, 30500.0)


YEARS = [
    read("2022年，地区生产总值2.2万亿元。", "a", region="云岭省", date="2023-01-20"),
    read("2023年，地区生产总值2.4亿元，增长5.1%。", "b", region="云岭省", date="2024-01-20"),
]


def test_reports_are_set_against_each_other() -> None:
    found = check_across(YEARS, BOOK)
    assert [(at, issue.code) for at, issue in found] == [(1, "SERIES_JUMP"), (1, "GROWTH_MISMATCH")]
    assert "2.2万亿元（a）" in (found[0][1].arithmetic or "")


def whole(*extractions: Extraction, waivers: tuple[Waiver, ...] = ()) -> Checked:
    return checked([Path(f"{e.document.name}.txt") for e in extractions], extractions, BOOK, waivers)


def test_a_waiver_silences_one_issue_for_good() -> None:
    extraction = read(SLIP)
    found = [(0, issue) for issue in extraction.issues]
    by_quote = Waiver("MAGNITUDE", "printed so", quote="货物总值40366")
    by_record = Waiver("MAGNITUDE", "printed so", record=extraction.issues[0].records[0])
    for waiver in (by_quote, by_record):
        assert waived(found, [extraction], [waiver], BOOK) == []
    elsewhere = Waiver("MAGNITUDE", "printed so", quote="货物总值40366", document="another")
    kept = waived(found, [extraction], [elsewhere], BOOK)
    assert [(at, issue.code) for at, issue in kept] == [(0, "MAGNITUDE"), (-1, "WAIVER_UNUSED")]


BAD_WAIVERS = [
    ("MAGNITUDE", "is no list"),
    ("- {code: MAGNITUDE}", "needs code, reason"),
    ("- {code: MAGNITUDE, reason: so, record: a, quote: b}", "one of record and quote"),
    ("- {code: MAGNITUDE, reason: so, qoute: b}", "bad entry"),
    ("- {code: [", "is not valid YAML"),
]


@pytest.mark.parametrize(("text", "problem"), BAD_WAIVERS, ids=[b[1] for b in BAD_WAIVERS])
def test_a_bad_waiver_is_told(text: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ReadError, match=problem):
        read_waivers(path)


def test_the_figure_is_marked_in_its_sentence() -> None:
    lines = told.text(whole(read(SLIP)), "zh").splitlines()
    at = next(i for i, line in enumerate(lines) if "^" in line)
    quoted, carets = lines[at - 1], lines[at]
    start = carets.index("^")
    assert quoted.startswith("    ")
    assert width(quoted[: quoted.index("40366")]) == start
    assert carets.count("^") == width("40366万亿元")
    assert lines[-1] == "报告1份，记录2条：错误级1项，警示级0项，提示级0项"


def test_only_what_weighs_is_listed_on_demand() -> None:
    extraction = read("共有17座。\n" + SLIP)
    assert "UNEXPLAINED" not in told.text(whole(extraction), least="error")


def test_machines_read_the_same_issues() -> None:
    found = whole(read(SLIP), read(SLIP, "other"))
    rows = json.loads(told.as_json(found))
    assert [(row["report"], row["code"], row["quotes"]) for row in rows] == [
        ("report.txt", "MAGNITUDE", ["40366万亿元"]),
        ("other.txt", "MAGNITUDE", ["40366万亿元"]),
    ]
    Issue.model_validate({key: rows[0][key] for key in Issue.model_fields})
    run = json.loads(told.sarif(found))["runs"][0]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["charLength"]) == (1, 12, 8)
    assert run["tool"]["driver"]["rules"] == [{"id": "MAGNITUDE"}]
    assert told.github(found).startswith("::error file=report.txt,line=1,col=12,title=MAGNITUDE::the magnitude of")


def test_every_code_has_words_and_weight(book: Rulebook) -> None:
    for code, entry in book.checks["codes"].items():
        assert entry["severity"] in ("error", "warning", "note"), code
        assert "错误" not in entry["zh"]
