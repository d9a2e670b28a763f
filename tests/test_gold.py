"""The floors of the corpus: figures never fall under them, and they never fall."""

from __future__ import annotations

import json

import pytest

from govextract.rulebook import Rulebook
from tests.gold_floors import FLOORS, digest, fallen, measured, raised

KNOWN = json.loads(FLOORS.read_text("utf-8"))


def test_gold_is_the_gold_that_the_floors_were_measured_on() -> None:
    assert digest() == KNOWN["digest"], "the gold changed: python -m tests.gold_floors --update"


def test_figures_are_not_under_their_floors(book: Rulebook) -> None:
    assert fallen(measured(book), KNOWN["floors"]) == []


LOW = {"core": {"precision": 0.5, "recall": 0.5, "f1": 0.5}}


@pytest.mark.parametrize(
    ("figure", "under"),
    [(0.499, True), (0.5, False), (0.501, False)],
    ids=["lower falls", "equal holds", "higher holds"],
)
def test_a_figure_under_its_floor_is_told(figure: float, under: bool) -> None:
    figures = {"core": dict.fromkeys(("precision", "recall", "f1"), figure)}
    assert bool(fallen(figures, LOW)) is under


def test_floors_only_go_up() -> None:
    figures = {level: dict.fromkeys(("precision", "recall", "f1"), 0.4) for level in ("core", "panel")}
    every = dict.fromkeys(KNOWN["floors"], figures["core"])
    assert raised(every, LOW)["core"]["recall"] == 0.5
    assert raised(every, LOW)["panel"]["recall"] == 0.4
