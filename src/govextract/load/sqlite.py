"""SQLite: one file, nothing to install; sentences can be searched by their words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, ClassVar

from govextract.load.store import WAIT, Store
from govextract.load.tables import RECORD, Table
from govextract.segment import words

HAN = re.compile("([\u4e00-\u9fff]+)")
MANY = 500  # sentences that jieba cuts while rjieba reads its dictionary
Cutter = Callable[[str], list[str]]
SEARCH = "CREATE VIRTUAL TABLE sentence USING fts5 (document UNINDEXED, ord UNINDEXED, words, tokenize = 'unicode61')"


class SqliteStore(Store):
    """A SQLite file; made where there is none. The sentences stand in `sentence`, cut into words, for MATCH."""

    types: ClassVar[dict[str, str]] = {
        "text": "TEXT",
        "number": "REAL",
        "integer": "INTEGER",
        "date": "TEXT",
        "flag": "INTEGER",
    }

    error = sqlite3.Error
    comments = False

    def __init__(self, url: str, path: Path) -> None:
        super().__init__(url)
        with self.told("is the folder there, and may you write to it?"):
            self.connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
            self.connection.execute("PRAGMA foreign_keys = ON")

    def begin(self) -> None:
        with self.told("is it a SQLite file that you may write to?"):
            self.connection.execute("BEGIN IMMEDIATE")

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self.told():
            return list(self.connection.execute(statement, values))

    def insert(self, table: Table, columns: Sequence[Sequence[Any]]) -> None:
        marks = ", ".join("?" * len(columns))
        with self.told():
            self.connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", zip(*columns, strict=True))
            if table is RECORD:
                cells = dict(zip((column.name for column in table.columns), columns, strict=True))
                sentences = _sentences(cells["document"], cells["ord"], cells["sentence"])
                self.connection.executemany("INSERT INTO sentence VALUES (?, ?, ?)", sentences)

    def finish(self) -> None:
        self.execute(SEARCH)
        gone = "DELETE FROM sentence WHERE document = old.document"
        self.execute(f"CREATE TRIGGER sentence_gone AFTER DELETE ON document BEGIN {gone}; END")

    def commit(self) -> None:
        with self.told():
            self.connection.execute("COMMIT")

    def close(self) -> None:
        self.connection.close()

    def tables(self) -> set[str]:
        return {name for (name,) in self.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _sentences(
    documents: Sequence[str], ords: Sequence[int], sentences: Sequence[str]
) -> Iterator[tuple[str, int, str]]:
    """A row for each sentence of a document, with the first of its records: a sentence is searched once."""
    first: dict[tuple[str, str], int] = {}
    for document, ord_, sentence in zip(documents, ords, sentences, strict=True):
        first.setdefault((document, sentence), ord_)
    cut = _quick_cutter() if len(first) > MANY else words
    for (document, sentence), ord_ in first.items():
        yield document, ord_, searchable(sentence, cut)


def searchable(sentence: str, cut: Cutter = words) -> str:
    """The sentence with a blank between its words."""
    stretches = HAN.split(sentence)  # what is not Chinese and what is, in turns
    stretches[1::2] = [_spaced(stretch, cut) for stretch in stretches[1::2]]
    return " ".join(filter(None, stretches))


@lru_cache(maxsize=1 << 16)
def _spaced(stretch: str, cut: Cutter) -> str:
    """Reports repeat themselves: most stretches are cut once."""
    return " ".join(cut(stretch))


@cache
def _quick_cutter() -> Cutter:
    """rjieba where it is installed: jieba's own tokens twenty times as fast, once it has read its dictionary."""
    try:
        import rjieba
    except ImportError:
        return words
    quick: Cutter = rjieba.cut
    return quick
