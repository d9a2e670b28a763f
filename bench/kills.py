"""Kill a batch again and again, at moments drawn by a seed, and resume it: nothing may be lost, changed or there twice.

kills.py [REPORT…] [--kills N] [--documents N] [--seed S]      the reports of corpus/ unless some are named
"""

from __future__ import annotations

import argparse
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from batch import workers
from pieces import cut

TABLES = ("document", "record", "comparison", "issue", "run")
SOON, LATE = 0.2, 4.0  # seconds after the start between which a batch is killed


def command(source: Path, out: Path) -> list[str]:
    """A batch into files and a database, new or resumed."""
    url = f"sqlite:///{out}.db"
    return [sys.executable, "-m", "govextract.cli", "batch", str(source), "-o", str(out), "--to", url, "-j", "2",
            "--resume"]  # fmt: skip


def content(out: Path) -> tuple[dict[str, bytes], list[list[tuple[object, ...]]]]:
    """Every output file, and every row of the database, sorted."""
    files = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    with sqlite3.connect(f"{out}.db") as connection:
        rows = [sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES]
    return {name: data for name, data in files.items() if not name.startswith(".batch")}, rows


def runs(process: int) -> bool:
    """Whether a process is there and not merely waiting to be counted as ended."""
    try:
        return (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def main() -> None:
    """Print how it went; exit 1 where the outputs differ."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reports", type=Path, nargs="*")
    options.add_argument("--kills", type=int, default=20, metavar="N")
    options.add_argument("--documents", type=int, default=1000, metavar="N")
    options.add_argument("--seed", type=int, default=20261123, metavar="S")
    chosen = options.parse_args()
    draw = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as folder:
        source = cut(chosen.reports, chosen.documents, Path(folder) / "reports")
        whole, out = Path(folder) / "undisturbed", Path(folder) / "killed"
        quiet = subprocess.DEVNULL
        subprocess.run(command(source, whole), check=True, stdout=quiet, stderr=quiet)
        kills = orphans = 0
        while kills < chosen.kills:
            process = subprocess.Popen(command(source, out), stdout=quiet, stderr=quiet)
            try:
                process.wait(draw.uniform(SOON, LATE))
                break  # done before all kills: give it more documents
            except subprocess.TimeoutExpired:
                crew = workers(process.pid)
                process.send_signal(signal.SIGKILL)
                process.wait()
                kills += 1
            time.sleep(0.5)
            orphans += sum(map(runs, crew))
        subprocess.run(command(source, out), check=True, stdout=quiet, stderr=quiet)
        same = content(out) == content(whole)
        lines = (out / ".batch" / "journal.jsonl").read_bytes().count(b'"entry"')
        print(
            f"{kills} kills over {chosen.documents} documents: outputs and database are "
            f"{'identical' if same else 'NOT identical'} to an undisturbed run; {lines} documents were noted, "
            f"{orphans} workers outlived their parent"
        )
        sys.exit(not same or kills < chosen.kills or orphans > 0)


if __name__ == "__main__":
    main()
