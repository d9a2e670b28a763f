"""Makes the pictures of the README from the corpus, so that they stay true: a chart, and the server's pages.

    python -m bench.pictures DIR        # needs govextract[charts,serve], playwright and Chromium

Writes chart-targets.svg, chart-regions.png, reports.png, search.png and review.png into DIR.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from govextract.chart.drawing import draw, write
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.rulebook import load_rulebook
from tests.serving import chromium, put_output, serving

CORPUS = Path(__file__).parents[1] / "corpus"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def charts(folder: Path) -> list[Path]:
    """The charts of the corpus."""
    book = load_rulebook()
    extractions = [parse_document(read_document(path), book) for path in sorted(CORPUS.glob("*.txt"))]
    targets = draw(extractions, "地区生产总值", "growth", book, kind="targets", period="2024")
    regions = draw(extractions, "地区生产总值", "growth", book, kind="regions", period="2023")
    return [write(targets, folder / "chart-targets.svg"), write(regions, folder / "chart-regions.png")]


def pages(folder: Path) -> list[Path]:
    """The server's pages over the corpus, as Chromium shows them."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        book = load_rulebook()
        for path in sorted(CORPUS.glob("*.txt")):
            put_output(path, Path(name), book)
        with serving(Path(name)) as server:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            page = browser.new_page(viewport={"width": 1200, "height": 760}, device_scale_factor=2)
            made = []
            for title, address in (
                ("reports", "/"),
                ("search", "/search?q=生产总值 增长"),
                ("review", "/review/yunling-2024-gwr"),
            ):
                page.goto(server.address + address)
                page.wait_for_load_state("networkidle")
                made.append(folder / f"{title}.png")
                page.screenshot(path=made[-1])
            browser.close()
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for path in charts(folder) + pages(folder):
        print(path)


if __name__ == "__main__":
    main()
