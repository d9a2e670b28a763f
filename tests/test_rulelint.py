"""`rules lint` and `rules new`: what is told of rules that load and are wrong all the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import regex

from govextract.errors import RuleError, RuleErrors, WriteError
from govextract.render.ruletools import lint_text
from govextract.rulebook import Rulebook, Word, load_rulebook
from govextract.rulebook.projection import LazyPattern
from govextract.rulelint import Finding, lint
from govextract.rulenew import new_pattern
from govextract.vocabulary import overlapping

EXAMPLE = """\
- text: 用电量{verb}5.2%。
  records: [{{indicator: 用电量}}]
"""
GROWTH = "{RISE|FALL:direction}{QTY[percent]:value}"
PROOF = "".join(EXAMPLE.format(verb=verb) for verb in ("增长", "下降"))


def write(folder: Path, path: str, text: str) -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return folder


def pattern(folder: Path, id: str, source: str = GROWTH, priority: int = 99, examples: str = PROOF) -> Path:
    """A folder with one more pattern."""
    text = f"id: {id}\ntitle: t\nwhy: w\npriority: {priority}\npattern: '{source}'\nmake: {{measure: growth}}\n"
    text += f"examples:\n{examples}rejects:\n- {{text: 用电量大。, because: no figure}}\n"
    return write(folder, f"patterns/{id}.yaml", text)


def told(found: list[Finding], code: str) -> dict[str, str]:
    """What is told of each rule under *code*."""
    return {finding.rule: finding.message for finding in found if finding.code == code}


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trial of slow patterns takes seconds: it is run where it is asked for."""
    if "catastrophic" not in request.node.name:
        monkeypatch.setattr("govextract.rulelint.slow", lambda pattern: None)


def test_a_sound_pattern_is_not_told_of(tmp_path: Path) -> None:
    found = lint(load_rulebook(pattern(tmp_path, "mine")))
    assert [f for f in found if f.rule == "mine"] == []


# source, priority, examples, what is told of it
PATTERNS = [
    ("dead", "{CHAIN:value}", 99, PROOF, "fires on no example of its own"),
    ("shadowed", GROWTH, 1, PROOF, "hits are taken by others: growth"),
    ("untested", GROWTH, 99, EXAMPLE.format(verb="增长"), "has 1 examples and 1 rejects"),
    ("catastrophic", "(?:{ADVERB}+)+{ADVERB}*" + GROWTH, 99, PROOF.replace("量", "量已经"), "more than 1 s"),
]


@pytest.mark.parametrize(("code", "source", "priority", "examples", "message"), PATTERNS, ids=[p[0] for p in PATTERNS])
def test_a_wrong_pattern_is_told_of(
    code: str, source: str, priority: int, examples: str, message: str, tmp_path: Path
) -> None:
    found = lint(load_rulebook(pattern(tmp_path, "mine", source, priority, examples)))
    assert message in told(found, code)["mine"]
    mine = next(f for f in found if f.rule == "mine")
    assert (mine.level, mine.file) == ("error", "patterns/mine.yaml")
    assert mine.hint


def test_a_tie_names_both_and_the_words(tmp_path: Path) -> None:
    pattern(tmp_path, "one")
    found = lint(load_rulebook(pattern(tmp_path, "two")))
    assert "ties with two" in told(found, "tied")["one"]
    assert "times, as in '" in told(found, "tied")["one"]
    assert "two" not in told(found, "tied")
    assert "taken by others: one" in told(found, "shadowed")["two"]


def test_hits_that_another_takes_whole_are_no_tie(tmp_path: Path) -> None:
    pattern(tmp_path, "lower", priority=98)
    found = lint(load_rulebook(pattern(tmp_path, "one")))
    assert told(found, "tied").keys().isdisjoint({"one", "lower"})


def test_a_report_can_show_that_a_pattern_is_of_use(tmp_path: Path) -> None:
    write(tmp_path, "lexicon/words/zz.yaml", "type: zz\nwords: [左近]\n")
    book = load_rulebook(pattern(tmp_path, "mine", "{RISE|FALL|ZZ:direction}{QTY[percent]:value}", 69))
    assert "mine" in told(lint(book), "shadowed")
    assert "mine" not in told(lint(book, ["用电量左近5.2%。"]), "shadowed")


def test_nested_repetition_is_slow_and_one_repetition_is_not(book: Rulebook) -> None:
    from govextract.slowness import _shapes

    for source, kinds in (("{RISE}+{FALL}", 2), ("{RISE|FALL}+{FALL|ADD}", 3), ("{NOUN}*、{RISE}", 3)):
        compiled = LazyPattern(source, book.alphabet).regex
        assert isinstance(compiled, regex.Pattern)
        assert len([shape for shape in _shapes(compiled) if len(shape[0]) == 1 and not shape[1]]) == kinds


