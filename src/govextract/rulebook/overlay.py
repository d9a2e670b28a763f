"""A user's own rules over the shipped ones: the same id replaces, `disable: true` removes, new entries are added."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from govextract.rulebook.files import Raw

# Files whose entries are one catalogue, whichever file they stand in: the folder, the key of the list, its id.
CATALOGUES = (("lexicon/indicators/", "", "id"), ("lexicon/units/", "units", "symbol"))


class Folders(NamedTuple):
    """Where the rules come from: the shipped folder, and a user's own with the files that it holds."""

    shipped: Path
    own: Path | None = None
    mine: frozenset[str] = frozenset()

    def file(self, path: str) -> Path:
        """The file that a rule of *path* is told to be in: the user's where there is one."""
        return self.own / path if self.own is not None and path in self.mine else self.shipped / path


def laid_over(base: Raw, extra: Raw) -> Raw:
    """*extra* over *base*, file by file; lists are joined by id, word, symbol or name."""
    base = _without_moved(base, extra)
    out = dict(base)
    for path, content in extra.items():
        out[path] = content if path.startswith("patterns/") else _merged(base.get(path), content)
    return out


def _key(row: Any) -> str:
    if isinstance(row, str):
        return row
    return next((row[key] for key in ("id", "word", "symbol", "name") if key in row), str(row))


def _merged(old: Any, new: Any) -> Any:
    """Lists are joined and mappings merged; a word replaces a word."""
    if isinstance(new, list):
        rows = {_key(row): row for row in old} if isinstance(old, list) else {}
        rows |= {_key(row): row for row in new}
        return [row for row in rows.values() if isinstance(row, str) or not row.get("disable")]
    if isinstance(new, dict):
        kept = old if isinstance(old, dict) else {}
        return kept | {key: _merged(kept.get(key), value) for key, value in new.items()}
    return new


def _rows(content: Any, key: str) -> list[Any]:
    return list((content.get(key, []) if key else content) or [])


def _without_moved(base: Raw, extra: Raw) -> Raw:
    """*base* without the entries that *extra* holds in another file: an indicator, a unit stands once."""
    out = dict(base)
    for folder, key, ident in CATALOGUES:
        mine = {row[ident]: p for p, c in extra.items() if p.startswith(folder) for row in _rows(c, key)}
        for path, content in base.items():
            if path.startswith(folder):
                rows = [row for row in _rows(content, key) if mine.get(row[ident], path) == path]
                out[path] = {**content, key: rows} if key else rows
    return out
