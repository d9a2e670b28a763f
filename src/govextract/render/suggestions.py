"""Suggested rules as text: the correction, what would make it, and what else would change."""

from __future__ import annotations

from collections.abc import Sequence

from govextract.export.rows import plain_text
from govextract.render.ruletools import diff_text
from govextract.render.table import one_line
from govextract.review.decisions import Fields
from govextract.rulebook import yaml_text
from govextract.suggest import Suggestion

SHOWN = 30  # lines of what else would change


def suggestions_text(found: Sequence[Suggestion]) -> str:
    """Every correction with its suggestion, then how many there are."""
    lines: list[str] = []
    for suggestion in found:
        decision = suggestion.decision
        wanted = _told(decision.right) if decision.right else "no record"
        lines.append(f"{decision.document}: {one_line(decision.sentence)}")
        lines.append(f"  {_told(decision.before) if decision.before else decision.mention} → {wanted}")
        if suggestion.candidate is not None:
            lines.append(f"  {suggestion.candidate.kind}: {suggestion.candidate.says}")
            text = yaml_text(suggestion.candidate.content)
            lines += [f"    # {suggestion.candidate.path}", *(f"    {line}" for line in text.splitlines())]
            if suggestion.changes is not None:
                told = diff_text(suggestion.changes).splitlines()
                lines += [f"    {line}" for line in told[:SHOWN]]
                lines += [f"    … {len(told) - SHOWN} lines more"] if len(told) > SHOWN else []
        else:
            lines.append("  is read so already" if suggestion.right else "  nothing was found that makes it")
        lines.append("")
    made = sum(suggestion.candidate is not None for suggestion in found)
    right = sum(suggestion.right for suggestion in found)
    return "\n".join([*lines, f"{len(found)} corrections: {made} with a suggestion, {right} read so already"])


def _told(fields: Fields) -> str:
    value = "" if fields.value is None else plain_text(fields.value)
    return " | ".join(filter(None, (fields.indicator, fields.measure, f"{value} {fields.unit or ''}".strip())))
