"""Batches: what is done stays done, whatever stops the rest; a document that fails, hangs or kills fails alone."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from govextract import export
from govextract.batch import MANIFEST, BatchError, Summary, run_batch
from govextract.batch.plan import plan
from govextract.batch.work import HIDDEN
from govextract.errors import GovextractError, ReadError
from govextract.load import load_into
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.rulebook import Rulebook
from tests.batch_work import HERE
from tests.test_cli import Run
from tests.test_cli import run as run

ROOT = Path(__file__).parents[1]
REPORT = "2024年云岭省政府工作报告\n\n2023年，全省地区生产总值{n}.5亿元，增长5.6%。固定资产投资下降2.1%。\n"
Sources = Callable[..., Path]


@pytest.fixture
def reports(tmp_path: Path) -> Sources:
    """A maker of folders of reports: `reports("a", "b/c")` holds a.txt and b/c.txt."""

    def make(*names: str) -> Path:
        folder = tmp_path / "reports"
        for number, name in enumerate(names):
            path = folder / (name if "." in name else f"{name}.txt")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(REPORT.format(n=100 + number), "utf-8")
        return folder

    return make


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but what is the batch's own."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(HIDDEN)}


def states(out: Path) -> dict[str, tuple[str, str]]:
    """What the manifest says of each document: its state and the reason."""
    lines = [json.loads(line) for line in (out / MANIFEST).read_text("utf-8").splitlines()]
    return {line["name"]: (line["state"], line["reason"]) for line in lines}


def do(source: Path, out: Path, **options: object) -> Summary:
    return run_batch([source], out, **{"workers": 2} | options)  # type: ignore[arg-type]


# --- what comes out


def test_a_batch_writes_what_parse_writes(corpus: list[Path], tmp_path: Path, book: Rulebook) -> None:
    out = tmp_path / "out"
    summary = run_batch(corpus, out, formats=("csv", "json", "jsonl"), workers=2)
    assert (summary.done, summary.documents) == (len(corpus), len(corpus))
    made = [parse_document(read_document(path), book) for path in corpus]
    for extraction in made:
        export.export_all(extraction, tmp_path / "parse", extraction.document.name, ("csv", "json", "jsonl"))
    written = tree(out)
    del written[MANIFEST], written["datapackage.json"]
    assert written == tree(tmp_path / "parse")
    assert summary.records == sum(len(extraction.records) for extraction in made)
    assert summary.numbers == sum(extraction.audit.numbers for extraction in made)


def test_the_description_holds_for_every_file(reports: Sources, tmp_path: Path) -> None:
    from frictionless import validate

    out = tmp_path / "out"
    do(reports("a/report", "b/report", "c"), out, formats=("csv", "json"))
    told = validate(str(out / "datapackage.json"))
    assert told.valid, told.flatten(["type", "message"])
    described = json.loads((out / "datapackage.json").read_text("utf-8"))["resources"]
    assert {path for resource in described for path in resource["path"]} == {*tree(out)} - {
        MANIFEST,
        "datapackage.json",
    }


def test_a_folder_of_everything(reports: Sources, tmp_path: Path) -> None:
    source, out = reports("a"), tmp_path / "out"
    text = (source / "a.txt").read_text("utf-8")
    page = (
        "<html><body><article>" + "".join(f"<p>{line}</p>" for line in text.splitlines()) + "</article></body></html>"
    )
    (source / "page.html").write_text(page, "utf-8")
    with zipfile.ZipFile(source / "more.zip", "w") as archive:
        archive.writestr("x/one.txt", text)
        archive.writestr("two.html", page)
        archive.writestr("broken.docx", b"PK\x03\x04" + bytes(40))
    (source / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    summary = do(source, out)
    lines = map(json.loads, (out / MANIFEST).read_text("utf-8").splitlines())
    told = {entry["path"]: entry["state"] for entry in lines}
    assert told == {
        "a.txt": "done",
        "more.zip/broken.docx": "failed",
        "more.zip/two.html": "done",
        "more.zip/x/one.txt": "done",
        "old.doc": "failed",
        "page.html": "done",
    }
    assert [entry.name for entry in summary.failures] == ["more.broken", "old"]
    figures = [
        [(r["indicator"], r["value"]) for r in json.loads((out / f"{name}.json").read_text("utf-8"))["records"]]
        for name in ("a", "more.two", "more.one", "page")
    ]
    assert figures[0]
    assert all(found == figures[0] for found in figures)
    assert (out / "page.txt").read_text("utf-8").split() == text.split()
    again = do(source, out, resume=True)
    assert (again.before, again.done) == (4, 4)


def test_what_is_known_of_the_reports_comes_from_a_table(reports: Sources, tmp_path: Path) -> None:
    source, out = reports("a", "b"), tmp_path / "out"
    table = tmp_path / "meta.csv"
    table.write_text("file,region\nb.txt,青石县\n", "utf-8")
    do(source, out, meta=table)
    regions = [json.loads((out / f"{x}.json").read_text("utf-8"))["document"]["region"] for x in "ab"]
    assert regions[1] == "青石县" != regions[0]
    table.write_text("file,region\nb.txt,皓陵市\n", "utf-8")
    assert do(source, out, meta=table, resume=True).before == 0
    assert json.loads((out / "b.json").read_text("utf-8"))["document"]["region"] == "皓陵市"


# files, their names
NAMES = [
    (["a/report.txt", "b/report.txt"], ["a/report", "b/report"]),
    (["report.txt", "report.md"], ["report.md", "report.txt"]),
    (["Report.txt", "report.md"], ["Report.txt", "report.md"]),
    (["x.txt", "x.issues.txt", "y.issues.txt"], ["x.issues.txt", "x", "y.issues"]),
    (["x.gb18030.txt"], ["x.gb18030"]),
]


@pytest.mark.parametrize(
    ("files", "names"), NAMES, ids=["two folders", "two suffixes", "one case", "a table's name", "two dots"]
)
def test_no_two_outputs_have_one_name(files: list[str], names: list[str], reports: Sources, tmp_path: Path) -> None:
    assert [job.name for job in plan([reports(*files)], tmp_path / "out")] == names


def test_names_are_paths_below_what_holds_all_inputs(reports: Sources, tmp_path: Path) -> None:
    source = reports("2013/county/a", "2014/county/a")
    folders = [source / "2013" / "county", source / "2014" / "county"]
    assert [job.name for job in plan(folders, tmp_path / "out")] == ["2013/county/a", "2014/county/a"]
    assert [job.name for job in plan([source, source / "2013/county/a.txt"], tmp_path / "out")[:1]] == ["2013/county/a"]


def test_two_documents_of_one_name_are_told_apart(reports: Sources, tmp_path: Path) -> None:
    do(reports("a/report", "b/report"), tmp_path / "out")
    documents = [json.loads((tmp_path / "out" / f"{x}/report.json").read_text())["document"]["name"] for x in "ab"]
    assert documents == ["a/report", "b/report"]


def test_outputs_below_the_inputs_are_no_inputs(reports: Sources) -> None:
    source = reports("a", "b")
    do(source, source / "out")
    (source / "out" / "note.txt").write_text("2023年")
    assert do(source, source / "out", resume=True).documents == 2


def test_the_same_bytes_twice_are_told(reports: Sources, tmp_path: Path) -> None:
    source = reports("a")
    (source / "b.txt").write_bytes((source / "a.txt").read_bytes())
    summary = do(source, tmp_path / "out")
    assert (summary.done, summary.again) == (2, 1)


# --- what is refused, before anything is done


def test_where_there_is_nothing_to_do_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError, match="holds no reports"):
        do(tmp_path / "empty", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_outputs_do_not_go_among_the_inputs(reports: Sources) -> None:
    source = reports("a/b")
    for out in (source, source.parent):
        with pytest.raises(BatchError, match="choose another folder"):
            do(source, out)


def test_a_folder_of_something_else_is_left_alone(reports: Sources, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").write_text("")
    with pytest.raises(BatchError, match=r"holds thesis\.doc, which is no batch's"):
        do(reports("a"), tmp_path / "out")


def test_a_folder_with_a_batch_wants_resume_and_the_same_words(reports: Sources, tmp_path: Path) -> None:
    source = reports("a", "b")
    do(source, tmp_path / "out")
    with pytest.raises(BatchError, match="holds a batch with 2 documents; go on with --resume"):
        do(source, tmp_path / "out")
    with pytest.raises(BatchError, match="was begun with -f csv,json --lang en"):
        do(source, tmp_path / "out", resume=True, formats=("csv",))


def test_one_batch_at_a_time_writes_to_a_folder(reports: Sources, tmp_path: Path) -> None:
    source = reports("sleeping", "a")
    first = started(source, tmp_path / "out", "misbehave")
    try:
        wait_for(lambda: ended(tmp_path / "out") >= 1)
        with pytest.raises(BatchError, match="another batch is writing there"):
            do(source, tmp_path / "out", resume=True)
    finally:
        first.kill()
        first.wait()


# --- documents that fail, each alone

# name of the document, state, what the reason says
MISBEHAVING = [
    ("killed", "crashed", "its worker was ended by signal 9, 2 times"),
    ("faulty", "crashed", "its worker was ended by signal 11, 2 times"),
    ("half", "crashed", "its worker was ended by signal 9, 2 times"),
    ("leaving", "crashed", "its worker ended with exit code 3, 2 times"),
    ("greedy", "crashed", "its worker ran out of memory, 2 times"),
    ("wrong", "failed", "internal: ZeroDivisionError: no way"),
    ("sleeping", "timed out", "took more than 5 s"),
    ("hanging", "timed out", "took more than 5 s"),
]


def test_each_bad_document_fails_alone(reports: Sources, tmp_path: Path) -> None:
    good = [f"good-{n}" for n in range(6)]
    source = reports(*good, *(name for name, _, _ in MISBEHAVING))
    (source / "empty.txt").write_bytes(b"")
    (source / "binary.txt").write_bytes(bytes(range(256)) * 20)
    out = tmp_path / "out"
    summary = do(source, out, work=f"{HERE}:misbehave", timeout=5.0)
    told = states(out)
    assert {name: told[name] for name, _, _ in MISBEHAVING} == {name: (state, why) for name, state, why in MISBEHAVING}
    assert [told[name][0] for name in good] == ["done"] * len(good)
    assert told["empty"] == ("failed", "is empty")
    assert told["binary"][0] == "failed"
    assert {entry.name for entry in summary.failures} == {*(m[0] for m in MISBEHAVING), "empty", "binary"}
    left = {name.partition(".")[0] for name in tree(out)} - {"manifest", "datapackage"}
    assert left == set(good)  # nothing half done, no draft


def test_what_failed_is_tried_again(reports: Sources, tmp_path: Path) -> None:
    source = reports("wrong", "good")
    assert do(source, tmp_path / "out", work=f"{HERE}:misbehave").done == 1
    summary = do(source, tmp_path / "out", resume=True)
    assert (summary.done, summary.before) == (2, 1)
    do(source, tmp_path / "other")
    assert tree(tmp_path / "out") == tree(tmp_path / "other")


def test_workers_that_cannot_start_are_told(reports: Sources, tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="a worker cannot start: No module named 'nowhere'"):
        do(reports("a"), tmp_path / "out", work="nowhere:work")


# --- stopped anywhere, it goes on


def started(source: Path, out: Path, work: str = "slow", *url: str) -> subprocess.Popen[bytes]:
    """A batch in a process group of its own."""
    command = [sys.executable, "-m", "tests.batch_work", str(source), str(out), work, *url]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True)


def ended(out: Path) -> int:
    """How many documents the journal names."""
    path = out / HIDDEN / "journal.jsonl"
    return path.read_bytes().count(b'"entry"') if path.is_file() else 0


def children(parent: int) -> list[int]:
    """The processes that *parent* has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def wait_for(what: Callable[[], bool], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)


