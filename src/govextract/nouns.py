"""Counted nouns behind their figure, and what nouns and per-words give to a unit."""

from __future__ import annotations

from govextract import stdre
from govextract.match import Claim
from govextract.name import MARKS, Name, acted, head_of, owner_of, prefix_of, strip_right
from govextract.quantities import Quantity
from govextract.reading import Reading
from govextract.rulebook import Rulebook
from govextract.segment import borders
from govextract.tokens import Token
from govextract.units import base_of

STOPS = frozenset("，、；：（）。！？") | {"rank", "chain", "basis", "bound_before", "gap", "complete", "reach"}


def bound_noun(text: str, book: Rulebook) -> tuple[str, str]:
    """A counted noun and what is left behind its right border (3家重点实验室|入轨运行)."""
    quoted = [m.span() for m in stdre.finditer("“[^”]*”|（[^）]*）", text)]
    predicates = [
        (at, word)
        for at in range(1 if text[:1] in book.compiled["generic"] else 2, len(text))
        if (word := prefix_of(text[at:], book.compiled["predicates"]))
        and text[at - 1] not in book.names["predicates"]["negations"]
        and not any(s < at < e for s, e in quoted)
    ]
    if not predicates:
        return text, ""
    edges = borders(text)
    stands = [(at, word) for at, word in predicates if _stands(text, at, word, edges, book)]
    weak = book.compiled["not_inside"]
    # A predicate of its own first; a weak one inside what stands before it only where that ends in a verb.
    end = next((at for at, word in stands if word not in weak), len(text))
    noun = text[:end]
    last = noun[max(edge for edge in edges if edge < end) :]
    for at, word in stands:
        if word in weak and at < end:
            whole = at + len(word) == len(noun)
            if whole or text[:at] in book.compiled["generic"] or last in book.compiled["verb_words"]:
                return text[:at], text[at:]
    return noun, text[end:]


def _stands(text: str, at: int, word: str, edges: frozenset[int], book: Rulebook) -> bool:
    """Whether a predicate is a word of its own there, or an adverb that is one word with its verb (全线贯通)."""
    if at not in edges:
        return False
    end = min(edge for edge in edges if edge > at)
    behind = text[at + len(word) : end]
    return at + len(word) in edges or (word in book.compiled["adverbs"] and behind in book.compiled["verb_words"])


def placed_noun(text: str, book: Rulebook, *, last: bool) -> tuple[str, str] | None:
    """在15个县建设示范片: a verb behind a noun of places ends what is counted.

    Where an amount of its own follows (6个改造试点城市新建住房7.4万套) it is the *last* such verb.
    """
    places = (*book.compiled["generic"], "）")
    found = None
    for at in sorted(borders(text))[1:-1]:
        verb = prefix_of(text[at:], book.compiled["leading"]) if text[:at].endswith(places) else ""
        if verb and text[at + len(verb) : at + len(verb) + 1] not in book.compiled["not_before"]:
            found = text[:at], text[at:]
            if not last:
                break
    return found


def take_noun(
    reading: Reading, claim: Claim, name: Name, members: list[Quantity], following: Claim | None
) -> list[Token]:
    """The counted noun behind the figure; returns what is left of it behind its right border."""
    noun = claim.captures.get("noun")
    if claim.pattern.make.get("noun") is None or not noun:
        return []
    book = reading.book
    start = noun[0].start
    if claim.pattern.make["noun"] in ("whole", "use"):
        return take_whole(reading, claim, name, following)
    stop = noun_end(reading.tokens, claim, following)
    text = reading.view.text[start : reading.tokens[stop - 1].end]
    modifies = text.startswith("的")
    text = MARKS.sub("", text.removeprefix("的"))
    adjacent = following is not None and following.first == claim.last and "comparison" not in following.pattern.make
    connector = next((c for c in book.names["both"]["connectors"] if text.startswith(c)), "")
    if connector and adjacent:
        # 实训基地14个和特教学校3所: the noun stands before its own figure.
        return [Token("text", start + len(connector), start + len(text), text[len(connector) :])]
    head, joint, tail = joined_to_next(text, stop, following, book)
    if joint:
        # 50个合作事项和川渝8个重大项目: what stands behind 和 belongs to the next figure.
        text, adjacent = head, False
    lead = reading.view.text[max(0, reading.tokens[claim.first].start - 1) : members[0].start]
    located = any(word in lead for word in book.names["predicates"]["locatives"])
    placed = placed_noun(text, book, last=adjacent) if located or adjacent else None
    bounded, rest = placed or bound_noun(text, book)
    if joint and not rest:
        rest = tail
    left_token = [Token("text", start + len(text) - len(rest), start + len(text), rest)] if rest else []
    attribute = name.text.rpartition("等")[2]
    if modifies and attribute in book.compiled["own"]:
        # 总规模500亿元的产业基金: the attribute of what stands behind 的.
        name.text = trimmed(bounded, book) + attribute
        return left_token
    if is_complete(name, book):
        return [Token("text", start, start + len(text), text)]
    if adjacent and not rest:
        # 17个重点传统制造业增加值增长8%: the noun is the next claim's subject, the count is of its owner.
        left_token = [Token("text", start, start + len(text), text)]
        scope = next((at for s in book.names["both"]["scopes"] if (at := bounded.find(s)) > 0), 0)
        bounded = bounded[:scope] if scope else owner_of(bounded, book) or bounded
    bounded = shared_noun(trimmed(bounded, book), following, book)
    thing = counted(bounded, members[0], book)
    if thing != bounded:
        # 13个设区市地区生产总值均增长: the value is what the next claim speaks of.
        growth = next((g for g in book.compiled["growth_nouns"] if text.endswith(g)), "")  # a word of the next claim
        bounded, rest = thing, text.removesuffix(growth)
        left_token = [Token("text", start, start + len(rest), rest)]
    generic = bounded in book.compiled["generic"]
    prefix = prefix_for(name, book, longest=20 if generic else 8)
    broken = stop < len(reading.tokens) and reading.tokens[stop].type == "、"  # the object is a list: it would be cut
    served = not broken and any(word in lead for word in book.names["predicates"]["for"])
    if adjacent and served and 2 <= len(rest) <= 8:
        bounded = rest + bounded  # 为5万名农民工追回工资7亿元: those whom it was done for
    if not adjacent:
        if not prefix or not generic:
            bounded, rest = take_predicate(name, bounded, rest, book, served=served)
        left_token = left_token if rest else []
    name.text = prefix + bounded
    return left_token


