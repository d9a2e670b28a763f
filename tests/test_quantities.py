"""Figures with their units: value, range, bound, unit as written, base unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govextract.quantities import find_quantities
from govextract.rulebook import Rulebook
from govextract.units import base_of
from govextract.view import make_view

# the text, [(value, upper end, unit, bound)], why it is here
TABLE = [
    ("增长6.1%", [("6.1", None, "%", "exact")], "per cent"),
    ("提高0.5个百分点", [("0.5", None, "个百分点", "exact")], "percentage points"),
    ("２３８６亿元", [("2386", None, "亿元", "exact")], "full-width digits"),
    ("６．１％", [("6.1", None, "%", "exact")], "full-width point and sign"),
    ("**4186**万平方米", [("4186", None, "万平方米", "exact")], "bold inside a quantity"),
    ("1,234.5亿元", [("1234.5", None, "亿元", "exact")], "thousands separator"),
    ("2386 亿元", [("2386", None, "亿元", "exact")], "a blank before the unit"),
    ("23\n86亿元", [("2386", None, "亿元", "exact")], "a line break in a number"),
    ("5%—6%", [("5", "6", "%", "exact")], "range with two units"),
    ("5—6%", [("5", "6", "%", "exact")], "range with one unit"),
    ("300余家", [("300", None, "家", "more_than")], "余"),
    ("7千余名", [("7", None, "千名", "more_than")], "千余"),
    ("1800万件次", [("1800", None, "万件次", "exact")], "compound measure word"),
    ("1.72亿人次", [("1.72", None, "亿人次", "exact")], "亿人次"),
    ("每平方米1.2万元/吨", [("1.2", None, "万元/吨", "exact")], "a unit per a unit"),
    ("百分之六点一", [("6.1", None, "%", "exact")], "百分之"),
    ("三分之一", [("33.33", None, "%", "exact")], "a fraction"),
    ("三成", [("3", None, "成", "exact")], "tenths"),
    ("一半以上", [("50", None, "%", "exact")], "a half"),
    ("增长1.5倍", [("1.5", None, "倍", "exact")], "times"),
    ("近二十三万户", [("23", None, "万户", "exact")], "a spelled number keeps its multiplier"),
    ("12万余户", [("12", None, "万户", "more_than")], "余 behind the multiplier"),
    ("3亿多斤", [("3", None, "亿斤", "more_than")], "多 behind the multiplier"),
    ("三分之二以上", [("66.67", None, "%", "exact")], "two thirds"),
    ("-5.2%", [("-5.2", None, "%", "exact")], "a minus"),
    ("从3.27到2.93", [("3.27", None, None, "exact"), ("2.93", None, None, "exact")], "downward: no range"),
    ("数十个", [], "no number"),
    ("两位数增长", [], "no number either"),
    ("五个方面", [], "a small spelled count"),
    ("8个5G基站", [("8", None, "个", "exact")], "a name behind a count"),
    ("PM2.5", [], "a name"),
    ("第2位", [], "a rank"),
    ("零售额", [], "零 of 零售"),
    ("一般公共预算", [], "一 of 一般"),
    ("超两千万千瓦时", [("2000", None, "万千瓦时", "exact")], "千 of 千瓦时 is no numeral"),
    ("十多万人", [("10", None, "万人", "more_than")], "十多万"),
]
ROWS = [pytest.param(*row, id=row[2]) for row in TABLE]


@pytest.mark.parametrize(("text", "wanted", "why"), ROWS)
def test_figures(text: str, wanted: list[tuple[str, str | None, str, str]], why: str, book: Rulebook) -> None:
    view = make_view(text, 0, len(text))
    found = [(q.value, q.value_max, q.unit, q.bound) for q in find_quantities(view.text, book, [])]
    expected = [(Decimal(v), None if m is None else Decimal(m), u, b) for v, m, u, b in wanted]
    assert found == expected


# value, unit as written, its multiplier, value and unit of the base
BASE = [
    ("2386", "亿元", "亿", "238600000000", "元"),
    ("1.72", "亿人次", "亿", "172000000", "人次"),
    ("39.6", "万亩", "万", "396000", "亩"),
    ("6.1", "%", "", "6.1", "%"),
    ("3.2", "个百分点", "", "3.2", "个百分点"),
    ("7", "千名", "千", "7000", "人"),
    ("4100", "公里", "", "4100000", "米"),
    ("99.5", None, "", "99.5", None),
]


@pytest.mark.parametrize(("value", "unit", "mult", "base", "base_unit"), BASE, ids=[str(row[1]) for row in BASE])
def test_base_units(value: str, unit: str | None, mult: str, base: str, base_unit: str | None, book: Rulebook) -> None:
    assert base_of(Decimal(value), unit, mult, book) == (Decimal(base), base_unit)


def test_a_span_points_at_the_source(book: Rulebook) -> None:
    text = "面积**4186**万平方米，投资２３８６ 亿元。"
    view = make_view(text, 0, len(text))
    spans = [view.span(q.start, q.end) for q in find_quantities(view.text, book, [])]
    assert [text[start:end] for start, end in spans] == ["4186**万平方米", "２３８６ 亿元"]
