"""The codes of places, GB/T 2260: provinces, prefectures and counties.

A county's name may stand for several counties (朝阳区); the place that the report is about, or the places that it
names, say which one is meant, and where they do not, there is no code.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from govextract.rulebook import read_table

if TYPE_CHECKING:
    from govextract.rulebook import Rulebook


def code_of(region: str | None, home: str | None, book: Rulebook) -> str | None:
    """The code of *region*; of counties of one name the one nearest to the place with the code *home*."""
    if region is None or region in book.names["region_words"]["nation"]:
        return None
    row = book.regions.get(region)
    if row is not None:
        code: str | None = row.get("code")
        return code
    return _only(_counties().get(region, ()), home or "")


def code_among(region: str | None, text: str, book: Rulebook) -> str | None:
    """The code of *region* in a *text* that may name what it belongs to: 长春市朝阳区."""
    code = code_of(region, None, book)
    if code or region is None:
        return code
    codes = _counties().get(region, ())
    homes = {row["code"] for name, row in book.regions.items() if row.get("code") and name in text}
    named = [_only(codes, home) for home in homes if any(code.startswith(home.rstrip("0")) for code in codes)]
    found = {code for code in named if code}
    return found.pop() if len(found) == 1 else None


def is_county(name: str) -> bool:
    """Whether *name* is a county's or a district's, spelled in full."""
    return name in _counties()


def county_in(text: str) -> str | None:
    """The first county, spelled in full and in three characters or more, that *text* names."""
    found = [(text.find(name), -len(name), name) for name in _counties() if len(name) > 2 and name in text]
    return min(found)[2] if found else None


def counties_in(name: str, code: str) -> bool:
    """Whether a county, district or city of that *name* lies where codes begin with *code*."""
    return any(own.startswith(code) for own in _counties().get(name, ()))


def _only(codes: Iterable[str], home: str) -> str | None:
    """The one code that shares most with *home*: the prefecture, the province, or nothing. None where several do."""
    for digits in (4, 2, 0):
        near = [code for code in codes if code[:digits] == home[:digits]]
        if near:
            return near[0] if len(near) == 1 else None
    return None


@cache
def _counties() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, name, _ in read_table("counties"):
        found[name] = (*found.get(name, ()), code)
    return found
