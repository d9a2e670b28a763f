"""Many reports at once, on one machine or many: what is done stays done, whatever stops the rest.

A batch plans its jobs, has an engine do them, notes each in its journal as it ends, and closes with a manifest and a
description of all files. These and the outputs are the same, byte for byte, however often it was stopped on the way.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from govextract import __version__, export
from govextract.batch.engine_dask import on_cluster
from govextract.batch.entry import Entry
from govextract.batch.journal import Journal, opened
from govextract.batch.loading import Loader
from govextract.batch.plan import BatchError, Job, plan
from govextract.batch.pool import pooled
from govextract.batch.shard import forget_all, left_behind
from govextract.batch.work import HIDDEN, WORK, Options, stamp
from govextract.errors import GovextractError
from govextract.export.datapackage import describe_many
from govextract.export.files import remove_drafts, written_whole
from govextract.read import read_table
from govextract.rulebook import load_rulebook

if TYPE_CHECKING:
    from govextract.load import Loaded

__all__ = ["MANIFEST", "BatchError", "Entry", "Options", "Stopped", "Summary", "run_batch"]

MANIFEST = "manifest.jsonl"
Watch = Callable[[int, int, int], None]  # documents that have ended, of how many, and how many of them in vain


class Stopped(GovextractError):  # noqa: N818 (it is no error)
    """A batch was told to stop by *signal*. Says how to go on."""

    def __init__(self, ended: int, total: int, signal: int) -> None:
        super().__init__(f"stopped: {ended} of {total} documents have ended; the same words with --resume go on")
        self.signal = signal


class _Terminated(KeyboardInterrupt):
    """SIGTERM, on the same way out as Ctrl-C."""


@dataclass(slots=True)
class Summary:
    """What a batch has come to: how many documents are done, what they hold, and which are not done, with the reason.

    before: done by an earlier run; stale: of these, by other rules or another version; again: inputs that hold the
    bytes of another; gone: done once, but no longer among the inputs.
    """

    documents: int = 0
    done: int = 0
    before: int = 0
    stale: int = 0
    again: int = 0
    gone: int = 0
    records: int = 0
    numbers: int = 0
    unexplained: int = 0
    failures: list[Entry] = field(default_factory=list)
    loaded: Loaded | None = None


def run_batch(
    paths: Sequence[Path],
    out: Path,
    *,
    formats: Sequence[str] = ("csv", "json"),
    lang: str = "en",
    rules: Path | None = None,
    workers: int | None = None,
    to: str | None = None,
    resume: bool = False,
    stale: Literal["keep", "redo"] = "keep",
    timeout: float = 60.0,
    engine: Literal["processes", "dask"] = "processes",
    scheduler: str | None = None,
    watch: Watch = lambda ended, total, failed: None,
    meta: Path | None = None,
    work: str = WORK,
) -> Summary:
    """Parse every report in *paths* (files and folders) into *out*, whose own folder it is.

    workers: processes, by default one a processor. meta: a table of what is known of the reports. to: the URL of a
    database that is filled too. timeout: seconds that a document may take, beside a minute for each megabyte.
    scheduler: the address of Dask's; without one a cluster is made here.
    Raises BatchError or another GovextractError where it cannot begin or go on, Stopped at Ctrl-C and SIGTERM; what is
    wrong with one document stands in the summary and the manifest.
    """
    export.check_targets((), out, formats)
    if meta is not None:
        read_table(meta)  # what is wrong with it is told before any work is done
    book = load_rulebook(rules)
    jobs = plan(paths, out)
    _check_folder(out)
    options = Options(
        os.path.abspath(out), tuple(formats), lang, os.path.abspath(rules) if rules else None,  # noqa: PTH100
        book.digest, timeout, to is not None, work, os.path.abspath(meta) if meta else None,  # noqa: PTH100
    )  # fmt: skip
    count = workers or _processors()
    with opened(out) as journal:
        if journal.places and not resume:
            begun = f"holds a batch with {len(journal.places)} documents"
            raise BatchError(f"{out}: {begun}; go on with --resume, or choose another folder (-o)")
        journal.begin(options)
        loader = Loader(to, out, jobs, journal) if to else None
        summary = Summary(documents=len(jobs))
        left = _left(jobs, journal, loader, options, summary, stale)
        failed = 0
        try:
            with _stoppable():
                if engine == "dask":
                    results = on_cluster(list(left.values()), options, scheduler, count)
                else:
                    results = pooled(left.values(), options, count)
                with closing(results):
                    for result in results:
                        journal.add(result)
                        del left[result.entry.name]
                        failed += not result.entry.done
                        watch(len(jobs) - len(left), len(jobs), failed)
                        if loader is not None:
                            loader.load(left)
                if loader is not None:
                    loader.load(left, last=True)
                    summary.loaded = loader.total
                _finish(jobs, journal, options, summary)
        except KeyboardInterrupt as stop:
            by = signal.SIGTERM if isinstance(stop, _Terminated) else signal.SIGINT
            raise Stopped(len(jobs) - len(left), len(jobs), by) from None
    return summary


def _check_folder(out: Path) -> None:
    """A batch wants a folder of its own: it says of all files there what they are."""
    if out.exists() and not out.is_dir():
        raise BatchError(f"{out} is no folder; choose another one (-o)")
    if out.is_dir() and not (out / HIDDEN).is_dir():
        strange = next((path.name for path in sorted(out.iterdir()) if not path.name.startswith(".")), None)
        if strange is not None:
            raise BatchError(f"{out} holds {strange}, which is no batch's; choose a new folder (-o)")


def _left(
    jobs: Sequence[Job], journal: Journal, loader: Loader | None, options: Options, summary: Summary, stale: str
) -> dict[str, Job]:
    """The jobs that are not done, by name: what is done, and whole, and of unchanged inputs, is left alone."""
    out = Path(options.out)
    names = {job.name for job in jobs}
    for found in left_behind(out):
        journal.add(found)
    forget_all(out)
    summary.gone = sum(name not in names for name in journal.places)
    left: dict[str, Job] = {}
    for job in jobs:
        result = journal.result(job.name)
        entry = result.entry if result is not None else None
        if (
            result is None
            or entry is None
            or not entry.done
            or result.stamp != stamp(job.path, options)
            or not journal.there(result)
            or (loader is not None and not loader.holds(entry))
        ):
            left[job.name] = job
            continue
        other = (entry.rules, entry.version) != (options.digest, __version__)
        if other and stale == "redo":
            left[job.name] = job
            continue
        summary.before += 1
        summary.stale += other
    folders = {(out / name).parent for name in left} | {out, *(out / HIDDEN / own for own in ("spool", "shards"))}
    for folder in folders if journal.places else ():
        remove_drafts(folder)
    return left


def _finish(jobs: Sequence[Job], journal: Journal, options: Options, summary: Summary) -> None:
    """Write the manifest and the description of all files; count."""
    seen: set[str] = set()
    done: list[str] = []
    with written_whole(journal.out / MANIFEST) as stream:
        for job in jobs:
            result = journal.result(job.name)
            assert result is not None  # every job has ended
            entry = result.entry
            stream.write(entry.line())
            if not entry.done:
                summary.failures.append(entry)
                continue
            done.append(entry.name)
            summary.again += entry.sha256 in seen
            seen.add(entry.sha256)
            summary.records += entry.records
            summary.numbers += entry.numbers
            summary.unexplained += entry.unexplained
    summary.done = len(done)
    describe_many(journal.out, done, options.formats, options.lang)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGTERM stops as Ctrl-C does. (Only a main thread may say so.)"""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: Any) -> None:
        raise _Terminated

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
