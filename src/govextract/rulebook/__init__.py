"""Rules as data: what rules/ holds becomes a Rulebook. Only this package reads YAML."""

from __future__ import annotations

from pathlib import Path

from govextract.cache import read_cache, write_cache
from govextract.errors import RuleError, RuleErrors
from govextract.rulebook import regexes
from govextract.rulebook.build import build
from govextract.rulebook.files import (
    Raw,
    read_folder,
    read_table,
    read_yaml,
    shipped_rules,
    stamp,
    yaml_text,
)
from govextract.rulebook.model import Indicator, Pattern, Rulebook, TimeRule, Unit, Word
from govextract.rulebook.overlay import Folders, laid_over
from govextract.rulebook.sieve import Sieve

__all__ = [
    "Indicator", "Pattern", "Rulebook", "Sieve", "TimeRule", "Unit", "Word",
    "current_rulebook", "load_rulebook", "read_table", "read_yaml", "shipped_rules",
    "yaml_text",
]  # fmt: skip


# Part of the mark that a rule folder has been checked; raised where the rules' language or their checks change.
ENGINE = "2"


def load_rulebook(extra: Path | None = None) -> Rulebook:
    """The shipped rules, with the user's own folder *extra* laid over them: the same id replaces,
    `disable: true` removes, new entries are added. Raises RuleErrors with every problem at once.
    """
    shipped = shipped_rules()
    raw, key, problems = read_folder(shipped)
    mine: Raw = {}
    if extra is not None:
        if not extra.is_dir():
            problem = RuleError(extra, "-", "is no folder of rules", "name a folder with patterns/ or lexicon/")
            raise RuleErrors([problem])
        mine, own, more = read_folder(extra)
        key, problems = f"{key}-{own}", problems + more
    mark = f"checked-{key}-{ENGINE}"
    checked = not problems and read_cache(mark) is not None
    if not checked:
        from govextract.rulebook.validate import validated

        raw, wrong = validated(raw, shipped)
        problems += wrong
        if extra is not None:
            mine, wrong = validated(mine, extra, raw)
            problems += wrong
    folders = Folders(shipped, extra, frozenset(mine))
    book = build(laid_over(raw, mine) if mine else raw, folders, problems, checked=checked)
    book.digest = key
    if not regexes.recall(key):
        regexes.remember(key, book.regex_sources())
    if not checked:
        write_cache(mark, b"ok")
    return book


_current: dict[Path | None, tuple[object, Rulebook]] = {}


def current_rulebook(extra: Path | None = None) -> Rulebook:
    """load_rulebook, remembered in this process until a rule file changes: a loop over reports loads it once."""
    sign = (stamp(shipped_rules()), stamp(extra) if extra is not None else ())
    known = _current.get(extra)
    if known is None or known[0] != sign:
        known = _current[extra] = (sign, load_rulebook(extra))
    return known[1]
