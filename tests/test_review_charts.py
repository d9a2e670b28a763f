"""The review page's small charts: which figures go together, and that only two make a picture."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from govextract.model import Extraction
from govextract.parse import parse_document
from govextract.read import make_document
from govextract.review.charts import charts
from govextract.rulebook import Rulebook

# texts with the region and year of each, what the charts show: (region, value) of every record in one, why
TABLE = [
    (
        [("用电量96亿千瓦时，增长5%。", "皓陵市", "2022"), ("用电量99亿千瓦时，增长3%。", "皓陵市", "2023")],
        [("皓陵市", "5"), ("皓陵市", "3"), ("皓陵市", "96"), ("皓陵市", "99")],
        "two years",
    ),
    (
        [
            ("用电量增长5%。", "皓陵市", "2023"),
            ("用电量增长3%。", "青石县", "2023"),
            ("用电量增长1%。", "岚川州", "2021"),
        ],
        [("皓陵市", "5"), ("青石县", "3")],
        "two regions of one year",
    ),
    ([("用电量增长5%。", "皓陵市", "2023")], [], "one figure"),
    (
        [("用电量增长5%。", "皓陵市", "2023"), ("用电量增长3%。", "青石县", "2022")],
        [],
        "nothing that could be compared",
    ),
    (
        [("用电量增长5%。", "皓陵市", "2023"), ("2024年一季度用电量增长3%。", "皓陵市", "2024-01-01/2024-03-31")],
        [],
        "a year and a quarter",
    ),
]


def parsed(rows: list[tuple[str, str, str]], book: Rulebook) -> list[Extraction]:
    return [
        parse_document(make_document(text, name=f"report{n}", meta={"region": region, "period": period}), book)
        for n, (text, region, period) in enumerate(rows)
    ]


@pytest.mark.parametrize(("rows", "expected", "why"), [pytest.param(*row, id=row[2]) for row in TABLE])
def test_what_is_drawn(
    rows: list[tuple[str, str, str]], expected: list[tuple[str, str]], why: str, book: Rulebook
) -> None:
    extractions = parsed(rows, book)
    drawn, shown = charts(extractions)
    records = {(e.document.sha256, r.id): r for e in extractions for r in e.records}
    found = sorted((at, r.region or "", str(r.value)) for key, at in shown.items() for r in [records[key]])
    assert sorted(row[1:] for row in found) == sorted(expected)
    assert set(shown.values()) == set(range(len(drawn)))
    for chart in drawn:
        assert ElementTree.fromstring(chart["svg"]).tag.endswith("svg")
    assert charts(extractions) == (drawn, shown)


def test_units_and_hostile_names(book: Rulebook) -> None:
    extractions = parsed(
        [
            ("<img src=x onerror=y>产量96亿元。", "皓<b>市", "2022"),
            ("<img src=x onerror=y>产量99亿元。", "皓<b>市", "2023"),
        ],
        book,
    )
    drawn, _ = charts(extractions, "zh")
    assert [chart["unit"] for chart in drawn] == ["亿元"]
    assert "<b>" not in drawn[0]["svg"]
    assert "<img" not in drawn[0]["svg"]
