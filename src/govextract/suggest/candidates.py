"""What might have made a correction: entries of rule files, the most telling first."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govextract.lexicon import prepare
from govextract.quantities import MULTIPLIER
from govextract.review.decisions import Decision, Fields
from govextract.rulebook import Indicator, Rulebook
from govextract.suggest.files import record_fields
from govextract.tag import tag
from govextract.view import View, make_view

LONGEST = 4  # characters of a word that the lexicon may lack
BLANK_FIGURE = re.compile(r"\d+(?:\.\d+)?")
# What a word between name and figure can be, by the measure that the figure has.
TYPES = {"growth": ("rise", "fall"), "change": ("rise", "fall", "add"), "level": ("reach", "rise_to", "fall_to")}
HAN = re.compile("[一-鿿]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry for a rule file: its kind, what it says, the file's path in a rule folder, and its content."""

    kind: str
    says: str
    path: str
    content: Any

    @property
    def entry(self) -> tuple[str, Any]:
        """The file and what goes into it."""
        return self.path, self.content


def candidates(decision: Decision, book: Rulebook) -> Iterator[Candidate]:
    """Entries that might make *book* read the report as *decision* says."""
    prepare(book)
    right, before = decision.right, decision.before
    if right is None:
        yield from _ignored(decision)
        return
    view = make_view(decision.sentence, 0, len(decision.sentence))
    if right.unit and right.unit not in book.units and MULTIPLIER.sub("", right.unit, count=1) not in book.units:
        yield from _units(right)
    renamed = before is not None and before.indicator != right.indicator
    if before is not None and renamed and right.indicator not in before.indicator:
        yield from _aliases(before.indicator, right.indicator, decision, book)
    yield from _bounds(right, decision, view)
    # A word that is split (用电量蹿|升) explains more than what its half leaves on the name.
    yield from _words(right, decision, view)
    if before is not None and renamed:
        yield from _edges(before.indicator, right.indicator)
    yield from _protected(right, view, book)
    yield from _pattern(right, decision, view, book)


def _units(right: Fields) -> Iterator[Candidate]:
    unit = str(right.unit)
    row = {"symbol": unit, "base": unit}
    content = {"dimension": "count", "kind": "amount", "units": [row]}
    yield Candidate("unit", f"{unit} counts something", "lexicon/units/suggested.yaml", content)


def _aliases(wrong: str, name: str, decision: Decision, book: Rulebook) -> Iterator[Candidate]:
    """The report's own name for what the catalogue knows under another."""
    known = book.indicators.get(book.indicator_id(name) or "")
    if known is not None and wrong not in book.surfaces and wrong in decision.sentence:
        yield _indicator(known, known.aliases, (*known.also, wrong), f"{wrong} is {known.name}", "alias")


def _edges(wrong: str, name: str) -> Iterator[Candidate]:
    """The name is the same with less at one of its edges."""
    for table, extra in (("leading_verbs", wrong.removesuffix(name)), ("trailing", wrong.removeprefix(name))):
        if extra and extra != wrong:
            edge = "before" if table == "leading_verbs" else "behind"
            says = f"{extra} stands {edge} names and does not belong to them"
            yield Candidate("name word", says, f"lexicon/names/{table}.yaml", {"words": [extra]})


def _protected(right: Fields, view: View, book: Rulebook) -> Iterator[Candidate]:
    """The name as an entry of the catalogue, so that no word inside it is taken for one of the sentence's."""
    name = right.indicator
    if name in book.surfaces or name not in view.text:
        return
    dimension = _dimension(right, book)
    ident = f"x_{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    made = Indicator(id=ident, name=name, dimension=dimension, family="suggested")
    yield _indicator(made, (), (), f"{name} is an indicator; give it a better id and `en`", "indicator")


def _indicator(entry: Indicator, aliases: tuple[str, ...], also: tuple[str, ...], says: str, kind: str) -> Candidate:
    row: dict[str, Any] = {"id": entry.id, "name": entry.name, "aliases": list(aliases), "also": list(also)}
    row |= {"dimension": entry.dimension, "en": entry.en or "to be named"}
    return Candidate(kind, says, "lexicon/indicators/suggested.yaml", [row])


def _dimension(right: Fields, book: Rulebook) -> str:
    unit = book.units.get(right.unit or "")
    if right.measure != "level" or unit is None:
        return "other"
    return unit.dimension


