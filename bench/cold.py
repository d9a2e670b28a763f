"""Cold runs beside the stock program, interleaved: user + system time of whole processes, peak memory.

cold.py [REPORT] [--runs N]      REPORT is the longest of corpus/ unless one is named; N >= 7
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
STOCK, PARSE, HELP = "stock", "parse", "--help"


def measure(command: list[str], folder: Path) -> tuple[float, float]:
    """User + system seconds and peak resident MB of one process."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, env=environment, stdin=quiet, stdout=quiet, stderr=quiet)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"error: {' '.join(command)} ended with {process.returncode}")
    peak = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return used.ru_utime + used.ru_stime, peak


def main() -> None:
    """Run all commands in turn, N times, and print their medians beside stock's."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("report", type=Path, nargs="?")
    options.add_argument("--runs", type=int, default=9, metavar="N")
    chosen = options.parse_args()
    report = chosen.report or max((ROOT / "corpus").glob("*.txt"), key=lambda path: path.stat().st_size)
    report = report.resolve()
    govextract = str(Path(sys.executable).with_name("govextract"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = {
            STOCK: [
                sys.executable,
                str(Path(__file__).with_name("stock.py")),
                str(report),
                str(folder / "out.json"),
            ],
            PARSE: [govextract, "parse", str(report), "-o", str(folder)],
            HELP: [govextract, "--help"],
        }
        seconds: dict[str, list[float]] = {key: [] for key in commands}
        peaks: dict[str, list[float]] = {key: [] for key in commands}
        for turn in range(max(chosen.runs, 7) + 1):
            for key, command in commands.items():
                used, peak = measure(command, folder)
                if turn:  # the first turn writes the .pyc files and the caches
                    seconds[key].append(used)
                    peaks[key].append(peak)
    stock = statistics.median(seconds[STOCK])
    print(f"{report.name}, {report.stat().st_size} bytes, median of {len(seconds[STOCK])} interleaved runs")
    print(f"{'command':<10}{'user+sys s':>12}{'to stock':>10}{'peak MB':>10}")
    for key, times in seconds.items():
        middle = statistics.median(times)
        print(f"{key:<10}{middle:>12.3f}{middle / stock:>10.3f}{max(peaks[key]):>10.1f}")


if __name__ == "__main__":
    main()
