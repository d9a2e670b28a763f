"""Small questions about what a rule file holds; what does not hold is told with what to change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

import regex

Row = dict[str, Any]
Tell = Callable[..., None]  # (rule, problem, what to change)


def is_text(value: Any) -> bool:
    """Whether *value* is one word or more: no list, no mapping, not empty."""
    return isinstance(value, str) and bool(value.strip())


def removal(row: Any) -> bool:
    return isinstance(row, dict) and row.get("disable") == "true" and all(is_text(value) for value in row.values())


def keys(row: Row, allowed: Iterable[str], rule: str, tell: Tell) -> bool:
    extra = [key for key in row if key not in (*allowed, "disable")]
    if extra:
        tell(rule, f"unknown key {', '.join(map(repr, extra))}", f"known: {', '.join(allowed)}")
    if "disable" in row and row["disable"] != "true":
        tell(rule, f"disable is {row['disable']!r}", "write `disable: true`, or leave it out")
    return not extra and row.get("disable", "true") == "true"


def texts(value: Any, rule: str, what: str, tell: Tell) -> bool:
    if isinstance(value, list) and all(is_text(item) or removal(item) for item in value):
        return True
    tell(rule, f"{what} is no list of words", f"write it as `{what}: [增长, 上升]`")
    return False


def choice(value: Any, allowed: Iterable[str], rule: str, what: str, tell: Tell) -> bool:
    if value in tuple(allowed):
        return True
    tell(rule, f"{what} is {value!r}", f"choose one of: {', '.join(allowed)}")
    return False


def number_in(value: Any) -> Decimal | None:
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def is_regex(pattern: Any, rule: str, tell: Tell, module: Any = regex) -> bool:
    if not is_text(pattern):
        tell(rule, f"pattern is {pattern!r}", "write a regular expression in single quotes")
        return False
    try:
        module.compile(pattern)
    except (module.error, OverflowError, RecursionError) as error:
        tell(rule, f"is no regular expression: {error}", f"see the pattern {pattern!r}; a literal bracket is \\( or （")
        return False
    return True


def entries(content: Any, tell: Tell, good: Callable[[Any, Tell], bool]) -> list[Any] | None:
    if not isinstance(content, list):
        tell("-", "is no list of entries", "begin every entry with `- `")
        return None
    return once([row for row in content if removal(row) or good(row, tell)], "id", tell)


def once(rows: list[Any], key: str, tell: Tell) -> list[Any]:
    """*rows*, of which a second one of the same *key* is told."""
    seen: set[str] = set()
    for row in rows:
        name = row.get(key, "") if isinstance(row, dict) else ""
        if name and name in seen:
            tell(name, f"this {key} stands twice", "write it once")
        seen.add(name)
    return rows


def is_mapping(content: Any, tell: Tell, hint: str) -> bool:
    if isinstance(content, dict):
        return True
    tell("-", "is no mapping", hint)
    return False


def told(holds: bool, rule: str, problem: str, hint: str, tell: Tell) -> bool:
    if not holds:
        tell(rule, problem, hint)
    return holds
