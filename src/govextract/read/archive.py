"""A zip of reports: which of its members are reports, and what each is called."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from govextract.errors import ReadError
from govextract.read.kinds import OLD, SUFFIXES
from govextract.read.meta import from_json
from govextract.read.zipped import is_link, member, member_name

MEMBERS = 5_000
TOTAL = 1_000_000_000  # bytes of all members
LONGEST = 120  # bytes of a name: endings and a folder have to fit beside it
SIDECAR = ".meta.json"
ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar")


@dataclass(frozen=True, slots=True)
class Member:
    """A report in an archive: its path there, its document's name, its bytes, what its sidecar says."""

    path: PurePosixPath
    name: str
    data: bytes
    meta: dict[str, Any]


def members(archive: zipfile.ZipFile, path: Path) -> Iterator[Member | ReadError]:
    """The reports in an archive in the order of their names, and an error for each that cannot be read."""
    total = 0
    try:
        reports = listed(archive, path)
    except ReadError as error:
        yield error
        return
    for inside, own in reports:
        try:
            found = member_of(archive, path, inside, own)
            total += len(found.data)
            if total > TOTAL:
                yield ReadError(path, f"holds more than {TOTAL // 1_000_000} MB", "unpack it, and name the folder")
                return
            yield found
        except ReadError as error:
            yield error


def listed(archive: zipfile.ZipFile, path: Path) -> list[tuple[str, str]]:
    """The reports in an archive: each one's path there, and its document's name. Raises ReadError: none, too many."""
    names = [member_name(info) for info in archive.infolist() if not info.is_dir()]
    if len(names) > MEMBERS:
        raise ReadError(path, f"holds more than {MEMBERS} files", "unpack it, and name the folder")
    wanted = sorted(filter(_is_report, names))
    if not wanted:
        raise ReadError(path, "holds no reports", f"they end in {', '.join(SUFFIXES[:-1])}")
    return list(zip(wanted, _names(wanted, path.stem), strict=True))


def member_of(archive: zipfile.ZipFile, path: Path, inside: str, own: str) -> Member:
    """One report of an archive. Raises ReadError where it is not there, or cannot be read."""
    infos = {member_name(info): info for info in archive.infolist()}
    place = PurePosixPath(inside)
    where = f"{path}/{inside}"
    if inside not in infos:
        raise ReadError(where, "is not in the archive any more")
    _refuse(place, infos[inside], where)
    data = member(archive, infos[inside], path, inside)
    side = infos.get(str(place.with_name(place.stem + SIDECAR)))
    meta = {} if side is None else from_json(member(archive, side, path, side.filename), where)
    return Member(place, own, data, meta)


def _is_report(name: str) -> bool:
    """Reports by their ending; what is old, or an archive itself, is told rather than passed over."""
    inside = PurePosixPath(name)
    hidden = inside.name.startswith(".") or "__MACOSX" in inside.parts
    return inside.suffix.lower() in (*SUFFIXES, *OLD, *ARCHIVES) and not hidden


def _refuse(inside: PurePosixPath, info: zipfile.ZipInfo, where: str) -> None:
    if inside.is_absolute() or ".." in inside.parts or ":" in inside.parts[0]:
        raise ReadError(where, "is named outside the archive", "it may be an attack")
    if is_link(info):
        raise ReadError(where, "is a link", "pack the file itself")
    if inside.suffix.lower() in ARCHIVES:
        raise ReadError(where, "is an archive in an archive", "unpack it, and name the files in it")


def _names(names: list[str], archive: str) -> list[str]:
    """ARCHIVE.STEM for each; with the folders where stems are alike, and numbered where that does not help."""
    stems = [PurePosixPath(name).stem for name in names]
    alike = Counter(stem.casefold() for stem in stems)
    out: list[str] = []
    used: set[str] = set()
    for name, stem in zip(names, stems, strict=True):
        parts = [part for part in PurePosixPath(name).with_suffix("").parts if part.strip("./\\")]
        own = safe_name(".".join([archive, stem] if alike[stem.casefold()] == 1 else [archive, *parts]))
        made, number = own, 1
        while made.casefold() in used:
            number += 1
            made = f"{own}.{number}"
        used.add(made.casefold())
        out.append(made)
    return out


def safe_name(name: str) -> str:
    """A name that files can be called by: one line, no separators, not too long."""
    made = "".join("_" if c in '/\\:*?"<>|' or not c.isprintable() else c for c in name)
    if len(made.encode("utf-8", "replace")) <= LONGEST:
        return made
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return made.encode("utf-8", "replace")[: LONGEST - 9].decode("utf-8", "ignore") + "-" + digest
