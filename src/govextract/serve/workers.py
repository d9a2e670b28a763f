"""Parsing in processes of their own, so that one report, however long or hostile, stops neither the server nor others.

A process that takes too long is ended and another takes its place.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import tempfile
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.errors import GovextractError

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

START_SECONDS = 120.0  # in which a process must have read the rules, on a machine that is busy
LONGEST_NAME = 60  # characters of an upload's name
WAITING = 64  # requests that may wait for a process


class TooSlowError(GovextractError):
    """A report took longer than it may."""


class BusyError(GovextractError):
    """Too many are waiting."""


@dataclass(frozen=True, slots=True)
class Job:
    """A report to be parsed: its text, or a file's bytes and name; where and when it belongs, where that is told."""

    text: str | None = None
    data: bytes = b""
    name: str = "text"
    region: str | None = None
    date: str | None = None
    period: str | None = None


class Workers:
    """So many processes with warm rules."""

    def __init__(self, count: int, rules: Path | None, seconds: float) -> None:
        self._rules, self._seconds = rules, seconds
        self._threads = ThreadPoolExecutor(count, "parse")
        self._free = asyncio.Queue[_Worker]()
        self._waiting = 0
        for _ in range(count):
            self._free.put_nowait(_Worker(rules))

    async def parse(self, job: Job) -> str:
        """The extraction as `parse -f json` writes it.

        Raises GovextractError as parsing does, TooSlowError past the time limit, BusyError where too many wait.
        """
        if self._waiting >= WAITING:
            raise BusyError("too many reports are waiting to be parsed; try again in a moment")
        self._waiting += 1
        try:
            worker = await self._free.get()
        finally:
            self._waiting -= 1
        work = asyncio.get_running_loop().run_in_executor(self._threads, worker.ask, job, self._seconds)
        # a client that leaves must not take the worker with it
        work.add_done_callback(lambda _: self._free.put_nowait(worker))
        done, answer = await asyncio.shield(work)
        if not done:
            raise GovextractError(answer)
        return answer

    def close(self) -> None:
        """End the processes."""
        while not self._free.empty():
            self._free.get_nowait().end()
        self._threads.shutdown(wait=False, cancel_futures=True)


class _Worker:
    def __init__(self, rules: Path | None) -> None:
        self._rules = rules
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._ready = False
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._rules), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def ask(self, job: Job, seconds: float) -> tuple[bool, str]:
        """Whether it was parsed, and the JSON or what is wrong."""
        assert self._pipe is not None
        try:
            if not self._ready and self._pipe.poll(START_SECONDS):
                self._ready = self._pipe.recv()
            self._pipe.send(job)
            if not self._pipe.poll(seconds):
                self._again()
                raise TooSlowError(f"the report took longer than {seconds:g} seconds to parse")
            answer: tuple[bool, str] = self._pipe.recv()
        except (EOFError, OSError):
            self._again()
            raise GovextractError("the report could not be parsed: the process that read it ended") from None
        return answer

    def _again(self) -> None:
        self.end()
        self._start()

    def end(self) -> None:
        if self._process is not None and self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()


def _work(pipe: Connection, rules: Path | None) -> None:
    """What a process does until the server's end of the pipe is closed."""
    from govextract.lexicon import prepare
    from govextract.rulebook import load_rulebook

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's, which ends this by closing the pipe
    book = load_rulebook(rules)
    prepare(book)
    with suppress(EOFError, BrokenPipeError):
        pipe.send(True)
        while True:
            job: Job = pipe.recv()
            try:
                pipe.send((True, _parsed(job, book)))
            except GovextractError as error:
                pipe.send((False, str(error)))
            except Exception as error:
                pipe.send((False, f"internal: {type(error).__name__}: {' '.join(str(error).split())[:200]}"))


def _parsed(job: Job, book: object) -> str:
    from govextract.export import json
    from govextract.parse import parse_document
    from govextract.read import make_document, read_document
    from govextract.rulebook import Rulebook

    assert isinstance(book, Rulebook)
    if job.text is not None:
        meta = {"region": job.region, "date": job.date, "period": job.period}
        text = job.text.replace("\r\n", "\n").replace("\r", "\n")
        return json.text(parse_document(make_document(text, name=job.name, meta=meta, source=job.name), book))
    with tempfile.TemporaryDirectory(prefix="govextract-") as folder:
        path = Path(folder, safe_name(job.name))
        path.write_bytes(job.data)
        try:
            document = read_document(path, region=job.region, date=job.date, period=job.period)
        except GovextractError as error:
            raise GovextractError(str(error).replace(f"{folder}/", "")) from None
        return json.text(parse_document(document, book))


def safe_name(name: str) -> str:
    """The last part of an upload's name, without what a file system or a terminal might take for more than a name."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if unicodedata.category(c)[0] not in "C" and c not in '<>:"|?*').strip(". ")
    stem, dot, suffix = kept.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{suffix[:10]}" if stem else kept[:LONGEST_NAME] or "report"