def trimmed(noun: str, book: Rulebook) -> str:
    """A counted noun without what it has (50家驿站的服务功能) and without what is done with it (10个示范项目建设)."""
    owner, of, thing = noun.rpartition("的")
    if of and len(owner) >= 2 and thing in book.names["generic"]["abstract"]:
        noun = owner
    noun = strip_right(noun, book) or noun
    table = book.names["predicates"]
    tail = next((t for t in table["tails"] if noun.endswith(t)), "")
    rest = noun.removesuffix(tail)
    return rest if tail and len(rest) >= 3 and not rest.endswith(tuple(table["tails_keep"])) else noun


def counted(noun: str, member: Quantity, book: Rulebook) -> str:
    """13个设区市地区生产总值均增长: what is counted is whose value it is, not the value."""
    if member.kind != "amount" or base_of(None, member.unit, member.mult, book)[1] not in book.compiled["counted"]:
        return noun
    at = noun.find("等", 2)
    if at > 0 and {at, at + 1} <= borders(noun) and member.unit not in book.names["generic"]["classed_by"]:
        return noun[:at]  # 32条背街巷道改造等民生工程: streets are counted, not projects
    rate = next((g for g in book.compiled["growth_nouns"] if noun.endswith(g)), "")
    owner = noun.removesuffix(rate) if rate else owner_of(noun, book)
    measured = noun[len(owner) :]
    valued = measured in book.surfaces or measured.endswith(tuple(book.names["bare"]["ratios"]))
    return owner if valued and 2 <= len(owner) < len(noun) else noun


def prefix_for(name: Name, book: Rulebook, *, longest: int) -> str:
    """What stands before the figure, where it belongs to its noun: no place, no list, no clause of its own."""
    if _is_region(name.text, book) or "、" in name.text or name.raw.endswith("等"):
        return ""
    held = any(p in name.text for p in book.names["objects"]["prepositions"])
    return "" if held or len(name.text) > longest else name.text


def _is_region(text: str, book: Rulebook) -> bool:
    """Whether a stretch is nothing but a word for the region or the country (全省)."""
    words = book.names["region_words"]
    return text in words["own"] or text in words["nation"]


def noun_of_next(reading: Reading, claim: Claim, following: Claim) -> str:
    """6.1万户14.2万名监测对象: two counts of one noun, where nothing stands between them."""
    noun = following.captures.get("noun")
    if following.first != claim.last or not noun or following.pattern.make.get("noun") != "required":
        return ""
    end = reading.tokens[noun_end(reading.tokens, following, None) - 1].end
    return trimmed(bound_noun(reading.view.text[noun[0].start : end], reading.book)[0], reading.book)


def shared_noun(text: str, following: Claim | None, book: Rulebook) -> str:
    """3家十亿级、17家亿级企业: a grade alone takes the noun behind the next one's grade."""
    grades = tuple(book.names["generic"]["grades"])
    noun = following.captures.get("noun") if following is not None else None
    if not text.endswith(grades) or not noun:
        return text
    behind = next((noun[0].text.partition(g)[2] for g in grades if g in noun[0].text), "")
    return text + bound_noun(behind, book)[0]


