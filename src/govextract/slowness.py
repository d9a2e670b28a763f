"""Whether a pattern's time can explode: its regex against long projected strings that are made to mislead it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import regex

from govextract.rulebook import Pattern

SHORT = 200  # mentions; what is quick here in every shape needs no longer trial
QUICK = 0.004  # seconds
LENGTHS = (400, 800, 1600)  # a sentence has at most 2,000 characters
BOUND = 1.0  # seconds for one sentence
GROWTH = 2.6  # a doubled length takes twice the time where it grows with it


@dataclass(frozen=True, slots=True)
class Slow:
    """The mentions that a sentence repeats on which a pattern is too slow, how many they are, and the time."""

    shape: str
    length: int
    took: str


def slow(pattern: Pattern) -> Slow | None:
    """The first shape whose time grows faster than its length and passes the bound; None where none does."""
    compiled = pattern.compiled.regex
    for shape in _shapes(compiled):
        took = _time(compiled, shape, SHORT)
        if took is not None and took < QUICK:
            continue
        before = took
        for length in LENGTHS:
            took = _time(compiled, shape, length)
            if took is None or before is None:
                return Slow(shape[0], length, f"more than {BOUND:g} s")
            if took > BOUND and took > GROWTH * before:
                return Slow(shape[0], length, f"{took:.1f} s")
            if took < QUICK:
                break
            before = took
    return None


def _time(compiled: regex.Pattern[str], shape: tuple[str, str], length: int) -> float | None:
    """The seconds for one sentence of *length* mentions, as the engine matches; None beyond the bound."""
    repeated, end = shape
    string = (repeated * length)[: length - len(end)] + end
    start = perf_counter()
    try:
        for _ in compiled.finditer(string, overlapped=True, timeout=BOUND):
            pass
    except TimeoutError:
        return None
    return perf_counter() - start


def _shapes(compiled: regex.Pattern[str]) -> Iterator[tuple[str, str]]:
    """One mention again and again, then two in turn, each without an end and with one that breaks the hit off."""
    kinds = _kinds(compiled)
    runs = [*kinds, *(a + b for a in kinds for b in kinds if a != b)]
    yield from ((run, "") for run in runs)
    yield from ((run, "\ue7ff") for run in kinds)


def _kinds(compiled: regex.Pattern[str]) -> list[str]:
    """One character for every set of mentions that the pattern does not tell apart."""
    classes = [frozenset(found) for found in regex.findall(r"\[\^?([^\]]*)\]", compiled.pattern)]
    characters = sorted(set().union(*classes) | {c for c in compiled.pattern if c >= "\u2e80"})
    sorts: dict[tuple[bool, ...], str] = {}
    for character in characters:
        sorts.setdefault((*(character in c for c in classes), character in compiled.pattern and not classes), character)
    return list(sorts.values())
