"""docs/downstream.md: every snippet runs, on the files that its first lines make."""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from govextract.cli import app
from tests.conftest import ROOT

PAGE = (ROOT / "docs/downstream.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    """The code of the page, of one kind."""
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


COMMANDS = [line for block in blocks("sh") for line in block.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the page's commands have been run."""
    here = tmp_path_factory.mktemp("downstream")
    shutil.copytree(ROOT / "corpus", here / "corpus")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        for command in COMMANDS:
            assert not app(shlex.split(command)[1:], standalone_mode=False), command
    return here


@pytest.mark.parametrize("code", blocks("python"), ids=lambda code: code.split("\n", 1)[0])
def test_python_runs(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    exec(compile(code, "docs/downstream.md", "exec"), names)
    assert [name for name in ("growth", "frame", "rows") if name in names and len(names[name]) > 0]


@pytest.mark.parametrize("query", blocks("sql"), ids=lambda query: query[:40])
def test_sql_runs(query: str, folder: Path) -> None:
    with sqlite3.connect(folder / "figures.db") as connection:
        assert connection.execute(query).fetchall()


def test_the_panel_says_what_its_columns_are(folder: Path) -> None:
    with pd.read_stata(folder / "panel.dta", iterator=True) as reader:
        labels = reader.variable_labels()
    data = pd.read_stata(folder / "panel.dta")
    assert labels["gdp_growth"] == "Gross regional product (%)"
    assert {"region", "period_start", "gdp_growth", "gdp_growth_target", "cpi_growth"} <= set(data.columns)
    codes = pd.read_csv(folder / "panel.codebook.csv")
    assert set(codes["column"]) == {"gdp_growth", "gdp_level"}
    rows = pd.read_csv(folder / "panel.csv")
    year = rows[(rows.region == "云岭省") & (rows.period_start == "2023-01-01") & (rows.period_end == "2023-12-31")]
    assert year[year.measure == "growth"]["value"].tolist() == [5.6]


def test_a_panel_takes_the_newest_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from govextract.panel import panel
    from govextract.parse import parse_document
    from govextract.read import make_document
    from govextract.rulebook import load_rulebook

    book = load_rulebook()
    texts = {
        "2023-01-20": "2023年预期目标是地区生产总值增长6%以上、力争达到7%。",
        "2024-01-20": "2023年，地区生产总值18640亿元，增长5.6%。",
        "2025-01-20": "2023年，地区生产总值1.87万亿元。",
    }
    made = panel(
        (
            parse_document(make_document(text, name=date, meta={"region": "云岭省", "date": date}), book)
            for date, text in texts.items()
        ),
        ["GDP"],
        ["growth", "level"],
        book,
    )
    rows = {row["measure"]: row for row in made.rows.to_dict("records")}
    growth, level = rows["growth"], rows["level"]
    assert (growth["value"], growth["target"], growth["target_bound"]) == (5.6, 6.0, "at_least")
    assert (level["value"], level["unit"], level["document"]) == (1.87e12, "元", "2025-01-20")
    assert sorted(made.conflicts["left"]) == ["18640亿元", "7%"]
