"""From bytes to a document: every encoding that reports come in, and every file that is none."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

import govextract
from govextract.errors import ReadError
from govextract.read import make_document, read_document, read_text

TEXT = "全省地區生產總值增長5.6%，\n固定資產投資下降2.1%。\n我們的工作在各縣市都有發展。\n"
SIMPLE = "全省地区生产总值增长5.6%，\n固定资产投资下降2.1%。\n我们的工作在各县市都有发展。\n"

# why, bytes, the text they hold, the encoding that read them
ENCODINGS = [
    ("UTF-8", SIMPLE.encode(), SIMPLE, "utf-8"),
    ("UTF-8 with BOM", codecs.BOM_UTF8 + SIMPLE.encode(), SIMPLE, "utf-8"),
    ("GB18030", SIMPLE.encode("gb18030"), SIMPLE, "gb18030"),
    ("GBK", SIMPLE.encode("gbk"), SIMPLE, "gb18030"),
    ("Big5", TEXT.encode("big5"), TEXT, "big5hkscs"),
    ("UTF-16 LE with BOM", codecs.BOM_UTF16_LE + SIMPLE.encode("utf-16-le"), SIMPLE, "utf-16"),
    ("UTF-16 BE with BOM", codecs.BOM_UTF16_BE + SIMPLE.encode("utf-16-be"), SIMPLE, "utf-16"),
    ("UTF-16 LE", SIMPLE.encode("utf-16-le"), SIMPLE, "utf-16-le"),
    ("UTF-16 BE", SIMPLE.encode("utf-16-be"), SIMPLE, "utf-16-be"),
    ("CRLF", SIMPLE.replace("\n", "\r\n").encode(), SIMPLE, "utf-8"),
    ("old Macintosh lines", SIMPLE.replace("\n", "\r").encode(), SIMPLE, "utf-8"),
    ("ASCII", b"GDP 5.6%\n", "GDP 5.6%\n", "utf-8"),
    ("a NUL", "增长\0 5%".encode(), "增长\0 5%", "utf-8"),
    ("emoji", "增长5%😀".encode(), "增长5%😀", "utf-8"),
]


@pytest.mark.parametrize(("why", "data", "text", "encoding"), ENCODINGS, ids=[row[0] for row in ENCODINGS])
def test_encodings(why: str, data: bytes, text: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    assert read_text(path)[:2] == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_corpus_reads_the_same_in_every_encoding(encoding: str, corpus: list[Path], tmp_path: Path) -> None:
    for report in corpus:
        text = report.read_text("utf-8")
        path = tmp_path / report.name
        path.write_bytes(text.encode(encoding))
        assert read_text(path)[0] == text


def test_markdown_is_transparent(tmp_path: Path) -> None:
    path = tmp_path / "digest.md"
    path.write_text("# 亮点\n\n- 工业用电量增长**6.1%**，达到**4186**万千瓦时\n", "utf-8")
    extraction = govextract.parse_file(path)
    spans = [extraction.document.text[r.span.start : r.span.end] for r in extraction.records]
    assert spans == ["6.1%", "4186**万千瓦时"]


# why, what the file holds, what the message says
BROKEN = [
    ("empty", b"", "is empty"),
    ("blank", b" \r\n\t\n", "is empty"),
    ("NULs", b"\0" * 10_000, "is binary"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "is a picture"),
    ("undecodable", b"\xff\xff\xfe\x81\x00" * 50, "tried: utf-8, gb18030, big5hkscs, utf-16"),
    ("a lone surrogate", "增长5%".encode() + b"\xed\xa0\x80", "tried: utf-8"),
    ("a BOM that lies", codecs.BOM_UTF8 + b"\xff\xfe\xff", "byte-order mark"),
    ("half a UTF-16 character", codecs.BOM_UTF16_LE + b"\x00\xd8", "byte-order mark"),
]


@pytest.mark.parametrize(("why", "data", "told"), BROKEN, ids=[row[0] for row in BROKEN])
def test_what_is_no_report(why: str, data: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read_document(path)
    assert str(caught.value).startswith(str(path))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read_document(tmp_path / "missing.txt")
    with pytest.raises(ReadError, match="is a folder"):
        read_document(tmp_path)


def sidecar(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(SIMPLE, "utf-8")
    path.with_name("report.meta.json").write_text(content, "utf-8")
    return path


def test_a_sidecar_says_where_and_when(tmp_path: Path) -> None:
    meta = {"region": "青石县", "date": "2024-03", "period": ["2023-01-01", "2023-06-30"], "genre": "news"}
    path = sidecar(tmp_path, json.dumps(meta))
    document = read_document(path)
    assert (document.region, document.date, document.genre) == ("青石县", "2024-03-01", "news")
    assert document.period is not None
    assert (document.period.start, document.period.end) == ("2023-01-01", "2023-06-30")
    assert read_document(path, region="云岭省").region == "云岭省"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "is no JSON"),
        ("[]", "must hold one JSON object"),
        ('{"date": "yesterday"}', "is not understood"),
        ('{"period": "2024/half"}', "is not understood"),
        ('{"period": {"start": "2024"}}', "is not understood"),
    ],
    ids=["cut off", "a list", "a date in words", "half a period", "a period of another shape"],
)
def test_a_broken_sidecar(content: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=told):
        read_document(sidecar(tmp_path, content))


@pytest.mark.parametrize(
    "content",
    ['{"region": 3}', '{"title": ["x"]}', '{"date": "2024-13-45"}', '{"period": "2024-06-30/2024-01-01"}'],
    ids=["a region that is no text", "a title that is a list", "no such day", "a period that ends first"],
)
def test_a_wrong_sidecar_is_told(content: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        read_document(sidecar(tmp_path, content))


def test_text_at_hand() -> None:
    assert make_document("增长\ud800 5%").text == "增长\ud800 5%"
    assert make_document("a").sha256 != make_document("b").sha256
