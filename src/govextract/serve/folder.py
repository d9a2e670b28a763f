"""The folder of outputs that is served: what it lists is all that can be asked for.

A request names a document by its id, which is looked up in the listing and never made into a path.
"""

from __future__ import annotations

import hashlib
import os
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.errors import GovextractError, ReadError
from govextract.export import FILE_NAME
from govextract.export.files import write_whole
from govextract.outputs import read_output

if TYPE_CHECKING:
    from govextract.model import Extraction, Record

DECISIONS = ".decisions.jsonl"
UNSURE = 0.8  # a confidence below this is doubtful
HUMAN = ("REVIEWED", "EDITED", "ADDED")  # flags that say that a person has looked
Stamp = tuple[int, int]


@dataclass(frozen=True)
class Entry:
    """One output of the folder. `id` is its path below the folder without .json, / written ~1 and ~ written ~0."""

    id: str
    path: Path
    stamp: Stamp
    extraction: Extraction

    @cached_property
    def searched(self) -> list[str]:
        """For every record the text that a search looks through."""
        records = self.extraction.records
        known = {text: folded(text) for record in records for text in (record.sentence, record.indicator)}
        return [f"{known[record.sentence]}\n{known[record.indicator]}" for record in records]

    @cached_property
    def doubtful(self) -> int:
        """How many records are flagged, in an issue, or unsure."""
        doubted = {ident for issue in self.extraction.issues for ident in issue.records}
        return sum(_doubtful(record, doubted) for record in self.extraction.records)

    @property
    def decisions_path(self) -> Path:
        """Where its decisions are kept."""
        return self.path.with_name(self.path.stem + DECISIONS)

    def decisions(self) -> bytes:
        """Its decisions, JSON Lines; empty where there are none."""
        try:
            return self.decisions_path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise ReadError(self.decisions_path.name, f"cannot be read: {(error.strerror or '').lower()}") from None

    def summary(self) -> dict[str, Any]:
        """What the listing says of it."""
        document, audit = self.extraction.document, self.extraction.audit
        return {
            "id": self.id,
            "name": document.name,
            "title": document.title,
            "region": document.region,
            "region_code": document.region_code,
            "date": document.date,
            "sha256": document.sha256,
            "records": len(self.extraction.records),
            "doubtful": self.doubtful,
            "issues": len(self.extraction.issues),
            "unexplained": len(audit.unexplained),
            "decisions": sum(bool(line.strip()) for line in self.decisions().splitlines()),
        }


class Folder:
    """The outputs below a folder, read again when they change. Safe to be asked from several threads."""

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise ReadError(path, "is no folder", "name the folder that govextract parse wrote to")
        self.path = path.resolve()
        self._known: dict[str, Entry | ReadError] = {}
        self._stamps: dict[str, Stamp] = {}
        self._lock = threading.Lock()

    def listing(self) -> tuple[dict[str, Entry], dict[str, str]]:
        """The documents by id, in order, and what could not be read, with the reason."""
        with self._lock:
            found = dict(sorted(self._files()))
            for ident in self._known.keys() - found.keys():
                del self._known[ident], self._stamps[ident]
            for ident, (path, stamp) in found.items():
                if self._stamps.get(ident) != stamp:
                    self._known[ident], self._stamps[ident] = self._read(ident, path, stamp), stamp
            entries = {ident: known for ident in found if isinstance(known := self._known[ident], Entry)}
            problems = {ident: known.problem for ident in found if isinstance(known := self._known[ident], ReadError)}
        return entries, problems

    def save(self, entry: Entry, content: bytes, tag: str | None) -> str:
        """Put *content* in the place of the entry's decisions; gives its tag.

        Raises ChangedError where they are no longer those that *tag* was given with.
        """
        with self._lock:
            if tag is not None and tag != tag_of(entry.decisions()):
                raise ChangedError(f"{entry.decisions_path.name} has changed since it was read; read it again")
            write_whole(entry.decisions_path, content)
        return tag_of(content)

    def _files(self) -> Iterator[tuple[str, tuple[Path, Stamp]]]:
        for top, folders, names in os.walk(self.path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in names:
                path = Path(top, name)
                if (
                    not name.endswith(".json")
                    or name.startswith(".")
                    or name == FILE_NAME
                    or name.endswith(".meta.json")
                ):
                    continue
                try:
                    stat = path.stat()
                    if path.resolve().is_relative_to(self.path):
                        yield id_of(path.relative_to(self.path)), (path, (stat.st_mtime_ns, stat.st_size))
                except OSError:
                    continue  # it has gone, or leads nowhere

    def _read(self, ident: str, path: Path, stamp: Stamp) -> Entry | ReadError:
        try:
            (extraction,) = read_output(path)
        except ReadError as error:
            return error
        return Entry(ident, path, stamp, extraction)


class ChangedError(GovextractError):
    """Somebody else has written meanwhile."""


def id_of(path: Path) -> str:
    """The id of the output at *path* below the folder."""
    return path.with_suffix("").as_posix().replace("~", "~0").replace("/", "~1")


def tag_of(content: bytes) -> str:
    """What names a state of the decisions, as an HTTP entity tag."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def folded(text: str) -> str:
    """Text as it is searched: full-width and half-width, great and small are the same."""
    return unicodedata.normalize("NFKC", text).casefold()


def _doubtful(record: Record, doubted: set[str]) -> bool:
    return bool(set(record.flags) - set(HUMAN)) or record.id in doubted or record.confidence < UNSURE
