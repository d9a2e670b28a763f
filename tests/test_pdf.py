"""PDF: paragraphs, columns, page furniture, pages, and files that hold no text."""

from __future__ import annotations

from pathlib import Path

import pytest

from govextract.errors import ReadError
from govextract.model import Document
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.rulebook import Rulebook
from tests.making import pdf, pdf_of

LINE = "2023年，全省地区生产总值18640.5亿元，增长5.6%，高于全国0.4个百分点，固定资产投资下降2.1%。"
Place = tuple[float, float, str]


def read(folder: Path, data: bytes) -> Document:
    path = folder / "report.pdf"
    path.write_bytes(data)
    return read_document(path)


def lines(texts: list[str], left: float = 72, top: float = 700, apart: float = 18) -> list[Place]:
    return [(left, top - apart * number, text) for number, text in enumerate(texts)]


FULL = "全省上下坚持稳中求进工作总基调推动高质量发展取得新成效。第一"  # 29 letters
TOP = FULL[:27]  # behind an indent
# why, the pages, the text
PAGES = [
    ("a figure broken over a line", [lines(["　　" + TOP + "达186", "40.5亿元。"])], TOP + "达18640.5亿元。\n"),
    ("a short line", [lines(["　　" + TOP, FULL, "　　一、", "　　" + TOP])], f"{TOP}{FULL}\n\n一、\n\n{TOP}\n"),
    ("runs of one line", [[(72, 700, "增长"), (96, 700, "5.6%"), (122, 701, "。")]], "增长5.6%。\n"),
    ("cells of one line", [[(72, 700, "工业"), (200, 700, "5.6"), (300, 700, "7")]], "工业 5.6 7\n"),
    ("words", [[(72, 700, "CPI and PPI")]], "CPI and PPI\n"),
    ("an empty page between", [lines(["前。"]), [], lines(["后。"])], "前。\n\n后。\n"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "pages", "expected"), PAGES, ids=[row[0] for row in PAGES])
def test_lines_become_paragraphs(why: str, pages: list[list[Place]], expected: str, tmp_path: Path) -> None:
    assert read(tmp_path, pdf_of(pages)).text == expected


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = ["甲" * 16, "乙" * 16, "丙" * 16, "丁" * 15 + "。"]
    right = ["子" * 16, "丑" * 16, "寅" * 16, "卯" * 15 + "。"]
    both = [(150, 740, "云岭省国民经济和社会发展公报"), *lines(left, 72), *lines(right, 300)]
    mixed = sorted(both, key=lambda place: -place[1])  # line by line, as many programs write them
    assert read(tmp_path, pdf_of([mixed])).text == "\n\n".join([both[0][2], "".join(left), "".join(right)]) + "\n"


def test_a_table_is_no_columns(tmp_path: Path) -> None:
    rows = [("工业", "5.6"), ("农业", "3.4"), ("建筑业", "7.1"), ("服务业", "6.2")]
    places = [(x, 700 - 18 * n, text) for n, row in enumerate(rows) for x, text in zip((72, 300), row, strict=True)]
    assert read(tmp_path, pdf_of([places])).text == "\n\n".join(" ".join(row) for row in rows) + "\n"


def test_furniture_is_left_out(tmp_path: Path) -> None:
    texts = [LINE.replace("，", "，" + "甲乙丙丁戊己庚辛"[n % 8] * (n % 7)) for n in range(50)]
    document = read(tmp_path, pdf(texts))
    assert len(document.pages) == 3
    assert document.text == "\n\n".join(texts) + "\n"


@pytest.mark.parametrize("number", ["3", "— 3 —", "第3页", "第 3 页 共 9 页", "3/9", "iv"])
def test_page_numbers(number: str, tmp_path: Path) -> None:
    assert read(tmp_path, pdf_of([[(72, 500, "增长5%。"), (290, 30, number)]])).text == "增长5%。\n"


def test_a_last_line_that_is_no_page_number_stays(tmp_path: Path) -> None:
    places = [(72, 500, "增长5%。"), (72, 40, "总量12345亿元")]
    assert read(tmp_path, pdf_of([places])).text == "增长5%。\n\n总量12345亿元\n"


def test_a_record_knows_its_page(tmp_path: Path, book: Rulebook) -> None:
    pages = [lines([f"2023年，全省粮食产量{n}00万吨。"]) for n in (1, 2, 3)]
    pages.insert(1, [])
    extraction = parse_document(read(tmp_path, pdf_of(pages)), book)
    assert [(str(r.value), r.page) for r in extraction.records] == [("100", 1), ("200", 3), ("300", 4)]
    long = parse_document(read(tmp_path, pdf([LINE] * 60)), book)
    assert [r.page for r in long.records] == sorted(r.page or 0 for r in long.records)
    assert {r.page for r in long.records} == {1, 2, 3, 4}


WHOLE = pdf_of([lines([LINE])])
BROKEN = [
    ("no text layer", pdf_of([[], []]), "has no text layer: its pages are pictures (recognise their text first (OCR))"),
    ("encrypted", pdf_of([lines([LINE])], password="secret"), "is encrypted"),
    ("no PDF", b"%PDF-1.7 nothing", "is a broken PDF"),
    ("cut off", WHOLE[:300], "is a broken PDF"),
]


@pytest.mark.parametrize(("why", "data", "said"), BROKEN, ids=[row[0] for row in BROKEN])
def test_what_cannot_be_read_is_one_line(why: str, data: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read(tmp_path, data)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("library", ["pypdfium2", "selectolax.lexbor"])
def test_a_missing_extra_is_named(library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)
    path = tmp_path / "a.html"
    path.write_bytes(WHOLE if library == "pypdfium2" else b"<html><p>5%")
    with pytest.raises(ReadError, match=r"pip install 'govextract\[files\]'"):
        read_document(path)
