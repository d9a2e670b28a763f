"""The engine's own regexes, compiled once a Python instead of once a run.

`re` compiles in Python: the hundred regexes of the engine take a cold run as long as all its rules. What it makes of
each is a list of numbers, and that is kept in the user's cache. `re` checks such a list before it runs it; where it is
not what this Python makes, or there is none, the regex is compiled.
"""

from __future__ import annotations

import atexit
import hashlib
import marshal
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any

from govextract.cache import read_cache, write_cache

MOST = 1_000  # regexes that are kept: those that come from rules change with them

Key = tuple[str, int]
Code = tuple[Any, ...]  # flags, numbers, groups, names of groups both ways: the arguments of _sre.compile

_asked: set[Key] = set()


@lru_cache(maxsize=MOST)
def compile(source: str, flags: int = 0) -> re.Pattern[str]:
    """What re.compile gives, remembered as re itself does. Raises re.error."""
    key, known = (source, int(flags)), _known()
    _asked.add(key)
    try:
        import _sre  # type: ignore[import-not-found]

        if key not in known:
            known[key] = _code(*key)
            _keep_at_exit()
        made: re.Pattern[str] = _sre.compile(source, *known[key])
    except (ImportError, AttributeError, RuntimeError, TypeError, ValueError, OverflowError):
        # What was kept is damaged, or this Python's re is made otherwise.
        known.pop(key, None)
        _keep_at_exit()
        made = re.compile(source, flags)
    return made


def search(source: str, text: str) -> re.Match[str] | None:
    """As re.search; so are the others here."""
    return compile(source).search(text)


def match(source: str, text: str) -> re.Match[str] | None:
    return compile(source).match(text)


def fullmatch(source: str, text: str) -> re.Match[str] | None:
    return compile(source).fullmatch(text)


def finditer(source: str, text: str) -> Iterator[re.Match[str]]:
    return compile(source).finditer(text)


def split(source: str, text: str, maxsplit: int = 0) -> list[str | Any]:
    return compile(source).split(text, maxsplit)


def sub(source: str, into: str | Callable[[re.Match[str]], str], text: str) -> str:
    return compile(source).sub(into, text)


def _code(source: str, flags: int) -> Code:
    """What re.compile makes of *source* before it hands it to the machine."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    tree = _parser.parse(source, flags)
    numbers = [int(number) for number in _compiler._code(tree, flags)]
    index = dict(tree.state.groupdict)
    names = {number: name for name, number in index.items()}
    groups = tree.state.groups
    return int(flags | tree.state.flags), numbers, groups - 1, index, tuple(names.get(n) for n in range(groups))


@cache
def _known() -> dict[Key, Code]:
    kept = read_cache(_name())
    try:
        return dict(marshal.loads(kept)) if kept else {}
    except (EOFError, ValueError, TypeError):
        return {}


@cache
def _keep_at_exit() -> None:
    atexit.register(_keep)


def _keep() -> None:
    known = _known()
    chosen = known if len(known) <= MOST else {key: known[key] for key in _asked}
    write_cache(_name(), marshal.dumps(chosen))


def _name() -> str:
    return f"re-{hashlib.sha256(f'{sys.version} {marshal.version}'.encode()).hexdigest()[:24]}.bin"
