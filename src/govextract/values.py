"""A claim with a value of its own becomes one draft a member of its list."""

from __future__ import annotations

import re
from decimal import Decimal

from govextract.discourse import as_sibling, carrier_of, complete
from govextract.draft import Draft
from govextract.lists import ETC, split_all, split_names, spread_bound, unify_units
from govextract.match import Claim
from govextract.name import Name, bound_noun, head_of, owner_of, strip_left, strip_right
from govextract.periods import Span, resolve, year_span
from govextract.quantities import Quantity
from govextract.reading import Reading, anchor_of, period_of, strip_spaces
from govextract.rulebook import Rulebook
from govextract.tag import Token
from govextract.units import base_of

CLAUSE = re.compile("[，；：。]")
NEGATIVE = {"fall", "narrow"}
STOPS = frozenset("，、；：（）。！？") | {"rank", "chain", "bound_before", "gap", "complete", "reach"}


def apply_value(reading: Reading, claim: Claim, name: Name, following: Claim | None) -> list[Token]:
    """Make the drafts of *claim*; returns the text its noun left over for the next claim's name."""
    measure = claim.pattern.make["measure"]
    inner = claim_tokens(claim, reading.tokens)
    for token in inner:
        if token.type == "basis":
            name.basis = token
        elif token.type == "each":
            name.mode = str(token.value)
        elif token.type == "adverb" and token.text == reading.book.names["bare"]["cumulative"]:
            name.action = token.text
    if measure == "chain":
        return _chain(reading, claim, name)
    if measure == "double":
        return _double(reading, claim, name)
    if measure == "flat":
        return _flat(reading, claim, name)
    if measure == "growth_from_to":
        return _growth_from_to(reading, claim, name)
    if measure == "from_to":
        return _from_to(reading, claim, name)
    value = claim.one("value")
    if value is None:
        return []
    members = [_copy(q) for part in [claim, *claim.linked] for t in part.captures["value"] for q in t.members]
    after, before = claim.one("bound_after"), claim.one("bound")
    unify_units(members)
    if before is not None:
        spread_bound(members[:1], str(before.value))
        spread_bound(members, str(before.value))
    if after is not None:
        members[-1].bound = str(after.value) if members[-1].bound == "exact" else members[-1].bound
        spread_bound(members, str(after.value))
    _per(name, inner, members)
    _people_unit(reading, claim, members)
    left_over = _noun(reading, claim, name, members, following)
    _subject(reading, claim, name)
    measure = adjust_measure(measure, name, members, claim, reading)
    explicit = bool(name.text)
    names = names_for(reading, claim, name, members, measure)
    if names is None:
        return left_over
    if len(members) == 1 and len(names) > 1:
        members = members * len(names)
    drafts = []
    if measure == "change" and name.action is None and name.basis is None and reading.drafts and _added(name, claim, reading):
        name.action = reading.drafts[-1].action
    signs = [sign for part in [claim, *claim.linked] for sign in _signs(part)]
    signs = [sign * name.sign for sign in signs + signs[-1:] * (len(members) - len(signs))]
    for member, each, sign in zip(members, names, signs, strict=True):
        drafts.append(make_draft(reading, claim, name, each, member, measure, sign))
    reading.drafts.extend(drafts)
    base = base_of(None, members[-1].unit, members[-1].mult, reading.book)[1]
    reading.state.record(names, measure, base, part=reading.state.parts, explicit=explicit, book=reading.book)
    reading.state.group = names
    return left_over


def _signs(claim: Claim) -> list[int]:
    """The sign of each value of a claim: a fall, or a gap that narrows, is negative."""
    direction, value = claim.one("direction"), claim.one("value")
    sign = -1 if direction is not None and direction.type in NEGATIVE else 1
    return [sign] * (len(value.members) if value is not None else 1)


def claim_tokens(claim: Claim, tokens: list[Token]) -> list[Token]:
    """The claim's own tokens, without those of an object or a whole."""
    inner = {id(t) for key in ("whole", "object", "noun") for t in claim.captures.get(key, [])}
    return [t for t in tokens[claim.first : claim.last] if id(t) not in inner]


