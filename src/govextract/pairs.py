"""Constructions that make more than one record, or a value that is no figure: 从A到B, ratio chains, 翻番, 持平."""

from __future__ import annotations

from decimal import Decimal

from govextract.draft import ComparisonDraft
from govextract.drafting import NEGATIVE, base_period, copied, make_draft
from govextract.lists import spread_bound, unify_units
from govextract.match import Claim
from govextract.name import Name
from govextract.periods import year_span
from govextract.quantities import Quantity
from govextract.reading import Reading
from govextract.rulebook import Rulebook
from govextract.subjects import adjust_measure, names_for
from govextract.tokens import RankValue, Token
from govextract.units import base_of


def chain(reading: Reading, claim: Claim, name: Name) -> list[Token]:
    """One share a member of a ratio chain; of two chains (由A调整为B) the first is at the base time."""
    if not name.text:
        return []
    for key in ("first", "value"):
        chain = claim.one(key)
        if chain is None:
            continue
        if chain.value[1:] == ["1"]:
            _ratio(reading, claim, name, chain, key)
            continue
        names = chain_names(name.text, len(chain.value), reading.book)
        at = chain.start
        for text, number in zip(names, chain.value, strict=True):
            q = Quantity(at, at + len(number), Decimal(number), "%", "percent", decimals=len(number.partition(".")[2]))
            draft = make_draft(reading, claim, name, text, q, "share", 1)
            if key == "first":
                base_period(reading, claim, draft)
            reading.drafts.append(draft)
            at += len(number) + 1
        reading.state.group = names
    return []


def _ratio(reading: Reading, claim: Claim, name: Name, chain: Token, key: str) -> None:
    """城乡居民收入比2.17:1: one level, its second member only the measure."""
    number = chain.value[0]
    q = Quantity(chain.start, chain.end, Decimal(number), None, "bare", decimals=len(number.partition(".")[2]))
    draft = make_draft(reading, claim, name, name.text, q, "level", 1)
    if key == "first":
        base_period(reading, claim, draft)
    reading.drafts.append(draft)


def chain_names(text: str, count: int, book: Rulebook) -> list[str]:
    """The members' names of a chain that rules/lexicon/names/chains.yaml knows, else the chain's own name for each."""
    for row in book.names["chains"]["chains"]:
        if all(word in text for word in row["words"]) and len(row["members"]) == count:
            return list(row["members"])
    return [text] * count


def double(reading: Reading, claim: Claim, name: Name) -> list[Token]:
    value = claim.one("value")
    assert value is not None
    empty = [Quantity(value.start, value.end, None, "%", "percent")]
    names = names_for(reading, claim, name, empty, "double") or [""]
    q = Quantity(value.start, value.end, Decimal(str(value.value)), "%", "percent", decimals=0)
    for each in names:
        draft = make_draft(reading, claim, name, each, q, "growth", 1)
        if draft.basis == "yoy" and name.basis is None and draft.status != "actual":
            draft.basis = None
        reading.drafts.append(draft)
    reading.state.record(names, "growth", "%", part=reading.state.parts, explicit=bool(name.text), book=reading.book)
    return []


def flat(reading: Reading, claim: Claim, name: Name) -> list[Token]:
    """持平 against a time is a growth of 0 where it has a subject of its own; behind a stated value it is nothing."""
    value = claim.one("value")
    assert value is not None
    if not name.text or name.basis is None:
        return []
    q = Quantity(value.start, value.end, Decimal(0), "%", "percent", decimals=0)
    reading.drafts.append(make_draft(reading, claim, name, name.text, q, "growth", 1))
    reading.state.record([name.text], "growth", "%", part=reading.state.parts, explicit=True, book=reading.book)
    return []


