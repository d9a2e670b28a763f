"""The confidence: a chance, by fitted weights, that tells the doubtful records from the others."""

from __future__ import annotations

import pytest

from govextract.confidence import confidence, signs_of
from govextract.draft import Draft
from govextract.evaluate import evaluate_folder
from govextract.lexicon import prepare
from govextract.rulebook import Rulebook
from tests.gold_floors import CORPUS


@pytest.fixture(autouse=True)
def prepared(book: Rulebook) -> None:
    prepare(book)


def draft(name: str, rule: str = "level") -> Draft:
    return Draft(span=(0, 1), name=name, raw=name, measure="level", rule=rule, unit="个", region="云岭省")


def test_every_weight_belongs_to_a_sign_that_the_engine_sees(book: Rulebook) -> None:
    seen = {
        sign
        for name in (
            "",
            "项目",
            "道路实现5条的桥梁、隧道",
            "地区生产总值增长的若干问题研究与长远规划编制",
            "粮食产量",
            "长名字但还不太长的一个名字",
        )
        for rule in ("level", "count_noun", "table")
        for known in (True, False)
        for sign in signs_of(draft(name, rule), name, book, known=known)
    }
    others = {"carried", "growth", "ratio", "target", "compared", "inferred", "place_unknown"}
    assert book.compiled["confidence"].keys() <= seen | others
    assert "base" in book.compiled["confidence"]


def test_what_the_catalogue_knows_is_surer(book: Rulebook) -> None:
    known = confidence(draft("地区生产总值"), "地区生产总值", book, known=True)
    unknown = confidence(draft("项目", "count_noun"), "项目", book, known=False)
    assert 0 < unknown < known < 1


def test_it_sorts_wrong_records_first_on_the_corpus(book: Rulebook) -> None:
    ordering = evaluate_folder(CORPUS, book).ordering()
    assert ordering is not None
    assert ordering > 0.6
