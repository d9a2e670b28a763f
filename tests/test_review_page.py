"""The review page in a real browser: from disk, by mouse and keyboard, kept over a reload, and what it refuses."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from govextract.model import Document, Extraction, Period, Record, Span
from govextract.parse import parse_document
from govextract.read import make_document, read_document
from govextract.review.apply import apply
from govextract.review.decisions import Decision, fields_of, make_decision, read_decisions
from govextract.review.page import page
from govextract.rulebook import Rulebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
HOSTILE = """<b>2024年</b>云岭省"报告"</script><script>window.hit = 1</script>

一、<img src=x onerror="window.hit = 2">工作回顾

全省地区生产总值18640.5亿元，比上年增长5.6%</script><script>window.hit = 3</script>。<svg onload=window.hit=4>𠮷县\
粮食产量12.5万吨，增长3.1%。{{DATA}}
"""
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)")

Opened = Callable[..., "Page"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def pingxi(book: Rulebook) -> Extraction:
    """A corpus report with unexplained numbers, an issue and unsure records."""
    return parse_document(read_document(ROOT / "corpus" / "pingxi-2022-department.txt"), book)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Opens the page over some extractions from disk; no errors, no requests, when the test is done."""
    heard: list[str] = []
    contexts = []

    def make(
        *extractions: Extraction,
        lang: str = "en",
        dark: bool = False,
        width: int = 1440,
        decisions: Sequence[Decision] = (),
    ) -> Page:
        file = tmp_path / "review.html"
        file.write_bytes(page(extractions, lang, decisions).encode())
        context = browser.new_context(
            color_scheme="dark" if dark else "light", viewport={"width": width, "height": 900}
        )
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: heard.append(message.text))
        tab.on("pageerror", lambda error: heard.append(str(error)))
        tab.on("request", lambda request: heard.append(request.url) if request.url != file.as_uri() else None)
        tab.goto(file.as_uri())
        return tab

    yield make
    for context in contexts:
        context.close()
    assert [word for word in heard if not word.startswith("blob:")] == []


def chosen(tab: Page) -> tuple[str, str]:
    """The indicator of the chosen row, and the figure that is marked in the text."""
    figure = "".join(tab.locator("#report .chosen").all_inner_texts())
    return tab.locator("tr.chosen .c-indicator").inner_text(), figure


def is_seen(tab: Page, selector: str) -> bool:
    """Whether the first such element stands inside the report's window."""
    script = """(selector) => {
        const at = document.querySelector(selector).getBoundingClientRect();
        const box = document.getElementById("report").getBoundingClientRect();
        return at.top >= box.top && at.bottom <= box.bottom;
    }"""
    return bool(tab.evaluate(script, selector))


def saved(tab: Page, folder: Path) -> Path:
    """The file that the save button gives."""
    with tab.expect_download() as download:
        tab.click("#save")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def fill(tab: Page, **fields: str) -> None:
    """Type into the form, and keep it."""
    for name, text in fields.items():
        control = tab.locator(f"form.edit [name={name}]")
        if name in ("measure", "bound", "status"):
            control.select_option(text)
        else:
            control.fill(text)
    tab.click("form.edit button[type=submit]")


# --- without a browser


def test_the_page_is_one_small_file_that_asks_for_nothing(book: Rulebook) -> None:
    text = (ROOT / "corpus" / "yunling-2024-communique.txt").read_text("utf-8")
    long = parse_document(make_document(text * 7, name="long"), book)
    assert len(long.document.text.encode()) >= 50_000
    made = page([long], "zh")
    assert len(made.encode()) < 1_500_000
    named = ("http-equiv", "http://www.w3.org/2000/svg")  # an attribute, a namespace: nothing that is fetched
    assert "http" not in re.sub("|".join(map(re.escape, named)), "", made)
    assert "eval(" not in made
    assert " style=" not in made.partition("<script type")[0]


def test_the_page_is_the_same_from_run_to_run(pingxi: Extraction) -> None:
    assert page([pingxi], "en") == page([pingxi], "en")


def test_no_markup_of_a_report_leaves_the_data(book: Rulebook) -> None:
    made = page([parse_document(make_document(HOSTILE, name="</title><b>"), book)])
    assert "<img" not in made
    assert made.count("</script>") == 3
    assert made.count("<script") == 3
    assert "\\u003c/script>" in made


