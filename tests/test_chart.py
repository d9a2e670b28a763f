"""Pictures: which marks a figure becomes, that nothing overlaps, that SVG is well made and PNG shows its characters."""

from __future__ import annotations

import itertools
import shlex
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract import chart
from govextract.chart.axis import scale, spread
from govextract.chart.drawing import NothingToDrawError, compose, draw, write
from govextract.chart.fonts import FontError, font_for
from govextract.chart.frame import Heading
from govextract.chart.marks import Marker, Picture
from govextract.chart.markup import svg_text
from govextract.chart.points import Figure, Point, fullest_period, of_one_length
from govextract.chart.wording import number, period_text, scale_of
from govextract.cli import app
from govextract.errors import GovextractError
from govextract.model import Document, Extraction, Period, Record
from govextract.panel import PanelError
from govextract.rulebook import Rulebook

SVG = "{http://www.w3.org/2000/svg}"
YEAR = ("2023-01-01", "2023-12-31")
PROVINCES = [f"{first}{second}省" for first in "云皓兰平青" for second in "岭陵川溪石沙"] + ["全国"]


def point(region: str = "云岭省", value: float | None = 5.6, year: int = 2023, **fields: object) -> Point:
    """A point of a year; what is left out is plain."""
    actual = None if value is None else Figure(value, document="report")
    plain: dict[str, object] = {"actual": actual, **fields}
    return Point(region, f"{year}-01-01", f"{year}-12-31", **plain)  # type: ignore[arg-type]


def made(points: list[Point], kind: str, **fields: object) -> Picture:
    return compose(points, Heading("地区生产总值", "", lang="en"), "%", kind, **fields)  # type: ignore[arg-type]


def markers(picture: Picture) -> list[tuple[str, str, bool]]:
    """The figures of a picture: role, shape, hollow."""
    found = [m for m in picture.marks if isinstance(m, Marker) and m.role]
    return [(m.role, m.shape, m.hollow) for m in found]


def roles(picture: Picture) -> list[str]:
    return [mark.role for mark in picture.marks if mark.role in ("bound", "whisker", "range", "bar", "distance")]


MARKS = [
    ("an exact figure is filled", point(), "regions", [("point", "circle", False)], []),
    ("about is hollow", point(actual=Figure(6, None, "about")), "regions", [("point", "circle", True)], []),
    ("above: an arrow", point(actual=Figure(6, None, "at_least")), "regions", [("point", "circle", True)], ["bound"]),
    ("below: an arrow", point(actual=Figure(6, None, "at_most")), "series", [("point", "circle", True)], ["bound"]),
    (
        "a range has two ends",
        point(target=Figure(5, 5.5)),
        "targets",
        [("range-end", "diamond", False), ("target", "diamond", False), ("point", "circle", False)],
        ["distance", "range"],
    ),
    (
        "a conflicting figure is a ring on a whisker",
        point(others=(Figure(7.1),)),
        "series",
        [("conflict", "circle", True), ("point", "circle", False)],
        ["whisker"],
    ),
    (
        "so is a conflicting target",
        point(value=None, target=Figure(7), other_targets=(Figure(8),)),
        "targets",
        [("conflict", "circle", True), ("target", "diamond", False)],
        ["whisker"],
    ),
    ("a target is no part of a comparison", point(target=Figure(9)), "regions", [("point", "circle", False)], []),
]  # fmt: skip


@pytest.mark.parametrize(("why", "given_", "kind", "wanted", "lines"), MARKS, ids=[row[0] for row in MARKS])
def test_marks(why: str, given_: Point, kind: str, wanted: list[tuple[str, str, bool]], lines: list[str]) -> None:
    picture = made([given_], kind)
    assert markers(picture) == wanted
    assert roles(picture) == lines


@pytest.mark.parametrize(("bound", "right"), [("at_least", True), ("less_than", False)])
def test_an_arrow_points_where_the_value_may_lie(bound: str, right: bool) -> None:
    picture = made([point(actual=Figure(6, None, bound)), point("皓陵市", 7)], "regions")
    x = next(m.x for m in picture.marks if isinstance(m, Marker) and m.hollow and m.role == "point")
    (arrow,) = [m for m in picture.marks if m.role == "bound"]
    head = arrow.points[1][0]  # type: ignore[union-attr]
    assert (head > x) == right


def test_places_are_those_of_the_scale() -> None:
    picture = made([point("甲", 4.0), point("乙", 5.0), point("丙", 6.0)], "regions")
    xs = [m.x for m in picture.marks if isinstance(m, Marker) and m.role == "point"]
    assert xs[0] - xs[1] == pytest.approx(xs[1] - xs[2])
    assert xs[0] > xs[2]  # the highest comes first


