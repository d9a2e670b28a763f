"""Names over several values: 甲、乙、丙分别增长x%、y%、z%. A list that does not zip makes an issue, never a guess."""

from __future__ import annotations

import re

from govextract import stdre
from govextract.name import head_of, owner_of
from govextract.places import place_before
from govextract.quantities import Quantity
from govextract.rulebook import Rulebook
from govextract.segment import borders

SPLITS = (stdre.compile("、|(?<=”)(?=“)"), stdre.compile("、|和|与|及|以及|(?<=”)(?=“)"))
ETC = stdre.compile(
    r"等(?:[一二三四五六七八九十\d]+(?:大|个|项|类|种))?|(?<=.)[二两三四五六七八九十](?:大|个|类|项|种)(?=.{2})"
)


def split_names(text: str, count: int, book: Rulebook) -> list[str] | None:
    """*text* as *count* names, each complete; None where it is no list of that length."""
    if count < 2:
        return None
    text = _expand_both(text, count, book)
    for pattern in SPLITS:
        parts = _outside_brackets(pattern, text, book)
        if len(parts) == count and all(parts):
            return _complete(parts, book)
    return None


def split_all(text: str, book: Rulebook) -> list[str] | None:
    """*text* as a list of as many names as it holds; None where it holds one."""
    parts = _outside_brackets(SPLITS[0], text, book)
    if len(parts) == 1:
        parts = _outside_brackets(SPLITS[1], text, book)
    elif parts and stdre.search("[和与及]", parts[-1]):
        last = _outside_brackets(SPLITS[1], parts[-1], book)
        if len(last) == 2 and abs(len(last[0]) - len(parts[0])) <= 4:
            parts[-1:] = last
    return _complete(parts, book) if len(parts) > 1 and all(parts) else None


def _expand_both(text: str, count: int, book: Rulebook) -> str:
    """城乡X is 城镇X and 农村X where two values follow."""
    for short, long in book.names["both"]["pairs"].items():
        at = text.find(short)
        members = long.split("|")
        if count == len(members) and at >= 0 and not stdre.search("[、和与及]", text.replace(short, "")):
            before, rest = text[:at], text[at + len(short) :]
            return "、".join(f"{before}{member}{rest}" for member in members)
    return text


# Connectors inside a name of one thing stand aside while a list is split.
HELD = {ord(c): 0xF8F0 + i for i, c in enumerate("、和与及")}
FREED = {value: key for key, value in HELD.items()}


def _outside_brackets(pattern: re.Pattern[str], text: str, book: Rulebook) -> list[str]:
    for name in book.names["unsplit"]["words"]:
        if name in text:
            text = text.replace(name, name.translate(HELD))
    masked = stdre.sub("“[^”]*”|（[^）]*）|《[^》]*》", lambda m: m[0][0] + "\0" * (len(m[0]) - 2) + m[0][-1], text)
    out, at = [], 0
    for match in pattern.finditer(masked):
        out.append(text[at : match.start()])
        at = match.end()
    out.append(text[at:])
    return [part.strip().translate(FREED) for part in out if part.strip() or len(out) > 1]


def _complete(parts: list[str], book: Rulebook) -> list[str]:
    """Give every member the head of the last one, and the first one's prefix or entity to those that lack it."""
    last = parts[-1]
    place = place_before(last, book)
    if place and len(place) < len(last) and all(place_before(part, book) == part for part in parts[:-1]):
        # 桑河县、岭东县财政自给率
        return [*(part + last[len(place) :] for part in parts[:-1]), last]
    kind = next((c for c in book.names["both"]["classes"] if last.startswith(c) and len(c) == len(parts[0])), "")
    if kind and all(part in book.names["both"]["classes"] for part in parts[:-1]):
        return [*(part + last[len(kind) :] for part in parts[:-1]), last]
    at = last.rfind("”") + 1
    if 0 < at < len(last) and all(part.endswith("”") for part in parts[:-1]):
        return [*(part + last[at:] for part in parts[:-1]), last]  # “甲”“乙”交付率
    etc = ETC.search(last)
    if etc and etc.end() < len(last):
        head = stdre.sub("^“[^”]*”", "", last[etc.end() :]) or last[etc.end() :]  # 甲、乙等“新三样”出口
        parts = [*parts[:-1], last[: etc.start()] + head]
    else:
        head = _shared_head(parts, book)
    tables = book.names["both"]
    prefix = next((p for p in tables["spread"] if parts[0].startswith(p)), "")
    if not prefix:
        prefix = next((p for p in tables["prefixes"] if parts[0].startswith(p)), "")
        # 规模以上工业增加值、服务业增加值: names that are whole keep their qualifier to themselves.
        if len(prefix) > 1 and _headed(parts[0], head, book):
            prefix = ""
    out = []
    for number, part in enumerate(parts):
        name = part
        if number < len(parts) - 1 and head and not _headed(part, head, book):
            name = joined(part, head)
        if number and prefix and not part.startswith((prefix, *tables["spread"])):
            name = prefix + name
        out.append(name)
    return out if prefix else _share_entity(out, book)


