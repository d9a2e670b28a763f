"""The numbers that Word draws before paragraphs and keeps nowhere in their text: 一、 （一） 1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govextract.read.xml import attribute, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
)
DIGITS = "〇一二三四五六七八九"
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
CHAIN = 20  # styles that lean on one another at most


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: its first number, how numbers are written, what stands round them (%1、), what follows."""

    start: int
    format: str
    text: str
    follow: str


@dataclass(slots=True)
class Numbering:
    """The lists of a document: levels by list and depth, lists of styles, and how far each has counted."""

    levels: dict[str, dict[int, Level]]
    shared: dict[str, str]  # lists that count on from one another have one key
    styles: dict[str, tuple[str, int]]
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def mark(self, paragraph: Element) -> str:
        """What Word draws before *paragraph*, with the blank behind it; nothing where it has no number."""
        number, depth = self._place(paragraph)
        level = self.levels.get(number, {}).get(depth)
        if level is None:
            return ""
        key = self.shared.get(number, number)
        self.counts[key, depth] = self.counts.get((key, depth), level.start - 1) + 1
        for deeper in [place for place in self.counts if place[0] == key and place[1] > depth]:
            del self.counts[deeper]
        if level.format in ("bullet", "none", "") or "%" not in level.text:
            return ""
        text = level.text
        for above in range(depth + 1):
            own = self.levels[number].get(above)
            if own is not None and f"%{above + 1}" in text:
                count = self.counts.get((key, above), own.start)
                text = text.replace(f"%{above + 1}", _written(count, own.format))
        # 1. and 2023年 must not run together
        return text + (" " if level.follow != "nothing" and text[-1:] < "\u0250" else "")

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The list that a paragraph belongs to, by itself or by its style, and the depth there."""
        properties = _child(paragraph, "pPr")
        style = _value(properties, "pStyle")
        number, depth = self.styles.get(style or "", ("", 0))
        own = _child(properties, "numPr")
        if own is not None:
            number, depth = _value(own, "numId") or number, _integer(_value(own, "ilvl"), depth)
        return ("" if number == "0" else number), depth


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The lists of numbering.xml, and the styles that number their paragraphs."""
    abstract: dict[str, dict[int, Level]] = {}
    levels: dict[str, dict[int, Level]] = {}
    shared: dict[str, str] = {}
    for element in numbering if numbering is not None else ():
        name = local(element.tag)
        if name == "abstractNum":
            abstract[attribute(element, "abstractNumId") or ""] = dict(_levels(element))
        elif name == "num":
            number, of = attribute(element, "numId") or "", _value(element, "abstractNumId") or ""
            own = dict(abstract.get(of, {}))
            shared[number] = of
            for override in (child for child in element if local(child.tag) == "lvlOverride"):
                depth = _integer(attribute(override, "ilvl"), 0)
                own.update(_levels(override))
                start = _value(override, "startOverride")
                if start is not None and depth in own:
                    before = own[depth]
                    own[depth] = Level(_integer(start, 1), before.format, before.text, before.follow)
                    shared[number] = f"num {number}"
            levels[number] = own
    return Numbering(levels, shared, _numbered_styles(styles))


def _levels(element: Element) -> Iterator[tuple[int, Level]]:
    for child in element:
        if local(child.tag) == "lvl":
            level = Level(
                _integer(_value(child, "start"), 1),
                _value(child, "numFmt") or "decimal",
                _value(child, "lvlText") or "",
                _value(child, "suff") or "tab",
            )
            yield _integer(attribute(child, "ilvl"), 0), level


def _numbered_styles(styles: Element | None) -> dict[str, tuple[str, int]]:
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in styles if styles is not None else ():
        name = attribute(style, "styleId")
        if name is None:
            continue
        based[name] = _value(style, "basedOn") or ""
        number = _child(_child(style, "pPr"), "numPr")
        if number is not None:
            own[name] = (_value(number, "numId") or "", _integer(_value(number, "ilvl"), 0))
    out = {}
    for name in based:
        at, steps = name, 0
        while at and at not in own and steps < CHAIN:
            at, steps = based.get(at, ""), steps + 1
        if at in own:
            out[name] = own[at]
    return out


def _written(count: int, format: str) -> str:
    """A number as a list writes it."""
    if format in CHINESE:
        return _chinese(count)
    if format == "decimalEnclosedCircle" and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if format in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        return chr((97 if format == "lowerLetter" else 65) + count - 1)
    if format in ("lowerRoman", "upperRoman") and 1 <= count < 40:
        made = ""
        for value, letters in ROMAN:
            made += letters * (count // value)
            count %= value
        return made.upper() if format == "upperRoman" else made
    return f"{count:02}" if format == "decimalZero" else str(count)


def _chinese(count: int) -> str:
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def _child(element: Element | None, name: str) -> Element | None:
    return next((child for child in element if local(child.tag) == name), None) if element is not None else None


def _value(element: Element | None, name: str) -> str | None:
    """The `val` of a child."""
    child = _child(element, name)
    return attribute(child, "val") if child is not None else None


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
