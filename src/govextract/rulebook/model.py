"""The rulebook's parts, as the engine uses them: plain, frozen, built once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

import regex

from govextract.rulebook import regexes
from govextract.rulebook.projection import LazyPattern


class Word(NamedTuple):
    """A surface of the lexicon: its type, what it gives (a sign, a bound, a relation), and when it counts."""

    text: str
    type: str
    value: str = ""
    when: str = ""


class Unit(NamedTuple):
    """A unit's symbol, what one of it is in the base unit, and its kind: amount, percent or point."""

    symbol: str
    base: str
    factor: Decimal
    kind: str
    dimension: str
    decimal_only: bool = False


class Indicator(NamedTuple):
    """An entry of the catalogue."""

    id: str
    name: str
    dimension: str
    family: str
    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    en: str = ""


class Lazy:
    """A regex of the rules that is compiled when a text first needs it; the rule folder has been checked before."""

    __slots__ = ("finditer", "source")

    finditer: Callable[[str], Iterator[regex.Match[str]]]

    def __init__(self, source: str) -> None:
        self.source = source

    def __getattr__(self, name: str) -> Any:
        # Only a slot that is still empty comes here: the first use fills it, the next ones go straight to the regex.
        if name != "finditer":
            raise AttributeError(name)
        self.finditer = regexes.compiled(self.source).finditer
        return self.finditer

    def search(self, text: str) -> regex.Match[str] | None:
        """The first match in *text*."""
        return next(self.finditer(text), None)


class TimeRule(NamedTuple):
    """A time expression: its pattern, how its groups become dates, and its role (time, basis, none)."""

    id: str
    pattern: Any
    norm: str
    role: str
    value: str = ""


class IgnoreRule(NamedTuple):
    """What measures nothing: the reason, and the pattern."""

    reason: str
    pattern: Any


class Pattern(NamedTuple):
    """A sentence pattern: a regex over the projected string, and what a hit makes."""

    id: str
    title: str
    why: str
    source: str
    priority: int
    make: dict[str, str]
    compiled: LazyPattern
    needs: tuple[frozenset[str], ...]
    examples: tuple[dict[str, Any], ...]
    rejects: tuple[dict[str, Any], ...]
    path: str = ""


@dataclass(slots=True)
class Rulebook:
    """Everything that rules/ holds, ready for the engine."""

    patterns: tuple[Pattern, ...]
    words: dict[str, list[Word]]
    alphabet: dict[str, str]
    units: dict[str, Unit]
    indicators: dict[str, Indicator]
    surfaces: dict[str, tuple[str, bool]]
    times: tuple[TimeRule, ...]
    relative_years: dict[str, int]
    now_relative: frozenset[str]
    base_before: tuple[str, ...]
    aim_behind: tuple[str, ...]
    head_only: frozenset[str]
    names: dict[str, Any]
    structure: dict[str, Any]
    ignored: dict[str, list[IgnoreRule]]
    regions: dict[str, Any]
    ranks: tuple[Any, ...] = ()
    checks: dict[str, Any] = field(default_factory=dict)
    examples: tuple[tuple[str, dict[str, Any]], ...] = ()  # of all rules together, by the file that holds them
    compiled: dict[str, Any] = field(default_factory=dict)
    digest: str = ""  # of the rule files

    def regex_sources(self) -> Iterator[str]:
        """Every regex that the rules bring, as its source."""
        yield from (lazy.source for lazy in self.ranks)
        yield from (rule.pattern.source for rule in self.times)
        yield from (rule.pattern.source for rules in self.ignored.values() for rule in rules)
        yield from (pattern.compiled.projected for pattern in self.patterns)

    def indicator_id(self, *names: str) -> str | None:
        """The catalogue's id for the first of *names* that it knows."""
        return next((self.surfaces[name][0] for name in names if name in self.surfaces), None)
