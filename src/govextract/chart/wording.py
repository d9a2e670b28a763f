"""The words and numbers on a picture, in Chinese or English: periods, units, scales, printed values."""

from __future__ import annotations

import calendar
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

SIGNS = {"about": "≈", "at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}


@cache
def words(lang: str) -> dict[str, Any]:
    """The texts of *lang* (zh or en)."""
    content: dict[str, Any] = json.loads(Path(__file__).with_name("texts.json").read_text("utf-8"))[lang]
    return content


def scale_of(highest: float, unit: str, lang: str) -> tuple[float, str]:
    """What the values are divided by, and the unit that is left: 1.3e13 元 → (1e12, 万亿元)."""
    name = words(lang)["units"].get(unit, unit)
    if unit and unit not in words(lang)["unscaled"]:
        for factor, word in words(lang)["scales"]:
            if abs(highest) >= factor:
                return float(factor), f"{word}{name}" if lang == "zh" else f"{word} {name}".rstrip()
    return 1.0, name


def number(value: float) -> str:
    """A value as printed: thousands apart, a true minus, no float noise, four digits or all whole ones."""
    size = abs(value)
    digits = sum(size < limit for limit in (1000, 100, 10, 1))
    text = f"{value:,.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if value and not float(text.replace(",", "")):
        text = f"{value:.3g}"
    return text.replace("-", "\N{MINUS SIGN}") if float(text.replace(",", "")) else "0"


def months(start: str, end: str) -> int:
    """How long a period is, in months; 0 for a day, -1 for a stretch that is not of whole months."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if first == last:
        return 0
    if first.day != 1 or last.day != calendar.monthrange(last.year, last.month)[1]:
        return -1
    return (last.year - first.year) * 12 + last.month - first.month + 1


def period_text(start: str, end: str, lang: str) -> str:
    """A period as a reader would say it: 2024, 2024 H1, 2024 Q3, 2024-06."""
    forms = words(lang)["period"]
    first, last, length = date.fromisoformat(start), date.fromisoformat(end), months(start, end)
    said: dict[str, Any] = {
        "y": first.year,
        "z": last.year,
        "a": first.month,
        "b": last.month,
        "start": start,
        "end": end,
    }
    if length == 0:
        form = forms["day"]
    elif length == -1:
        form = forms["other"]
    elif length % 12 == 0 and first.month == 1:
        form = forms["year" if length == 12 else "years"]
    elif first.year != last.year:
        form = forms["other"]
    elif length == 6 and first.month in (1, 7):
        form = forms["half"][first.month // 7]
    elif length == 3 and first.month % 3 == 1:
        form = forms["quarter"]
        said["q"] = last.month // 3
    else:
        form = forms["month" if length == 1 else "months"]
    text: str = form.format(**said)
    return text
