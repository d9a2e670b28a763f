"""Records drawn at random, laid out for a reader to judge against their sentences.

sample.py PATH… [--size N] [--seed S]      JSON, one record a line, in the order of the reports
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from govextract.parse import parse_document
from govextract.read import read_document
from govextract.reports import report_files
from govextract.rulebook import load_rulebook

SHOWN = (
    "indicator", "action", "measure", "value", "value_max", "unit", "bound", "basis", "period", "status", "region",
    "comparisons", "rule", "confidence",
)  # fmt: skip
AROUND = 120


def main() -> None:
    """Print the sample: what each record says, its mention, and the text around it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("paths", type=Path, nargs="+")
    options.add_argument("--size", type=int, default=200, metavar="N")
    options.add_argument("--seed", type=int, default=1, metavar="S")
    chosen = options.parse_args()
    book = load_rulebook()
    results = [(path, parse_document(read_document(path), book)) for path in report_files(chosen.paths)]
    everything = [(path, result, record) for path, result in results for record in result.records]
    drawn = random.Random(chosen.seed).sample(range(len(everything)), min(chosen.size, len(everything)))
    for at in sorted(drawn):
        path, result, record = everything[at]
        text = result.document.text
        said = record.model_dump(mode="json")
        row = {
            "id": record.id,
            "report": path.name,
            "document": f"{result.document.title} · {result.document.region} · {result.document.period}",
            "section": said["section"],
            "mention": text[record.span.start : record.span.end],
            "before": text[max(0, record.span.start - AROUND) : record.span.start],
            "after": text[record.span.end : record.span.end + AROUND],
            "sentence": record.sentence,
            **{key: said[key] for key in SHOWN},
        }
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
