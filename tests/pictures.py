"""Makes the pictures of the READMEs from the corpus, so that they stay true: a chart, and the review page.

python -m tests.pictures        # into docs/pictures; needs playwright, Chromium and fonts-noto-cjk
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from govextract.chart.drawing import draw, write
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.review.page import page
from govextract.rulebook import load_rulebook
from tests.serving import chromium

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
REPORT = ROOT / "corpus" / "yunling-2024-gwr.txt"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def chart(folder: Path) -> Path:
    """The targets of the corpus beside what came of them. The same bytes every time."""
    book = load_rulebook()
    extractions = [parse_document(read_document(path), book) for path in sorted(REPORT.parent.glob("*.txt"))]
    drawing = draw(extractions, "地区生产总值", "growth", book, kind="targets", period="2024")
    return write(drawing, folder / "chart-targets.svg")


def review(folder: Path) -> Path:
    """The review page of the README's report, with one figure chosen, as Chromium shows it."""
    from playwright.sync_api import sync_playwright

    extraction = parse_document(read_document(REPORT), load_rulebook())
    made = folder / "review.png"
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        file = Path(name) / "review.html"
        file.write_text(page([extraction]), "utf-8")
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        tab = browser.new_page(viewport={"width": 1280, "height": 760}, device_scale_factor=1.5)
        tab.goto(file.as_uri())
        tab.locator("tr.row").nth(1).click()
        tab.screenshot(path=made)
        browser.close()
    return made


def main() -> None:
    """Make both."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for made in (chart(PICTURES), review(PICTURES)):
        print(made.relative_to(ROOT))


if __name__ == "__main__":
    main()