def _copy(q: Quantity) -> Quantity:
    return Quantity(q.start, q.end, q.value, q.unit, q.kind, q.value_max, q.bound, q.decimals, q.mult)


def _per(name: Name, inner: list[Token], members: list[Quantity]) -> None:
    """每人每月120元: what the figure is counted per belongs to its unit."""
    per = next((str(t.value) for t in inner if t.type == "adverb" and str(t.value).startswith("/")), name.per)
    for member in members:
        if per and member.kind == "amount" and member.unit and "/" not in member.unit:
            member.unit += per


def _people_unit(reading: Reading, claim: Claim, members: list[Quantity]) -> None:
    """13万困境留守儿童: where only 万 or 亿 stands before a noun of people, people are counted."""
    noun = claim.one("noun")
    last = members[-1]
    if noun is None or last.unit is None or last.unit != last.mult:
        return
    text, _ = bound_noun(noun.text, reading.book)
    if any(text.endswith(head) for head in reading.book.names["people_heads"]["words"]):
        last.unit = last.mult + "人"


def _noun(reading: Reading, claim: Claim, name: Name, members: list[Quantity], following: Claim | None) -> list[Token]:
    """The counted noun behind the figure; returns what is left of it behind its right border."""
    noun = claim.captures.get("noun")
    if claim.pattern.make.get("noun") is None or not noun:
        return []
    book = reading.book
    start = noun[0].start
    stop = noun_end(reading.tokens, claim, following)
    text = reading.view.text[start : reading.tokens[stop - 1].end]
    text = text.removeprefix("的")
    adjacent = following is not None and following.first == claim.last and "comparison" not in following.pattern.make
    bounded, rest = bound_noun(text, book)
    left_token = [Token("text", start + len(text) - len(rest), start + len(text), rest)] if rest else []
    if _complete_left(name, book):
        return [Token("text", start, start + len(text), text)]
    if adjacent and not rest:
        # 17个重点传统制造业增加值增长8%: the noun is the next claim's subject, the count is of its owner.
        left_token = [Token("text", start, start + len(text), text)]
        bounded = owner_of(bounded, book) or bounded
    bounded = strip_right(strip_left(Name(), bounded, book), book) or bounded
    generic = bounded in book.compiled["generic"]
    prefix = name.text.rpartition("、")[2]
    held = any(p in prefix for p in book.names["objects"]["prepositions"])
    if name.raw.endswith("等") or len(prefix) > (20 if generic else 8) or held:
        prefix = ""
    if generic and rest and not prefix and not adjacent:
        predicate = next((w for w in book.compiled["predicates"].get(rest[0], ()) if rest.startswith(w)), "")
        if predicate and 2 <= len(rest) - len(predicate) <= 14:
            bounded, name.action = rest + bounded, name.action or predicate
    name.text = prefix + bounded
    return left_token


def noun_end(tokens: list[Token], claim: Claim, following: Claim | None) -> int:
    """Words of the lexicon that no pattern took belong to the noun (便捷提升项目)."""
    stop = claim.last
    limit = following.first if following is not None else len(tokens)
    while stop < limit and tokens[stop].type not in STOPS and not tokens[stop].type.startswith("qty_"):
        stop += 1
    return stop


def _complete_left(name: Name, book: Rulebook) -> bool:
    if name.text in book.surfaces:
        return True
    head = head_of(name.text, book)
    return bool(head) and head not in book.compiled["generic"] and len(name.text) > len(head)


