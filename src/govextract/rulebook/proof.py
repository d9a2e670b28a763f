"""Whether a pattern file is whole: what it makes, and the examples and rejects that prove it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from govextract.rulebook import shapes

Tell = Callable[..., None]
KEYS = ("id", "title", "why", "priority", "pattern", "make", "examples", "rejects")
SEE = "see the comment lines of rules/patterns/growth.yaml"


def pattern_problems(stem: str, content: Any, tell: Tell) -> dict[str, Any] | None:
    """*content* where it is a whole pattern (or a removal), and None where something is wrong, which is told."""
    if not isinstance(content, dict):
        tell(stem, "is no mapping", SEE)
        return None
    told: list[str] = []

    def say(problem: str, hint: str = "") -> None:
        told.append(problem)
        tell(stem, problem, hint)

    if content.get("id", stem) != stem or "id" not in content:
        say(f"the id is {content.get('id')!r}", f"the id must be the file's name {stem!r}")
    if content.get("disable") == "true":
        return None if told else content
    unknown = [key for key in content if key not in (*KEYS, "disable")]
    if unknown:
        say(f"unknown key {', '.join(map(repr, unknown))}", f"known: {', '.join(KEYS)}")
    missing = [key for key in ("title", "why", "pattern", "make", "examples", "rejects") if not content.get(key)]
    if missing:
        say(f"lacks {', '.join(missing)}", "a pattern carries its own proof: examples and rejects")
    for key in ("title", "why", "pattern"):
        if not isinstance(content.get(key, ""), str):
            say(f"{key} is no text", f"write `{key}:` and the words in quotes")
    priority = content.get("priority", "50")
    if not isinstance(priority, str) or not re.fullmatch(r"-?\d{1,6}", priority):
        say(f"priority is {priority!r}", "write a whole number; a higher one wins")
    if content.get("make"):
        _make(content["make"], content.get("pattern"), say)
    _examples(content.get("examples") or [], say)
    _rejects(content.get("rejects") or [], say)
    return None if told else content


def sentence_problems(stem: str, content: Any, tell: Tell) -> list[Any] | None:
    """*content* where it is a list of sentences with the records that all rules together must make of them."""
    told: list[str] = []

    def say(problem: str, hint: str = "") -> None:
        told.append(problem)
        tell(stem, problem, hint)

    _examples(content or [], say)
    return None if told else content


def _make(make: Any, pattern: Any, say: Callable[..., None]) -> None:
    if not isinstance(make, dict) or not all(isinstance(value, str) for value in make.values()):
        say("make is no mapping of words", "write `make: {measure: growth}` or `make: {comparison: gap}`")
        return
    unknown = [key for key in make if key not in shapes.MAKE_KEYS]
    if unknown:
        say(f"make has unknown key {', '.join(map(repr, unknown))}", f"known: {', '.join(shapes.MAKE_KEYS)}")
    if ("measure" in make) == ("comparison" in make):
        say("make needs either measure or comparison", "write `make: {measure: growth}` or `make: {comparison: gap}`")
        return
    if "measure" in make and make["measure"] not in shapes.MEASURES:
        say(f"make: measure is {make['measure']!r}", f"choose one of: {', '.join(shapes.MEASURES)}")
    if "comparison" in make and make["comparison"] not in shapes.COMPARISONS:
        say(f"make: comparison is {make['comparison']!r}", f"choose one of: {', '.join(shapes.COMPARISONS)}")
    if make.get("noun", "optional") not in shapes.NOUNS:
        say(f"make: noun is {make['noun']!r}", f"choose one of: {', '.join(shapes.NOUNS)}")
    captures = re.findall(r":([a-z_]+)\}|\(\?P<([a-z_0-9]+)>", pattern) if isinstance(pattern, str) else []
    have = {name for pair in captures for name in pair}
    needed = set(shapes.MEASURES.get(make.get("measure", ""), ()))
    needed |= {"noun"} if make.get("noun") in ("required", "whole", "use") or make.get("subject") == "noun" else set()
    needed |= {"relation"} if "comparison" in make and "relation" not in make else set()
    lacks = sorted(needed - have)
    if lacks and isinstance(pattern, str):
        say(f"the pattern captures no {', '.join(lacks)}", f"name the mention: {{QTY[percent]:{lacks[0]}}}")


def _examples(rows: Any, say: Callable[..., None]) -> None:
    hint = "write `- text: 用电量增长5%。` and below it `records:` with a list of mappings"
    for row in rows if isinstance(rows, list) else [rows]:
        text = row.get("text") if isinstance(row, dict) else None
        records = row.get("records") if isinstance(row, dict) else None
        if not isinstance(text, str) or not text.strip() or not isinstance(records, list) or not records:
            say(f"an example needs text and records: {row!r}", hint)
        elif not all(_record(record) for record in records):
            say(f"the records of {text!r} are no list of mappings", hint)


def _record(record: Any) -> bool:
    """Whether an expected record's fields are text, and its comparisons mappings of text."""
    if not isinstance(record, dict) or not record:
        return False
    for key, value in record.items():
        if key == "comparisons":
            if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
                return False
        elif not isinstance(value, str) and key != "period":
            return False
    return True


def _rejects(rows: Any, say: Callable[..., None]) -> None:
    for row in rows if isinstance(rows, list) else [rows]:
        keys = ("text", "because")
        if not isinstance(row, dict) or any(not isinstance(row.get(k), str) or not row[k].strip() for k in keys):
            say(
                f"a reject needs text and because: {row!r}", "write `- text: 增长点多。` and below it `because: a noun`"
            )
