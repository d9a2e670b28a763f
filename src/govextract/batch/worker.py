"""A worker: a process with a warm engine that does one document after another, as its parent asks on standard input.

Each line in and out is a JSON object. A worker never outlives its parent: it leaves when its input ends; on Linux the
kernel ends it with its parent; and where it hangs in C code, which no thread can end, an alarm does at its time limit.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import queue
import signal
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from govextract.batch.entry import not_done
from govextract.batch.plan import Job
from govextract.batch.work import Options
from govextract.errors import GovextractError
from govextract.rulebook import load_rulebook

PARENT_DEATH = 1  # PR_SET_PDEATHSIG of Linux' prctl
GRACE = 10.0  # seconds behind the time limit, for the parent to act first


def main() -> None:
    """Say that the engine is ready, then answer until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    _die_with_parent()
    gc.set_threshold(50_000, 20, 50)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what anything prints is no answer
    asked: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin, asked), daemon=True).start()
    options = Options.made(asked.get())
    try:
        book = load_rulebook(Path(options.rules) if options.rules else None)
        if options.digest not in ("", book.digest):
            raise GovextractError("the rules here are others than those where the batch was started")
        module, _, function = options.work.partition(":")
        work = getattr(import_module(module), function)
    except Exception as error:
        _say(answers, {"problem": str(error) or type(error).__name__})
        return
    _say(answers, {"ready": os.getpid()})
    while True:
        question = asked.get()
        job = Job.made(question["job"])
        _alarm(question["limit"] + GRACE)
        try:
            result = work(job, options, book)
        except MemoryError:
            _say(answers, {"crashed": "out of memory"})
            return  # nothing here can be trusted any more
        except Exception as error:
            told = " ".join(str(error).split())
            result = not_done(job, "failed", f"internal: {type(error).__name__}: {told}", options.digest)
        _alarm(0)
        _say(answers, result.plain())


def _say(answers: IO[str], answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _listen(stream: IO[str], asked: queue.SimpleQueue[dict[str, Any]]) -> None:
    for line in stream:
        asked.put(json.loads(line))
    os._exit(0)  # the parent is gone, or needs nothing more


def _die_with_parent() -> None:
    parent = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _alarm(seconds: float) -> None:
    """End this process after *seconds*, whatever it does then; 0: do not."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main()
