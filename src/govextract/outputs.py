"""Extractions back from the files that `parse` wrote: NAME.json whole, NAME.jsonl without audit and issues.

The report's text is in neither: spans point into the report, which is not read again.
"""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from govextract.errors import ReadError
from govextract.model import SCHEMA_VERSION, Audit, Document, Extraction, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = (".json", ".jsonl")
OWNER = ("document", "document_sha256")


def read_output(path: Path) -> Iterator[Extraction]:
    """What a .json or .jsonl file of ours holds: one extraction a report.

    Raises ReadError: missing, no JSON, cut short, of another schema version, not of this shape.
    """
    try:
        content = path.read_text("utf-8")
    except OSError as error:
        raise ReadError(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise ReadError(path, "is no text in UTF-8", "name a file that govextract parse wrote") from None
    if path.suffix.lower() == ".json":
        yield _whole(_loaded(content, path, ""), path)
    else:
        yield from _lines(content, path)


def _whole(content: Any, path: Path) -> Extraction:
    if not isinstance(content, dict) or "schema_version" not in content:
        raise ReadError(path, "holds no extraction", "name a file that govextract parse wrote")
    if content["schema_version"] != SCHEMA_VERSION:
        problem = f"has schema version {content['schema_version']}, this govextract reads {SCHEMA_VERSION}"
        raise ReadError(path, problem, "parse the report anew")
    try:
        content["document"]["text"] = ""
        return Extraction.model_validate(content)
    except (ValidationError, TypeError, KeyError) as error:
        raise ReadError(path, f"is not of this shape: {_first(error)}", "parse the report anew") from None


def _lines(content: str, path: Path) -> Iterator[Extraction]:
    if content and not content.endswith("\n"):
        raise ReadError(path, f"is cut short in line {content.count(chr(10)) + 1}", "parse the report anew")
    numbered = enumerate(content.split("\n")[:-1], 1)
    rows: Iterator[tuple[int, Any]] = ((n, _loaded(line, path, f" in line {n}")) for n, line in numbered)
    for (name, digest), group in groupby(rows, lambda row: _owner(row[0], row[1], path)):
        records = tuple(_record(number, row, path) for number, row in group)
        audit = Audit(numbers=len(records), values=len(records), comparisons=0, ignored=0)
        yield Extraction(document=Document(name=name, text="", sha256=digest), records=records, audit=audit)


def _owner(number: int, row: Any, path: Path) -> tuple[str, str]:
    try:
        name, digest = itemgetter(*OWNER)(row)
        return str(name), str(digest)
    except (TypeError, KeyError):
        raise ReadError(path, f"holds no record in line {number}", "name a file that govextract parse wrote") from None


def _record(number: int, row: dict[str, Any], path: Path) -> Record:
    try:
        return Record.model_validate({key: value for key, value in row.items() if key not in OWNER})
    except ValidationError as error:
        problem = f"is not of this shape in line {number}: {_first(error)}"
        raise ReadError(path, problem, "parse the report anew") from None


def _loaded(text: str, path: Path, where: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise ReadError(path, f"is no whole JSON{where}", "it may be cut short; parse the report anew") from None


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        found = error.errors()[0]
        return f"{'.'.join(map(str, found['loc']))}: {found['msg'].lower()}"
    return "it names no document"
