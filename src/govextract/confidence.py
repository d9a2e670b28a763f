"""How sure a record is: a logistic sum over what is seen of it, with weights fitted on gold and on judged samples.

The weights are in rules/lexicon/names/confidence.yaml; bench/calibrate.py fits them anew.
"""

from __future__ import annotations

import math

from govextract.draft import Draft
from govextract.name import head_of
from govextract.rulebook import Rulebook

# Names of at most so many characters are short, middling, or long; longer ones are very long.
SHORT, MIDDLING, LONG = 2, 10, 16


def signs_of(draft: Draft, name: str, book: Rulebook, *, known: bool) -> list[str]:
    """What bears on whether the record is right, each a key of the table of weights; `base` holds for every record."""
    size = len(name)
    length = "short" if size <= SHORT else "middling" if size <= MIDDLING else "long" if size <= LONG else "very_long"
    seen = {
        "base": True,
        "known": known,
        "empty": not name,
        f"name_{length}": bool(name) and not known,
        "headed": not known and bool(head_of(name, book)),
        "generic": name in book.compiled["generic"],
        "carried": draft.carried,
        "counted": draft.rule == "count_noun",
        "count_named_before": draft.measure in ("level", "change") and draft.rule != "count_noun" and draft.unit != "%",
        "growth": draft.measure == "growth",
        "ratio": draft.measure in ("share", "level") and draft.unit == "%",
        "verb_inside": not known and book.compiled["verbs"].search(name, 1) is not None,
        "digit_inside": any(character.isdigit() for character in name),
        "particle_inside": "的" in name,
        "list_inside": "、" in name,
        "target": draft.status == "target",
        "compared": bool(draft.comparisons),
        "inferred": draft.inferred,
        "place_unknown": draft.region is None,
        "table": draft.rule == "table",
    }
    return [sign for sign, holds in seen.items() if holds]


def confidence(draft: Draft, name: str, book: Rulebook, *, known: bool) -> float:
    """The chance, from 0 to 1 and to two decimals, that every field of the record is right."""
    weights = book.compiled["confidence"]
    total = sum(weights.get(sign, 0.0) for sign in signs_of(draft, name, book, known=known))
    return round(1 / (1 + math.exp(-total)), 2)
