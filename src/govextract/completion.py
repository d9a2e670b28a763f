"""How an incomplete name is completed from what was read before it: its owner, its whole, its sibling."""

from __future__ import annotations

from govextract.discourse import Discourse
from govextract.lists import joined
from govextract.name import Name, head_of
from govextract.rulebook import Rulebook


def complete(name: Name, unit_base: str | None, state: Discourse, book: Rulebook) -> str:
    """The name as it stands alone in a table: an owner for a bare attribute, the whole's head for a part of 其中."""
    text = name.text
    state.owned = False
    if name.of_which:
        state.parts = True
    last = state.last[-1] if state.last else ""
    if text in book.compiled["people"]:
        here = state.owner.partition("（")[0].endswith(tuple(book.names["parts"]["sites"]))
        here = here and not state.broken and state.owner in state.recent  # 其中乡镇卫生院17个，卫生技术人员297人
        owner = state.owner if here else state.institution
        state.owned = bool(owner)
        return owner + text if owner and not owner.endswith(text) else text
    # Behind 其中在建项目185项 a bare 总投资 is that part's, not another part.
    behind = text in book.compiled["own"] and not name.of_which and bool(state.owner)
    if state.parts and state.whole and not name.added and not behind:
        part = of_people(text, state, book) or of_site(text, unit_base, state, book)
        part = part or as_part(text, unit_base, state, book)
        if part != text:
            return part
    per_head = beside_people(text, state, book)
    if per_head:
        return per_head
    if text in book.names["bare"]["append"] and last:
        state.owned = True
        return last + text
    if text in book.names["bare"]["cross"] and not state.recent:
        owner = state.owner or state.heading
        state.owned = True
        return owner + text if owner and not owner.endswith(text) else text
    if text in book.names["bare"]["balance"]:
        named = (o for name in reversed(state.recent) for o in book.compiled["both_owners"] if name.startswith(o))
        fits = state.recent and state.owner.endswith(tuple(book.names["parts"]["suffixes"]))
        return (next(named, "") or (state.owner if fits else "")) + text
    if text in book.compiled["own"] and state.recent:
        if text in book.compiled["totals"]:
            return last
        if last.endswith(text):
            return last
        if not state.owner:
            return text
        state.owned = True
        return state.owner + text
    return text


def people_before(name: str, book: Rulebook) -> str:
    """城镇居民人均 of 城镇居民人均可支配收入: whose average a name is; empty where it is none."""
    people, average, _ = name.partition(book.names["parts"]["average"])
    if not average or not people.endswith(tuple(book.names["parts"]["people"])):
        return ""
    known = next((word for word in book.names["both"]["classes"] if people.endswith(word) and len(word) > 2), people)
    return known + average


def of_people(text: str, state: Discourse, book: Rulebook) -> str:
    """工资性收入 behind 城镇居民人均可支配收入: a part of it by the survey's items, per head as it is."""
    if not text.startswith(tuple(book.names["parts"]["items"])):
        return ""
    names = (name for name in [*reversed(state.recent), state.whole] if people_before(name, book))
    whole = next(names, "")
    if not whole:
        return ""
    return people_before(whole, book) + (
        text if head_of(text, book) else measured(text, head_of(state.whole, book), book)
    )


def beside_people(text: str, state: Discourse, book: Rulebook) -> str:
    """人均消费支出 behind 城镇居民人均可支配收入: the same people's."""
    average, parts = book.names["parts"]["average"], book.names["parts"]
    if not text.startswith(average) or not text.endswith(tuple(parts["averaged"])):
        return ""
    before = next((people for name in reversed(state.recent) if (people := people_before(name, book))), "")
    return before + text.removeprefix(average) if before else ""


def of_site(text: str, unit_base: str | None, state: Discourse, book: Rulebook) -> str:
    """小学 of 专任教师1567人, 山羊 of 羊存栏20409只: what is counted is the whole's, in or of its part."""
    if unit_base != state.whole_unit or unit_base not in book.compiled["counted"]:
        return ""
    parts = book.names["parts"]
    tail = next((t for t in parts["staff"] if state.whole.endswith(t)), "")
    if tail and text.endswith(tuple(parts["sites"])):
        return text + tail
    stock = next((t for t in parts["stock"] if state.whole.endswith(t)), "")
    return text + stock if stock and not head_of(text, book) else ""