def test_both_languages_say_the_same_things() -> None:
    texts = json.loads((ROOT / "src/govextract/review/assets/texts.json").read_text("utf-8"))
    assert texts["en"].keys() == texts["zh"].keys()


# --- in the browser


@needs_chromium
def test_a_row_and_its_sentence_are_joined_both_ways(opened: Opened, pingxi: Extraction) -> None:
    tab = opened(pingxi)
    tab.fill("#query", "公路")
    count = tab.locator("tr.row").count()
    assert 0 < count < len(pingxi.records)
    tab.fill("#query", "")
    tab.evaluate("document.getElementById('scroller').scrollTop = 1e6")
    last = tab.locator("tr.row").last
    last.click()
    assert is_seen(tab, "#report .chosen")
    indicator, figure = chosen(tab)
    record = next(r for r in reversed(pingxi.records) if r.indicator == indicator)
    assert figure == pingxi.document.text[record.span.start : record.span.end]
    tab.evaluate("document.getElementById('report').scrollTop = 0")
    tab.locator("#report .figure").first.click()
    first = pingxi.records[0]
    assert chosen(tab) == (first.indicator, pingxi.document.text[first.span.start : first.span.end])


@needs_chromium
def test_a_series_is_drawn_beside_its_figures(opened: Opened, book: Rulebook) -> None:
    texts = {"2022": "用电量96亿千瓦时。", "2023": "用电量99亿千瓦时。水库3座。"}
    meta = {"region": "<b>皓陵市", "date": "2024-02-01"}
    extractions = [
        parse_document(make_document(text, name=year, meta=meta | {"period": year}), book)
        for year, text in texts.items()
    ]
    tab = opened(*extractions)
    tab.locator("tr.row").first.click()
    assert tab.locator("#detail figcaption").inner_text() == "用电量 · level · billion kWh"
    assert "9.9" in "".join(tab.locator("#detail svg text").all_text_contents())
    assert tab.locator("#detail svg b").count() == 0
    tab.select_option("#document", label="2023")
    tab.locator("tr.row").nth(1).click()
    assert tab.locator("#detail svg").count() == 0  # one figure is no series


