"""A picture as PNG: its SVG, drawn by resvg with one font of this machine that has every character."""

from __future__ import annotations

from govextract.chart.fonts import font_for
from govextract.chart.marks import Picture, Text
from govextract.chart.markup import FONTS, svg_text
from govextract.errors import GovextractError


def png_bytes(picture: Picture, zoom: int = 2) -> bytes:
    """The PNG, *zoom* pixels for one of the picture's.

    Raises GovextractError where the library is missing, FontError where no font has the picture's characters.
    """
    try:
        import resvg_py
    except ImportError:
        raise GovextractError(
            "PNG needs a library that is not here: pip install 'govextract[charts]' (.svg needs none)"
        ) from None
    font = font_for("".join(mark.text for mark in picture.marks if isinstance(mark, Text)))
    content: bytes = resvg_py.svg_to_bytes(
        svg_string=svg_text(picture).replace(FONTS, "sans-serif", 1),
        zoom=zoom,
        skip_system_fonts=True,
        font_files=[str(font.path)],
        font_family=font.family,
        sans_serif_family=font.family,
    )
    return bytes(content)
