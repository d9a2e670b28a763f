"""Web pages: what is their text, what is not, what they say of themselves, and which encoding they are in."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from govextract.errors import ReadError
from govextract.model import Document
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.read.html import read_page
from govextract.rulebook import Rulebook
from tests.making import html, page

LINES = [
    "2023年，全省地区生产总值18640.5亿元，增长5.6%。",
    "固定资产投资下降2.1%，社会消费品零售总额增长8.1%。",
    "进出口总额增长3.4%，居民消费价格上涨0.4%。",
]
TEXT = "\n\n".join(LINES) + "\n"
TWO = "\n\n".join(LINES[:2]) + "\n"
P = "".join(f"<p>{line}</p>" for line in LINES)


def text(body: str) -> str:
    return read_page(body, "utf-8", "x.html").text


# why, what stands in the page, the text that is read
PAGES = [
    ("a container by its id", page(f'<div id="UCAP-CONTENT">{P}</div><p>浏览次数：9次</p>'), TEXT),
    ("a container by its class", page(f'<div class="big TRS_Editor">{P}</div><p>浏览次数：9次</p>'), TEXT),
    ("an article", page(f"<article>{P}</article><p>浏览次数：9次</p>"), TEXT),
    ("no container that is known", page(f'<div class="c17">{P}</div>'), TEXT),
    ("a known name on something small", page(f'<div class="article">推荐</div><div class="c17">{P}</div>'), TEXT),
    ("two parts", page(f'<div id="zoom"><p>{LINES[0]}</p></div><div id="zoom"><p>{LINES[1]}</p></div>'), TWO),
    ("paragraphs by line breaks", page(f'<div id="zoom">{"<br>".join(LINES)}</div>'), "\n".join(LINES) + "\n"),
    ("bare text", LINES[0], LINES[0] + "\n"),
    ("a source that breaks its lines", "<p>全省\n   产值<span>18640\n</span>.5亿元</p>", "全省产值18640.5亿元\n"),
    ("Latin words", "<p>the\nyear</p>", "the year\n"),
    ("entities", "<p>5&lt;6&nbsp;&amp; 7&#37;&#x4e07;</p>", "5<6 & 7%万\n"),
    ("what is not shown", "<p>增长5%</p><p style='display: none'>增长9%</p><p hidden>增长8%</p>", "增长5%\n"),
    ("marks of footnotes", '<p>增长5%<sup><a href="#1">[1]</a></sup>，面积9m<sup>2</sup></p>', "增长5%，面积9m2\n"),
    ("text as it is typed", "<pre>增长5%\n下降3%</pre>", "增长5%\n下降3%\n"),
    ("a page in a form", f"<form><div class='c'>{P}</div></form>", TEXT),
    ("a frame called share", f"<div class='share-wrap'>{P}</div>", TEXT),
    ("links with a figure stay", "<p><a>一</a><a>二</a>增长5%</p>", "一二增长5%\n"),
    ("related links", f"<div id=zoom>{P}<p class=pager>1 2</p><ul><li><a>增长9%</a><li><a>b</a></ul></div>", TEXT),
    ("a script without end", f"{P}<script>var a = '<p>9%</p>'", TEXT),
    ("a comment without end", f"{P}<!-- <p>9%</p>", TEXT),
    ("tags that are not closed", f"<div><p>{LINES[0]}<p>{LINES[1]}", TWO),
]  # fmt: skip


@pytest.mark.parametrize(("why", "body", "expected"), PAGES, ids=[row[0] for row in PAGES])
def test_the_text_of_a_page(why: str, body: str, expected: str) -> None:
    assert text(body) == expected


@pytest.mark.parametrize(
    "body", ["<html></html>", "<script>1</script>", "<body><nav><a>1</a></nav>"], ids=["none", "a script", "a menu"]
)
def test_a_page_without_text_is_one_line(body: str) -> None:
    with pytest.raises(ReadError, match="holds no text"):
        text(body)


# why, the bytes of a page, the encoding that reads it
ENCODINGS = [
    ("GB2312 declared, GB18030 meant", html(["镕基同志，增长5.6%。", *LINES]), "gb18030"),
    ("GBK declared, UTF-8 meant", page(P).replace("gb2312", "gbk").encode(), "utf-8"),
    ("UTF-8 declared, GBK meant", page(P).replace("gb2312", "utf-8").encode("gbk"), "gb18030"),
    ("a BOM", codecs.BOM_UTF8 + page(P).encode(), "utf-8"),
    ("UTF-16", page(P).encode("utf-16"), "utf-16"),
    ("Big5", page(P).replace("gb2312", "big5").encode("big5", "xmlcharrefreplace"), "big5hkscs"),
    ("a broken character", page(P * 9).encode("gb18030").replace("浏览".encode("gb18030"), b"\xff", 1), "gb18030"),
    (
        "half a character",
        page(P * 9 + "<p>后</p>").encode("gb18030").replace("后".encode("gb18030"), b"\xba"),
        "gb18030",
    ),
]


@pytest.mark.parametrize(("why", "data", "encoding"), ENCODINGS, ids=[row[0] for row in ENCODINGS])
def test_the_bytes_decide_the_encoding(why: str, data: bytes, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "report.shtml").write_bytes(data)
    document = read_document(tmp_path / "report.shtml")
    assert document.encoding == encoding
    assert "18640.5" in document.text


def cells(document: Document) -> list[list[list[str]]]:
    return [[[document.text[c.start : c.end] for c in row] for row in table.rows] for table in document.tables]


# why, the table, the text, the cells of each table
TABLES = [
    (
        "merged cells",
        "<table><caption>表1</caption><tr><td colspan=3>单位：亿元</td></tr><tr><th rowspan=2>指标</th><th colspan=2>"
        "2023年</th></tr><tr><td>总量</td><td>增速</td></tr><tr><td><p>生产<br>总值</p></td><td>18640.5</td><td></td></tr>"
        "<tr><td colspan=3>注：初步核算数。</td></tr></table>",
        "表1\n\n单位：亿元\n指标\t2023年\t\n\t总量\t增速\n生产 总值\t18640.5\t\n\n注：初步核算数。\n",
        [[["指标", "2023年", "2023年"], ["指标", "总量", "增速"], ["生产 总值", "18640.5", ""]]],
    ),
    (
        "a table that lays the page out",
        f"<table><tr><td>{LINES[0]}{LINES[0]}</td><td>{LINES[1]}</td></tr><tr><td>a</td><td>b</td></tr></table>",
        f"{LINES[0]}{LINES[0]}\n\n{LINES[1]}\n\na\n\nb\n",
        [],
    ),
    (
        "a table in a table",
        "<table><tr><td>前</td></tr><tr><td><table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table></td>"
        "</tr></table>",
        "前\na\t1\nb\t2\n",
        [[["a", "1"], ["b", "2"]]],
    ),
    ("one column", "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\n\nb\n", []),
    (
        "rows of unlike length",
        "<table><tbody><tr><td>a<td>1<td>x<tr><td>b</tbody></table>",
        "a\t1\tx\nb\t\t\n",
        [[["a", "1", "x"], ["b", "", ""]]],
    ),
    (
        "rows without anything",
        "<table><tr><td>a<td>1<tr><td><td><tr><td>b<td>2<tr><td><td></table>",
        "a\t1\nb\t2\n",
        [[["a", "1"], ["b", "2"]]],
    ),
    (
        "cells that cover more than there is",
        "<table><tr><td rowspan=999999>a<td>1<tr><td>2</table>",
        "a\t1\n\t2\n",
        [[["a", "1"], ["a", "2"]]],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("why", "table", "expected", "grid"), TABLES, ids=[row[0] for row in TABLES])
def test_tables(why: str, table: str, expected: str, grid: list[list[list[str]]], tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<html><body>{table}</body></html>", "utf-8")
    document = read_document(tmp_path / "a.html")
    assert document.text == expected
    assert cells(document) == grid
    assert all(document.text[t.span.start : t.span.end].count("\n") == len(t.rows) - 1 for t in document.tables)


HEAD = (
    '<meta name="ArticleTitle" content="2024年云岭省政府工作报告"><meta name="PubDate" content="2024-01-30 10:08">'
    '<meta name="ContentSource" content="云岭日报">'
)


def test_what_a_page_says_of_itself(tmp_path: Path, book: Rulebook) -> None:
    beside = "<table><tr><td>发文字号</td><td>云政发〔2024〕3号</td></tr></table>"
    path = tmp_path / "a.html"
    path.write_text(page(f"{beside}<h1>政府工作报告</h1><div id='zoom'>{P}</div>", HEAD), "utf-8")
    document = parse_document(read_document(path), book).document
    assert (document.title, document.issuer, document.number) == (
        "2024年云岭省政府工作报告", "云岭日报", "云政发〔2024〕3号",
    )  # fmt: skip
    assert (document.region, document.date) == ("云岭省", "2024-01-30")
    assert read_document(path, date="2024-01-23").date == "2024-01-23"


def test_the_reports_own_day_goes_before_the_pages(tmp_path: Path, book: Rulebook) -> None:
    path = tmp_path / "a.html"
    path.write_text(page(f"<div id='zoom'><p>（2024年1月23日）</p>{P}</div>", HEAD), "utf-8")
    assert parse_document(read_document(path), book).document.date == "2024-01-23"


def test_a_heading_outside_the_text_is_its_title(tmp_path: Path, book: Rulebook) -> None:
    path = tmp_path / "a.html"
    path.write_text(page(f"<h1>2023年云岭省国民经济和社会发展统计公报</h1><div id='zoom'>{P}</div>"), "utf-8")
    document = parse_document(read_document(path), book).document
    assert (document.title, document.genre) == ("2023年云岭省国民经济和社会发展统计公报", "statistical-communique")