@needs_chromium
def test_filters_and_sorting(opened: Opened, pingxi: Extraction) -> None:
    tab = opened(pingxi)
    tab.select_option("#by_measure", "growth")
    growth = [r for r in pingxi.records if r.measure == "growth"]
    assert tab.locator("#shown").inner_text().startswith(f"{len(growth)} of ")
    tab.select_option("#by_measure", "")
    tab.select_option("#by_flag", "LIST_MISMATCH")
    assert tab.locator("tr.row").count() > 0
    tab.select_option("#by_flag", "")
    tab.locator("#confidence").evaluate(
        "(e) => { e.value = 0.75; e.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    unsure = sum(r.confidence <= 0.75 for r in pingxi.records) + len(pingxi.audit.unexplained)
    assert tab.locator("#shown").inner_text().startswith(f"{unsure} of ")
    tab.locator("#confidence").evaluate("(e) => { e.value = 1; e.dispatchEvent(new Event('input', {bubbles: true})); }")
    tab.click("th.c-value button")
    tab.click("th.c-value button")
    top = max(r.value for r in pingxi.records if r.value is not None)
    assert str(top) in tab.locator("tr.row .c-value").first.inner_text()
    assert tab.get_attribute("th.c-value", "aria-sort") == "descending"


@needs_chromium
def test_inherited_words_are_joined_to_their_figure(opened: Opened, book: Rulebook) -> None:
    text = "2024年工作报告\n\n2023年，固定资产投资完成520亿元，增长6.3%，高于全国1.1个百分点。\n"
    tab = opened(parse_document(make_document(text, name="joined", meta={"region": "云岭省"}), book))
    tab.locator("#report .figure", has_text="6.3%").hover()
    assert tab.locator(".joined-subject").all_inner_texts() == ["固定资产投资"]
    assert "".join(tab.locator(".joined-time").all_inner_texts()) == "2023年"
    assert tab.locator(".joined-comparison").all_inner_texts() == ["1.1个百分点"]


@needs_chromium
def test_a_review_by_keyboard_outlives_a_reload_and_a_new_parse(
    opened: Opened, pingxi: Extraction, book: Rulebook, tmp_path: Path
) -> None:
    tab = opened(pingxi)
    tab.fill("#reviewer", "李明")
    tab.locator("#reviewer").blur()
    doubts = int(tab.locator("#progress").inner_text().split("·")[1].split()[0])
    seen = []
    for _ in range(doubts):
        tab.keyboard.press("n")
        seen.append(tab.get_attribute("tr.chosen", "data-n"))
        tab.keyboard.press("r" if tab.locator("tr.chosen .c-measure").inner_text() == "unexplained" else "a")
    assert len(set(seen)) == doubts
    assert "0 doubtful" in tab.locator("#progress").inner_text()
    tab.keyboard.press("u")
    assert "1 doubtful" in tab.locator("#progress").inner_text()

    tab.locator("#report .figure").first.click()
    tab.keyboard.press("e")
    fill(tab, indicator="公路固定资产投资", value="18.70", unit="亿元", period_end="2022-11-30", note="核对过公报")
    assert chosen(tab)[0] == "公路固定资产投资"
    tab.keyboard.press("j")
    tab.keyboard.press("r")
    assert tab.get_attribute("tr.chosen", "data-state") == "reject"

    tab.reload()
    assert tab.input_value("#reviewer") == "李明"
    assert tab.locator("tr.row .c-indicator").first.inner_text() == "公路固定资产投资"
    decisions = read_decisions(saved(tab, tmp_path))
    kinds = [d.decision for d in decisions]
    assert (kinds.count("edit"), kinds.count("reject")) == (1, 1 + len(pingxi.audit.unexplained))
    assert len(decisions) == doubts + 1  # one was undone
    assert {d.reviewer for d in decisions} == {"李明"}
    edit = next(d for d in decisions if d.decision == "edit")
    assert edit.after is not None
    assert (str(edit.after.value), edit.after.decimals, edit.note) == ("18.7", 2, "核对过公报")

    # other offsets, other ids: a line more at the head
    moved = make_document("内部资料\n\n" + pingxi.document.text, name="pingxi-2022-department")
    applied = apply(parse_document(moved, book), decisions, book)
    assert applied.left == []
    names = {r.indicator: r for r in applied.extraction.records}
    assert names["公路固定资产投资"].base_value == 1_870_000_000

    # and the file goes back into a page that has never seen them
    fresh = opened(pingxi)
    fresh.set_input_files("#file", tmp_path / "pingxi-2022-department.decisions.jsonl")
    fresh.wait_for_selector("#warning:not([hidden])")
    assert f"Decisions loaded: {len(decisions)}." in fresh.locator("#warning").inner_text()
    assert fresh.locator("tr.row .c-indicator").first.inner_text() == "公路固定资产投资"


@needs_chromium
def test_a_page_can_begin_with_decisions(opened: Opened, pingxi: Extraction, book: Rulebook) -> None:
    first, second = pingxi.records[:2]
    document = pingxi.document

    def made(record: Record, decision: Any, **after: Any) -> Decision:
        fields = fields_of(record).model_copy(update=after) if after else None
        return make_decision(
            document.text, record.span, document=document.name, sha256=document.sha256, decision=decision,
            record=record, after=fields, at="2024-01-01",
        )  # fmt: skip

    edit, reject = made(first, "edit", indicator="改过的指标"), made(second, "reject")
    tab = opened(pingxi, decisions=[edit, reject])
    assert tab.locator("tr.row .c-indicator").first.inner_text() == "改过的指标"
    assert tab.locator("tr.row").nth(1).get_attribute("data-state") == "reject"
    tab.keyboard.press("j")
    tab.keyboard.press("u")
    tab.reload()  # what was undone stays undone, what was not stays
    assert tab.locator("tr.row .c-indicator").first.inner_text() == first.indicator
    assert tab.locator("tr.row").nth(1).get_attribute("data-state") == "reject"

    # newer rules give the first another name; the second is gone already, which is no decision without a place
    applied = apply(pingxi, [reject], book).extraction
    renamed = applied.records[0].model_copy(update={"indicator": "另一名称"})
    newer = applied.model_copy(update={"records": (renamed, *applied.records[1:])})
    again = opened(newer, decisions=[edit, reject])
    assert again.locator("tr.row .c-indicator").first.inner_text() == "改过的指标"
    assert not again.locator("#warning").is_visible()


@needs_chromium
def test_two_windows_of_one_report_know_of_each_other(opened: Opened, pingxi: Extraction) -> None:
    tab = opened(pingxi)
    other = tab.context.new_page()
    other.goto(tab.url)
    for window, row in ((tab, 0), (other, 1)):
        window.locator("tr.row").nth(row).click()
        window.keyboard.press("a")
    tab.wait_for_function("() => document.querySelectorAll('tr.row[data-state=accept]').length === 2")
    tab.keyboard.press("u")
    other.wait_for_function("() => document.querySelectorAll('tr.row[data-state=accept]').length === 1")
    other.reload()
    assert other.locator("tr.row[data-state=accept]").count() == 1


@needs_chromium
def test_what_was_said_of_another_record_is_kept_apart(opened: Opened, pingxi: Extraction, tmp_path: Path) -> None:
    first, document = pingxi.records[0], pingxi.document
    lost = first.model_copy(update={"id": "x", "indicator": "另一指标"})
    decisions = [
        make_decision(
            document.text, first.span, document=document.name, sha256=document.sha256, decision="accept", record=record,
            at=at,
        )
        for record, at in ((lost, "2024-02-02"), (first, "2024-01-01"))
    ]  # fmt: skip
    tab = opened(pingxi, decisions=decisions)
    assert "without a place in this extraction: 1." in tab.locator("#warning").inner_text()
    assert tab.locator("tr.row .c-indicator").first.inner_text() == first.indicator
    assert {d.record for d in read_decisions(saved(tab, tmp_path))} == {"x", first.id}


@needs_chromium
def test_selected_words_become_a_record_and_undo_takes_it_back(
    opened: Opened, pingxi: Extraction, book: Rulebook, tmp_path: Path
) -> None:
    tab = opened(pingxi)
    number = pingxi.audit.unexplained[0]
    select = """(words) => {
        const walker = document.createTreeWalker(document.getElementById("report"), NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (node.data !== words) continue;
            getSelection().setBaseAndExtent(node, 0, node.parentNode.nextSibling, 1);
            return;
        }
    }"""
    for _ in range(2):
        tab.evaluate(select, number.text)
        tab.wait_for_selector("#add:not([hidden])")
        tab.keyboard.press("+")
        assert tab.input_value("form.edit [name=value]") == number.text
        assert tab.input_value("form.edit [name=unit]") == "%"
        fill(tab, indicator="")
        assert tab.locator(".wrong").inner_text() != ""
        fill(tab, indicator="路基完成比重", measure="share")
        assert chosen(tab)[0] == "路基完成比重"
        tab.keyboard.press("u")
        assert tab.locator("tr.row[data-state=add]").count() == 0
    tab.keyboard.press("+")
    tab.evaluate(select, number.text)
    tab.keyboard.press("+")
    fill(tab, indicator="路基完成比重", measure="share")
    (decision,) = read_decisions(saved(tab, tmp_path))
    assert decision.mention == number.text + "%"
    applied = apply(pingxi, [decision], book)
    assert len(applied.extraction.audit.unexplained) == len(pingxi.audit.unexplained) - 1


@needs_chromium
def test_what_a_report_says_is_only_text(opened: Opened, book: Rulebook, tmp_path: Path) -> None:
    extraction = parse_document(make_document(HOSTILE, name="hostile"), book)
    tab = opened(extraction)
    assert tab.evaluate("window.hit") is None
    shown = "".join(tab.locator("#report").all_inner_texts())
    assert "<script>window.hit = 3</script>" in shown
    assert "<svg onload=window.hit=4>" in shown
    # 𠮷 is two units of JavaScript's strings: what stands behind it is marked where it is
    tab.locator("tr.row", has_text="12.5万吨").click()
    assert chosen(tab)[1] == "12.5万吨"
    tab.keyboard.press("a")
    (decision,) = read_decisions(saved(tab, tmp_path))
    found = apply(extraction, [decision], book)
    assert extraction.document.text[decision.span.start : decision.span.end] == decision.mention == "12.5万吨"
    assert [told.outcome for told in found.told] == ["accepted"]


@needs_chromium
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_axe_has_nothing_to_say(lang: str, dark: bool, opened: Opened, pingxi: Extraction) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = opened(pingxi, lang=lang, dark=dark)

    def told() -> list[str]:
        violations = Axe().run(tab).response["violations"]
        return [f"{v['id']}: {node['html']}: {node['failureSummary']}" for v in violations for node in v["nodes"]]

    assert told() == []
    tab.click("#issues summary")
    tab.keyboard.press("n")
    tab.keyboard.press("a")
    assert told() == []
    tab.keyboard.press("e")
    assert told() == []
    tab.keyboard.press("Escape")
    tab.keyboard.press("?")
    assert told() == []


@needs_chromium
@pytest.mark.parametrize("width", [1440, 720, 390], ids=["a desk", "200 % zoom", "a telephone"])
def test_nothing_is_wider_than_the_window(width: int, opened: Opened, pingxi: Extraction) -> None:
    tab = opened(pingxi, width=width)
    tab.keyboard.press("n")
    tab.keyboard.press("e")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@needs_chromium
def test_several_reports_and_both_languages(
    opened: Opened, pingxi: Extraction, corpus: list[Path], book: Rulebook
) -> None:
    other = parse_document(read_document(corpus[0]), book)
    tab = opened(pingxi, other, lang="zh")
    assert "个数字" in tab.locator("#audit").inner_text()
    tab.select_option("#document", "1")
    assert tab.locator("#title").inner_text() == (other.document.title or other.document.name)
    assert tab.locator("tr.row .c-indicator").first.inner_text() == other.records[0].indicator
    tab.click("#lang")
    assert "numbers" in tab.locator("#audit").inner_text()
    assert tab.get_attribute("html", "lang") == "en"


@needs_chromium
def test_a_browser_that_keeps_nothing_says_so(browser: Browser, pingxi: Extraction, tmp_path: Path) -> None:
    file = tmp_path / "review.html"
    file.write_bytes(page([pingxi]).encode())
    tab = browser.new_page()
    tab.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")
    tab.goto(file.as_uri())
    assert "keeps nothing" in tab.locator("#warning").inner_text()
    tab.keyboard.press("j")
    tab.keyboard.press("a")
    assert tab.get_attribute("tr.chosen", "data-state") == "accept"
    tab.close()


@needs_chromium
def test_a_print_holds_the_table_and_the_decisions(opened: Opened, pingxi: Extraction) -> None:
    tab = opened(pingxi)
    tab.keyboard.press("j")
    tab.keyboard.press("r")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    rows = tab.locator("#printed tbody tr")
    assert rows.count() == len(pingxi.records) + len(pingxi.audit.unexplained)
    assert rows.first.is_visible()
    assert "rejected" in rows.first.inner_text()
    assert not tab.locator("#report").is_visible()


def many(count: int) -> Extraction:
    """A report of *count* records."""
    records, text = [], ""
    for number in range(count):
        start = len(text) + len(f"第{number}类产品产量")
        text += f"第{number}类产品产量{number}.5万吨，比上年有所增加。\n"
        mention = f"{number}.5万吨"
        record = Record(
            id=f"{number:016x}", span=Span(start=start, end=start + len(mention)), indicator=f"第{number}类产品产量",
            indicator_text=f"第{number}类产品产量", measure=("level", "growth", "share")[number % 3], value=number,
            unit="万吨", period=Period(text="2023年", start="2023-01-01", end="2023-12-31"), sentence="", rule="level",
            confidence=0.5 + number % 50 / 100,
        )  # fmt: skip
        records.append(record)
    audit = {"numbers": count, "values": count, "comparisons": 0, "ignored": 0}
    return Extraction.model_validate(
        {"document": Document(name="many", text=text, sha256="m"), "records": tuple(records), "audit": audit}
    )


@needs_chromium
def test_two_thousand_records_stay_few_rows(opened: Opened) -> None:
    """How fast a keystroke is, is measured by bench/review.py; that not every row is drawn is why."""
    tab = opened(many(2000))
    assert tab.locator("tr.row").count() < 80
    tab.fill("#query", "1999")
    assert tab.locator("tr.row .c-indicator").all_inner_texts() == ["第1999类产品产量"]
    tab.fill("#query", "")
    tab.evaluate("document.getElementById('scroller').scrollTop = 1e7")
    tab.wait_for_function("() => document.querySelector('tr.row:nth-last-child(2) .c-n').textContent === '2000'")
    tab.locator("tr.row").last.click()
    assert is_seen(tab, "#report .chosen")