def test_a_gap_in_the_years_is_dashed() -> None:
    picture = made([point(value=5, year=2018), point(value=6, year=2019), point(value=4, year=2023)], "series")
    assert [m.role for m in picture.marks if m.role.startswith(("series ", "gap "))] == ["series 云岭省", "gap 云岭省"]
    assert "dashed: no figure between" in [text.text for text in picture.texts()]


def test_the_legend_explains_what_is_drawn_and_no_more() -> None:
    plain = [text.text for text in made([point()], "regions").texts() if text.role == "legend"]
    assert plain == []
    bounded = made([point(actual=Figure(6, None, "about"), others=(Figure(7),))], "regions")
    assert [text.text for text in bounded.texts() if text.role == "legend"] == [
        "hollow, ≈: about",
        "small ring: a figure that a report states otherwise",
    ]


def test_figures_of_other_periods_are_told() -> None:
    quarter = Point("云岭省", "2024-01-01", "2024-03-31", Figure(5.3))
    picture = made([point(year=2022), point(year=2023), quarter], "series")
    assert "Not drawn: 1 figures of other periods (2024 Q1)" in [text.text for text in picture.texts()]


# --- nothing overlaps


def crowd(years: int, spread_: float) -> list[Point]:
    return [
        point(name, 5 + index * spread_, 2024 - back, target=Figure(6 + index * spread_ / 2, None, "about"))
        for index, name in enumerate(PROVINCES)
        for back in range(years)
    ]


def touching(picture: Picture) -> list[tuple[str, str]]:
    """Texts whose boxes overlap, and texts that leave the picture."""
    texts = picture.texts()
    found = []
    for one, other in itertools.combinations(texts, 2):
        a, b = one.box, other.box
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
            found.append((one.text, other.text))
    outside = [
        t for t in texts if t.box[0] < 0 or t.box[2] > picture.width or t.box[1] < 0 or t.box[3] > picture.height
    ]
    return found + [(text.text, "the edge") for text in outside]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", ["series", "regions", "targets"])
@pytest.mark.parametrize("spread_", [0.0, 0.02, 3.0], ids=["all equal", "close", "far"])
@pytest.mark.parametrize("width", [640, 1000])
def test_labels_do_not_overlap(kind: str, lang: str, spread_: float, width: int) -> None:
    heading = Heading("地区生产总值增速" * 12, "", lang=lang)
    picture = compose(crowd(4, spread_), heading, "%", kind, width=width)  # type: ignore[arg-type]
    assert touching(picture) == []


@pytest.mark.parametrize("kind", ["series", "regions"])
def test_a_small_one_has_no_overlap_either(kind: str) -> None:
    picture = compose(crowd(3, 0.5)[:9], Heading("", "", framed=False), "元", kind, width=320, height=150)  # type: ignore[arg-type]
    assert touching(picture) == []


@given(st.lists(st.floats(0, 500), min_size=1, max_size=25))
def test_spread_keeps_its_distance_and_its_order(wanted: list[float]) -> None:
    placed = spread(wanted, 16, 0, 500)
    ranked = sorted(range(len(wanted)), key=lambda index: (wanted[index], placed[index]))
    for before, after in itertools.pairwise(ranked):
        assert placed[after] - placed[before] >= 16 - 1e-6
    assert min(placed) >= -1e-6
    assert max(placed) <= 500 + 1e-6


@given(st.lists(st.floats(-1e15, 1e15, allow_subnormal=False), min_size=1), st.booleans())
def test_a_scale_holds_every_value(values: list[float], zero: bool) -> None:
    made_ = scale(values, 0, 100, 5, zero=zero)
    slack = (made_.high - made_.low) * 1e-6
    assert made_.low - slack <= min(values)
    assert max(values) <= made_.high + slack
    assert 2 <= len(made_.ticks) <= 14
    assert not zero or made_.low <= 0 <= made_.high


# --- words and numbers

PERIODS = [
    ("2023-01-01", "2023-12-31", "2023", "2023年"),
    ("2024-01-01", "2024-06-30", "2024 H1", "2024年上半年"),
    ("2024-07-01", "2024-12-31", "2024 H2", "2024年下半年"),
    ("2024-04-01", "2024-06-30", "2024 Q2", "2024年第2季度"),
    ("2024-02-01", "2024-02-29", "2024-02", "2024年2月"),
    ("2024-01-01", "2024-09-30", "2024 months 1–9", "2024年1—9月"),
    ("2021-01-01", "2025-12-31", "2021–2025", "2021—2025年"),
    ("2024-06-30", "2024-06-30", "2024-06-30", "2024-06-30"),
    ("2024-06-05", "2024-06-30", "2024-06-05 to 2024-06-30", "2024-06-05至2024-06-30"),
    ("2023-07-01", "2024-06-30", "2023-07-01 to 2024-06-30", "2023-07-01至2024-06-30"),
]


