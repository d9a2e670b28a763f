"""The tables of markdown: rows of cells between bars, with a row of dashes below the head."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govextract.model import Span, Table
from govextract.read.content import CELLS

RULE = re.compile(r"[ \t|:-]{3,2000}")
DASHES = re.compile(r"[ \t]*:?-{2,}:?[ \t]*")
BAR = re.compile(r"(?<!\\)\|")


def pipe_tables(text: str) -> tuple[Table, ...]:
    """The tables in *text*, which stays as it is: spans of cells without the blanks around them.

    A row that is shorter than its head ends in empty cells, a longer one is cut.
    """
    if "|" not in text:
        return ()
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]*", text)]
    lines = [line for at, line in enumerate(lines) if at == 0 or line[0] != lines[at - 1][1]]
    out: list[Table] = []
    at = 1
    while at < len(lines):
        head, rule = lines[at - 1], lines[at]
        if not _is_rule(text, *rule) or BAR.search(text, *head) is None:
            at += 1
            continue
        first = list(_cells(text, *head))
        rows = [first]
        at += 1
        while at < len(lines) and BAR.search(text, *lines[at]) is not None:
            rows.append(_fitted(list(_cells(text, *lines[at])), len(first)))
            at += 1
        if len(rows) > 1 and len(first) * len(rows) <= CELLS:
            out.append(Table.made(span=Span.made(start=head[0], end=lines[at - 1][1]), rows=tuple(map(tuple, rows))))
        at += 1
    return tuple(out)


def _is_rule(text: str, start: int, end: int) -> bool:
    """Whether a line is dashes between bars, one run a column."""
    if RULE.fullmatch(text, start, end) is None or "|" not in text[start:end]:
        return False
    return all(map(DASHES.fullmatch, text[start:end].strip().strip("|").split("|")))


def _cells(text: str, start: int, end: int) -> Iterator[Span]:
    """The cells of a line; bars at its ends only frame it."""
    line = text[start:end]
    lead = len(line) - len(line.lstrip())
    begin = start + lead + line.lstrip().startswith("|")
    stop = start + len(line.rstrip())
    stop -= stop > begin and text[stop - 1] == "|" and text[stop - 2] != "\\"
    at = begin
    for edge in [*(m.start() for m in BAR.finditer(text, begin, stop)), stop]:
        cell = text[at:edge]
        left = at + len(cell) - len(cell.lstrip())
        yield Span.made(start=left, end=max(left, at + len(cell.rstrip())))
        at = edge + 1


def _fitted(cells: list[Span], width: int) -> list[Span]:
    last = cells[-1].end
    return [*cells[:width], *[Span.made(start=last, end=last)] * (width - len(cells))]
