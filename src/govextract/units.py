"""Units at a place in a text, by looking them up: simple ones longest first, compound ones by grammar; base units."""

from __future__ import annotations

from decimal import Decimal

from govextract import stdre
from govextract.numerals import LARGE, MULTIPLIERS, multiplier
from govextract.rulebook import Rulebook

COMPOUND = stdre.compile(r"[/·（]")
# What may stand behind a slash or a dot besides a unit: 元/人·月, 万吨/年.
PER = ("人年", "月", "年", "日")


def unit_at(text: str, at: int, book: Rulebook) -> str:
    """The unit that begins at *at*: 元, 台（套）, 微克/立方米, 元/人·月; empty where none does."""
    unit = _simple(text, at, book)
    if not unit:
        return ""
    end = at + len(unit)
    if text[end : end + 1] == "（":
        inner = _simple(text, end + 1, book)
        if inner and text[end + 1 + len(inner) : end + 2 + len(inner)] == "）":
            end += len(inner) + 2
    if text[end : end + 1] == "/":
        below = _simple(text, end + 1, book) or _per(text, end + 1)
        if below:
            end += len(below) + 1
    if text[end : end + 1] == "·":
        below = _per(text, end + 1) or _simple(text, end + 1, book)
        if below:
            end += len(below) + 1
    return text[at:end]


def _simple(text: str, at: int, book: Rulebook) -> str:
    units = book.units
    first = text[at : at + 1]
    longest: int = book.compiled["unit_lengths"].get(first, 0)
    if not longest or (first in book.compiled["not_units"] and text.startswith(book.compiled["not_units"][first], at)):
        return ""
    for size in range(longest, 0, -1):
        symbol = text[at : at + size]
        if symbol in units and len(symbol) == size:
            return symbol
    return ""


def _per(text: str, at: int) -> str:
    return next((word for word in PER if text.startswith(word, at)), "")


def unit_lengths(book: Rulebook) -> dict[str, int]:
    """For every first character, how long its longest unit is."""
    out: dict[str, int] = {}
    for symbol in book.units:
        out[symbol[0]] = max(out.get(symbol[0], 0), len(symbol))
    return out


def unit_kind(unit: str, book: Rulebook) -> str:
    """percent | times | point | amount for a unit as written (without its multiplier)."""
    known = book.units.get(unit)
    return known.kind if known is not None else "amount"


def base_of(value: Decimal | None, unit: str | None, mult: str, book: Rulebook) -> tuple[Decimal | None, str | None]:
    """The value multiplied out and the base unit: 2386 + 亿元 → 238600000000 + 元; ratios stay as they are."""
    if unit is None:
        return value, None
    bases: dict[tuple[str, str], tuple[Decimal | int, str | None]] = book.compiled["bases"]
    found = bases.get((unit, mult))
    if found is None:
        if len(bases) > 4096:
            bases.clear()
        found = bases[unit, mult] = _base(unit[len(mult) :], mult, book)
    factor, base = found
    return (None if value is None else value * factor), base


def _base(symbol: str, mult: str, book: Rulebook) -> tuple[Decimal | int, str | None]:
    """What one of a written unit is in its base unit, and the base unit."""
    known = book.units.get(symbol) or book.units.get(COMPOUND.split(symbol, maxsplit=1)[0])
    if known is None:
        return multiplier(mult), symbol or None
    rest = known.base + symbol[len(known.symbol) :] if symbol.startswith(known.symbol) else symbol
    return multiplier(mult) * known.factor, rest or None


def multiplier_of(unit: str | None, book: Rulebook) -> str:
    """The multiplier that a written unit begins with: 万 of 万吨, nothing of 千瓦 (a unit of its own) or 个."""
    unit = unit or ""
    most = next((at for at, character in enumerate(unit) if character not in MULTIPLIERS), len(unit))
    for at in range(most + 1):
        if unit[at:] in book.units or COMPOUND.split(unit[at:], maxsplit=1)[0] in book.units:
            return unit[:at]
    # a unit that no rule knows: only 万 and 亿 cannot begin its name
    return unit[: next((at for at, character in enumerate(unit) if character not in LARGE), len(unit))]
