"""What counts as the same when a record is compared with the gold: names, units, relations, objects.

Every word is in rules/lexicon/evaluation.yaml; this module only applies the tables.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

Quantity = tuple[Decimal | None, str]
ComparisonKey = tuple[str, str, Decimal | None, str]


class Folding:
    """The tables of evaluation.yaml, made ready: built once, then `folding.name(text)` and its like."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._width = str.maketrans(tables["width"]["from"], tables["width"]["to"])
        self._multipliers = {word: Decimal(factor) for word, factor in tables["multipliers"].items()}
        self._not_multiplied = frozenset(tables["not_multiplied"])
        self._units = {u: (Decimal(factor), plain) for u, (factor, plain) in tables["units"].items()}
        self._counters: dict[str, str] = tables["counters"]
        self._unit_noise = re.compile(rf"{tables['unit_noise']}|\s|\([^)]*\)")
        self._names: dict[str, str] = tables["names"]
        self._whole_names: dict[str, str] = tables["whole_names"]
        self._name_noise = re.compile(tables["name_noise"])
        self._leads = tuple(tables["leads"])
        self._tails = re.compile(f"(?:{'|'.join(tables['tails'])})+$")
        self._plain_leads = re.compile(f"^(?:{'|'.join(tables['plain_leads'])})")
        self._relation_lead = re.compile(tables["relation_lead"])
        self._relations: dict[str, str] = tables["relations"]
        self._object_noise = re.compile(tables["object_noise"])
        self._objects: dict[str, str] = tables["objects"]

    def quantity(self, value: Decimal | None, unit: str | None) -> Quantity:
        """Value and unit with 万, 亿 … multiplied out and the rest of the unit folded."""
        rest, factor = self._unit_noise.sub("", (unit or "").translate(self._width)), Decimal(1)
        while rest and rest[0] in self._multipliers and rest not in self._not_multiplied:
            factor, rest = factor * self._multipliers[rest[0]], rest[1:]
        head, slash, tail = rest.partition("/")
        if head in self._units:
            more, head = self._units[head]
            factor *= more
        rest = head + slash + tail
        return None if value is None else (value * factor).normalize(), self._counters.get(rest, rest)

    def plain(self, name: str) -> str:
        """A name without quotes, width, short forms and a leading 全市: what counts as clean."""
        return self._plain_leads.sub("", self._spelled_out(name))

    def name(self, name: str) -> str:
        """A name without all that a table does without: regions, actions, words of growth and of number."""
        folded = self._spelled_out(name)
        before = ""
        while folded != before:
            before = folded
            for lead in self._leads:
                if folded.startswith(lead) and len(folded) > len(lead) + 1:
                    folded = folded[len(lead) :]
        folded = self._whole_names.get(folded, folded)
        return self._tails.sub("", folded) or folded

    def comparison(self, relation: str, target: str, value: Decimal | None, unit: str | None) -> ComparisonKey:
        """A comparison reduced to what two readers would agree on."""
        amount, folded_unit = self.quantity(value, unit)
        return self._relation(relation), self._object(target), amount, "" if amount is None else folded_unit

    def _spelled_out(self, name: str) -> str:
        folded = self._name_noise.sub("", name.translate(self._width))
        for short, full in self._names.items():
            if full not in folded or short in full:
                folded = folded.replace(short, full)
        return folded

    def _relation(self, relation: str) -> str:
        core = self._relation_lead.sub("", relation.strip()) or relation
        return self._relations.get(core, core)

    def _object(self, target: str) -> str:
        folded = target.translate(self._width)
        folded = self._object_noise.sub("", folded) or folded
        return self._objects.get(folded, folded)


def close(a: Decimal | None, b: Decimal | None) -> bool:
    """Whether two values are the same number, up to the noise of a unit's conversion."""
    if a is None or b is None:
        return a is b
    return abs(a - b) <= Decimal("1e-9") * max(abs(a), abs(b))


def likeness(name: str, others: Iterable[str]) -> float:
    """The best bigram Dice of *name* with one of *others*: 1.0 is equal, 0.7 is still the same indicator."""
    return max((_dice(name, other) for other in others), default=0.0)


def _dice(a: str, b: str) -> float:
    if a == b:
        return 1.0
    left, right = Counter(pairwise(a)), Counter(pairwise(b))
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0
