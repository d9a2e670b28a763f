"""What the engine derives from a rulebook once: the lexicon's surfaces, indexed name tables, rank patterns."""

from __future__ import annotations

import re

from govextract import stdre
from govextract.nametables import compile_names
from govextract.places import compile_places
from govextract.rulebook import Rulebook, Sieve
from govextract.units import unit_lengths
from govextract.words import lexicon_surfaces


def prepare(book: Rulebook) -> None:
    """Fill `book.compiled`; a second call does nothing."""
    if "lexicon" in book.compiled:
        return
    compile_names(book)
    compile_places(book)
    book.compiled["generic_places"] = tuple(book.names["generic"].get("institutions", ()))
    behind = "|".join(re.escape(w) for w in book.structure["target_not_behind"])
    words = "|".join(re.escape(w) for w in book.structure["target_words"])
    book.compiled["target"] = stdre.compile(f"(?:{behind}).{{0,6}}(?:{words})(?P<not>)|(?P<target>{words})")
    book.compiled["falls"] = frozenset(w.text for w in book.words["fall"])
    book.compiled["rises"] = frozenset(w.text for w in book.words["rise"])
    book.compiled["moves"] = book.compiled["falls"] | book.compiled["rises"]
    openers = [
        *book.names["region_words"]["own"],
        *book.names["region_words"]["nation"],
        *book.structure["time_openers"],
    ]
    book.compiled["time_openers"] = frozenset(openers)
    tails = sorted((w.text for w in book.words["bound_after"]), key=len, reverse=True)
    book.compiled["tails"] = stdre.compile("|".join(map(re.escape, tails)))
    book.compiled["over"] = tuple(w.text for w in book.words["bound_before"] if w.value == "more_than")
    for kind in ("bound_before", "bound_after"):
        longest = sorted(book.words[kind], key=lambda word: -len(word.text))
        book.compiled[kind.replace("bound", "bounds")] = {word.text: word.value for word in longest}
    book.compiled["bounds_before"] |= book.names["tables"]["signs"]
    for kind in ("share", "share_noun", "contribution", "growth_noun"):
        book.compiled[f"{kind}s"] = tuple(w.text for w in book.words[kind])
    moving = (*book.compiled["moves"], *book.compiled["growth_nouns"])
    book.compiled["growth_tails"] = sorted(moving, key=lambda word: (-len(word), word))
    book.compiled["policy"] = stdre.compile("|".join(book.structure["policy_words"]))
    book.compiled["policy_names"] = tuple(book.structure["policy_names"])
    book.compiled["clause_target"] = stdre.compile("|".join(map(re.escape, book.structure["clause_target"])))
    book.compiled["of_which"] = stdre.compile(book.structure["of_which"])
    book.compiled["agent"] = stdre.compile(book.structure["agent"])
    book.compiled["whole"] = stdre.compile(book.structure["whole"])
    book.compiled["counted"] = frozenset(u.base for u in book.units.values() if u.dimension == "count")
    book.compiled["ranks"] = Sieve(book.ranks, (rank.source for rank in book.ranks))
    book.compiled["times"] = Sieve(book.times, (rule.pattern.source for rule in book.times))
    book.compiled["ignored"] = {
        kind: Sieve(rules, (rule.pattern.source for rule in rules)) for kind, rules in book.ignored.items()
    }
    wordless = [w.text for t in ("rank", "gap", "flat", "double") for w in book.words[t]] + [
        w.text for w in book.words["goal"]
    ]
    book.compiled["wordless"] = stdre.compile(
        "|".join(re.escape(w) for w in sorted(set(wordless), key=len, reverse=True))
    )
    not_units: dict[str, list[str]] = {}
    for word in book.names["not_units"]["words"]:
        not_units.setdefault(word[0], []).append(word)
    book.compiled["not_units"] = {first: tuple(words) for first, words in not_units.items()}
    book.compiled["confidence"] = {sign: float(w) for sign, w in book.names["confidence"]["weights"].items()}
    book.compiled["bases"] = {}
    book.compiled["unit_lengths"] = unit_lengths(book)
    book.compiled["lexicon"] = lexicon_surfaces(book)
