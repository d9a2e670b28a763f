"""Where a document belongs: the place that its title names, else the one its head names."""

from __future__ import annotations

from govextract import stdre
from govextract.regions import county_in, is_county
from govextract.rulebook import Rulebook

HEAD = 600  # characters of the text that say where it belongs
# Where and when a news agency sent its report is not what it is about.
DATELINE = stdre.compile(r"[一-鿿]{2,4}[社网]?[一-鿿]{2,6}(?:\d{4}年)?\d{1,2}月\d{1,2}日[电讯]")
# A place before the bodies that every report names: 海拉尔区第十三届人民代表大会, 某市统计局. A district
# behind its city is the place, not the city (青岛市城阳区统计公报).
PLACE = stdre.compile(
    r"(?:^|[在向（—，。\s　])"
    r"([一-鿿]{1,13}?(?:特别行政区|自治区|自治州|自治县|省|市|州|盟|地区|县|旗|区|(?<!乡)镇|乡(?!镇)|苏木|街道))"
    r"(?=第[一-鿿]{1,6}届|(?:19|20)\d\d年|\s"
    r"|[ 《]?(?:[一-鿿]{1,2}(?<![县旗区]))?(?:人民代表大会|人大|人民政府|统计[局公]|政府|财政局"
    r"|发展和改革|发展改革|国民经济|政协))"
)
# Words before a place, and what is left of one whose name is cut short.
BEFORE = stdre.compile(r"^(?:关于|在|向|中共|记者从|从|我?谨?(?:代表|受)|[我本全](?=.$))")
KIND = stdre.compile("(?:自治区|[州盟])$")
# A title's time may stand between place and genre: 云岭省2024年1-6月国民经济运行情况.
TIME = stdre.compile(
    r"(?:19|20)\d\d\s?年度?(?:\d{1,2}[-—至~～]\d{1,2}月份?|\d{1,2}月份?|[上下]半年|前?[一二三四]个?季度)?"
)


def home_of(title: str, text: str, book: Rulebook) -> str | None:
    """The place of a document with *title* whose *text* follows, spelled in full; 全国; None where none is named."""
    head = DATELINE.sub("", text[:HEAD])
    in_title = _place(TIME.sub(" ", title), book) or county_in(title) or _known(title, book)
    return in_title or _place(head, book) or _known(head, book)


def _place(text: str, book: Rulebook) -> str | None:
    """The place before one of the bodies that every report names."""
    for found in PLACE.finditer(text):
        place = BEFORE.sub("", found[1])
        full = book.regions.get(KIND.sub("", place), {}).get("name", "")
        if full.endswith(place[-1:] or "-"):
            return str(full)  # 新疆自治区, 黔东南州
        if len(place) >= 3 or place in book.regions or is_county(place):
            return _own_name(place)
    return None


def _own_name(place: str) -> str:
    """环县 of 庆阳市环县: a county's own name, where the code list has it in the place named before it."""
    ends = (end for end in range(2, len(place) - 1) if place[end - 1] in "省市州盟区")
    return next((place[end:] for end in ends if is_county(place[end:])), place)


def _known(text: str, book: Rulebook) -> str | None:
    """The first listed place of *text*, or the nation of which it speaks."""
    text = book.compiled["no_region"].sub(" ", text)
    known = [
        (text.find(name), -len(name), name)
        for name, row in book.regions.items()
        if row["level"] in ("province", "prefecture") and name in text
    ]
    if known:
        return _province_of(min(known)[2], text, book)
    # A bureau of a place names the ministry too (按照财政部要求，全市…).
    local = any(word in text for word in book.names["region_words"]["own"])
    return "全国" if not local and any(word in text for word in book.structure["national"]) else None


def _province_of(name: str, text: str, book: Rulebook) -> str:
    """A listed place spelled in full; its province where the text speaks of a province (成都 of a text on 全省)."""
    row, own = book.regions[name], book.names["region_words"]["own"]
    wide = [word for word in own if word in text]
    if row["level"] != "province" and wide and all(word.endswith("省") for word in wide):
        provinces = (r for r in book.regions.values() if r["level"] == "province" and r.get("code"))
        row = next((r for r in provinces if str(r["code"])[:2] == str(row.get("code"))[:2]), row)
    return str(row["name"])
