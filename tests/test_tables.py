"""Tables that came into the text as one cell a line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govextract.model import Record
from govextract.parse import parse_document
from govextract.read import make_document
from govextract.rulebook import Rulebook

OUTPUT = """主要农产品产量
指标名称
产量（万吨）
同比增长（±%）
粮  食
65.0
7.3
#水  稻
19.4
-1.5
蔬菜
21.8
持平
全年粮食丰收。"""

ACCOUNTS = """2023年地区生产总值
单位：亿元
指    标
指标值
同比增长（±%）
地区生产总值
400.5
6.0
第一产业
53.6
4.1
"""

UNITS = """主要工业产品产量
产品名称
单位
产  量
比上年增长（%）
钢材
万吨
33.7
8.5
发电量
亿千瓦时
96.9
-2.5
"""

LIVESTOCK = """畜牧业情况
指标
数量
同比增长（±%）
期末畜禽存栏
大牲畜（万头）
9.6
8.7
#奶牛
6.2
9.2
期末畜禽出栏
肥猪（万头）
22.3
12.9
"""

PEOPLE = """年末人口构成
指标
年末数（万人）
比重（%）
总人口
281.7
100.0
其中：城镇
144.7
51.4
"""

# text, (name, measure, value, unit) of the records, why
TABLE = [
    (
        OUTPUT,
        [
            ("粮食产量", "level", "65.0", "万吨"),
            ("粮食产量", "growth", "7.3", "%"),
            ("水稻产量", "level", "19.4", "万吨"),
            ("水稻产量", "growth", "-1.5", "%"),
            ("蔬菜产量", "level", "21.8", "万吨"),
        ],
        "units in the head, a part, a sign, a word for no figure",
    ),
    (
        ACCOUNTS,
        [
            ("地区生产总值", "level", "400.5", "亿元"),
            ("地区生产总值", "growth", "6.0", "%"),
            ("第一产业增加值", "level", "53.6", "亿元"),
            ("第一产业增加值", "growth", "4.1", "%"),
        ],
        "a unit for all, parts of the title's whole",
    ),
    (
        UNITS,
        [
            ("钢材产量", "level", "33.7", "万吨"),
            ("钢材产量", "growth", "8.5", "%"),
            ("发电量", "level", "96.9", "亿千瓦时"),
            ("发电量", "growth", "-2.5", "%"),
        ],
        "a column of units",
    ),
    (
        LIVESTOCK,
        [
            ("大牲畜存栏", "level", "9.6", "万头"),
            ("大牲畜存栏", "growth", "8.7", "%"),
            ("奶牛存栏", "level", "6.2", "万头"),
            ("奶牛存栏", "growth", "9.2", "%"),
            ("肥猪出栏", "level", "22.3", "万头"),
            ("肥猪出栏", "growth", "12.9", "%"),
        ],
        "groups of rows",
    ),
    (
        PEOPLE,
        [
            ("总人口", "level", "281.7", "万人"),
            ("总人口", "share", "100.0", "%"),
            ("城镇", "level", "144.7", "万人"),
            ("城镇占总人口比重", "share", "51.4", "%"),
        ],
        "shares of the first row",
    ),
    ("指标\n数量\n增长\n甲\n5\n乙\n6\n7\n", [], "rows of different length are no table"),
]


def parsed(text: str, book: Rulebook) -> list[Record]:
    document = make_document(text, meta={"region": "云岭省", "date": "2024-02-20", "period": "2023"})
    return [record for record in parse_document(document, book).records if record.rule == "table"]


@pytest.mark.parametrize(("text", "expected", "why"), [pytest.param(*row, id=row[2]) for row in TABLE])
def test_tables(text: str, expected: list[tuple[str, str, str, str]], why: str, book: Rulebook) -> None:
    records = parsed(text, book)
    assert [(r.indicator, r.measure, str(r.value), r.unit) for r in records] == expected
    assert all(r.region == "云岭省" and text[r.span.start : r.span.end].lstrip("-") for r in records)
    assert all(Decimal(text[r.span.start : r.span.end]) == r.value for r in records)


def test_stocks_stand_at_the_periods_end(book: Rulebook) -> None:
    first = parsed(PEOPLE, book)[0]
    assert (first.period.start, first.period.end) == ("2023-12-31", "2023-12-31")
