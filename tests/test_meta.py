"""What is known of a report beside its text, and the text that is written beside its records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from frictionless import Package

from govextract import export
from govextract.errors import GovextractError, ReadError
from govextract.outputs import read_output
from govextract.parse import parse_document
from govextract.read import read_document, read_table, read_text
from govextract.reports import all_files, folder_files
from govextract.rulebook import Rulebook
from govextract.sources import extractions_from, load_files
from tests.making import docx, html, pdf, word_paragraph, zipped
from tests.test_cli import REPORT, Run, error_line, run

__all__ = ["run"]  # a fixture

TEXT = "2023年，全省地区生产总值18640.5亿元，增长5.6%。"


def table(folder: Path, content: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / "known.csv"
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_table_says_where_and_when(encoding: str, tmp_path: Path) -> None:
    for folder in ("2023", "2024"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(TEXT, "utf-8")
    known = read_table(
        table(
            tmp_path,
            "file,region,date,issuer,title,genre,period,number\r\n"
            "a.txt,皓陵市,,市统计局,,,,\r\n2024/a.txt,云岭省,2024-07-29,,公报,news,2024-01-01/2024-06-30,云政发〔2024〕3号\r\n",
            encoding,
        )
    )
    first = read_document(tmp_path / "2023" / "a.txt", table=known)
    assert (first.region, first.date, first.issuer, first.title) == ("皓陵市", None, "市统计局", None)
    second = read_document(tmp_path / "2024" / "a.txt", table=known, region="青石县")
    assert (second.region, second.date, second.issuer, second.title) == ("青石县", "2024-07-29", None, "公报")
    assert (second.number, second.genre) == ("云政发〔2024〕3号", "news")
    assert second.period is not None
    assert second.period.end == "2024-06-30"


def test_what_is_given_has_an_order(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text('<html><meta name="ArticleTitle" content="页的"><p>增长5%', "utf-8")
    assert read_document(path).title == "页的"
    (tmp_path / "a.meta.json").write_text('{"title": "旁的", "region": "皓陵市"}', "utf-8")
    assert read_document(path).title == "旁的"
    known = read_table(table(tmp_path, "file,title\na.html,表的\n"))
    document = read_document(path, table=known)
    assert (document.title, document.region) == ("表的", "皓陵市")


BAD_TABLES = [
    ("no column file", "name,region\na.txt,x\n", "has no column `file`"),
    ("a column of another name", "file,place\na.txt,x\n", "has a column 'place'"),
    ("a file twice", "file,region\na.txt,x\na.txt,y\n", "line 3: a.txt stands there twice"),
    ("a row of no file", "file,region\n,x\n", "names no file"),
    ("more cells than heads", "file,region\na.txt,x,y\n", "more cells than the head"),
    ("no day", "file,date\na.txt,yesterday\n", "date 'yesterday' is not understood"),
    ("no period", "file,period\na.txt,half\n", "period 'half' is not understood"),
]


@pytest.mark.parametrize(("why", "content", "said"), BAD_TABLES, ids=[row[0] for row in BAD_TABLES])
def test_a_wrong_table_is_told(why: str, content: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read_table(table(tmp_path, content))
    assert said in str(caught.value)
    with pytest.raises(ReadError, match="cannot be read"):
        read_table(tmp_path / "none.csv")


# --- the text beside the records

KINDS = {
    "a.html": html([TEXT]),
    "b.docx": docx(word_paragraph(TEXT)),
    "c.pdf": pdf([TEXT] * 3),
    "d.txt": REPORT.replace("\n", "\r\n").encode("gb18030"),
    "e.zip": zipped({"x.txt": TEXT.encode(), "sub/y.docx": docx(word_paragraph(TEXT + "好。"))}),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a report of every kind."""
    (tmp_path / "in").mkdir()
    for name, data in KINDS.items():
        (tmp_path / "in" / name).write_bytes(data)
    return tmp_path / "in"


def test_every_span_points_into_the_text_that_is_written(run: Run, folder: Path, book: Rulebook) -> None:
    code, _, err = run("parse", *sorted(folder.iterdir()), "-f", "json,csv")
    assert code == 0, err
    outputs = sorted(Path("output").glob("*.json"))
    assert [p.stem for p in outputs if p.name != "datapackage.json"] == ["a", "b", "c", "d", "e.x", "e.y"]
    for path in outputs:
        if path.name == "datapackage.json":
            continue
        text = read_text(path.with_suffix(".txt"))[0]
        (read,) = read_output(path)
        assert [text[r.span.start : r.span.end] for r in read.records][:2] == ["18640.5亿元", "5.6%"]
    assert Package("output/datapackage.json").validate().valid
    described = {r["path"] for r in json.loads(Path("output/datapackage.json").read_text("utf-8"))["resources"]}
    assert described | {"datapackage.json"} == {path.name for path in Path("output").iterdir()}


