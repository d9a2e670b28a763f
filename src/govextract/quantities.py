"""Figures with their units; values are exact. Numbers by regex, units by look-up behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from govextract import stdre
from govextract.numerals import DIGITS, chinese_decimal, chinese_integer, decimals, multiplier
from govextract.rulebook import Rulebook
from govextract.units import unit_at, unit_kind

# 千 begins a unit of its own in 千米, 千瓦 (两千万千瓦时).
CHINESE = "(?:[零〇一二两三四五六七八九十百万亿]|千(?![米克瓦伏卡升]))"
VAGUE = "余多几来"
MULTIPLIER = stdre.compile("万亿|[万亿]")
# The same of a multiplier behind a figure.
MULT = r"(?:[十百千](?![米克瓦伏卡升])(?=[万亿余多几A-Za-z一-鿿]|$))?(?:万亿|亿|万)?"
NUMBER = stdre.compile(rf"(?P<n>\d+(?:\.\d+)?)(?P<v>[{VAGUE}])?(?P<m>{MULT})(?P<v2>[{VAGUE}])?")
DASH = stdre.compile(r"[—―─–\-~～至到]{1,2}(?=\d)")
FRACTION = stdre.compile(rf"(?P<den>[一二三四五六七八九十百千]+)分之(?P<num>{CHINESE}+(?:点{CHINESE}+)?|\d+(?:\.\d+)?)")
SLASH = stdre.compile(r"(?<=[一-鿿])(?P<num>[1-9])/(?P<den>[2-9]|1\d)(?![\d/])")  # 占全国近1/6
HALF = stdre.compile(r"(?:一大?半|半数)(?=以上|左右|[，。；、]|的|$)")
TENTHS = stdre.compile(
    r"(?P<n>[一二三四五六七八九两])成(?P<half>半|多|[一二三四五六七八九])?(?![为本员功立交果绩长品分套就])"
)
NUMERAL = stdre.compile(
    rf"(?:(?<=[超近逾过约达破上])[百千万亿]{{1,4}}|{CHINESE}{{1,24}}(?:点{CHINESE}{{1,9}})?|一(?=倍))"
)
# Where a figure can begin: a digit, a fraction, tenths, a half, or a numeral.
START = stdre.compile(rf"\d|{CHINESE}|半数")
LETTERS = stdre.compile("[A-Za-z]+$")
APPROXIMATE = "超近逾过约达破上"


@dataclass(slots=True)
class Quantity:
    """A figure: its value in `unit` as written (multiplier kept in the unit), signed by nobody yet."""

    start: int
    end: int
    value: Decimal | None
    unit: str | None
    kind: str  # percent | times | point | amount | bare
    value_max: Decimal | None = None
    bound: str = "exact"
    decimals: int | None = None
    mult: str = ""


def find_quantities(text: str, book: Rulebook, taken: list[tuple[int, int]]) -> list[Quantity]:
    """Every figure of *text* that does not overlap a span of *taken*, in reading order."""
    out: list[Quantity] = []
    at = 0
    while (found := START.search(text, at)) is not None:
        start = found.start()
        if text[start].isdigit() and text[start] < "\u3007":
            quantity, at = _ascii(text, start, book)
        else:
            quantity, at = _chinese(text, start, book)
        if quantity is None:
            continue
        if any(quantity.start < end and first < quantity.end for first, end in taken):
            # A figure that only ends in a taken span may still hide the next one.
            at = max(start + 1, min(at, next((e for s, e in taken if s < quantity.end and quantity.start < e), at)))
            continue
        out.append(quantity)
    return out


def _ascii(text: str, start: int, book: Rulebook) -> tuple[Quantity | None, int]:
    """The figure in ASCII digits at *start*, and where to look on."""
    part = SLASH.match(text, start)
    if part is not None:
        return _percentage(part, Decimal(part["num"]), int(part["den"])), part.end()
    m = NUMBER.match(text, start)
    assert m is not None
    after = m.end("n")
    before = text[start - 1] if start else ""
    if (
        before == "第"
        or (before.isascii() and before.isalpha() and not (m["m"] and _named_before(text, start, book)))
        or (before == "." and text[start - 2 : start - 1].isdigit())
    ):
        return None, after
    unit, mult, end = unit_at(text, m.end(), book), m["m"], m.end()
    vague, shown, high = m["v"] or m["v2"], decimals(m["n"]), None
    second = _second(text, end + len(unit), unit, m, book)
    if second is not None:
        n, unit, mult, end = second
        high = Decimal(n["n"])
        if n["m"] != m["m"] and m["m"]:
            high, mult = high * multiplier(n["m"]) / multiplier(m["m"]), m["m"]
        shown, vague = max(shown, decimals(n["n"])), vague or n["v"] or n["v2"]
    else:
        end += len(unit)
    if (
        unit
        and unit[-1].isascii()
        and unit[-1].isalpha()
        and text[end : end + 1].isascii()
        and text[end : end + 1].isalnum()
    ):
        return None, after
    known = book.units.get(unit)
    if known is not None and known.decimal_only and "." not in m["n"]:
        return None, after
    if not unit and not mult and text[end : end + 1].isascii() and text[end : end + 1].isalpha():
        return None, after
    kind = unit_kind(unit, book) if unit else ("amount" if mult else "bare")
    sign = -1 if second is None and _negative(text, start) else 1
    return Quantity(
        start - (sign < 0), end, Decimal(m["n"]) * sign, (mult + unit) or None, kind,
        value_max=high, bound="more_than" if vague else "exact", decimals=shown, mult=mult,
    ), end  # fmt: skip


def _named_before(text: str, start: int, book: Rulebook) -> bool:
    """Whether the letters before a figure are an indicator's name (GDP19亿元), not part of a name with digits (B2B)."""
    letters = LETTERS.search(text, max(0, start - 12), start)
    return letters is not None and letters[0] in book.surfaces


