"""Word files: numbers that Word draws, tables, footnotes, text boxes, and what is deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from govextract.errors import ReadError
from govextract.model import Document
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.rulebook import Rulebook
from tests.making import W, docx, word_paragraph, word_table, zipped

LINE = "2023年，全省地区生产总值18640.5亿元，增长5.6%。"


def read(folder: Path, body: str, **parts: str) -> Document:
    path = folder / "report.docx"
    path.write_bytes(docx(body, {f"word/{name}.xml": text for name, text in parts.items()}))
    return read_document(path)


def run(text: str, mark: str = "") -> str:
    return f"<w:r><w:rPr>{mark}</w:rPr><w:t>{text}</w:t></w:r>"


# why, the body, the text
BODIES = [
    ("paragraphs", word_paragraph("一、回顾") + word_paragraph(LINE), f"一、回顾\n\n{LINE}\n"),
    ("runs", f"<w:p>{run('增长')}{run('5')}{run('.6%')}</w:p>", "增长5.6%\n"),
    ("a line break", f"<w:p>{run('增长5%')}<w:r><w:br/></w:r>{run('下降3%')}</w:p>", "增长5%\n下降3%\n"),
    ("a tab", f"<w:p>{run('一')}<w:r><w:tab/></w:r>{run('二')}</w:p>", "一 二\n"),
    ("what is deleted", f"<w:p>{run('增')}<w:del><w:r><w:delText>9</w:delText></w:r></w:del>{run('5')}</w:p>", "增5\n"),
    ("what is inserted", f"<w:p>{run('增长')}<w:ins>{run('5%')}</w:ins></w:p>", "增长5%\n"),
    ("what was moved", f"<w:p><w:moveFrom>{run('9%')}</w:moveFrom><w:moveTo>{run('5%')}</w:moveTo></w:p>", "5%\n"),
    ("what is hidden", f"<w:p>{run('9%', '<w:vanish/>')}{run('5%')}</w:p>", "5%\n"),
    ("a field", f"<w:p><w:r><w:instrText>PAGE 9</w:instrText></w:r>{run('5%')}</w:p>", "5%\n"),
    ("a link", f"<w:p><w:hyperlink>{run('增长5%')}</w:hyperlink></w:p>", "增长5%\n"),
    ("a control", f"<w:sdt><w:sdtContent><w:p>{run('增长5%')}</w:p></w:sdtContent></w:sdt>", "增长5%\n"),
    (
        "a table of contents",
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{word_paragraph('一、回顾 12')}</w:sdtContent></w:sdt>{word_paragraph(LINE)}",
        f"{LINE}\n",
    ),
    (
        "a text box, which stands twice in the file",
        f"<w:p>{run('前')}<w:r><w:AlternateContent><w:Choice><w:txbxContent>{word_paragraph('框5%')}</w:txbxContent></w:Choice>"
        f"<w:Fallback><w:txbxContent>{word_paragraph('框5%')}</w:txbxContent></w:Fallback></w:AlternateContent></w:r>"
        f"{run('后')}</w:p>",
        "前后\n\n框5%\n",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("why", "body", "expected"), BODIES, ids=[row[0] for row in BODIES])
def test_the_text_of_a_word_file(why: str, body: str, expected: str, tmp_path: Path) -> None:
    assert read(tmp_path, body).text == expected


def level(depth: int, format: str, text: str, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/>'
        f"{more}</w:lvl>"
    )


NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{level(0, "chineseCountingThousand", "%1、")}'
    f"{level(1, 'chineseCounting', '（%2）')}{level(2, 'decimal', '%3.')}{level(3, 'decimal', '%1.%4')}"
    f'{level(4, "bullet", "·")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/>'
    "</w:lvlOverride></w:num></w:numbering>"
)
STYLES = (
    f'<w:styles {W}><w:style w:styleId="a"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    '</w:pPr></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    '<w:style w:styleId="10"><w:name w:val="toc 1"/></w:style></w:styles>'
)


def item(text: str, number: int, depth: int) -> str:
    return word_paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def test_numbers_that_word_draws(tmp_path: Path) -> None:
    body = (
        item("回顾", 1, 0) + item("经济", 1, 1) + item("民生", 1, 1) + item("2023年增长", 1, 2) + item("点", 1, 4)
        + item("展望", 1, 0) + item("目标", 1, 1) + item("细目", 1, 3) + item("另起", 2, 0) + item("无号", 0, 0)
    )  # fmt: skip
    assert read(tmp_path, body, numbering=NUMBERING).text.split("\n\n") == [
        "一、回顾", "（一）经济", "（二）民生", "1. 2023年增长", "点",
        "二、展望", "（一）目标", "二.1 细目", "十一、另起", "无号\n",
    ]  # fmt: skip


def test_numbers_and_contents_by_style(tmp_path: Path) -> None:
    body = "".join(
        word_paragraph(text, f'<w:pStyle w:val="{style}"/>')
        for text, style in (("目录 9", "10"), ("一", "a"), ("二", "b"))
    )
    assert read(tmp_path, body, numbering=NUMBERING, styles=STYLES).text == "一、一\n\n二、二\n"


def test_footnotes_stand_behind_their_paragraph(tmp_path: Path) -> None:
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator">{word_paragraph("—")}</w:footnote>'
        f'<w:footnote w:id="2">{word_paragraph("按不变价计算。")}</w:footnote></w:footnotes>'
    )
    body = (
        f'<w:p>{run("增长5%")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("，下降3%。")}</w:p>{word_paragraph("后")}'
    )
    assert read(tmp_path, body, footnotes=notes).text == "增长5%，下降3%。\n\n按不变价计算。\n\n后\n"


def test_tables(tmp_path: Path) -> None:
    wide, first, more = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = word_table(
        [
            [("单位：亿元", '<w:gridSpan w:val="3"/>')],
            [("指标", first), ("2023年", wide)],
            [("", more), ("总量", ""), ("增速", "")],
            [("生产总值", ""), ("18640.5", ""), ("", "")],
        ]
    )
    document = read(tmp_path, word_paragraph("表1") + table + word_paragraph("后"))
    assert document.text == "表1\n\n单位：亿元\n指标\t2023年\t\n\t总量\t增速\n生产总值\t18640.5\t\n\n后\n"
    (found,) = document.tables
    assert [[document.text[c.start : c.end] for c in row] for row in found.rows] == [
        ["指标", "2023年", "2023年"],
        ["指标", "总量", "增速"],
        ["生产总值", "18640.5", ""],
    ]
    laid_out = word_table([[(LINE * 2, ""), ("二", "")], [("三", ""), ("四", "")]])
    assert read(tmp_path, laid_out).text == f"{LINE * 2}\n\n二\n\n三\n\n四\n"


CORE = '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>{}</dc:title></cp:coreProperties>'


@pytest.mark.parametrize(
    ("title", "expected"),
    [("云岭省 2023年计划报告", "云岭省 2023年计划报告"), ("Word 文档", None), ("某县2019年的旧报告", None)],
    ids=["the report's own", "a template's", "an older report's"],
)
def test_a_title_is_believed_where_the_text_begins_with_it(title: str, expected: str | None, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    body = word_paragraph("云岭省2023年") + word_paragraph("计划报告") + word_paragraph(LINE)
    path.write_bytes(docx(body, {"docProps/core.xml": CORE.format(title)}))
    assert read_document(path).title == expected


def test_the_number_of_a_document(tmp_path: Path, book: Rulebook) -> None:
    body = word_paragraph("云政发〔2024〕3号") + word_paragraph("按照云政发〔2023〕9号文件，" + LINE)
    assert parse_document(read(tmp_path, body), book).document.number == "云政发〔2024〕3号"
    body = word_paragraph("按照云政发〔2023〕9号文件，" + LINE)
    assert parse_document(read(tmp_path, body), book).document.number is None


DOCTYPE = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
BOMB = f"{DOCTYPE}<w:document {W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
OUTSIDE = BOMB.replace(DOCTYPE, '<!DOCTYPE w [<!ENTITY b SYSTEM "file:///etc/passwd">]>')
DEEP = f"<w:document {W}><w:body>" + "<w:sdt>" * 50_000 + "</w:sdt>" * 50_000 + "</w:body></w:document>"
HOSTILE = [
    ("a bomb of entities", BOMB.encode(), "holds a document type"),
    ("a bomb in UTF-16", BOMB.encode("utf-16"), "holds a document type"),
    ("an entity from outside", OUTSIDE.encode(), "holds a document type"),
    ("a thousand levels", DEEP.encode(), "nests its elements deeper"),
    ("cut off", docx(word_paragraph(LINE))[:60], "is broken"),
    ("no text", f"<w:document {W}><w:body/></w:document>".encode(), "holds no text"),
    ("a bomb of zeros", b"<w>" + b" " * 30_000_000 + b"</w>", "grows more than"),
]


@pytest.mark.parametrize(("why", "data", "said"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_hostile_files_are_one_line(why: str, data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": data}))
    with pytest.raises(ReadError, match=said) as caught:
        read_document(path)
    assert "\n" not in str(caught.value)