def _subject(reading: Reading, claim: Claim, name: Name) -> None:
    """Nouns that end the name: 占比, 增速 of a change, 占…比重."""
    make, noun = claim.pattern.make, claim.one("noun")
    state = reading.state
    if claim.pattern.make["measure"] == "contribution":
        state.contribution = f"{name.text}的{noun.text}" if name.text and noun is not None else ""
        name.text = _before_object(name.text, reading)
        if not name.text and state.last:
            shares = tuple(w.text for w in reading.book.words["share_noun"])
            name.text = owner_of(state.last[-1], reading.book) if state.last[-1].endswith(shares) else state.last[-1]
        return
    if claim.one("action") is not None and claim.one("action").type == "share":  # type: ignore[union-attr]
        whole = "".join(t.text for t in claim.captures.get("whole", []) if t.type not in ("basis", "each"))
        owner = name.text or (state.last[-1] if state.last else "")
        tail = noun.text if noun is not None else ""
        if not tail:
            whole, tail = whole.removesuffix("的"), "的比重"
        if not whole and tail == "的比重":
            known = state.share.rpartition("占")[2]
            whole, tail = ("", known) if known else ("", "比")
        value = claim.one("value")
        count = len(value.members) if value is not None else 1
        owners = split_names(name.text, count, reading.book) if name.text else state.group
        if count > 1 and owners and len(owners) == count:
            name.names = [f"{each}占{whole}{tail}" for each in owners]
        name.text = f"{owner}占{whole}{tail}" if owner else ""
        return
    if make.get("subject") == "noun" and noun is not None:
        owner = name.text
        if not owner and state.recent:
            owner = state.last[-1]
        name.text = owner + noun.text


def _before_object(text: str, reading: Reading) -> str:
    """对工业增长 behind the contributor is what it contributes to, not its name."""
    at = text.find("对", 1)
    if at < 0 and text.startswith("对"):
        return ""
    return text[:at] if at > 0 else text


def adjust_measure(measure: str, name: Name, members: list[Quantity], claim: Claim, reading: Reading) -> str:
    """A level that its name or its subject makes a share, a change, an addition."""
    book, state = reading.book, reading.state
    kind = members[-1].kind
    shares = tuple(w.text for w in book.words["share_noun"])
    if measure == "level" and kind == "percent":
        if (name.text or state.share).endswith(shares) and (name.text or claim.one("reached")):
            if not name.text:
                name.text = state.share
            return "share"
    if measure == "level" and kind == "percent" and name.action and name.text:
        if name.action in book.compiled["falls"] or name.action in book.compiled["rises"]:
            # 压减公用经费15%: the verb stands before its noun.
            name.sign = -1 if name.action in book.compiled["falls"] else 1
            return "growth"
    if measure == "level" and kind == "point":
        return "change"
    if measure == "level" and kind == "amount" and _added(name, claim, reading):
        return "change"
    if measure == "change" and kind == "point" and not name.text and len(members) == 1:
        if state.share:
            name.text = state.share
        elif state.measure == "growth" and state.last and not state.last[-1].endswith(("增速", "率")):
            name.text = state.last[-1] + "增速"
    return measure


def _added(name: Name, claim: Claim, reading: Reading) -> bool:
    """新增A 2个、B 3个: the verb of the first holds for those that 、 joins to it."""
    if name.added:
        return name.text not in reading.book.surfaces or not name.text.startswith(tuple(reading.book.compiled["adds"]))
    before = reading.tokens[: claim.first]
    joint = next((t for t in reversed(before) if t.type in "，；：、" or t.type.startswith("qty_")), None)
    last = reading.drafts[-1] if reading.drafts else None
    if name.text in reading.book.compiled["totals"] or any(t.type == "reach" for t in claim_tokens(claim, reading.tokens)):
        return False
    return bool(
        joint and joint.type == "、" and name.action is None and last and last.measure == "change"
        and last.basis is None and last.action in reading.book.compiled["adds"]
    )  # fmt: skip


