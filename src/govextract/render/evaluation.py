"""What `eval` prints: the misses asked for, the figures by group, causes and reliability; and what changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govextract.evaluate.causes import causes
from govextract.evaluate.score import Miss
from govextract.export.rows import plain_text
from govextract.render.report import BOUNDS, cells
from govextract.render.table import one_line, table

if TYPE_CHECKING:
    from govextract.evaluate import Evaluation
    from govextract.evaluate.changes import Changes
    from govextract.evaluate.gold import GoldRecord


def evaluation_text(evaluation: Evaluation, misses: int = 0) -> str:
    """The first misses; precision, recall and F1 by level, field, measure and genre; causes, reliability, reports."""
    total = evaluation.total
    lines = [line for miss in total.misses[:misses] for line in _miss_lines(miss)]
    for kind, groups in evaluation.groups.items():
        rows: list[tuple[str, ...]] = [(kind, "precision", "recall", "F1", "95 %", "right/given/wanted")]
        for name, (count, interval) in groups.items():
            between = f"{interval[0]:.3f}–{interval[1]:.3f}" if interval else ""
            shares = (f"{x:.3f}" for x in (count.precision, count.recall, count.f1))
            rows.append((name, *shares, between, f"{count.right}/{count.given}/{count.wanted}"))
        lines += [*table(rows, (24, 9, 9, 9, 13, 30), right={1, 2, 3}), ""]
    found = causes(total.misses)
    if found:
        rows = [("cause", "misses", "for example")]
        rows += [(name, str(len(group)), _example(group[0])) for name, group in found.items()]
        lines += [*table(rows, (24, 6, 70), right={1}), ""]
    rows = [("confidence", "records", "on average", "right")]
    for each in evaluation.reliability():
        bounds = f"{each.low:.2f}–{min(each.high, 1):.2f}"
        rows.append((bounds, str(each.count), f"{each.confidence:.3f}", f"{each.right:.3f}"))
    lines += [*table(rows, (24, 9, 10, 9), right={1, 2, 3}), ""]
    reports: list[tuple[str, ...]] = [("report", "core", "strict", "full", "panel")]
    for name, report in evaluation.reports.items():
        reports.append((name, *(f"{report.counts[k].f1:.3f}" for k in ("core", "strict", "full", "panel"))))
    lines += [*table(reports, (48, 9, 9, 9, 9), right={1, 2, 3, 4}), ""]
    wrong = ", ".join(f"{name} {n}" for name, n in total.wrong_fields.most_common())
    ordering = evaluation.ordering()
    sorts = "" if ordering is None else f"; a wrong record has less confidence than a right one in {ordering:.2f}"
    return "\n".join([*lines, f"wrong fields: {wrong or 'none'}{sorts}"])


def changes_text(found: Changes) -> str:
    """F1 before and after where it changed, and the records that became right or wrong."""
    rows: list[tuple[str, ...]] = [("", "before", "after", "change")]
    for kind, name, before, after in found.figures:
        if before != after or kind == "level":
            rows.append((f"{kind} {name}", f"{before:.4f}", f"{after:.4f}", f"{after - before:+.4f}"))
    lines = [*table(rows, (36, 9, 9, 9), right={1, 2, 3}), ""]
    for title, each in (("now right", found.mended), ("now wrong", found.broken)):
        lines += [f"{title}: {len(each)}", *(f"   {one_line(where)}" for where in each)]
    return "\n".join(lines)


def _example(miss: Miss) -> str:
    wanted = miss.gold.indicators[0] if miss.gold is not None else ""
    given = miss.record.indicator if miss.record is not None else ""
    if wanted and given and wanted != given:
        return f"{given} for {wanted}"
    return f"{wanted or given}: {', '.join(miss.fields)}".rstrip(": ")


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
