"""Tables of text whose columns stand straight under wide characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

NOT_SHOWN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # categories of characters that break lines or drive terminals


def table(rows: Sequence[Sequence[str]], widest: Sequence[int], right: Collection[int] = ()) -> list[str]:
    """Rows of text as aligned lines, the first row ruled off.

    *widest* is the most columns of the terminal that each cell may take; *right* names the numbers' columns.
    """
    cut = [[shorten(one_line(c), most) for c, most in zip(row, widest, strict=True)] for row in rows]
    widths = [max(width(row[i]) for row in cut) for i in range(len(rows[0]))]
    lines = []
    for row in cut:
        cells = (_pad(row[i], widths[i], i in right) for i in range(len(widths)))
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("─" * size for size in widths))
    return lines


def width(text: str) -> int:
    """How many terminal columns a text takes: two for a wide character, none for a combining one."""
    return sum(map(_columns, text))


def shorten(text: str, limit: int) -> str:
    """The text, cut to *limit* columns where it is wider."""
    if width(text) <= limit:
        return text
    kept, used = [], 1
    for character in text:
        used += _columns(character)
        if used > limit:
            break
        kept.append(character)
    return "".join(kept) + "…"


def one_line(text: str) -> str:
    """Text that cannot break a line or drive the terminal: control and format characters become blanks."""
    return "".join(" " if unicodedata.category(c) in NOT_SHOWN else c for c in text).strip()


def _columns(character: str) -> int:
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me") else 1


def _pad(cell: str, size: int, right: bool) -> str:
    blanks = " " * (size - width(cell))
    return blanks + cell if right else cell + blanks
