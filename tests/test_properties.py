"""What holds for any text: spans point at their mentions, every number has one role, nothing raises."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govextract.audit import NUMBER
from govextract.model import Extraction, Record, Span
from govextract.parse import parse_document
from govextract.read import make_document
from govextract.rulebook import Rulebook, load_rulebook
from govextract.structure import blocks

BOOK = load_rulebook()
META = {"date": "2025-01-20", "period": "2024"}

WORDS = """
工业增加值 固定资产投资 城镇新增就业 企业 同比 比上年 较年初 增长 下降 收窄
提高到 增至 达 占 比重 占比 贡献率 拉动
居全国 第2位 前列 高于全国 低于 分别 均 其中 完成 年度目标 的 从 到 约 超过 以上 左右 翻一番 与上年持平 新增
5.6% 1.2个百分点 2386亿元 300余家 3个 12 1,234.5 ６．１％ 1.5倍 9:38:53 三成 百分之六点一 1—6月 2024年 上半年
， 。 、 ； ： （ ） “ ” 《 》 ** # 一、 第 PM2.5 5A级 1+3 - · \0 \x1b 😀
"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n"])
SENTENCES = st.lists(PIECES, max_size=25).map("".join)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)  # with control characters
QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def parse(text: str, book: Rulebook = BOOK) -> Extraction:
    return parse_document(make_document(text, meta=dict(META)), book)


def check_all(extraction: Extraction) -> None:
    """Spans, audit and ids of an extraction."""
    text, audit = extraction.document.text, extraction.audit
    for record in extraction.records:
        # the engine builds its results without validators
        assert Record.model_validate(record.model_dump()) == record
        spans: list[Span] = [record.span, *(c.span for c in record.comparisons)]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        mention = text[record.span.start : record.span.end]
        assert mention == mention.strip()
        assert record.value is not None or record.measure == "qualitative"
    assert audit.values + audit.comparisons + audit.ignored + len(audit.unexplained) == audit.numbers
    assert audit.ignored == len(audit.ignored_numbers)
    apart: list[Span] = [n.span for n in audit.ignored_numbers] + [n.span for n in audit.unexplained]
    named = sorted((span.start, span.end) for span in apart)
    assert all(first[1] <= second[0] for first, second in pairwise(named))
    found = sum(len(NUMBER.findall(b.view.text)) for b in blocks(extraction.document, BOOK))
    assert audit.numbers == found


@given(SENTENCES)
@settings(QUICK, max_examples=300)
def test_sentences_of_the_genre(text: str) -> None:
    check_all(parse(text))


@given(ANY)
@settings(QUICK, max_examples=200)
def test_any_text(text: str) -> None:
    check_all(parse(text))


@given(SENTENCES)
@settings(QUICK, max_examples=60)
def test_the_same_text_gives_the_same(text: str) -> None:
    assert parse(text) == parse(text)


def test_a_fresh_rulebook_gives_the_same(corpus: list[Path]) -> None:
    text = corpus[0].read_text("utf-8")
    assert parse(text, load_rulebook()) == parse(text)


def test_the_corpus(corpus: list[Path]) -> None:
    for path in corpus:
        extraction = parse(path.read_text("utf-8"))
        check_all(extraction)
        ids = [record.id for record in extraction.records]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("text", ["用电量\ud800增长5%。", "\udc80" * 10 + "增长5%"], ids=["one", "a run"])
def test_lone_surrogates(text: str) -> None:
    check_all(parse(text))


def test_a_list_that_holds_no_name() -> None:
    check_all(parse("县低于和1、2386亿元地区生产总值"))


@pytest.mark.parametrize("unit", ["（", "1,", "1", "a", "增长5%，", "居全国第1位"])
def test_an_endless_sentence_is_read(unit: str) -> None:
    check_all(parse(unit * (20_000 // len(unit)) + "增长5.6%"))


LINES = {
    "words": "发展质量效益稳步提升",
    "blanks": " ",
    "stars": "*",
    "hashes": "#",
    "quotes": "“",
    "list": "对东盟、",
    "newlines": "\n",
    "NULs": "\0",
    "dots": "1.",
}


@pytest.mark.parametrize("unit", LINES.values(), ids=LINES)
def test_an_endless_line_is_read(unit: str) -> None:
    check_all(parse(unit * (100_000 // len(unit)) + "增长5.6%"))
