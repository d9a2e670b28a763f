"""A name that begins with a place of its own (永州果蔬出口, 桑河县财政自给率): whose figure it is, and what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govextract import stdre
from govextract.name import head_of
from govextract.regions import counties_in
from govextract.rulebook import Rulebook

OWN = stdre.compile("(?:^|[省市州盟])([一-鿿]{2,4}?)[市县区旗镇乡]$")
LONGEST = 8  # characters of a statistic that the catalogue does not know


def compile_places(book: Rulebook) -> None:
    """Index the places by their first two characters, the longest first, into `book.compiled`."""
    table = book.names["region_words"]
    index: dict[str, list[str]] = {}
    for name, row in book.regions.items():
        if row["level"] in ("province", "prefecture", "new_area"):
            index.setdefault(name[:2], []).append(name)
    book.compiled["places"] = {first: sorted(names, key=lambda n: -len(n)) for first, names in index.items()}
    no_place = "|".join(map(re.escape, table["no_place"]))
    kinds = "|".join(map(re.escape, table["place_kinds"]))
    book.compiled["county"] = stdre.compile(rf"(?!(?:{no_place}))[一-鿿]{{1,3}}?(?:{kinds})(?=[一-鿿])")


def split_place(text: str, home: str | None, book: Rulebook) -> tuple[str | None, str]:
    """The place that *text* begins with, spelled in full, and the rest; None where it has none but *home* itself."""
    short = _short(home)
    if short and text.startswith(short) and text[len(short) :] in book.surfaces:
        return None, text[len(short) :]
    place = next((name for name in _listed(text, book) if _inside(name, home, book)), "")
    place = place or _county(text, book) or _district(text, home, book)
    full = book.regions[place]["name"] if place in book.regions else place
    rest = text[len(place) :].removeprefix("的")
    if not place or not _statistic(rest, book, listed=place in book.regions and full != home):
        return None, text
    return (None if full == home else full), rest


def _short(home: str | None) -> str:
    """The document's own county or district without its kind: 云岭市桑河区 -> 桑河."""
    found = OWN.search(home or "")
    return found[1] if found else ""


def place_before(text: str, book: Rulebook) -> str:
    """The place, anywhere in the country, that *text* begins with; empty where it begins with none."""
    return next(_listed(text, book), "") or _county(text + "的", book)  # a county may be all of the text


def listed_place(text: str, book: Rulebook) -> str:
    """The province, prefecture or new area that *text* begins with; empty where it begins with none."""
    return next(_listed(text, book), "")


def _listed(text: str, book: Rulebook) -> Iterator[str]:
    """The listed places that *text* begins with, the longest first."""
    return (name for name in book.compiled["places"].get(text[:2], ()) if text.startswith(name))


def _county(text: str, book: Rulebook) -> str:
    """What *text* begins with and looks like a county's name, before something else."""
    found = book.compiled["county"].match(text)
    return found[0] if found else ""


def _district(text: str, home: str | None, book: Rulebook) -> str:
    """The district or city of the code list that *text* begins with, where it lies in *home*."""
    row = book.regions.get(home or "")
    code = str(row.get("code") or "").rstrip("0") if row is not None else ""
    ends = (at + 1 for at, letter in enumerate(text[:8]) if letter in "区市" and at > 0)
    return next((text[:end] for end in ends if code and counties_in(text[:end], code)), "")


def _statistic(text: str, book: Rulebook, *, listed: bool) -> bool:
    """Whether what stands behind a place is measured of places, not a proper name's rest (宁波|舟山港吞吐量)."""
    text = text.partition("占")[0]  # 广东机电产品出口占出口总值的比重
    held = any(word in text for word in book.names["region_words"]["not_behind_place"])
    if text in book.surfaces or (text.startswith("对") and head_of(text, book, shorter=True)):
        return True
    return listed and not held and len(text) <= LONGEST and head_of(text, book, shorter=True) != ""


def _inside(name: str, home: str | None, book: Rulebook) -> bool:
    """Whether a place is a province, the document's region, or lies in it: a prefecture in its province."""
    row, own = book.regions[name], book.regions.get(home or "")
    if row["level"] == "province" or row["name"] == home:
        return True
    if own is None:
        return False
    if row["level"] == "new_area":
        return True
    return bool(own["level"] == "province" and row["level"] == "prefecture" and row["code"][:2] == own["code"][:2])
