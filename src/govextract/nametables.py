"""The tables of rules/lexicon/names, indexed once for the engine."""

from __future__ import annotations

import re
from typing import Any

from govextract import stdre
from govextract.rulebook import Rulebook


def compile_names(book: Rulebook) -> None:
    """Index the name tables once, into `book.compiled`."""
    names: dict[str, Any] = book.names

    def by_first(words: list[str]) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            out.setdefault(word[0], []).append(word)
        return out

    def by_last(words: list[str]) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            out.setdefault(word[-1], []).append(word)
        return out

    book.compiled.update(
        aims=by_first(names["leading_verbs"]["aims"]),
        relief=frozenset(names["inner_verbs"]["relief"]),
        relieved=tuple(names["inner_verbs"]["relieved"]),
        causes=frozenset(names["inner_verbs"]["causes"]),
        leading=by_first(names["leading_verbs"]["words"] + [w.text for w in book.words["add"]]),
        adds={w.text for w in book.words["add"]},
        adverbs=frozenset(names["leading_verbs"]["adverbs"]),
        not_before=frozenset(names["leading_verbs"]["not_before"]),
        inner=sorted(names["inner_verbs"]["words"], key=len, reverse=True),
        inner_join=frozenset(names["inner_verbs"]["join"]),
        trailing=by_last(names["trailing"]["words"]),
        predicates=by_first(names["predicates"]["words"]),
        verb_words=frozenset(names["leading_verbs"]["words"])
        | (frozenset(names["predicates"]["words"]) - frozenset(names["predicates"]["not_inside"])),
        not_inside=frozenset(names["predicates"]["not_inside"]),
        heads=by_last(names["heads"]["words"]),
        attribute_tails=by_last([*names["bare"]["own"], *names["bare"]["people"]]),
        attributes=frozenset(names["bare"]["own"]) | frozenset(names["heads"]["words"]),
        own=frozenset(names["bare"]["own"]),
        attachable=frozenset(names["bare"]["own"]) | frozenset(names["bare"]["append"]),
        people=frozenset(names["bare"]["people"]),
        people_tails=tuple(names["bare"]["people"]),
        both_owners=tuple(names["both"]["owners"]),
        both_kinds=tuple(names["both"]["kinds"]),
        verbs=stdre.compile(
            "|".join(re.escape(w) for key in ("cut", "marks", "have", "words") for w in names["inner_verbs"][key])
        ),
        list_ends=tuple(names["both"]["list_ends"]),
        flows=tuple(names["bare"]["flows"]),
        new_money=tuple(names["bare"]["new_money"]),
        stocks=tuple(names["bare"]["stocks"]),
        last_days=tuple(names["bare"]["ends"]),
        vague=tuple(names["generic"]["vague"]),
        totals=frozenset(names["bare"]["totals"]),
        generic=frozenset(names["generic"]["words"]),
        no_region=stdre.compile("|".join(map(re.escape, names["region_words"]["no_region"]))),
        region_own=by_first(names["region_words"]["own"]),
        region_nation=by_first(names["region_words"]["nation"]),
    )
