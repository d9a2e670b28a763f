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

import jieba
import pytest
import rjieba

from govextract import __version__, segment
from govextract.load import Item, LoadError, load_into, open_store, sqlite
from govextract.load.store import load
from govextract.load.tables import TABLES, VERSION, VIEWS
from govextract.model import Document, Extraction
from govextract.parse import parse_document
from govextract.read import make_document, read_document
from govextract.rulebook import Rulebook
from govextract.sources import extractions_from

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


def test_the_quick_cutter_has_the_same_words(corpus: list[Path]) -> None:
    texts = [path.read_text("utf-8") for path in corpus]
    words = [line.split()[0] for line in Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines()]
    some = words[::97]
    texts += ["".join(some[at : at + size]) for size in (1, 3) for at in range(0, len(some), size)]
    for stretch in {stretch for text in texts for stretch in sqlite.HAN.findall(text)}:
        assert rjieba.cut(stretch) == segment.words(stretch)


@pytest.mark.parametrize("there", [True, False], ids=["rjieba", "no rjieba"])
def test_many_sentences_are_cut_alike(
    there: bool, tmp_path: Path, book: Rulebook, corpus: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = [read_document(path) for path in corpus[:2]]
    load_into(read, f"sqlite:///{tmp_path / 'few.db'}", book)
    monkeypatch.setattr(sqlite, "MANY", 0)
    monkeypatch.setattr(sqlite, "_quick_cutter", sqlite._quick_cutter.__wrapped__)
    if not there:
        monkeypatch.setitem(sys.modules, "rjieba", None)
    load_into(read, f"sqlite:///{tmp_path / 'many.db'}", book)
    few, many = (rows(f"sqlite:///{tmp_path / name}.db", "SELECT * FROM sentence") for name in ("few", "many"))
    assert few == many
    assert len(few) > 50


# The schema of version 1, as its program made it.
FIRST = """
CREATE TABLE govextract_schema (version INTEGER NOT NULL);
INSERT INTO govextract_schema VALUES (1);
CREATE TABLE run (run text NOT NULL, version text NOT NULL, rules text NOT NULL, PRIMARY KEY (run));
CREATE TABLE document (document text NOT NULL, run text NOT NULL, name text NOT NULL, title text, issuer text,
    region text, region_code text, date date, genre text, period_start date, period_end date, encoding text,
    numbers integer, unexplained integer, content text, PRIMARY KEY (document));
CREATE INDEX document_region_date ON document (region, date);
CREATE INDEX document_name ON document (name);
CREATE TABLE record (document text NOT NULL, ord integer NOT NULL, id text NOT NULL, indicator text NOT NULL,
    indicator_id text, indicator_text text, action text, measure text NOT NULL, value double precision,
    value_max double precision, unit text, decimals integer, base_value double precision, base_unit text,
    bound text NOT NULL, basis text, period_text text, period_start date, period_end date,
    period_inferred {flag} NOT NULL, status text NOT NULL, region text, region_code text, sentence text NOT NULL,
    section text, rule text NOT NULL, confidence double precision NOT NULL, flags text, span_start integer NOT NULL,
    span_end integer NOT NULL, PRIMARY KEY (document, ord));
CREATE INDEX record_indicator ON record (indicator);
CREATE TABLE comparison (document text NOT NULL, record integer NOT NULL, ord integer NOT NULL, relation text NOT NULL,
    object text NOT NULL, value double precision, unit text, object_record text, span_start integer NOT NULL,
    span_end integer NOT NULL, PRIMARY KEY (document, record, ord));
CREATE TABLE issue (document text NOT NULL, ord integer NOT NULL, code text NOT NULL, severity text NOT NULL,
    check_id text NOT NULL, message_zh text NOT NULL, message_en text NOT NULL, arithmetic text, suggestion text,
    records text, span_start integer, span_end integer, PRIMARY KEY (document, ord));
CREATE VIEW panel AS {panel};
INSERT INTO run VALUES ('r', '0.1.0', 'older');
INSERT INTO document VALUES ('sha', 'r', 'old', '旧报告', NULL, '云岭省', NULL, '2023-01-20', NULL, '2022-01-01',
    '2022-12-31', 'utf-8', 1, 0, '增长5%');
INSERT INTO record VALUES ('sha', 0, 'id0', '地区生产总值', 'gdp', '生产总值', NULL, 'growth', 5, NULL, '%', 0, 5, '%',
    'exact', 'yoy', '2022年', '2022-01-01', '2022-12-31', {false}, 'actual', '云岭省', NULL, '增长5%', '', 'growth',
    0.9, '', 2, 4)
"""


def test_a_database_of_the_version_before_is_led_forward(url: str, book: Rulebook) -> None:
    kinds = {"sqlite": ("INTEGER", "0"), "duckdb": ("BOOLEAN", "false"), "postgresql": ("boolean", "false")}
    flag, false = kinds[url.partition(":")[0]]
    with open_store(url) as store:
        store.begin()
        for statement in FIRST.format(flag=flag, false=false, panel=VIEWS["panel"]).split(";"):
            store.execute(statement)
        store.finish()
        store.commit()
    (before,) = extractions_from([url], book)  # it is read as it is
    assert (before.document.number, [r.page for r in before.records]) == (None, [None])
    assert rows(url, "SELECT version FROM govextract_schema") == [(1,)]
    new = make_document(
        TEXTS[0], name="new", meta={"region": "云岭省", "date": "2024-01-20", "number": "云政发〔2024〕3号"}
    )
    loaded = load_into([new.model_copy(update={"pages": (0, 10)})], url, book)
    assert (loaded.new, loaded.records) == (1, 2)
    assert rows(url, "SELECT version FROM govextract_schema") == [(VERSION,)]
    assert counts(url) | {"run": 2} == {"run": 2, "document": 2, "record": 3, "comparison": 1, "issue": 0}
    assert rows(url, "SELECT name, number FROM document ORDER BY name") == [("new", "云政发〔2024〕3号"), ("old", None)]
    assert rows(url, "SELECT value, page FROM record ORDER BY value") == [(5.0, None), (5.6, 2), (18640.5, 2)]
    assert rows(url, "SELECT value FROM panel WHERE measure = 'growth' ORDER BY value") == [(5.0,), (5.6,)]
    assert [len(e.records) for e in extractions_from([url], book)] == [2, 1]
    assert load_into([new], url, book).unchanged == 1


def test_a_migrated_database_is_like_a_new_one(tmp_path: Path, book: Rulebook) -> None:
    for name, of in (("first", FIRST), ("new", "")):
        with open_store(f"sqlite:///{tmp_path / name}") as store:
            store.begin()
            for statement in of.format(flag="INTEGER", false="0", panel=VIEWS["panel"]).split(";") if of else ():
                store.execute(statement)
            if of:
                store.finish()
            store.commit()
        load_into(documents(TEXTS[0]), f"sqlite:///{tmp_path / name}", book)
    columns = {
        name: {
            table.name: [row[1] for row in rows(f"sqlite:///{tmp_path / name}", f"PRAGMA table_info({table.name})")]
            for table in TABLES
        }
        for name in ("first", "new")
    }
    assert columns["first"] == columns["new"]


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
