"""What the tests share: the rulebook, the corpus, and records made by hand."""

from __future__ import annotations

import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from govextract.model import Audit, Comparison, Document, Extraction, Period, Record, Span
from govextract.rulebook import Rulebook, load_rulebook

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def book() -> Rulebook:
    """The shipped rules."""
    return load_rulebook()


@pytest.fixture(scope="session")
def corpus() -> list[Path]:
    """The project's own reports."""
    return sorted((ROOT / "corpus").glob("*.txt"))


@pytest.fixture
def record() -> Callable[..., Record]:
    """A maker of records: `record(indicator=…, value="6.1")`; what is left out is plain."""

    def make(**fields: Any) -> Record:
        for name in ("value", "value_max", "base_value"):
            if isinstance(fields.get(name), str):
                fields[name] = Decimal(fields[name])
        plain: dict[str, Any] = {
            "id": "r1",
            "span": Span(start=0, end=1),
            "indicator": "地区生产总值",
            "indicator_text": "地区生产总值",
            "measure": "level",
            "value": Decimal("18640.5"),
            "unit": "亿元",
            "period": Period(text="2023年", start="2023-01-01", end="2023-12-31"),
            "region": "云岭省",
            "sentence": "全省地区生产总值18640.5亿元。",
            "section": ("一、2023年工作回顾",),
            "rule": "level",
        }
        return Record(**plain | fields)

    return make


@pytest.fixture
def comparison() -> Callable[..., Comparison]:
    """A maker of comparisons: `comparison("居", "全国", "7", "位")`."""

    def make(relation: str, target: str, value: str | None = None, unit: str | None = None) -> Comparison:
        number = None if value is None else Decimal(value)
        return Comparison(relation=relation, object=target, value=number, unit=unit, span=Span(start=0, end=1))

    return make


@pytest.fixture
def extraction() -> Callable[..., Extraction]:
    """A maker of extractions: `extraction(record(), record())`."""

    def make(*records: Record, **fields: Any) -> Extraction:
        plain: dict[str, Any] = {
            "document": Document(name="report", text="", region="云岭省", region_code="990000", sha256="abc"),
            "records": records,
            "audit": Audit(numbers=len(records), values=len(records), comparisons=0, ignored=0),
        }
        return Extraction(**plain | fields)

    return make


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Under GOVEXTRACT_CI a skipped test is a failure: what CI should have run was not run."""
    reporter = session.config.pluginmanager.getplugin("terminalreporter")
    if os.environ.get("GOVEXTRACT_CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