@pytest.mark.parametrize(("start", "end", "en", "zh"), PERIODS, ids=[row[2] for row in PERIODS])
def test_periods(start: str, end: str, en: str, zh: str) -> None:
    assert (period_text(start, end, "en"), period_text(start, end, "zh")) == (en, zh)


NUMBERS = [
    (5.6, "5.6"), (5.0, "5"), (-2.1, "−2.1"), (0.0, "0"), (-0.0, "0"), (18640.5, "18,640"), (134.9084, "134.9"),
    (6.0013, "6.001"), (0.00004, "4e−05"), (0.30000000000000004, "0.3"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "text"), NUMBERS, ids=[row[1] for row in NUMBERS])
def test_numbers(value: float, text: str) -> None:
    assert number(value) == text


SCALES = [
    (1.864e12, "元", "zh", (1e12, "万亿元")),
    (3.2e8, "元", "zh", (1e8, "亿元")),
    (-3.2e9, "元", "en", (1e9, "billion yuan")),
    (12000, "人", "zh", (1e4, "万人")),
    (140000, "%", "zh", (1.0, "%")),
    (12, "枚", "en", (1.0, "枚")),
]


@pytest.mark.parametrize(("highest", "unit", "lang", "wanted"), SCALES, ids=[f"{row[1]} {row[2]}" for row in SCALES])
def test_units(highest: float, unit: str, lang: str, wanted: tuple[float, str]) -> None:
    assert scale_of(highest, unit, lang) == wanted


# --- which figures


def test_the_fullest_period() -> None:
    points = [point("甲", year=2022), point("乙", year=2022), point("甲", None, 2024, target=Figure(5)), point("丙")]
    assert fullest_period(points, "regions") == ("2022-01-01", "2022-12-31")
    assert fullest_period(points, "targets") == ("2024-01-01", "2024-12-31")
    assert fullest_period([point(value=None, target=Figure(5))], "regions") is None


def test_years_go_before_quarters() -> None:
    quarter = Point("云岭省", "2024-01-01", "2024-03-31", Figure(5.3))
    assert of_one_length([point(), quarter]) == ([point()], [quarter])


def extraction(document: str, *records: Record) -> Extraction:
    from govextract.model import Audit

    date = f"{document}-01-20"
    audit = Audit(numbers=len(records), values=len(records), comparisons=0, ignored=0)
    return Extraction(
        document=Document(name=document, text="", date=date, sha256=document), records=records, audit=audit
    )


@pytest.fixture
def reports(record: Callable[..., Record]) -> list[Extraction]:
    def growth(value: str, year: str, **fields: object) -> Record:
        period = Period(text=year, start=f"{year}-01-01", end=f"{year}-12-31")
        plain = {"indicator_id": "gdp", "measure": "growth", "basis": "yoy", "unit": "%", "base_unit": "%"}
        return record(value=value, base_value=value, period=period, **plain | fields)

    return [
        extraction("2023", growth("5.1", "2022"), growth("6", "2023", status="target", bound="about")),
        extraction("2024", growth("5.3", "2022"), growth("5.6", "2023"), growth("4", "2023", region="皓陵市")),
    ]


def test_the_panel_says_what_is_drawn(reports: list[Extraction], book: Rulebook) -> None:
    picture = draw(reports, "GDP", "growth", book)
    assert markers(picture).count(("conflict", "circle", True)) == 1  # 5.1 of the older report
    assert picture.desc == ("%, on the year before. 云岭省: 2022 5.3, 2023 5.6; 皓陵市: 2023 4")
    aims = draw(reports, "gdp", "growth", book, kind="targets", regions=["云岭省"], lang="zh")
    assert aims.desc == "%，同比，云岭省. 2022年: 5.3 / –; 2023年: 5.6 / ≈6"
    one = draw(reports, "gdp", "growth", book, kind="regions", period="2022")
    assert one.desc == "%, on the year before, 2022. 云岭省: 5.3"


NOTHING = [
    ("another measure", "gdp", "level", (), "no report here states gdp as level; stated of it: growth"),
    ("another indicator", "cpi", "growth", (), "no report here states cpi as growth"),
    ("another region", "gdp", "growth", ["兰川市"], "gdp (growth) is not stated of 兰川市, but of 云岭省, 皓陵市"),
]


@pytest.mark.parametrize(("why", "name", "measure", "regions", "told"), NOTHING, ids=[row[0] for row in NOTHING])
def test_nothing_to_draw(
    why: str, name: str, measure: str, regions: list[str], told: str, reports: list[Extraction], book: Rulebook
) -> None:
    with pytest.raises(NothingToDrawError, match="nothing to draw") as error:
        draw(reports, name, measure, book, regions=regions)
    assert told in str(error.value)


