"""What a reader carries from sentence to sentence: the last subjects, the whole of 其中, the base, the time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import takewhile

from govextract.name import head_of, owner_of
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
    former: tuple[str, str | None] = ("", None)  # the whole of the paragraph before, and its unit
    parts: bool = False
    group: list[str] = field(default_factory=list)
    span: Span | None = None
    block_text: str = ""
    sentence_span: Span | None = None
    of_which: bool = False  # the sentence begins with 其中
    span_before: tuple[Span, str] | None = None  # of the sentence before, which its parts (其中) keep
    span_text: str = ""
    aside: tuple[Span | None, str] | None = None  # the time before 其中二季度, which holds again behind a semicolon
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
    bases: dict[str, list[Token | None]] = field(default_factory=dict)  # what this sentence's growths are against
    bases_before: dict[str, list[Token | None]] = field(default_factory=dict)  # the same of the sentence before
    broken: bool = False  # a semicolon stands between the last subject and what follows
    opened: bool = False  # the sentence names the whole of its parts: 从主要产品产量看

    def new_block(self) -> None:
        """A paragraph starts: its time is its own; subjects stay for bare people's attributes only."""
        self.span, self.block_text, self.year = None, "", None
        self.owner = ""
        self.new_sentence()
        self.former = (self.whole, self.whole_unit) if self.whole else ("", None)
        self.last, self.whole, self.measure, self.share = [], "", "", ""
        self.bases, self.bases_before = {}, {}

    def new_sentence(self) -> None:
        """A sentence starts: 其中 ends, bare attributes lose their owner; the last subject stays reachable."""
        self.recent, self.parts, self.group, self.opened = [], False, [], False
        self.span_before = (self.sentence_span, self.span_text) if self.sentence_span else None
        self.sentence_span, self.span_text, self.aside = None, "", None
        self.region, self.place = None, ""
        self.bases_before, self.bases = self.bases, {kind: self.bases[kind] for kind in ("pace",) if kind in self.bases}

    def against(self, kind: str) -> Token | None:
        """The one base that this sentence, or the one whose parts it tells, has named for its growths (changes)."""
        named = self.bases[kind] if kind in self.bases else self.bases_before.get(kind, []) if self.parts else []
        if kind == "pace":
            return named[-1] if named else None
        return named[-1] if len({token.text if token else "" for token in named}) == 1 else None

    def copied(self) -> Discourse:
        """The state as it is now, for what a bracket says to be forgotten behind it."""
        return replace(self, last=list(self.last), recent=list(self.recent), group=list(self.group))

    def take(self, before: Discourse) -> None:
        """Go back to the state before a bracket."""
        for name in self.__slots__:
            setattr(self, name, getattr(before, name))

    def open_parts(self) -> None:
        """分行业看，… at the head of a paragraph tells the parts of what the one before spoke of."""
        if not self.whole and not self.recent:
            self.whole, self.whole_unit = self.former

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
        self.last, self.broken = list(names), False
        self.recent.extend(names)
        if not self.owned:
            self.owner = carrier_of(names[-1], book)
        self.owned = False
        if not part and names[-1] not in book.compiled["growth_nouns"]:
            self.whole, self.whole_unit = names[-1], unit
            people = ""
            if names[-1].endswith(book.compiled["people_tails"]):
                people = next((w for w in book.compiled["people"] if names[-1].endswith(w) and w != names[-1]), "")
            if people:
                self.institution = names[-1][: -len(people)]
            elif names[-1].endswith(book.compiled["generic_places"]):
                self.institution = names[-1]


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


def take_brackets(state: Discourse, left: list[Token], open_: list[Discourse], follows: bool) -> None:
    """What a bracket with figures says is forgotten behind it (支出2.9亿元（区本级2.1亿元），增长5%)."""
    for index, token in enumerate(left):
        if token.type == "（":
            open_.append(state.copied())
            if follows and index == 0:
                state.bracket()
        elif token.type == "）" and open_:
            state.take(open_.pop())


def looked_at(tokens: list[Token], book: Rulebook) -> Token | None:
    """环比看，食品价格下降2%: the base that a clause of its own names for the growths behind it."""
    clause = list(takewhile(lambda token: token.type != "，", tokens[:5]))
    rest = "".join(t.text for t in clause if t.type != "basis")
    base = next((t for t in clause if t.type == "basis"), None)
    looked = not rest or rest in book.structure["looked"]
    return base if len(clause) < len(tokens) and looked else None
