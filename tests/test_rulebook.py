"""The rulebook: what is wrong with a rule file is told, a user's own rules lie over the shipped ones, the cache changes
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import regex

from govextract.errors import RuleErrors
from govextract.parse import parse_document
from govextract.read import make_document
from govextract.rulebook import (
    Rulebook,
    current_rulebook,
    load_rulebook,
    read_yaml,
    regexes,
    shapes,
    shipped_rules,
)

PATTERN = """
id: mine
title: 指标 + 增长 + 百分比
why: a test
pattern: '{RISE:direction}{QTY[percent]:value}'
make: {measure: growth}
examples:
- text: 用电量增长5%。
  records: [{value: 5}]
rejects:
- text: 用电量5%。
  because: no verb
"""
WORDS = "lexicon/words/rise.yaml"
UNITS = "lexicon/units/money.yaml"
NAMED = "lexicon/indicators/accounts.yaml"
TIMES = "lexicon/times.yaml"
STRUCTURE = "lexicon/structure.yaml"


def changed(old: str, new: str) -> str:
    """The pattern file with a piece replaced."""
    assert old in PATTERN
    return PATTERN.replace(old, new)


# what is wrong, the file, its content, words of the message
BROKEN: list[tuple[str, str, str | bytes, list[str]]] = [
    ("no YAML", WORDS, "words: [", ["is not valid YAML", "check the indentation"]),
    ("a tab", WORDS, "words:\n\t- 增", ["is not valid YAML"]),
    ("not UTF-8", WORDS, b"words: \xff\xfe", ["is not valid YAML"]),
    ("two documents", WORDS, "type: rise\n---\nwords: []", ["is not valid YAML"]),
    ("an endless loop", WORDS, "&a [*a]", ["is not valid YAML"]),
    ("a key twice", WORDS, "type: rise\nwords: [增]\nwords: [升]", ["a key stands twice: 'words' in line 3"]),
    ("a key twice below", NAMED, "- {id: a, name: 甲, name: 乙}", ["'name' in line 1", "write it once"]),
    ("an empty file", WORDS, "# nothing\n", ["holds nothing"]),
    ("the wrong ending", "patterns/mine.yml", PATTERN, ["is not read", "end in .yaml"]),
    ("a folder that is none", "lexicon/word/rise.yaml", "[增]", ["is no place for rules", "lexicon/words/*.yaml"]),
    ("an unknown table", "lexicon/names/mine.yaml", "words: [增]", ["is no place for rules", "names/heads.yaml"]),
    # patterns
    ("a list", "patterns/mine.yaml", "- id: mine", ["rule 'mine'", "is no mapping"]),
    ("another id", "patterns/other.yaml", PATTERN, ["the id is 'mine'", "the file's name 'other'"]),
    ("no id", "patterns/mine.yaml", changed("id: mine", ""), ["the id is None"]),
    ("nothing but an id", "patterns/mine.yaml", "id: mine", ["lacks title, why, pattern, make, examples, rejects"]),
    ("an unknown key", "patterns/mine.yaml", PATTERN + "prio: 3\n", ["unknown key 'prio'", "priority"]),
    ("a list for a title", "patterns/mine.yaml", changed("why: a test", "why: [a]"), ["why is no text"]),
    ("a priority in words", "patterns/mine.yaml", PATTERN + "priority: high\n", ["priority is 'high'", "whole number"]),
    ("a broken priority", "patterns/mine.yaml", PATTERN + "priority: 1.5\n", ["priority is '1.5'"]),
    ("make in words", "patterns/mine.yaml", changed("{measure: growth}", "growth"), ["make is no mapping"]),
    ("make of a list", "patterns/mine.yaml", changed("growth}", "[growth]}"), ["make is no mapping of words"]),
    ("nothing made", "patterns/mine.yaml", changed("measure: growth", "noun: optional"), ["measure or comparison"]),
    ("both made", "patterns/mine.yaml", changed("growth}", "growth, comparison: gap}"), ["either measure or"]),
    ("an unknown measure", "patterns/mine.yaml", changed("growth}", "groth}"), ["'groth'", "level, growth"]),
    ("an unknown comparison", "patterns/mine.yaml", changed("measure: growth", "comparison: x"), ["gap, rank"]),
    ("a misspelt make", "patterns/mine.yaml", changed("growth}", "growth, nown: x}"), ["unknown key 'nown'"]),
    ("no figure captured", "patterns/mine.yaml", changed("]:value", "]"), ["captures no value"]),
    ("no relation captured", "patterns/mine.yaml", changed("measure: growth", "comparison: gap"), ["no relation"]),
    ("no noun captured", "patterns/mine.yaml", changed("growth}", "growth, noun: required}"), ["captures no noun"]),
    ("an unknown mention", "patterns/mine.yaml", changed("RISE:", "RAISE:"),
     ["unknown mention type 'RAISE'", "rise_to"]),
    ("an unknown quantity", "patterns/mine.yaml", changed("[percent]", "[pct]"), ["'qty_pct'"]),
    ("a capture in capitals", "patterns/mine.yaml", changed("}'", "}{RISE:Direction}'"),
     ["{RISE:Direction} is no mention"]),
    ("no regex", "patterns/mine.yaml", changed("'{RISE", "'({RISE"), ["is no regular expression"]),
    ("an example in words", "patterns/mine.yaml", changed("- text: 用电量增长5%。\n  records: [{value: 5}]", "- 增长"),
     ["an example needs text and records: '增长'"]),
    ("examples in words", "patterns/mine.yaml", changed("\n- text: 用电量增长5%。\n  records: [{value: 5}]", " 增长"),
     ["needs text and records: '增长'"]),
    ("an example without text", "patterns/mine.yaml", changed("text: 用电量增长5%。\n  records", "records"),
     ["an example needs text"]),
    ("an example without records", "patterns/mine.yaml", changed("\n  records: [{value: 5}]", ""),
     ["needs text and records"]),
    ("records in words", "patterns/mine.yaml", changed("[{value: 5}]", "[value]"), ["no list of mappings"]),
    ("a value that is a list", "patterns/mine.yaml", changed("value: 5}", "value: [5]}"), ["no list of mappings"]),
    ("comparisons in words", "patterns/mine.yaml", changed("value: 5}", "comparisons: 高于}"), ["no list of mappings"]),
    ("a reject in words", "patterns/mine.yaml", changed("- text: 用电量5%。\n  because: no verb", "- 用电量"),
     ["a reject needs text and because"]),
    ("a reject without a reason", "patterns/mine.yaml", changed("\n  because: no verb", ""),
     ["a reject needs text and because"]),
    ("disable that is no true", "patterns/growth.yaml", "id: growth\ndisable: yes\n", ["lacks title"]),
    # words
    ("a list of words", WORDS, "- 增", ["is no mapping", "type: rise"]),
    ("words that are one", WORDS, "type: rise\nwords: 增", ["words is no list"]),
    ("another type", WORDS, "type: fall\nwords: [增]", ["type is 'fall'", "'rise'"]),
    ("no word", WORDS, "type: rise\nwords: [{when: number}]", ["bad entry", "keys: word, value, when"]),
    ("a word in a list", WORDS, "type: rise\nwords: [[增]]", ["bad entry"]),
    ("an empty word", WORDS, 'type: rise\nwords: [""]', ["bad entry ''"]),
    ("a misspelt key", WORDS, "type: rise\nwords: [{word: 增, wen: number}]", ["rise: 增", "unknown key 'wen'"]),
    ("an unknown condition", WORDS, "type: rise\nwords: [{word: 增, when: often}]",
     ["when is 'often'", "number, alone, ratio"]),
    ("an unknown bound", "lexicon/words/bound_after.yaml", "type: bound_after\nwords: [{word: 多, value: much}]",
     ["'much'", "at_least"]),
    ("a rank in words", "lexicon/words/rank.yaml", "type: rank\nwords: [{word: 榜眼, value: two}]",
     ["'two'", "as a number"]),
    ("a doubling in words", "lexicon/words/double.yaml", "type: double\nwords: [{word: 翻倍, value: 一}]",
     ["write a number"]),
    ("a type that is none", "lexicon/words/新.yaml", "type: 新\nwords: [新]", ["no mention type", "small letters"]),
    # units
    ("a list of units", UNITS, "- {symbol: 元}", ["is no mapping", "units:"]),
    ("units that are one", UNITS, "units: 元", ["units is no list"]),
    ("a unit in words", UNITS, "units: [元]", ["unit without a symbol: '元'"]),
    ("a unit without symbol", UNITS, "units: [{base: 元}]", ["unit without a symbol"]),
    ("a factor in words", UNITS, "units: [{symbol: 锭, base: 元, factor: ten}]", ["rule '锭'", "'ten' is no number"]),
    ("a factor of nothing", UNITS, "units: [{symbol: 锭, factor: NaN}]", ["'NaN' is no number"]),
    ("a factor in a list", UNITS, "units: [{symbol: 锭, factor: [1]}]", ["is no number"]),
    ("a symbol in a list", UNITS, "units: [{symbol: [锭]}]", ["unit without a symbol"]),
    ("an unknown kind", UNITS, "units: [{symbol: 锭, kind: money}]", ["kind is 'money'", "amount, percent"]),
    # indicators
    ("a mapping of indicators", NAMED, "gdp: 地区生产总值", ["is no list of entries", "begin every entry"]),
    ("an indicator in words", NAMED, "- 地区生产总值", ["entry needs id and name"]),
    ("an indicator without a name", NAMED, "- {id: mine}", ["rule 'mine'", "entry needs id and name"]),
    ("aliases in words", NAMED, "- {id: mine, name: 甲指数, aliases: 甲指}", ["aliases is no list of words"]),
    ("an empty alias", NAMED, '- {id: mine, name: 甲指数, aliases: [""]}', ["aliases is no list of words"]),
    ("an unknown dimension", NAMED, "- {id: mine, name: 甲指数, dimension: cash}", ["'cash'", "money, ratio"]),
    ("a misspelt alias", NAMED, "- {id: mine, name: 甲指数, alias: [甲指]}", ["unknown key 'alias'", "aliases"]),
    ("a name that is taken", NAMED, "- {id: mine, name: 用电量, aliases: [社会消费品零售总额]}",
     ["'社会消费品零售总额' already names"]),
    ("an id twice", "lexicon/indicators/a.yaml", "- {id: mine, name: 甲指数}\n- {id: mine, name: 乙指数}", ["twice"]),
    # times, ignored numbers, ranks, regions
    ("times in words", TIMES, "times: 今年", ["times is no list"]),
    ("a time without id", TIMES, "times: [{pattern: 旬}]", ["entry needs id and pattern"]),
    ("a time without pattern", TIMES, "times: [{id: mine, norm: none}]", ["rule 'mine'", "pattern is None"]),
    ("a time that is no regex", TIMES, "times: [{id: mine, pattern: '(旬'}]", ["is no regular expression"]),
    ("an unknown norm", TIMES, "times: [{id: mine, pattern: 旬, norm: week}]", ["norm is 'week'", "months"]),
    ("an unknown role", TIMES, "times: [{id: mine, pattern: 旬, role: period}]", ["role is 'period'", "basis"]),
    ("a basis that is none", TIMES, "times: [{id: mine, pattern: 比旬, role: basis, value: old}]", ["value is 'old'"]),
    ("a month without figure", TIMES, "times: [{id: mine, pattern: 月, norm: month}]", ["needs m", "(?P<m>"]),
    ("an unknown fragment", TIMES, "times: [{id: mine, pattern: '{YY}旬'}]", ["unknown fragment {YY}", "Y, D"]),
    ("a year in words", TIMES, "relative_years: {前年: two}", ["the year is 'two'"]),
    ("a list of times", TIMES, "- {id: mine}", ["is no mapping"]),
    ("ignored in a list", "lexicon/ignored.yaml", "- {reason: name}", ["is no mapping", "`hard:`"]),
    ("ignored without pattern", "lexicon/ignored.yaml", "soft: [{reason: name}]", ["rule 'name'", "pattern is None"]),
    ("ignored without reason", "lexicon/ignored.yaml", "soft: [{pattern: 号}]", ["needs reason and pattern"]),
    ("ignored, no regex", "lexicon/ignored.yaml", "soft: [{reason: name, pattern: '[号'}]", ["no regular expression"]),
    ("an unknown hardness", "lexicon/ignored.yaml", "softer: []", ["unknown key 'softer'", "hard, soft"]),
    ("a rank without pattern", "lexicon/ranks.yaml", "ranks: [{n: 1}]", ["unknown key 'n'"]),
    ("a rank without a group", "lexicon/ranks.yaml", "ranks: [{pattern: 榜眼}]", ["names no rank", "(?P<n>"]),
    ("a region without name", "lexicon/regions.yaml", "- {code: '500000'}", ["region without a name"]),
    ("a region of no level", "lexicon/regions.yaml", "- {name: 云岭省, level: state}", ["level is 'state'"]),
    ("regions in a mapping", "lexicon/regions.yaml", "云岭省: 990000", ["is no list of entries"]),
    # tables
    ("a table in a list", "lexicon/names/heads.yaml", "- 产量", ["is no mapping", "`words:`"]),
    ("a table in words", "lexicon/names/heads.yaml", "words: 产量", ["words is no list of words"]),
    ("an unknown table key", "lexicon/names/heads.yaml", "wrds: [产量]", ["unknown key 'wrds'", "known: words"]),
    ("pairs in a list", "lexicon/names/both.yaml", "pairs: [城乡]", ["pairs is no mapping of words"]),
    ("a table's word in a list", "lexicon/names/scopes.yaml", "within: [在]", ["within is ['在']"]),
    ("a chain without members", "lexicon/names/chains.yaml", "chains: [{words: [城乡]}]", ["needs words, members"]),
    ("numbering in words", STRUCTURE, "numbering: 一、", ["numbering is no list"]),
    ("a level in words", STRUCTURE, "numbering: [{level: top, pattern: 第一}]", ["level is 'top'"]),
    ("a heading that is no regex", STRUCTURE, "numbering: [{level: 1, pattern: '第('}]", ["is no regular expression"]),
    ("bullets that are no regex", STRUCTURE, "bullets: '[—'", ["is no regular expression"]),
    ("a lead that is no regex", STRUCTURE, "lead_review: ['^(一年']", ["is no regular expression"]),
]  # fmt: skip


def written(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder that holds *files*."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.mark.parametrize(("path", "content", "told"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_what_is_wrong_is_told(path: str, content: str | bytes, told: list[str], tmp_path: Path) -> None:
    folder = written(tmp_path, {path: content})
    with pytest.raises(RuleErrors) as raised:
        load_rulebook(folder)
    message = str(raised.value)
    assert str(folder / path) in message
    assert [words for words in told if words not in message] == []


def test_every_problem_of_every_file_at_once(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {path: content for _, path, content, _ in BROKEN}
    folder = written(tmp_path, files)
    with pytest.raises(RuleErrors) as raised:
        load_rulebook(folder)
    told = {problem.path for problem in raised.value.problems}
    assert told == {str(folder / path) for path in files}


def test_two_problems_of_one_rule(tmp_path: Path) -> None:
    content = changed("growth}", "groth}").replace("because: no verb", "why: no verb") + "priority: x\n"
    with pytest.raises(RuleErrors) as raised:
        load_rulebook(written(tmp_path, {"patterns/mine.yaml": content}))
    assert len(raised.value.problems) == 3


@pytest.mark.parametrize("kind", ["empty", "missing", "a file"])
def test_a_folder_that_holds_no_rules(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    if kind == "empty":
        folder.mkdir()
    elif kind == "a file":
        folder.write_text("", "utf-8")
    with pytest.raises(RuleErrors, match="name a folder with patterns/ or lexicon/"):
        load_rulebook(folder)


def test_a_folder_is_checked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = written(tmp_path / "mine", {"patterns/mine.yaml": PATTERN})
    load_rulebook(folder)
    monkeypatch.setattr("govextract.rulebook.validate.validated", None)  # would fail if it were asked
    load_rulebook(folder)
    written(folder, {"patterns/mine.yaml": PATTERN + "priority: 60\n"})
    with pytest.raises(TypeError):
        load_rulebook(folder)


def test_a_broken_folder_stays_broken(tmp_path: Path) -> None:
    folder = written(tmp_path, {"patterns/mine.yaml": PATTERN + "priority: x\n"})
    for _ in range(2):
        with pytest.raises(RuleErrors):
            load_rulebook(folder)


def plain(book: Rulebook) -> list[object]:
    """A rulebook's content, comparable."""
    patterns = [(p.id, p.title, p.source, p.priority, p.make, p.examples, p.rejects, p.needs) for p in book.patterns]
    times = [(t.id, t.pattern.source, t.norm, t.role, t.value) for t in book.times]
    ignored = {kind: [(i.reason, i.pattern.source) for i in rules] for kind, rules in book.ignored.items()}
    rest = [book.words, book.units, book.indicators, book.surfaces, book.names, book.structure, book.regions]
    return [
        patterns,
        times,
        ignored,
        [p.source for p in book.ranks],
        *rest,
        book.relative_years,
        book.base_before,
        book.aim_behind,
    ]


