"""What a batch knows of one document: its state, why, and its figures. Nothing in it changes from run to run."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from govextract import __version__
from govextract.export.files import encoded

if TYPE_CHECKING:
    from govextract.batch.plan import Job
    from govextract.model import Extraction

State = Literal["done", "failed", "timed out", "crashed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the manifest.

    name, path: of the outputs, below the output folder and without suffix; of the input, below the inputs' folder.
    state:      done, failed (cannot be read or written), timed out, crashed (its worker died of it); `reason` says why.
    sha256:     of the input's bytes; empty where it is not done.
    rules, version: the digest of the rules, and the version of govextract, that made the outputs.
    """

    name: str
    path: str
    state: State
    reason: str = ""
    sha256: str = ""
    records: int = 0
    numbers: int = 0
    unexplained: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    rules: str = ""
    version: str = __version__

    @property
    def done(self) -> bool:
        """Whether its outputs are there."""
        return self.state == "done"

    def line(self) -> bytes:
        """The entry as a line of JSON."""
        return encoded(json.dumps(asdict(self), ensure_ascii=False)) + b"\n"


@dataclass(frozen=True, slots=True)
class Result:
    """An entry, and what is noted with it for a resumed run and for the curious.

    files: each output's path below the output folder, and its bytes; stamp: sizes and times of the input and its
    sidecar before they were read; seconds: what it took.
    """

    entry: Entry
    files: dict[str, int]
    stamp: list[int]
    seconds: float = 0.0

    def plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "entry": asdict(self.entry),
            "files": self.files,
            "stamp": self.stamp,
            "seconds": round(self.seconds, 3),
        }

    @staticmethod
    def made(plain: dict[str, Any]) -> Result:
        """What `plain` gave."""
        return Result(Entry(**plain["entry"]), plain["files"], plain["stamp"], plain["seconds"])


def done(job: Job, extraction: Extraction, rules: str) -> Entry:
    """The entry of a document that was read and written."""
    weights = Counter(issue.severity for issue in extraction.issues)
    return Entry(
        job.name, job.shown, "done", "", extraction.document.sha256, len(extraction.records), extraction.audit.numbers,
        len(extraction.audit.unexplained), weights["error"], weights["warning"], weights["note"], rules,
    )  # fmt: skip


def not_done(job: Job, state: State, reason: str, rules: str) -> Result:
    """A document that has no outputs, and why."""
    return Result(Entry(job.name, job.shown, state, reason, rules=rules), {}, [])
