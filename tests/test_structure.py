"""A document's skeleton: paragraphs, sentences, headings and their roles, and what it says of itself."""

from __future__ import annotations

import pytest

from govextract.model import Document
from govextract.parse import parse_document
from govextract.read import make_document
from govextract.rulebook import Rulebook
from govextract.structure import Block, blocks

REPORT = """2024年云岭省政府工作报告

——2025年1月20日在云岭省第十四届人民代表大会第三次会议上

一、2024年工作回顾

（一）经济运行稳中向好。全省地区生产总值增长5.6%！固定资产投资下降2.1%。
1. 工业。工业增加值增长6.1%；其中制造业增长7%。

二、2025年主要任务

地区生产总值增长5%左右。
——新增就业12万人。

MORE

【延伸阅读】
去年用电量增长3%。
""".replace("MORE", "各项工作扎实推进。" * 120)  # near the top 【…】 names the source and begins no new article


@pytest.fixture(scope="module")
def found(book: Rulebook) -> list[Block]:
    return blocks(make_document(REPORT), book)


def block_with(text: str, found: list[Block]) -> Block:
    return next(block for block in found if text in block.view.text)


# some words of a paragraph, the headings above it, the role of the section
SECTIONS = [
    ("固定资产投资", ["一、2024年工作回顾", "（一）经济运行稳中向好"], "review"),
    ("制造业", ["一、2024年工作回顾", "（一）经济运行稳中向好", "1.工业"], "review"),
    ("5%左右", ["二、2025年主要任务"], "outlook"),
    ("新增就业", ["二、2025年主要任务"], "outlook"),
    ("用电量", ["【延伸阅读】"], ""),
]


@pytest.mark.parametrize(("words", "section", "role"), SECTIONS, ids=[row[0] for row in SECTIONS])
def test_section(words: str, section: list[str], role: str, found: list[Block]) -> None:
    block = block_with(words, found)
    assert list(block.section) == section
    assert next((h.role for h in reversed(block.headings) if h.role), "") == role


def test_a_new_article_begins_afresh(found: list[Block]) -> None:
    assert [block.article for block in found] == sorted(block.article for block in found)
    assert block_with("用电量", found).article == 1
    assert block_with("制造业", found).article == 0


# a paragraph, its sentences
SENTENCES = [
    ("增长5%。下降3%。", ["增长5%。", "下降3%。"]),
    ("增长5%！下降3%？", ["增长5%！", "下降3%？"]),
    ("增长5%；下降3%。", ["增长5%；下降3%。"]),
    ("推进“放管服。”增长5%。", ["推进“放管服。”", "增长5%。"]),
    ("没有句号的一行增长5%", ["没有句号的一行增长5%"]),
    ("增长5%。。。下降3%", ["增长5%。。。", "下降3%"]),
    ("增长5.6%，达1.2万元。", ["增长5.6%，达1.2万元。"]),
]


@pytest.mark.parametrize(("text", "sentences"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_sentences(text: str, sentences: list[str], book: Rulebook) -> None:
    assert [s.text for block in blocks(make_document(text), book) for s in block.sentences] == sentences


# lines, how many paragraphs they are
LINES = [
    ("全省规模以上工业增加值同比增长6.1%，其中装备制造业增加值同比\n增长9.3%，高于全国。", 1),
    ("全省规模以上工业增加值同比增长6.1%，\n装备制造业增长9.3%。", 1),
    ("全省规模以上工业增加值增长6.1%。\n装备制造业增长9.3%。", 2),
    ("全省规模以上工业增加值同比增长6.1%，其中装备制造业增加值同比\n\n增长9.3%", 2),
    ("主要指标\n装备制造业增长9.3%。", 2),
    ("全省规模以上工业增加值增长6.1%，\n——装备制造业增长9.3%。", 1),
    ("# 亮点\n**6.1%**是工业增速。", 2),
]


@pytest.mark.parametrize(
    ("text", "count"),
    LINES,
    ids=[
        "a hard wrap",
        "a line that ends with a comma",
        "two statements",
        "an empty line",
        "a heading",
        "a comma before a dash",
        "markdown",
    ],
)
def test_lines_become_paragraphs(text: str, count: int, book: Rulebook) -> None:
    assert len(blocks(make_document(text), book)) == count


def test_every_view_points_at_its_source(corpus: list[object], book: Rulebook) -> None:
    for path in corpus:
        text = path.read_text("utf-8")  # type: ignore[attr-defined]
        for block in blocks(make_document(text), book):
            for view in block.sentences:
                assert len(view.back) == len(view.text) + 1
                for character, at in zip(view.text, view.back, strict=False):
                    assert text[at] == character or not text[at].isalnum() or ord(text[at]) > 0xFF00


def completed(text: str, book: Rulebook, **meta: str) -> Document:
    return parse_document(make_document(text, meta=dict(meta)), book).document


def test_the_text_says_where_and_when(book: Rulebook) -> None:
    document = completed(REPORT, book)
    assert document.title == "2024年云岭省政府工作报告"
    assert (document.region, document.date, document.genre) == (
        "云岭省",
        "2025-01-20",
        "government-work-report",
    )
    assert document.period is not None
    assert (document.period.start, document.period.end) == ("2024-01-01", "2024-12-31")


def test_what_is_given_comes_first(book: Rulebook) -> None:
    document = completed(REPORT, book, region="青石县", date="2024-03-01", period="2023-01-01/2023-06-30")
    assert (document.region, document.date) == ("青石县", "2024-03-01")
    assert document.period is not None
    assert (document.period.start, document.period.end) == ("2023-01-01", "2023-06-30")


@pytest.mark.parametrize(
    "words", ["现在，我代表皓陵县人民政府", "受皓陵县人民政府委托，现", "我受皓陵县人民政府委托，"]
)
def test_on_whose_behalf_is_no_part_of_the_place(words: str, book: Rulebook) -> None:
    text = (
        f"政府工作报告\n\n各位代表：\n\n{words}向大会报告政府工作，请予审议。\n\n一、2018年工作回顾\n\n用电量增长5%。\n"
    )
    assert completed(text, book).region == "皓陵县"


# a title, the place that it is about
TITLES = [
    ("青岛市城阳区2015年国民经济和社会发展统计公报", "城阳区"),
    ("2019年庆阳市环县国民经济和社会发展统计公报", "环县"),
    ("攀枝花市东区统计公报", "东区"),
    ("青石县2021年1-6月统计公报", "青石县"),
]


@pytest.mark.parametrize(("title", "region"), TITLES)
def test_a_county_behind_its_city_is_the_place(title: str, region: str, book: Rulebook) -> None:
    assert completed(f"{title}\n\n用电量增长5%。\n", book).region == region


# the report's head, the period it speaks of
PERIODS = [
    ("青石县2023年国民经济和社会发展统计公报\n\n2024年3月20日\n", "2023-01-01/2023-12-31"),
    ("昊陵市2024年上半年计划执行情况的报告\n\n2024年7月29日\n", "2024-01-01/2024-06-30"),
    ("政府工作报告\n\n2025年1月20日在青石县人民代表大会上\n", "2024-01-01/2024-12-31"),
    ("前三季度全省经济运行情况\n\n2024年10月22日\n", "2024-01-01/2024-09-30"),
]


@pytest.mark.parametrize(
    ("head", "period"),
    PERIODS,
    ids=["a communique", "half a year", "a report on the year before", "quarters"],
)
def test_the_period_of_a_report(head: str, period: str, book: Rulebook) -> None:
    document = completed(head + "\n用电量增长5%。\n", book)
    assert document.period is not None
    assert f"{document.period.start}/{document.period.end}" == period
