"""What rules need of a text: a rule that is not tried is one that cannot match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govextract.rulebook import Rulebook, Sieve, load_rulebook, shipped_rules
from govextract.rulebook.literals import needed
from govextract.view import make_view

# why, the regex, what of each group one is in every match
NEEDED: list[tuple[str, str, list[set[str]]]] = [
    ("a word", "同比", [{"同比"}]),
    ("one of several", "(?:与|比)去年", [{"与去年", "比去年"}]),
    ("what may be left out does not count", "(?:今年)?上?半年(?:度)?", [{"半年"}]),
    ("a class", "[上下]半年", [{"上半年", "下半年"}]),
    ("a figure ends a stretch", r"比\d+年", [{"比"}, {"年"}]),
    ("digits as a class", "[12]季", [{"1季", "2季"}]),
    ("once or more", "(?:百|千)+级", [{"百", "千"}, {"级"}]),
    ("none or more", "[百千]*级", [{"级"}]),
    ("one alternative is anything", r"年初|\d+", []),
    ("one alternative is partly known", r"年初|\d+月", [{"年初", "月"}]),
    ("what follows", "增长(?=的)", [{"增长"}, {"的"}]),
    ("what must not follow", "年(?!级)", [{"年"}]),
    ("an end may follow", "前列(?=，|$)", [{"前列"}]),
    ("a large class", "[一-鿿]{2}率", [{"率"}]),
    ("possessive", "(?>全年)++初", [{"全年"}, {"初"}]),
    ("either case", "(?i)ab", []),
    ("either case, inside", "(?i:ab)c", [{"c"}]),
    ("regex alone reads it", r"\p{Han}年", []),
    ("fuzzy", "(?:abc){e<=1}", []),
    ("a class of regex", "[[:alpha:]]年", []),
    ("nothing", "", []),
]


@pytest.mark.parametrize(("pattern", "groups"), [row[1:] for row in NEEDED], ids=[row[0] for row in NEEDED])
def test_what_a_regex_needs(pattern: str, groups: list[set[str]]) -> None:
    found = [set(group) for group in needed(pattern)]
    assert sorted(found, key=sorted) == sorted(groups, key=sorted)


def test_only_rules_whose_every_group_is_there_are_tried() -> None:
    rules = [r"比\d+年", "全年", "[一-鿿]率", r"\d+"]
    sieve = Sieve(rules, rules)
    assert sieve.of("比2020年") == (rules[0], rules[3])
    assert sieve.of("全年失业率") == (rules[1], rules[2], rules[3])
    assert sieve.of("比") == (rules[3],)


def sieves(book: Rulebook) -> list[tuple[str, Sieve[re.Pattern[str]]]]:
    """A sieve over each list of the shipped rules' regexes, with Python's own engine as the judge of a match."""
    lists = {
        "times": [rule.pattern.source for rule in book.times],
        **{kind: [rule.pattern.source for rule in rules] for kind, rules in book.ignored.items()},
        "ranks": [rank.source for rank in book.ranks],
    }
    return [(name, Sieve([re.compile(source) for source in sources], sources)) for name, sources in lists.items()]


SIEVES = sieves(load_rulebook())


def texts(book: Rulebook, corpus: list[Path]) -> Iterator[str]:
    """The corpus, and every line of the rules, as the engine reads them."""
    for path in [*corpus, *sorted(shipped_rules().rglob("*.yaml"))]:
        yield from path.read_text("utf-8").splitlines()
    yield from (row["text"] for pattern in book.patterns for row in (*pattern.examples, *pattern.rejects))


@pytest.mark.parametrize(("name", "sieve"), SIEVES, ids=[name for name, _ in SIEVES])
def test_no_match_is_lost(name: str, sieve: Sieve[re.Pattern[str]], book: Rulebook, corpus: list[Path]) -> None:
    lost = set()
    for text in texts(book, corpus):
        line = make_view(text, 0, len(text)).text
        tried = sieve.of(line)
        lost |= {(rule.pattern, line) for rule in sieve.rules if rule not in tried and rule.search(line)}
    assert lost == set()


ALL = [(sieve, rule) for _, sieve in SIEVES for rule in sieve.rules]


@pytest.mark.parametrize(("sieve", "rule"), ALL, ids=[rule.pattern for _, rule in ALL])
def test_whatever_a_rule_may_match_is_tried(sieve: Sieve[re.Pattern[str]], rule: re.Pattern[str]) -> None:
    @settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(rule))
    def check(text: str) -> None:
        assert rule in sieve.of(text)

    check()
