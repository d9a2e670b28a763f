"""The command line: what goes to which stream, which exit code, and that no traceback reaches a user."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from govextract import cli
from tests.test_imports import modules_after

REPORT = """2024年云岭省政府工作报告

2024年1月23日

一、2023年工作回顾

全省地区生产总值18640.5亿元，比上年增长5.6%。固定资产投资下降2.1%。
"""
WITHOUT_NUMBERS = "关于开展调研工作的通知\n\n请各单位认真组织，确保调研取得实效。\n"
ROOT = Path(__file__).parents[1]
HEAVY = ("pydantic", "pandas", "jieba", "yaml", "regex", "rich", "numpy")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command in an empty folder; gives its exit code, standard output and standard error."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["govextract", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return int(stopped.value.code or 0), out, err

    return command


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, "utf-8")
    return path


def error_line(err: str) -> str:
    """The one line that says what is wrong."""
    lines = err.splitlines()
    assert len(lines) == 1, err
    assert lines[0].startswith("error: ")
    return lines[0]


# --- parse: what is written and printed


def test_parse_writes_csv_and_json(run: Run, report: Path) -> None:
    code, out, err = run("parse", report)
    assert code == 0
    names = {path.name for path in Path("output").iterdir()}
    tables = {f"report{ending}.csv" for ending in ("", ".comparisons", ".issues", ".documents")}
    assert names == {*tables, "report.json", "report.txt", "datapackage.json"}
    assert "18640.5" in out
    assert "unexplained" in out
    assert err.startswith("wrote output")


def test_stdout_holds_nothing_but_data(run: Run, report: Path) -> None:
    code, out, err = run("parse", report, "-o", "-")
    assert (code, err) == (0, "")
    values = [record["value"] for record in json.loads(out)["records"]]
    assert values == [18640.5, 5.6, -2.1]
    assert not Path("output").exists()


def test_a_doubt_about_the_report_is_no_failure_of_parse(run: Run, report: Path) -> None:
    report.write_text("2023年，全省地区生产总值18640.5万亿元，增长6.9%。", "utf-8")
    code, out, _ = run("parse", report, "-o", "-")
    assert code == 0
    assert [issue["severity"] for issue in json.loads(out)["issues"]].count("error") == 1
    assert run("check", report)[0] == 1


@pytest.mark.parametrize("format", ["csv", "json", "jsonl"])
def test_stdout_is_the_same_as_the_file(format: str, run: Run, report: Path) -> None:
    run("parse", report, "-f", format)
    _, out, _ = run("parse", report, "-f", format, "-o", "-")
    assert out.encode() == Path(f"output/report.{format}").read_bytes()


def test_chinese_heads(run: Run, report: Path) -> None:
    _, out, _ = run("parse", report, "--lang", "zh")
    assert "指标" in out
    assert "指标" in Path("output/report.csv").read_text("utf-8-sig").splitlines()[0]


def test_audit_lists_what_no_rule_explains(run: Run, report: Path) -> None:
    code, _, err = run("parse", report, "-o", "-", "--audit")
    assert code == 0
    assert "unexplained" in err


def test_a_report_without_numbers_is_done(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(WITHOUT_NUMBERS, "utf-8")
    code, out, _ = run("parse", "note.txt")
    assert code == 0
    assert "no records" in out
    assert json.loads(Path("output/note.json").read_text("utf-8"))["records"] == []
    code, _, err = run("parse", "note.txt", "-o", "-")
    assert (code, err) == (0, "note: no records\n")


def test_options_say_where_and_when(run: Run, report: Path) -> None:
    _, out, _ = run("parse", report, "-o", "-", "--region", "青石县", "--date", "2025-02-01")
    document = json.loads(out)["document"]
    assert (document["region"], document["date"]) == ("青石县", "2025-02-01")


# --- bad input: one clear line, the rest goes on

BAD = {
    "missing": None,
    "empty": b"",
    "binary": bytes(range(256)) * 20,
    "undecodable": b"\xff\xff\xfe\x81\x00" * 50,
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_one_line(kind: str, run: Run, tmp_path: Path) -> None:
    content = BAD[kind]
    if content is not None:
        (tmp_path / "bad.txt").write_bytes(content)
    code, out, err = run("parse", "bad.txt")
    assert (code, out) == (1, "")
    assert "bad.txt" in error_line(err)


def test_a_folder_is_no_report(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    code, _, err = run("parse", "folder")
    assert code == 1
    assert "folder" in error_line(err)


def test_parse_loads_too(run: Run, report: Path) -> None:
    code, _, err = run("parse", report, "missing.txt", "--to", "sqlite:///figures.db")
    assert code == 1
    assert "1 report: 1 new, 0 replaced, 0 unchanged; 3 records written" in err
    assert Path("output/report.csv").is_file()
    code, out, _ = run("load", report, "output/report.json", "--to", "sqlite:///figures.db")
    assert (code, out) == (0, "2 reports: 0 new, 1 replaced, 1 unchanged; 3 records written\n")


def test_a_wrong_address_stops_before_the_work(run: Run, report: Path) -> None:
    code, out, err = run("parse", report, "--to", "mysql://host/figures")
    assert (code, out) == (1, "")
    assert "unknown kind of database 'mysql'" in error_line(err)
    assert not Path("output").exists()


def test_check_takes_a_database(run: Run, report: Path) -> None:
    other = report.with_name("other.txt")
    other.write_text("2023年，全省地区生产总值18640.5万亿元，增长6.9%。", "utf-8")
    run("load", report, other, "--to", "sqlite:///figures.db")
    code, out, _ = run("check", "sqlite:///figures.db", "--format", "json")
    from_files = run("check", other, report, "--format", "json")
    assert (code, codes(out)) == (1, codes(from_files[1]))
    assert "MAGNITUDE" in codes(out)


def codes(told: str) -> list[str]:
    return [issue["code"] for issue in json.loads(told)]


def test_a_bad_file_does_not_stop_the_rest(run: Run, report: Path) -> None:
    code, out, err = run("parse", "missing.txt", report)
    assert code == 1
    assert "18640.5" in out
    assert err.splitlines()[0].startswith("error: missing.txt")
    assert Path("output/report.json").is_file()
    assert [r["name"] for r in json.loads(Path("output/datapackage.json").read_text("utf-8"))["resources"]] == [
        "report.comparisons",
        "report",
        "report.documents",
        "report.issues",
        "report.json",
        "report.txt",
    ]


def test_an_endless_line_is_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("发展" * 500_000 + "增长5.6%", "utf-8")
    code, _, _ = run("parse", "long.txt")
    assert code == 0


def test_two_inputs_with_one_name_are_refused(run: Run, report: Path) -> None:
    (report.parent / "b").mkdir()
    other = report.parent / "b" / "report.txt"
    other.write_text(REPORT, "utf-8")
    code, out, err = run("parse", report, other)
    assert (code, out) == (2, "")
    assert "would both be written to" in error_line(err)
    assert not Path("output").exists()


def test_a_folder_that_cannot_be_written(run: Run, report: Path) -> None:
    Path("file").write_text("")
    code, _, err = run("parse", report, "-o", "file/below")
    assert code == 1
    assert "cannot be written" in error_line(err)


def test_all_problems_of_broken_rules_at_once(run: Run, report: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine" / "patterns"
    mine.mkdir(parents=True)
    for name in ("one", "two"):
        (mine / f"{name}.yaml").write_text(f"id: {name}\ntitle: nothing else\n", "utf-8")
    code, out, err = run("parse", report, "--rules", tmp_path / "mine")
    assert (code, out) == (1, "")
    assert "one.yaml" in err
    assert "two.yaml" in err


# arguments after `govextract`, what the one line says
USAGE = [
    (["pars"], "No such command"),
    (["parse"], "Missing argument"),
    (["parse", "x.txt", "--colour"], "No such option"),
    (["parse", "x.txt", "--lang", "fr"], "--lang"),
    (["parse", "x.txt", "-f", "ods"], "choose one of: csv, feather, json, jsonl, parquet, sdmx, txt, xlsx"),
    (["parse", "x.txt", "-f", "csv,json", "-o", "-"], "prints one format"),
    (["parse", "x.txt", "y.txt", "-o", "-"], "prints one report"),
    (["explain", "x.txt"], "--at"),
    (["rules", "show", "no-such-rule"], "no pattern 'no-such-rule'"),
]


@pytest.mark.parametrize(("arguments", "problem"), USAGE, ids=[" ".join(u[0]) for u in USAGE])
def test_wrong_usage_is_one_line_and_2(arguments: list[str], problem: str, run: Run) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert problem in error_line(err)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (PermissionError(13, "Permission denied", "x.txt"), "error: x.txt: permission denied"),
        (OSError("disk on fire"), "error: system: disk on fire"),
        (ZeroDivisionError("no way"), "error: internal: ZeroDivisionError: no way"),
        (RecursionError("too\ndeep"), "error: internal: RecursionError: too deep"),
        (KeyboardInterrupt(), "error: stopped"),
    ],
    ids=["permission", "bare OSError", "a bug", "two lines", "Ctrl-C"],
)
def test_unexpected_failures_are_one_line(
    fault: BaseException, told: str, run: Run, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.delenv("GOVEXTRACT_DEBUG", raising=False)
    monkeypatch.setattr("govextract.read.read_documents", fail)
    code, out, err = run("parse", report)
    assert (code, out) == (130 if isinstance(fault, KeyboardInterrupt) else 1, "")
    assert error_line(err).startswith(told)


# --- the other commands


def test_explain_tells_of_one_number(run: Run, report: Path) -> None:
    code, out, _ = run("explain", report, "--at", "5.6%")
    assert code == 0
    assert "5.6%" in out


def test_rules_list_and_show(run: Run) -> None:
    code, out, _ = run("rules", "list")
    assert code == 0
    name = out.splitlines()[2].split()[0]
    code, out, _ = run("rules", "show", name)
    assert code == 0
    assert out.startswith(name)
    assert "examples:" in out


def test_rules_test_runs_every_example(run: Run) -> None:
    code, out, _ = run("rules", "test")
    assert code == 0, out
    passed, of, total, *_ = out.split()
    assert (of, passed) == ("of", total)


def test_eval_prints_every_level(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("eval", ROOT / "tests" / "gold" / "example", "--json")
    assert code == 0
    assert set(json.loads(out)["figures"]["level"]) >= {
        "quantity",
        "core",
        "strict",
        "clean",
        "full",
        "panel",
        "comparison",
    }
    (tmp_path / "before.json").write_text(out, "utf-8")
    code, out, _ = run("eval", ROOT / "tests" / "gold" / "example", "--compare", tmp_path / "before.json")
    assert (code, "now right: 0" in out, "now wrong: 0" in out) == (0, True, True)
    code, out, _ = run("eval", ROOT / "tests" / "gold" / "example", "--misses", "2")
    assert code == 0
    assert "precision" in out


def test_schema_is_json(run: Run) -> None:
    code, out, _ = run("schema")
    assert code == 0
    assert json.loads(out)["title"] == "Extraction"


def test_version_and_bare_call(run: Run) -> None:
    assert run("--version")[1].startswith("govextract ")
    assert "Commands:" in run()[1]


# --- what a process costs and survives


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    assert not modules_after(tmp_path, "--help").intersection(HEAVY)


def test_parse_imports_no_table_library(report: Path) -> None:
    loaded = modules_after(report.parent, "parse", str(report))
    assert "pydantic" in loaded
    assert not loaded.intersection(("pandas", "numpy", "pyarrow", "rich", "jieba.posseg", "pkg_resources"))


def test_a_reader_that_leaves_stops_nothing(report: Path) -> None:
    other = report.with_name("other.txt")
    other.write_text(REPORT, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "govextract.cli", "parse", str(report), str(other)],
        cwd=report.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait() == 0, err
    assert "Traceback" not in err
    assert "BrokenPipe" not in err
    assert (report.parent / "output" / "other.json").is_file()


def test_a_terminal_without_chinese_shows_escapes(report: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "govextract.cli", "parse", str(report)],
        cwd=report.parent,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"\\u" in done.stdout
