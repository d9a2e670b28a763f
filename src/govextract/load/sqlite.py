"""SQLite: one file, nothing to install; sentences can be searched by their words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from govextract.load.store import WAIT, Store
from govextract.segment import words

STRETCH = re.compile(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+")
HAN = re.compile("[\u4e00-\u9fff]")
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

    def insert(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(rows[0]))
        with self.told():
            self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
            if table == "record":
                sentences = ((row[0], row[1], searchable(row[SENTENCE])) for row in _first_of_each(rows))
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


def searchable(sentence: str) -> str:
    """The sentence with a blank between its words. Reports repeat themselves: most stretches are cut once."""
    return " ".join(_cut(stretch) if HAN.match(stretch) else stretch for stretch in STRETCH.findall(sentence))


@lru_cache(maxsize=1 << 16)
def _cut(stretch: str) -> str:
    return " ".join(words(stretch))


SENTENCE = 23  # where a record's row holds its sentence


def _first_of_each(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The first record of every sentence: a sentence is searched once."""
    seen: set[tuple[str, str]] = set()
    out = []
    for row in rows:
        key = (row[0], row[SENTENCE])
        if key not in seen:
            seen.add(key)
            out.append(row)
    return out