STOPS = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)]


@pytest.mark.parametrize(("how", "code"), STOPS, ids=["Ctrl-C", "SIGTERM", "SIGKILL"])
def test_a_stopped_batch_goes_on(how: signal.Signals, code: int, reports: Sources, tmp_path: Path) -> None:
    names = [f"folder{n % 3}/report-{n}" for n in range(16)]
    source = reports(*names)
    url = f"sqlite:///{tmp_path / 'figures.db'}"
    process = started(source, tmp_path / "out", "slow", url)
    wait_for(lambda: ended(tmp_path / "out") >= 3)
    workers = children(process.pid)
    assert workers
    os.kill(process.pid, how)
    _, told = process.communicate(timeout=20)
    assert process.returncode == code
    assert b"Traceback" not in told
    if how is not signal.SIGKILL:
        assert b"with --resume go on" in told
    wait_for(lambda: not any(map(alive, workers)), 10)
    assert not (tmp_path / "out" / MANIFEST).exists()
    before = ended(tmp_path / "out")
    assert before < len(names)
    summary = do(source, tmp_path / "out", to=url, resume=True)
    assert (summary.done, summary.before) == (len(names), before)
    do(source, tmp_path / "undisturbed", to=f"sqlite:///{tmp_path / 'other.db'}")
    assert tree(tmp_path / "out") == tree(tmp_path / "undisturbed")
    assert content(tmp_path / "figures.db") == content(tmp_path / "other.db")


