"""What `rules list` and `rules show` print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from govextract.render.table import one_line, table

if TYPE_CHECKING:
    from govextract.rulebook import Pattern


def rule_lines(patterns: Iterable[Pattern]) -> list[str]:
    """One line a pattern: id, title, how many proofs it carries."""
    rows = [(p.id, p.title, str(len(p.examples)), str(len(p.rejects))) for p in patterns]
    return table([("id", "title", "examples", "rejects"), *rows], (32, 60, 8, 8), right={2, 3})


def rule_text(pattern: Pattern) -> str:
    """One pattern with its proof."""
    lines = [f"{pattern.id}  {pattern.title}", f"why: {pattern.why}", f"pattern: {pattern.source}"]
    lines.append(f"priority: {pattern.priority}")
    lines += ["examples:", *(f"  {one_line(example['text'])}" for example in pattern.examples)]
    lines += ["rejects:", *(f"  {one_line(r['text'])}  ({r['because']})" for r in pattern.rejects)]
    return "\n".join(lines)
