"""Inputs that nobody writes, and what must hold of whatever is made of them."""

from __future__ import annotations

import json
import random
from datetime import date
from html import escape
from pathlib import Path

from govextract.errors import GovextractError
from govextract.export.json import text as json_text
from govextract.model import Document, Extraction, Record
from govextract.parse import parse_document
from govextract.read import read_documents
from govextract.rulebook import Rulebook
from tests.making import docx, page, word_paragraph, word_table, zipped

PHRASES = """
地区生产总值 工业增加值 固定资产投资 城镇新增就业 企业 粮食产量 居民消费价格 一般公共预算收入 项目 重庆
云岭省 全国 全市 县 公里 同比 比上年 较年初 环比 增长 下降 收窄 回落 增加 减少 达到 提高到 增至 占 比重
占比 贡献率 拉动 翻一番 持平 完成 实现 力争 预期目标 居全国第2位 前列 高于全国 低于 分别 均 其中
年度目标 的 从 到 由 为 约 超过 以上 左右 不低于 新增 建成 累计 连续 每 按 之一 等 及 和 5.6%
1.2个百分点 2386亿元 300余家 3个 12 1,234.5 ６．１％ 1.5倍 9:38:53 三成 百分之六点一 万分之三 半 两
1—6月 2024年 上半年 十四五 一季度 18640.5 0 00 1e9 -3.2 +4% 1/3 ½ ① Ⅳ 10^8 万亿 亿 千 % ‰ 元 吨
人次 平方公里 立方米 m2 PM2.5 5A级 1+3 202 2024-01-23 〔2024〕3号 一、 （一） 1. 1、 一是 第一 首先 ——
回顾 展望 二、2024年目标 （单位：亿元） 指标 合计 单位 ， 。 、 ； ： （ ） “ ” 《 》 【 】 ! ? ... …
— - ~ · / \\ | ** # ## - > ` [ ] ( ) < > & ; : ' "
"""
WORDS = PHRASES.split()
BLANKS = (
    "\n",
    "\n\n",
    " ",
    "\t",
    "\u3000",
    "\xa0",
    "\r\n",
    "\r",
    "\u200b",
    "\ufeff",
    "\x00",
    "\x0b",
    "\x0c",
    "\x1b",
    "\x7f",
    "\x85",
)
ODD = ("😀", "𠮷", "\u0301", "\u2028", "\ufffd", "\ue000", "\u202e", "İ", "ß")
LONG = ("1", "亿", "增长5%，", "（", "居全国第1位、", "一", "、")
KINDS = (".txt", ".txt", ".txt", ".md", ".html", ".docx", ".zip")
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "big5")


def text_of(chance: random.Random) -> str:
    """A text of the genre's words in no order, with blanks, controls and repeats."""
    pieces: list[str] = []
    for _ in range(chance.randint(1, 60)):
        kind = chance.random()
        if kind < 0.82:
            pieces.append(chance.choice(WORDS))
        elif kind < 0.94:
            pieces.append(chance.choice(BLANKS))
        elif kind < 0.98:
            pieces.append(chance.choice(ODD))
        elif kind < 0.995:
            pieces.append(chr(chance.choice((chance.randrange(0x20, 0x3000), chance.randrange(0x3000, 0xD800)))))
        else:
            pieces.append(chance.choice(LONG) * chance.randint(2, 300))
    return "".join(pieces)


def file_of(text: str, kind: str, chance: random.Random) -> bytes:
    """A file of that kind with the text in it, now and then cut or harmed."""
    lines = text.split("\n")
    if kind == ".html":
        cells = "".join(
            f"<tr><td>{escape(a)}</td><td>{escape(b)}</td></tr>" for a, b in zip(lines, lines[::-1], strict=True)
        )
        data = page("".join(f"<p>{escape(line)}" for line in lines) + f"<table>{cells}</table>").encode(
            "utf-8", "replace"
        )
    elif kind == ".docx":
        clean = ["".join(c for c in line if c >= " " and c not in "\ufffe\uffff") for line in lines]
        table = word_table([[(line, ""), ("1", "")] for line in clean])
        data = docx("".join(map(word_paragraph, clean)) + table)
    elif kind == ".zip":
        data = zipped({"a.txt": text.encode("utf-8", "replace"), "b.md": text[::-1].encode("utf-8", "replace")})
    else:
        data = text.encode(chance.choice(ENCODINGS), "replace")
    if chance.random() < 0.03:
        data = data[: chance.randrange(len(data) + 1)]
    if data and chance.random() < 0.03:
        place = chance.randrange(len(data))
        data = data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]
    return data


def read_and_check(data: bytes, path: Path, book: Rulebook) -> int:
    """Put *data* at *path*, read and parse it; the number of documents. AssertionError where something is wrong."""
    path.write_bytes(data)
    count = 0
    for found in read_documents(path):
        if isinstance(found, GovextractError):
            assert "\n" not in str(found)
            continue
        check_document(found, book)
        count += 1
    return count


def check_document(document: Document, book: Rulebook) -> None:
    """What holds of every document and what is made of it."""
    extraction = parse_document(document, book)
    text, audit = document.text, extraction.audit
    for record in extraction.records:
        assert Record.model_validate(record.model_dump()) == record
        spans = [record.span, *(c.span for c in record.comparisons)]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        days = [day for day in (record.period.start, record.period.end) if day is not None]
        assert [date.fromisoformat(day).isoformat() for day in days] == days
        mention = text[record.span.start : record.span.end]
        assert mention == mention.strip()
    assert audit.values + audit.comparisons + audit.ignored + len(audit.unexplained) == audit.numbers
    for table in document.tables:
        assert len({len(row) for row in table.rows}) == 1
        inside = (table.span.start, table.span.end)
        assert all(inside[0] <= cell.start <= cell.end <= inside[1] for row in table.rows for cell in row)
    again = _from_json(extraction)
    assert len(again.records) == len(extraction.records)
    # a number beyond the precision of JSON's readers is rounded once, and then stays
    assert json_text(_from_json(again)) == json_text(again)


def _from_json(extraction: Extraction) -> Extraction:
    content = json.loads(json_text(extraction))
    content["document"]["text"] = ""
    return Extraction.model_validate(content)