def joined(part: str, head: str) -> str:
    """*part* with *head*, shared characters once: 新兴产业 + 产业增加值 → 新兴产业增加值."""
    for size in range(min(len(part), len(head)), 0, -1):
        if part.endswith(head[:size]):
            return part + head[size:]
    return part + head


def _shared_head(parts: list[str], book: Rulebook) -> str:
    head = head_of(parts[-1], book)
    if head == parts[-1]:
        head = head_of(parts[-1], book, shorter=True)
    if not head:
        return ""
    rest = parts[-1][: -len(head)]
    # 能源、摩托车产业投资: a second head (产业, 领域) that the other members lack belongs to all.
    kinds: list[str] = book.names["both"]["kinds"]
    for kind in kinds:
        if rest.endswith(kind) and len(rest) > len(kind) and not any(p.endswith(kind) for p in parts[:-1]):
            return kind + head
    return head


def _headed(part: str, head: str, book: Rulebook) -> bool:
    """Whether a member names its own measure: 企业 and 项目 do not where the list shares 增加值 or 投资."""
    own = head_of(part, book)
    generic = book.compiled["generic"]
    if (own in generic and head not in generic) or (own and head != own and head.startswith(own)):
        # 民营企业、外资企业出口; 制造业贷款、普惠小微贷款余额
        return False
    return part in book.surfaces or bool(own) or part.endswith(tuple(book.names["bare"]["ratios"]))


def _share_entity(names: list[str], book: Rulebook) -> list[str]:
    """宁波港货物吞吐量, 集装箱吞吐量 → the second is 宁波港's too; 托位使用率, 备案率 → 托位备案率."""
    first = names[0]
    if first in book.compiled["own"]:
        return names  # 资产总额、营业收入: attributes of one owner
    for number in range(1, len(names)):
        other = names[number]
        if other in book.surfaces and first in book.surfaces:
            continue
        entity = next((e for e in book.names["both"]["entities"] if 0 <= first.find(e) < len(first) - len(e)), "")
        if entity and entity not in other:
            names[number] = first[: first.find(entity) + len(entity)] + other
        elif other not in book.surfaces and head_of(other, book) == other and owner_of(first, book) != first:
            names[number] = owner_of(first, book) + other
        elif _lacks_prefix(other, first, book):
            names[number] = first[: len(first) - len(other)] + other
    return names


def _lacks_prefix(other: str, first: str, book: Rulebook) -> bool:
    """购进价格 beside 工业生产者出厂价格: a short member with the same head, that the catalogue does not know."""
    head = head_of(other, book, shorter=True)
    cut = len(first) - len(other)
    return (
        bool(head) and other not in book.surfaces and len(other) - len(head) <= 2
        and head_of(first, book, shorter=True)[-len(head) :] == head and cut >= 2 and cut in borders(first)
    )  # fmt: skip


def unify_units(members: list[Quantity]) -> None:
    """The last unit serves all: 5.7个、14.5个百分点 are both 个百分点; 81、44.7% are both %."""
    last = members[-1]
    if not last.unit:
        return
    for member in members[:-1]:
        if member.unit is None or (
            len(member.unit) < len(last.unit) and last.unit.startswith(member.unit) and last.kind == "point"
        ):
            member.unit, member.kind, member.mult = last.unit, last.kind, last.mult


def spread_bound(members: list[Quantity], bound: str) -> None:
    """A bound word behind a list covers every member."""
    for member in members:
        if bound != "exact" and member.bound == "exact":
            member.bound = bound