def test_a_folder_of_outputs_is_read_as_outputs(run: Run, folder: Path, book: Rulebook, tmp_path: Path) -> None:
    run("parse", *sorted(folder.iterdir()))
    found = [path.name for path in all_files([Path("output")]) if isinstance(path, Path)]
    assert found == ["a.json", "b.json", "c.json", "d.json", "e.x.json", "e.y.json"]
    assert len(list(extractions_from(["output"], book))) == 6
    url = f"sqlite:///{tmp_path / 'figures.db'}"
    assert load_files([Path("output")], url, book).new == 6
    run("parse", "in/a.html", "-o", "lines", "-f", "jsonl")
    assert [path.name for path in folder_files(Path("lines")) if isinstance(path, Path)] == ["a.jsonl"]


def test_a_report_beside_its_output_stays_as_it_is(run: Run, folder: Path, book: Rulebook) -> None:
    before = (folder / "d.txt").read_bytes()
    for _ in range(2):
        assert run("parse", folder / "d.txt", "-o", folder)[0] == 0
        assert (folder / "d.txt").read_bytes() == before
    assert [p.name for p in folder_files(folder) if isinstance(p, Path)] == sorted(KINDS)


def test_another_report_is_not_overwritten(run: Run, folder: Path) -> None:
    (folder / "a.txt").write_text("another", "utf-8")
    code, _, err = run("parse", folder / "a.html", "-o", folder)
    assert code == 1
    assert "a.txt: is not a file of govextract" in error_line(err)
    assert (folder / "a.txt").read_text("utf-8") == "another"
    assert not (folder / "a.json").exists()
    assert run("parse", folder / "a.html", folder / "a.txt", "-o", folder)[0] == 2


def test_a_changed_report_replaces_its_text(run: Run, folder: Path) -> None:
    run("parse", folder / "a.html")
    (folder / "a.html").write_bytes(html(["增长7%。"]))
    assert run("parse", folder / "a.html")[0] == 0
    assert Path("output/a.txt").read_text("utf-8") == "增长7%。\n"


def test_standard_output_writes_no_text(run: Run, folder: Path) -> None:
    before = sorted(folder.iterdir())
    code, out, _ = run("parse", folder / "c.pdf", "-o", "-")
    assert code == 0
    assert [r["page"] for r in json.loads(out)["records"]] == [1] * 6
    assert sorted(folder.iterdir()) == before
    assert not Path("output").exists()
    assert run("parse", folder / "a.html", "-f", "txt", "-o", "-")[1] == TEXT + "\n"


def test_an_archive_prints_one_report_or_lines(run: Run, folder: Path) -> None:
    code, out, err = run("parse", folder / "e.zip", "-o", "-")
    assert (code, len(out.splitlines()) > 1) == (1, True)
    assert "e.x is another" in error_line(err)
    code, out, _ = run("parse", folder / "e.zip", "-o", "-", "-f", "jsonl")
    assert (code, {json.loads(line)["document"] for line in out.splitlines()}) == (0, {"e.x", "e.y"})


def test_two_reports_of_one_name_in_archives(run: Run, folder: Path) -> None:
    (folder / "e.x.txt").write_text(TEXT, "utf-8")
    code, _, err = run("parse", folder / "e.zip", folder / "e.x.txt")
    assert code == 1
    assert "e.x would be written twice" in err


def test_a_table_for_a_folder(run: Run, folder: Path, tmp_path: Path) -> None:
    known = table(tmp_path, "file,region\na.html,皓陵市\nsub/y.docx,青石县\n")
    run("parse", folder / "a.html", folder / "e.zip", "--meta", known)
    regions = {
        p.stem: json.loads(p.read_text("utf-8"))["document"]["region"] for p in Path("output").glob("[ae]*.json")
    }
    assert regions == {"a": "皓陵市", "e.x": None, "e.y": "青石县"}
    assert run("parse", folder / "a.html", "--meta", "none.csv")[0] == 1
    assert run("load", folder, "--to", "sqlite:///x.db", "--meta", known)[0] == 0
    assert run("check", folder, "--meta", known)[0] == 0


def test_a_lone_surrogate_shifts_no_span(tmp_path: Path, book: Rulebook) -> None:
    from govextract.read import make_document

    made = parse_document(make_document("前\ud800。" + TEXT), book)
    (path,) = export.export(made, tmp_path / "a.txt")
    text = path.read_text("utf-8")
    assert [text[r.span.start : r.span.end] for r in made.records] == ["18640.5亿元", "5.6%"]


def test_a_name_is_taken_once() -> None:
    taken: set[str] = set()
    export.check_name("a", taken, Path("out"), ["csv"])
    with pytest.raises(GovextractError, match="would be written twice"):
        export.check_name("A", taken, Path("out"), ["csv"])
