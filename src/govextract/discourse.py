"""What a reader carries from sentence to sentence: the last subjects, the whole of 其中, the time; and how an
incomplete name is completed from them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from govextract.lists import joined
from govextract.name import Name, head_of, owner_of
from govextract.periods import Span
from govextract.rulebook import Rulebook
from govextract.tokens import Token


@dataclass(slots=True)
class Discourse:
    """The state of the reading; `recent` are this sentence's subjects in order, `last` those of the last claim."""

    last: list[str] = field(default_factory=list)
    recent: list[str] = field(default_factory=list)
    whole: str = ""
    whole_unit: str | None = None
    institution: str = ""
    parts: bool = False
    group: list[str] = field(default_factory=list)
    span: Span | None = None
    block_text: str = ""
    sentence_span: Span | None = None
    span_text: str = ""
    year: int | None = None
    measure: str = ""
    unit: str | None = None
    share: str = ""
    region: str | None = None
    place: str = ""  # the place that this clause's names begin with
    owner: str = ""
    owned: bool = False
    heading: str = ""
    contribution: str = ""
    bases: dict[str, list[Token]] = field(default_factory=dict)  # what growths, changes of this sentence are against
    bases_before: dict[str, list[Token]] = field(default_factory=dict)  # the same of the sentence before
    opened: bool = False  # the sentence names the whole of its parts: 从主要产品产量看

    def new_block(self) -> None:
        """A paragraph starts: its time is its own; subjects stay for bare people's attributes only."""
        self.span, self.block_text, self.year = None, "", None
        self.owner = ""
        self.new_sentence()
        self.last, self.whole, self.measure, self.share = [], "", "", ""
        self.bases, self.bases_before = {}, {}

    def new_sentence(self) -> None:
        """A sentence starts: 其中 ends, bare attributes lose their owner; the last subject stays reachable."""
        self.recent, self.parts, self.group, self.opened = [], False, [], False
        self.sentence_span, self.span_text = None, ""
        self.region, self.place = None, ""
        self.bases_before, self.bases = self.bases, {kind: self.bases[kind] for kind in ("pace",) if kind in self.bases}

    def against(self, kind: str) -> Token | None:
        """The one base that this sentence, or the one whose parts it tells, has named for its growths (changes)."""
        named = self.bases.get(kind) or (self.bases_before.get(kind, []) if self.parts else [])
        if kind == "pace":
            return named[-1] if named else None
        return named[-1] if len({token.text for token in named}) == 1 else None

    def copied(self) -> Discourse:
        """The state as it is now, for what a bracket says to be forgotten behind it."""
        return replace(self, last=list(self.last), recent=list(self.recent), group=list(self.group))

    def take(self, before: Discourse) -> None:
        """Go back to the state before a bracket."""
        for name in self.__slots__:
            setattr(self, name, getattr(before, name))

    def bracket(self) -> None:
        """A bracket right behind a value tells its parts (支出2.9亿元（区本级2.1亿元）)."""
        if self.last:
            self.parts, self.whole, self.whole_unit = True, self.last[-1], self.unit

    def subjects(self, count: int) -> list[str]:
        """The last *count* distinct subjects of the sentence, in order; fewer where there are not so many."""
        distinct: list[str] = []
        for name in self.recent:
            if name not in distinct:
                distinct.append(name)
        if len(distinct) < count and not distinct:
            distinct = list(dict.fromkeys(self.last))
        return distinct[-count:]

    def listed(self, count: int) -> list[str]:
        """What *count* values without names speak of: the last list of that length, else the last subjects."""
        return self.group if len(self.group) == count else self.subjects(count)

    def record(
        self, names: list[str], measure: str, unit: str | None, *, part: bool, explicit: bool, book: Rulebook
    ) -> None:
        """A claim has been made about *names*: they are what an empty name means next."""
        if measure == "contribution":
            self.share = self.contribution
            self.last = list(names)
        if measure in ("contribution", "rank", "gap", "qualitative"):
            return
        self.measure, self.unit = measure, unit
        if measure == "share":
            self.share = names[-1]
            return
        if measure == "change" and names[-1].endswith(book.compiled["share_nouns"]):
            self.share = names[-1]
            return
        self.share = ""
        if not explicit:
            return
        self.last = list(names)
        self.recent.extend(names)
        if not self.owned:
            self.owner = carrier_of(names[-1], book)
        self.owned = False
        if not part:
            self.whole, self.whole_unit = names[-1], unit
            people = ""
            if names[-1].endswith(book.compiled["people_tails"]):
                people = next((w for w in book.compiled["people"] if names[-1].endswith(w) and w != names[-1]), "")
            if people:
                self.institution = names[-1][: -len(people)]
            elif names[-1].endswith(book.compiled["generic_places"]):
                self.institution = names[-1]


def complete(name: Name, unit_base: str | None, state: Discourse, book: Rulebook) -> str:
    """The name as it stands alone in a table: an owner for a bare attribute, the whole's head for a part of 其中."""
    text = name.text
    state.owned = False
    if name.of_which:
        state.parts = True
    last = state.last[-1] if state.last else ""
    if text in book.compiled["people"]:
        owner = state.institution
        state.owned = bool(owner)
        return owner + text if owner and not owner.endswith(text) else text
    if state.parts and state.whole and not name.added:
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


def carrier_of(text: str, book: Rulebook) -> str:
    """Whose attributes may follow: a name without its measure head, its people, or what follows its port or airport."""
    owners = book.compiled["both_owners"]
    if text.startswith(owners) and text.endswith(book.names["both"]["index"]):
        return str(next(o for o in owners if text.startswith(o)))
    ends = [at + len(e) for e in book.names["both"]["entities"] if 0 < (at := text.find(e, 1)) < len(text) - len(e)]
    if ends:
        return text[: min(ends)]
    tail = next((t for t in book.compiled["attribute_tails"].get(text[-1:], ()) if text.endswith(t) and t != text), "")
    if len(tail) > len(head_of(text, book, shorter=True)):
        return text[: len(text) - len(tail)]
    if text in book.compiled["own"]:
        return ""
    if head_of(text, book) == text:
        return text if text in book.compiled["generic"] else ""
    return owner_of(text, book)


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
    return people_before(whole, book) + (text if head_of(text, book) else measured(text, head_of(state.whole, book), book))


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
    if text in book.surfaces or not text:
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
    return measured(text, head_of(state.whole, book), book)


def without_rate(name: str, book: Rulebook) -> str:
    """What grows: 地区生产总值 behind 地区生产总值增速 (…比一季度回落4.8个百分点；两年平均增长6%)."""
    rate = next((g for g in book.compiled["growth_nouns"] if name.endswith(g) and len(name) > len(g)), "")
    return name.removesuffix(rate)


def measured(part: str, head: str, book: Rulebook) -> str:
    """*part* with its whole's measure head: of 产业增加值 a 制造业 takes 增加值, 新材料 all."""
    kind = next((kind for kind in book.compiled["both_kinds"] if head.startswith(kind) and head != kind), "")
    return joined(part, head.removeprefix(kind) if kind and part.endswith(kind[-1]) else head)


def prefixed(part: str, whole: str, book: Rulebook) -> str:
    """城镇 before 居民人均可支配收入; a sibling's own prefix or 全体 goes first, shared characters are not doubled."""
    parts = book.names["parts"]
    # 农村 takes the place of 城镇, not of 城镇居民.
    for word in sorted([*parts["all"], *parts["prefix"]], key=lambda w: (len(w) != len(part), -len(w))):
        if whole.startswith(word) and len(whole) > len(word):
            whole = whole[len(word) :]
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
