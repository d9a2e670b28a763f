"""What every match of a regex holds: groups of strings, of each group at least one.

Most rules match in few sentences. A sentence that lacks what a rule needs is not searched for it (Cox, "Regular
Expression Matching with a Trigram Index", 2012, does the same for whole files).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Groups = tuple[frozenset[str], ...]
Strings = frozenset[str]

EMPTY: Strings = frozenset({""})
MOST_STRINGS = 40  # in a run that is still followed character by character
MOST_MEMBERS = 100  # of a character class that is taken apart: all Latin and Greek letters are
MOST_GROUPS = 3  # kept of a regex
# What `regex` reads otherwise than `re`: POSIX classes, fuzzy counts.
OTHERWISE = re.compile(r"\[:|\{[^\d,{}]")


def needed(source: str) -> Groups:
    """The groups of the regex *source*, the best first; none where it may match anywhere or is not understood."""
    if OTHERWISE.search(source):
        return ()
    try:
        tree = _parser.parse(source)
    except re.error:
        return ()
    if tree.state.flags & re.IGNORECASE:
        return ()
    run = _Run()
    run.read(tree)
    run.flush()
    return tuple(sorted(set(run.groups), key=_worth)[:MOST_GROUPS])


def _worth(group: Collection[str]) -> tuple[int, int, list[str]]:
    """Long strings before short ones, few before many."""
    return -min(map(len, group)), len(group), sorted(group)


class _Run:
    """A regex read from left to right: the strings that the stretch before this place can be, the groups so far."""

    def __init__(self) -> None:
        self.strings: Strings = EMPTY
        self.groups: list[Strings] = []

    def read(self, tree: Iterable[tuple[Any, Any]]) -> None:
        for kind, value in tree:
            if kind is op.LITERAL:
                self.extend(frozenset({chr(value)}))
            elif kind is op.IN:
                self.follow(_members(value), ())
            elif kind is op.SUBPATTERN and not value[1]:
                self.follow(*_whole(value[3]))
            elif kind is op.ATOMIC_GROUP:
                self.follow(*_whole(value))
            elif kind is op.BRANCH:
                self.follow(*_either([_whole(branch) for branch in value[1]]))
            elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
                self.repeat(*value)
            elif kind is op.ASSERT:
                strings, groups = _whole(value[1])
                self.groups += [*groups, *([_shortest(strings)] if strings and "" not in strings else [])]
            elif kind not in (op.AT, op.ASSERT_NOT):
                self.flush()

    def repeat(self, least: int, most: int, tree: Any) -> None:
        strings, groups = _whole(tree)
        if least == 0:
            if most == 1 and strings is not None:
                self.extend(strings | EMPTY)
            else:
                self.flush()
            return
        self.follow(strings, groups)
        if most != 1:
            self.flush()

    def follow(self, strings: Strings | None, groups: Groups) -> None:
        """What comes next is one of *strings*, or something that only its *groups* are known of."""
        if strings is None:
            self.flush()
            self.groups += groups
        else:
            self.extend(strings)

    def extend(self, strings: Strings) -> None:
        longer = {before + each for before in self.strings for each in strings}
        if len(longer) > MOST_STRINGS:
            self.flush()
            longer = set(strings)
        self.strings = frozenset(longer)

    def flush(self) -> None:
        """The stretch ends here: one of its strings is in every match."""
        if "" not in self.strings:
            self.groups.append(_shortest(self.strings))
        self.strings = EMPTY


def _whole(tree: Any) -> tuple[Strings | None, Groups]:
    """All that a part can be, or None and its groups."""
    run = _Run()
    run.read(tree)
    if not run.groups and _plain(tree):
        return run.strings, ()
    run.flush()
    return None, tuple(run.groups)


def _plain(tree: Any) -> bool:
    """Whether a part is only characters, so that its strings are all of it."""
    return all(
        kind in (op.LITERAL, op.AT, op.ASSERT_NOT)
        or (kind is op.IN and _members(value) is not None)
        or (kind is op.SUBPATTERN and not value[1] and _plain(value[3]))
        or (kind is op.BRANCH and all(map(_plain, value[1])))
        or (kind is op.MAX_REPEAT and value[1] == 1 and _plain(value[2]))
        for kind, value in tree
    )


def _either(parts: list[tuple[Strings | None, Groups]]) -> tuple[Strings | None, Groups]:
    """One of several parts: all their strings, or a group with something of each."""
    exact = [strings for strings, _ in parts if strings is not None]
    if len(exact) == len(parts):
        return frozenset().union(*exact), ()
    group: set[str] = set()
    for strings, groups in parts:
        if strings is not None and "" not in strings:
            group |= _shortest(strings)
        elif groups:
            group |= min(groups, key=_worth)
        else:
            return None, ()
    return None, (frozenset(group),)


def _members(value: list[tuple[Any, Any]]) -> Strings | None:
    """The characters of a class; None for a large or a negated one."""
    out: set[str] = set()
    for kind, each in value:
        if kind is op.LITERAL:
            out.add(chr(each))
        elif kind is op.RANGE and each[1] - each[0] < MOST_MEMBERS:
            out.update(map(chr, range(each[0], each[1] + 1)))
        else:
            return None
    return frozenset(out) if len(out) <= MOST_MEMBERS else None


def _shortest(strings: Strings) -> Strings:
    """*strings* without those that another one is a part of."""
    return frozenset(each for each in strings if not any(part in each for part in strings if part != each))
