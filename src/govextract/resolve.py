"""Claims to records: the reading order, names, status. Values are made in values.py, comparisons hung in compare.py."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govextract import stdre
from govextract.compare import apply_comparison
from govextract.context import BlockContext
from govextract.discourse import Discourse, looked_at, take_brackets
from govextract.match import Claim, claims
from govextract.name import Name, bound_name, clean, head_of, prefix_of
from govextract.nouns import bound_noun
from govextract.reading import Reading
from govextract.rulebook import Rulebook
from govextract.segment import borders
from govextract.structure import Block
from govextract.tag import tag
from govextract.timing import take_times
from govextract.tokens import HARD, Token
from govextract.values import apply_value
from govextract.view import View

CLAUSE = stdre.compile("[，：]")
STATEMENT = stdre.compile("[，：；]")
NO_PURPOSE = ("qty_", "bound_", "adverb")  # mentions that are no part of what money was for


def read_sentence(
    view: View, block: Block, context: BlockContext, book: Rulebook, state: Discourse, region: str | None
) -> Reading:
    """All drafts of one sentence, in reading order."""
    tokens = tag(view.text, book)
    reading = Reading(view, tokens, block, context, book, state, document_region=region)
    found = claims(tokens, book)
    if found:
        reading.status = sentence_status(view.text, context, book)
    at = 0
    state.of_which = bool(tokens) and tokens[0].type == "of_which"
    carry: list[Token] = []
    brackets: list[Discourse] = []
    for order, claim in enumerate(found):
        following = found[order + 1] if order + 1 < len(found) else None
        left_all = tokens[at : claim.first]
        if any(t.type == "；" for t in left_all):
            state.place, state.broken = "", True
        take_brackets(state, left_all, brackets, order > 0)
        take_times(reading, left_all, claim)
        left = after_separator(left_all)
        if len(left) == len(left_all):
            left = carry + left
        elif (
            not left
            and left_all[-1].type == "（"
            and tokens[claim.last : claim.last + 1]
            and tokens[claim.last].type == "）"
        ):
            left = after_separator(left_all[:-1])  # 桑河流域（9个）
        name = bound_name(left, book)
        name.clauses = "".join(t.text for t in left_all[: len(left_all) - len(left)])
        name.before = name.clauses if name.mode == "in_order" else ""
        name.of_which = name.of_which or opens_parts(left_all, book)
        if name.of_which:
            state.open_parts()
        whole = whole_before(left_all, book)
        if whole:
            state.parts, state.whole, state.opened = True, whole, True
        state.owner = agent_before(left_all, book) or state.owner
        looked = looked_at(left_all, book)
        if looked is not None:
            state.bases["growth"] = [looked]
        reading.clause_status = clause_status(tokens, claim, book)
        if not name.text and not name.of_which and claim.pattern.make.get("noun") != "required":
            name = topic(left_all, left, name, claim, book, carried=bool(state.last))
        elif name.text in book.compiled["totals"]:
            name.text = named_before(left_all, left, book) or name.text
        spent = name.text or name.action or ""
        if spent in book.names["bare"]["spent"] and claim.pattern.make.get("measure") == "level":
            aim = purpose(tokens[claim.first : claim.last], tokens[claim.last :], book)
            if aim:
                name.text, name.action = aim + spent, None
                claim.captures.pop("noun", None)
        carry = dispatch(reading, claim, name, left, following)
        at = claim.last
    take_times(reading, tokens[at:], None)
    behind = [t for t in tokens[at:] if t.type == "basis"]
    if behind:
        state.bases["growth"] = [behind[-1]]  # 其他七大类价格环比四涨三降。其中，…
    return reading


def dispatch(reading: Reading, claim: Claim, name: Name, left: list[Token], following: Claim | None) -> list[Token]:
    """One claim becomes drafts or comparisons; what its noun left over goes to the next claim's name."""
    if "comparison" in claim.pattern.make:
        apply_comparison(reading, claim, name, left)
        return []
    return apply_value(reading, claim, name, following)


def after_separator(tokens: list[Token]) -> list[Token]:
    """The tokens behind the last hard separator; a 、 right behind a value only separates."""
    start = 0
    for index, token in enumerate(tokens):
        if token.type in HARD:
            start = index + 1
    out = tokens[start:]
    while out and out[0].type == "、":
        out = out[1:]
    return out


def opens_parts(tokens: list[Token], book: Rulebook) -> bool:
    """其中， or 按地域分， before a claim: what follows are parts of the whole named before."""
    types = {t.type for t in tokens}
    if "of_which" in types:
        return True
    if types.isdisjoint("，："):
        return False
    clauses = CLAUSE.split("".join(t.text for t in tokens))
    return any(book.compiled["of_which"].search(clause) for clause in clauses[:-1])


def whole_before(tokens: list[Token], book: Rulebook) -> str:
    """The whole that a clause names for the parts behind it (从主要产品产量看，原煤…): one with a measure head."""
    found = nearest("whole", tokens, CLAUSE, book)
    if found is None:
        return ""
    whole = Name()
    clean(whole, found["whole"], book)
    known = next((n for of, n in book.names["tables"]["nouns"].items() if whole.text.endswith(of)), "")
    head = known or head_of(whole.text, book)
    return whole.text + known if head and head not in book.compiled["generic"] else ""