def names_for(
    reading: Reading, claim: Claim, name: Name, members: list[Quantity], measure: str = "level"
) -> list[str] | None:
    """As many complete names as the claim has values (or members of an 均); None and an issue where they do not zip."""
    book, state = reading.book, reading.state
    unit = base_of(None, members[-1].unit, members[-1].mult, book)[1]
    count = len(members)
    if name.names:
        return name.names
    text = complete(name, unit, state, book)
    name_is_total = name.text in book.compiled["totals"]
    text = as_sibling(text, measure, unit, state, book)
    if count == 1:
        if name.mode == "alike" and text:
            parts = split_all(text, book)
            if parts:
                return parts
        if name.mode == "alike" and not text and len(state.group) > 1:
            return list(state.group)
        if text:
            return [_class_of(text, book)]
        return [state.last[-1]] if state.last else [""]
    if text and not name_is_total:
        parts = split_names(text, count, book)
        if parts:
            return [complete(Name(text=part), unit, state, book) if part in book.compiled["own"] else part for part in parts]
        if text in book.compiled["own"] or head_of(text, book) == text:
            subjects = state.group if len(state.group) == count else state.subjects(count)
            if len(subjects) == count:
                return [(carrier_of(subject, book) or subject) + text for subject in subjects]
        # A comma may stand inside the list: one clause more at a time.
        clauses = [c for c in CLAUSE.split(name.before) if c]
        for more in range(1, len(clauses) + 1):
            parts = split_names("、".join([*clauses[-more:], text]), count, book)
            if parts:
                return parts
        bases = [base_of(None, m.unit, m.mult, book)[1] for m in members]
        if len(set(bases)) == count and name.mode != "in_order":
            owner = owner_of(text, book) or text
            by_unit = book.names["attributes"]["by_unit"]
            return [text] + [owner + by_unit.get(base or "", "") for base in bases[1:]]
    else:
        subjects = state.group if len(state.group) == count else state.subjects(count)
        if len(subjects) == count:
            grown = measure == "change" and members[-1].kind == "point" and state.measure == "growth"
            return [subject + "增速" for subject in subjects] if grown else list(subjects)
    value = claim.one("value")
    assert value is not None
    reading.issue(
        "LIST_MISMATCH", "warning",
        f"{count}个数值找不到{count}个对应的名称，待核：{text or '（承前省略）'}",
        f"{count} values, but not {count} names to go with them: {text or '(carried)'}",
        value.start, value.end,
    )  # fmt: skip
    return None


def _class_of(text: str, book: Rulebook) -> str:
    """甲、乙等国家级集群: one value behind examples names their class."""
    etc = ETC.search(text)
    if etc and "、" in text[: etc.start()] and len(text) - etc.end() >= 3:
        return text[etc.end() :].lstrip("的")
    return text


def make_draft(reading: Reading, claim: Claim, name: Name, text: str, q: Quantity, measure: str, sign: int) -> Draft:
    """One draft with its period, status, basis and region."""
    span, span_text, inferred = period_of(reading)
    value = None if q.value is None else q.value * sign
    direction = claim.one("direction")
    series = q.kind == "point" or base_of(None, q.unit, q.mult, reading.book)[1] not in reading.book.compiled["counted"]
    moved = direction is not None and direction.type != "add"
    basis = basis_of(name, measure, span, bare_yoy=series and moved)
    draft = Draft(
        span=reading.view.span(q.start, q.end), name=strip_spaces(text), raw=name.raw, measure=measure, rule=claim.pattern.id,
        value=value, value_max=None if q.value_max is None else q.value_max * sign, unit=q.unit, mult=q.mult,
        decimals=q.decimals, bound=q.bound, basis=basis, action=name.action,
        status=reading.clause_status or reading.status, period=span, period_text=span_text, inferred=inferred,
        sentence=reading.view.text, section=reading.block.section, carried=not name.text, sentence_id=reading.number,
        clause_start=q.start,
    )  # fmt: skip
    document = reading.context.anchor.document
    if draft.status == "actual" and span is not None and document is not None and span.start > document.end:
        draft.status = "target"
    if text.endswith(tuple(reading.book.structure["policy_names"])):
        draft.status = "policy"
    if name.region == "全国":
        reading.state.region = "全国"
    elif name.region == "own" or name.text:
        reading.state.region = None
    draft.region = reading.state.region or reading.document_region
    return draft


def basis_of(name: Name, measure: str, span: Span | None, *, bare_yoy: bool) -> str | None:
    """The base of a growth or change: named, or yoy for a bare growth of a yearly or part-year period."""
    if measure not in ("growth", "change"):
        return None
    if name.basis is not None:
        mention = name.basis.time
        value = mention.rule.value
        groups = mention.match.groupdict()
        if value == "prior":
            return f"prior:{groups['prior']}"
        if value == "year":
            year = int(groups["y"])
            return f"prior:{year}年{groups.get('point') or ''}"
        return str(value)
    if measure == "change" and not bare_yoy:
        return None
    if span is not None and int(span.end[:4]) > int(span.start[:4]):
        return None
    return "yoy"


