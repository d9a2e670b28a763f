"""Tables that markdown draws with bars and dashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from govextract.parse import parse_document
from govextract.read import read_document
from govextract.read.markdown import pipe_tables
from govextract.rulebook import Rulebook

# text, the tables' cells, why
TABLE = [
    ("| 甲 | 乙 |\n|---|---:|\n| 1 | 2 |\n", [[["甲", "乙"], ["1", "2"]]], "framed by bars"),
    ("前言\n甲 | 乙\n:-- | --\n1 | 2\n后记\n", [[["甲", "乙"], ["1", "2"]]], "without a frame"),
    ("|甲|乙|\n|--|--|\n|1|\n|1|2|3|\n", [[["甲", "乙"], ["1", ""], ["1", "2"]]], "rows too short, too long"),
    ("|甲|乙|\n|--|--|\n||2|\n", [[["甲", "乙"], ["", "2"]]], "an empty cell"),
    ("|甲|乙|\n|--|--|\n|a\\\\|b|2|\n", [[["甲", "乙"], ["a\\\\|b", "2"]]], "a bar that is none"),
    ("|甲|乙|\n|--|--|\n|1|2|\n\n|甲|\n|--|\n|3|\n", [[["甲", "乙"], ["1", "2"]], [["甲"], ["3"]]], "two tables"),
    ("|甲|乙|\n|--|--|\n", [], "a head alone"),
    ("甲\n----\n1|2\n", [], "a heading with a line below"),
    ("|甲|乙|\n|1|2|\n", [], "no dashes"),
    ("------\n|---|\n", [], "only dashes"),
]


@pytest.mark.parametrize(("text", "cells", "why"), [pytest.param(*row, id=row[2]) for row in TABLE])
def test_pipe_tables(text: str, cells: list[list[list[str]]], why: str) -> None:
    found = pipe_tables(text)
    assert [[[text[c.start : c.end] for c in row] for row in table.rows] for table in found] == cells
    assert all(t.span.start <= c.start <= c.end <= t.span.end for t in found for row in t.rows for c in row)


def test_their_figures_are_records(tmp_path: Path, book: Rulebook) -> None:
    file = tmp_path / "report.md"
    file.write_text(
        "# 2023年云岭省国民经济和社会发展统计公报\n\n2024年3月1日\n\n## 主要工业产品产量\n\n"
        "| 产品 | 单位 | 2023年 | 比上年增长（%） |\n|---|---|---:|---:|\n"
        "| **钢材** | 万吨 | 1,033.7 | 8.5 |\n| 水泥 | 万吨 | 96.9 | -2.5 |\n",
        "utf-8",
    )
    extraction = parse_document(read_document(file), book)
    found = [(r.indicator, r.measure, str(r.value), r.unit, r.period.start) for r in extraction.records]
    assert found == [
        ("钢材产量", "level", "1033.7", "万吨", "2023-01-01"),
        ("钢材产量", "growth", "8.5", "%", "2023-01-01"),
        ("水泥产量", "level", "96.9", "万吨", "2023-01-01"),
        ("水泥产量", "growth", "-2.5", "%", "2023-01-01"),
    ]
    assert not extraction.audit.unexplained


@pytest.mark.parametrize("text", ["|" * 100_000 + "\n|--|\n" + "|" * 100_000, " " * 200_000 + "|--", "|--|\n" * 20_000])
def test_what_is_no_table_costs_little(text: str) -> None:
    assert len(pipe_tables(text)) <= 1
