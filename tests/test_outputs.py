"""Outputs and databases as sources: what was written comes back, and what is broken is told in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govextract import export
from govextract.errors import GovextractError, ReadError
from govextract.export.rows import issue_rows, record_rows
from govextract.load import load_into, open_store
from govextract.outputs import read_output
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.rulebook import Rulebook
from govextract.sources import extractions_from, load_files

# what is done to a file of ours, its ending, what is said
BROKEN = [
    (lambda text: text[: len(text) // 2], "json", "is no whole JSON"),
    (lambda text: text.replace('"schema_version": "1"', '"schema_version": "99"'), "json", "has schema version 99"),
    (lambda text: "[]", "json", "holds no extraction"),
    (lambda text: text.replace('"measure"', '"mesure"'), "json", "is not of this shape: records.0"),
    (lambda text: text[:-20], "jsonl", "is cut short in line 2"),
    (lambda text: text[: len(text) // 3] + "\n", "jsonl", "is no whole JSON in line 1"),
    (lambda text: "3\n", "jsonl", "holds no record in line 1"),
    (lambda text: text.replace('"measure"', '"mesure"'), "jsonl", "is not of this shape in line 1"),
]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "云岭.txt"
    path.write_text("2023年，全省地区生产总值18640.50亿元，增长5.6%，高于全国0.4个百分点。", "utf-8")
    return path


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_what_was_written_comes_back(format: str, corpus: list[Path], tmp_path: Path, book: Rulebook) -> None:
    for path in corpus:
        made = parse_document(read_document(path), book)
        (read,) = read_output(export.export(made, tmp_path / f"{path.stem}.{format}")[0])
        assert list(record_rows(read)) == list(record_rows(made))
        assert read.records == made.records
        if format == "json":
            assert (read.issues, read.audit) == (made.issues, made.audit)


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_database_gives_back_what_it_took(kind: str, corpus: list[Path], tmp_path: Path, book: Rulebook) -> None:
    url = f"{kind}:///{tmp_path / 'figures.db'}"
    load_into((read_document(path) for path in corpus), url, book)
    found = {extraction.document.name: extraction for extraction in extractions_from([url], book)}
    for path in corpus:
        made = parse_document(read_document(path), book)
        read = found[path.stem]
        assert list(record_rows(read)) == list(record_rows(made))
        assert list(issue_rows(read)) == list(issue_rows(made))
        assert [record.comparisons for record in read.records] == [record.comparisons for record in made.records]


@pytest.mark.parametrize(("harm", "ending", "said"), BROKEN, ids=[row[2] for row in BROKEN])
def test_broken_outputs_are_told(harm, ending: str, said: str, report: Path, book: Rulebook) -> None:  # type: ignore[no-untyped-def]
    path = report.with_suffix(f".{ending}")
    export.export(parse_document(read_document(report), book), path)
    path.write_text(harm(path.read_text("utf-8")), "utf-8")
    with pytest.raises(ReadError, match=said) as caught:
        list(read_output(path))
    assert "\n" not in str(caught.value)


def test_a_broken_output_loads_nothing(report: Path, tmp_path: Path, book: Rulebook) -> None:
    (tmp_path / "broken.jsonl").write_text('{"document"', "utf-8")
    url = f"sqlite:///{tmp_path / 'figures.db'}"
    with pytest.raises(GovextractError, match="cut short"):
        load_files([report, tmp_path / "broken.jsonl"], url, book)
    with pytest.raises(GovextractError, match="holds no figures"):
        list(extractions_from([url], book))


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_what_reads_makes_no_database(kind: str, tmp_path: Path, book: Rulebook) -> None:
    path = tmp_path / "none.db"
    with pytest.raises(GovextractError, match="is not there"):
        list(extractions_from([f"{kind}:///{path}"], book))
    assert not path.exists()


def test_a_newer_database_is_not_read(report: Path, tmp_path: Path, book: Rulebook) -> None:
    url = f"sqlite:///{tmp_path / 'figures.db'}"
    load_files([report], url, book)
    with open_store(url) as store:
        store.execute("UPDATE govextract_schema SET version = 99")
    with pytest.raises(GovextractError, match="has schema version 99"):
        list(extractions_from([url], book))


def test_outputs_load_once_and_are_replaced_when_they_change(report: Path, tmp_path: Path, book: Rulebook) -> None:
    path = report.with_suffix(".json")
    export.export(parse_document(read_document(report), book), path)
    url = f"sqlite:///{tmp_path / 'figures.db'}"
    assert load_files([path], url, book).new == 1
    assert load_files([path], url, book).unchanged == 1
    content = json.loads(path.read_text("utf-8"))
    content["records"][0]["value"] = 1.5
    path.write_text(json.dumps(content), "utf-8")
    assert load_files([path], url, book).replaced == 1
    (read,) = extractions_from([url], book)
    assert str(read.records[0].value) == "1.5"


def test_the_description_of_a_folder_is_passed_over(report: Path, tmp_path: Path, book: Rulebook) -> None:
    folder = tmp_path / "output"
    made = parse_document(read_document(report), book)
    export.export_all(made, folder, report.stem, ["json"])
    export.describe(folder, [report.stem], ["json"])
    assert len(list(extractions_from(map(str, sorted(folder.glob("*.json"))), book))) == 1
