"""Documents that misbehave: what a batch's workers are made to do by the tests, told by the document's name.

Run as a program it is a batch that can be stopped from outside: batch_work.py INPUTS OUT WORK [URL].
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from pathlib import Path

from govextract.batch import Stopped, run_batch
from govextract.batch.entry import Result
from govextract.batch.plan import Job
from govextract.batch.work import Options, do_document
from govextract.rulebook import Rulebook

HERE = "tests.batch_work"


def misbehave(job: Job, options: Options, book: Rulebook) -> Result:
    """Do the document, or what its name says."""
    kind = Path(job.name).name.partition("-")[0]
    if kind == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif kind == "faulty":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif kind == "greedy":
        raise MemoryError
    elif kind == "wrong":
        raise ZeroDivisionError("no\nway")
    elif kind == "leaving":
        os._exit(3)
    elif kind == "sleeping":
        time.sleep(3600)
    elif kind == "hanging":
        re.match(r"(a+)+$", "a" * 60 + "b")  # holds the interpreter's lock: no thread of the worker runs
    elif kind == "half":
        do_document(job, options, book)
        (Path(options.out) / f".draft.{os.getpid()}.part").write_text("half")
        os.kill(os.getpid(), signal.SIGKILL)
    return do_document(job, options, book)


def slow(job: Job, options: Options, book: Rulebook) -> Result:
    """Do the document, in no haste."""
    time.sleep(0.15)
    return misbehave(job, options, book)


def main() -> None:
    """A batch of two workers."""
    inputs, out, work, *url = sys.argv[1:]
    try:
        run_batch([Path(inputs)], Path(out), workers=2, work=f"{HERE}:{work}", to=next(iter(url), None), resume=True)
    except Stopped as stopped:
        print(stopped, file=sys.stderr)  # noqa: T201 - it stands for the command
        sys.exit(128 + stopped.signal)


if __name__ == "__main__":
    main()