def agent_before(tokens: list[Token], book: Rulebook) -> str:
    """Whose attributes follow a clause that says what moved them (建材行业在…带动下，实现收入…): an industry."""
    found = nearest("agent", tokens, STATEMENT, book)
    agent = found["agent"] if found is not None else ""
    return agent if agent.endswith(tuple(book.names["parts"]["suffixes"])) else ""


def nearest(kind: str, tokens: list[Token], marks: re.Pattern[str], book: Rulebook) -> re.Match[str] | None:
    """The nearest clause before a claim's own that is of a *kind* of rules/lexicon/structure.yaml, times left out."""
    text = "".join([t.text for t in tokens if t.type not in ("time", "basis")])
    if marks.search(text) is None:
        return None
    clauses = marks.split(text)
    shape: re.Pattern[str] = book.compiled[kind]
    return next((m for clause in reversed(clauses[:-1]) if (m := shape.fullmatch(clause))), None)


def topic(left_all: list[Token], left: list[Token], name: Name, claim: Claim, book: Rulebook, *, carried: bool) -> Name:
    """An empty name may stand in the clause before the comma (全市规模以上工业增加值，同比增长8.6%)."""
    end = max(0, len(left_all) - len(left))
    while end and left_all[end - 1].type in HARD:
        end -= 1
    if not end:
        return name
    candidate = bound_name(after_separator(left_all[:end]), book)
    if candidate.text in book.surfaces or (
        candidate.text and len(candidate.text) <= 16 and _headed(candidate.text, book)
    ):
        candidate.basis = name.basis or candidate.basis
        candidate.mode = name.mode or candidate.mode
        return candidate
    if "comparison" in claim.pattern.make or claim.one("noun") is not None:
        return name
    opening = opened(candidate.text, book)
    if opening:
        candidate.text, candidate.action = opening, name.action
        return candidate
    if not carried:
        name.text = object_before(left_all[:end], book)
    return name


def purpose(own: list[Token], behind: list[Token], book: Rulebook) -> str:
    """投资1.3亿元，实施供水工程: what money was for, in its own clause or the next; empty where nothing says."""
    rest = "".join(t.text for t in own[1:] if t.type == "text")
    if not rest:
        at = 1 if behind and behind[0].type == "，" else 0
        stop = next((i for i, t in enumerate(behind) if i >= at and t.type in HARD), len(behind))
        rest = "".join(t.text for t in behind[at:stop] if not t.type.startswith(NO_PURPOSE))
    noun = rest.removeprefix("的")
    if noun == rest and not prefix_of(rest, book.compiled["leading"]):
        return ""
    found = Name()
    clean(found, noun, book)
    text = (bound_noun(found.text, book)[0] if noun != rest else found.text).removeprefix("的")
    return text if 3 <= len(text) <= 24 else ""


def opened(text: str, book: Rulebook) -> str:
    """研发投入强度再创新高，达到1.9%: what opens a clause, where the catalogue or its measure head knows it."""
    edges = borders(text)
    known = next((name for name in openings(text[:-1], book) if len(name) in edges), "")
    noun, rest = bound_noun(text, book)
    return known or (noun if rest and len(noun) <= 16 and _headed(noun, book) else "")


def object_before(tokens: list[Token], book: Rulebook) -> str:
    """加大保障性住房建设力度，今年新开工700万套: where nothing else is named, the object of the nearest clause."""
    while tokens:
        clause = after_separator(tokens)
        found = bound_name(clause, book)
        text = found.text
        for tail in book.names["predicates"]["efforts"]:
            text = text.removesuffix(tail)
        if found.action and 4 <= len(text) <= 16 and "、" not in text:
            return text
        tokens = tokens[: len(tokens) - len(clause) - 1]
    return ""


def named_before(left_all: list[Token], left: list[Token], book: Rulebook) -> str:
    """经营主体持续壮大，总量接近800万户: the catalogue's indicator that opens the clause before."""
    clauses = CLAUSE.split("".join(t.text for t in left_all[: len(left_all) - len(left)]).strip(HARD))
    text = clauses[-1]
    return next(openings(text, book), "")


def openings(text: str, book: Rulebook) -> Iterator[str]:
    """The names of the catalogue that *text* begins with, the longest first."""
    return (text[:size] for size in range(min(len(text), 20), 2, -1) if text[:size] in book.surfaces)


def _headed(text: str, book: Rulebook) -> bool:
    head = head_of(text, book)
    return bool(head) and head not in book.compiled["generic"]


def sentence_status(text: str, context: BlockContext, book: Rulebook) -> str:
    """actual | target | policy for a sentence, from its words and its section."""
    if book.compiled["policy"].search(text):
        return "policy"
    if context.role != "review" and any(m["target"] for m in book.compiled["target"].finditer(text)):
        return "target"
    return context.status


def clause_status(tokens: list[Token], claim: Claim, book: Rulebook) -> str:
    """target where the claim's own clause says 拟, 力争 …"""
    start = claim.first
    while start and tokens[start - 1].type not in "，；。（）":
        start -= 1
    text = "".join(t.text for t in tokens[start : claim.last])
    return "target" if book.compiled["clause_target"].search(text) else ""
