"""From the rule files' content to a Rulebook; every problem of every file is reported at once."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from string import ascii_letters
from typing import Any

import regex

from govextract.errors import RuleError, RuleErrors
from govextract.rulebook.files import Raw
from govextract.rulebook.model import IgnoreRule, Indicator, Lazy, Pattern, Rulebook, TimeRule, Unit, Word
from govextract.rulebook.projection import LazyPattern, alphabet, needs


class Problems(list[RuleError]):
    """What is wrong so far; regexes that were checked before, as this very content, are compiled when first used."""

    def __init__(self, checked: bool) -> None:
        super().__init__()
        self.checked = checked


def build(raw: Raw, folder: Path, *, checked: bool = False) -> Rulebook:
    """Make the rulebook; raises RuleErrors listing all that is wrong."""
    problems = Problems(checked)
    words = _words(raw, folder, problems)
    letters = alphabet(sorted(words))
    indicators, surfaces = _indicators(raw, folder, problems)
    book = Rulebook(
        patterns=_patterns(raw, folder, letters, problems),
        words=words,
        alphabet=letters,
        units=_units(raw, folder, problems),
        indicators=indicators,
        surfaces=surfaces,
        times=_times(raw.get("lexicon/times.yaml") or {}, folder / "lexicon/times.yaml", problems),
        relative_years={k: int(v) for k, v in (raw.get("lexicon/times.yaml") or {}).get("relative_years", {}).items()},
        now_relative=frozenset((raw.get("lexicon/times.yaml") or {}).get("now_relative", ())),
        head_only=frozenset((raw.get("lexicon/times.yaml") or {}).get("head_only", ())),
        base_before=tuple((raw.get("lexicon/times.yaml") or {}).get("base_before", ())),
        names={Path(p).stem: content for p, content in raw.items() if p.startswith("lexicon/names/")},
        structure=raw.get("lexicon/structure.yaml") or {},
        ignored=_ignored(raw.get("lexicon/ignored.yaml") or {}, folder / "lexicon/ignored.yaml", problems),
        regions=_regions(raw.get("lexicon/regions.yaml") or []),
        ranks=_ranks(raw.get("lexicon/ranks.yaml") or {}, folder / "lexicon/ranks.yaml", problems),
    )
    if problems:
        raise RuleErrors(problems)
    return book


def _words(raw: Raw, folder: Path, problems: Problems) -> dict[str, list[Word]]:
    out: dict[str, list[Word]] = {}
    for path, content in raw.items():
        if not path.startswith("lexicon/words/"):
            continue
        if not isinstance(content, dict) or "words" not in content or content.get("type") != Path(path).stem:
            problems.append(RuleError(folder / path, Path(path).stem, "needs `type` (the file's name) and `words`"))
            continue
        entries = []
        for entry in content["words"]:
            row = {"word": entry} if isinstance(entry, str) else entry
            if not isinstance(row, dict) or not row.get("word") or set(row) - {"word", "value", "when", "disable"}:
                problems.append(
                    RuleError(folder / path, Path(path).stem, f"bad entry {entry!r}", "keys: word, value, when")
                )
                continue
            entries.append(Word(row["word"], content["type"], row.get("value", ""), row.get("when", "")))
        out[content["type"]] = entries
    return out


def _indicators(raw: Raw, folder: Path, problems: Problems) -> tuple[dict[str, Indicator], dict[str, tuple[str, bool]]]:
    indicators: dict[str, Indicator] = {}
    surfaces: dict[str, tuple[str, bool]] = {}
    for path, content in sorted(raw.items()):
        if not path.startswith("lexicon/indicators/"):
            continue
        for row in content or []:
            ident = row.get("id", "") if isinstance(row, dict) else ""
            if not ident or not row.get("name"):
                problems.append(RuleError(folder / path, ident or "-", f"entry needs id and name: {row!r}"))
                continue
            if ident in indicators:
                problems.append(RuleError(folder / path, ident, "this id stands twice", "give it another id"))
                continue
            entry = Indicator(
                ident, row["name"], row.get("dimension", "other"), Path(path).stem,
                tuple(row.get("aliases") or ()), tuple(row.get("also") or ()), row.get("en", ""),
            )  # fmt: skip
            indicators[ident] = entry
            for surface, same in [
                (entry.name, True),
                *((a, True) for a in entry.aliases),
                *((a, False) for a in entry.also),
            ]:
                taken = surfaces.get(surface)
                if taken is not None:
                    problems.append(
                        RuleError(
                            folder / path,
                            ident,
                            f"{surface!r} already names {taken[0]!r}",
                            "a surface names one indicator",
                        )
                    )
                surfaces[surface] = (ident, same)
    return indicators, surfaces


def _units(raw: Raw, folder: Path, problems: Problems) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for path, content in sorted(raw.items()):
        if not path.startswith("lexicon/units/"):
            continue
        for row in content.get("units", []):
            try:
                factor = Decimal(row.get("factor", "1"))
            except InvalidOperation:
                problems.append(
                    RuleError(folder / path, row.get("symbol", "-"), f"factor {row['factor']!r} is no number")
                )
                continue
            if not row.get("symbol"):
                problems.append(RuleError(folder / path, "-", f"unit without a symbol: {row!r}"))
                continue
            units[row["symbol"]] = Unit(
                row["symbol"], row.get("base", row["symbol"]), factor, row.get("kind", content.get("kind", "amount")),
                content.get("dimension", "other"), "decimal_only" in row,
            )  # fmt: skip
    return units


def _regex(pattern: str, path: Path, rule: str, problems: Problems) -> Lazy | None:
    if not problems.checked:
        try:
            regex.compile(pattern)
        except regex.error as error:
            problems.append(RuleError(path, rule, f"is no regular expression: {error}", "see the regex package"))
            return None
    return Lazy(pattern)


def _times(content: dict[str, Any], path: Path, problems: Problems) -> tuple[TimeRule, ...]:
    rules = []
    for row in content.get("times", []):
        pattern = row["pattern"]
        for name, fragment in content.get("fragments", {}).items():
            pattern = pattern.replace("{" + name + "}", fragment)
        compiled = _regex(pattern, path, row["id"], problems)
        if compiled is not None:
            rules.append(
                TimeRule(
                    row["id"],
                    compiled,
                    row.get("norm", "none"),
                    row.get("role", "time"),
                    row.get("value", ""),
                    _has(row),
                )
            )
    return tuple(rules)


def _has(row: dict[str, Any]) -> frozenset[str]:
    """The characters of which a match always holds one; empty where every sentence must be tried."""
    return frozenset(ascii_letters if row.get("has") == "latin" else row.get("has", ""))


def _ignored(content: dict[str, Any], path: Path, problems: Problems) -> dict[str, list[IgnoreRule]]:
    out: dict[str, list[IgnoreRule]] = {}
    for kind in ("hard", "soft"):
        rows = [(row, _regex(row["pattern"], path, row["reason"], problems)) for row in content.get(kind, [])]
        out[kind] = [IgnoreRule(row["reason"], compiled, _has(row)) for row, compiled in rows if compiled is not None]
    return out


def _ranks(content: dict[str, Any], path: Path, problems: Problems) -> tuple[Any, ...]:
    compiled = [_regex(row["pattern"], path, "ranks", problems) for row in content.get("ranks", [])]
    return tuple(pattern for pattern in compiled if pattern is not None)


def _regions(rows: list[dict[str, str]]) -> dict[str, Any]:
    by_name: dict[str, dict[str, str]] = {}
    for row in rows:
        by_name[row["name"]] = row
        if row.get("short"):
            by_name.setdefault(row["short"], row)
    return by_name


def _patterns(raw: Raw, folder: Path, letters: dict[str, str], problems: Problems) -> tuple[Pattern, ...]:
    patterns = []
    for path, content in sorted(raw.items()):
        if not path.startswith("patterns/"):
            continue
        stem, file = Path(path).stem, folder / path
        if not isinstance(content, dict):
            problems.append(
                RuleError(file, stem, "is no mapping", "see the comment lines of rules/patterns/growth.yaml")
            )
            continue
        if content.get("disable"):
            continue
        if content.get("id") != stem:
            problems.append(RuleError(file, str(content.get("id")), f"the id must be the file's name {stem!r}"))
        missing = [key for key in ("title", "why", "pattern", "make", "examples", "rejects") if not content.get(key)]
        if missing:
            problems.append(
                RuleError(
                    file,
                    stem,
                    f"lacks {', '.join(missing)}",
                    "a pattern carries its own proof: examples and rejects",
                )
            )
            continue
        try:
            compiled = LazyPattern(content["pattern"], letters)
            if not problems.checked:
                _ = compiled.regex
        except KeyError as error:
            problems.append(
                RuleError(
                    file,
                    stem,
                    f"unknown mention type {error.args[0]!r}",
                    "known: " + ", ".join(sorted(letters)) + ", qty, noun, stretch",
                )
            )
            continue
        except regex.error as error:
            problems.append(RuleError(file, stem, f"is no regular expression: {error}"))
            continue
        patterns.append(
            Pattern(
                stem, content["title"], content["why"], content["pattern"], int(content.get("priority", "50")),
                dict(content["make"]), compiled, needs(content["pattern"], letters), tuple(content["examples"]), tuple(content["rejects"]), str(file),
            )
        )  # fmt: skip
    return tuple(patterns)
