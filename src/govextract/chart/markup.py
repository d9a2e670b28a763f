"""A picture as SVG: the same bytes for the same picture, text as text, presentation attributes only.

Without style attributes it stands in a page under a strict Content-Security-Policy. Text takes the `color` of what is
round it (class govextract-chart) and the ground is class govextract-paper, so that a dark page can turn both.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from govextract.chart.marks import INK, Line, Mark, Marker, Picture, Rect

FONTS = (
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',"
    "'WenQuanYi Zen Hei',sans-serif"
)


def svg_text(picture: Picture, *, ground: bool = True) -> str:
    """The SVG; *ground* paints the paper behind it (a file of its own), without it the page shows through."""
    size = f'width="{_n(picture.width)}" height="{_n(picture.height)}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {_n(picture.width)} {_n(picture.height)}" '
        f'class="govextract-chart" role="img" color="#1f2933" font-family="{FONTS}">',
        f"<title>{_safe(picture.title)}</title>",
        f"<desc>{_safe(picture.desc)}</desc>",
    ]
    if ground:
        lines.append(f'<rect {size} fill="#ffffff" class="govextract-paper"/>')
    lines += [_mark(mark) for mark in picture.marks]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _mark(mark: Mark) -> str:
    if isinstance(mark, Line):
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in mark.points)
        dash = f' stroke-dasharray="{mark.dash}"' if mark.dash else ""
        return (
            f'<polyline points="{points}" fill="none" stroke="{_color(mark.color)}" stroke-width="{_n(mark.width)}"'
            f'{_opacity("stroke", mark.opacity)}{dash} stroke-linejoin="round"/>'
        )
    if isinstance(mark, Rect):
        place = f'x="{_n(mark.left)}" y="{_n(mark.top)}" width="{_n(mark.width)}" height="{_n(mark.height)}"'
        return f'<rect {place} fill="{_color(mark.color)}"{_opacity("fill", mark.opacity)}{_titled("rect", mark.title)}'
    if isinstance(mark, Marker):
        return _marker(mark)
    weight = ' font-weight="600"' if mark.bold else ""
    anchor = "" if mark.anchor == "start" else f' text-anchor="{mark.anchor}"'
    return (
        f'<text x="{_n(mark.x)}" y="{_n(mark.y)}" font-size="{_n(mark.size)}"{anchor}{weight} '
        f'fill="{_color(mark.color)}"{_opacity("fill", mark.opacity)}>{_safe(mark.text)}</text>'
    )


def _marker(mark: Marker) -> str:
    color = _color(mark.color)
    fill = 'fill="#ffffff" class="govextract-paper"' if mark.hollow else f'fill="{color}"'
    look = f'{fill} stroke="{color}" stroke-width="1.6"'
    if mark.shape == "circle":
        return f'<circle cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_n(mark.size)}" {look}{_titled("circle", mark.title)}'
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in _corners(mark))
    return f'<polygon points="{points}" {look} stroke-linejoin="round"{_titled("polygon", mark.title)}'


def _corners(mark: Marker) -> Iterator[tuple[float, float]]:
    half = mark.size * {"square": 0.88, "diamond": 1.22, "up": 1.1, "down": 1.1}[mark.shape]
    corners = {
        "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
        "up": ((0, -1), (1, 0.8), (-1, 0.8)),
        "down": ((0, 1), (1, -0.8), (-1, -0.8)),
    }[mark.shape]
    return ((mark.x + dx * half, mark.y + dy * half) for dx, dy in corners)


def _titled(tag: str, title: str) -> str:
    return f"><title>{_safe(title)}</title></{tag}>" if title else "/>"


def _color(color: str) -> str:
    return "currentColor" if color == INK else color


def _opacity(kind: str, value: float) -> str:
    return "" if value == 1 else f' {kind}-opacity="{_n(value)}"'


def _n(value: float) -> str:
    """A coordinate to a hundredth of a pixel."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _safe(text: str) -> str:
    """Text as XML may hold it: escaped, without characters that XML has not."""
    return escape("".join(c if _allowed(c) else "\N{REPLACEMENT CHARACTER}" for c in text))


def _allowed(character: str) -> bool:
    return (
        character in "\t\n" or " " <= character < "\ud800" or "\ue000" <= character < "\ufffe" or character > "\uffff"
    )
