"""Chinese numerals, exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.numerals import chinese_decimal, chinese_integer, decimals, multiplier

INTEGERS = [
    ("零", 0),
    ("两", 2),
    ("十", 10),
    ("十二", 12),
    ("二十", 20),
    ("廿", 20),
    ("一百零五", 105),
    ("一百二十三", 123),
    ("二〇二四", 2024),
    ("三千万", 30_000_000),
    ("一万二千", 12_000),
    ("三百万", 3_000_000),
    ("一亿", 10**8),
    ("一亿零五百万", 105_000_000),
    ("两万亿", 2 * 10**12),
    ("十三万六千五百", 136_500),
    ("", None),
    ("几百", None),
    ("12", None),
    ("点", None),
]


@pytest.mark.parametrize(("text", "value"), INTEGERS, ids=[row[0] or "empty" for row in INTEGERS])
def test_integer(text: str, value: int | None) -> None:
    assert chinese_integer(text) == value


DECIMALS = [
    ("六点一", Decimal("6.1")),
    ("十二点零五", Decimal("12.05")),
    ("九十九点六", Decimal("99.6")),
    ("十二", Decimal(12)),
    ("六点", None),
    ("点五", None),
    ("六点十", None),
    ("六点廿", None),
    ("六点一点二", None),
]


@pytest.mark.parametrize(("text", "value"), DECIMALS, ids=[row[0] for row in DECIMALS])
def test_decimal(text: str, value: Decimal | None) -> None:
    assert chinese_decimal(text) == value


@pytest.mark.parametrize(
    ("text", "factor"),
    [("", 1), ("千", 1000), ("万", 10**4), ("百万", 10**6), ("亿", 10**8), ("万亿", 10**12)],
)
def test_multiplier(text: str, factor: int) -> None:
    assert multiplier(text) == factor


@pytest.mark.parametrize(("text", "places"), [("6", 0), ("6.1", 1), ("6.10", 2), ("0.005", 3)])
def test_decimals_are_those_that_are_printed(text: str, places: int) -> None:
    assert decimals(text) == places


def spelled(number: int) -> str:
    """A number under 10,000 as it is read out."""
    digits, out, gap = "零一二三四五六七八九", "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("零" if gap else "") + digits[digit] + name
            gap = False
        elif out:
            gap = True
    return out


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_what_is_spelled_is_read(high: int, low: int) -> None:
    assert chinese_integer(spelled(high)) == high
    rest = ("零" if 0 < low < 1000 else "") + spelled(low)
    assert chinese_integer(spelled(high) + "万" + rest) == high * 10_000 + low
    assert chinese_integer(spelled(high) + "亿" + rest) == high * 100_000_000 + low


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    for reader in (chinese_integer, chinese_decimal):
        assert reader(text) is None or not set(text) - set("零一二三四五六七八九〇两廿十百千万亿点")
