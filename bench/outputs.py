"""How long 100,000 records take into every format and database, and how much memory, beside pandas' own writers.

outputs.py [REPORT…] [--records N] [--postgres URL]

The reports (default: corpus/) are parsed before the clock starts and stand there again and again as other documents;
each line is a process of its own. Databases are fed report by report, as `load` feeds them; a format holds one report,
so that there all records stand in memory at once, as no report makes them. The copies share their records and texts:
reports that repeat each other this much are read faster from memory than real ones, so give real ones too.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from govextract.export import export
from govextract.load import extraction_items, load_items
from govextract.model import Extraction
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.reports import report_files
from govextract.rulebook import load_rulebook

ROOT = Path(__file__).parents[1]
PANDAS = ("to_csv", "to_json", "to_parquet")
Figures = tuple[float, float, float]  # seconds, of them on the processor, megabytes at most


def copies(reports: Sequence[Path], count: int) -> Iterator[Extraction]:
    """What *reports* yield, again and again, as other documents, until there are *count* records."""
    book = load_rulebook()
    whole = [parse_document(read_document(path), book) for path in report_files(reports)]
    number = records = 0
    while records < count:
        for extraction in whole:
            number += 1
            sha256 = hashlib.sha256(f"{number}".encode()).hexdigest()
            document = extraction.document.model_copy(update={"sha256": sha256, "name": f"report{number}"})
            yield extraction.model_copy(update={"document": document})
            records += len(extraction.records)


def together(extractions: list[Extraction]) -> Extraction:
    """All records as those of one report."""
    records = tuple(record for extraction in extractions for record in extraction.records)
    return extractions[0].model_copy(update={"records": records, "issues": ()})


def timed(work: Callable[[], object]) -> Figures:
    """What *work* takes."""
    gc.set_threshold(500_000, 20, 50)  # as the command line does
    start, before = time.perf_counter(), time.process_time()
    work()
    taken = time.perf_counter() - start, time.process_time() - before
    return *taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write(format: str, reports: Sequence[Path], count: int, folder: str) -> Figures:
    """Export with our writer, or write the same frame with pandas' own."""
    whole = together(list(copies(reports, count)))
    path = Path(folder) / f"all.{format}"
    if format not in PANDAS:
        return timed(lambda: export(whole, path, format))
    frame = whole.to_frame()
    options: dict[str, dict[str, Any]] = {"to_csv": {"index": False}, "to_json": {"orient": "records", "lines": True}}
    more = options.get(format, {})
    return timed(lambda: getattr(frame, format)(path, **more))


def load(url: str, reports: Sequence[Path], count: int) -> Figures:
    """Load as `load` does, less the parsing."""
    extractions, book = list(copies(reports, count)), load_rulebook()
    return timed(lambda: load_items(extraction_items(extractions, book), url))


def main() -> None:
    """Print a line for each format and database."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reports", nargs="*", type=Path, metavar="REPORT", default=[ROOT / "corpus"])
    options.add_argument("--records", type=int, default=100_000, metavar="N")
    options.add_argument("--postgres", metavar="URL", help="an empty database")
    chosen = options.parse_args()
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        formats = ("csv", "jsonl", "parquet", "feather", "sdmx", "xlsx")
        work = [(name, partial(write, name, chosen.reports, chosen.records, folder)) for name in formats]
        work += [(f"pandas {name}", partial(write, name, chosen.reports, chosen.records, folder)) for name in PANDAS]
        urls = [f"sqlite:///{folder}/all.db", f"duckdb:///{folder}/all.duckdb", *filter(None, [chosen.postgres])]
        work += [(url.partition(":")[0], partial(load, url, chosen.reports, chosen.records)) for url in urls]
        for what, task in work:
            with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
                seconds, busy, megabytes = pool.submit(task).result()
            print(f"{what:20} {seconds:6.2f} s, {busy:6.2f} s on the processor {megabytes:7.0f} MB", flush=True)


if __name__ == "__main__":
    main()