def _negative(text: str, start: int) -> bool:
    """A minus sign of its own, not a dash between two figures or inside a name."""
    if text[start - 1 : start] not in ("-", "－"):
        return False
    before = text[start - 2 : start - 1]
    letter = before.isascii() and before.isalpha()
    return not (before.isdigit() or letter or (before != "" and before in "—-~～至%”"))


def _second(
    text: str, at: int, unit: str, first: re.Match[str], book: Rulebook
) -> tuple[re.Match[str], str, str, int] | None:
    """The upper end of a range (5%—6%, 10至20家): the same unit on both, or only behind the second."""
    dash = DASH.match(text, at)
    if dash is None:
        return None
    n = NUMBER.match(text, dash.end())
    assert n is not None
    own = unit_at(text, n.end(), book)
    if (unit and own != unit) or not (own or n["m"]):
        return None
    low = Decimal(first["n"]) * multiplier(first["m"] or n["m"])
    if low >= Decimal(n["n"]) * multiplier(n["m"]):
        return None
    return n, own, n["m"], n.end() + len(own)


def _chinese(text: str, start: int, book: Rulebook) -> tuple[Quantity | None, int]:
    """The figure in Chinese numerals at *start*: a fraction, a half, tenths, or hundreds and more with a unit."""
    m = FRACTION.match(text, start)
    if m is not None:
        return _fraction(m), m.end()
    m = HALF.match(text, start)
    if m is not None:
        return Quantity(start, m.end(), Decimal(50), "%", "percent", decimals=0), m.end()
    m = TENTHS.match(text, start)
    if m is not None:
        return _tenths(m), m.end()
    m = NUMERAL.match(text, start)
    if m is None:
        return None, start + 1
    end = m.end()
    vague = text[end : end + 1] if text[end : end + 1] and text[end] in VAGUE else ""
    more = MULTIPLIER.match(text, end + 1) if vague else None  # 十多万人
    mult = more[0] if more is not None else ""
    end += len(vague) + len(mult)
    unit = unit_at(text, end, book)
    if not unit:
        return None, m.end()
    return _numeral(text, start, m[0] + mult, unit, vague, book), end


def _fraction(m: re.Match[str]) -> Quantity | None:
    top = chinese_decimal(m["num"]) if not m["num"][0].isdigit() else Decimal(m["num"])
    below = chinese_integer(m["den"])
    if top is None or not below:
        return None
    return _percentage(m, top, below)


def _percentage(m: re.Match[str], top: Decimal, below: int) -> Quantity:
    """A fraction as per cent, to two decimals."""
    value = top if below == 100 else (top * 100 / below).quantize(Decimal("0.01"))
    return Quantity(m.start(), m.end(), value, "%", "percent", decimals=decimals(str(value)))


def _tenths(m: re.Match[str]) -> Quantity:
    value, half = Decimal(DIGITS[m["n"]]), m["half"]
    if half == "半":
        value += Decimal("0.5")
    elif half in DIGITS:
        value += Decimal(DIGITS[half]) / 10
    bound = "more_than" if half == "多" else "exact"
    return Quantity(m.start(), m.end(), value, "成", "percent", bound=bound, decimals=0)


def _numeral(text: str, start: int, numeral: str, unit: str, vague: str, book: Rulebook) -> Quantity | None:
    kind = unit_kind(unit, book)
    # 一个, 两家, 三级 count no statistics; a numeral is a figure only with hundreds and more, or before a ratio.
    if not (any(c in numeral for c in "百千万亿") or kind in ("percent", "point", "times")):
        return None
    if numeral[0] not in DIGITS and numeral[0] != "十" and start and text[start - 1] not in APPROXIMATE:
        return None
    mult = numeral[len(numeral.rstrip("万亿")) :]
    core = numeral[: len(numeral) - len(mult)]
    value = chinese_decimal(core) if core else Decimal(1)
    if value is None:
        value, mult = chinese_decimal(numeral), ""
    if value is None:
        return None
    end = start + len(numeral) + len(vague) + len(unit)
    return Quantity(
        start, end, value, mult + unit, kind, bound="more_than" if vague else "exact", decimals=0, mult=mult
    )
