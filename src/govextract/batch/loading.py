"""Results into a database as they come: in the order of the inputs, some at a time, and each of them once.

A worker leaves what it made of a document in the batch's spool; it lies there until it is loaded. So a batch that was
stopped anywhere finds each document in the spool, in the database, or to be done again.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.batch.work import spool_path
from govextract.load import Item, Loaded, load_items, loaded_runs

if TYPE_CHECKING:
    from govextract.batch.entry import Entry
    from govextract.batch.journal import Journal
    from govextract.batch.plan import Job
    from govextract.model import Extraction

MANY = 200  # documents that are loaded in one transaction
SECONDS = 10.0  # after which fewer are


class Loader:
    """A database that a batch fills; `total` is what was done to it."""

    def __init__(self, url: str, out: Path, jobs: Sequence[Job], journal: Journal) -> None:
        self.url, self.out, self.jobs, self.journal = url, out, jobs, journal
        self.there = loaded_runs(url)
        self.next = 0  # the first job that is not loaded
        self.loaded_at = time.monotonic()
        self.total = Loaded(0, 0, 0, 0)

    def holds(self, entry: Entry) -> bool:
        """Whether a done document is in the database, or can be loaded without being done again."""
        return self.there.get(entry.sha256) == self._item(entry).run or spool_path(self.out, entry.name).is_file()

    def load(self, left: Collection[str], *, last: bool = False) -> None:
        """Load what has ended, up to the first job that is *left*; if it is little, only when time has passed."""
        end = self.next
        while end < len(self.jobs) and self.jobs[end].name not in left and (last or end - self.next < MANY):
            end += 1
        if end == self.next or not (last or end - self.next >= MANY or time.monotonic() - self.loaded_at > SECONDS):
            return
        done = load_items(self._items(self.jobs[self.next : end]), self.url)
        self.total = Loaded(*(a + b for a, b in zip(_counts(self.total), _counts(done), strict=True)))
        for job in self.jobs[self.next : end]:
            spool_path(self.out, job.name).unlink(missing_ok=True)
        self.next, self.loaded_at = end, time.monotonic()

    def _items(self, jobs: Sequence[Job]) -> Iterator[Item]:
        for job in jobs:
            result = self.journal.result(job.name)
            if result is not None and result.entry.done:
                yield self._item(result.entry)

    def _item(self, entry: Entry) -> Item:
        path = spool_path(self.out, entry.name)
        return Item(entry.sha256, entry.version, entry.rules, partial(_unpickled, path))


def _unpickled(path: Path) -> Extraction:
    extraction: Extraction = pickle.loads(path.read_bytes())
    return extraction


def _counts(loaded: Loaded) -> tuple[int, int, int, int]:
    return loaded.new, loaded.replaced, loaded.unchanged, loaded.records
