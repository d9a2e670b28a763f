"""Why a record is not as the gold has it: one cause a miss, the gravest that applies."""

from __future__ import annotations

from collections.abc import Iterable

from govextract.evaluate.score import SAME_INDICATOR, Miss

# From the gravest: a record counts under the first that holds.
CAUSES = (
    "missing", "spurious", "value or unit", "other name", "name too short", "name too long", "name differs a little",
    "measure", "period", "status", "basis", "bound", "value_max", "comparisons",
)  # fmt: skip


def cause_of(miss: Miss) -> str:
    """The cause of *miss*, one of CAUSES."""
    if miss.gold is None or miss.record is None:
        return miss.kind
    if "value/unit" in miss.fields:
        return "value or unit"
    named = next((name for name in miss.fields if name.startswith("indicator")), "")
    if named:
        mine = miss.record.indicator
        if any(mine in name for name in miss.gold.indicators):
            return "name too short"
        if any(name in mine for name in miss.gold.indicators):
            return "name too long"
        return "name differs a little" if float(named.partition("~")[2]) >= SAME_INDICATOR else "other name"
    return next(name for name in CAUSES if name in miss.fields)


def causes(misses: Iterable[Miss]) -> dict[str, list[Miss]]:
    """The misses by cause, the commonest first."""
    found: dict[str, list[Miss]] = {}
    for miss in misses:
        found.setdefault(cause_of(miss), []).append(miss)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), CAUSES.index(item[0]))))