def test_a_hanging_worker_dies_with_its_parent(reports: Sources, tmp_path: Path) -> None:
    process = started(reports("hanging", "a", "b"), tmp_path / "out", "misbehave")
    wait_for(lambda: ended(tmp_path / "out") >= 2)
    workers = children(process.pid)
    process.kill()
    process.communicate()
    wait_for(lambda: not any(map(alive, workers)), 10)


# what is done to the journal's bytes, how many of its four documents are then done again
TORN = [
    (lambda data: data[:-1], 1),
    (lambda data: data[:-40], 1),
    (lambda data: data + b'{"entry": {"na', 0),
    (lambda data: data[:-200] + bytes(200), 1),
    (lambda data: data[:10], 4),
    (lambda data: b"", 4),
    (lambda data: data + b"\xff\xfe\n", 0),
    (lambda data: data + b"{}\n[]\n", 0),
]


@pytest.mark.parametrize(
    ("tear", "lost"),
    TORN,
    ids=["no line end", "half a line", "a begun line", "zeros", "half the head", "nothing", "no UTF-8", "not ours"],
)
def test_a_torn_journal_loses_its_end_only(
    tear: Callable[[bytes], bytes], lost: int, reports: Sources, tmp_path: Path
) -> None:
    source, out = reports("a", "b", "c", "d"), tmp_path / "out"
    do(source, out)
    whole = tree(out)
    journal = out / HIDDEN / "journal.jsonl"
    journal.write_bytes(tear(journal.read_bytes()))
    assert do(source, out, resume=True).before == 4 - lost
    assert tree(out) == whole


