"""Pictures of what reports state: series, regions side by side, targets against what was reached; SVG and PNG.

`svg` gives a small chart for a page; `drawing.draw` a whole picture from extractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from govextract.chart.points import Figure, Point

if TYPE_CHECKING:
    from govextract.chart.drawing import Kind

__all__ = ["Figure", "Point", "svg"]


def svg(
    points: Sequence[Point],
    width: float,
    height: float | None = None,
    *,
    kind: Kind | None = None,
    unit: str = "",
    title: str = "",
    lang: str = "en",
) -> str:
    """A chart of *points* as inline SVG, without heading and ground, which takes the colour of the text round it.

    Values stand in the base unit *unit*; *title* is what a screen reader says. Rows make a picture as high as they
    need, a series is at least *height* pixels. Raises NothingToDrawError where there are no figures.
    """
    from govextract.chart.drawing import compose
    from govextract.chart.frame import Heading
    from govextract.chart.markup import svg_text

    picture = compose(
        points, Heading(title, "", lang=lang, framed=False), unit, kind, width=width, height=height or width * 0.5
    )
    return svg_text(picture, ground=False)
