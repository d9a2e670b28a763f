"""The shard function of a batch under Spark's mapInPandas, beside a plain batch: outputs and manifest must be the same.

spark.py [REPORT…] [--documents N] [--master URL]      needs pyspark and Java, which are no part of any extra

The reports of corpus/ unless some are named. With a master on several machines, give a --folder that all of them see.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from pieces import cut as pieces
from pyspark.sql import SparkSession

from govextract.batch.plan import plan
from govextract.batch.shard import run_shard, shards
from govextract.batch.work import Options
from govextract.rulebook import load_rulebook


def batch(source: Path, out: Path, *more: str) -> None:
    """`govextract batch`, quietly."""
    command = [sys.executable, "-m", "govextract.cli", "batch", str(source), "-o", str(out), *more]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def content(out: Path) -> dict[str, bytes]:
    """Every output file but the batch's own notes, which hold times."""
    files = (path.relative_to(out) for path in out.rglob("*") if path.is_file())
    return {name.as_posix(): (out / name).read_bytes() for name in files if name.parts[0] != ".batch"}


def main() -> None:
    """Print how it went; exit 1 where the outputs differ."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reports", type=Path, nargs="*")
    options.add_argument("--documents", type=int, default=200, metavar="N")
    options.add_argument("--most", type=int, default=50, metavar="N", help="documents of a shard")
    options.add_argument("--master", default="local[2]", metavar="URL")
    options.add_argument("--folder", type=Path, metavar="DIR", help="where inputs and outputs lie")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        source = pieces(chosen.reports, chosen.documents, Path(folder) / "reports")
        out, whole = Path(folder) / "spark", Path(folder) / "plain"
        how = Options(str(out), digest=load_rulebook().digest)
        cut = shards(plan([source], out), chosen.most)

        def do(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
            for frame in frames:
                for number in frame["shard"]:
                    lines = [json.dumps(result.plain(), ensure_ascii=False) for result in run_shard(cut[number], how)]
                    yield pd.DataFrame({"shard": number, "result": lines})

        spark = SparkSession.builder.master(chosen.master).config("spark.task.cpus", "1").getOrCreate()
        rows = spark.createDataFrame([(number,) for number in range(len(cut))], "shard int").repartition(len(cut))
        done = rows.mapInPandas(do, "shard int, result string").count()
        spark.stop()
        batch(source, out, "--resume")  # takes up what the shards left, and writes the manifest
        batch(source, whole)
        same = content(out) == content(whole)
    print(f"{done} documents in {len(cut)} shards: {'identical to' if same else 'NOT'} the plain batch's outputs")
    sys.exit(not same)


if __name__ == "__main__":
    main()
