"""Loading into SQLite, DuckDB and a real PostgreSQL: once, all or none, replaced by newer rules, by many at once."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from govextract import __version__
from govextract.load import Item, LoadError, load_into, open_store
from govextract.load.store import load
from govextract.load.tables import TABLES, VERSION
from govextract.model import Document, Extraction
from govextract.parse import parse_document
from govextract.read import make_document
from govextract.rulebook import Rulebook

TEXTS = ("2023年，全省地区生产总值18640.5亿元，增长5.6%，高于全国0.4个百分点。", "2023年，全省粮食产量1352.4万吨。\x00")
SERVERS = ("/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/17/bin")


def documents(*texts: str, date: str = "2024-01-20") -> list[Document]:
    return [make_document(text, name=f"r{n}", meta={"region": "云岭省", "date": date}) for n, text in enumerate(texts)]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, on loopback, in a folder of its own."""
    programs = next((Path(p) for p in SERVERS if (Path(p) / "initdb").is_file()), None)
    if programs is None:
        pytest.skip("no PostgreSQL server programs are installed")
    folder = Path(tempfile.mkdtemp(prefix="govextract-pg"))
    user = "postgres" if os.getuid() == 0 else None  # initdb refuses root
    if user:
        shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    run("initdb", "-U", "gov", "--auth=trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://gov@127.0.0.1:{port}/"
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "duckdb", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param != "postgresql":
        return f"{request.param}:///{tmp_path / 'figures.db'}"
    address = request.getfixturevalue("server")
    import psycopg

    name = f"t{abs(hash(str(tmp_path))):x}"
    with psycopg.connect(address + "postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{address}{name}"


def items(
    read: list[Document], book: Rulebook, parse: Callable[[Document, Rulebook], Extraction] = parse_document
) -> Iterator[Item]:
    """Reports as other rules would read them."""
    for document in read:
        yield Item(document.sha256, __version__, "other rules", partial(parse, document, book))


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with open_store(url) as store:
        return store.execute(query)


def counts(url: str) -> dict[str, int]:
    return {table.name: rows(url, f"SELECT COUNT(*) FROM {table.name}")[0][0] for table in TABLES}


def test_a_load_holds_every_record(url: str, book: Rulebook) -> None:
    loaded = load_into(documents(*TEXTS), url, book)
    assert (loaded.new, loaded.replaced, loaded.unchanged, loaded.records) == (2, 0, 0, 3)
    assert counts(url) == {"run": 1, "document": 2, "record": 3, "comparison": 1, "issue": 0}
    found = rows(url, "SELECT indicator, value, unit, measure, base_value FROM record ORDER BY document, ord")
    assert sorted(found) == [
        ("地区生产总值", 5.6, "%", "growth", 5.6),
        ("地区生产总值", 18640.5, "亿元", "level", 1864050000000.0),
        ("粮食产量", 1352.4, "万吨", "level", 13524000.0),
    ]
    assert rows(url, "SELECT relation, object, value FROM comparison") == [("高于", "全国", 0.4)]


def test_loading_again_changes_nothing(url: str, book: Rulebook) -> None:
    load_into(documents(*TEXTS), url, book)
    before = rows(url, "SELECT * FROM record ORDER BY document, ord")
    again = load_into([*documents(*TEXTS), *documents(*TEXTS)], url, book)
    assert (again.new, again.unchanged, again.records) == (0, 4, 0)
    assert rows(url, "SELECT * FROM record ORDER BY document, ord") == before


def test_newer_rules_replace_and_the_old_run_stays(url: str, book: Rulebook) -> None:
    load_into(documents(*TEXTS), url, book)
    with open_store(url) as store:
        loaded = load(store, items(documents(*TEXTS), book))
    assert (loaded.new, loaded.replaced) == (0, 2)
    assert counts(url) == {"run": 2, "document": 2, "record": 3, "comparison": 1, "issue": 0}


def test_a_load_that_fails_leaves_nothing(url: str, book: Rulebook) -> None:
    load_into(documents(TEXTS[0]), url, book)

    def parse(document: Document, book: Rulebook) -> Extraction:
        if document.name == "r2":
            raise RuntimeError("power is gone")
        return parse_document(document, book)

    with pytest.raises(RuntimeError), open_store(url) as store:
        load(store, items(documents(TEXTS[0], TEXTS[1], "全省用电量增长5%。"), book, parse))
    assert counts(url) == {"run": 1, "document": 1, "record": 2, "comparison": 1, "issue": 0}


def test_two_loaders_at_once(url: str, book: Rulebook, tmp_path: Path) -> None:
    for number in range(12):
        text = f"全省用电量增长{number}.5%。\n全省粮食产量{number}00万吨。"
        (tmp_path / f"report{number}.txt").write_text(text, "utf-8")
    program = "from govextract.cli import main; main()"
    command = [sys.executable, "-c", program, "load", str(tmp_path), "--to", url]
    loaders = [subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(3)]
    told = [loader.communicate(timeout=120) for loader in loaders]
    assert [loader.returncode for loader in loaders] == [0, 0, 0], told
    assert counts(url)["document"] == 12
    assert rows(url, "SELECT COUNT(*) FROM (SELECT DISTINCT document, ord FROM record) AS d") == [(24,)]


def test_the_views(url: str, book: Rulebook) -> None:
    aims = documents("2023年预期目标是地区生产总值增长6%以上。", date="2023-01-20")
    load_into([*aims, *documents(TEXTS[0]), *documents("2023年，地区生产总值增长5.5%。", date="2025-01-20")], url, book)
    panel = rows(url, "SELECT value, status FROM panel WHERE measure = 'growth' ORDER BY status")
    assert panel == [(5.5, "actual"), (6.0, "target")]  # the newest report's word
    assert rows(url, "SELECT target, target_bound, actual FROM target_vs_actual") == [(6.0, "at_least", 5.5)]
    load_into(documents("合作区货物总值40366万亿元。"), url, book)
    assert rows(url, "SELECT code FROM issues_open") == [("MAGNITUDE",)]


def test_sentences_are_found_by_their_words(tmp_path: Path, book: Rulebook) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    load_into(documents(*TEXTS), url, book)
    find = "SELECT ord FROM sentence WHERE words MATCH '粮食产量'"
    assert rows(url, find) == [(0,)]
    with open_store(url) as store:
        load(store, items(documents(*TEXTS), book))
    assert rows(url, find) == [(0,)]


def other_shape(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE record (a)")


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE govextract_schema (version INTEGER)")
        connection.execute("INSERT INTO govextract_schema VALUES (?)", (VERSION + 1,))


BAD: list[tuple[str, Callable[[Path], object], str]] = [
    ("sqlite:///{path}", lambda path: path.write_text("no database" * 99), "file is not a database"),
    ("duckdb:///{path}", lambda path: path.write_text("no database" * 99), "not a valid DuckDB"),
    ("sqlite:///{path}/x.db", lambda path: None, "is the folder there"),
    ("sqlite:///{path}", other_shape, "holds a table record that is not govextract's"),
    ("sqlite:///{path}", newer, "use a newer govextract"),
    ("mysql://{path}", lambda path: None, "unknown kind of database 'mysql'"),
    ("figures.db", lambda path: None, "is no URL of a database"),
    ("sqlite:///", lambda path: None, "names no file"),
    ("postgresql://gov:secret@127.0.0.1:1/x", lambda path: None, "is the server running"),
]


@pytest.mark.parametrize(("address", "made", "problem"), BAD, ids=[f"{b[0].partition(':')[0]}: {b[2]}" for b in BAD])
def test_bad_databases_are_one_line(
    address: str, made: Callable[[Path], object], problem: str, tmp_path: Path, book: Rulebook
) -> None:
    path = tmp_path / "figures.db"
    made(path)
    with pytest.raises(LoadError) as caught:
        load_into(documents(TEXTS[0]), address.format(path=path), book)
    told = str(caught.value)
    assert problem in told
    assert "\n" not in told
    assert "secret" not in told
