"""What changed between two evaluations of the same gold: figures, and the records that became right or wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.errors import ReadError

if TYPE_CHECKING:
    from govextract.evaluate import Evaluation


@dataclass(frozen=True)
class Changes:
    """F1 before and after, by kind and name; the records, as `report: where`, that changed their verdict."""

    figures: list[tuple[str, str, float, float]]
    mended: list[str]
    broken: list[str]


def load_figures(path: Path) -> dict[str, Any]:
    """What `eval --json` wrote. Raises ReadError."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ReadError(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:
        raise ReadError(path, f"is no JSON: {error}", "write it with: govextract eval GOLD_DIR --json") from error
    if not isinstance(found, dict) or not {"figures", "verdicts"} <= found.keys():
        raise ReadError(path, "holds no evaluation", "write it with: govextract eval GOLD_DIR --json")
    return found


def changes(before: dict[str, Any], after: Evaluation) -> Changes:
    """What changed from *before* (of load_figures) to *after*; a record that only one of them has is wrong there."""
    now = after.to_dict()
    old_figures, new_figures = before["figures"], now["figures"]
    assert isinstance(new_figures, dict)
    figures = [
        (kind, name, float(old_figures[kind][name]["f1"]), float(row["f1"]))
        for kind, rows in new_figures.items()
        for name, row in rows.items()
        if name in old_figures.get(kind, {})
    ]
    new_verdicts = now["verdicts"]
    assert isinstance(new_verdicts, dict)
    mended, broken = [], []
    for report, verdicts in new_verdicts.items():
        known = before["verdicts"].get(report, {})
        for where in {**verdicts, **known}:
            was, is_now = known.get(where), verdicts.get(where)
            if (is_now and was is False) or (is_now is None and was is False):
                mended.append(f"{report}: {where}")
            elif not is_now and was is not False:
                broken.append(f"{report}: {where}")
    return Changes(figures, mended, broken)