def _bounds(right: Fields, decision: Decision, view: View) -> Iterator[Candidate]:
    """Words right before and right behind the figure, where the person says that it is bounded."""
    if right.bound == "exact":
        return
    at, end = _place(decision, view)
    for kind, text in (("bound_before", view.text[:at]), ("bound_after", view.text[end:])):
        for size in range(1, LONGEST + 1):
            word = text[-size:] if kind == "bound_before" else text[:size]
            if len(word) == size and HAN.fullmatch(word):
                content = {"type": kind, "words": [{"word": word, "value": right.bound}]}
                yield Candidate("word", f"{word} says {right.bound}", f"lexicon/words/{kind}.yaml", content)


def _words(right: Fields, decision: Decision, view: View) -> Iterator[Candidate]:
    """Words between the name and the figure, as what moves or links them."""
    types = TYPES.get(right.measure, ())
    if right.value is not None and right.value < 0:
        types = tuple(reversed([kind for kind in types if kind != "add"]))
    at, _ = _place(decision, view)
    clause = view.text[:at]
    named = clause.rfind(right.indicator)
    gap = clause[named + len(right.indicator) :] if named >= 0 else re.split("[，。；：]", clause)[-1]
    words = [gap[start:end] for end in range(len(gap), 0, -1) for start in range(max(0, end - LONGEST), end)]
    for word in dict.fromkeys(word for word in words if HAN.fullmatch(word)):
        for kind in types:
            content = {"type": kind, "words": [word]}
            yield Candidate("word", f"{word} is a word of type {kind}", f"lexicon/words/{kind}.yaml", content)


def _pattern(right: Fields, decision: Decision, view: View, book: Rulebook) -> Iterator[Candidate]:
    """The mentions between name and figure as a sentence pattern, with the sentence as its example."""
    at, _ = _place(decision, view)
    tokens = tag(view.text, book)
    figure = next((i for i, t in enumerate(tokens) if t.type.startswith("qty_") and t.start <= at < t.end), None)
    first = view.text.rfind(right.indicator, 0, at) + len(right.indicator)
    if figure is None or first < len(right.indicator) or right.measure not in ("level", "growth", "change", "share"):
        return
    between = [token for token in tokens[:figure] if token.start >= first]
    elements = [token.type if len(token.type) == 1 else f"{{{token.type.upper()}}}" for token in between]
    if not elements:
        return
    kind = tokens[figure].type.removeprefix("qty_")
    source = "".join([*elements, f"{{QTY[{kind}]:value}}"])
    ident = f"suggested_{hashlib.sha256(source.encode()).hexdigest()[:8]}"
    example = {"text": decision.sentence, "records": [record_fields(right)]}
    reject = {"text": BLANK_FIGURE.sub("", view.text), "because": "no figure"}
    content = {
        "id": ident, "title": "suggested", "why": f"Read as {right.measure} by a reviewer.", "pattern": source,
        "make": {"measure": right.measure}, "examples": [example], "rejects": [reject],
    }  # fmt: skip
    yield Candidate("pattern", f"{source} is a {right.measure}", f"patterns/{ident}.yaml", content)


def _ignored(decision: Decision) -> Iterator[Candidate]:
    """The number with its neighbours, as one that measures nothing: first with the most of them."""
    view = make_view(decision.sentence, 0, len(decision.sentence))
    at, end = _place(decision, view)
    number = BLANK_FIGURE.search(view.text, at, end)
    if number is None:
        return
    for before, behind in ((2, 2), (2, 0), (0, 2), (3, 3), (4, 4), (1, 1)):
        left = view.text[max(0, number.start() - before) : number.start()]
        right = view.text[number.end() : number.end() + behind]
        if (before and not HAN.fullmatch(left)) or (behind and not HAN.fullmatch(right)):
            continue
        pattern = re.escape(left) + r"\d+(?:\.\d+)?" + re.escape(right)
        row = {"reason": "name", "pattern": pattern, "because": f"{left}{number[0]}{right}"}
        yield Candidate("ignored", f"{row['because']} measures nothing", "lexicon/ignored.yaml", {"hard": [row]})


def _place(decision: Decision, view: View) -> tuple[int, int]:
    """Where the mention stands in the view of its sentence."""
    start = -1
    for _ in range(decision.occurrence.mention + 1):
        start = decision.sentence.find(decision.mention, start + 1)
    last = len(view.text)
    at = next((i for i, back in enumerate(view.back[:last]) if back >= start), last)
    end = next((i for i, back in enumerate(view.back[:last]) if back >= start + len(decision.mention)), last)
    return at, end
