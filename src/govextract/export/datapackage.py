"""The datapackage.json (Frictionless) of a folder of CSV: what each file and each column is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from govextract.export.files import encoded, write_whole
from govextract.export.rows import COLUMNS, COMPARISON_COLUMNS, TABLES, Columns, heads

FILE_NAME = "datapackage.json"


def describe(folder: Path, stems: Iterable[str], lang: str = "en") -> Path:
    """Describe the tables of each stem (STEM.csv, STEM.comparisons.csv …); what is said of other files stays."""
    path = folder / FILE_NAME
    fresh = {resource["path"]: resource for stem in stems for resource in _resources(stem, lang)}
    kept = {r["path"]: r for r in _described(path) if (folder / r["path"]).is_file()}
    resources = kept | fresh
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "govextract",
        "title": "Figures from government reports",
        "resources": [resources[name] for name in sorted(resources)],
    }
    return write_whole(path, encoded(json.dumps(package, ensure_ascii=False, indent=1) + "\n"))


def _described(path: Path) -> list[dict[str, Any]]:
    """The resources that an earlier run listed; none where there is no readable package."""
    try:
        return [r for r in json.loads(path.read_bytes())["resources"] if isinstance(r["path"], str)]
    except (OSError, ValueError, LookupError, TypeError):
        return []


def _resources(stem: str, lang: str) -> Iterable[dict[str, Any]]:
    id_head, link_head = heads(COLUMNS, lang)[0], heads(COMPARISON_COLUMNS, lang)[0]
    link = {"fields": [link_head], "reference": {"resource": stem, "fields": [id_head]}}
    keys: dict[str, dict[str, Any]] = {"": {"primaryKey": [id_head]}, ".comparisons": {"foreignKeys": [link]}}
    for ending, (columns, _) in TABLES.items():
        yield _resource(f"{stem}{ending}", columns, lang, keys.get(ending, {}))


def _resource(name: str, columns: Columns, lang: str, keys: dict[str, Any]) -> dict[str, Any]:
    kinds = (kind for _, kind in columns.values())
    fields = [{"name": head, "type": kind} for head, kind in zip(heads(columns, lang), kinds, strict=True)]
    return {
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, **keys},
    }
