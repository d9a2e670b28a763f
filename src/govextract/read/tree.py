"""A web page as a small tree of our own: no deeper, no larger and no slower to make than a page has reason to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.errors import ReadError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

DEEPEST = 200  # levels; what stands deeper hangs on the last
NESTED = 500  # levels that a parser may be asked for: its work grows with their square
MOST = 1_000_000  # elements and texts
# What says nothing of the text's order, and what a parser would have to reopen again and again.
INLINE = re.compile(r"</?(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?:[\s/][^<>]*)?>", re.IGNORECASE)
# What nests: tags that close one another (a, p, li, td …) and those that hold nothing do not.
NESTING = re.compile(
    r"<(/?)(?!(?:a|p|li|dt|dd|td|th|tr|tbody|thead|tfoot|option|br|hr|img|input|meta|link|col|area|base|wbr|source)\b)"
    r"[a-z][a-z0-9:]*",
    re.IGNORECASE,
)
CLOSED = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)
ENDS = {name: re.compile(rf"</{name}\s*>" if name else "--!?>", re.IGNORECASE) for name in ("", "script", "style")}


@dataclass(slots=True, eq=False)
class Element:
    """An element with what it holds, in order: elements and text."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)


def parse_page(text: str, path: Path | str) -> Element:
    """The page's root element. Raises ReadError: too deep, too large, selectolax is missing."""
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise ReadError(path, "web pages need selectolax", "pip install 'govextract[files]'") from None
    markup = INLINE.sub("", _without_scripts(text))
    _refuse_deep(markup, path)
    root = LexborHTMLParser(markup.replace("\x00", "")).root
    return _copied(root, path) if root is not None else Element("html", {})


def below(element: Element) -> list[Element]:
    """An element and every one below it, in order."""
    out: list[Element] = []
    waiting = [element]
    while waiting:
        at = waiting.pop()
        out.append(at)
        waiting.extend(child for child in reversed(at.children) if not isinstance(child, str))
    return out


def _without_scripts(text: str) -> str:
    """The page without its comments and scripts: they hold what only looks like markup."""
    kept: list[str] = []
    at = 0
    while (found := CLOSED.search(text, at)) is not None:
        kept.append(text[at : found.start()])
        end = ENDS[(found[1] or "").lower()].search(text, found.end())
        if end is None:
            return "".join(kept)  # as in a browser, what has no end holds the rest
        at = end.end()
    kept.append(text[at:])
    return "".join(kept)


def _refuse_deep(markup: str, path: Path | str) -> None:
    depth = 0
    for found in NESTING.finditer(markup):
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > NESTED:
            raise ReadError(path, f"nests its elements deeper than {NESTED} levels", "no browser would show it")


def _copied(root: LexborNode, path: Path | str) -> Element:
    """The parser's tree, copied without recursion."""
    made = Element("html", {})
    node: LexborNode | None = root.child
    stack: list[LexborNode] = []
    parents = [made]
    count = 0
    while node is not None or stack:
        if node is None:
            node = stack.pop().next
            parents.pop()
            continue
        count += 1
        if count > MOST:
            raise ReadError(path, f"holds more than {MOST} elements", "save the part that you need")
        if node.is_text_node:
            parents[-1].children.append(node.text_content or "")
        elif node.is_element_node:
            attributes = {key.lower(): value or "" for key, value in node.attributes.items()}
            element = Element((node.tag or "").lower(), attributes, parents[-1])
            parents[-1].children.append(element)
            child = node.child
            if child is not None:
                stack.append(node)
                parents.append(element if len(stack) <= DEEPEST else parents[-1])
                node = child
                continue
        node = node.next
    return made
