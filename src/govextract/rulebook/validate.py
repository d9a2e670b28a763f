"""Whether a folder's rule files hold what they must: every problem with its file, its rule and what to change.

What is wrong is left out of the content that is handed on, so that the checks across files still run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from govextract.errors import RuleError
from govextract.rulebook import shapes
from govextract.rulebook.checks import FILES, check_file
from govextract.rulebook.entries import ignored, indicator, rank, region, time, units, words
from govextract.rulebook.files import Raw
from govextract.rulebook.pieces import (
    Row,
    Tell,
    entries,
    is_mapping,
    is_regex,
    is_text,
    keys,
    once,
    removal,
    texts,
    told,
)
from govextract.rulebook.proof import pattern_problems, sentence_problems


def validated(raw: Raw, folder: Path, base: Raw | None = None) -> tuple[Raw, list[RuleError]]:
    """*raw* without what is wrong in it, and all that is wrong. *base* are the shipped rules that *raw* is laid over;
    without it *raw* must be complete.
    """
    problems: list[RuleError] = []
    good: Raw = {}
    for path, content in raw.items():

        def tell(rule: str, problem: str, hint: str = "", at: Path = folder / path) -> None:
            problems.append(RuleError(at, rule, problem, hint))

        if content is None:
            tell("-", "holds nothing", "write an entry, or delete the file")
        else:
            kept = _file(path, content, raw, base, tell)
            if kept is not None:
                good[path] = kept
    if base is None:
        problems += _missing(good, raw, folder)
    return good, problems


def _missing(good: Raw, raw: Raw, folder: Path) -> list[RuleError]:
    checks = [f"checks/{name}.yaml" for name in FILES]
    needed = [*checks, *shapes.TABLES, *shapes.OTHERS, *(f"lexicon/words/{name}.yaml" for name in shapes.NEEDED_WORDS)]
    gone = [folder / path for path in needed if not (folder / path).exists()]
    out = [RuleError(path, "-", "is missing", "the engine asks for it") for path in gone]
    for path, spec in shapes.TABLES.items():
        lacks = [key for key in _spec(spec) if key not in raw.get(path, _spec(spec))] if path in good else []
        if lacks:
            out.append(RuleError(folder / path, "-", f"lacks {', '.join(lacks)}", "the engine asks for them"))
    return out


def _file(path: str, content: Any, raw: Raw, base: Raw | None, tell: Tell) -> Any:
    stem = Path(path).stem
    if path in shapes.FREE:
        return content
    if path.startswith("patterns/"):
        return pattern_problems(stem, content, tell)
    if path.startswith("examples/"):
        return sentence_problems(stem, content, tell)
    if path.startswith("lexicon/words/"):
        return words(stem, content, tell)
    if path.startswith("lexicon/units/"):
        return units(content, tell)
    if path.startswith("lexicon/indicators/"):
        return entries(content, tell, indicator)
    if path.startswith("checks/"):
        return check_file(stem, content, tell)
    if path == "lexicon/regions.yaml":
        return entries(content, tell, region)
    if path == "lexicon/times.yaml":
        return _times(content, (base or {}).get(path) or {}, tell)
    if path == "lexicon/ignored.yaml":
        return _sections(content, ("hard", "soft"), ignored, tell)
    if path == "lexicon/ranks.yaml":
        return _sections(content, ("ranks",), rank, tell)
    if path in shapes.TABLES:
        return _table(content, _spec(shapes.TABLES[path]), (base or raw).get(path), tell)
    known = [*(f"{name}*.yaml" for name in shapes.FOLDERS), *shapes.OTHERS, "lexicon/structure.yaml", *_names()]
    tell("-", "is no place for rules", "known: " + ", ".join(known))
    return None


def _names() -> list[str]:
    return [path for path in shapes.TABLES if path.startswith("lexicon/names/")]


def _spec(text: str) -> dict[str, str]:
    return {key: kind or "words" for key, _, kind in (part.partition("=") for part in text.split())}


def _sections(content: Any, names: tuple[str, ...], good: Callable[[Any, Tell], bool], tell: Tell) -> Row | None:
    if not is_mapping(content, tell, f"write {' and '.join(f'`{name}:`' for name in names)} with a list below"):
        return None
    keys(content, names, "-", tell)
    out: Row = {}
    for name in names:
        rows = content.get(name, [])
        if isinstance(rows, list):
            out[name] = [row for row in rows if good(row, tell)]
        else:
            tell(name, f"{name} is no list", "begin every entry with `- `")
    return out


def _times(content: Any, base: Row, tell: Tell) -> Row | None:
    hint = "write `times:` with a list below; see the comment lines of rules/lexicon/times.yaml"
    if not is_mapping(content, tell, hint):
        return None
    spec = {"fragments": "pairs", "relative_years": "pairs", "now_relative": "words", "head_only": "words"}
    spec |= {"base_before": "words", "aim_behind": "words"}
    tables = {key: value for key, value in content.items() if key != "times"}
    out = _table(tables, spec, {**spec, "times": ""}, tell)
    years = out.get("relative_years") or {}
    for word, shift in list(years.items()):
        if not re.fullmatch(r"-?\d{1,3}", shift):
            tell(word, f"the year is {shift!r}", "write how many years off it is: -1")
            del years[word]
    rows = content.get("times", [])
    if not isinstance(rows, list):
        tell("times", "times is no list", hint)
        return out
    fragments = (base.get("fragments") or {}) | (out.get("fragments") or {})
    out["times"] = once([row for row in rows if removal(row) or time(row, fragments, tell)], "id", tell)
    return out


def _table(content: Any, spec: dict[str, str], known: Any, tell: Tell) -> Row:
    """A table's good keys; a key that is in neither *spec* nor *known* is unknown."""
    if not is_mapping(content, tell, f"write {', '.join(f'`{key}:`' for key in spec)}"):
        return {}
    out: Row = {}
    for key, value in content.items():
        if key not in spec and not (isinstance(known, dict) and key in known):
            tell(key, f"unknown key {key!r}", f"known: {', '.join(spec)}")
        elif _fits(key, value, spec.get(key, ""), tell):
            out[key] = value
    return out


