"""The normalised view of a stretch of text, with the way back to every character.

Full-width digits, percent signs and half-width punctuation are folded one to one; markdown bold, blanks, line breaks
and thousands separators are left out. The engine reads views; every span it gives out points into the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govextract import stdre

_NARROW = "0123456789%.+-~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_WIDE = "".join(chr(ord(character) + 0xFEE0) for character in _NARROW)
FOLD = str.maketrans(_WIDE + ",;:()?!∶︰／﹪⁄", _NARROW + "，；：（）？！：：/%/")
FOLDABLE = stdre.compile("[" + re.escape("".join(map(chr, FOLD))) + "\ud800-\udfff]")
# Lone surrogates are no text; the engine sees a replacement character of the same length.
FOLD |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
DOT = stdre.compile(r"(?<=\d)·(?=\d+(?:%|‰|个百分点|[万亿]))")  # 1·8% is a decimal, 6·18 a name
DROP = stdre.compile(
    r"\*\*|__|[\u200b-\u200f\u2060\ufeff\xad]|(?<=\d)[,，](?=\d{3}(?!\d))|(?<![A-Za-z])[^\S\n]+|[^\S\n]+(?![A-Za-z])|\n"
)


@dataclass(frozen=True, slots=True)
class View:
    """A stretch of text as the engine reads it; `back[i]` is the source offset of character i, its last the end's."""

    text: str
    back: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of the view's characters [start, end)."""
        return self.back[start], self.back[end - 1] + 1 if end > start else self.back[start]

    def cut(self, start: int, end: int) -> View:
        """The view of a part."""
        return View(self.text[start:end], self.back[start : end + 1])


def make_view(text: str, start: int, end: int) -> View:
    """The view of text[start:end]."""
    source = text[start:end]
    drops = list(DROP.finditer(source))
    if not drops:
        return View(folded(source), range(start, end + 1))
    pieces: list[str] = []
    back: list[int] = []
    last = 0
    for drop in drops:
        if drop.start() > last:
            pieces.append(source[last : drop.start()])
            back.extend(range(start + last, start + drop.start()))
        last = drop.end()
    pieces.append(source[last:])
    back.extend(range(start + last, end + 1))
    return View(folded("".join(pieces)), tuple(back))


def folded(text: str) -> str:
    """*text* with every character folded that has a twin; most texts hold few of them."""
    text = text.translate(FOLD) if FOLDABLE.search(text) else text
    return DOT.sub(".", text) if "·" in text else text