def test_what_changed_is_done_again(reports: Sources, tmp_path: Path) -> None:
    source, out = reports("a", "b", "c", "d", "e"), tmp_path / "out"
    do(source, out)
    (source / "a.txt").write_text(REPORT.format(n=999), "utf-8")
    (source / "b.meta.json").write_text('{"region": "青石县"}', "utf-8")
    (out / "c.csv").unlink()
    (source / "d.txt").unlink()
    (source / "f.txt").write_text(REPORT.format(n=1000), "utf-8")
    summary = do(source, out, resume=True)
    assert (summary.documents, summary.before, summary.gone) == (5, 1, 1)
    assert "999.5" in (out / "a.csv").read_text("utf-8")
    assert "青石县" in (out / "b.csv").read_text("utf-8")
    assert (out / "c.csv").is_file()
    assert set(states(out)) == {"a", "b", "c", "e", "f"}


def test_other_rules_are_noticed(reports: Sources, tmp_path: Path) -> None:
    source, out = reports("a", "b"), tmp_path / "out"
    do(source, out)
    whole = tree(out)
    mine = tmp_path / "mine" / "patterns"
    mine.mkdir(parents=True)
    (mine / "growth.yaml").write_text("id: growth\ndisable: true\n", "utf-8")
    kept = do(source, out, resume=True, rules=tmp_path / "mine")
    assert (kept.before, kept.stale) == (2, 2)
    assert tree(out) == whole
    again = do(source, out, resume=True, rules=tmp_path / "mine", stale="redo")
    assert (again.before, again.stale) == (0, 0)
    assert tree(out) != whole
    do(source, tmp_path / "other", rules=tmp_path / "mine")
    assert tree(out) == tree(tmp_path / "other")


