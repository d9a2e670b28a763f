"""Whether one entry of a lexicon file is right: a word, a unit, an indicator, a region, a time, an ignored number."""

from __future__ import annotations

import re
from typing import Any

import regex

from govextract.rulebook import shapes
from govextract.rulebook.pieces import (
    Row,
    Tell,
    choice,
    is_mapping,
    is_regex,
    is_text,
    keys,
    number_in,
    once,
    removal,
    texts,
    told,
)


def words(stem: str, content: Any, tell: Tell) -> Row | None:
    if not is_mapping(content, tell, f"write `type: {stem}` and `words:` with a list below"):
        return None
    if content.get("type") != stem:
        tell(stem, f"type is {content.get('type')!r}", f"the type must be the file's name {stem!r}")
    if not re.fullmatch(r"[a-z_]+", stem):
        tell(stem, "the file's name is no mention type", "use small letters a to z and _ in the file's name")
        return None
    keys(content, ("type", "words"), stem, tell)
    if not isinstance(content.get("words"), list):
        tell(stem, "words is no list", "write `words:` and every word below it behind `- `")
        return None
    return {"type": stem, "words": [row for row in content["words"] if removal(row) or _word(stem, row, tell)]}


def _word(stem: str, entry: Any, tell: Tell) -> bool:
    row = {"word": entry} if isinstance(entry, str) else entry
    if not isinstance(row, dict) or not is_text(row.get("word")):
        tell(stem, f"bad entry {entry!r}", "write `- 增长` or `- {word: 增, when: number}`; keys: word, value, when")
        return False
    rule = f"{stem}: {row['word']}"
    fine = keys(row, ("word", "value", "when"), rule, tell)
    if "when" in row:
        fine &= choice(row["when"], shapes.WHEN, rule, "when", tell)
    allowed, value = shapes.WORD_VALUES.get(stem), row.get("value", "")
    if not isinstance(value, str):
        tell(rule, f"value is {value!r}", "write one word")
        return False
    if allowed == "count":
        fine &= not value or told(value.isdecimal(), rule, f"value is {value!r}", "write the rank as a number", tell)
    elif allowed == "number":
        fine &= told(number_in(value) is not None, rule, f"value is {value!r}", "write a number: 100", tell)
    elif allowed is not None and value:
        fine &= choice(value, allowed, rule, "value", tell)
    return fine


def units(content: Any, tell: Tell) -> Row | None:
    if not is_mapping(content, tell, "write `dimension:`, `kind:` and `units:` with a list below"):
        return None
    fine = keys(content, ("dimension", "kind", "units"), "-", tell)
    fine &= choice(content.get("kind", "amount"), shapes.UNIT_KINDS, "-", "kind", tell)
    fine &= told(
        is_text(content.get("dimension", "other")), "-", "dimension is no word", "write `dimension: money`", tell
    )
    if not isinstance(content.get("units"), list):
        tell("-", "units is no list", "write `units:` and every unit below it: `- {symbol: 元, base: 元}`")
        return None
    rows = once([row for row in content["units"] if removal(row) or _unit(row, tell)], "symbol", tell)
    return {**content, "units": rows} if fine else None


def _unit(row: Any, tell: Tell) -> bool:
    if not isinstance(row, dict) or not is_text(row.get("symbol")):
        tell("-", f"unit without a symbol: {row!r}", "write `- {symbol: 元, base: 元}`")
        return False
    rule = row["symbol"]
    fine = keys(row, ("symbol", "base", "factor", "kind", "decimal_only"), rule, tell)
    fine &= told(is_text(row.get("base", rule)), rule, "base is no word", "write the base unit's symbol", tell)
    if "factor" in row:
        number = number_in(row["factor"])
        holds = number is not None and number > 0
        fine &= told(
            holds, rule, f"factor {row['factor']!r} is no number", 'write how many base units it is: "0.1"', tell
        )
    if "kind" in row:
        fine &= choice(row["kind"], shapes.UNIT_KINDS, rule, "kind", tell)
    return fine


