"""Rules as data: what rules/ holds becomes a Rulebook. Only this package reads YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from govextract.errors import RuleError, RuleErrors
from govextract.rulebook.build import build
from govextract.rulebook.files import Raw, read_cache, read_folder, read_yaml, shipped_rules, write_cache
from govextract.rulebook.model import Indicator, Pattern, Rulebook, TimeRule, Unit, Word

__all__ = [
    "Indicator", "Pattern", "Rulebook", "TimeRule", "Unit", "Word",
    "load_rulebook", "read_cache", "read_yaml", "shipped_rules", "write_cache",
]  # fmt: skip


# Part of the mark that a rule folder's regexes have been checked; raised where the pattern language changes.
ENGINE = "1"


def load_rulebook(extra: Path | None = None) -> Rulebook:
    """The shipped rules, with the user's own folder *extra* laid over them: the same id replaces,
    `disable: true` removes, new entries are added. Raises RuleErrors with every problem at once.
    """
    folder = shipped_rules()
    raw, key = read_folder(folder)
    if extra is not None:
        if not extra.is_dir():
            raise RuleErrors(
                [RuleError(extra, "-", "is no folder of rules", "name a folder with patterns/ or lexicon/")]
            )
        mine, own = read_folder(extra)
        raw, key, folder = _overlay(raw, mine), f"{key}-{own}", extra
    mark = f"checked-{key}-{ENGINE}"
    checked = read_cache(mark) is not None
    book = build(raw, folder, checked=checked)
    if not checked:
        write_cache(mark, b"ok")
    return book


def _key(row: Any) -> str:
    return (
        row if isinstance(row, str) else next((row[k] for k in ("id", "word", "symbol", "name") if k in row), str(row))
    )


def _merged(old: list[Any], new: list[Any]) -> list[Any]:
    rows = {_key(row): row for row in old} | {_key(row): row for row in new}
    return [row for row in rows.values() if isinstance(row, str) or not row.get("disable")]


def _overlay(base: Raw, extra: Raw) -> Raw:
    """*extra* over *base*, file by file; lists are merged by id, word, symbol or name."""
    out = dict(base)
    for path, content in extra.items():
        old = out.get(path)
        if path.startswith("patterns/") or old is None:
            out[path] = content
        elif isinstance(old, list) and isinstance(content, list):
            out[path] = _merged(old, content)
        elif isinstance(old, dict) and isinstance(content, dict):
            out[path] = {
                **old,
                **{
                    k: _merged(old[k], v) if isinstance(v, list) and isinstance(old.get(k), list) else v
                    for k, v in content.items()
                },
            }
        else:
            out[path] = content
    _drop_replaced_indicators(out, base, extra)
    return out


def _drop_replaced_indicators(out: Raw, base: Raw, extra: Raw) -> None:
    """An indicator of the user's that repeats a shipped id replaces it, whichever family file holds it."""
    mine = {
        row["id"]
        for p, rows in extra.items()
        if p.startswith("lexicon/indicators/")
        for row in rows or []
        if "id" in row
    }
    for path in base:
        if path.startswith("lexicon/indicators/") and path not in extra:
            out[path] = [row for row in base[path] if row.get("id") not in mine]
