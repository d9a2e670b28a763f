"""Tables: those that came into the text as one cell a line, and the grids of web pages and Word files."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govextract.model import Document, Record, Span, Table
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


# --- grids: rows of cells; "<" is the cell to the left again, "^" the one above (merged cells)

ANNUAL = """表1 2023年主要指标完成情况
|指标|单位|2023年|<|2024年预期目标|
|^|^|绝对数|比上年增长（%）|^|
|地区生产总值|亿元|18,640.5|5.6|5.5左右|
|一、第一产业增加值|亿元|1,526.8|4.1||
|其中：农业|亿元|926.8|—|≥3|
|城镇化率|%|61.2|0.8|61.9|
"""
MONTHLY = """2023年12月份主要工业产品产量
|产品|12月|<|1—12月|<|
|^|产量|同比增长（%）|产量|同比增长（%）|
|原煤（万吨）|1254|-2.1|14322|3.3|
|钢材（万吨）|33.7|8.5|400.1|5.2|
"""
PLACES = """
|各州市主要指标|<|<|<|
|单位：亿元|<|<|<|
|州市|地区生产总值|<|位次|
|^|总量|增速（%）|^|
|全省|18640.5|5.6||
|皓陵市|3201.2|6.1|2|
|岚川州|1108.0|4.9|7|
"""
BUDGET = """2023年一般公共预算收支情况表（单位：万元）
|收入|<|<|支出|<|<|
|项目|预算数|执行数|项目|预算数|执行数|
|税收收入|120000|118500|教育支出|230000|231200|
|非税收入|60000|64200|科学技术支出|12000|13100|
"""
EXECUTED = """2023年一般公共预算收入执行情况
单位：亿元
|项目|预算数|执行数|完成预算%|比上年增长%|
|税收收入|120.5|118.9|98.7|3.2|
|企业所得税|30|31.5|105.0|-1.1|
"""
PRICES = """2023年居民消费价格比上年涨跌幅度
单位：%
|指标|全省|城市|农村|
|居民消费价格|0.4|0.5|0.1|
|其中：食品|-1.2|-1.1|-1.5|
"""
LAYOUT = """
|2023年，全省地区生产总值18640.5亿元，增长5.6%。|
|固定资产投资下降2.1%。|
"""
NOTES = """
|指标|2023年|备注|
|粮食产量（万吨）|65.0|其中小麦12.3万吨。|
|油料产量（万吨）|5.1||
"""

YEARS = """2021—2023年用电量
|年份|用电量（亿千瓦时）|比上年增长（%）|
|2021年|92.1|6.5|
|2023|96.9|-2.5|
"""
LOST = """2023年居民人均可支配收入及其增长速度（单位：元、%）
|指标|全体居民||城镇居民||
||绝对数|比上年增长|绝对数|比上年增长|
|工资性收入|18000|6.9|26000|5.9|
"""
MOVES = """
|指标|单位|2023年完成|2024年目标|属性|
|地区生产总值增长|%|5.6|5.5左右|预期性|
|单位GDP能耗降低|%|2.1|完成国家下达任务|约束性|
|城镇调查失业率|%|5.2|5.5左右|预期性|
"""
INDUSTRY = """
|指标|6月||1—6月||
||绝对量|同比增长（%）|绝对量|同比增长（%）|
|规模以上工业增加值|…|5.3|…|6.0|
|分三大门类|||||
|采矿业|…|4.4|…|2.4|
|主要产品产量|||||
|发电量（亿千瓦时）|7685|2.3|44354|5.2|
|其中：火电|4841|-7.4|30063|1.7|
|产品销售率（%）|95.4|-0.8（百分点）|95.5|-0.3（百分点）|
"""

# table, (region, name, measure, value, unit, period, status), why
GRIDS = [
    (
        ANNUAL,
        [
            ("云岭省", "地区生产总值", "level", "18640.5", "亿元", "2023年", "actual"),
            ("云岭省", "地区生产总值", "growth", "5.6", "%", "2023年", "actual"),
            ("云岭省", "地区生产总值", "growth", "5.5", "%", "2024年", "target"),
            ("云岭省", "第一产业增加值", "level", "1526.8", "亿元", "2023年", "actual"),
            ("云岭省", "第一产业增加值", "growth", "4.1", "%", "2023年", "actual"),
            ("云岭省", "农业增加值", "level", "926.8", "亿元", "2023年", "actual"),
            ("云岭省", "农业增加值", "growth", "3", "%", "2024年", "target"),
            ("云岭省", "城镇化率", "level", "61.2", "%", "2023年", "actual"),
            ("云岭省", "城镇化率", "change", "0.8", "个百分点", "2023年", "actual"),
            ("云岭省", "城镇化率", "level", "61.9", "%", "2024年", "target"),
        ],
        "a head of two rows, thousands, bounds, a rate that moves by points, targets that are growth",
    ),
    (
        MONTHLY,
        [
            ("云岭省", "原煤产量", "level", "1254", "万吨", "12月", "actual"),
            ("云岭省", "原煤产量", "growth", "-2.1", "%", "12月", "actual"),
            ("云岭省", "原煤产量", "level", "14322", "万吨", "1—12月", "actual"),
            ("云岭省", "原煤产量", "growth", "3.3", "%", "1—12月", "actual"),
            ("云岭省", "钢材产量", "level", "33.7", "万吨", "12月", "actual"),
            ("云岭省", "钢材产量", "growth", "8.5", "%", "12月", "actual"),
            ("云岭省", "钢材产量", "level", "400.1", "万吨", "1—12月", "actual"),
            ("云岭省", "钢材产量", "growth", "5.2", "%", "1—12月", "actual"),
        ],
        "times over columns",
    ),
    (
        PLACES,
        [
            ("云岭省", "地区生产总值", "level", "18640.5", "亿元", "2023", "actual"),
            ("云岭省", "地区生产总值", "growth", "5.6", "%", "2023", "actual"),
            ("皓陵市", "地区生产总值", "level", "3201.2", "亿元", "2023", "actual"),
            ("皓陵市", "地区生产总值", "growth", "6.1", "%", "2023", "actual"),
            ("皓陵市", "地区生产总值", "rank", "2", "位", "2023", "actual"),
            ("岚川州", "地区生产总值", "level", "1108.0", "亿元", "2023", "actual"),
            ("岚川州", "地区生产总值", "growth", "4.9", "%", "2023", "actual"),
            ("岚川州", "地区生产总值", "rank", "7", "位", "2023", "actual"),
        ],
        "places as labels, a title and a unit inside",
    ),
    (
        BUDGET,
        [
            ("云岭省", "税收收入", "level", "120000", "万元", "2023年", "target"),
            ("云岭省", "税收收入", "level", "118500", "万元", "2023年", "actual"),
            ("云岭省", "非税收入", "level", "60000", "万元", "2023年", "target"),
            ("云岭省", "非税收入", "level", "64200", "万元", "2023年", "actual"),
            ("云岭省", "教育支出", "level", "230000", "万元", "2023年", "target"),
            ("云岭省", "教育支出", "level", "231200", "万元", "2023年", "actual"),
            ("云岭省", "科学技术支出", "level", "12000", "万元", "2023年", "target"),
            ("云岭省", "科学技术支出", "level", "13100", "万元", "2023年", "actual"),
        ],
        "two tables side by side",
    ),
    (
        EXECUTED,
        [
            ("云岭省", "税收收入", "level", "120.5", "亿元", "2023年", "target"),
            ("云岭省", "税收收入", "level", "118.9", "亿元", "2023年", "actual"),
            ("云岭省", "税收收入", "growth", "3.2", "%", "2023年", "actual"),
            ("云岭省", "企业所得税", "level", "30", "亿元", "2023年", "target"),
            ("云岭省", "企业所得税", "level", "31.5", "亿元", "2023年", "actual"),
            ("云岭省", "企业所得税", "growth", "-1.1", "%", "2023年", "actual"),
        ],
        "a degree of completion is a comparison",
    ),
    (
        PRICES,
        [
            ("云岭省", "居民消费价格", "growth", "0.4", "%", "2023", "actual"),
            ("云岭省", "城市居民消费价格", "growth", "0.5", "%", "2023", "actual"),
            ("云岭省", "农村居民消费价格", "growth", "0.1", "%", "2023", "actual"),
            ("云岭省", "食品价格", "growth", "-1.2", "%", "2023", "actual"),
            ("云岭省", "城市食品价格", "growth", "-1.1", "%", "2023", "actual"),
            ("云岭省", "农村食品价格", "growth", "-1.5", "%", "2023", "actual"),
        ],
        "a title that says how all columns measure, whose they are",
    ),
    (
        LAYOUT,
        [
            ("云岭省", "地区生产总值", "level", "18640.5", "亿元", "2023年", "actual"),
            ("云岭省", "地区生产总值", "growth", "5.6", "%", "2023年", "actual"),
            ("云岭省", "固定资产投资", "growth", "-2.1", "%", "2023", "actual"),
        ],
        "a table for the layout is prose",
    ),
    (
        NOTES,
        [
            ("云岭省", "粮食产量", "level", "65.0", "万吨", "2023年", "actual"),
            ("云岭省", "油料产量", "level", "5.1", "万吨", "2023年", "actual"),
            ("云岭省", "小麦", "level", "12.3", "万吨", "2023", "actual"),
        ],
        "a note is prose",
    ),
    (
        YEARS,
        [
            ("云岭省", "用电量", "level", "92.1", "亿千瓦时", "2021年", "actual"),
            ("云岭省", "用电量", "growth", "6.5", "%", "2021年", "actual"),
            ("云岭省", "用电量", "level", "96.9", "亿千瓦时", "2023", "actual"),
            ("云岭省", "用电量", "growth", "-2.5", "%", "2023", "actual"),
        ],
        "years as labels",
    ),
    (
        LOST,
        [
            ("云岭省", "全体居民工资性收入", "level", "18000", "元", "2023年", "actual"),
            ("云岭省", "全体居民工资性收入", "growth", "6.9", "%", "2023年", "actual"),
            ("云岭省", "城镇居民工资性收入", "level", "26000", "元", "2023年", "actual"),
            ("云岭省", "城镇居民工资性收入", "growth", "5.9", "%", "2023年", "actual"),
        ],
        "heads whose merging was lost, two units in the title",
    ),
    (
        MOVES,
        [
            ("云岭省", "地区生产总值", "growth", "5.6", "%", "2023年", "actual"),
            ("云岭省", "地区生产总值", "growth", "5.5", "%", "2024年", "target"),
            ("云岭省", "单位GDP能耗", "growth", "-2.1", "%", "2023年", "actual"),
            ("云岭省", "城镇调查失业率", "level", "5.2", "%", "2023年", "actual"),
            ("云岭省", "城镇调查失业率", "level", "5.5", "%", "2024年", "target"),
        ],
        "labels that say how they move, cells that hold no figure",
    ),
    (
        INDUSTRY,
        [
            ("云岭省", "规模以上工业增加值", "growth", "5.3", "%", "6月", "actual"),
            ("云岭省", "规模以上工业增加值", "growth", "6.0", "%", "1—6月", "actual"),
            ("云岭省", "采矿业增加值", "growth", "4.4", "%", "6月", "actual"),
            ("云岭省", "采矿业增加值", "growth", "2.4", "%", "1—6月", "actual"),
            ("云岭省", "发电量", "level", "7685", "亿千瓦时", "6月", "actual"),
            ("云岭省", "发电量", "growth", "2.3", "%", "6月", "actual"),
            ("云岭省", "发电量", "level", "44354", "亿千瓦时", "1—6月", "actual"),
            ("云岭省", "发电量", "growth", "5.2", "%", "1—6月", "actual"),
            ("云岭省", "火电发电量", "level", "4841", "亿千瓦时", "6月", "actual"),
            ("云岭省", "火电发电量", "growth", "-7.4", "%", "6月", "actual"),
            ("云岭省", "火电发电量", "level", "30063", "亿千瓦时", "1—6月", "actual"),
            ("云岭省", "火电发电量", "growth", "1.7", "%", "1—6月", "actual"),
            ("云岭省", "产品销售率", "level", "95.4", "%", "6月", "actual"),
            ("云岭省", "产品销售率", "change", "-0.8", "个百分点", "6月", "actual"),
            ("云岭省", "产品销售率", "level", "95.5", "%", "1—6月", "actual"),
            ("云岭省", "产品销售率", "change", "-0.3", "个百分点", "1—6月", "actual"),
        ],
        "groups of rows, parts and industries measured as what is above them",
    ),
]


def gridded(text: str, region: str = "云岭省") -> Document:
    """A document whose lines of | … | are a table."""
    out, begin = "", 0
    tables: list[Table] = []
    rows: list[tuple[Span, ...]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            begin = begin if rows else len(out)
            row: list[Span] = []
            for cell in line[1:-1].split("|"):
                if cell == "<":
                    row.append(row[-1])
                elif cell == "^":
                    row.append(rows[-1][len(row)])
                else:
                    row.append(Span(start=len(out), end=len(out) + len(cell)))
                    out += cell + "\t"
            rows.append(tuple(row))
            out = out[:-1] + "\n"
            continue
        if rows:
            tables.append(Table(span=Span(start=begin, end=len(out) - 1), rows=tuple(rows)))
            rows = []
        out += line + "\n"
    document = make_document(out, meta={"region": region, "date": "2024-02-20", "period": "2023"})
    return document.model_copy(update={"tables": tuple(tables)})


@pytest.mark.parametrize(("text", "expected", "why"), [pytest.param(*row, id=row[2]) for row in GRIDS])
def test_grids(text: str, expected: list[tuple[str, ...]], why: str, book: Rulebook) -> None:
    document = gridded(text)
    extraction = parse_document(document, book)
    found = [(r.region, r.indicator, r.measure, r.value, r.unit, r.period.text, r.status) for r in extraction.records]
    assert [tuple(map(str, row)) for row in found] == expected
    assert not extraction.audit.unexplained
    assert not [issue for issue in extraction.issues if issue.severity != "note"]


def test_a_table_is_checked_against_the_prose(book: Rulebook) -> None:
    document = gridded("2023年，全省地区生产总值18650.5亿元。\n" + ANNUAL)
    issues = parse_document(document, book).issues
    assert {issue.code for issue in issues} == {"DUPLICATE_INCONSISTENT"}


def test_completions_and_changes_of_a_table(book: Rulebook) -> None:
    done = parse_document(gridded(EXECUTED), book).records[1]
    assert [(c.relation, c.object, str(c.value), c.unit) for c in done.comparisons] == [("完成", "预算", "98.7", "%")]
    goal = parse_document(gridded(ANNUAL), book).records[2]
    assert (goal.bound, goal.basis, goal.period.inferred) == ("about", "yoy", False)


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_cells_of_any_shape_are_no_failure(rows: int, book: Rulebook) -> None:
    for text in ("", "5", "年", "12.5%", "≥", "1.2.3", "（）", "增长5%左右"):
        line = "|" + "|".join([text] * rows) + "|\n"
        for table in (line, line * 2, "|指标|2023年|\n|甲|5|\n" + ("|" + text + "|<|\n") * rows):
            account = parse_document(gridded(table), book).audit
            assert account.numbers == account.values + account.comparisons + account.ignored + len(account.unexplained)