def from_to(reading: Reading, claim: Claim, name: Name) -> list[Token]:
    """从A增加到B: A at the base time, B at the end."""
    first, second = claim.one("first"), claim.one("value")
    assert first is not None
    assert second is not None
    if not name.text:
        owner = claim.one("owner")
        name.text = owner.text.strip("的") if owner is not None else ""
    if name.text.startswith(reading.book.compiled["shares"]) and reading.state.last:
        name.text = reading.state.last[-1] + name.text  # 生产总值年均增长16%，占全省比重由13%提高到16%
    old, new = [copied(q) for q in first.members], [copied(q) for q in second.members]
    unify_units(new)
    for q in old:
        if q.unit is None or (q.unit == q.mult and new[-1].unit and new[-1].unit.startswith(q.unit)):
            q.unit, q.kind, q.mult = new[-1].unit, new[-1].kind, new[-1].mult
    names = names_for(reading, claim, name, new)
    if names is None or len(old) != len(new):
        return []
    measure = adjust_measure("level", Name(text=names[-1]), new, claim, reading)
    after, before = claim.one("bound_after"), claim.one("bound")
    for bound in (before, after):
        if bound is not None:
            spread_bound(new, str(bound.value))
    for text, q in zip(names, old, strict=True):
        draft = make_draft(reading, claim, name, text, q, measure, 1)
        base_period(reading, claim, draft)
        reading.drafts.append(draft)
    for text, q in zip(names, new, strict=True):
        draft = make_draft(reading, claim, name, text, q, measure, 1)
        if draft.period is not None and draft.period.end[:4] > draft.period.start[:4]:
            draft.period = year_span(int(draft.period.end[:4]))
        reading.drafts.append(draft)
    base = base_of(None, new[-1].unit, new[-1].mult, reading.book)[1]
    reading.state.record(names, measure, base, part=reading.state.parts, explicit=True, book=reading.book)
    reading.state.group = names
    return []


def growth_from_to(reading: Reading, claim: Claim, name: Name) -> list[Token]:
    """由下降A转为增长B: two growth rates of one thing."""
    first, second = claim.one("first"), claim.one("value")
    before, now = claim.one("before"), claim.one("direction")
    assert first is not None
    assert second is not None
    assert before is not None
    assert now is not None
    growth = reading.book.compiled["growth_nouns"]
    text = next((name.text[: -len(w)] for w in growth if name.text.endswith(w)), name.text)
    state = reading.state
    text = text or (state.last[-1] if state.last else "")
    name.basis = None
    for token, sign_word in ((first, before), (second, now)):
        q = copied(token.members[0])
        draft = make_draft(reading, claim, name, text, q, "growth", -1 if sign_word.type in NEGATIVE else 1)
        if token is first:
            base_period(reading, claim, draft)
        reading.drafts.append(draft)
    state.record([text], "growth", "%", part=state.parts, explicit=bool(name.text), book=reading.book)
    return []


def rank_from_to(reading: Reading, claim: Claim, name: Name) -> list[Token]:
    """由全国第12位升至第9位: two ranks, the first at the base time."""
    thing = "".join(t.text for t in claim.captures.get("object", []))
    text, _, region = name.text.partition(reading.book.names["scopes"]["within"])
    text = text or (reading.state.last[-1] if reading.state.last else "")  # 产量达到3万吨，由第11位升至第5位
    thing = (thing or region).removesuffix("的位次").removesuffix("的排名")
    for key in ("first", "value"):
        token = claim.one(key)
        if token is None or not isinstance(token.value, RankValue) or token.value.value is None or not text:
            continue
        value = Decimal(token.value.value)
        q = Quantity(token.start, token.end, value, "位", "amount", decimals=0)
        draft = make_draft(reading, claim, name, text, q, "rank", 1)
        draft.comparisons.append(ComparisonDraft("居", thing, value, "位", draft.span))
        if key == "first":
            base_period(reading, claim, draft)
        reading.drafts.append(draft)
    return []


def rank_shift(reading: Reading, claim: Claim, name: Name) -> list[Token]:
    """全国排名上升4位: a change of the rank; a name that only says 排名 is the last subject's."""
    token = claim.one("value")
    if token is None or not isinstance(token.value, RankValue) or token.value.value is None:
        return []
    text = name.text
    words = [t.text for t in reading.tokens[claim.first : claim.last] if t.type == "rank_word"]
    text += "".join(word for word in words if not text.endswith(word))
    if any(text.startswith(word) for word in reading.book.names["scopes"]["words"]) or text in words:
        scope = "全国" if name.region == "全国" and not text.startswith("全国") else ""
        text = (reading.state.last[-1] if reading.state.last else "") + scope + text
    if not text:
        return []
    sign = -1 if token.value.shift in reading.book.compiled["falls"] else 1
    q = Quantity(token.start, token.end, Decimal(token.value.value), "位", "amount", decimals=0)
    draft = make_draft(reading, claim, name, text, q, "change", sign)
    reading.drafts.append(draft)
    return []


# What `make: {measure: …}` of a pattern calls for instead of one value a member.
CONSTRUCTIONS = {
    "chain": chain,
    "double": double,
    "flat": flat,
    "from_to": from_to,
    "growth_from_to": growth_from_to,
    "rank_from_to": rank_from_to,
    "rank_shift": rank_shift,
}
