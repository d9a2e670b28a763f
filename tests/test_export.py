"""Exports: what a file holds, cell by cell, and that it appears whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import jsonschema
import openpyxl
import pandas as pd
import pytest
from frictionless import Package

from govextract import export
from govextract.errors import GovextractError, WriteError
from govextract.export.files import write_whole
from govextract.export.json import schema_text
from govextract.export.rows import COLUMNS, heads, readable, record_rows
from govextract.model import Comparison, Extraction, Record
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.rulebook import Rulebook

MakeRecord = Callable[..., Record]
MakeComparison = Callable[..., Comparison]
MakeExtraction = Callable[..., Extraction]

# The order that the design promises; other columns may stand between.
PROMISED = [
    *(
        "document",
        "region",
        "indicator",
        "value",
        "unit",
        "period",
        "period_start",
        "period_end",
        "comparison",
    ),
    *(
        "measure",
        "basis",
        "bound",
        "status",
        "base_value",
        "base_unit",
        "indicator_id",
        "sentence",
        "section",
    ),
    *("start", "end", "rule", "confidence", "flags"),
]

# relation, object, value, unit, how a person would write it
READABLE = [
    ("高于", "全国平均水平", "1.1", "个百分点", "高于全国平均水平1.1个百分点"),
    ("居", "全国", "2", "位", "居全国第2位"),
    ("居", "全国前3位", "3", "位", "居全国前3位"),
    ("居", "全国前列", None, None, "居全国前列"),
    ("完成", "年度目标", "70.70", "%", "完成年度目标的70.7%"),
    ("完成", "年度目标", None, None, "完成年度目标"),
    ("持平", "计划目标", None, None, "与计划目标持平"),
    ("最低", "全国", None, None, "全国最低"),
    ("领先", "全国", "1E+1", "个百分点", "领先全国10个百分点"),
]


@pytest.mark.parametrize(("relation", "target", "value", "unit", "expected"), READABLE, ids=[r[4] for r in READABLE])
def test_readable_comparison(
    relation: str, target: str, value: str | None, unit: str | None, expected: str, comparison: MakeComparison
) -> None:
    assert readable(comparison(relation, target, value, unit)) == expected


def test_columns_keep_the_promised_order() -> None:
    assert [name for name in COLUMNS if name in PROMISED] == PROMISED
    assert next(iter(COLUMNS)) == "id"


def test_chinese_heads_are_distinct(extraction: MakeExtraction, record: MakeRecord) -> None:
    names = heads(COLUMNS, "zh")
    assert len(set(names)) == len(COLUMNS)
    assert list(next(record_rows(extraction(record()), "zh"))) == names
    assert {"指标", "数值", "单位", "时期", "比较"} <= set(names)


def test_region_code_is_the_records_own(extraction: MakeExtraction, record: MakeRecord) -> None:
    rows = list(record_rows(extraction(record(region_code="990000"), record(region="全国"))))
    assert [row["region_code"] for row in rows] == ["990000", None]


def test_csv_opens_in_a_spreadsheet(tmp_path: Path, extraction: MakeExtraction, record: MakeRecord) -> None:
    export.export(extraction(record(value="-4.30", unit="%")), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    row = next(csv.DictReader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()))
    assert (row["value"], row["unit"], row["value_max"], row["period_inferred"]) == ("-4.3", "%", "", "false")


@pytest.mark.parametrize("start", list("=+-@\t\r＝＋－＠"), ids=repr)
def test_text_is_never_a_formula(start: str, extraction: MakeExtraction, record: MakeRecord) -> None:
    rows = list(csv.reader(export.text(extraction(record(sentence=f"{start}1+1")), "csv").splitlines(keepends=True)))
    assert rows[1][rows[0].index("sentence")] == f"'{start}1+1"


def test_comparisons_stand_beside_the_records(
    tmp_path: Path, extraction: MakeExtraction, record: MakeRecord, comparison: MakeComparison
) -> None:
    hung = record(
        id="r9",
        comparisons=(comparison("高于", "全国", "0.4", "个百分点"), comparison("居", "全国", "7", "位")),
    )
    written = export.export(extraction(record(), hung), tmp_path / "a.csv")
    assert [path.name for path in written] == ["a.csv", "a.comparisons.csv", "a.issues.csv", "a.documents.csv"]
    rows = list(csv.DictReader(written[1].read_text("utf-8-sig").splitlines()))
    assert [(row["record"], row["relation"], row["value"]) for row in rows] == [
        ("r9", "高于", "0.4"),
        ("r9", "居", "7"),
    ]
    cells = list(csv.DictReader(written[0].read_text("utf-8-sig").splitlines()))
    assert cells[1]["comparison"] == "高于全国0.4个百分点；居全国第7位"


# what the report prints, what JSON holds
NUMBERS = [
    ("6.1", "6.1"),
    ("6.10", "6.1"),
    ("40366", "40366"),
    ("40366.0", "40366"),
    ("-4.3", "-4.3"),
    ("1E+3", "1000"),
    ("0.1", "0.1"),
    ("9007199254740993", "9007199254740993"),
    ("90071992547409931234", "90071992547409931234"),
]


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
@pytest.mark.parametrize(("printed", "expected"), NUMBERS, ids=[n[0] for n in NUMBERS])
def test_numbers_are_the_printed_ones(
    format: str, printed: str, expected: str, extraction: MakeExtraction, record: MakeRecord
) -> None:
    content = export.text(extraction(record(value=printed)), format)
    assert (f",{expected}," if format == "csv" else f'"value":{expected},') in content.replace('": ', '":')


AWKWARD = ["换\n行", 'quote " and \\', "tab\tand\x07bell", "𠮷𠮷", "lone \ud800 surrogate", "NUL \x00"]


@pytest.mark.parametrize("sentence", AWKWARD, ids=ascii)
def test_json_gives_every_character_back(
    sentence: str, tmp_path: Path, extraction: MakeExtraction, record: MakeRecord
) -> None:
    (path,) = export.export(extraction(record(sentence=sentence)), tmp_path / "a.json")
    assert json.loads(path.read_bytes())["records"][0]["sentence"] == sentence
    export.export(extraction(record(sentence=sentence)), tmp_path / "a.csv")


@pytest.mark.parametrize("sentence", AWKWARD, ids=ascii)
def test_csv_is_as_the_csv_module_writes_it(sentence: str, extraction: MakeExtraction, record: MakeRecord) -> None:
    rows = [record(sentence=sentence, indicator=f"{sentence},", unit=None), record(), record(sentence=sentence)]
    content = export.text(extraction(*rows), "csv").removeprefix("\ufeff")
    again = io.StringIO()
    csv.writer(again).writerows(csv.reader(io.StringIO(content, newline="")))
    assert again.getvalue() == content


@pytest.mark.parametrize("format", ["parquet", "feather"])
@pytest.mark.parametrize("sentence", AWKWARD, ids=ascii)
def test_arrow_takes_every_text_and_number(
    sentence: str, format: str, tmp_path: Path, extraction: MakeExtraction, record: MakeRecord
) -> None:
    export.export(extraction(record(sentence=sentence, base_value="1E+18"), record()), tmp_path / f"a.{format}")
    read: Callable[[Path], pd.DataFrame] = getattr(pd, f"read_{format}")
    frame = read(tmp_path / f"a.{format}")
    assert frame["sentence"][0] == sentence.replace("\ud800", "\\ud800")
    assert frame["base_value"][0] == 1e18


def test_json_says_what_the_model_says(
    extraction: MakeExtraction, record: MakeRecord, comparison: MakeComparison
) -> None:
    whole = extraction(record(), record(value=None, comparisons=(comparison("居", "全国", "7", "位"),)))
    data = json.loads(export.text(whole, "json"))
    assert data == whole.to_dict()
    assert set(data["records"][0]) == set(Record.model_fields)
    assert "text" not in data["document"]


def test_jsonl_names_the_document(extraction: MakeExtraction, record: MakeRecord) -> None:
    lines = export.text(extraction(record(id="a"), record(id="b")), "jsonl").splitlines()
    assert [(json.loads(line)["document"], json.loads(line)["id"]) for line in lines] == [
        ("report", "a"),
        ("report", "b"),
    ]
    assert export.text(extraction(), "jsonl") == ""


def test_schema_has_every_field() -> None:
    schema = json.loads(schema_text())
    assert set(schema["$defs"]["Record"]["properties"]) == set(Record.model_fields)
    assert set(schema["properties"]) == set(Extraction.model_fields)


def test_to_frame_has_the_columns_of_the_csv(extraction: MakeExtraction, record: MakeRecord) -> None:
    frame = extraction(record(), record(value="6.1", unit="%", measure="growth")).to_frame()
    assert list(frame.columns) == list(COLUMNS)
    assert frame["value"].tolist() == [18640.5, 6.1]


def test_datapackage_grows_with_its_folder(tmp_path: Path, extraction: MakeExtraction, record: MakeRecord) -> None:
    for name in ("a", "b"):
        export.export(extraction(record()), tmp_path / f"{name}.csv")
        export.describe(tmp_path, [name], ["csv"])
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert [r["path"] for r in package["resources"]] == [
        "a.comparisons.csv",
        "a.csv",
        "a.documents.csv",
        "a.issues.csv",
        "b.comparisons.csv",
        "b.csv",
        "b.documents.csv",
        "b.issues.csv",
    ]
    fields = {r["path"]: [field["name"] for field in r["schema"]["fields"]] for r in package["resources"]}
    assert fields["a.csv"] == list(COLUMNS)
    (tmp_path / "a.csv").unlink()
    export.describe(tmp_path, ["b"], ["csv"], "zh")
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert [r["path"] for r in package["resources"]] == [
        "a.comparisons.csv",
        "a.documents.csv",
        "a.issues.csv",
        "b.comparisons.csv",
        "b.csv",
        "b.documents.csv",
        "b.issues.csv",
    ]
    assert package["resources"][4]["schema"]["primaryKey"] == ["编号"]


@pytest.mark.parametrize("rubbish", ["", "[]", '{"resources": 3}', '{"resources": [1]}', "\udcff"], ids=ascii)
def test_datapackage_replaces_rubbish(rubbish: str, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_bytes(rubbish.encode("utf-8", "surrogateescape"))
    export.describe(tmp_path, ["a"], ["csv"])
    assert len(json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"]) == 4


def test_formats_are_the_modules_that_write() -> None:
    assert export.formats() == ["csv", "feather", "json", "jsonl", "parquet", "sdmx", "txt", "xlsx"]


@pytest.mark.parametrize("format", ["xyz", "rows", "files", "", "..", "json.decoder"])
def test_unknown_format_names_the_known(format: str, tmp_path: Path, extraction: MakeExtraction) -> None:
    with pytest.raises(GovextractError, match="choose one of: csv, feather, json, jsonl, parquet, sdmx, txt, xlsx"):
        export.export(extraction(), tmp_path / "a", format)


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with pytest.raises(WriteError, match=r"a\.json: cannot be written"):
        write_whole(tmp_path / "a.json", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_whole(tmp_path / "a.json", b"old")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(WriteError, match="no space left on device"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError) as caught:
        write_whole(tmp_path / "file" / "a.json", b"")
    assert "\n" not in str(caught.value)


# reports, folder, formats, what is wrong
TARGETS = [
    (["a/x.txt", "b/x.txt"], "out", ["json"], "would both be written to"),
    (["a/x.txt", "b/X.md"], "out", ["json"], "would both be written to"),
    (["a/x.txt", "a/x.txt"], "out", ["json"], "would both be written to"),
    (["x.txt", "x.comparisons.txt"], "out", ["csv"], "would both be written to"),
    (["x.json"], ".", ["json"], "is a report and would be overwritten"),
    (["datapackage.txt"], "out", ["csv", "json"], "has to describe the other files"),
    (["x.txt"], None, ["csv", "json"], "prints one format, not 2"),
    (["x.txt", "y.txt"], None, ["json"], "prints one report"),
    (["x.txt"], "out", ["ods"], "unknown format 'ods'"),
    (["a/x.txt", "b/y.txt"], "out", ["csv", "json"], ""),
    (["x.txt", "y.txt"], None, ["jsonl"], ""),
    (["x.txt", "x.comparisons.txt"], "out", ["json"], ""),
]


@pytest.mark.parametrize(("reports", "folder", "formats", "problem"), TARGETS, ids=[f"{t[0]}-{t[2]}" for t in TARGETS])
def test_outputs_that_collide_are_refused(
    reports: list[str], folder: str | None, formats: list[str], problem: str
) -> None:
    paths = [Path(report) for report in reports]
    target = None if folder is None else Path(folder)
    if not problem:
        export.check_targets(paths, target, formats)
        return
    with pytest.raises(GovextractError, match=problem):
        export.check_targets(paths, target, formats)


def test_what_is_written_validates(tmp_path: Path, corpus: list[Path], book: Rulebook) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema_text()))
    for path in corpus:
        extraction = parse_document(read_document(path), book)
        export.export_all(extraction, tmp_path, path.stem, export.formats())
        validator.validate(json.loads((tmp_path / f"{path.stem}.json").read_bytes()))
    export.describe(tmp_path, [path.stem for path in corpus], export.formats())
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])[:5]
    assert report.stats["tasks"] == (3 * 4 + 5) * len(corpus)
    described = {r["path"] for r in json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"]}
    assert described | {"datapackage.json"} == {path.name for path in tmp_path.iterdir()}


def test_the_same_report_gives_the_same_bytes(tmp_path: Path, corpus: list[Path], book: Rulebook) -> None:
    extraction = parse_document(read_document(corpus[0]), book)
    for folder in ("a", "b"):
        export.export_all(extraction, tmp_path / folder, "report", export.formats())
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
    workbook = openpyxl.load_workbook(tmp_path / "a" / "report.xlsx")
    assert {workbook.properties.created, workbook.properties.modified} == {datetime(2000, 1, 1)}


HARD = ("=1+1", "+x", "-y", "@z", '他说："好"', "两行\n一格", "1,234.5", "'quoted'", " blanks ", "None", "true")


def test_every_table_comes_back(
    tmp_path: Path, extraction: MakeExtraction, record: MakeRecord, comparison: MakeComparison
) -> None:
    records = [
        record(id=f"r{n}", indicator=text, sentence=text, value="6.10", decimals=2) for n, text in enumerate(HARD)
    ]
    records.append(record(id="empty", value=None, unit=None, comparisons=(comparison("居", "=全国", "7", "位"),)))
    whole = extraction(*records)
    wanted = list(record_rows(whole))
    export.export_all(whole, tmp_path, "a", ["parquet", "feather", "xlsx"])
    frames = {
        "parquet": pd.read_parquet(tmp_path / "a.parquet"),
        "feather": pd.read_feather(tmp_path / "a.feather"),
        "xlsx": pd.read_excel(
            tmp_path / "a.xlsx", sheet_name="records", keep_default_na=False, na_values={"value": [""]}
        ),
    }
    for name, frame in frames.items():
        assert list(frame.columns) == list(COLUMNS), name
        assert frame["indicator"].tolist() == [row["indicator"] for row in wanted], name
        assert frame["sentence"].tolist() == [row["sentence"] for row in wanted], name
        assert [None if pd.isna(v) else v for v in frame["value"]] == [row["value"] for row in wanted], name
    assert str(frames["parquet"]["period_start"].iloc[0])[:10] == "2023-01-01"
    beside = pd.read_parquet(tmp_path / "a.comparisons.parquet")
    assert beside[["record", "object", "value"]].to_numpy().tolist() == [["empty", "=全国", 7.0]]


def test_the_corpus_comes_back(tmp_path: Path, corpus: list[Path], book: Rulebook) -> None:
    for path in corpus:
        extraction = parse_document(read_document(path), book)
        export.export_all(extraction, tmp_path, "x", ["csv", "parquet", "jsonl", "json"])
        (tmp_path / "x.txt").unlink()  # another report's text is not overwritten
        rows = list(record_rows(extraction))
        frame = pd.read_parquet(tmp_path / "x.parquet")
        assert frame["id"].tolist() == [row["id"] for row in rows]
        assert [None if pd.isna(v) else v for v in frame["base_value"]] == [row["base_value"] for row in rows]
        lines = (tmp_path / "x.jsonl").read_text("utf-8").splitlines()
        assert [json.loads(line)["value"] for line in lines] == [row["value"] for row in rows]
        again = Extraction.model_validate(
            {**json.loads((tmp_path / "x.json").read_bytes()), "document": extraction.document}
        )
        assert again.records == extraction.records
        assert again.issues == extraction.issues


def test_a_workbook_holds_no_formula_and_is_the_same_again(
    tmp_path: Path, extraction: MakeExtraction, record: MakeRecord
) -> None:

    whole = extraction(*(record(id=f"r{n}", sentence=text) for n, text in enumerate((*HARD, "https://example.org"))))
    for name in ("a", "b"):
        export.export(whole, tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["records", "comparisons", "issues", "documents"]
    sheet = book["records"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref is not None
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None}
    assert "f" not in kinds
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
