"""From a path or bytes to a Document: encodings, and where and when the report belongs.

`Document.text` is the decoded text with universal newlines and without a byte-order mark: what
`open(path, encoding=…).read()` gives. Every span in every output points into it.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from govextract.errors import ReadError
from govextract.model import Document, Period

ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16")
# Characters of every Chinese page; their share tells a right decoding from a wrong one that happens not to fail.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要年月日万亿元增长全市省区县工作发展建设经济社会政府会，。、：；的國會發經濟業萬億長"
)
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_document(
    path: Path,
    *,
    region: str | None = None,
    date: str | None = None,
    period: str | None = None,
) -> Document:
    """Read a report; a sidecar NAME.meta.json and the options come before what the text says.

    Raises ReadError: missing, a folder, empty, binary, undecodable, a broken sidecar, a bad option.
    """
    text, encoding, digest = read_text(path)
    meta = _sidecar(path)
    for key, value in (("region", region), ("date", date), ("period", period)):
        if value:
            meta[key] = value
    return make_document(text, name=stem(path), encoding=encoding, sha256=digest, meta=meta, source=str(path))


def stem(path: Path) -> str:
    """The report's name: the file name without .txt, .md …; a second suffix (x.gb18030.txt) stays."""
    return path.stem


def make_document(
    text: str,
    *,
    name: str = "text",
    encoding: str = "utf-8",
    sha256: str = "",
    meta: dict[str, Any] | None = None,
    source: str = "-",
) -> Document:
    """A Document from text and metadata already at hand."""
    meta = meta or {}
    return Document(
        name=name,
        text=text,
        title=meta.get("title"),
        issuer=meta.get("issuer"),
        region=meta.get("region"),
        date=_date(meta.get("date"), source),
        genre=meta.get("genre"),
        period=_period(meta.get("period"), source),
        sha256=sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        encoding=encoding,
    )


def read_text(path: Path) -> tuple[str, str, str]:
    """The decoded text, its encoding and the sha256 of the file's bytes."""
    try:
        if path.is_dir():
            raise ReadError(path, "is a folder, not a report", "name the files in it")
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(path, "no such file") from None
    except OSError as error:
        raise ReadError(path, f"cannot be read: {error.strerror}") from None
    if not data.strip():
        raise ReadError(path, "is empty")
    text, encoding = decode(data, path)
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding, hashlib.sha256(data).hexdigest()


def decode(data: bytes, path: Path | str = "-") -> tuple[str, str]:
    """The text of *data* and the encoding that read it: a BOM decides, then strict UTF-8, then the likeliest."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeDecodeError:
                raise ReadError(path, f"begins with a {encoding} byte-order mark but is not {encoding}") from None
    wide = _wide(data)
    if wide:
        return data.decode(wide), wide
    try:
        return _checked(data.decode("utf-8"), path), "utf-8"
    except UnicodeDecodeError:
        pass
    best = max(
        ((score, encoding) for encoding in ("gb18030", "big5hkscs") if (score := _score(data, encoding)) > 0),
        default=None,
    )
    if best is None or best[0] < 0.02:
        raise ReadError(path, "is binary, or in an encoding that is not known here", "tried: " + ", ".join(ENCODINGS))
    return _checked(data.decode(best[1]), path), best[1]


def _wide(data: bytes) -> str:
    """UTF-16 without a byte-order mark: NULs, or common characters, on one side of each pair only."""
    if len(data) % 2:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data[:20000].decode(encoding)
        except UnicodeDecodeError:
            continue
        if text and sum(c in COMMON or c.isdigit() for c in text) / len(text) > 0.15:
            return encoding
    return ""


def _score(data: bytes, encoding: str) -> float:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    wide = [c for c in text if c > "\x7f"]
    return sum(c in COMMON for c in wide) / len(wide) if wide else -1.0


def _checked(text: str, path: Path | str) -> str:
    control = sum(c < " " and c not in "\t\n\r\f\v" for c in text)
    if control > 20 and control > len(text) * 0.05:
        raise ReadError(path, "is binary, not text", "tried: " + ", ".join(ENCODINGS))
    return text


def _sidecar(path: Path) -> dict[str, Any]:
    side = path.with_name(path.stem + ".meta.json")
    if not side.is_file():
        return {}
    try:
        meta = json.loads(side.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(side, f"is no JSON: {error}", "keys: region, date, issuer, title, genre, period") from None
    if isinstance(meta, dict):
        for key in ("region", "issuer", "title", "genre", "date"):
            if not isinstance(meta.get(key) or "", str):
                raise ReadError(side, f"{key} must be text, not {meta[key]!r}")
    if not isinstance(meta, dict):
        raise ReadError(side, "must hold one JSON object", "keys: region, date, issuer, title, genre, period")
    return dict(meta)


def _date(value: Any, source: str) -> str | None:
    if not value:
        return None
    found = re.fullmatch(r"((?:19|20)\d\d)(?:-(\d{1,2})(?:-(\d{1,2}))?)?", str(value))
    if not found:
        raise ReadError(source, f"date {value!r} is not understood", "write it as 2024-07-29")
    text = f"{found[1]}-{int(found[2] or 1):02}-{int(found[3] or 1):02}"
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ReadError(source, f"date {value!r} is no day of the calendar", "write it as 2024-07-29") from None
    return text


def _period(value: Any, source: str) -> Period | None:
    """A period given from outside: [start, end] or 'start/end' or a bare year."""
    if not value:
        return None
    parts = value if isinstance(value, list) else str(value).split("/")
    if len(parts) == 1 and re.fullmatch(r"(?:19|20)\d\d", str(parts[0])):
        return Period(text=str(parts[0]), start=f"{parts[0]}-01-01", end=f"{parts[0]}-12-31")
    if len(parts) == 2 and all(re.fullmatch(r"\d{4}-\d\d-\d\d", str(part)) for part in parts) and parts[0] <= parts[1]:
        return Period(text="/".join(parts), start=parts[0], end=parts[1])
    raise ReadError(source, f"period {value!r} is not understood", "write it as 2024 or 2024-01-01/2024-06-30")