def indicator(row: Any, tell: Tell) -> bool:
    ident = row.get("id") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not is_text(ident) or not is_text(row.get("name")):
        tell(
            ident if isinstance(ident, str) and ident else "-",
            f"entry needs id and name: {row!r}",
            "see the file's head",
        )
        return False
    rule = str(ident)
    fine = keys(row, ("id", "name", "aliases", "also", "dimension", "en"), rule, tell)
    for key in ("aliases", "also"):
        fine &= not row.get(key) or texts(row[key], rule, key, tell)
    fine &= choice(row.get("dimension", "other"), shapes.DIMENSIONS, rule, "dimension", tell)
    return fine & told(isinstance(row.get("en", ""), str), rule, "en is no text", "write the English label", tell)


def region(row: Any, tell: Tell) -> bool:
    if not isinstance(row, dict) or not is_text(row.get("name")):
        tell("-", f"region without a name: {row!r}", "write `- {name: 重庆市, short: 重庆, level: province}`")
        return False
    rule = row["name"]
    fine = choice(row.get("level"), shapes.LEVELS, rule, "level", tell)
    for key in ("short", "code", "iso", "abbr"):
        fine &= told(is_text(row.get(key, "-")), rule, f"{key} is no word", f"write `{key}: …` or leave it out", tell)
    return fine


def ignored(row: Any, tell: Tell) -> bool:
    if not isinstance(row, dict) or not is_text(row.get("reason")):
        tell("-", f"entry needs reason and pattern: {row!r}", "write `- {reason: name, pattern: '…', because: 5G}`")
        return False
    fine = keys(row, ("reason", "pattern", "because"), row["reason"], tell)
    return is_regex(row.get("pattern"), row["reason"], tell) and fine


def rank(row: Any, tell: Tell) -> bool:
    if not isinstance(row, dict):
        tell("ranks", f"bad entry {row!r}", "write `- {pattern: '…'}`")
        return False
    fine = keys(row, ("pattern",), "ranks", tell) and is_regex(row.get("pattern"), "ranks", tell)
    groups = regex.compile(row["pattern"]).groupindex if fine else {"n": 0}
    return fine and told(
        bool({"n", "top"} & set(groups)), "ranks", "names no rank", "give the figure a name: (?P<n>\\d+)", tell
    )


def time(row: Any, fragments: dict[str, str], tell: Tell) -> bool:
    if not isinstance(row, dict) or not is_text(row.get("id")):
        tell(
            "-",
            f"entry needs id and pattern: {row!r}",
            "write `- {id: half, pattern: '…', norm: half, role: time}`",
        )
        return False
    rule = row["id"]
    fine = keys(row, ("id", "pattern", "norm", "role", "value"), rule, tell)
    fine &= choice(row.get("role", "time"), shapes.ROLES, rule, "role", tell)
    norm = row.get("norm", "none")
    fine &= choice(norm, shapes.NORMS, rule, "norm", tell)
    if row.get("role") == "basis":
        value = row.get("value", "")
        kind = value.partition(":")[0] if isinstance(value, str) else value
        fine &= choice(kind, shapes.BASES, rule, "value", tell)
    pattern = row.get("pattern")
    for name, fragment in fragments.items():
        pattern = pattern.replace("{" + name + "}", fragment) if isinstance(pattern, str) else pattern
    if not is_regex(pattern, rule, tell) or not isinstance(pattern, str):
        return False
    unknown = re.findall(r"\{[A-Za-z]+\}", pattern)
    fine &= told(not unknown, rule, f"unknown fragment {', '.join(unknown)}", f"known: {', '.join(fragments)}", tell)
    lacks = [g for g in shapes.NORMS.get(norm, ()) if g not in regex.compile(pattern).groupindex] if fine else []
    return fine and told(not lacks, rule, f"norm {norm} needs {', '.join(lacks)}", "name the groups: (?P<m>\\d+)", tell)
