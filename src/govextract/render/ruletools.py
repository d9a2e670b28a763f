"""What `rules lint`, `rules stats` and `rules diff` print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from govextract.counting import several
from govextract.render.report import cells
from govextract.render.table import one_line, table

if TYPE_CHECKING:
    from govextract.rulediff import Change, Difference
    from govextract.rulelint import Finding
    from govextract.rulestats import RuleCount, Statistics

SHOWN = 12  # unused words of a type


def lint_text(findings: Sequence[Finding]) -> str:
    """Every finding with what to do, then how many of each level."""
    lines = []
    for f in findings:
        lines.append(one_line(f"{f.level} {f.code}: {f.file}: {f.rule}: {f.message}"))
        lines.append("  → " + one_line(f.hint))
    counts = Counter(f.level for f in findings)
    told = ", ".join(f"{n} {level}{'s' if n != 1 else ''}" for level, n in counts.items())
    return "\n".join([*lines, told or "nothing to mend"])


def statistics_text(statistics: Statistics) -> str:
    """A table of the patterns, then those that fire too rarely and the words that stand in no report."""
    rows: list[tuple[str, ...]] = [("pattern", "fired", "reports", "right", "judged", "share")]
    rows += [_row(rule) for rule in sorted(statistics.rules, key=lambda rule: -rule.fired)]
    lines = table(rows, (32, 8, 8, 8, 8, 6), right={1, 2, 3, 4, 5})
    lines += ["", f"{several(statistics.documents, 'report')}, {statistics.with_gold} with gold"]
    lines.append("in fewer than two reports: " + (", ".join(statistics.rare) or "none"))
    for kind, words in statistics.unused.items():
        if words:
            more = f" … {len(words) - SHOWN} more" if len(words) > SHOWN else ""
            of = f"{len(words)} of {statistics.words[kind]}"
            lines.append(one_line(f"unused {kind} ({of}): {' '.join(words[:SHOWN])}{more}"))
    return "\n".join(lines)


def _row(rule: RuleCount) -> tuple[str, ...]:
    share = f"{rule.right / rule.judged:.3f}" if rule.judged else ""
    judged = (str(rule.right), str(rule.judged)) if rule.judged else ("", "")
    return rule.id, str(rule.fired), str(rule.documents), *judged, share


def diff_text(difference: Difference) -> str:
    """The changes by report and sentence, then how many of each kind."""
    lines: list[str] = []
    document = sentence = ""
    for change in difference.changes:
        if change.document != document:
            lines += [*([""] if lines else []), one_line(change.document)]
            document, sentence = change.document, ""
        if change.record.sentence != sentence:
            sentence = change.record.sentence
            lines.append("  " + one_line(sentence))
        lines.append("    " + one_line(_change(change)))
    touched = len({change.document for change in difference.changes})
    counts = ", ".join(f"{difference.count(kind)} {kind}" for kind in ("added", "removed", "changed"))
    lines += [""] if lines else []
    return "\n".join(
        [*lines, f"{counts}, {difference.same} the same; {touched} of {several(difference.documents, 'report')}"]
    )


def _change(change: Change) -> str:
    if change.fields and change.old is not None:
        told = "; ".join(f"{name} {old} → {new}" for name, old, new in change.fields)
        return f"~ {' | '.join(filter(None, cells(change.old)[:3]))}: {told}"
    sign = "+" if change.kind == "added" else "-"
    return f"{sign} {' | '.join(part or '-' for part in cells(change.record))}  [{change.record.rule}]"