def take_predicate(name: Name, noun: str, rest: str, book: Rulebook, *, served: bool) -> tuple[str, str]:
    """What is said of a counted noun: an action, or a part of its name (签约项目, 入选名录的企业, 为20户家庭改造).

    Returns the noun and what is left over for the next claim's name.
    """
    table = book.names["predicates"]
    predicate, behind = "", rest
    while not predicate and behind:
        word = next((w for w in book.compiled["predicates"].get(behind[0], ()) if behind.startswith(w)), "")
        if not word:
            break
        behind = behind[len(word) :]
        predicate = acted(word, book) or ""
    if not predicate or predicate in book.compiled["moves"]:
        return noun, rest
    name.action = name.action or predicate
    if served and predicate in table["carry_out"] and 2 <= len(behind) <= 12:
        return noun + behind, ""
    alone = noun in book.compiled["generic"]
    if (alone and len(behind) <= 16) or (predicate in table["membership"] and 2 <= len(behind) <= 16):
        return predicate + behind + noun, rest
    return noun, rest


def take_whole(reading: Reading, claim: Claim, name: Name, following: Claim | None) -> list[Token]:
    """60%的污水处理厂完成改造: what holds for the share stands before the whole in its name, else what covers it."""
    book = reading.book
    start = claim.captures["noun"][0].start
    text = reading.view.text[
        start : reading.tokens[noun_end(reading.tokens, claim, following, STOPS - {"reach"}) - 1].end
    ]
    table = book.names["wholes"]
    use = claim.one("use")
    if use is not None:
        # 衔接资金的62%用于产业发展: a part of the sum that was named
        part = use.text + bound_noun(text, book)[0]
        name.text = f"{name.text or (reading.state.last[-1] if reading.state.last else '')}{part}{table['holds']}"
        name.whole = True
        return []
    whole, rest = bound_noun(text, book)
    verb = prefix_of(whole, book.compiled["leading"]) or prefix_of(whole, book.compiled["predicates"])
    if (
        whole.endswith(tuple(table["no_whole"]))
        or len(whole) < 2
        or (verb and not reading.view.text.endswith("的", 0, start))
    ):
        return [Token("text", start, start + len(text), text)]
    whole, rest = strip_right(whole, book) or whole, strip_right(rest, book)
    if _is_region(name.text, book):
        name.text = ""
    name.text = f"{name.text}{whole}{rest}{table['covered']}" if name.text else f"{rest}{whole}{table['holds']}"
    name.whole = True
    return []


def joined_to_next(text: str, stop: int, following: Claim | None, book: Rulebook) -> tuple[str, str, str]:
    """A noun, the connector behind it and what leads to the next figure; no connector where none does."""
    if following is None or following.first != stop or "comparison" in following.pattern.make:
        return text, "", ""
    if following.one("direction") is not None or following.pattern.make.get("noun") != "required":
        return text, "", ""
    for connector in book.names["both"]["connectors"]:
        head, joint, tail = text.rpartition(connector)
        if joint and len(head) > 1:
            return head, joint, tail
    return text, "", ""


def noun_end(tokens: list[Token], claim: Claim, following: Claim | None, stops: frozenset[str] = STOPS) -> int:
    """Words of the lexicon that no pattern took belong to the noun (便捷提升项目)."""
    stop = claim.last
    limit = following.first if following is not None else len(tokens)
    while stop < limit and tokens[stop].type not in stops and not tokens[stop].type.startswith("qty_"):
        stop += 1
    return stop


def is_complete(name: Name, book: Rulebook) -> bool:
    if name.text in book.surfaces or (len(name.text) > 2 and name.text.endswith(tuple(book.names["bare"]["funds"]))):
        return True
    head = head_of(name.text, book)
    return bool(head) and head not in book.compiled["generic"] and len(name.text) > len(head)


def take_per(name: Name, inner: list[Token], members: list[Quantity]) -> None:
    """每人每月120元: what the figure is counted per belongs to its unit."""
    per = next((str(t.value) for t in inner if t.type == "adverb" and str(t.value).startswith("/")), name.per)
    for member in members:
        if per and member.kind == "amount" and member.unit and "/" not in member.unit:
            member.unit += per


def people_unit(reading: Reading, claim: Claim, name: Name, members: list[Quantity]) -> None:
    """13万困境留守儿童: where only 万 or 亿 stands beside a noun of people, people are counted."""
    noun = claim.one("noun")
    last = members[-1]
    if last.unit is None or last.unit != last.mult:
        return
    table = reading.book.names["people_heads"]
    told = next((unit for tail, unit in table["told"].items() if noun is None and name.text.endswith(tail)), "")
    if told:
        last.unit = last.mult + told
        return
    for unit, heads in (("户", table["households"]), ("人", table["words"])):
        if any(head in noun.text for head in heads) if noun is not None else name.text.endswith(tuple(heads)):
            last.unit = last.mult + unit
            return
