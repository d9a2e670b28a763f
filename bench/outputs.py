"""How long 100,000 records take into every format and database, beside pandas' own writers.

outputs.py [--records N] [--postgres URL]
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from govextract import __version__
from govextract.export import export
from govextract.load import open_store
from govextract.load.store import load
from govextract.model import Document, Extraction
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.reports import report_files
from govextract.rulebook import load_rulebook

ROOT = Path(__file__).parents[1]


def copies(count: int) -> list[Extraction]:
    """The corpus again and again, as other documents, until there are *count* records."""
    book = load_rulebook()
    whole = [parse_document(read_document(path), book) for path in report_files([ROOT / "corpus"])]
    out: list[Extraction] = []
    records = 0
    while records < count:
        for extraction in whole:
            number = len(out)
            document = extraction.document.model_copy(update={"sha256": f"{number:064}", "name": f"report{number}"})
            out.append(extraction.model_copy(update={"document": document}))
            records += len(extraction.records)
            if records >= count:
                break
    return out


def together(extractions: list[Extraction]) -> Extraction:
    """All records as those of one report, for the formats that hold one."""
    records = tuple(record for extraction in extractions for record in extraction.records)
    return extractions[0].model_copy(update={"records": records, "issues": ()})


def timed(what: str, work: Callable[[], Any]) -> float:
    """Run *work* once and print what it took."""
    start = time.perf_counter()
    work()
    took = time.perf_counter() - start
    print(f"{what:28} {took:6.2f} s")
    return took


def main() -> None:
    """Print a line for each format and database."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--records", type=int, default=100_000, metavar="N")
    options.add_argument("--postgres", metavar="URL")
    chosen = options.parse_args()
    extractions = copies(chosen.records)
    whole = together(extractions)
    frame: pd.DataFrame = whole.to_frame()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for format in ("csv", "jsonl", "parquet", "feather", "xlsx"):
            timed(format, lambda format=format: export(whole, out / f"all.{format}"))  # type: ignore[misc]
        timed("pandas to_csv", lambda: frame.to_csv(out / "pandas.csv", index=False))
        timed("pandas to_json lines", lambda: frame.to_json(out / "pandas.jsonl", orient="records", lines=True))
        timed("pandas to_parquet", lambda: frame.to_parquet(out / "pandas.parquet"))
        by_hash = {extraction.document.sha256: extraction for extraction in extractions}
        documents = [extraction.document for extraction in extractions]

        def into(url: str) -> None:
            def parsed(document: Document) -> Extraction:
                return by_hash[document.sha256]

            with open_store(url) as store:
                load(store, documents, parsed, __version__, "bench")

        timed("sqlite", lambda: into(f"sqlite:///{out / 'all.db'}"))
        timed("duckdb", lambda: into(f"duckdb:///{out / 'all.duckdb'}"))
        if chosen.postgres:
            timed("postgresql", lambda: into(chosen.postgres))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
