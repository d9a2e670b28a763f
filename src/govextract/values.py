"""A claim with a value of its own becomes one draft a member of its list."""

from __future__ import annotations

from govextract.completion import without_rate
from govextract.draft import Draft
from govextract.drafting import claim_tokens, copied, make_draft, signs
from govextract.lists import spread_bound, unify_units
from govextract.match import Claim
from govextract.name import Name, without_cause
from govextract.nouns import noun_of_next, people_unit, take_noun, take_per
from govextract.pairs import CONSTRUCTIONS
from govextract.places import listed_place, split_place
from govextract.reading import Reading
from govextract.regions import is_county
from govextract.rulebook import Rulebook
from govextract.subjects import adjust_measure, is_added, names_for, shared_action, take_subject
from govextract.tokens import Token
from govextract.units import base_of


def is_rate(name: str, direction: Token | None, book: Rulebook) -> bool:
    """失业率、消费价格涨幅分别控制在5%、3%: the noun of growth is the last member's, a rate stays a level."""
    if direction is None or direction.type != "growth_noun":
        return False
    return name.endswith(tuple(book.names["bare"]["ratios"])) and not name.endswith(book.compiled["growth_nouns"])


def place_of_whole(name: str, unit: str | None, measure: str, reading: Reading) -> tuple[str, str]:
    """The place that a name is, and what is measured of it, as of the whole before (房价上涨。其中，上海上涨5.6%)."""
    state, book = reading.state, reading.book
    whole = without_rate(state.whole, book)
    if not whole:
        return "", ""
    place = listed_place(name, book) or (name if is_county(name) else "")
    # As a part a place may have its whole's head already: 上海销售价格.
    if not place or not whole.endswith(name[len(place) :]):
        return "", ""
    # Behind a whole's growth a place may tell its amount: 投资增长20%。其中，桑河县完成112亿元.
    same = unit == state.whole_unit or (state.whole_unit == "%" and unit not in book.compiled["counted"])
    if measure != "growth" and not (name == place and same):
        return "", ""
    return str(book.regions[place]["name"]) if place in book.regions else place, whole


def share_place(reading: Reading, name: Name, drafts: list[Draft]) -> None:
    """桑河县生产总值57亿元，人均5.2万元；…: up to the semicolon what follows is the same place's."""
    state, home = reading.state, reading.document_region
    if name.region:
        state.place = ""
    for draft in drafts:
        place = split_place(draft.name, home, reading.book)[0]
        if place is not None:
            state.place = place
        elif state.place and draft.region == home and (draft.carried or draft.name in reading.book.surfaces):
            draft.region = state.place


def take_base(reading: Reading, claim: Claim, name: Name, measure: str) -> None:
    """A bare growth is against what its sentence, or its whole's, has named (环比下降0.2%。其中，城市下降0.1%)."""
    if measure not in ("growth", "change"):
        return
    noun = claim.one("noun")
    kind = "pace" if measure == "change" and noun is not None and noun.type == "growth_noun" else measure
    state = reading.state
    if name.basis is None:
        name.basis = state.against(kind)
    if name.basis is not None or kind != "pace":
        state.bases.setdefault(kind, []).append(name.basis)


def apply_value(reading: Reading, claim: Claim, name: Name, following: Claim | None) -> list[Token]:
    """Make the drafts of *claim*; returns the text its noun left over for the next claim's name."""
    measure = claim.pattern.make["measure"]
    inner = claim_tokens(claim, reading.tokens)
    for token in inner:
        if token.type == "basis":
            name.basis = token
            name.bases.append(token)
        elif token.type == "each":
            name.mode = str(token.value)
        elif token.type == "adverb" and token.text == reading.book.names["bare"]["cumulative"]:
            name.action = token.text
    construction = CONSTRUCTIONS.get(measure)
    if construction is not None:
        return construction(reading, claim, name)
    value = claim.one("value")
    if value is None:
        return []
    members = [copied(q) for part in [claim, *claim.linked] for t in part.captures["value"] for q in t.members]
    after, before = claim.one("bound_after"), claim.one("bound")
    unify_units(members)
    if before is not None:
        spread_bound(members[:1], str(before.value))
        spread_bound(members, str(before.value))
    if after is not None:
        members[-1].bound = str(after.value) if members[-1].bound == "exact" else members[-1].bound
        spread_bound(members, str(after.value))
    take_per(name, inner, members)
    people_unit(reading, claim, name, members)
    left_over = take_noun(reading, claim, name, members, following)
    if claim.pattern.make.get("noun") in ("whole", "use") and not name.whole:
        measure = "level"
    if not name.text and following is not None:
        name.text = noun_of_next(reading, claim, following)
    take_subject(reading, claim, name)
    measure = adjust_measure(measure, name, members, claim, reading)
    if measure == "growth":
        name.text = without_cause(name.text, reading.book)
    direction = claim.one("direction")
    if direction is not None and direction.type == "add":
        name.action = name.action or direction.text
    if name.action in reading.book.names["generic"]["attributive"] and name.text in reading.book.compiled["generic"]:
        name.text = f"{name.action}{name.text}"
    explicit = bool(name.text)
    bases = name.bases if len(name.bases) == len(members) > 1 else []
    names = names_for(reading, claim, name, members[:1] if bases else members, measure)
    take_base(reading, claim, name, measure)
    if names is None:
        return left_over
    if bases:
        names *= len(bases)
    if measure == "level" and name.action is None:
        name.action = shared_action(claim, reading)
    if len(members) == 1 and len(names) > 1:
        members = members * len(names)
    base = base_of(None, members[-1].unit, members[-1].mult, reading.book)[1]
    places = [place_of_whole(each, base, measure, reading) for each in names]
    names = [whole if place else each for each, (place, whole) in zip(names, places, strict=True)]
    drafts = []
    if (
        measure == "change"
        and name.action is None
        and name.basis is None
        and reading.drafts
        and is_added(name, claim, reading)
    ):
        name.action = reading.drafts[-1].action
    each_sign = [sign for part in [claim, *claim.linked] for sign in signs(part)]
    each_sign += each_sign[-1:] * (len(members) - len(each_sign))
    for order, (member, each, sign) in enumerate(zip(members, names, each_sign, strict=True)):
        if bases:
            name.basis = bases[order]
        own = "level" if len(members) > 1 and is_rate(each, direction, reading.book) else measure
        draft = make_draft(reading, claim, name, each, member, own, sign * name.sign)
        if places[order][0]:
            draft.region = reading.state.region = places[order][0]
        drafts.append(draft)
    share_place(reading, name, drafts)
    reading.drafts.extend(drafts)
    reading.state.record(names, measure, base, part=reading.state.parts, explicit=explicit, book=reading.book)
    reading.state.group = names
    return left_over
