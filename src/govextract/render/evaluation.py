"""What `eval` prints: the misses asked for, then the figures by level, by measure and by report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govextract.evaluate.score import LEVELS, Miss
from govextract.export.rows import plain_text
from govextract.render.report import BOUNDS, cells
from govextract.render.table import one_line, table

if TYPE_CHECKING:
    from govextract.evaluate import Evaluation
    from govextract.evaluate.gold import GoldRecord


def evaluation_text(evaluation: Evaluation, misses: int = 0) -> str:
    """Precision, recall and F1 by level, then by measure and by report, after the first misses."""
    total = evaluation.total
    lines = [line for miss in total.misses[:misses] for line in _miss_lines(miss)]
    levels: list[tuple[str, ...]] = [("level", "precision", "recall", "F1", "95 %", "right/given/wanted")]
    for level in LEVELS:
        count, interval = total.counts[level], evaluation.interval(level)
        between = f"{interval[0]:.3f}–{interval[1]:.3f}" if interval else ""
        shares = (f"{x:.3f}" for x in (count.precision, count.recall, count.f1))
        levels.append((level, *shares, between, f"{count.right}/{count.given}/{count.wanted}"))
    lines += [*table(levels, (12, 9, 9, 9, 13, 30), right={1, 2, 3}), ""]
    measures: list[tuple[str, ...]] = [("measure", "wanted", "core", "strict", "panel")]
    for name, counts in sorted(total.measures.items(), key=lambda item: -item[1]["wanted"]):
        shares = (f"{counts[level] / counts['wanted']:.3f}" for level in ("core", "strict", "panel"))
        measures.append((name, str(counts["wanted"]), *shares))
    lines += [*table(measures, (14, 9, 9, 9, 9), right={1, 2, 3, 4}), ""]
    reports: list[tuple[str, ...]] = [("report", "core", "strict", "full", "panel")]
    for name, report in evaluation.reports.items():
        reports.append((name, *(f"{report.counts[k].f1:.3f}" for k in ("core", "strict", "full", "panel"))))
    lines += [*table(reports, (48, 9, 9, 9, 9), right={1, 2, 3, 4}), ""]
    wrong = ", ".join(f"{name} {n}" for name, n in total.wrong_fields.most_common())
    right = f"{total.regions.right}/{total.regions.wanted}"
    return "\n".join([*lines, f"wrong fields: {wrong or 'none'}; region right: {right}"])


def _miss_lines(miss: Miss) -> list[str]:
    lines = [f"{miss.document}: {miss.kind} {', '.join(miss.fields)}".rstrip()]
    if miss.gold is not None:
        lines.append("   gold  " + _gold_line(miss.gold))
    if miss.record is not None:
        lines.append(f"   got   {' | '.join(part or '-' for part in cells(miss.record))}  [{miss.record.rule}]")
    return lines


def _gold_line(gold: GoldRecord) -> str:
    value = "" if gold.value is None else BOUNDS[gold.bounds[0]] + plain_text(gold.value)
    period = "/".join(gold.periods[0]) if gold.periods else "-"
    measure = f"{gold.measures[0]} {gold.bases[0]}" if gold.bases[0] else gold.measures[0]
    comparison = "；".join(f"{c.relation}{c.object}{c.value or ''}{c.unit or ''}" for c in gold.comparisons[0])
    parts = (gold.indicators[0], value, gold.units[0] or "", period, measure, comparison)
    return f"{' | '.join(part or '-' for part in parts)}  « {one_line(gold.quote)} »"