def as_part(text: str, unit_base: str | None, state: Discourse, book: Rulebook) -> str:
    """A part without a measure head takes its whole's (其中住宅 → 住宅销售面积; 城镇 → 城镇社会消费品零售总额)."""
    place = next((p for p in book.names["parts"]["places"] if state.whole.startswith(p)), "")
    if place and text and not text.startswith(place):
        return place + text
    owned = tuple(book.names["parts"]["owned"])
    if text in owned:
        owners = (name for name in reversed(state.recent) if name.endswith(text[-2:]) and not name.endswith(owned))
        return joined(next(owners, text)[:-2], text)
    if text in book.surfaces or not text or text.endswith(book.compiled["growth_nouns"]):
        return text
    own = head_of(text, book)
    if own and text not in book.compiled["own"] and own not in book.compiled["generic"]:
        return text
    head = head_of(without_rate(state.whole, book), book)
    if text.endswith(tuple(book.names["parts"]["suffixes"])) and head and head not in book.compiled["generic"]:
        return measured(text, head, book) if unit_base not in book.compiled["counted"] else text
    if text in book.names["parts"]["owners"] and unit_base == state.whole_unit:
        return prefixed(text, state.whole, book)
    if not state.opened and (unit_base != state.whole_unit or unit_base in book.compiled["counted"]):
        return text
    if text in book.names["parts"]["prefix"]:
        return prefixed(text, state.whole, book)
    return measured(text, head, book)


def without_rate(name: str, book: Rulebook) -> str:
    """What grows: 地区生产总值 behind 地区生产总值增速 (…比一季度回落4.8个百分点；两年平均增长6%)."""
    rate = next((g for g in book.compiled["growth_nouns"] if name.endswith(g) and len(name) > len(g)), "")
    return name.removesuffix(rate)


def measured(part: str, head: str, book: Rulebook) -> str:
    """*part* with its whole's measure head: of 产业增加值 a 制造业 takes 增加值, 新材料 all."""
    head = book.names["parts"]["measures"].get(head, head)
    kind = next((kind for kind in book.compiled["both_kinds"] if head.startswith(kind) and head != kind), "")
    return joined(part, head.removeprefix(kind) if kind and part.endswith(kind[-1]) else head)


def prefixed(part: str, whole: str, book: Rulebook) -> str:
    """城镇 before 居民人均可支配收入; a sibling's own prefix or 全体 goes first, shared characters are not doubled."""
    parts = book.names["parts"]
    # 农村 takes the place of 城镇, not of 城镇居民.
    words = [*parts["all"], *parts["prefix"], *parts["owners"]]
    for word in sorted(words, key=lambda w: (len(w) != len(part), -len(w))):
        if whole.startswith(word) and len(whole) > len(word):
            whole = whole[len(word) :]
            _, _, rest = whole.partition(word[-1]) if whole.startswith("、") else ("", "", "")
            whole = rest or whole  # 国家级、省级自然保护区
            break
    return joined(part, whole)


def as_sibling(text: str, measure: str, unit_base: str | None, state: Discourse, book: Rulebook) -> str:
    """农村居民 behind 城镇居民人均可支配收入: what the one lacks it takes from the other."""
    parts = book.names["parts"]
    if not state.recent or text in book.surfaces:
        return text
    if measure != state.measure or (unit_base != state.unit and measure != "growth"):
        # 居民收入20341元，增长5.8%；城镇32948元: the amounts belong together over the growth between them.
        again = text in parts["prefix"] and unit_base == state.whole_unit and unit_base not in book.compiled["counted"]
        return prefixed(text, state.whole, book) if again and state.whole in state.recent else text
    last = state.last[-1]
    if text in parts["prefix"] and unit_base not in book.compiled["counted"]:
        return prefixed(text, last, book)
    head = head_of(last, book)
    if head and head not in book.compiled["generic"] and text.endswith(tuple(parts["suffixes"])):
        own = head_of(text, book)
        return text if own and own not in book.compiled["generic"] else measured(text, head, book)
    return text
