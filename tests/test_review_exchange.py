"""Records out to gold, Label Studio and doccano, and what a person changed there back as decisions."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from govextract.evaluate import evaluate_folder
from govextract.evaluate.gold import load_gold
from govextract.model import Extraction
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.review.decisions import Decision, fields_of, make_decision, read_decisions, write_decisions
from govextract.rulebook import Rulebook
from tests.test_cli import Run, error_line, run

__all__ = ["run"]

ROOT = Path(__file__).parents[1]
REPORT = "haoling-2024h1-plan"
FILES = {
    "gold": f"{REPORT}.gold.jsonl",
    "label-studio": f"{REPORT}.label-studio.json",
    "doccano": f"{REPORT}.doccano.jsonl",
}
Edit = Callable[[Any], None]


@pytest.fixture(scope="module")
def report() -> Path:
    return ROOT / "corpus" / f"{REPORT}.txt"


@pytest.fixture(scope="module")
def extraction(report: Path, book: Rulebook) -> Extraction:
    return parse_document(read_document(report), book)


def all_accepted(extraction: Extraction) -> list[Decision]:
    document = extraction.document
    return [
        make_decision(
            document.text, r.span, document=document.name, sha256=document.sha256, decision="accept", record=r
        )
        for r in extraction.records
    ]


def exported(run: Run, report: Path, tool: str) -> Path:
    code, _, err = run("review", "export", report, "-f", tool, "-o", "out")
    assert code == 0, err
    return Path("out") / FILES[tool]


def came_back(run: Run, report: Path, tool: str, file: Path, *options: str) -> list[Decision]:
    code, _, err = run("review", "import", file, report, "-f", tool, "-o", "back", *options)
    assert code == 0, err
    return read_decisions(Path("back") / f"{REPORT}.decisions.jsonl")


def annotated(file: Path, edit: Edit) -> None:
    """The tasks as Label Studio exports them, once a person has edited the regions."""
    (task,) = json.loads(file.read_text("utf-8"))
    results = task.pop("predictions")[0]["result"]
    edit(results)
    task["annotations"] = [
        {"result": [], "was_cancelled": False, "updated_at": "2024-01-01"},
        {"result": results, "was_cancelled": False, "updated_at": "2024-01-02"},
        {"was_cancelled": True, "result": [], "updated_at": "2024-01-03"},
    ]
    file.write_text(json.dumps([task], ensure_ascii=False), "utf-8")


# --- what goes out


def test_gold_of_a_whole_review_is_what_was_reviewed(
    run: Run, report: Path, extraction: Extraction, book: Rulebook
) -> None:
    write_decisions(all_accepted(extraction), Path("all.decisions.jsonl"))
    code, out, _ = run("review", "export", "all.decisions.jsonl", report, "-f", "gold", "-o", "gold")
    assert code == 0
    assert f"{len(extraction.records)} of {len(extraction.records)} records reviewed" in out
    gold = load_gold(Path("gold") / FILES["gold"], extraction.document.text)
    assert [g.span for g in gold.records] == [(r.span.start, r.span.end) for r in extraction.records]
    assert not any(g.optional for g in gold.records)
    counts = evaluate_folder(Path("gold"), book).reports[REPORT].counts
    assert {level: count.f1 for level, count in counts.items()} == dict.fromkeys(counts, 1.0)


def test_gold_vouches_for_nothing_that_nobody_saw(run: Run, report: Path, extraction: Extraction) -> None:
    file = exported(run, report, "gold")
    assert all(g.optional for g in load_gold(file, extraction.document.text).records)


def test_label_studio_gets_tasks_and_their_interface(run: Run, report: Path, extraction: Extraction) -> None:
    (task,) = json.loads(exported(run, report, "label-studio").read_text("utf-8"))
    text = task["data"]["text"]
    results = task["predictions"][0]["result"]
    labels = [result for result in results if result["type"] == "labels"]
    assert len(labels) == len(extraction.records)
    assert all(text[r["value"]["start"] : r["value"]["end"]] == r["value"]["text"] for r in labels)
    interface = ElementTree.parse("out/label-studio.xml").getroot()
    named = {tag.get("name") for tag in interface.iter() if tag.get("name")}
    assert {result["from_name"] for result in results} <= named


def test_doccano_gets_places_and_labels(run: Run, report: Path, extraction: Extraction) -> None:
    (row,) = [json.loads(line) for line in exported(run, report, "doccano").read_text("utf-8").splitlines()]
    assert row["text"] == extraction.document.text
    assert {tuple(mark) for mark in row["label"]} == {(r.span.start, r.span.end, r.measure) for r in extraction.records}


# --- what comes back


@pytest.mark.parametrize("tool", FILES)
def test_what_nobody_changed_is_no_decision(tool: str, run: Run, report: Path, extraction: Extraction) -> None:
    file = exported(run, report, tool)
    if tool == "label-studio":
        annotated(file, lambda results: None)
    assert came_back(run, report, tool, file) == []
    accepted = came_back(run, report, tool, file, "--accept", "--reviewer", "李明")
    assert Counter(d.decision for d in accepted) == {"accept": len(extraction.records)}
    assert {d.reviewer for d in accepted} == {"李明"}


def test_changes_in_label_studio_come_back(run: Run, report: Path, extraction: Extraction) -> None:
    first, second, third = extraction.records[:3]
    start = extraction.document.text.index("6月")

    def edit(results: list[dict[str, Any]]) -> None:
        results[:] = [r for r in results if r["id"] != second.id]
        for result in results:
            if result["id"] == first.id and result["from_name"] == "indicator":
                result["value"]["text"] = ["改过的指标"]
            if result["id"] == third.id and result["from_name"] == "measure":
                result["value"]["labels"] = ["share"]
        value = {"start": start, "end": start + 2, "text": "6月", "labels": ["level"]}
        results.append({"id": "new", "from_name": "measure", "to_name": "text", "type": "labels", "value": value})

    file = exported(run, report, "label-studio")
    annotated(file, edit)
    made = {d.record or "new": d for d in came_back(run, report, "label-studio", file)}
    assert {ident: d.decision for ident, d in made.items()} == {
        first.id: "edit", second.id: "reject", third.id: "edit", "new": "add",
    }  # fmt: skip
    assert made[first.id].after == fields_of(first).model_copy(update={"indicator": "改过的指标"})
    assert made[third.id].after == fields_of(third).model_copy(update={"measure": "share"})
    new = made["new"].after
    assert new is not None
    assert (new.value, new.measure, new.indicator) == (Decimal(6), "level", "")


@pytest.mark.parametrize("shape", ["label", "entities"])
def test_changes_in_doccano_come_back(shape: str, run: Run, report: Path, extraction: Extraction) -> None:
    places = Counter((r.span.start, r.span.end) for r in extraction.records)
    first, second = [r for r in extraction.records if places[r.span.start, r.span.end] == 1][:2]
    file = exported(run, report, "doccano")
    row = json.loads(file.read_text("utf-8"))
    marks = [m for m in row.pop("label") if m[:2] != [first.span.start, first.span.end]]
    marks = [[*m[:2], "rank"] if m[:2] == [second.span.start, second.span.end] else m for m in marks]
    if shape == "label":
        row["label"] = marks
    else:
        row["entities"] = [
            {"id": n, "start_offset": start, "end_offset": end, "label": label}
            for n, (start, end, label) in enumerate(marks)
        ]
    file.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    made = came_back(run, report, "doccano", file)
    assert {d.record: d.decision for d in made} == {first.id: "reject", second.id: "edit"}
    assert made[1].after == fields_of(second).model_copy(update={"measure": "rank"})


def test_changes_in_gold_come_back(run: Run, report: Path, extraction: Extraction) -> None:
    file = exported(run, report, "gold")
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    rows[1]["period"] = ["2024-01-01", "2024-03-31"]
    del rows[2]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    edit, reject = came_back(run, report, "gold", file)
    assert edit.after is not None
    assert (edit.decision, edit.after.period_end) == ("edit", "2024-03-31")
    assert (reject.decision, reject.record) == ("reject", extraction.records[1].id)


# --- what is told

MISTAKES = {
    "another report": ("doccano", '{"text": "另一份", "label": []}\n', "nothing annotated"),
    "no JSON": ("label-studio", "[", "no whole JSON"),
    "no tasks": ("label-studio", '[{"text": 1}]', "no Label Studio tasks"),
    "a region of another shape": ("doccano", '{"text": TEXT, "label": [[1]]}\n', "another shape"),
    "a label of ours that is none": ("doccano", '{"text": TEXT, "label": [[0, 2, "PERSON"]]}\n', "'PERSON' cannot be"),
    "a label outside": ("doccano", '{"text": TEXT, "label": [[0, 99999999, "level"]]}\n', "outside"),
}


@pytest.mark.parametrize(("tool", "content", "told"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_one_line(tool: str, content: str, told: str, run: Run, report: Path) -> None:
    text = json.dumps(report.read_text("utf-8"), ensure_ascii=False)
    Path("file.json").write_text(content.replace("TEXT", text), "utf-8")
    code, _, err = run("review", "import", "file.json", report, "-f", tool, "-o", "back")
    assert code == 1
    assert told in error_line(err)
    assert not Path("back").exists()
