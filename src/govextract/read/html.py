"""Web pages: the main text without what stands round it, its tables, and what the page says of itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from govextract.errors import ReadError
from govextract.read.content import Cell, Content, Writer, is_data, tidy
from govextract.read.mainpart import main_parts, page_words
from govextract.read.meta import NUMBER
from govextract.read.tree import Element, below, parse_page

# What stands on lines of its own; all other elements run on in theirs.
BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html"),
        *("li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"),
        *("tr", "ul"),
    )
)
ROWS = ("thead", "tbody", "tfoot")
MOST = 1000  # rows or columns that one cell may cover


def read_page(text: str, encoding: str, path: Path | str) -> Content:
    """The main text of a page. Raises ReadError: none, too deep, too large, selectolax is missing."""
    root = parse_page(text, path)
    parts, dropped = main_parts(root)
    writer = Writer()
    for part in parts:
        _walk(
            part, dropped, lambda line, near: writer.line(line, near=near), lambda table: _table(table, writer, dropped)
        )
    content = writer.content(encoding, page_meta(root, parts, dropped))
    if not content.text:
        raise ReadError(path, "holds no text", "it may be made by a script: save the page from a browser")
    return content


def page_meta(root: Element, parts: list[Element], dropped: frozenset[int]) -> dict[str, str]:
    """Title, issuer, the day of publication and the document's number, where the page names them."""
    words = page_words()
    named: dict[str, str] = {}
    elements = below(root)
    for element in elements:
        if element.tag == "meta":
            key = (element.attributes.get("name") or element.attributes.get("property") or "").strip().lower()
            value = tidy(element.attributes.get("content", ""))
            if key and value:
                named.setdefault(key, value)
    meta: dict[str, str] = {}
    for field, names in (("title", "titles"), ("date", "dates"), ("issuer", "issuers")):
        found = next((named[name] for name in words[names] if name in named), "")
        if found:
            meta[field] = found[:200]
    inside = {id(element) for part in parts for element in below(part)}
    heads = [e for e in elements if e.tag == "h1" and id(e) not in inside and id(e) not in dropped]
    if "title" not in meta and len(heads) == 1 and len(text_of(heads[0], dropped)) > 4:
        meta["title"] = text_of(heads[0], dropped)[:200]
    beside = {
        "".join(found.split())
        for element in elements
        if id(element) not in inside and element.tag in ("td", "li", "p", "span", "div")
        for child in element.children
        if isinstance(child, str) and len(child) < 80
        for found in NUMBER.findall(child)
    }
    if len(beside) == 1:
        meta["number"] = beside.pop()
    return meta


def text_of(element: Element, dropped: frozenset[int]) -> str:
    """All text of an element on one line."""
    return tidy(" ".join(_lines(element, dropped)))


def _walk(
    element: Element, dropped: frozenset[int], line: Callable[[str, bool], None], table: Callable[[Element], bool]
) -> None:
    """Give every line of an element to *line*, with whether it only breaks a paragraph, and every table to *table*; one
    that it does not take is lines.
    """
    pieces: list[str] = []
    near = False

    def flush(*, edge: bool) -> None:
        nonlocal near
        line("".join(pieces), near)
        near = not edge and (near or bool(pieces))
        pieces.clear()

    def walk(at: Element) -> None:
        if id(at) in dropped:
            return
        edge = at.tag in BLOCKS
        if edge or at.tag == "br":
            flush(edge=edge)
        if at.tag == "table" and table(at):
            return
        for child in at.children:
            if not isinstance(child, str):
                walk(child)
            elif at.tag == "pre":
                for number, part in enumerate(child.split("\n")):
                    if number:
                        flush(edge=False)
                    pieces.append(part)
            else:
                pieces.append(child)
        if edge:
            flush(edge=True)

    walk(element)
    flush(edge=True)


def _lines(element: Element, dropped: frozenset[int]) -> list[str]:
    """The lines of an element, tables in it as prose."""
    lines: list[str] = []
    _walk(element, dropped, lambda text, _: lines.append(tidy(text)), lambda _: False)
    return [line for line in lines if line]


def _table(table: Element, writer: Writer, dropped: frozenset[int]) -> bool:
    """Write a table of data; False where it only lays out what it holds."""
    rows: list[list[Cell]] = []
    captions: list[str] = []
    for row in _rows(table, dropped):
        if row.tag == "caption":
            captions.append(text_of(row, dropped))
            continue
        cells = [c for c in row.children if not isinstance(c, str) and c.tag in ("td", "th") and id(c) not in dropped]
        if any(e.tag == "table" for cell in cells for e in below(cell)):
            return False
        rows.append([Cell(_lines(c, dropped), _cover(c, "colspan"), _cover(c, "rowspan")) for c in cells])
    if not is_data(rows):
        return False
    for caption in captions:
        writer.line(caption)
    writer.table(rows)
    return True


def _rows(table: Element, dropped: frozenset[int]) -> list[Element]:
    out: list[Element] = []
    for child in table.children:
        if isinstance(child, str) or id(child) in dropped:
            continue
        if child.tag in ROWS:
            out.extend(e for e in child.children if not isinstance(e, str) and e.tag == "tr" and id(e) not in dropped)
        elif child.tag in ("tr", "caption"):
            out.append(child)
    return out


def _cover(cell: Element, name: str) -> int:
    value = cell.attributes.get(name, "").strip()
    return min(MOST, max(1, int(value[:5]))) if value.isascii() and value.isdigit() else 1
