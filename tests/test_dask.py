"""A batch on a Dask cluster: a real scheduler and real workers, one of which is killed in the middle."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from govextract.batch import BatchError, run_batch
from govextract.batch.plan import plan
from govextract.batch.shard import MOST, run_shard, shards
from govextract.batch.work import HIDDEN, Options
from govextract.rulebook import Rulebook
from tests.batch_work import HERE
from tests.test_batch import REPORT, alive, children, ended, states, tree, wait_for

ROOT = Path(__file__).parents[1]

distributed = pytest.importorskip("distributed", reason="dask is not here: pip install 'govextract[cluster]'")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers on the loopback: its address, and the workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), *sys.path]))}

    def begin(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=quiet, stderr=quiet)

    started = [begin("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")]
    worker = ("dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
    started += [begin(*worker) for _ in range(2)]
    try:
        with distributed.Client(address, timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Reports in two folders, one of which cannot be read, and one that kills what reads it."""
    folder = tmp_path / "reports"
    for number in range(24):
        path = folder / f"part{number % 2}" / f"report-{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(REPORT.format(n=100 + number), "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "killed.txt").write_text(REPORT.format(n=1), "utf-8")
    return folder


def test_a_lost_worker_changes_nothing(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, workers = cluster
    monkeypatch.setattr("govextract.batch.shard.MOST", 3)
    work, out = f"{HERE}:slow", tmp_path / "out"
    orphans: list[int] = []

    def kill_one(count: int, total: int, failed: int) -> None:
        if workers[0].poll() is None:
            wait_for(lambda: bool(children(workers[0].pid)) or workers[1].poll() is not None, 20)
            orphans.extend(children(workers[0].pid))
            workers[0].kill()
            workers[0].wait()

    summary = run_batch([source], out, engine="dask", scheduler=address, work=work, watch=kill_one)
    assert orphans
    wait_for(lambda: not any(map(alive, orphans)), 10)
    assert (summary.documents, summary.done) == (26, 24)
    run_batch([source], tmp_path / "plain", workers=2, work=work)
    assert tree(out) == tree(tmp_path / "plain")
    assert {name: state for name, (state, _) in states(out).items() if state != "done"} == {
        "empty": "failed",
        "killed": "crashed",
    }
    assert not list((out / HIDDEN / "shards").iterdir())


def test_what_shards_did_while_nobody_looked_is_taken_up(source: Path, tmp_path: Path, book: Rulebook) -> None:
    out = tmp_path / "out"
    jobs = plan([source], out)
    options = Options(str(out), digest=book.digest)
    assert [result.entry.name for result in run_shard(jobs[:5], options)] == [job.name for job in jobs[:5]]
    summary = run_batch([source], out, workers=2, resume=True)
    assert summary.before == sum(job.name != "empty" for job in jobs[:5])
    run_batch([source], tmp_path / "plain", workers=2)
    assert tree(out) == tree(tmp_path / "plain")
    assert ended(out) >= len(jobs)


def test_other_rules_on_a_worker_are_refused(source: Path, tmp_path: Path) -> None:
    options = Options(str(tmp_path / "out"), digest="of other rules")
    with pytest.raises(BatchError, match="the rules here are others"):
        run_shard(plan([source], tmp_path / "out")[:1], options)


def test_shards_hold_every_job_once(source: Path, tmp_path: Path) -> None:
    jobs = plan([source], tmp_path / "out")
    assert [len(shard) for shard in shards(jobs)] == [len(jobs)]
    assert len(jobs) < MOST
    cut = shards(jobs, 4)
    assert [job for shard in cut for job in shard] == jobs
    assert {len(shard) for shard in cut} == {4, 2}


def test_no_scheduler_is_one_line(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govextract.batch.engine_dask.WAIT", "1s")
    began = time.monotonic()
    with pytest.raises(BatchError, match="does not answer"):
        run_batch([source], tmp_path / "out", engine="dask", scheduler="tcp://127.0.0.1:9")
    assert time.monotonic() - began < 60