# --- into a database


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table of ours, sorted."""
    with sqlite3.connect(path) as connection:
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr)
            for table in ("document", "record", "comparison", "issue", "run")
        }


def test_a_database_holds_what_load_puts_there(corpus: list[Path], tmp_path: Path, book: Rulebook) -> None:
    summary = run_batch(corpus, tmp_path / "out", workers=2, to=f"sqlite:///{tmp_path / 'batch.db'}")
    loaded = load_into(map(read_document, corpus), f"sqlite:///{tmp_path / 'load.db'}", book)
    assert summary.loaded == loaded
    assert content(tmp_path / "batch.db") == content(tmp_path / "load.db")
    assert not list((tmp_path / "out" / HIDDEN / "spool").iterdir())


def test_a_batch_done_without_a_database_can_fill_one(reports: Sources, tmp_path: Path) -> None:
    source, url = reports("a", "b"), f"sqlite:///{tmp_path / 'figures.db'}"
    do(source, tmp_path / "out")
    summary = do(source, tmp_path / "out", resume=True, to=url)
    assert summary.loaded is not None
    assert (summary.before, summary.loaded.new) == (0, 2)
    again = do(source, tmp_path / "out", resume=True, to=url)
    assert again.loaded is not None
    assert (again.before, again.loaded.unchanged) == (2, 2)


# --- the command


def test_the_command_tells_and_ends_with_1_where_something_failed(run: Run, reports: Sources) -> None:
    source = reports("a", "b")
    (source / "empty.txt").write_bytes(b"")
    code, out, err = run("batch", source, "-o", "out", "-j", "2")
    assert code == 1
    assert out.startswith("2 of 3 documents done, 1 failed: 6 records, ")
    assert err.splitlines()[0].split() == ["state", "document", "reason"]
    assert err.splitlines()[2].split() == ["failed", "empty.txt", "is", "empty"]
    (source / "empty.txt").write_text("2023年，地区生产总值5亿元。", "utf-8")
    code, out, err = run("batch", source, "-o", "out", "--resume")
    assert (code, err) == (0, "")
    assert out.splitlines()[1] == "2 of them were done before"


# arguments after `batch`, what the one line says
WRONG = [
    (["reports"], "Missing option"),
    (["reports", "-o", "out", "-f", "ods"], "unknown format 'ods'"),
    (["reports", "-o", "out", "--scheduler", "tcp://x:1"], "say --engine dask too"),
    (["reports", "-o", "out", "--stale", "redo"], "say --resume too"),
    (["reports", "-o", "reports"], "choose another folder"),
]


@pytest.mark.parametrize(("arguments", "problem"), WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_wrong_words_are_one_line(
    arguments: list[str],
    problem: str,
    run: Run,
    reports: Sources,
) -> None:
    reports("a")
    code, out, err = run("batch", *arguments)
    assert (code in (1, 2), out, len(err.splitlines())) == (True, "", 1)
    assert problem in err
    assert not Path("out").exists()


def test_a_wrong_address_stops_before_the_work(run: Run, reports: Sources) -> None:
    code, _, err = run("batch", reports("a"), "-o", "out", "--to", "mysql://host/figures")
    assert (code, err.count("\n")) == (1, 1)
    assert not list(Path("out").glob("*.csv"))
    assert run("batch", reports("a"), "-o", "out", "-f", "json")[0] == 0  # nothing was done there: it may begin anew


def test_an_output_folder_that_cannot_be_made(reports: Sources, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(GovextractError, match=r"is no folder|cannot be written"):
            do(reports("a"), out)
