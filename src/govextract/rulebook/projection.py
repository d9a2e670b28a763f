"""The alphabet of projected sentences, and patterns over it.

A sentence's mentions become a string with one private-use character per mention type; `{RISE|FALL:direction}` in a
pattern is a character class over that alphabet, so that a pattern is an ordinary regex and holds no Chinese word.
"""

from __future__ import annotations

import regex

from govextract.rulebook.regexes import compiled

FIXED = (
    "text",
    "indicator",
    "qty_percent",
    "qty_point",
    "qty_amount",
    "qty_bare",
    "qty_times",
    "rank",
    "chain",
    "time",
    "basis",
    "no_time",
    "rank_shift",
)
SEPARATORS = "，、；：（）。"
CLASSES = {
    "qty": ("qty_percent", "qty_point", "qty_amount", "qty_bare", "qty_times"),
    "noun": ("text", "indicator"),
}
# Open classes: every type but these. `stretch` is any run within a clause, `plain` one that holds no predicate.
OPEN = {
    "stretch": "qty_percent qty_point qty_amount qty_bare qty_times rank chain gap rank_word complete",
    "plain": "qty_percent qty_point qty_amount qty_bare qty_times rank chain gap rank_word complete rise fall rise_to "
    "fall_to narrow widen share share_noun basis growth_noun double flat bound_before bound_after each",
}
ELEMENT = regex.compile(r"\{([A-Za-z_|\[\]]+|\^[A-Za-z_|\[\]]+)(?::([a-z_]+))?\}")

CAPTURE = regex.compile(r"\0([a-z_]+)\0(\[[^\]]*\])((?:[*+?]|\{\d+,?\d*\})\??)?")
OPTIONAL = regex.compile(r"[?*]|\{0")


def alphabet(types: list[str]) -> dict[str, str]:
    """One private-use character for every mention type, in a fixed order."""
    names = list(FIXED) + sorted(set(types) - set(FIXED))
    return {name: chr(0xE000 + number) for number, name in enumerate(names)}


def _members(element: str, letters: dict[str, str]) -> str:
    out = ""
    for name in element.split("|"):
        base = name.lower()
        if base.startswith("qty["):
            kind = base[4:-1]
            out += letters["qty_" + kind] + (letters["qty_times"] if kind == "percent" else "")
        elif base in CLASSES:
            out += "".join(letters[member] for member in CLASSES[base])
        elif base in OPEN:
            skip = set(OPEN[base].split())
            out += "".join(character for name_, character in letters.items() if name_ not in skip)
        elif base in letters:
            out += letters[base]
        else:
            raise KeyError(name)
    return out


def needs(source: str, letters: dict[str, str]) -> tuple[frozenset[str], ...]:
    """For each element that every match holds, its characters: a sentence without one of them needs no matching."""
    out: list[frozenset[str]] = []
    bare = ELEMENT.sub("", source)
    depths = 0
    for character in bare:
        depths += (character == "(") - (character == ")")
        if character == "|" and depths == 0:
            return ()
    for found in ELEMENT.finditer(source):
        depth = source.count("(", 0, found.start()) - source.count(")", 0, found.start())
        optional = OPTIONAL.match(source, found.end())
        if depth == 0 and not optional and not found[1].startswith("^"):
            out.append(frozenset(_members(found[1], letters)))
    return tuple(sorted(out, key=len))


def projected(source: str, letters: dict[str, str]) -> str:
    """The regex over the projected string that *source* stands for. Raises KeyError with the unknown type."""

    def element(match: regex.Match[str]) -> str:
        body = str(match[1])
        members = _members(body.removeprefix("^"), letters)
        group = f"[{'^' if body.startswith('^') else ''}{members}]"
        return group if not match[2] else f"\0{match[2]}\0{group}"

    text = ELEMENT.sub(element, source).replace(" ", "")
    # A capture takes its quantifier with it: {STRETCH:whole}+ captures the whole run.
    return str(CAPTURE.sub(r"(?P<\1>\2\3)", text))


def strays(source: str) -> str:
    """What stands in braces in *source* and is neither a mention nor a quantifier."""
    return " ".join(regex.findall(r"\{(?!\d+,?\d*\}|,\d+\})[^}]*\}?", ELEMENT.sub("", source)))


class LazyPattern:
    """A pattern that is compiled when a sentence first needs it."""

    __slots__ = ("_letters", "_regex", "source")

    def __init__(self, source: str, letters: dict[str, str]) -> None:
        self.source = source
        self._letters = letters
        self._regex: regex.Pattern[str] | None = None

    @property
    def projected(self) -> str:
        """The regex's source over the projected string; raises KeyError with the unknown type."""
        return projected(self.source, self._letters)

    @property
    def regex(self) -> regex.Pattern[str]:
        """The compiled regex; raises KeyError or regex.error where the source is wrong."""
        if self._regex is None:
            self._regex = compiled(self.projected)
        return self._regex
