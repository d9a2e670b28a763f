"""Bounds the name of what is measured: left and right border, what is lifted out, what is stripped.

All words are tables in rules/lexicon/names; this module only applies them, in the order that the tables document.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from govextract import stdre
from govextract.rulebook import Rulebook
from govextract.segment import borders
from govextract.tokens import Token

# Footnote marks, circled outline numbers and 【栏目】 are no part of a name.
MARKS = stdre.compile(
    r"【[^】]*】|[［\[〔]\d{1,3}[］\]〕]|[①-⑳]|（[A-Za-z&]+）|^\d+(?:项|个|家|户|件|种|大?类)(?!以[上下内])"
)


@dataclass(slots=True)
class Name:
    """A bounded name and what was lifted out of its stretch."""

    text: str = ""
    raw: str = ""
    action: str | None = None
    added: bool = False
    of_which: bool = False
    mode: str = ""  # in_order | alike
    basis: Token | None = None
    bases: list[Token] = field(default_factory=list)  # 环比、同比分别: one a value
    region: str = ""
    whole: bool = False
    sign: int = 1
    before: str = ""  # the clauses before, where the list may begin in them
    clauses: str = ""  # all of them
    per: str = ""
    names: list[str] = field(default_factory=list)


LONG_WORD = 3  # characters of a word that is more than a measure's (区域性, not 金额)
LIFTED = {"time", "basis", "no_time", "each", "of_which", "adverb", "plan"}


def bound_name(tokens: list[Token], book: Rulebook) -> Name:
    """The name in a stretch left of a predicate."""
    name = Name(raw="".join(t.text for t in tokens).strip("，、；： "))
    kept: list[str] = []
    for token in tokens:
        if token.type == "basis":
            name.basis = token
            name.bases.append(token)
        elif token.type == "each":
            name.mode = str(token.value) if name.mode != "in_order" else name.mode
        elif token.type == "of_which":
            name.of_which = True
            kept.clear()
        elif token.type == "plan" and kept and kept[-1] == "、":
            kept.clear()  # 打造先导区、力争产业规模…: another predicate, not another name
        elif token.type == "adverb" and token.text == book.names["bare"]["cumulative"]:
            name.action = token.text
        elif token.type == "adverb" and token.value:
            name.per = str(token.value)
        if token.type not in LIFTED or (token.type == "no_time" and kept and token.time.rule.id == "plan_name"):
            kept.append(token.text)
    clean(name, "".join(kept), book)
    return name


def clean(name: Name, text: str, book: Rulebook) -> None:
    """Strip region words, leading verbs and trailing words from *text*; the result goes into *name*."""
    text = MARKS.sub("", text)
    text = text.strip("，、；：。 “”" if text.count("“") != text.count("”") else "，、；：。 ")
    last = text.rpartition("、")[2]
    verb = prefix_of(text, book.compiled["leading"])
    if verb and len(text) > len(last) + 1 + len(verb) and prefix_of(last, book.compiled["aims"]):
        text = last  # 打造示范区、力争产业规模突破…: two predicates, not two names
    text = MARKS.sub("", strip_left(name, text, book))
    text = split_inner(name, text, book)
    text = strip_right(text, book)
    text = text.strip("，、；：。 ")
    # A single character names nothing (10年前) but the most general nouns (20万人, 5个县) and goods (纱).
    short = len(text) == 1 and text not in book.names["bare"]["single"]
    name.text = text if not short or text in book.compiled["generic"] or text in book.surfaces else ""


def strip_left(name: Name, text: str, book: Rulebook) -> str:
    """Region words and leading verbs off the left edge, longest first and repeatedly; the first verb is the action."""
    changed = True
    verbs = joint = ""
    while changed and text:
        changed = False
        if text in book.surfaces or text in book.compiled["own"]:
            return text
        for kind in ("own", "nation"):
            word = prefix_of(text, book.compiled["region_" + kind])
            numbered = kind == "nation" and text[len(word) : len(word) + 1].isdigit()  # 中国500强企业
            if word and len(text) > len(word) and not numbered:
                text, changed = text[len(word) :].lstrip("的"), True
                name.region = name.region or ("全国" if kind == "nation" else "own")
        word = _leading(text, book)
        if not word or text.startswith(tuple(book.names["leading_verbs"]["keep"])):
            continue
        rest = text[len(word) :]
        if rest[:1] == "的" and len(rest) > 2:
            text, changed = rest[1:], True  # 实施的项目: the verb only describes the noun
            continue
        if not rest:
            name.action, name.added = name.action or acted(word, book), name.added or word in book.compiled["adds"]
            return ""
        crossed = rest[0] in book.compiled["not_before"] and _crosses(text, len(word))
        doubled = word in book.compiled["adverbs"] and prefix_of(rest, book.compiled["leading"])  # 大力|推广
        sure = word in book.names["leading_verbs"]["sure"]
        if not crossed and (
            rest[0] in book.compiled["not_before"] or not (doubled or sure or _border(text, len(word)))
        ):
            continue
        if word in book.names["leading_verbs"]["adjectives"] and not doubled:
            continue  # 高标准基本农田: no verb stands behind it
        brought = word in book.compiled["causes"] and (
            rest in book.surfaces or len(rest) <= 2 or head_of(rest, book) == rest
        )
        if brought or (word in book.compiled["relief"] and rest.endswith(book.compiled["relieved"])):
            # 带动消费300亿元 is not all consumption, 减轻负担7.9亿元 no burden.
            name.action = name.action or word
            return text
        if verbs and joint and name.action == verbs:
            name.action = verbs = verbs + joint + word  # 新建和改造提升
        elif name.action is None and acted(word, book):
            name.action = verbs = word
        name.added = name.added or word in book.compiled["adds"]
        text, changed = without_joint(rest, book), True
        joint = rest[: len(rest) - len(text)]
    return text


def _leading(text: str, book: Rulebook) -> str:
    """The verb that *text* begins with: the longest, but a shorter one where only that ends a word (争取|到位资金)."""
    word = prefix_of(text, book.compiled["leading"])
    if len(word) < LONG_WORD or _border(text, len(word)):
        return word
    shorter = (w for w in book.compiled["leading"][text[0]] if len(w) < len(word) and text.startswith(w))
    return next((w for w in shorter if _border(text, len(w))), word)


def without_joint(text: str, book: Rulebook) -> str:
    """What stands behind a verb without what joins it to the next verb (新建、改建; 新增或改造床位)."""
    text = text.lstrip("、，和及并了着")
    done = next((w for w in book.names["leading_verbs"]["complements"] if text.startswith(w)), "")
    if done and len(done) in borders(text) and len(text) > len(done) + 1:
        return text[len(done) :]
    word = next((w for w in book.names["leading_verbs"]["joints"] if text.startswith(w)), "")
    return text[len(word) :] if word and prefix_of(text[len(word) :], book.compiled["leading"]) else text


def acted(word: str, book: Rulebook) -> str | None:
    """A verb as an action; None for an adverb (大力, 继续)."""
    return None if word in book.compiled["adverbs"] else word


def without_cause(text: str, book: Rulebook) -> str:
    """带动工业投资增长10%: what grows is known without the verb that stays with amounts (带动消费300亿元)."""
    cause = next((w for w in book.compiled["causes"] if text.startswith(w) and text[len(w) :] in book.surfaces), "")
    return text[len(cause) :]


def _border(text: str, at: int) -> bool:
    """A verb is stripped only where a word begins behind it (建设|用地 yes, 发|电量 no)."""
    return at in borders(text[: at + 8])


def _crosses(text: str, at: int) -> bool:
    """Whether a longer word (建成区) swallows the beginning of the word behind the verb (建成|区域性中心)."""
    edges = borders(text[: at + 8])
    if at in edges:
        return min(edge for edge in edges if edge > at) - at >= LONG_WORD
    return at + 1 in edges and 1 not in borders(text[at : at + 8])


def split_inner(name: Name, text: str, book: Rulebook) -> str:
    """主语 + 动词 + 宾语: the object is what is measured; a bare attribute keeps its owner (第一产业实现增加值)."""
    if text in book.surfaces or book.compiled["verbs"].search(text, 1) is None:
        return text
    for word in book.names["inner_verbs"]["cut"]:
        at = text.find(word, 2)
        rest = text[at + len(word) :]
        if (
            2 <= at < len(text) - 2
            and not rest.startswith(tuple(book.names["inner_verbs"]["cut_not_before"]))
            and {at, at + len(word)} <= borders(text)
        ):
            text = text[at + len(word) :]
    for word in book.names["inner_verbs"]["marks"]:
        at = text.find(word, 2)
        rest = text[at + len(word) :]
        if at >= 2 and {at, at + len(word)} <= borders(text) and prefix_of(rest, book.compiled["leading"]):
            return strip_left(name, rest, book) or text
    for word in book.names["inner_verbs"]["have"]:
        at = text.find(word, 1)
        if 1 <= at <= 6 and at + len(word) < len(text) and {at, at + len(word)} <= borders(text):
            owner, rest = text[:at], text[at + len(word) :]
            kept = len(owner) <= 3 or (
                rest in book.compiled["own"] and owner.endswith(tuple(book.names["parts"]["sites"]))
            )
            return owner + rest if kept else rest
    for word in book.compiled["inner"]:
        at = text.find(word, 1)
        if at < 1 or at + len(word) >= len(text) or text[:at] in book.names["inner_verbs"]["parts"]:
            continue
        rest = text[at + len(word) :]
        if rest.startswith("的"):
            return text  # 对实体经济发放的贷款: the verb is the noun's own
        if rest[0] in book.compiled["not_before"] or ("“" in text[:at] and "”" not in text[:at]):
            continue
        edges = borders(text)
        if at not in edges or at + len(word) not in edges:
            continue
        name.action = name.action or word
        if word in book.compiled["relief"] and rest.endswith(book.compiled["relieved"]):
            return text[at:]
        owner = strip_right(text[:at], book)
        if text[at:] in book.compiled["own"] and owner:
            return owner + text[at:]
        whole = owner + rest in book.surfaces
        if owner and word in book.compiled["inner_join"] and (whole or rest in book.compiled["attributes"]):
            return owner + rest
        return strip_left(name, rest, book) or owner
    return text


def strip_right(text: str, book: Rulebook) -> str:
    """Verbs and particles off the right edge."""
    changed = True
    while changed and text:
        changed = False
        if text in book.surfaces:
            return text
        for word in book.compiled["trailing"].get(text[-1], ()):
            if text.endswith(word) and _right_border(text, word):
                text, changed = text[: len(text) - len(word)], True
                break
    return text


def spell_out(text: str, book: Rulebook) -> str:
    """Short forms in full: 规上工业增加值 → 规模以上工业增加值."""
    forms = book.names["short_forms"]
    if text in forms["whole"]:
        return str(forms["whole"][text])
    for short, full in forms["pairs"].items():
        at = text.find(short)
        # Not inside another word (经营|收入 holds no 营收).
        if at >= 0 and full not in text and at in borders(text):
            text = text.replace(short, full)
    return text


def _right_border(text: str, word: str) -> bool:
    """A single character is stripped only where it is a word of its own (下达 keeps its 达)."""
    return (
        len(word) > 1
        or len(text) < 2
        or word == "的"
        or len(text) - 1 in borders(text[-8:] if len(text) <= 8 else text)
    )


def prefix_of(text: str, words: dict[str, list[str]]) -> str:
    """The longest of *words* (grouped by first character) that *text* begins with."""
    for word in words.get(text[:1], ()):
        if text.startswith(word):
            return word
    return ""


def head_of(text: str, book: Rulebook, *, shorter: bool = False) -> str:
    """The measure head that *text* ends with (…产量, …投资), the longest; empty where it ends with none."""
    if text.endswith("）"):
        at = text.rfind("（")
        head = head_of(text[:at], book, shorter=shorter) if at > 0 else ""
        return head + text[at:] if head else ""
    for word in book.compiled["heads"].get(text[-1:], ()):
        if text.endswith(word) and not (shorter and word == text):
            return str(word)
    return ""


def owner_of(text: str, book: Rulebook) -> str:
    """A name without its measure head: whose attribute it is."""
    head = head_of(text, book)
    if head in book.compiled["generic"] or len(head) == len(text):
        return text
    # 第一产业增加值: the kind of owner that a head may begin with is the owner's.
    if head.startswith(book.compiled["both_kinds"]):
        head = head.removeprefix(next(k for k in book.compiled["both_kinds"] if head.startswith(k)))
    return text[: len(text) - len(head)].rstrip("的")
