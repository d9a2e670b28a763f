"""The rules' regexes, compiled once a rule folder instead of once a run: their machine code lies in the user's cache,
with what each needs of a text (literals.py).

Compiling them takes a cold run longer than reading its report. What is kept is what the regex module itself gives to
`copy` and `pickle`; it belongs to one version of regex and of Python, and is stored as plain numbers and words.
"""

from __future__ import annotations

import copyreg
import hashlib
import marshal
import sys
from collections.abc import Iterable
from typing import Any

import regex

from govextract.cache import read_cache, write_cache

_ANY = regex.compile("")
_known: dict[str, tuple[Any, ...]] = {}
_needed: dict[str, tuple[tuple[str, ...], ...]] = {}


def compiled(source: str) -> regex.Pattern[str]:
    """The regex of *source*, from its remembered code where there is one. Raises regex.error."""
    code = _known.get(source)
    if code is None:
        return regex.compile(source)
    pattern: regex.Pattern[str] = _reduced(_ANY)[0](*code)
    return pattern


def needed(source: str) -> tuple[tuple[str, ...], ...]:
    """What every match of *source* holds (literals.needed), from what is remembered where it is."""
    groups = _needed.get(source)
    if groups is None:
        from govextract.rulebook import literals

        groups = _needed[source] = tuple(tuple(sorted(group)) for group in literals.needed(source))
    return groups


def recall(key: str) -> bool:
    """Load the code that `remember` kept for the rules of digest *key*; whether there was any."""
    kept = read_cache(_name(key))
    if kept is None:
        return False
    try:
        code, groups = marshal.loads(kept)
        _known.update(code)
        _needed.update(groups)
    except (EOFError, ValueError, TypeError):
        return False
    return True


def remember(key: str, sources: Iterable[str]) -> None:
    """Keep the code of *sources*, the regexes of the rules of digest *key*, for later runs."""
    # Rules that are laid over others bring few regexes of their own.
    code = {source: _known.get(source) or _reduced(regex.compile(source))[1] for source in dict.fromkeys(sources)}
    _known.update(code)
    write_cache(_name(key), marshal.dumps((code, {source: needed(source) for source in code})))


def _reduced(pattern: regex.Pattern[str]) -> tuple[Any, tuple[Any, ...]]:
    """What makes *pattern* again: a function and its arguments."""
    reduce: Any = copyreg.dispatch_table[type(pattern)]
    made: tuple[Any, tuple[Any, ...]] = reduce(pattern)
    return made


def _name(key: str) -> str:
    version = f"{key} {regex.__version__} {sys.version} {marshal.version}"
    return f"regexes-{hashlib.sha256(version.encode()).hexdigest()[:24]}.bin"
