"""A font of this machine that has every character of a picture: Chinese fonts first, by what their tables say.

Only the tables that answer this are read (the OpenType tables `cmap` and `name`), so that no picture holds empty boxes.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from govextract.errors import GovextractError

SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
# File names, without blanks and dashes, that Chinese fonts begin with; the first that is there is tried first.
PREFERRED = (
    "notosanscjksc", "notosanssc", "notosanscjk", "sourcehansanssc", "sourcehansans", "pingfang", "msyh", "wqymicrohei",
    "wqyzenhei", "hiraginosansgb", "stheiti", "simhei", "deng", "droidsansfallback", "arialunicode", "simsun",
)  # fmt: skip
# Of the faces of a collection, the one for simplified Chinese.
FACES = ("SC", "CN", "GB")


class FontError(GovextractError):
    """No font here can show the text."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font's file and the family name of its face."""

    path: Path
    family: str


def font_for(text: str, folders: Iterable[Path] | None = None) -> Font:
    """A font that has a glyph for every character of *text*. Raises FontError, which says what is missing."""
    wanted = {ord(character) for character in text if character > " "}
    missing = wanted
    for path in _ordered(_folders() if folders is None else folders):
        try:
            data = path.read_bytes()
            family, face = min(_faces(data), key=lambda found: not set(FACES) & set(found[0].split()))
            lacks = wanted - _characters(data, face)
        except (OSError, ValueError, struct.error):
            continue  # no font, or a broken one
        if not lacks:
            return Font(path, family)
        missing = min(missing, lacks, key=len)
    shown = "".join(map(chr, sorted(missing)[:8]))
    raise FontError(
        f"no font on this machine shows {shown} (install one with Chinese: Debian and Ubuntu have fonts-noto-cjk; "
        "or write .svg, which needs none)"
    )


def _folders() -> list[Path]:
    """Where fonts are kept."""
    home = Path.home()
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    own = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share") / "fonts"
    return [own, home / ".fonts", *(Path(folder) / "fonts" for folder in shared.split(":"))]


def _ordered(folders: Iterable[Path]) -> list[Path]:
    """The fonts below *folders*: the preferred ones, regular before bold, then the rest by name."""
    found = [path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES]

    def rank(path: Path) -> tuple[int, bool, str]:
        name = path.stem.lower().replace("-", "").replace(" ", "").replace("_", "")
        at = next((order for order, begin in enumerate(PREFERRED) if name.startswith(begin)), len(PREFERRED))
        return at, "regular" not in name and any(word in name for word in ("bold", "light", "italic", "black")), name

    return sorted(found, key=rank)


def _faces(data: bytes) -> Iterator[tuple[str, int]]:
    """The family name and the offset of every face of a font file."""
    if data[:4] == b"ttcf":
        (count,) = struct.unpack_from(">I", data, 8)
        for offset in struct.unpack_from(f">{min(count, 64)}I", data, 12):
            yield _family(data, offset), offset
    elif data[:4] in (b"\0\1\0\0", b"OTTO", b"true"):
        yield _family(data, 0), 0
    else:
        raise ValueError("no font")


def _table(data: bytes, face: int, name: bytes) -> int:
    """Where a face's table begins."""
    (count,) = struct.unpack_from(">H", data, face + 4)
    for index in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, face + 12 + 16 * index)
        if tag == name:
            return int(offset)
    raise ValueError(f"no table {name!r}")


def _family(data: bytes, face: int) -> str:
    """The family name in English (name id 1, Windows)."""
    start = _table(data, face, b"name")
    _, count, strings = struct.unpack_from(">HHH", data, start)
    family = ""
    for index in range(count):
        platform, _, language, name, size, at = struct.unpack_from(">6H", data, start + 6 + 12 * index)
        if platform == 3 and name == 1 and (not family or language == 0x409):
            begin = start + strings + at
            family = data[begin : begin + size].decode("utf-16-be", "replace")
    if not family:
        raise ValueError("no name")
    return family


def _characters(data: bytes, face: int) -> set[int]:
    """The code points that a face has a glyph for."""
    start = _table(data, face, b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    found: set[int] = set()
    for index in range(count):
        platform, _, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * index)
        (form,) = struct.unpack_from(">H", data, start + offset)
        if platform in (0, 3) and form in (4, 12):
            found.update(*(_format_4 if form == 4 else _format_12)(data, start + offset))
    return found


def _format_4(data: bytes, at: int) -> Iterator[range]:
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    ends = struct.unpack_from(f">{doubled // 2}H", data, at + 14)
    starts = struct.unpack_from(f">{doubled // 2}H", data, at + 16 + doubled)
    yield from (range(first, last + 1) for first, last in zip(starts, ends, strict=True) if last < 0xFFFF)


def _format_12(data: bytes, at: int) -> Iterator[range]:
    (groups,) = struct.unpack_from(">I", data, at + 12)
    for index in range(groups):
        first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * index)
        yield range(first, min(last, 0x10FFFF) + 1)
