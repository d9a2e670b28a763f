"""The files of rules/checks: whether an entry holds what it must, and what the engine reads from it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from govextract import stdre
from govextract.errors import RuleError
from govextract.numerals import multiplier
from govextract.rulebook.files import Raw
from govextract.rulebook.overlay import Folders
from govextract.rulebook.pieces import Row, Tell, choice, entries, is_mapping, is_text, keys, number_in, texts, told

PLACES = ("nation", "province", "prefecture", "county", "any")
SEVERITIES = ("error", "warning", "note")
# What an identity of each kind needs: words (a list), an id, a number, pairs (a mapping); `?` where it may be left out.
KINDS: dict[str, dict[str, str]] = {
    "sum": {"whole": "id", "parts": "ids"},
    "hundred": {"names": "words"},
    "pull": {"whole": "id", "names": "words"},
    "growths": {"whole": "id", "parts": "ids", "slack": "number"},
    "between": {"whole": "id", "parts": "ids"},
    "share": {
        "share": "id?",
        "measures": "words?",
        "part": "id?",
        "whole": "id?",
        "sign": "text?",
        "tails": "words?",
        "keys": "pairs?",
    },
    "change": {"constant_prices": "ids"},
    "from_to": {},
    "from_to_growth": {"band": "number", "real_band": "number", "yearly": "words", "constant_prices": "ids"},
    "part": {"sign": "text", "ends": "words", "averages": "words"},
    "chain": {"rules": "words"},
    "per_head": {"value": "id", "whole": "id", "heads": "id", "band": "number"},
    "repeat": {"measures": "words", "dimensions": "words", "not": "ids", "not_with": "words"},
    "completion": {"units": "words", "relations": "words"},
    "gap": {"units": "words", "relations": "words", "below": "words"},
}
ACROSS: dict[str, dict[str, str]] = {
    "agree": {"revised": "text", "revision": "number"},
    "target": {"slack": "number"},
    "jump": {"times": "number"},
    "growth": {"band": "number"},
}
PROOF = ("fires_on", "silent_on")
COMMON = ("id", "code", "why", *PROOF)
BOUND_KEYS = ("indicators", "measure", "unit", "ranges", "names", "not_names", "bases")
RANGE = stdre.compile(r"(-?\d+(?:\.\d+)?)(万亿|亿|万)?[^\d—-]*—(-?\d+(?:\.\d+)?)(万亿|亿|万)?[^\d]*")
MEASURES = ("level", "growth", "change", "share")
FILES = ("codes", "bounds", "identities", "across", "levels", "dimensions", "links")


def check_file(stem: str, content: Any, tell: Tell) -> Any:
    """*content* of checks/STEM.yaml without what is wrong in it; None where nothing is left."""
    if stem == "bounds":
        return entries(content, tell, _bound)
    if stem not in FILES:
        tell("-", "is no place for rules", "known: " + ", ".join(f"checks/{name}.yaml" for name in FILES))
        return None
    if not is_mapping(content, tell, "see the comment lines of the shipped file"):
        return None
    if stem == "codes":
        return {code: row for code, row in content.items() if _code(code, row, tell)}
    if stem in ("identities", "across"):
        return {**content, stem: entries(content.get(stem, []), tell, _identity if stem == "identities" else _across)}
    return content


def _code(code: str, row: Any, tell: Tell) -> bool:
    if not isinstance(row, dict) or not keys(row, ("severity", "zh", "en"), code, tell):
        return told(isinstance(row, dict), code, "is no mapping", "write {severity: warning, zh: …, en: …}", tell)
    holds = choice(row.get("severity"), SEVERITIES, code, "severity", tell)
    for lang in ("zh", "en"):
        holds &= told(is_text(row.get(lang)), code, f"{lang} is missing", "write its words", tell)
    return holds


def _proof(row: Row, rule: str, tell: Tell) -> bool:
    hint = "write `fires_on:` and `silent_on:`, each with at least one `- text: …`"
    holds = True
    for key in PROOF:
        cases = row.get(key)
        fine = isinstance(cases, list) and bool(cases) and all(_case(case) for case in cases)
        holds &= told(fine, rule, f"{key} holds no texts", hint, tell)
    return holds


def _case(case: Any) -> bool:
    """A text, or several reports with a text each."""
    reports = case.get("reports", [case]) if isinstance(case, dict) else []
    return bool(reports) and all(isinstance(r, dict) and is_text(r.get("text")) for r in reports)


def _head(row: Any, tell: Tell) -> str:
    rule = str(row.get("id", "")) if isinstance(row, dict) else ""
    told(bool(rule), "-", f"bad entry {str(row)[:60]!r}", "an entry is a mapping with an id", tell)
    return rule


def _identity(row: Any, tell: Tell) -> bool:
    return _of_kind(row, KINDS, tell)


def _across(row: Any, tell: Tell) -> bool:
    return _of_kind(row, ACROSS, tell)


def _of_kind(row: Any, kinds: dict[str, dict[str, str]], tell: Tell) -> bool:
    rule = _head(row, tell)
    if not rule or not choice(row.get("kind"), kinds, rule, "kind", tell):
        return False
    wanted = kinds[row["kind"]]
    holds = keys(row, (*COMMON, "kind", *wanted), rule, tell) & _proof(row, rule, tell)
    for key, kind in wanted.items():
        if key in row or not kind.endswith("?"):
            holds &= _kept(row.get(key), kind.rstrip("?"), rule, key, tell)
    return holds


def _kept(value: Any, kind: str, rule: str, key: str, tell: Tell) -> bool:
    if kind in ("ids", "words"):
        return texts(value, rule, key, tell)
    if kind == "number":
        return told(number_in(value) is not None, rule, f"{key} is {value!r}", 'write a number: "0.3"', tell)
    if kind == "pairs":
        return told(isinstance(value, dict), rule, f"{key} is no mapping", f"write `{key}: {{名称: id}}`", tell)
    return told(is_text(value), rule, f"{key} is {value!r}", "write one word", tell)


def _bound(row: Any, tell: Tell) -> bool:
    rule = _head(row, tell)
    if not rule:
        return False
    holds = keys(row, (*COMMON, *BOUND_KEYS), rule, tell) & _proof(row, rule, tell)
    holds &= choice(row.get("measure"), MEASURES, rule, "measure", tell)
    ranges = row.get("ranges")
    if not told(isinstance(ranges, dict) and bool(ranges), rule, "ranges is no mapping", "write {any: 0%—100%}", tell):
        return False
    for level, text in ranges.items():
        holds &= choice(level, PLACES, rule, "the level", tell)
        holds &= told(bool(RANGE.fullmatch(str(text))), rule, f"range {text!r}", "write 10亿元—6万亿元", tell)
    return holds


def compiled(raw: Raw, folders: Folders, problems: list[RuleError]) -> dict[str, Any]:
    """What the checks read: codes, bounds with figures for ranges, identities, levels, dimensions, rounding."""
    found = {stem: raw.get(f"checks/{stem}.yaml") or {} for stem in FILES}
    ids = {row["id"] for path, rows in raw.items() if path.startswith("lexicon/indicators/") for row in rows}
    table = found["identities"]
    identities = table.get("identities", []) if isinstance(table, dict) else []
    across = found["across"].get("across", []) if isinstance(found["across"], dict) else []
    kept = {}
    for stem, rows in (("bounds", found["bounds"]), ("identities", identities), ("across", across)):
        file, mine = folders.file(f"checks/{stem}.yaml"), folders.own is not None
        kept[stem] = [row for row in rows if _known(row, found["codes"], ids, file, problems, mine=mine)]
    return {
        "codes": found["codes"],
        "bounds": [_with_figures(row) for row in kept["bounds"]],
        "identities": [_with_known(row, raw) if row["kind"] == "repeat" else row for row in kept["identities"]],
        "across": kept["across"],
        "series": _ids_of(raw, found["across"].get("dimensions", ())),
        "levels": found["levels"] or {"nation": [], "tails": {}},
        "dimensions": found["dimensions"],
        "links": found["links"] or {"completions": [], "nation": []},
        "rounding": table.get("rounding", "0.5") if isinstance(table, dict) else "0.5",
    }


def _known(row: Row, codes: Any, ids: set[str], file: Path, problems: list[RuleError], *, mine: bool) -> bool:
    """Whether a check names codes and indicators that there are; one whose indicator the user removed goes with it."""
    if row["code"] not in codes:
        problems.append(RuleError(file, row["id"], f"unknown code {row['code']!r}", "add it to checks/codes.yaml"))
        return False
    named = list(row.get("indicators", ()))
    for key, kind in KINDS.get(row.get("kind", ""), {}).items():
        if kind.startswith("id") and key in row:
            named += row[key] if kind.startswith("ids") else [row[key]]
    unknown = [name for name in named if name not in ids]
    if not mine:
        for name in unknown:
            hint = "name an id of lexicon/indicators"
            problems.append(RuleError(file, row["id"], f"unknown indicator {name!r}", hint))
    return not unknown


def _with_known(row: Row, raw: Raw) -> Row:
    """A rule of repeats with the ids that it speaks of: the catalogue's of its dimensions, but for `not`."""
    return {**row, "known": _ids_of(raw, row["dimensions"]) - set(row["not"])}


def _ids_of(raw: Raw, dimensions: Iterable[str]) -> set[str]:
    """The catalogue's indicators of some dimensions."""
    listed = (entry for path, rows in raw.items() if path.startswith("lexicon/indicators/") for entry in rows)
    return {entry["id"] for entry in listed if entry.get("dimension") in dimensions}


def _with_figures(row: Row) -> Row:
    ranges = {}
    for level, text in row["ranges"].items():
        low, high, more, most = RANGE.fullmatch(text).groups()  # type: ignore[union-attr]
        figures = (float(Decimal(n) * multiplier(m or "")) for n, m in ((low, high), (more, most)))
        ranges[level] = (*figures, text)
    empty: Row = {"indicators": [], "names": [], "not_names": [], "bases": []}
    return {**empty, **row, "ranges": ranges}
