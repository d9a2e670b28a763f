"""What share of the time each step takes, beside the floors: reading alone, one regex pass, jieba alone.

steps.py [REPORT…] [--passes N]      the reports of corpus/ unless some are named
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jieba
import regex

from govextract import parse, resolve
from govextract.export import json as json_format
from govextract.read import read_document
from govextract.rulebook import load_rulebook

ROOT = Path(__file__).parents[1]
# the module that calls it, its name there, what it does
STEPS = (
    (parse, "split_blocks", "structure: lines, headings, sentences"),
    (parse, "complete_document", "title, place, date, period"),
    (parse, "find_tables", "finding tables"),
    (parse, "read_sentence", "sentences to drafts"),
    (resolve, "tag", "  of which mentions: figures, times, words"),
    (resolve, "claims", "  of which patterns"),
    (parse, "make_record", "records"),
    (parse, "linked", "links between records"),
    (parse, "audit", "audit"),
    (parse, "check", "checks"),
)
FIGURE = regex.compile(r"\d+(?:\.\d+)?(?:[万亿]*[元吨人户个项家%]|个百分点)?")


def timed(function: Callable[..., Any], taken: dict[str, float], name: str) -> Callable[..., Any]:
    """*function*, whose time is added up under *name*."""

    def wrapped(*arguments: Any, **options: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*arguments, **options)
        finally:
            taken[name] += time.perf_counter() - start

    return wrapped


def main() -> None:
    """Print each step's milliseconds for a megabyte, and its share."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reports", type=Path, nargs="*")
    options.add_argument("--passes", type=int, default=3, metavar="N")
    chosen = options.parse_args()
    paths = chosen.reports or sorted((ROOT / "corpus").glob("*.txt"))
    book = load_rulebook()
    documents = [read_document(path) for path in paths]
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    for document in documents:
        parse.parse_document(document, book)
    taken = dict.fromkeys([told for _, _, told in STEPS], 0.0)
    floors = dict.fromkeys(["reading alone", "one regex pass over the text", "jieba alone", "parse", "JSON"], 0.0)
    jieba.setLogLevel(60)
    jieba.initialize()
    whole = parse.parse_document
    for module, name, told in STEPS:
        setattr(module, name, timed(getattr(module, name), taken, told))
    floor: dict[str, Callable[[Path], object]] = {
        "reading alone": read_document,
        "one regex pass over the text": lambda path: sum(1 for _ in FIGURE.finditer(texts[path])),
        "jieba alone": lambda path: jieba.lcut(texts[path]),
        "parse": lambda path: made.__setitem__(path, whole(by_path[path], book)),
        "JSON": lambda path: json_format.text(made[path]),
    }
    texts = {path: document.text for path, document in zip(paths, documents, strict=True)}
    by_path = dict(zip(paths, documents, strict=True))
    made: dict[Path, Any] = {}
    for _ in range(chosen.passes):
        for name, work in floor.items():
            for path in paths:
                timed(work, floors, name)(path)
    print(f"{len(paths)} reports, {size:.2f} MB of UTF-8; milliseconds a megabyte, and share of parse")
    for name, seconds in {**floors, **taken}.items():
        print(f"{name:<46}{1000 * seconds / chosen.passes / size:>9.1f}{seconds / floors['parse']:>8.1%}")


if __name__ == "__main__":
    main()
