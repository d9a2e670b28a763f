"""From bytes to text: which encoding it is, as the bytes themselves tell."""

from __future__ import annotations

import re
from pathlib import Path

from govextract.errors import ReadError

ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16")
# Characters of every Chinese page; their share tells a right decoding from a wrong one that happens not to fail.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要年月日万亿元增长全市省区县工作发展建设经济社会政府会，。、：；的國會發經濟業萬億長"
)
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
BROKEN = 0.001  # the share of broken bytes that a page may hold
DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
HEAD = 4096  # bytes in which a page declares its encoding


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


def decode_page(data: bytes, path: Path | str = "-") -> tuple[str, str]:
    """The text of a web page and its encoding. The bytes decide, whatever the page declares; as in browsers, a page
    with a few broken bytes is read with U+FFFD in their places.
    """
    try:
        return decode(data, path)
    except ReadError as error:
        declared = DECLARED.search(data[:HEAD])
        name = declared[1].decode("ascii", "replace").lower() if declared else ""
        known = {"utf-8": "utf-8", "utf8": "utf-8", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}.get(name, "gb18030")
        text, encoding = min(
            ((data.decode(encoding, "replace"), encoding) for encoding in (known, "utf-8", "gb18030", "big5hkscs")),
            key=lambda made: made[0].count("\N{REPLACEMENT CHARACTER}"),
        )
        if text.count("\N{REPLACEMENT CHARACTER}") > max(2, len(text) * BROKEN):
            raise error from None
        return _checked(text, path), encoding


def universal(text: str) -> str:
    r"""The text with \n for every line's end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


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