def test_near_names_are_told(reports: list[Extraction], book: Rulebook) -> None:
    with pytest.raises(PanelError, match=r"near it: .*地区生产总值"):
        draw(reports, "地区生产总额", "growth", book)


# --- the files


def test_svg_is_xml_text_and_the_same_again() -> None:
    first, second = (svg_text(made(crowd(4, 0.1), "series")) for _ in range(2))
    assert first == second
    tree = ET.fromstring(first)
    assert tree[0].tag == f"{SVG}title"
    assert tree[1].tag == f"{SVG}desc"
    assert {node.text for node in tree.iter(f"{SVG}text")} >= {"2024", "2023"}
    assert "style=" not in first


HOSTILE = [
    "</svg><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a&b]]>",
    "\x00\x1b\ufffe云岭省",
    "A" * 5000,
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("kind", ["series", "regions", "targets"])
def test_hostile_names_are_only_text(name: str, kind: str) -> None:
    points = [Point(name, *YEAR, Figure(5, None, "about", name), Figure(6, None, "exact", name))]
    text = svg_text(compose(points, Heading(name, name), name, kind))  # type: ignore[arg-type]
    tree = ET.fromstring(text)
    assert {node.tag.removeprefix(SVG) for node in tree.iter()} <= {
        "svg", "title", "desc", "rect", "circle", "polygon", "polyline", "text"
    }  # fmt: skip
    assert all(key in KNOWN for node in tree.iter() for key in node.attrib)


KNOWN = {
    "class", "color", "cx", "cy", "fill", "fill-opacity", "font-family", "font-size", "font-weight", "height", "points",
    "r", "role", "stroke", "stroke-dasharray", "stroke-linejoin", "stroke-opacity", "stroke-width", "text-anchor",
    "viewBox", "width", "x", "y",
}  # fmt: skip


def test_inline_svg_takes_the_colour_of_the_page() -> None:
    text = chart.svg([point(year=2022), point(year=2023)], 320, 160, unit="%", title="地区生产总值")
    tree = ET.fromstring(text)
    assert (tree[0].text, tree.get("width"), tree.get("class")) == ("地区生产总值", "320", "govextract-chart")
    assert "currentColor" in text
    assert tree.find(f"{SVG}rect") is None


def test_png_shows_its_characters(tmp_path: Path) -> None:
    pytest.importorskip("resvg_py", reason="pip install govextract[charts]")
    pictures = {name: made([point(name, 5), point("皓陵市", 6)], "regions") for name in ("云岭省", "岭云省")}
    written = [write(picture, tmp_path / f"{name}.png").read_bytes() for name, picture in pictures.items()]
    assert all(content[:8] == b"\x89PNG\r\n\x1a\n" for content in written)
    picture = pictures["云岭省"]
    assert struct.unpack(">II", written[0][16:24]) == (2 * picture.width, 2 * picture.height)
    assert written[0] != written[1]  # two empty boxes would look like two empty boxes


def test_a_character_that_no_font_has_is_told(tmp_path: Path) -> None:
    with pytest.raises(FontError, match=r"shows \S \(.*fonts-noto-cjk"):
        write(made([point("云岭\U000e0fff省")], "regions"), tmp_path / "a.png")
    assert not (tmp_path / "a.png").exists()


def test_without_fonts_or_with_broken_ones_it_says_so(tmp_path: Path) -> None:
    for cut, name in enumerate(("a.ttf", "b.ttc", "c.otf")):
        whole = font_for("云岭省").path.read_bytes()
        (tmp_path / name).write_bytes(whole[: 40 * cut * cut])
    with pytest.raises(FontError, match=r"no font on this machine shows 云岭省"):
        font_for("云岭省", [tmp_path])


def test_the_font_is_one_for_chinese() -> None:
    assert set(font_for("云岭省 GDP 5.6% ≈≥").family.split()) & {"SC", "CN", "CJK", "Hei", "YaHei"}


@pytest.mark.parametrize("name", ["a.pdf", "a"])
def test_other_endings_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(GovextractError, match=r"ends in \.svg or \.png"):
        write(made([point()], "regions"), tmp_path / name)


# --- the command


def test_the_command(
    corpus: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    sources = shlex.join(map(str, corpus))
    line = f"chart {sources} --indicator 地区生产总值 --lang zh"
    assert not app(shlex.split(f"{line} -o a.svg"), standalone_mode=False)
    assert capsys.readouterr().err.startswith("wrote a.svg: ")
    assert not app(shlex.split(line), standalone_mode=False)
    assert capsys.readouterr().out == (tmp_path / "a.svg").read_text("utf-8")


def test_nothing_is_one_line_and_1(corpus: list[Path], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "govextract.cli", "chart", str(corpus[0]), "--indicator", "高炉利用系数"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert done.stderr.startswith("error: ")