def test_cold_and_warm_cache_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warm = plain(load_rulebook())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cold = load_rulebook()
    assert {path.name.split("-")[0] for path in (tmp_path / "cache" / "govextract").iterdir()} == {
        "checked",
        "regexes",
        "rules",
    }
    assert plain(cold) == warm
    assert plain(load_rulebook()) == warm
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/none")  # nowhere to write
    assert plain(load_rulebook()) == warm


def test_remembered_regexes_are_the_compiled_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    book = load_rulebook()
    text = "2024年1—6月，全市社会消费品零售总额增长5.6%，居全国第3位（按可比价格计算）。"
    assert regexes.recall(book.digest)
    for source in book.regex_sources():
        kept = [match.span() for match in regexes.compiled(source).finditer(text)]
        assert kept == [match.span() for match in regex.compile(source).finditer(text)], source
    (kept_file,) = (tmp_path / "govextract").glob("regexes-*")
    kept_file.write_bytes(kept_file.read_bytes()[:100])
    assert not regexes.recall(book.digest)  # a broken file is none


def test_every_table_of_the_shipped_rules_has_a_shape() -> None:
    for path, spec in shapes.TABLES.items():
        keys = {part.partition("=")[0] for part in spec.split()}
        assert set(read_yaml(shipped_rules() / path)) == keys, f"{path}: list its keys in rulebook/shapes.py"
    tables = {path.relative_to(shipped_rules()).as_posix() for path in (shipped_rules() / "lexicon/names").iterdir()}
    assert tables == {path for path in shapes.TABLES if "/names/" in path}


