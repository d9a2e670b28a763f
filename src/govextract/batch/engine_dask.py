"""A batch on the workers of a Dask cluster: shards go out, results come back, what a lost worker held is done again."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from govextract.batch.entry import Result, not_done
from govextract.batch.plan import BatchError, Job
from govextract.batch.shard import forget, run_shard, shards
from govextract.batch.work import Options, remove_outputs

WAIT = "30s"  # for a scheduler that does not answer
RETRIES = 2  # of a shard whose function fails; a lost worker does not count


def on_cluster(jobs: Sequence[Job], options: Options, scheduler: str | None, count: int) -> Generator[Result]:
    """What became of each of *jobs*, done by the workers of the cluster at *scheduler*, or of one made here with
    *count* workers. Workers must see inputs and outputs under the same paths, and have the same govextract and rules.

    Raises BatchError where dask is missing or the scheduler does not answer.
    """
    client = _client(scheduler, count)
    try:
        for most in (None, 1):  # a shard that fails as a whole is done again document by document
            lost: list[Job] = []
            for future, shard in _ended(client, shards(jobs, most), options):
                if future.status == "finished":
                    yield from future.result()
                    forget(Path(options.out), shard)
                elif most is None:
                    lost.extend(shard)
                else:
                    yield _blamed(shard[0], future.exception(), options)
                future.release()
            jobs = lost
    except OSError as error:  # what distributed raises where the scheduler is gone
        raise BatchError(f"the scheduler is lost: {error}; go on with --resume") from None
    finally:
        client.close()


def _client(scheduler: str | None, count: int) -> Any:
    try:
        dask: Any = import_module("distributed")  # it is typed in part only
    except ImportError:
        raise BatchError("--engine dask needs dask: pip install 'govextract[cluster]'") from None
    try:
        if scheduler is not None:
            return dask.Client(scheduler, timeout=WAIT, set_as_default=False)
        cluster = dask.LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None)
        return dask.Client(cluster, set_as_default=False)
    except (OSError, ValueError) as error:
        told = " ".join(str(error).split())
        raise BatchError(f"the scheduler at {scheduler or 'this machine'} does not answer: {told}") from None


def _ended(client: Any, cut: list[list[Job]], options: Options) -> Iterator[tuple[Any, list[Job]]]:
    """Each shard's future as it ends, with the shard."""
    as_completed: Any = import_module("distributed").as_completed
    futures = {client.submit(run_shard, shard, options, pure=False, retries=RETRIES): shard for shard in cut}
    with client.as_current():
        ending = as_completed(list(futures))
    for future in ending:
        yield future, futures.pop(future)


def _blamed(job: Job, error: Any, options: Options) -> Result:
    remove_outputs(job.name, options)
    told = " ".join(str(error).split())
    return not_done(job, "crashed", f"its shard failed: {type(error).__name__}: {told}", options.digest)
