"""Documents done by worker processes that may hang or die: each has one document in its hands, and is replaced."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import IO, Any

from govextract.batch.entry import Result, State, not_done
from govextract.batch.plan import BatchError, Job
from govextract.batch.work import Options, remove_outputs
from govextract.export.files import remove_drafts

SLOWEST = 60.0  # seconds for each megabyte that a document is given beyond the time limit
START = 300.0  # seconds in which a worker must be ready
TRIES = 2  # how often a document may kill its worker
FALSE_STARTS = 3  # how often workers may die before they are ready
TICK = 1.0  # seconds between two looks at the clock

Answers = queue.SimpleQueue[tuple["_Worker", dict[str, Any] | None]]


class _Worker:
    """A process, and the document in its hands."""

    def __init__(self, options: Options, answers: Answers) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "govextract.batch.worker"],  # -P: a json.py where the user stands is not ours
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            bufsize=1,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.stdin: IO[str] = self.process.stdin
        self.ready = False
        self.job: Job | None = None
        self.limit = START
        self.until = time.monotonic() + START
        self.say(options.plain())
        threading.Thread(target=self._listen, args=(self.process.stdout, answers), daemon=True).start()

    def _listen(self, stream: IO[str], answers: Answers) -> None:
        with stream:
            for line in stream:
                if line.endswith("\n"):  # a worker that is killed may leave half a line
                    answers.put((self, json.loads(line)))
        answers.put((self, None))

    def say(self, what: dict[str, Any]) -> None:
        try:
            self.stdin.write(json.dumps(what) + "\n")
        except OSError:
            return  # it has died: the end of its output says so

    def take(self, job: Job, options: Options) -> None:
        self.job = job
        self.limit = time_limit(job.path, options)
        self.until = time.monotonic() + self.limit
        self.say({"job": job.plain(), "limit": self.limit})

    def end(self) -> None:
        """Kill it, and wait until it is gone."""
        self.process.kill()
        self.process.wait()
        try:
            self.stdin.close()
        except OSError:
            return


def pooled(jobs: Iterable[Job], options: Options, count: int) -> Generator[Result]:
    """What became of each of *jobs*, done by *count* processes, as they end. Closing this generator ends the processes.

    A document over its time limit is given up; one whose worker dies is tried a second time, behind all others.
    Raises BatchError where no worker can start.
    """
    waiting = deque(jobs)
    died: Counter[Job] = Counter()
    false_starts = 0
    answers: Answers = queue.SimpleQueue()
    crew: set[_Worker] = set()
    try:
        while waiting or any(worker.job for worker in crew):
            busy = sum(worker.job is not None for worker in crew)
            while len(crew) < min(count, busy + len(waiting)):
                crew.add(_Worker(options, answers))
            for worker in crew:
                if worker.ready and worker.job is None and waiting:
                    worker.take(waiting.popleft(), options)
            found = _next(answers)
            if found is not None and found[0] in crew:
                worker, answer = found
                job = worker.job
                if answer is not None and "ready" in answer:
                    worker.ready = True
                elif answer is not None and "problem" in answer:
                    raise BatchError(f"a worker cannot start: {answer['problem']}")
                elif answer is not None and "entry" in answer and job is not None:
                    worker.job = None
                    if waiting:
                        worker.take(waiting.popleft(), options)
                    result = Result.made(answer)
                    if not result.entry.done:
                        remove_outputs(job.name, options)
                    yield result
                else:
                    reason = _last_words(worker, answer)
                    crew.discard(worker)
                    if job is None:
                        false_starts += not worker.ready
                        if false_starts == FALSE_STARTS:
                            raise BatchError(f"no worker can start: the last one {reason}")
                    else:
                        died[job] += 1
                        _clear(job, worker, options)
                        if died[job] < TRIES:
                            waiting.append(job)
                        else:
                            yield _given_up(job, worker, options, "crashed", f"its worker {reason}, {TRIES} times")
            now = time.monotonic()
            for worker in [worker for worker in crew if now > worker.until and (worker.job or not worker.ready)]:
                worker.end()
                crew.discard(worker)
                if worker.job is None:
                    raise BatchError(f"a worker was not ready after {START:.0f} s")
                yield _given_up(worker.job, worker, options, "timed out", f"took more than {worker.limit:.0f} s")
    finally:
        for worker in crew:
            worker.process.kill()
        for worker in crew:
            worker.end()
            if worker.job is not None:
                _clear(worker.job, worker, options)


def time_limit(path: Path, options: Options) -> float:
    """Seconds that a document may take."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    return options.timeout + SLOWEST * size / 1e6


def _next(answers: Answers) -> tuple[_Worker, dict[str, Any] | None] | None:
    try:
        return answers.get(timeout=TICK)
    except queue.Empty:
        return None


def _last_words(worker: _Worker, answer: dict[str, Any] | None) -> str:
    """Why a worker has died, and the end of it."""
    if answer is not None:
        worker.end()
        return f"ran {answer['crashed']}"
    code = worker.process.wait()
    worker.end()
    if worker.job is not None:
        return f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
    return f"ended with {code}"


def _clear(job: Job, worker: _Worker, options: Options) -> None:
    remove_drafts((Path(options.out) / job.name).parent, worker.process.pid)


def _given_up(job: Job, worker: _Worker, options: Options, state: State, reason: str) -> Result:
    _clear(job, worker, options)
    remove_outputs(job.name, options)
    return not_done(job, state, reason, options.digest)
