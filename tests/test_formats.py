"""One report in every format gives the same records; what a file is, its bytes say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govextract.errors import ReadError
from govextract.model import Extraction
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.rulebook import Rulebook
from tests.making import docx, html, page, paragraphs_of, pdf, pdf_of, word_paragraph, zipped

MAKERS: dict[str, Callable[[list[str]], bytes]] = {
    ".html": html,
    ".docx": lambda lines: docx("".join(map(word_paragraph, lines))),
    ".pdf": pdf,
}
TEXT = "2023年，全省地区生产总值18640.5亿元，增长5.6%。"


def figures(extraction: Extraction) -> Counter[Any]:
    """What the records say, wherever they stand."""
    return Counter(
        (r.indicator, r.value, r.unit, r.measure, r.period.start, r.period.end, r.status, r.region, r.bound)
        for r in extraction.records
    )


def check(path: Path, kind: str, folder: Path, book: Rulebook) -> None:
    made = folder / (path.stem + kind)
    made.write_bytes(MAKERS[kind](paragraphs_of(path, book)))
    side = path.with_name(path.stem + ".meta.json")
    if side.is_file():
        (folder / side.name).write_bytes(side.read_bytes())
    expected = parse_document(read_document(path), book)
    found = parse_document(read_document(made), book)
    assert figures(found) == figures(expected)
    text = found.document.text
    assert all(text[r.span.start : r.span.end].strip() for r in found.records)
    assert {"title", "region", "date", "genre"} <= set(found.document.plain())
    assert (found.document.region, found.document.date) == (expected.document.region, expected.document.date)
    assert all((r.page is None) == (kind != ".pdf") for r in found.records)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_report_in_every_format_gives_the_same(kind: str, corpus: list[Path], tmp_path: Path, book: Rulebook) -> None:
    for path in corpus:
        check(path, kind, tmp_path, book)


# why, the file's name, its bytes, the text that is read
BY_BYTES = [
    ("a page called .doc", "a.doc", page(f"<p>{TEXT}</p>").encode(), f"{TEXT}\n"),
    ("a page called .txt", "a.txt", page(f"<p>{TEXT}</p>").encode(), f"{TEXT}\n"),
    ("a PDF called .txt", "a.txt", pdf_of([[(72, 500, TEXT)]]), f"{TEXT}\n"),
    ("a Word file called .pdf", "a.pdf", docx(word_paragraph(TEXT)), f"{TEXT}\n"),
    ("a text called .docx", "a.docx", TEXT.encode("gb18030"), TEXT),
    ("a text called .html", "a.html", TEXT.encode(), TEXT),
    ("markdown that begins with a tag", "a.md", f"<div>\n{TEXT}".encode(), f"<div>\n{TEXT}"),
]


@pytest.mark.parametrize(("why", "name", "data", "text"), BY_BYTES, ids=[row[0] for row in BY_BYTES])
def test_the_bytes_decide(why: str, name: str, data: bytes, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert read_document(tmp_path / name).text == text


# why, the first bytes, what is said
REFUSED = [
    ("an old Word file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "soffice --headless --convert-to docx"),
    ("RTF", rb"{\rtf1\ansi 5.6%}", "soffice --headless --convert-to docx"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 600, "OCR"),
    ("a RAR archive", b"Rar!\x1a\x07\x00" + b"\0" * 60, "unpack it"),
    ("an Excel workbook", zipped({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}), "is an Excel workbook"),
    ("an OFD file", zipped({"OFD.xml": b"x", "Doc_0/Document.xml": b"x"}), "is an OFD file"),
    ("an OpenDocument file", zipped({"mimetype": b"x", "content.xml": b"x"}), "convert-to docx"),
    ("a database", b"SQLite format 3\x00" + b"\0" * 60, "sqlite:///"),
    ("a web archive", b"MIME-Version: 1.0\nContent-Type: multipart/related", "save it as a web page"),
]


@pytest.mark.parametrize("suffix", [".txt", ".doc", ".pdf"])
@pytest.mark.parametrize(("why", "data", "said"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_not_read_says_what_to_do(why: str, data: bytes, said: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"report{suffix}"
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read_document(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
