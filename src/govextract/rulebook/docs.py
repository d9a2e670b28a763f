"""The tables of a rule folder's README, made from its files: patterns, words, indicators, units, names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from govextract.errors import RuleErrors
from govextract.rulebook.files import Raw, read_folder

BLOCK = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- /table -->)", re.DOTALL)


def with_tables(text: str, folder: Path) -> str:
    """*text* with every table between `<!-- table: NAME -->` and `<!-- /table -->` made anew from *folder*'s files.

    Raises RuleErrors where the folder cannot be read.
    """
    raw, _, problems = read_folder(folder)
    if problems:
        raise RuleErrors(problems)
    made = {name: rows(raw, folder) for name, rows in TABLES.items()}
    return BLOCK.sub(lambda found: f"{found[1]}{made.get(found[2], '')}{found[3]}", text)


def _patterns(raw: Raw, folder: Path) -> str:
    rows = [content for path, content in raw.items() if path.startswith("patterns/") and not content.get("disable")]
    rows.sort(key=lambda row: (-int(row.get("priority", "50")), row["id"]))
    made = [", ".join(f"{key}: {value}" for key, value in row["make"].items()) for row in rows]
    cells = [(f"`{r['id']}`", r["title"], r.get("priority", "50"), m) for r, m in zip(rows, made, strict=True)]
    return _table(("id", "title", "priority", "make"), cells)


def _words(raw: Raw, folder: Path) -> str:
    cells = [
        (f"`{Path(path).stem}`", str(len(content["words"])), _about(folder / path))
        for path, content in raw.items()
        if path.startswith("lexicon/words/")
    ]
    return _table(("type", "words", "what they are"), cells)


def _names(raw: Raw, folder: Path) -> str:
    paths = [path for path in raw if path.startswith("lexicon/names/")]
    return _table(("file", "what it holds"), [(f"`{Path(path).stem}`", _about(folder / path)) for path in paths])


def _indicators(raw: Raw, folder: Path) -> str:
    cells = []
    for path, rows in raw.items():
        if path.startswith("lexicon/indicators/"):
            surfaces = sum(1 + len(row.get("aliases") or ()) + len(row.get("also") or ()) for row in rows)
            cells.append((f"`{Path(path).stem}`", str(len(rows)), str(surfaces)))
    total = [str(sum(int(cell[place]) for cell in cells)) for place in (1, 2)]
    return _table(("family", "entries", "surfaces"), [*cells, ("together", *total)])


def _checks(raw: Raw, folder: Path) -> str:
    identities = raw.get("checks/identities.yaml", {}).get("identities", [])
    across = raw.get("checks/across.yaml", {}).get("across", [])
    rows = [(f"`{r['id']}`", r["kind"], r["code"], r["why"]) for r in (*identities, *across)]
    bounds = [(f"`{r['id']}`", "bound", r["code"], r["why"]) for r in raw.get("checks/bounds.yaml", [])]
    return _table(("check", "kind", "code", "why"), [*bounds, *rows])


def _codes(raw: Raw, folder: Path) -> str:
    codes = raw.get("checks/codes.yaml", {})
    return _table(("code", "severity", "says"), [(f"`{c}`", row["severity"], row["en"]) for c, row in codes.items()])


def _units(raw: Raw, folder: Path) -> str:
    cells = [
        (f"`{Path(path).stem}`", str(len(content["units"])), _some(content["units"]))
        for path, content in raw.items()
        if path.startswith("lexicon/units/")
    ]
    return _table(("file", "units", "such as"), cells)


TABLES = {
    "patterns": _patterns, "words": _words, "names": _names, "indicators": _indicators, "units": _units,
    "checks": _checks, "codes": _codes,
}  # fmt: skip


def _some(rows: list[dict[str, Any]]) -> str:
    return " ".join(row["symbol"] for row in rows[:8])


def _about(path: Path) -> str:
    """The first sentence of a file's comment lines."""
    lines = []
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    return re.split(r"(?<=\.) ", " ".join(lines), maxsplit=1)[0].removesuffix(".")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)
