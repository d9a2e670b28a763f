"""What is known of a report beside its text: options, a table for a whole folder, a sidecar, the file's own words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from govextract import stdre
from govextract.errors import ReadError
from govextract.model import Period
from govextract.read.text import decode, universal

WORDS = ("region", "issuer", "title", "genre", "date", "number")
KEYS = (*WORDS, "period")
# 云政发〔2024〕3号: who, which year, which one of the year
NUMBER = stdre.compile(r"[一-鿿]{1,12}[〔\[（(【［]\s*(?:19|20)\d\d\s*[〕\]）)】］]\s*第?\d{1,5}\s*号")
KNOWN = "keys: region, date, issuer, title, genre, period, number"


class MetaTable(NamedTuple):
    """The rows of a table of metadata, by the file that each is about: its name, or the end of its path."""

    rows: Mapping[tuple[str, ...], Mapping[str, str]]

    def of(self, path: PurePath) -> dict[str, str]:
        """What the table says of *path*: the row that names most of it; nothing where none does."""
        parts = path.parts
        for first in range(len(parts)):
            found = self.rows.get(parts[first:])
            if found is not None:
                return dict(found)
        return {}


def read_table(path: Path) -> MetaTable:
    """A table of metadata: CSV with a column `file` and any of region, date, issuer, title, genre, period, number.

    Raises ReadError: missing, no such column, a column of another name, a file that stands twice.
    """
    import csv
    import io

    try:
        text = universal(decode(path.read_bytes(), path)[0])
    except OSError as error:
        raise ReadError(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    reader = csv.DictReader(io.StringIO(text))
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    try:
        heads = [head.strip() for head in reader.fieldnames or ()]
        reader.fieldnames = heads
        unknown = sorted(set(heads) - {"file", *KEYS})
        if "file" not in heads or unknown:
            problem = "has no column `file`" if "file" not in heads else f"has a column {unknown[0]!r}"
            raise ReadError(path, problem, "columns: file, region, date, issuer, title, genre, period, number")
        for row in reader:
            name = (row.pop("file") or "").strip()
            where = f"{path} line {reader.line_num}"
            key = PurePath(name.replace("\\", "/")).parts
            if not key or None in row:
                raise ReadError(where, "names no file" if not key else "has more cells than the head")
            if key in rows:
                raise ReadError(where, f"{name} stands there twice")
            rows[key] = {word: cell.strip() for word, cell in row.items() if cell and cell.strip()}
            given_date(rows[key].get("date"), where)
            given_period(rows[key].get("period"), where)
    except csv.Error as error:
        raise ReadError(path, f"is no CSV: {error}") from None
    return MetaTable(rows)


def sidecar(path: Path) -> dict[str, Any]:
    """What NAME.meta.json beside a report says; nothing where there is none."""
    side = path.with_name(path.stem + ".meta.json")
    try:
        return from_json(side.read_bytes(), side) if side.is_file() else {}
    except OSError as error:
        raise ReadError(side, f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def from_json(data: bytes, side: Path | str) -> dict[str, Any]:
    """The content of a sidecar, checked."""
    try:
        meta = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ReadError(side, f"is no JSON: {error}", KNOWN) from None
    if not isinstance(meta, dict):
        raise ReadError(side, "must hold one JSON object", KNOWN)
    for key in WORDS:
        if not isinstance(meta.get(key) or "", str):
            raise ReadError(side, f"{key} must be text, not {meta[key]!r}")
    return dict(meta)


def given_date(value: Any, source: str) -> str | None:
    """A date that was given, as ISO; a month or a year is its first day."""
    if not value:
        return None
    found = stdre.fullmatch(r"((?:19|20)\d\d)(?:-(\d{1,2})(?:-(\d{1,2}))?)?", str(value))
    if not found:
        raise ReadError(source, f"date {value!r} is not understood", "write it as 2024-07-29")
    text = f"{found[1]}-{int(found[2] or 1):02}-{int(found[3] or 1):02}"
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ReadError(source, f"date {value!r} is no day of the calendar", "write it as 2024-07-29") from None
    return text


def found_date(text: str) -> str | None:
    """The day that a page gives as its own: 2024-01-26 10:08, 2024年1月26日, 2024/01/26T…; None where there is none."""
    found = stdre.match(r"\s*((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)", text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else None
    except ValueError:
        return None


def given_period(value: Any, source: str) -> Period | None:
    """A period given from outside: [start, end] or 'start/end' or a bare year."""
    if not value:
        return None
    parts = value if isinstance(value, list) else str(value).split("/")
    if len(parts) == 1 and stdre.fullmatch(r"(?:19|20)\d\d", str(parts[0])):
        return Period.made(text=str(parts[0]), start=f"{parts[0]}-01-01", end=f"{parts[0]}-12-31", inferred=False)
    if (
        len(parts) == 2
        and all(stdre.fullmatch(r"\d{4}-\d\d-\d\d", str(part)) for part in parts)
        and parts[0] <= parts[1]
    ):
        return Period.made(text="/".join(parts), start=parts[0], end=parts[1], inferred=False)
    raise ReadError(source, f"period {value!r} is not understood", "write it as 2024 or 2024-01-01/2024-06-30")
