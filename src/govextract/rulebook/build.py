"""From the rule files' content to a Rulebook; every problem of every file is reported at once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import regex

from govextract.errors import RuleError, RuleErrors
from govextract.rulebook.checks import compiled
from govextract.rulebook.files import Raw
from govextract.rulebook.model import IgnoreRule, Indicator, Lazy, Pattern, Rulebook, TimeRule, Unit, Word
from govextract.rulebook.overlay import Folders
from govextract.rulebook.projection import LazyPattern, alphabet, needs, strays


def build(raw: Raw, folders: Folders, problems: list[RuleError], *, checked: bool = False) -> Rulebook:
    """Make the rulebook of validated content; raises RuleErrors listing *problems* and what is wrong across files.

    Patterns that were *checked* before, as this very content, are compiled when they are first used.
    """
    words = {content["type"]: _words(content) for path, content in raw.items() if path.startswith("lexicon/words/")}
    letters = alphabet(sorted(words))
    times = raw.get("lexicon/times.yaml") or {}
    indicators, surfaces = _indicators(raw, folders, problems)
    book = Rulebook(
        patterns=_patterns(raw, folders, letters, problems, checked),
        words=words,
        alphabet=letters,
        units=_units(raw),
        indicators=indicators,
        surfaces=surfaces,
        times=_times(times),
        relative_years={k: int(v) for k, v in times.get("relative_years", {}).items()},
        now_relative=frozenset(times.get("now_relative", ())),
        head_only=frozenset(times.get("head_only", ())),
        base_before=tuple(times.get("base_before", ())),
        aim_behind=tuple(times.get("aim_behind", ())),
        names={Path(p).stem: content for p, content in raw.items() if p.startswith("lexicon/names/")},
        structure=raw.get("lexicon/structure.yaml") or {},
        ignored=_ignored(raw.get("lexicon/ignored.yaml") or {}),
        regions=_regions(raw.get("lexicon/regions.yaml") or []),
        checks=compiled(raw, folders, problems),
        examples=tuple(
            (Path(p).stem, row) for p, rows in sorted(raw.items()) if p.startswith("examples/") for row in rows
        ),
        ranks=tuple(Lazy(row["pattern"]) for row in (raw.get("lexicon/ranks.yaml") or {}).get("ranks", [])),
    )
    if problems:
        raise RuleErrors(problems)
    return book


def _words(content: dict[str, Any]) -> list[Word]:
    rows = [{"word": row} if isinstance(row, str) else row for row in content["words"]]
    return [Word(row["word"], content["type"], row.get("value", ""), row.get("when", "")) for row in rows]


def _indicators(
    raw: Raw, folders: Folders, problems: list[RuleError]
) -> tuple[dict[str, Indicator], dict[str, tuple[str, bool]]]:
    indicators: dict[str, Indicator] = {}
    surfaces: dict[str, tuple[str, bool]] = {}
    paths = sorted(path for path in raw if path.startswith("lexicon/indicators/"))
    for path in sorted(paths, key=lambda path: path in folders.mine):  # the user's last: a clash is told of theirs
        file, family = folders.file(path), Path(path).stem
        for row in raw[path]:
            ident = row["id"]
            if ident in indicators:
                problems.append(RuleError(file, ident, "this id stands twice", "give it another id"))
                continue
            entry = Indicator(
                ident, row["name"], row.get("dimension", "other"), family,
                tuple(row.get("aliases") or ()), tuple(row.get("also") or ()), row.get("en", ""),
            )  # fmt: skip
            indicators[ident] = entry
            for number, surface in enumerate((entry.name, *entry.aliases, *entry.also)):
                taken = surfaces.get(surface)
                if taken is None:
                    surfaces[surface] = (ident, number <= len(entry.aliases))
                else:
                    problem = f"{surface!r} already names {taken[0]!r}"
                    problems.append(RuleError(file, ident, problem, "a name, an alias stands in one entry, once"))
    return indicators, surfaces


def _units(raw: Raw) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for path, content in sorted(raw.items()):
        for row in content["units"] if path.startswith("lexicon/units/") else []:
            symbol = row["symbol"]
            units[symbol] = Unit(
                symbol, row.get("base", symbol), Decimal(row.get("factor", "1")),
                row.get("kind", content.get("kind", "amount")), content.get("dimension", "other"),
                "decimal_only" in row,
            )  # fmt: skip
    return units


def _times(content: dict[str, Any]) -> tuple[TimeRule, ...]:
    rules = []
    for row in content.get("times", []):
        pattern = row["pattern"]
        for name, fragment in content.get("fragments", {}).items():
            pattern = pattern.replace("{" + name + "}", fragment)
        rules.append(
            TimeRule(
                row["id"], Lazy(pattern), row.get("norm", "none"), row.get("role", "time"), row.get("value", ""),
            )
        )  # fmt: skip
    return tuple(rules)


def _ignored(content: dict[str, Any]) -> dict[str, list[IgnoreRule]]:
    kinds = ("hard", "soft")
    return {kind: [IgnoreRule(row["reason"], Lazy(row["pattern"])) for row in content.get(kind, [])] for kind in kinds}


def _regions(rows: list[dict[str, str]]) -> dict[str, Any]:
    by_name: dict[str, dict[str, str]] = {}
    for row in rows:
        by_name[row["name"]] = row
        if row.get("short"):
            by_name.setdefault(row["short"], row)
    return by_name


def _patterns(
    raw: Raw, folders: Folders, letters: dict[str, str], problems: list[RuleError], checked: bool
) -> tuple[Pattern, ...]:
    patterns = []
    for path, content in sorted(raw.items()):
        if not path.startswith("patterns/") or content.get("disable"):
            continue
        ident, source, file = content["id"], content["pattern"], folders.file(path)
        compiled = LazyPattern(source, letters)
        problem = None if checked else _wrong(source, compiled, letters)
        if problem is not None:
            problems.append(RuleError(file, ident, *problem))
            continue
        patterns.append(
            Pattern(
                ident, content["title"], content["why"], source, int(content.get("priority", "50")),
                dict(content["make"]), compiled, needs(source, letters), tuple(content["examples"]),
                tuple(content["rejects"]), str(file),
            )
        )  # fmt: skip
    return tuple(patterns)


def _wrong(source: str, compiled: LazyPattern, letters: dict[str, str]) -> tuple[str, str] | None:
    """What is wrong with a pattern, and what to change."""
    try:
        _ = compiled.regex
    except KeyError as error:
        known = ", ".join(sorted(letters)) + ", qty, noun, stretch, plain"
        return f"unknown mention type {error.args[0]!r}", f"known: {known}"
    except regex.error as error:
        return f"is no regular expression: {error}", "outside of {…} a pattern is a regular expression"
    if strays(source):
        return f"{strays(source)} is no mention", "write {TYPE} or {TYPE:capture}, the capture in small letters"
    return None
