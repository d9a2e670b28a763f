"""The rulebook's parts, as the engine uses them: plain, frozen, built once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

import regex

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

    __slots__ = ("_compiled", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self._compiled: regex.Pattern[str] | None = None

    def finditer(self, text: str) -> Iterator[regex.Match[str]]:
        """Every match in *text*."""
        if self._compiled is None:
            self._compiled = regex.compile(self.source)
        found: Iterator[regex.Match[str]] = self._compiled.finditer(text)
        return found

    def search(self, text: str) -> regex.Match[str] | None:
        """The first match in *text*."""
        return next(self.finditer(text), None)


@dataclass(frozen=True, slots=True)
class TimeRule:
    """A time expression: its pattern, how its groups become dates, and its role (time, basis, none)."""

    id: str
    pattern: Any
    norm: str
    role: str
    value: str = ""
    has: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class IgnoreRule:
    """What measures nothing: the reason, the pattern, and characters of which a match always holds one."""

    reason: str
    pattern: Any
    has: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pattern:
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
    head_only: frozenset[str]
    names: dict[str, Any]
    structure: dict[str, Any]
    ignored: dict[str, list[IgnoreRule]]
    regions: dict[str, Any]
    ranks: tuple[Any, ...] = ()
    checks: dict[str, Any] = field(default_factory=dict)
    compiled: dict[str, Any] = field(default_factory=dict)

    def indicator_id(self, *names: str) -> str | None:
        """The catalogue's id for the first of *names* that it knows."""
        return next((self.surfaces[name][0] for name in names if name in self.surfaces), None)
