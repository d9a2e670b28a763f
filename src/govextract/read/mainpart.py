"""Which part of a web page is its text: a container that is known by its name, or where the punctuation is dense."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from govextract.read.tree import Element, below

TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
MARKS = re.compile("[，。；、]")
DIGIT = re.compile(r"\d")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Only these are looked into for a denser part; a paragraph is never taken alone.
BOXES = frozenset(("html", "body", "div", "main", "section", "article", "form", "center", "table", "tbody", "tr", "td"))
LISTS = frozenset(("ul", "ol", "dl", "div", "p", "section", "center"))
MOST = 0.5  # the share of a page's text above which nothing is furniture, whatever its name
ENOUGH = 0.25  # the share of a page's text that a frame of a common name has to hold
LEAST = 0.02  # and a container that a system of governments' sites names
DENSE = 0.8  # the share of the punctuation that the densest part holds
SHORT = 30  # characters that stand between links at most


@lru_cache(maxsize=1)
def page_words() -> dict[str, Any]:
    """The names of pages.json."""
    words: dict[str, Any] = json.loads(Path(__file__).with_name("pages.json").read_text("utf-8"))
    return words


@dataclass(slots=True)
class Weight:
    """What an element holds, all below it included: characters, those in links, links; outside links marks, digits."""

    text: int = 0
    linked: int = 0
    links: int = 0
    marks: int = 0
    digits: bool = False

    @property
    def plain(self) -> int:
        """Characters outside links."""
        return self.text - self.linked


def main_parts(root: Element) -> tuple[list[Element], frozenset[int]]:
    """The elements that hold the page's text, in order, and the ids of those in them that do not belong to it."""
    elements = below(root)
    dropped = {id(element) for element in elements if _is_hidden(element)}
    weights = _weights(elements, dropped)
    most = weights[id(root)].plain * MOST
    named = frozenset(page_words()["dropped_words"])
    for element in elements:
        # An element of such a name that holds most of the page is a frame round it, not furniture.
        if weights[id(element)].plain <= most and _names(element) & named:
            dropped.add(id(element))
    weights = _weights(elements, dropped)
    dropped.update(id(element) for element in elements if _is_link_list(element, weights[id(element)]))
    whole = weights[id(root)].plain
    known = _containers(elements, dropped)
    for names, share in (("containers", LEAST), ("frames", ENOUGH)):
        for selector in page_words()[names]:
            found = known.get(selector, [])
            if found and sum(weights[id(element)].plain for element in found) > whole * share:
                return found, frozenset(dropped)
    return [_densest(root, weights, dropped)], frozenset(dropped)


def _densest(root: Element, weights: dict[int, Weight], dropped: set[int]) -> Element:
    """The smallest box that holds nearly all punctuation."""
    whole = weights[id(root)]
    at = root
    while whole.marks:
        boxes = (c for c in at.children if not isinstance(c, str) and c.tag in BOXES and id(c) not in dropped)
        inner = next((child for child in boxes if _is_dense(weights[id(child)], whole)), None)
        if inner is None:
            break
        at = inner
    while at.tag in ("table", "tbody", "tr") and at.parent is not None:
        at = at.parent
    return at


def _is_dense(weight: Weight, whole: Weight) -> bool:
    return weight.marks >= whole.marks * DENSE and weight.plain >= whole.plain * ENOUGH


def _containers(elements: list[Element], dropped: set[int]) -> dict[str, list[Element]]:
    """Behind `#id`, `.class` or `tag` of a known container the elements that it names, none within another."""
    wanted = frozenset(page_words()["containers"] + page_words()["frames"])
    found: dict[str, list[Element]] = {}
    inside: dict[str, set[int]] = {}
    for element in elements:
        if id(element) in dropped:
            continue
        attributes = element.attributes
        classes = [f".{name}" for name in attributes.get("class", "").split()]
        for selector in wanted.intersection((element.tag, f"#{attributes.get('id', '')}", *classes)):
            known = inside.setdefault(selector, set())
            if not any(id(above) in known for above in _above(element)):
                known.add(id(element))
                found.setdefault(selector, []).append(element)
    return found


def _above(element: Element) -> Iterator[Element]:
    at = element.parent
    while at is not None:
        yield at
        at = at.parent


def _is_hidden(element: Element) -> bool:
    words, attributes = page_words(), element.attributes
    return (
        element.tag in words["dropped_tags"]
        or attributes.get("role", "").lower() in words["dropped_roles"]
        or "hidden" in attributes
        or HIDDEN.search(attributes.get("style", "")) is not None
        or (element.tag == "sup" and any(child.tag == "a" for child in below(element)))  # the mark of a footnote
    )


def _names(element: Element) -> set[str]:
    """The words that an element is named by: `article-shareBox` is article, share, box."""
    if not ("class" in element.attributes or "id" in element.attributes):
        return set()
    names = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}"
    return {word.lower() for word in TOKEN.findall(names)} | set(re.split(r"[\s_-]+", names.lower()))


def _is_link_list(element: Element, weight: Weight) -> bool:
    """A list of links: no sentence and no figure between them."""
    return (
        element.tag in LISTS
        and weight.links >= 2
        and weight.linked >= weight.plain
        and weight.plain <= SHORT * weight.links
        and not weight.digits
        and not weight.marks
    )


def _weights(elements: list[Element], dropped: set[int]) -> dict[int, Weight]:
    """The weight of every element; what is dropped weighs nothing."""
    weights: dict[int, Weight] = {}
    for element in reversed(elements):
        weight = weights[id(element)] = Weight()
        if id(element) in dropped:
            continue
        for child in element.children:
            if isinstance(child, str):
                weight.text += len(child.strip())
                weight.marks += len(MARKS.findall(child))
                weight.digits = weight.digits or DIGIT.search(child) is not None
            else:
                inner = weights[id(child)]
                weight.text += inner.text
                weight.linked += inner.linked
                weight.links += inner.links
                weight.marks += inner.marks
                weight.digits = weight.digits or inner.digits
        if element.tag == "a":
            weight.linked, weight.links, weight.marks, weight.digits = weight.text, 1, 0, False
    return weights
