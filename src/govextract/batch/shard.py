"""A shard: some documents of a batch, done on whatever machine has the folder of inputs and that of outputs.

`run_shard` is all that an engine of many machines needs to call. What it writes it would write again, byte for byte, so
that a shard may be done twice, and may be done by two at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from govextract.batch.entry import Result
from govextract.batch.plan import Job
from govextract.batch.pool import pooled
from govextract.batch.work import HIDDEN, Options
from govextract.export.files import encoded, write_whole

MOST = 200  # documents of a shard
LARGE = 4_000_000  # bytes after which a shard is full


def shards(jobs: Sequence[Job], most: int | None = None) -> list[list[Job]]:
    """The jobs in runs of at most *most* (MOST) documents, or so many bytes that a shard takes some ten seconds."""
    numbers: list[int] = []
    number = count = size = 0
    for job in jobs:
        with suppress(OSError):
            size += job.path.stat().st_size
        count += 1
        numbers.append(number)
        if count >= (most or MOST) or size >= LARGE:
            number, count, size = number + 1, 0, 0
    pairs = zip(numbers, jobs, strict=True)
    return [[job for _, job in group] for _, group in groupby(pairs, key=lambda pair: pair[0])]


def run_shard(jobs: Sequence[Job], options: Options) -> list[Result]:
    """Do *jobs* in one process of their own, as a batch on one machine does: a document fails, hangs or crashes alone.

    Outputs and the shard's manifest stand in the batch's folder when this returns; the results come back too.
    """
    results = list(pooled(jobs, options, 1))
    lines = (json.dumps(result.plain(), ensure_ascii=False) + "\n" for result in results)
    write_whole(_path(Path(options.out), jobs), encoded("".join(lines)))
    return results


def left_behind(out: Path) -> Iterator[Result]:
    """What shards have done that nobody took note of: their manifests are there still."""
    for path in sorted((out / HIDDEN / "shards").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield Result.made(json.loads(line))


def forget(out: Path, jobs: Sequence[Job]) -> None:
    """Remove a shard's manifest: what it says stands in the journal."""
    _path(out, jobs).unlink(missing_ok=True)


def forget_all(out: Path) -> None:
    """Remove every shard's manifest: what is in the journal already must not come back over what is newer there."""
    for path in (out / HIDDEN / "shards").glob("*.jsonl"):
        path.unlink(missing_ok=True)


def _path(out: Path, jobs: Sequence[Job]) -> Path:
    names = "\n".join(job.name for job in jobs)
    return out / HIDDEN / "shards" / f"{sha256(encoded(names)).hexdigest()[:24]}.jsonl"
