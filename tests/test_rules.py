"""Every example of every rule is a test. Nothing to edit here when a rule is added."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govextract.rulebook import Rulebook, load_rulebook
from govextract.ruletest import Case, cases, check

BOOK = load_rulebook()
CASES = cases(BOOK)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.rule} {c.kind}: {c.text[:14]}")
def test_case_holds(case: Case) -> None:
    assert check(case, BOOK) is None


@pytest.mark.parametrize("pattern", BOOK.patterns, ids=lambda p: p.id)
def test_a_pattern_carries_its_proof(pattern: object) -> None:
    mine = [case for case in CASES if case.rule == getattr(pattern, "id", "")]
    assert len([case for case in mine if case.kind == "example"]) >= 2
    assert [case.because for case in mine if case.kind == "reject"] != []
    assert all(case.because for case in mine if case.kind == "reject")


GROWTH = Case("growth", "用电量增长5.2%。", "example", expected=({"indicator": "用电量", "value": "5.2", "unit": "%"},))
WITH_GAP = Case(
    "gap",
    "用电量增长5.2%，高于全国1.1个百分点。",
    "example",
    expected=({"value": "5.20", "comparisons": [{"object": "全国", "value": "1.1"}]},),
)


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (GROWTH, None),
        (WITH_GAP, None),
        (replace(GROWTH, expected=({"period": "2024-01-01/2024-12-31"},)), None),
        (replace(GROWTH, expected=({"value": "5.3"},)), "expected {value: 5.3}, got {value: 5.2}"),
        (replace(GROWTH, expected=({"valeu": "5.2"},)), "expected {valeu: 5.2}"),
        (replace(GROWTH, expected=({"unit": "null"},)), "got {unit: %}"),
        (replace(GROWTH, expected=({"value": "x"},)), "expected {value: x}"),
        (replace(GROWTH, expected=({}, {})), "got no record"),
        (replace(GROWTH, expected=()), "needs `records`"),
        (replace(GROWTH, text="无数字。"), "got no record"),
        (replace(GROWTH, rule="level"), "by its own pattern, got it from growth"),
        (replace(WITH_GAP, rule="rank"), "by its own pattern, got it from growth"),
        (replace(WITH_GAP, expected=({"comparisons": []},)), "expected {comparisons: []}"),
        (Case("level", "用电量增长5.2%。", "reject", because="a growth"), None),
        (
            Case("growth", "用电量增长5.2%。", "reject", because="of a reason"),
            "(of a reason), got '增长5.2%'",
        ),
    ],
    ids=[
        "holds",
        "a comparison hangs",
        "dates of the period",
        "another value",
        "an unknown key",
        "a unit where none is wanted",
        "no number",
        "one record for two",
        "nothing expected",
        "nothing made",
        "made by another pattern",
        "a comparison that did not fire",
        "a comparison too many",
        "a reject that holds",
        "a reject that fires",
    ],
)
def test_what_is_wrong_is_told(case: Case, told: str | None, book: Rulebook) -> None:
    problem = check(case, book)
    if told is None:
        assert problem is None
    else:
        assert problem is not None
        assert problem.startswith(f"{case.rule}: {case.text!r}: ")
        assert told in problem
