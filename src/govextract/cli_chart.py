"""The command `chart`: pictures out of reports, outputs or a database."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from govextract.cli_options import RulesOption, Sources
from govextract.terminal import Lang, data, tell


class ChartKind(StrEnum):
    """What is set against what."""

    series = "series"
    regions = "regions"
    targets = "targets"


def make_chart(
    sources: Sources,
    indicator: Annotated[str, typer.Option(metavar="NAME", help="The indicator, by name or id: 地区生产总值, cpi.")],
    measure: Annotated[str, typer.Option(metavar="MEASURE", help="level, growth, change or share.")] = "growth",
    kind: Annotated[
        ChartKind | None, typer.Option(help="By default a series, or the regions where there is one period.")
    ] = None,
    region: Annotated[str, typer.Option(metavar="LIST", help="Only these: 云岭省,皓陵市.")] = "",
    period: Annotated[str, typer.Option(metavar="PERIOD", help="Of regions and targets: 2023 or START/END.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="*.svg or .png; without it SVG is printed.")
    ] = None,
    lang: Annotated[Lang, typer.Option(help="Language on the picture.")] = Lang.en,
    rules: RulesOption = None,
) -> None:
    """Draw a series across reports, regions side by side, or targets against what was reached."""
    from govextract.chart import drawing
    from govextract.chart.markup import svg_text
    from govextract.rulebook import load_rulebook
    from govextract.sources import extractions_from

    book = load_rulebook(rules)
    regions = [name.strip() for name in region.split(",") if name.strip()]
    picture = drawing.draw(
        extractions_from(sources, book), indicator, measure, book,
        kind=kind.value if kind else None, regions=regions, period=period, lang=lang.value,
    )  # fmt: skip
    if output is None:
        data(svg_text(picture))
    else:
        tell(drawing.summary(picture, drawing.write(picture, output)))
