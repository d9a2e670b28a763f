"""The datapackage.json (Frictionless) of a folder of outputs: what each file and each column is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from govextract.export.files import encoded, write_whole
from govextract.export.rows import COLUMNS, COMPARISON_COLUMNS, TABLES, heads

FILE_NAME = "datapackage.json"
NAME = "govextract"  # of the package
TEXT = "txt"


def format_module(format: str) -> ModuleType:
    """The module of a format that is known to be one."""
    return import_module(f"govextract.export.{format}")


def file_names(stem: str, format: str) -> list[str]:
    """The names of the files that *format* makes of a report."""
    module = format_module(format)
    return [f"{stem}{ending}.{getattr(module, 'SUFFIX', format)}" for ending in getattr(module, "ENDINGS", ("",))]


def with_text(formats: Iterable[str]) -> list[str]:
    """The formats that are written into a folder: the text goes with all others, and first."""
    return list(dict.fromkeys((TEXT, *formats)))


def describe(
    folder: Path, stems: Iterable[str], formats: Sequence[str], lang: str = "en", inputs: Iterable[Path] = ()
) -> Path:
    """Describe what each format made of each stem (STEM.csv, STEM.parquet …); what is said of other files stays.

    *inputs* are the reports: a text that is one of them, in the folder itself, is no output.
    """
    path = folder / FILE_NAME
    fresh = {r["path"]: r for stem in stems for format in with_text(formats) for r in _resources(stem, format, lang)}
    reports = {report.resolve() for report in inputs}
    for name in [name for name, resource in fresh.items() if resource["format"] == TEXT]:
        if not (folder / name).is_file() or (folder / name).resolve() in reports:
            del fresh[name]
    kept = {r["path"]: r for r in _described(path) if (folder / r["path"]).is_file()}
    resources = kept | fresh
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": NAME,
        "title": "Figures from government reports",
        "resources": [resources[name] for name in sorted(resources)],
    }
    return write_whole(path, encoded(json.dumps(package, ensure_ascii=False, indent=1) + "\n"))


def described(folder: Path) -> set[str]:
    """The names of the files in *folder* that an earlier run wrote there."""
    return {r["path"] for r in _described(folder / FILE_NAME)}


def describe_many(folder: Path, names: Sequence[str], formats: Sequence[str], lang: str = "en") -> Path:
    """Describe what each format made of each of *names* below *folder*: all files of one kind are one resource, which
    has many paths, so that a hundred thousand reports are as many tables as one.
    """
    by_kind: dict[str, dict[str, Any]] = {}
    for format in with_text(formats) if names else ():
        suffix = "" if format == "csv" else f".{format}"
        for resource in _resources("", format, lang):
            ending = resource["path"]
            kind = resource["name"].removesuffix(suffix).removeprefix(".")
            resource["name"] = (kind or "records") + suffix
            resource["path"] = [f"{name}{ending}" for name in names]
            _between_documents(resource, suffix, lang)
            by_kind[resource["name"]] = resource
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "govextract",
        "title": "Figures from government reports",
        "resources": [by_kind[name] for name in sorted(by_kind)],
    }
    return write_whole(folder / FILE_NAME, encoded(json.dumps(package, ensure_ascii=False, indent=1) + "\n"))


def _between_documents(resource: dict[str, Any], suffix: str, lang: str) -> None:
    """The keys of a table of many reports: a record's id is its own in its report; two files may hold the same."""
    schema = resource.get("schema", {})
    id_head, name_head = heads(COLUMNS, lang)[:2]
    if "primaryKey" in schema:
        schema["primaryKey"] = [name_head, id_head]
    if "foreignKeys" in schema:
        link_head = heads(COMPARISON_COLUMNS, lang)[0]
        reference = {"resource": f"records{suffix}", "fields": [name_head, id_head]}
        schema["foreignKeys"] = [{"fields": [name_head, link_head], "reference": reference}]


def _described(path: Path) -> list[dict[str, Any]]:
    """The resources that an earlier run listed; none where there is no readable package of ours."""
    try:
        package = json.loads(path.read_bytes())
        return [r for r in package["resources"] if package["name"] == NAME and isinstance(r["path"], str)]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return []


def _resources(stem: str, format: str, lang: str) -> Iterable[dict[str, Any]]:
    id_head, link_head = heads(COLUMNS, lang)[0], heads(COMPARISON_COLUMNS, lang)[0]
    suffix = "" if format == "csv" else f".{format}"  # of a resource's name: one report may be there in many formats
    link = {"fields": [link_head], "reference": {"resource": f"{stem}{suffix}", "fields": [id_head]}}
    keys: dict[str, dict[str, Any]] = {"": {"primaryKey": [id_head]}, ".comparisons": {"foreignKeys": [link]}}
    if not hasattr(format_module(format), "ENDINGS"):
        yield _resource(f"{stem}{suffix}", file_names(stem, format)[0], format)
        return
    for path, (ending, (columns, _)) in zip(file_names(stem, format), TABLES.items(), strict=True):
        kinds = (kind for _, kind in columns.values())
        fields = [{"name": head, "type": kind} for head, kind in zip(heads(columns, lang), kinds, strict=True)]
        schema = {"schema": {"fields": fields, **keys.get(ending, {})}}
        yield _resource(f"{stem}{ending}{suffix}", path, format) | schema


def _resource(name: str, path: str, format: str) -> dict[str, Any]:
    module = format_module(format)
    encoding = {"encoding": "utf-8"} if hasattr(module, "text") else {}
    kind = {} if format == "csv" else {"type": "file"}  # only CSV is read by what reads a package
    return {
        "name": name,
        **kind,
        "path": path,
        "format": path.rpartition(".")[2],
        "mediatype": module.MEDIA_TYPE,
        **encoding,
    }
