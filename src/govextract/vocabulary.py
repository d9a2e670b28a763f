"""The lexicon's words against each other and against reports: which can never count, which stand in no report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govextract.model import Document
from govextract.rulebook import Rulebook, Word
from govextract.view import make_view
from govextract.words import PREFERENCE

# file, rule, message, what to do
Row = tuple[str, str, str, str]

# Types whose words count only under a condition of their own (words.py).
CONDITIONAL = ("rank_word", "complete", "gap", "gap_after", "bound_after", "share")
# Tables whose words are taken off a name or cut it, and what that does to a name that begins or ends so.
EDGES = (("leading_verbs", "words", "stripped from the left"), ("trailing", "words", "stripped from the right"))


def overlapping(book: Rulebook) -> Iterator[Row]:
    """Words that never count: another entry of the same surface always comes first."""
    surfaces: dict[str, list[Word]] = {}
    for words in book.words.values():
        for word in words:
            surfaces.setdefault(word.text, []).append(word)
    for text, words in surfaces.items():
        tried = sorted(words, key=_order)
        for at, word in enumerate(tried):
            first = next((other for other in tried[:at] if _condition(other) in ("", _condition(word))), None)
            if first is not None:
                twice = first.type == word.type
                told = "stands twice" if twice else f"never counts: {first.type} takes it first ({_told(first)})"
                hint = "delete one entry" if twice else f"delete it here, or give the {first.type} a `when`"
                yield f"lexicon/words/{word.type}.yaml", text, told, hint


def _order(word: Word) -> int:
    """The order in which the engine tries the meanings of a surface."""
    return PREFERENCE.index(word.type) if word.type in PREFERENCE else len(PREFERENCE)


def _condition(word: Word) -> str:
    """When a word counts; empty where it always does. A type's own condition is named after the type."""
    return f"{word.type} {word.when}".rstrip() if word.type in CONDITIONAL else word.when


def _told(word: Word) -> str:
    return f"when {_condition(word)}" if _condition(word) else "always"


def names_at_odds(book: Rulebook) -> Iterator[Row]:
    """Words of the name tables that the catalogue, the lexicon or their own list contradicts."""
    words = {word.text: kind for kind, entries in book.words.items() for word in entries}
    for table, key, done in EDGES:
        for word in dict.fromkeys(book.names[table][key]):
            if word in book.surfaces:
                told = f"is {done} of names, and names {book.surfaces[word][0]} itself"
                yield _file(table), word, told, "delete it here, or the name in lexicon/indicators/"
    for word in dict.fromkeys(book.names["protected"]["words"]):
        if word in words:
            told = f"is protected, and a word of {words[word]}: the word counts all the same"
            yield _file("protected"), word, told, f"delete it here, or in lexicon/words/{words[word]}.yaml"
    for surface, (ident, _) in book.surfaces.items():
        if surface in words and words[surface] not in ("growth_noun", "share_noun", "contribution"):
            told = f"names {ident}, and is a word of {words[surface]}: the word counts, the name does not"
            yield "lexicon/indicators/", surface, told, f"delete the name, or the word in {words[surface]}.yaml"
    for table, content in book.names.items():
        for key, entries in content.items() if isinstance(content, dict) else ():
            if isinstance(entries, list) and all(isinstance(entry, str) for entry in entries):
                for word in dict.fromkeys(entry for entry in entries if entries.count(entry) > 1):
                    yield _file(table), word, f"stands twice under {key}", "delete one"


def units_at_odds(book: Rulebook) -> Iterator[Row]:
    """Units that are never read: a word that is no unit begins them, or is all of them."""
    barred = book.names["not_units"]["words"]
    for symbol in book.units:
        word = next((word for word in barred if symbol.startswith(word)), None)
        if word is not None:
            told = f"is never read: {word} stands among the words that are no units"
            yield "lexicon/units/", symbol, told, f"delete it, or {word} in {_file('not_units')}"


def _file(table: str) -> str:
    return f"lexicon/names/{table}.yaml"


def unused_words(book: Rulebook, documents: Sequence[Document]) -> dict[str, list[str]]:
    """For each type of word, the entries that stand in none of *documents*."""
    text = _text(documents)
    return {kind: [w.text for w in words if w.text not in text] for kind, words in sorted(book.words.items())}


def unused_units(book: Rulebook, documents: Sequence[Document]) -> dict[str, list[str]]:
    """For each dimension, the units that stand in none of *documents*."""
    text = _text(documents)
    out: dict[str, list[str]] = {}
    for unit in book.units.values():
        if unit.symbol not in text:
            out.setdefault(unit.dimension, []).append(unit.symbol)
    return out


def _text(documents: Sequence[Document]) -> str:
    """All the text as the engine reads it."""
    return "\n".join(make_view(document.text, 0, len(document.text)).text for document in documents)
