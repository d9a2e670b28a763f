"""What is wrong with rules that load: patterns that do nothing, tie, lack proof or are slow; words that never count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from govextract.firing import Hit, Sentence, sentences
from govextract.model import Document
from govextract.read import make_document
from govextract.rulebook import Pattern, Rulebook
from govextract.slowness import slow
from govextract.vocabulary import names_at_odds, overlapping, units_at_odds, unused_units, unused_words

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "note")
EXAMPLES, REJECTS = 2, 1  # the least proof that a pattern carries


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: what it is, where (a file of the rule folder and the rule or word in it), and what to do."""

    code: str
    level: Level
    file: str
    rule: str
    message: str
    hint: str


@dataclass(slots=True)
class _Fired:
    """What the patterns did on the examples and the texts."""

    on_own: set[str] = field(default_factory=set)  # patterns that hit an example of their own
    hits: Counter[str] = field(default_factory=Counter)
    stood: Counter[str] = field(default_factory=Counter)
    lost_to: dict[str, Counter[str]] = field(default_factory=dict)
    ties: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # winner, loser: the words


def lint(book: Rulebook, texts: Sequence[str] = ()) -> list[Finding]:
    """Everything to mend in *book*, errors first; *texts* are reports that show which rules are of use."""
    documents = [_document(text) for text in texts]
    fired = _fired(book, documents)
    found = [
        *_patterns(book.patterns, fired),
        *_ties(fired),
        *_slow(book),
        *(Finding("overlap", "error", *row) for row in overlapping(book)),
        *(Finding("overlap", "error", *row) for row in units_at_odds(book)),
        *(Finding("overlap", "warning", *row) for row in names_at_odds(book)),
    ]
    if documents:
        found += _unused(book, documents)
    return sorted(found, key=lambda f: LEVELS.index(f.level))


def _document(text: str) -> Document:
    return make_document(text, name="text")


def _fired(book: Rulebook, documents: Iterable[Document]) -> _Fired:
    fired = _Fired()
    for pattern in book.patterns:
        proof = [(row["text"], True) for row in pattern.examples] + [(row["text"], False) for row in pattern.rejects]
        for text, own in proof:
            for sentence in sentences(_document(text), book):
                _count(sentence, fired)
                if own and any(hit.pattern == pattern.id for hit in sentence.hits):
                    fired.on_own.add(pattern.id)
    for document in documents:
        for sentence in sentences(document, book):
            _count(sentence, fired)
    return fired


def _count(sentence: Sentence, fired: _Fired) -> None:
    stand: list[Hit] = []
    for hit in sentence.hits:
        fired.hits[hit.pattern] += 1
        winner = next((other for other in stand if hit.first < other.last and other.first < hit.last), None)
        if hit.stands:
            fired.stood[hit.pattern] += 1
            stand.append(hit)
        elif winner is not None:
            fired.lost_to.setdefault(hit.pattern, Counter())[winner.pattern] += 1
            if _tied(hit, winner):
                fired.ties.setdefault((winner.pattern, hit.pattern), []).append(sentence.words(hit))


def _tied(hit: Hit, winner: Hit) -> bool:
    """Whether nothing but the id put *winner* before *hit*."""
    same = (hit.priority, hit.first, hit.last) == (winner.priority, winner.first, winner.last)
    return same and hit.pattern != winner.pattern


def _patterns(patterns: Iterable[Pattern], fired: _Fired) -> Iterator[Finding]:
    for pattern in patterns:
        place = (f"patterns/{pattern.id}.yaml", pattern.id)
        hits = fired.hits[pattern.id]
        if pattern.id not in fired.on_own:
            told = "fires on no example of its own"
            yield Finding("dead", "error", *place, told, "mend its pattern or its examples, or delete it")
        elif not fired.stood[pattern.id]:
            winners = ", ".join(name for name, _ in fired.lost_to.get(pattern.id, Counter()).most_common(3))
            told = f"all of its {hits} hits are taken by others: {winners}"
            yield Finding("shadowed", "error", *place, told, "raise its priority, narrow the other, or delete it")
        if len(pattern.examples) < EXAMPLES or len(pattern.rejects) < REJECTS:
            told = f"has {len(pattern.examples)} examples and {len(pattern.rejects)} rejects"
            hint = f"give it at least {EXAMPLES} examples and {REJECTS} reject"
            yield Finding("untested", "error", *place, told, hint)


def _ties(fired: _Fired) -> Iterator[Finding]:
    for (winner, loser), words in sorted(fired.ties.items()):
        told = f"ties with {loser}, only the id decides: {len(words)} times, as in {words[0]!r}"
        hint = "give one of them another priority, or narrow one pattern"
        yield Finding("tied", "error", f"patterns/{winner}.yaml", winner, told, hint)


def _slow(book: Rulebook) -> Iterator[Finding]:
    names = {letter: name for name, letter in book.alphabet.items()}
    for pattern in book.patterns:
        found = slow(pattern)
        if found is not None:
            shape = " ".join(names.get(letter, letter) for letter in found.shape)
            told = f"needs {found.took} for {found.length} mentions in a row ({shape}): more than linear growth"
            hint = "bound its repetitions ({1,6}), or make what follows one differ from what it repeats"
            yield Finding("catastrophic", "error", f"patterns/{pattern.id}.yaml", pattern.id, told, hint)


def _unused(book: Rulebook, documents: Sequence[Document]) -> Iterator[Finding]:
    for kind, words in unused_words(book, documents).items():
        if words:
            told = f"{len(words)} of {len(book.words[kind])} words stand in no report: {' '.join(words)}"
            hint = "keep those that other reports use, delete the rest"
            yield Finding("unused", "note", f"lexicon/words/{kind}.yaml", kind, told, hint)
    for dimension, symbols in unused_units(book, documents).items():
        told = f"{len(symbols)} units of {dimension} stand in no report: {' '.join(symbols)}"
        hint = "keep those that other reports use, delete the rest"
        yield Finding("unused", "note", "lexicon/units/", dimension, told, hint)
