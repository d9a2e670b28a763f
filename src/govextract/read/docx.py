"""Word files: paragraphs and tables in their order, with the numbers that Word draws, footnotes and text boxes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from govextract.errors import ReadError
from govextract.read.content import Cell, Content, Writer, is_data, tidy
from govextract.read.numbering import Numbering, read_numbering
from govextract.read.xml import attribute, local, parse_xml
from govextract.read.zipped import member

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAIN = "word/document.xml"
# Deleted, moved away, instructions of fields, properties; of alternatives the second is a copy of the first.
SKIPPED = frozenset(
    ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "trPr", "tcPr", "Fallback", "sectPr")
)
CONTENTS = "toc"  # the style of a table of contents, whose numbers are pages
HEAD = 400  # characters in which a title has to stand
BLANK = {"tab": " ", "noBreakHyphen": "-", "ptab": " "}


def read_docx(archive: zipfile.ZipFile, path: Path | str) -> Content:
    """The text of a Word file. Raises ReadError: broken, hostile, without text."""
    try:
        return _read(archive, path)
    except RecursionError:
        raise ReadError(path, "nests its elements deeper than Word does", "it may be an attack") from None


def _read(archive: zipfile.ZipFile, path: Path | str) -> Content:
    main = _main_part(archive, path)
    document = _part(archive, main, path)
    if document is None:
        raise ReadError(path, f"is a broken Word file: it has no {main}", "open it in Word and save it again")
    folder = str(PurePosixPath(main).parent)
    styles = _part(archive, f"{folder}/styles.xml", path)
    numbering = read_numbering(_part(archive, f"{folder}/numbering.xml", path), styles)
    notes = {
        (kind, attribute(note, "id") or ""): note
        for kind in ("footnote", "endnote")
        for note in _part(archive, f"{folder}/{kind}s.xml", path) or ()
        if attribute(note, "type") in (None, "normal")
    }
    reader = _Reader(Writer(), numbering, _contents_styles(styles), notes)
    for child in document:
        if local(child.tag) == "body":
            reader.blocks(child)
    content = reader.writer.content("docx", {})
    if not content.text:
        raise ReadError(path, "holds no text", "where it holds pictures, recognise their text first (OCR)")
    content.meta.update(_properties(_part(archive, "docProps/core.xml", path), content.text))
    return content


class _Reader:
    """Walks a body and writes what it holds."""

    def __init__(
        self, writer: Writer, numbering: Numbering, contents: frozenset[str], notes: dict[tuple[str, str], Element]
    ) -> None:
        self.writer, self.numbering, self.contents, self.notes = writer, numbering, contents, notes

    def blocks(self, element: Element) -> None:
        """Write the paragraphs and tables that stand in *element*."""
        for child in element:
            name = local(child.tag)
            if name == "p":
                for text in self.paragraph(child):
                    for number, line in enumerate(text.split("\n")):
                        self.writer.line(line, near=number > 0)
            elif name == "tbl":
                self.table(child)
            elif name not in SKIPPED and not _is_contents(child):
                self.blocks(child)

    def paragraph(self, paragraph: Element) -> list[str]:
        """The text of a paragraph, with its line breaks; behind it the lines of its text boxes and of its notes."""
        style = next((attribute(e, "val") or "" for e in _path(paragraph, "pPr", "pStyle")), "")
        if style.lower() in self.contents:
            return []
        pieces: list[str] = []
        behind: list[str] = []
        self.run(paragraph, pieces, behind)
        lines = [line for line in map(tidy, "".join(pieces).split("\n")) if line]
        if lines:
            lines[0] = self.numbering.mark(paragraph) + lines[0]
        return ["\n".join(lines), *behind] if lines else behind

    def run(self, element: Element, pieces: list[str], behind: list[str]) -> None:
        """Collect the text below *element*."""
        for child in element:
            name = local(child.tag)
            if name == "t":
                pieces.append((child.text or "").replace("\n", " "))
            elif name in BLANK:
                pieces.append(BLANK[name])
            elif name in ("br", "cr"):
                pieces.append("\n")
            elif name in ("footnoteReference", "endnoteReference"):
                note = self.notes.pop((name.removesuffix("Reference"), attribute(child, "id") or ""), None)
                if note is not None:
                    behind.extend(self.lines(note))
            elif name == "txbxContent":
                behind.extend(self.lines(child))
            elif name not in SKIPPED and not (name == "r" and _is_hidden(child)):
                self.run(child, pieces, behind)

    def lines(self, element: Element) -> list[str]:
        """The lines of what stands in *element*, tables as prose."""
        out: list[str] = []
        for child in element:
            name = local(child.tag)
            if name == "p":
                out.extend(line for text in self.paragraph(child) for line in text.split("\n"))
            elif name not in SKIPPED:
                out.extend(self.lines(child))
        return out

    def table(self, table: Element) -> None:
        """Write a table of data, or what a table lays out."""
        rows: list[list[Cell]] = []
        sources: list[tuple[Cell, Element]] = []
        above: dict[int, Cell] = {}  # the cell that may reach down, by its first column
        for row in _within(table, "tr"):
            cells: list[Cell] = []
            column = 0
            for source in _within(row, "tc"):
                across = max(1, min(1000, int(_property(source, "gridSpan") or "1")))
                merged = next(iter(_path(source, "tcPr", "vMerge")), None)
                if merged is not None and attribute(merged, "val") != "restart" and column in above:
                    above[column].down += 1
                else:
                    above[column] = Cell(["".join(text.text or "" for text in source.iter() if local(text.tag) == "t")])
                    above[column].across = across
                    cells.append(above[column])
                    sources.append((above[column], source))
                column += across
            rows.append(cells)
        nested = any(local(e.tag) == "tbl" for _, source in sources for e in source.iter())
        if nested or not is_data(rows):
            for _, source in sources:
                self.blocks(source)
            return
        for cell, source in sources:
            cell.lines = self.lines(source)
        self.writer.table(rows)


def _within(element: Element, name: str) -> Iterator[Element]:
    """The children of that name, also inside of what Word puts round rows and cells; none that is deleted."""
    for child in element:
        inner = local(child.tag)
        if inner == name:
            if not _path(child, "trPr", "del"):
                yield child
        elif inner in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _within(child, name)


def _path(element: Element, *names: str) -> list[Element]:
    found = [element]
    for name in names:
        found = [child for parent in found for child in parent if local(child.tag) == name]
    return found


def _property(cell: Element, name: str) -> str | None:
    value = next((attribute(element, "val") for element in _path(cell, "tcPr", name)), None)
    return value if value is not None and value.isascii() and value.isdigit() and len(value) < 6 else None


def _is_hidden(run: Element) -> bool:
    return any(attribute(mark, "val") not in ("0", "false", "off") for mark in _path(run, "rPr", "vanish"))


def _is_contents(element: Element) -> bool:
    gallery = _path(element, "sdtPr", "docPartObj", "docPartGallery")
    return any(attribute(part, "val") == "Table of Contents" for part in gallery)


def _contents_styles(styles: Element | None) -> frozenset[str]:
    return frozenset(
        (attribute(style, "styleId") or "").lower()
        for style in (styles if styles is not None else ())
        for name in _path(style, "name")
        if (attribute(name, "val") or "").lower().startswith(CONTENTS + " ")
    )


def _part(archive: zipfile.ZipFile, name: str, path: Path | str) -> Element | None:
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    return parse_xml(member(archive, info, path, name), path, name)


def _main_part(archive: zipfile.ZipFile, path: Path | str) -> str:
    """Where the text stands: as a rule word/document.xml."""
    relations = _part(archive, "_rels/.rels", path)
    for relation in relations if relations is not None else ():
        if (attribute(relation, "Type") or "").endswith("/officeDocument"):
            return (attribute(relation, "Target") or MAIN).lstrip("/")
    return MAIN


def _properties(core: Element | None, text: str) -> dict[str, str]:
    """The title that Word keeps, where the text begins with it: a template or an older report may have left another."""
    for element in core if core is not None else ():
        title = tidy(element.text or "")
        if local(element.tag) == "title" and len(title) > 4 and "".join(title.split()) in "".join(text[:HEAD].split()):
            return {"title": title}
    return {}
