"""Codes of places: what a name means where several places have it."""

from __future__ import annotations

from collections import Counter

import pytest

from govextract.regions import code_among, code_of
from govextract.rulebook import Rulebook, read_table

# region, code of the report's place, expected
NEAR = [
    ("重庆市", None, "500000"),
    ("兰州市", "620000", "620100"),
    ("中江县", None, "510623"),
    ("朝阳区", "220100", "220104"),
    ("朝阳区", "220000", "220104"),
    ("朝阳区", "110000", "110105"),
    ("朝阳区", None, None),
    ("全国", "110000", None),
    ("云岭省", None, None),
    (None, "110000", None),
]
NAMED = [
    ("朝阳区", "长春市朝阳区2024年政府工作报告", "220104"),
    ("朝阳区", "北京市朝阳区2024年政府工作报告", "110105"),
    ("朝阳区", "朝阳区2024年政府工作报告", None),
    ("中江县", "2024年政府工作报告", "510623"),
    (None, "北京市", None),
]


@pytest.mark.parametrize(("region", "home", "expected"), NEAR, ids=[f"{r} of {h}" for r, h, _ in NEAR])
def test_code_of(region: str | None, home: str | None, expected: str | None, book: Rulebook) -> None:
    assert code_of(region, home, book) == expected


@pytest.mark.parametrize(("region", "text", "expected"), NAMED, ids=[str(text) for _, text, _ in NAMED])
def test_code_among(region: str | None, text: str, expected: str | None, book: Rulebook) -> None:
    assert code_among(region, text, book) == expected


def test_every_county_is_found_in_its_prefecture(book: Rulebook) -> None:
    rows = read_table("counties")
    twice = Counter((name, parent) for _, name, parent in rows)
    for code, name, parent in rows:
        if twice[name, parent] == 1 and name not in book.regions:
            assert code_of(name, parent, book) == code