# a file of the user's own, the word told of, the message
WORDS = [
    ("words/zz.yaml", "type: zz\nwords: [增长]\n", "增长", "never counts: rise takes it first (always)"),
    ("words/zz.yaml", "type: zz\nwords: [{word: 增, when: number}]\n", "增", "rise takes it first (when number)"),
    (
        "names/leading_verbs.yaml",
        "words: [地区生产总值]\n",
        "地区生产总值",
        "stripped from the left of names, and names",
    ),
    ("names/trailing.yaml", "words: [地区生产总值]\n", "地区生产总值", "stripped from the right of names, and names"),
    ("names/protected.yaml", "words: [下降]\n", "下降", "is protected, and a word of fall"),
    ("names/not_units.yaml", "words: [亿千瓦时, 千瓦]\n", "千瓦时", "is never read: 千瓦"),
    ("indicators/mine.yaml", "- {id: mine, name: 下滑}\n", "下滑", "names mine, and is a word of fall"),
]


@pytest.mark.parametrize(("path", "text", "word", "message"), WORDS, ids=[f"{w[0]} {w[2]}" for w in WORDS])
def test_words_that_contradict_each_other(path: str, text: str, word: str, message: str, tmp_path: Path) -> None:
    try:
        book = load_rulebook(write(tmp_path, f"lexicon/{path}", text))
    except RuleErrors as refused:  # what does not even load is told there
        assert word in str(refused)  # noqa: PT017
        return
    assert message in told(lint(book), "overlap")[word]


def test_a_word_that_stands_twice_is_told_of(book: Rulebook) -> None:
    twice = replace(book, words={**book.words, "zz": [Word("左近", "zz"), Word("左近", "zz", when="number")]})
    assert [row[1:3] for row in overlapping(twice) if row[1] == "左近"] == [("左近", "stands twice")]


def test_a_condition_decides(tmp_path: Path) -> None:
    text = "type: zz\nwords: [{word: 左近, when: number}]\n"
    write(tmp_path, "lexicon/words/zz.yaml", text)
    text = "type: zzz\nwords: [左近]\n"
    assert "左近" not in told(lint(load_rulebook(write(tmp_path, "lexicon/words/zzz.yaml", text))), "overlap")


def test_unused_words_are_told_with_reports_only(tmp_path: Path) -> None:
    book = load_rulebook(write(tmp_path, "lexicon/words/zz.yaml", "type: zz\nwords: [左近, 右近]\n"))
    assert told(lint(book), "unused") == {}
    found = told(lint(book, ["**左 近**"]), "unused")
    assert found["zz"] == "1 of 2 words stand in no report: 右近"
    assert "亿" not in found["money"]
    assert " 美元" in found["money"]


def test_errors_come_first_and_are_counted(tmp_path: Path) -> None:
    found = lint(load_rulebook(pattern(tmp_path, "mine", "{CHAIN:value}")), ["无"])
    levels = [finding.level for finding in found]
    assert levels == sorted(levels, key=["error", "warning", "note"].index)
    assert f"{levels.count('error')} error" in lint_text(found).splitlines()[-1]
    assert lint_text([]) == "nothing to mend"


def test_the_template_loads_once_it_is_proved(tmp_path: Path, book: Rulebook) -> None:
    path = new_pattern("also_fell", tmp_path, book)
    with pytest.raises(RuleErrors, match="lacks examples, rejects"):
        load_rulebook(tmp_path)
    text = path.read_text("utf-8").replace("\n# -", "\n-").replace("\n#   records:", "\n  records:")
    text = text.replace("\n#   - {", "\n  - {").replace("\n#   because", "\n  because")
    path.write_text(text, "utf-8")
    assert "also_fell" in [p.id for p in load_rulebook(tmp_path).patterns]


def test_the_template_overwrites_nothing(tmp_path: Path, book: Rulebook) -> None:
    path = new_pattern("also_fell", tmp_path, book)
    path.write_text("mine", "utf-8")
    with pytest.raises(WriteError, match="is there already"):
        new_pattern("also_fell", tmp_path, book)
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize("id", ["growth", "", "../up", "Growth", "1st", "也降"])
def test_a_bad_or_taken_id_is_refused(id: str, tmp_path: Path, book: Rulebook) -> None:
    with pytest.raises(RuleError):
        new_pattern(id, tmp_path, book)
    assert list(tmp_path.iterdir()) == []
