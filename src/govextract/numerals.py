"""Numbers as the genre writes them, exactly: Decimal from ASCII digits or Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "廿": 20}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
MULTIPLIERS = SMALL | LARGE


def multiplier(text: str) -> int:
    """The product of the multiplier characters in *text*: 万亿 → 10**12, 千 → 1000, '' → 1."""
    factor = 1
    for character in text:
        factor *= MULTIPLIERS[character]
    return factor


def chinese_integer(text: str) -> int | None:
    """一百二十三 → 123, 二〇二四 → 2024, 三千万 → 30000000; None where *text* is no numeral."""
    if not text or any(c not in DIGITS and c not in MULTIPLIERS for c in text):
        return None
    if len(text) > 1 and all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in SMALL:
            section += (digit or 1) * SMALL[character]
            digit = 0
        else:
            section += digit
            digit = 0
            # 一万亿: a larger unit multiplies all that stands before it.
            if section == 0 and total:
                total *= LARGE[character]
            elif LARGE[character] > 10**4 and total:
                total = (total + section) * LARGE[character]
            else:
                total += (section or 1) * LARGE[character]
            section = 0
    return total + section + digit


def chinese_decimal(text: str) -> Decimal | None:
    """六点一 → 6.1, 十二 → 12; None where *text* is no numeral."""
    whole, point, fraction = text.partition("点")
    integer = chinese_integer(whole)
    if integer is None or (point and not fraction) or any(c not in DIGITS or c == "廿" for c in fraction):
        return None
    return Decimal(f"{integer}.{''.join(str(DIGITS[c]) for c in fraction)}") if point else Decimal(integer)


def decimals(text: str) -> int:
    """How many decimals are printed: 6.10 → 2."""
    return len(text.partition(".")[2])
