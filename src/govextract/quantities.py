"""Figures with their units, found by one regex over a view; values are exact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from govextract.numerals import DIGITS, chinese_decimal, chinese_integer, decimals, multiplier
from govextract.rulebook import Rulebook, Unit

NUMBER = r"\d+(?:\.\d+)?"
CHINESE = r"[零〇一二两三四五六七八九十百千万亿]"
DASH = r"[—―─–\-~～至到]{1,2}"
MULT = r"(?:[十百千](?![米克瓦伏卡升])(?=[万亿余多几A-Za-z一-鿿]|$)){0,1}(?:万亿|亿|万)?"
COMPOUND = re.compile(r"[/·（]")
VAGUE = "[余多几来]"


@dataclass(slots=True)
class Quantity:
    """A figure: its value in `unit` as written (multiplier kept in the unit), signed by nobody yet."""

    start: int
    end: int
    value: Decimal | None
    unit: str | None
    kind: str  # percent | point | amount | bare
    value_max: Decimal | None = None
    bound: str = "exact"
    decimals: int | None = None
    mult: str = ""
    number_end: int = 0


def quantity_regex(units: dict[str, Unit]) -> re.Pattern[str]:
    """The regex of all figures with the units of the rulebook; compound units by grammar."""
    symbols = "|".join(re.escape(s) for s in sorted(units, key=len, reverse=True))
    unit = rf"(?:{symbols})(?:（(?:{symbols})）)?(?:/(?:{symbols})(?:·(?:{symbols}|月|年|日))?|·(?:{symbols}|月|年|日)|/(?:月|年|日|人年))?"
    return re.compile(
        rf"(?P<fraction>(?P<den>[一二三四五六七八九十百千]+)分之(?P<num>{CHINESE}+(?:点{CHINESE}+)?|{NUMBER}))"
        rf"|(?P<half>一大?半|半数)(?=以上|左右|[，。；、]|的|$)"
        rf"|(?P<tenths>[一二三四五六七八九两])成(?P<tenths_half>半|多|[一二三四五六七八九])?(?![为本员功立交果绩长品分套就])"
        rf"|(?P<sign>(?<![\d—\-~～至%A-Za-z”])[\-－](?=\d))?(?P<a>{NUMBER})(?P<av>{VAGUE})?(?P<am>{MULT})(?P<av2>{VAGUE})?(?P<au>%|{unit})?"
        rf"(?:(?P<dash>{DASH})(?P<b>{NUMBER})(?P<bv>{VAGUE})?(?P<bm>{MULT})(?P<bv2>{VAGUE})?(?P<bu>%|{unit})?)?"
        rf"|(?P<cn>(?<=[超近逾过约达])[百千万亿]+|{CHINESE}*[十百千万亿两二三四五六七八九]{CHINESE}*(?:点{CHINESE}+)?)(?P<cv>{VAGUE})?(?P<cu>倍|个百分点|{unit})"
    )


def find_quantities(text: str, book: Rulebook, taken: list[tuple[int, int]]) -> list[Quantity]:
    """Every figure of *text* that does not overlap a span of *taken*, in reading order."""
    pattern = book.compiled.get("quantity")
    if pattern is None:
        pattern = book.compiled["quantity"] = quantity_regex(book.units)
    out = []
    at = 0
    while (match := pattern.search(text, at)) is not None:
        quantity = None
        if not any(match.start() < end and start < match.end() for start, end in taken):
            quantity = _make(match, text, book)
        if quantity is not None:
            out.append(quantity)
        # Where only the first of two joined figures was taken (4.1个百分点至16.8%), the second is still to come.
        at = max(quantity.end if quantity is not None else match.end("a") if match["a"] else match.end(), match.start() + 1)
    return out


def _make(m: re.Match[str], text: str, book: Rulebook) -> Quantity | None:
    if m["fraction"]:
        return _fraction(m)
    if m["half"]:
        return Quantity(m.start(), m.end(), Decimal(50), "%", "percent", decimals=0, number_end=m.end())
    if m["tenths"]:
        value = chinese_decimal(m["tenths"])
        if value is not None and m["tenths_half"] == "半":
            value += Decimal("0.5")
        elif value is not None and m["tenths_half"] in DIGITS:
            value += Decimal(DIGITS[m["tenths_half"]]) / 10
        bound = "more_than" if m["tenths_half"] == "多" else "exact"
        return Quantity(m.start(), m.end(), value, "成", "percent", bound=bound, decimals=0, number_end=m.end())
    if m["cn"]:
        return _chinese(m, book)
    return _ascii(m, text, book)


def _fraction(m: re.Match[str]) -> Quantity | None:
    top = chinese_decimal(m["num"]) if not m["num"][0].isdigit() else Decimal(m["num"])
    below = chinese_integer(m["den"])
    if top is None or not below:
        return None
    value = top if below == 100 else (top * 100 / below).quantize(Decimal("0.01"))
    return Quantity(m.start(), m.end(), value, "%", "percent", decimals=decimals(str(value)), number_end=m.end())


def _chinese(m: re.Match[str], book: Rulebook) -> Quantity | None:
    numeral, unit = m["cn"], m["cu"]
    kind = unit_kind(unit, book)
    # 一个, 两家, 三级 count no statistics; a numeral is a figure only with hundreds and more, or before a ratio.
    if not (any(c in numeral for c in "百千万亿") or kind in ("percent", "point", "times")):
        return None
    if numeral[0] not in DIGITS and numeral[0] != "十" and m.start() and m.string[m.start() - 1] not in "超近逾过约达":
        return None
    mult = numeral[len(numeral.rstrip("万亿")) :]
    core = numeral[: len(numeral) - len(mult)]
    value = chinese_decimal(core) if core else None
    if value is None:
        value, mult = chinese_decimal(numeral), ""
    if value is None:
        return None
    bound = "more_than" if m["cv"] else "exact"
    return Quantity(m.start(), m.end(), value, mult + unit, kind, bound=bound, decimals=0, mult=mult, number_end=m.end("cn"))


def _ascii(m: re.Match[str], text: str, book: Rulebook) -> Quantity | None:
    before = text[m.start() - 1] if m.start() else ""
    if before.isascii() and before.isalpha() or before == "第" or before == "." and m.start() > 1 and text[m.start() - 2].isdigit():
        return None
    unit, mult, end, number_end = m["au"], m["am"] or "", m.end("au"), m.end("am")
    if end < 0:
        end = max(m.end("a"), m.end("am"), m.end("av"), m.end("av2"))
    value, vague = Decimal(m["a"]), m["av"] or m["av2"]
    high: Decimal | None = None
    shown = decimals(m["a"])
    if m["b"] and _is_range(m):
        high = Decimal(m["b"])
        end = m.end()
        if m["au"] is None:
            unit, mult = m["bu"], m["bm"] or ""
        if (m["bm"] or "") != (m["am"] or "") and m["au"] and m["bu"]:
            high = high * multiplier(m["bm"] or "") / multiplier(m["am"] or "")
        shown = max(shown, decimals(m["b"]))
        vague = vague or m["bv"] or m["bv2"]
    elif m["b"]:
        return _ascii_first_only(m, text, book)
    if unit and _inside_word(text, end, unit):
        return None
    kind = unit_kind(unit, book) if unit else "bare"
    known = book.units.get(unit or "")
    if known is not None and known.decimal_only and "." not in m["a"]:
        return None
    if unit is None and not mult and end < len(text) and text[end].isascii() and text[end].isalpha():
        return None
    if unit is None and mult:
        kind = "amount"
    sign = -1 if m["sign"] else 1
    return Quantity(
        m.start(), end, value * sign, (mult + (unit or "")) or None, kind,
        value_max=high, bound="more_than" if vague else "exact", decimals=shown, mult=mult, number_end=number_end,
    )  # fmt: skip


def _is_range(m: re.Match[str]) -> bool:
    """A dash between two figures is a range where both have the same unit or only the last one has one."""
    if m["au"] and not m["bu"]:
        return False
    if m["au"] and m["bu"] and m["au"] != m["bu"]:
        return False
    low, high = Decimal(m["a"]) * multiplier(m["am"] or m["bm"] or ""), Decimal(m["b"]) * multiplier(m["bm"] or "")
    return low < high and (m["bu"] is not None or m["bm"] is not None and m["bm"] != "")


def _ascii_first_only(m: re.Match[str], text: str, book: Rulebook) -> Quantity | None:
    pattern: Any = book.compiled["quantity"]
    again = pattern.match(text[: m.start("dash")], m.start())
    return _ascii(again, text, book) if again and again["a"] else None


def _inside_word(text: str, end: int, unit: str) -> bool:
    """一个 of 一个性: a one-character measure word is none where it begins another word; the rulebook's names tell most,
    this guards Latin units (5G网络 is no 5 G)."""
    return unit[-1].isascii() and unit[-1].isalpha() and end < len(text) and text[end].isascii() and text[end].isalnum()


def unit_kind(unit: str, book: Rulebook) -> str:
    """percent | point | amount for a unit as written (without its multiplier)."""
    known = book.units.get(unit)
    return known.kind if known is not None else "amount"


def base_of(value: Decimal | None, unit: str | None, mult: str, book: Rulebook) -> tuple[Decimal | None, str | None]:
    """The value multiplied out and the base unit: 2386 + 亿元 → 238600000000 + 元; ratios stay as they are."""
    if unit is None:
        return value, None
    symbol = unit[len(mult) :]
    known = book.units.get(symbol) or book.units.get(COMPOUND.split(symbol, maxsplit=1)[0])
    factor = Decimal(multiplier(mult))
    rest = symbol
    if known is not None:
        factor *= known.factor
        rest = known.base + symbol[len(known.symbol) :] if symbol.startswith(known.symbol) else symbol
    return (None if value is None else value * factor), rest or None