# --- a user's own rules over the shipped ones


def read(text: str, book: Rulebook) -> list[tuple[str, str, str | None, str | None]]:
    """What a text says: indicator, value, unit, id."""
    document = make_document(text, meta={"date": "2025-01-20", "period": "2024"})
    return [(r.indicator, str(r.value), r.unit, r.indicator_id) for r in parse_document(document, book).records]


# what is added, the files, the text, what is read
OVER = [
    (
        "a new indicator",
        {"lexicon/indicators/mine.yaml": "- {id: tea_index, name: 茶叶价格指数, aliases: [茶指], dimension: index}"},
        "茶指增长5%。",
        [("茶指", "5", "%", "tea_index")],
    ),
    (
        "an indicator replaced in another file",
        {"lexicon/indicators/mine.yaml": "- {id: gdp, name: 地区生产总值, aliases: [本地总值]}"},
        "本地总值增长5%。",
        [("本地总值", "5", "%", "gdp")],
    ),
    (
        "an indicator removed",
        {"lexicon/indicators/mine.yaml": "- {id: gdp, disable: true}"},
        "地区生产总值增长5%。",
        [("地区生产总值", "5", "%", None)],
    ),
    (
        "a new word",
        {WORDS: "type: rise\nwords: [蹿升]"},
        "用电量蹿升5%。",
        [("用电量", "5", "%", None)],
    ),
    (
        "a word removed",
        {WORDS: "type: rise\nwords: [{word: 增长, disable: true}]"},
        "用电量增长5%。",
        [("用电量增长", "5", "%", None)],
    ),
    (
        "a new unit",
        {"lexicon/units/mine.yaml": "dimension: mass\nkind: amount\nunits: [{symbol: 石, base: 千克, factor: '60'}]"},
        "茶叶产量300石。",
        [("茶叶产量", "300", "石", "tea_output")],
    ),
    (
        "a pattern removed",
        {"patterns/growth.yaml": "id: growth\ndisable: true"},
        "用电量增长5%。",
        [("用电量增长", "5", "%", None)],
    ),
    (
        "a new pattern",
        {"patterns/growth.yaml": "id: growth\ndisable: true", "patterns/mine.yaml": PATTERN},
        "用电量增长5%。",
        [("用电量", "5", "%", None)],
    ),
    (
        "a pair of words",
        {"lexicon/names/short_forms.yaml": "pairs: {茶收: 茶叶收入}"},
        "茶收增长5%，国企收入增长6%。",
        [("茶叶收入", "5", "%", None), ("国有企业收入", "6", "%", None)],
    ),
]


