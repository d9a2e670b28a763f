"""How sure a record is: a logistic sum over what is seen of it, with weights fitted on gold and on judged samples.

The weights are in rules/lexicon/names/confidence.yaml; bench/calibrate.py fits them anew.
"""

from __future__ import annotations

import math

from govextract import stdre
from govextract.draft import Draft
from govextract.name import head_of
from govextract.rulebook import Rulebook

# Names of at most so many characters are short, middling, or long; longer ones are very long.
DIGIT = stdre.compile(r"\d")
SHORT, MIDDLING, LONG = 2, 10, 16


def signs_of(draft: Draft, name: str, book: Rulebook, *, known: bool) -> list[str]:
    """What bears on whether the record is right, each a key of the table of weights; `base` holds for every record."""
    signs = ["base", "known"] if known else ["base"]
    add = signs.append
    if not known:
        size = len(name)
        if size:
            length = (
                "short"
                if size <= SHORT
                else "middling"
                if size <= MIDDLING
                else "long"
                if size <= LONG
                else "very_long"
            )
            add(f"name_{length}")
        else:
            add("empty")
        if head_of(name, book):
            add("headed")
        if book.compiled["verbs"].search(name, 1) is not None:
            add("verb_inside")
    if name in book.compiled["generic"]:
        add("generic")
    if draft.carried:
        add("carried")
    if draft.rule == "count_noun":
        add("counted")
    elif draft.rule == "table":
        add("table")
    if draft.measure == "growth":
        add("growth")
    elif draft.unit == "%" and draft.measure in ("share", "level"):
        add("ratio")
    elif draft.measure in ("level", "change") and draft.rule != "count_noun":
        add("named_before")
    if DIGIT.search(name) is not None:
        add("digit_inside")
    if "的" in name:
        add("particle_inside")
    if "、" in name:
        add("list_inside")
    if draft.status == "target":
        add("target")
    if draft.comparisons:
        add("compared")
    if draft.inferred:
        add("inferred")
    if draft.region is None:
        add("place_unknown")
    return signs


def confidence(draft: Draft, name: str, book: Rulebook, *, known: bool) -> float:
    """The chance, from 0 to 1 and to two decimals, that every field of the record is right."""
    weights = book.compiled["confidence"]
    total = sum(weights.get(sign, 0.0) for sign in signs_of(draft, name, book, known=known))
    return round(1 / (1 + math.exp(-total)), 2)
