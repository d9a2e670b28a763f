"""What no honest program writes: every file is read, or refused in one line, in bounded time and space."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from govextract.errors import ReadError
from govextract.model import Document
from govextract.parse import parse_document
from govextract.read import pdf as pdf_reader
from govextract.read import read_documents, tree
from govextract.reports import all_files, folder_files, report_files
from govextract.rulebook import Rulebook
from tests.making import docx, html, page, pdf, pdf_of, word_paragraph, word_table, zipped

TEXT = "2023年，全省地区生产总值18640.5亿元，增长5.6%。"


def outcome(path: Path) -> str:
    """The text of a file, or its error, which is one line."""
    (found,) = read_documents(path)
    if isinstance(found, Document):
        return found.text
    assert "\n" not in str(found)
    return str(found)


WHOLE: dict[str, bytes] = {
    ".html": html([TEXT] * 3),
    ".docx": docx(word_paragraph(TEXT) + word_table([[("a", ""), ("1", "")], [("b", ""), ("2", "")]])),
    ".pdf": pdf([TEXT] * 3),
    ".zip": zipped({"a.txt": TEXT.encode()}),
    ".txt": TEXT.encode("gb18030"),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_cut_anywhere(kind: str, tmp_path: Path) -> None:
    data = WHOLE[kind]
    path = tmp_path / f"report{kind}"
    for length in range(0, len(data), max(10, len(data) // 150)):
        path.write_bytes(data[:length])
        outcome(path)


@pytest.mark.parametrize("kind", WHOLE)
def test_harmed_anywhere(kind: str, tmp_path: Path) -> None:
    data = bytearray(WHOLE[kind])
    path = tmp_path / f"report{kind}"
    for place in range(0, len(data), max(7, len(data) // 150)):
        kept = data[place]
        data[place] ^= 0xFF
        path.write_bytes(data)
        outcome(path)
        data[place] = kept


# why, a page, what is said or read
PAGES: dict[str, tuple[str, str]] = {
    "100,000 levels": ("<div>" * 100_000 + TEXT, "deeper than 500 levels"),
    "100,000 levels of bold": ("<b>" * 100_000 + TEXT, TEXT),
    "100,000 tables": ("<table><tr><td>" * 100_000 + TEXT, "deeper than 500 levels"),
    "400 levels": ("<div>" * 400 + TEXT + "</div>" * 400, TEXT),
    "a megabyte on one line": ("<p>" + "发展" * 500_000 + TEXT, TEXT),
    "a megabyte of blanks": ("<p>增长" + " " * 1_000_000 + "5.6%", "增长 5.6%"),
    "a megabyte of <": ("<" * 1_000_000 + TEXT, TEXT),
    "comments that do not end": (TEXT + "<!--" * 300_000, TEXT),
    "scripts that do not end": (TEXT + "<script>" * 100_000, TEXT),
    "names that make bold again": ("".join(f"<b id={n}>" for n in range(2_000)) + "<p>a" * 9_000 + TEXT, TEXT),
    "a thousand million cells": ("<table>" + "<tr><td rowspan=9999 colspan=9999>a" * 999 + "</table>" + TEXT, TEXT),
    "controls": ("<p>" + "".join(map(chr, range(1, 32))) + TEXT * 20, TEXT),
    "a NUL": ("<p>\x00" + TEXT, TEXT),
    "half a pair": ("<p>&#xD800;&#x110000;" + TEXT, TEXT),
}  # fmt: skip


@pytest.mark.parametrize("why", PAGES)
def test_pages(why: str, tmp_path: Path) -> None:
    body, expected = PAGES[why]
    (tmp_path / "a.html").write_text(f"<html><body>{body}", "utf-8")
    assert expected in outcome(tmp_path / "a.html")


def test_a_page_has_a_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MOST", 100)
    (tmp_path / "a.html").write_text("<html>" + "<p>a" * 200, "utf-8")
    assert "holds more than 100 elements" in outcome(tmp_path / "a.html")


@pytest.mark.parametrize("code", [*range(32), 127])
def test_every_control_character(code: int, tmp_path: Path, book: Rulebook) -> None:
    for suffix, data in ((".txt", f"{TEXT}{chr(code)}{TEXT}"), (".html", page(f"<p>{TEXT}{chr(code)}{TEXT}</p>"))):
        path = tmp_path / f"a{suffix}"
        path.write_bytes(data.encode())
        (found,) = read_documents(path)
        assert isinstance(found, Document)
        assert [str(r.value) for r in parse_document(found, book).records] == ["18640.5", "5.6"] * 2


def test_a_pdf_of_many_empty_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MOST_PAGES", 9)
    (tmp_path / "a.pdf").write_bytes(pdf_of([[]] * 10))
    assert "has more than 9 pages" in outcome(tmp_path / "a.pdf")
    (tmp_path / "a.pdf").write_bytes(pdf_of([[]] * 9))
    assert "has no text layer" in outcome(tmp_path / "a.pdf")


def test_rows_of_a_word_table_that_cover_all(tmp_path: Path) -> None:
    wide = '<w:gridSpan w:val="99999"/>'
    (tmp_path / "a.docx").write_bytes(docx(word_table([[("a", wide), ("b", wide)]] * 300)))
    assert outcome(tmp_path / "a.docx").startswith("a")


# --- names and folders


@pytest.mark.parametrize("name", ["a\nb.txt", "..x.txt", "a\tb.txt", "a\x1b[31m.txt", "a\udcff.txt"], ids=ascii)
def test_odd_names(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(TEXT.encode())
    (found,) = read_documents(path)
    assert isinstance(found, Document)
    assert found.name.isprintable()
    path.write_bytes(b"")
    assert "is empty" in outcome(path)
    assert folder_files(tmp_path) == [path]


def test_links_that_lead_back(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "sub" / "self").symlink_to(tmp_path / "sub")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    assert [str(path) for path in folder_files(tmp_path)] == [str(tmp_path / "sub" / "a.txt")]


def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("open", "shut"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(TEXT, "utf-8")
    scan: Callable[..., object] = os.scandir

    def guarded(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = list(all_files([tmp_path]))
    assert found[0] == tmp_path / "open" / "a.txt"
    assert str(found[1]) == f"{tmp_path / 'shut'}: cannot be read: permission denied"
    with pytest.raises(ReadError, match="permission denied"):
        report_files([tmp_path])