def _fits(key: str, value: Any, kind: str, tell: Tell) -> bool:
    if kind == "words":
        return texts(value, key, key, tell)
    if kind == "text":
        return told(is_text(value), key, f"{key} is {value!r}", "write one word", tell)
    if kind == "regex":
        return is_regex(value, key, tell, re)
    if kind == "regexes":
        return texts(value, key, key, tell) and _all(is_regex(item, key, tell, re) for item in value if is_text(item))
    if kind == "pairs":
        holds = isinstance(value, dict) and all(is_text(item) for item in value.values())
        return told(holds, key, f"{key} is no mapping of words", f"write `{key}: {{营收: 营业收入}}`", tell)
    if kind.startswith("rows:"):
        holds = isinstance(value, list)
        told(holds, key, f"{key} is no list", "begin every entry with `- `", tell)
        return holds and _all(_row(key, row, kind.removeprefix("rows:").split(","), tell) for row in value)
    return True


def _all(answers: Iterable[bool]) -> bool:
    """Whether all hold; every one is asked, so that all that is wrong is told."""
    return False not in list(answers)


def _row(key: str, row: Any, wanted: list[str], tell: Tell) -> bool:
    names = [name.rstrip("*") for name in wanted]
    if not isinstance(row, dict) or any(name not in row for name in names):
        tell(key, f"bad entry {row!r}", f"an entry needs {', '.join(names)}")
        return False
    fine = keys(row, names, key, tell)
    for name in wanted:
        value = row[name.rstrip("*")]
        if name.endswith("*"):
            fine &= texts(value, key, name.rstrip("*"), tell)
        elif name == "pattern":
            fine &= is_regex(value, key, tell, re)
        elif name == "level":
            fine &= told(str(value).isdecimal(), key, f"level is {value!r}", "write a number: 1 is the highest", tell)
        else:
            fine &= told(is_text(value), key, f"{name} is {value!r}", "write one word", tell)
    return fine