def _chain(reading: Reading, claim: Claim, name: Name) -> list[Token]:
    """One share a member of a ratio chain; of two chains (由A调整为B) the first is at the base time."""
    if not name.text:
        return []
    for key in ("first", "value"):
        chain = claim.one(key)
        if chain is None:
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
    return []


def chain_names(text: str, count: int, book: Rulebook) -> list[str]:
    """The members' names of a chain that rules/lexicon/names/chains.yaml knows, else the chain's own name for each."""
    for row in book.names["chains"]["chains"]:
        if all(word in text for word in row["words"]) and len(row["members"]) == count:
            return list(row["members"])
    return [text] * count


def _double(reading: Reading, claim: Claim, name: Name) -> list[Token]:
    value = claim.one("value")
    assert value is not None
    names = names_for(reading, claim, name, [Quantity(value.start, value.end, None, "%", "percent")]) or [""]
    q = Quantity(value.start, value.end, Decimal(str(value.value)), "%", "percent", decimals=0)
    draft = make_draft(reading, claim, name, names[0], q, "growth", 1)
    if draft.basis == "yoy" and name.basis is None and draft.status != "actual":
        draft.basis = None
    reading.drafts.append(draft)
    reading.state.record(names[:1], "growth", "%", part=reading.state.parts, explicit=bool(name.text), book=reading.book)
    return []


def _flat(reading: Reading, claim: Claim, name: Name) -> list[Token]:
    """持平 against a time is a growth of 0 where it has a subject of its own; behind a stated value it is nothing."""
    value = claim.one("value")
    assert value is not None
    if not name.text or name.basis is None:
        return []
    q = Quantity(value.start, value.end, Decimal(0), "%", "percent", decimals=0)
    reading.drafts.append(make_draft(reading, claim, name, name.text, q, "growth", 1))
    return []


def _from_to(reading: Reading, claim: Claim, name: Name) -> list[Token]:
    """从A增加到B: A at the base time, B at the end."""
    first, second = claim.one("first"), claim.one("value")
    assert first is not None and second is not None
    if not name.text:
        owner = claim.one("owner")
        name.text = owner.text.strip("的") if owner is not None else ""
    old, new = [_copy(q) for q in first.members], [_copy(q) for q in second.members]
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


def _growth_from_to(reading: Reading, claim: Claim, name: Name) -> list[Token]:
    """由下降A转为增长B: two growth rates of one thing."""
    first, second = claim.one("first"), claim.one("value")
    before, now = claim.one("before"), claim.one("direction")
    assert first is not None and second is not None and before is not None and now is not None
    growth = tuple(w.text for w in reading.book.words["growth_noun"])
    text = next((name.text[: -len(w)] for w in growth if name.text.endswith(w)), name.text)
    state = reading.state
    text = text or (state.last[-1] if state.last else "")
    name.basis = None
    for token, sign_word in ((first, before), (second, now)):
        q = _copy(token.members[0])
        draft = make_draft(reading, claim, name, text, q, "growth", -1 if sign_word.type in NEGATIVE else 1)
        if token is first:
            base_period(reading, claim, draft)
        reading.drafts.append(draft)
    state.record([text], "growth", "%", part=state.parts, explicit=bool(name.text), book=reading.book)
    return []


def base_period(reading: Reading, claim: Claim, draft: Draft) -> None:
    """A of 从A到B: the time it names, or the year before the period begins."""
    base = claim.one("base")
    if base is not None and base.type == "time":
        span = resolve(base.time.rule.norm, base.time.match, anchor_of(reading))
        if span is not None:
            draft.period, draft.period_text, draft.inferred = span, base.text, False
            return
    if draft.period is not None:
        draft.period = year_span(int(draft.period.start[:4]) - 1)
