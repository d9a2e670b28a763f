"""A count and its noun, in English, for what people read."""

from __future__ import annotations


def several(count: int, noun: str) -> str:
    """*count* of a regular *noun*: 1 report, 2 reports, 0 reports."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