@pytest.mark.parametrize(("files", "text", "wanted"), [row[1:] for row in OVER], ids=[row[0] for row in OVER])
def test_own_rules_lie_over_the_shipped(
    files: dict[str, str],
    text: str,
    wanted: list[tuple[str, str, str | None, str | None]],
    tmp_path: Path,
    book: Rulebook,
) -> None:
    assert read(text, load_rulebook(written(tmp_path, files))) == wanted


def test_the_same_pattern_replaces(tmp_path: Path) -> None:
    mine = PATTERN.replace("id: mine", "id: growth").replace("指标 + 增长 + 百分比", "my own")
    book = load_rulebook(written(tmp_path, {"patterns/growth.yaml": mine}))
    found = [pattern for pattern in book.patterns if pattern.id == "growth"]
    assert [(p.title, Path(p.path).parent.parent) for p in found] == [("my own", tmp_path)]
    assert len(book.patterns) == len(load_rulebook().patterns)


def test_a_unit_stands_once(tmp_path: Path) -> None:
    files = {"lexicon/units/a.yaml": "dimension: mass\nunits: [{symbol: 吨, base: 千克, factor: '1000'}]"}
    unit = load_rulebook(written(tmp_path, files)).units["吨"]
    assert (unit.base, str(unit.factor)) == ("千克", "1000")


def test_a_clash_is_told_of_the_users_file(tmp_path: Path) -> None:
    folder = written(tmp_path, {"lexicon/indicators/a.yaml": "- {id: mine, name: 社会消费品零售总额}"})
    with pytest.raises(RuleErrors) as raised:
        load_rulebook(folder)
    assert [(p.path, p.rule) for p in raised.value.problems] == [(str(folder / "lexicon/indicators/a.yaml"), "mine")]


def test_a_process_loads_its_rules_once_until_they_change(tmp_path: Path) -> None:
    entry = "- {id: cloud_index, name: NAME, dimension: index, en: Cloud index}\n"
    folder = written(tmp_path, {"lexicon/indicators/own.yaml": entry.replace("NAME", "云量指数")})
    first = current_rulebook(folder)
    assert current_rulebook(folder) is first
    written(tmp_path, {"lexicon/indicators/own.yaml": entry.replace("NAME", "本地云量指数")})
    second = current_rulebook(folder)
    assert second is not first
    assert second.indicators["cloud_index"].name == "本地云量指数"
