"""How long a keystroke in the review page's filter takes among many records, measured in the page itself.

    python bench/review.py [RECORDS]

Prints, for every keystroke of some words, the time from the event to the drawn rows, and the size of the page.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from govextract.parse import parse_document
from govextract.read import make_document
from govextract.review.page import page
from govextract.rulebook import load_rulebook

WORDS = ("固定资产", "增长", "2023 亿元", "zzz")
TYPE = """(words) => {
    const query = document.getElementById("query"), times = [];
    for (let size = words.length; size >= 0; size--) {
        query.value = words.slice(0, words.length - size);
        const begin = performance.now();
        query.dispatchEvent(new Event("input", { bubbles: true }));
        document.getElementById("rows").getBoundingClientRect();
        times.push(performance.now() - begin);
    }
    return times;
}"""


def main() -> None:
    """Open a page of many records, type, print."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    corpus = sorted((Path(__file__).parents[1] / "corpus").glob("*.txt"))
    texts: list[str] = []
    book = load_rulebook()
    records = 0
    while records < wanted:
        texts.append(corpus[len(texts) % len(corpus)].read_text("utf-8"))
        records += len(parse_document(make_document(texts[-1]), book).records)
    extraction = parse_document(make_document("\n".join(texts), name="many"), book)
    html = page([extraction]).encode()
    size = len(extraction.document.text.encode())
    print(f"{len(extraction.records)} records, {size / 1000:.0f} kB of text, a page of {len(html) / 1000:.0f} kB")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "review.html"
        file.write_bytes(html)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        tab.goto(file.as_uri())
        loaded = tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        print(f"loaded in {loaded:.0f} ms")
        for words in WORDS:
            times = tab.evaluate(TYPE, words)
            print(f"{words}: " + " ".join(f"{time:.1f}" for time in times) + " ms")
        browser.close()


if __name__ == "__main__":
    main()
