"""Zips of reports: each member by its own name, none that leads out of the archive, nothing without limits."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from govextract.errors import ReadError
from govextract.model import Document
from govextract.read import archive, read_document, read_documents, zipped
from tests.making import docx, page, pdf, word_paragraph
from tests.making import zipped as packed

TEXT = "2023年，全省地区生产总值18640.5亿元，增长5.6%。"
DATA = TEXT.encode()


def read(folder: Path, data: bytes, name: str = "年鉴.zip") -> tuple[dict[str, str], list[str]]:
    """The texts by the names of their documents, and the errors."""
    path = folder / name
    path.write_bytes(data)
    found = list(read_documents(path))
    texts = {d.name: d.text for d in found if isinstance(d, Document)}
    errors = [str(e) for e in found if isinstance(e, ReadError)]
    assert len(texts) + len(errors) == len(found)
    assert not [e for e in errors if "\n" in e or not e.startswith(str(path))]
    return texts, [e.removeprefix(str(path)).lstrip("/: ") for e in errors]


def test_each_member_is_a_document(tmp_path: Path) -> None:
    members = {
        "a.txt": TEXT.encode("gb18030"),
        "sub/b.html": page(f"<p>{TEXT}</p>").encode(),
        "c.docx": docx(word_paragraph(TEXT)),
        "d.pdf": pdf([TEXT], head=""),
        "e.meta.json": b"{}",
        "f.jpg": b"\xff\xd8\xff",
        "__MACOSX/._a.txt": b"x",
        ".g.txt": b"x",
    }
    texts, errors = read(tmp_path, packed(members))
    assert sorted(texts) == ["年鉴.a", "年鉴.b", "年鉴.c", "年鉴.d"]
    assert {text.strip() for text in texts.values()} == {TEXT}
    assert errors == []


def test_a_sidecar_in_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"sub/b.txt": DATA, "sub/b.meta.json": '{"region": "皓陵市"}'.encode(), "c.txt": DATA}))
    found = [d for d in read_documents(path) if isinstance(d, Document)]
    assert [(d.name, d.region) for d in found] == [("a.c", None), ("a.b", "皓陵市")]
    assert {d.sha256 for d in found} == {read_document_of(DATA, tmp_path).sha256}


def read_document_of(data: bytes, folder: Path) -> Document:
    (folder / "alone.txt").write_bytes(data)
    return read_document(folder / "alone.txt")


# why, the members, the names of the documents
NAMES = [
    ("stems alike", ["2023/x.txt", "2024/x.txt", "y.txt"], ["z.2023.x", "z.2024.x", "z.y"]),
    ("stems alike but for their case", ["x.txt", "X.md"], ["z.X", "z.x.2"]),
    ("a suffix apart", ["x.txt", "x.md"], ["z.x", "z.x.2"]),
    ("line breaks and separators", ["a\nb.txt", "c:?.txt"], ["z.a_b"]),
    ("a second suffix", ["x.gb18030.txt"], ["z.x.gb18030"]),
]


@pytest.mark.parametrize(("why", "members", "names"), NAMES, ids=[row[0] for row in NAMES])
def test_names_are_unique_and_safe(why: str, members: list[str], names: list[str], tmp_path: Path) -> None:
    assert sorted(read(tmp_path, packed(dict.fromkeys(members, DATA)), "z.zip")[0]) == sorted(names)


def test_a_long_name_is_cut(tmp_path: Path) -> None:
    texts, _ = read(tmp_path, packed({f"{'报' * 80}{n}.txt": DATA for n in "ab"}), "z.zip")
    assert len(texts) == 2
    assert all(len(name.encode()) <= archive.LONGEST for name in texts)


def test_names_in_gbk(tmp_path: Path) -> None:
    data = packed({"XXXXXXXX.txt": DATA}).replace(b"XXXXXXXX", "云岭公报".encode("gbk"))
    assert list(read(tmp_path, data)[0]) == ["年鉴.云岭公报"]


def linked() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        made.writestr(info, "/etc/passwd")
    return stream.getvalue()


def encrypted() -> bytes:
    data = bytearray(packed({"a.txt": DATA}))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + offset] |= 1
    return bytes(data)


# why, the archive, what is said
BAD = [
    ("a way out", packed({"../../a.txt": DATA}), "../../a.txt: is named outside the archive"),
    ("an absolute path", packed({"/etc/a.txt": DATA}), "etc/a.txt: is named outside the archive"),
    ("a drive", packed({"C:/a.txt": DATA}), "C:/a.txt: is named outside the archive"),
    ("a link", linked(), "link.txt: is a link"),
    ("an archive in it", packed({"b.zip": packed({"a.txt": DATA})}), "b.zip: is an archive in an archive"),
    ("an archive under another name", packed({"b.txt": packed({"a.txt": DATA})}), "b.txt: is an archive in an archive"),
    ("a password", encrypted(), "a.txt has a password"),
    ("an empty member", packed({"a.txt": b""}), "a.txt: is empty"),
    ("an old Word file", packed({"a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9}), "--convert-to docx"),
    ("nothing", packed({}), "holds no reports"),
    ("no reports", packed({"a.jpg": b"x"}), "holds no reports"),
    ("a bomb", packed({"a.txt": b"0" * 30_000_000}), "a.txt grows more than 200 times"),
    ("cut off", packed({"a.txt": DATA})[:40], "is a broken zip file"),
]


@pytest.mark.parametrize(("why", "data", "said"), BAD, ids=[row[0] for row in BAD])
def test_what_is_wrong_is_one_line(why: str, data: bytes, said: str, tmp_path: Path) -> None:
    texts, errors = read(tmp_path, data)
    assert texts == {}
    assert len(errors) == 1
    assert said in errors[0]


def test_a_bad_member_does_not_stop_the_rest(tmp_path: Path) -> None:
    texts, errors = read(tmp_path, packed({"a.txt": b"", "b.txt": DATA}))
    assert (list(texts), len(errors)) == (["年鉴.b"], 1)


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed({f"{n}.txt": DATA for n in range(5)})
    monkeypatch.setattr(archive, "TOTAL", len(DATA) * 3)
    texts, errors = read(tmp_path, data)
    assert (len(texts), len(errors)) == (3, 1)
    monkeypatch.setattr(archive, "MEMBERS", 4)
    assert read(tmp_path, data)[1] == ["holds more than 4 files (unpack it, and name the folder)"]
    monkeypatch.setattr(archive, "MEMBERS", 9)
    monkeypatch.setattr(zipped, "MEMBER", 10)
    assert len(read(tmp_path, data)[1]) == 5


def test_one_report_is_not_an_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"a.txt": DATA}))
    with pytest.raises(ReadError, match="is an archive, not one report"):
        read_document(tmp_path / "a.zip")
