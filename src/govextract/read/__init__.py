"""From a path to a document: text, web page, Word, PDF, or an archive of them; the bytes decide which it is.

`Document.text` is what was read, with universal newlines and without a byte-order mark: of a text file what
`open(path, encoding=…).read()` gives. Every span in every output points into it. One module a format; each is imported
when such a file comes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.errors import ReadError
from govextract.model import Document
from govextract.read.content import Content
from govextract.read.kinds import kind, refusal, stem
from govextract.read.meta import MetaTable, found_date, given_date, given_period, read_table, sidecar
from govextract.read.text import decode, decode_page, universal

if TYPE_CHECKING:
    import zipfile

__all__ = [
    "MetaTable", "archived", "make_document", "read_document", "read_documents", "read_member", "read_table",
    "read_text", "stem",
]  # fmt: skip

LARGEST = 256_000_000  # bytes of a file


def read_documents(
    path: Path,
    *,
    region: str | None = None,
    date: str | None = None,
    period: str | None = None,
    table: MetaTable | None = None,
) -> Iterator[Document | ReadError]:
    """The reports in a file: one, or those of a zip; in the place of one that cannot be read its error."""
    options = {"region": region, "date": date, "period": period}
    try:
        data = read_bytes(path)
        archive = _archive(data, path)
        if archive is None:
            yield _document(data, path, stem(path), options, sidecar(path), table)
            return
    except ReadError as error:
        yield error
        return
    from govextract.read.archive import members

    with archive:
        for member in members(archive, path):
            if isinstance(member, ReadError):
                yield member
                continue
            try:
                yield _document(member.data, path / member.path, member.name, options, member.meta, table)
            except ReadError as error:
                yield error


def archived(path: Path) -> list[tuple[str, str]] | None:
    """The reports in an archive, each with its path there and its document's name; None where *path* is no archive.

    Raises ReadError where it cannot be read, or holds none.
    """
    archive = _archive(read_bytes(path), path)
    if archive is None:
        return None
    from govextract.read.archive import listed

    with archive:
        return listed(archive, path)


def read_member(path: Path, inside: str, name: str, table: MetaTable | None = None) -> Document:
    """The report *inside* an archive, as `archived` lists it. Raises ReadError."""
    from govextract.read.archive import member_of
    from govextract.read.zipped import open_file

    with open_file(path) as archive:
        found = member_of(archive, path, inside, name)
    return _document(found.data, path / found.path, found.name, {}, found.meta, table)


def read_document(
    path: Path,
    *,
    region: str | None = None,
    date: str | None = None,
    period: str | None = None,
    table: MetaTable | None = None,
) -> Document:
    """Read a report. What is given comes before what the text says: options, then a row of *table*, then a sidecar
    NAME.meta.json, then the file's own words (of a web page, of Word's properties).

    Raises ReadError: missing, a folder, an archive, empty, binary, broken, undecodable, without text, a broken sidecar,
    a bad option, a missing extra.
    """
    data = read_bytes(path)
    if _archive(data, path) is not None:
        raise ReadError(path, "is an archive, not one report", "give it to parse, or unpack it")
    return _document(data, path, stem(path), {"region": region, "date": date, "period": period}, sidecar(path), table)


def make_document(
    text: str,
    *,
    name: str = "text",
    encoding: str = "utf-8",
    sha256: str = "",
    meta: dict[str, Any] | None = None,
    source: str = "-",
) -> Document:
    """A Document from text and metadata already at hand."""
    meta = meta or {}
    # Without pydantic's validation, whose first use costs a cold run as much as reading its rules.
    return Document.made(
        name=name,
        text=text,
        title=meta.get("title"),
        issuer=meta.get("issuer"),
        region=meta.get("region"),
        region_code=None,
        date=given_date(meta.get("date"), source),
        published=meta.get("published"),
        number=meta.get("number"),
        genre=meta.get("genre"),
        period=given_period(meta.get("period"), source),
        sha256=sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        encoding=encoding,
        tables=(),
        pages=(),
    )


def read_text(path: Path) -> tuple[str, str, str]:
    """The text of a file, its encoding and the sha256 of its bytes."""
    data = read_bytes(path)
    content = _content(data, path)
    return content.text, content.encoding, hashlib.sha256(data).hexdigest()


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, not more than LARGEST. Raises ReadError: missing, a folder, unreadable, empty, too large."""
    try:
        if path.is_dir():
            raise ReadError(path, "is a folder, not a report", "name the files in it")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise ReadError(path, "no such file") from None
    except (OSError, ValueError) as error:
        problem = (getattr(error, "strerror", None) or str(error)).lower()
        raise ReadError(path, f"cannot be read: {problem}") from None
    if len(data) > LARGEST:
        raise ReadError(path, f"is larger than {LARGEST // 1_000_000} MB")
    if not data.strip():
        raise ReadError(path, "is empty")
    return data


def _document(
    data: bytes, path: Path, name: str, options: dict[str, str | None], side: dict[str, Any], table: MetaTable | None
) -> Document:
    if not data.strip():
        raise ReadError(path, "is empty")
    content = _content(data, path)
    own: dict[str, Any] = dict(content.meta)
    published = found_date(own.pop("date", ""))
    row = table.of(path) if table is not None else {}
    given = {key: value for source in (side, row, options) for key, value in source.items() if value}
    document = make_document(
        content.text,
        name=name,
        encoding=content.encoding,
        sha256=hashlib.sha256(data).hexdigest(),
        meta={**own, "published": published, **given},
        source=str(path),
    )
    return document.model_copy(update={"tables": content.tables, "pages": content.pages})


def _content(data: bytes, path: Path) -> Content:
    refused = refusal(data)
    if refused is not None:
        raise ReadError(path, *refused)
    what = kind(data, path.name)
    if what == "text":
        text, encoding = decode(data, path)
        return _text(universal(text), encoding)
    if what == "page":
        from govextract.read.html import read_page

        text, encoding = decode_page(data, path)
        return read_page(text, encoding, path)
    if what == "pdf":
        from govextract.read.pdf import read_pdf

        return read_pdf(data, path)
    from govextract.read.docx import read_docx
    from govextract.read.zipped import is_word, open_zip

    with open_zip(data, path) as archive:
        if not is_word(archive, path):
            raise ReadError(path, "is an archive in an archive", "unpack it, and name the files in it")
        return read_docx(archive, path)


def _text(text: str, encoding: str) -> Content:
    """A text with the tables that markdown draws in it."""
    if "|" not in text or "--" not in text:
        return Content(text, encoding)
    from govextract.read.markdown import pipe_tables

    return Content(text, encoding, pipe_tables(text))


def _archive(data: bytes, path: Path) -> zipfile.ZipFile | None:
    """The archive that a file is; None where it is one report."""
    if refusal(data) is not None or kind(data, path.name) != "zip":
        return None
    from govextract.read.zipped import is_word, open_zip

    archive = open_zip(data, path)
    return None if is_word(archive, path) else archive
