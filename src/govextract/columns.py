"""What the heads of a table's column say of its figures: measure, basis, unit, time, status, and part of their name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govextract import stdre
from govextract.name import head_of
from govextract.periods import Anchor, Span, resolve, year_span
from govextract.quantities import MULTIPLIER
from govextract.rulebook import Rulebook
from govextract.tag import find_times

BRACKET = stdre.compile(r"（([^（）]+)）")
MARKS = stdre.compile(r"[%‰±（）、/]")
YEAR = stdre.compile(r"(?:19|20)\d\d")


class Column(NamedTuple):
    """What the heads of a column, joined in `head`, say of its figures.

    `subject` is what the heads name; of that, `noun` is what labels are measured by (产量), `whose` what they belong to
    (城市). A completion names in `completes` what it is a share of (预算), and belongs to the amount before it.
    """

    head: str
    measure: str
    basis: str | None
    unit: str
    subject: str
    noun: str
    whose: str
    stock: bool
    status: str
    completes: str
    span: Span | None
    time: str


def columns_of(heads: Sequence[Sequence[str]], title: str, anchor: Anchor, book: Rulebook) -> list[Column]:
    """The columns of a table of *title*, each under its heads, from above down; relative times lean on *anchor*."""
    words = book.names["tables"]
    # A title says what all columns are (…涨跌幅度) where no head says how it measures.
    plain = all(_measure(" ".join(own), words) == "level" for own in heads)
    grows = plain and _measure(title, words) == "growth"
    return [_column(own, title, anchor, book, grows=grows) for own in heads]


def _column(heads: Sequence[str], title: str, anchor: Anchor, book: Rulebook, *, grows: bool) -> Column:
    words = book.names["tables"]
    head = " ".join(heads)
    span, time, rest = _time(head, anchor, book)
    unit = next((u for m in BRACKET.finditer(head) if is_unit(u := m[1].strip("±"), book)), "")
    measure = "growth" if grows and not unit else _measure(head, words)
    if measure == "change" and unit == "%":
        measure = "growth"
    elif measure == "growth" and unit not in ("", "%"):
        measure = "change"
    basis = None
    if measure in ("growth", "change"):
        basis = next((kind for word, kind in words["since"].items() if word in head), "yoy")
    completes = next((whole for word, whole in words["completes"].items() if word in head), "")
    bare = _bare(BRACKET.sub("", rest), measure, words)
    noun = head_of(bare, book)
    return Column(
        head=head,
        measure="level" if completes else measure,
        basis=None if completes else basis,
        unit="%" if completes or (measure in ("growth", "share") and not unit) else "位" if measure == "rank" else unit,
        subject=bare,
        noun=noun,
        whose="" if noun else bare,
        stock=measure == "level" and any(word in head or word in title for word in words["stock"]),
        status=_status(head, span, anchor, words),
        completes=completes,
        span=span,
        time=time,
    )  # fmt: skip


def is_unit(text: str, book: Rulebook) -> bool:
    """Whether *text* is a unit, perhaps with a multiplier (万吨)."""
    return text in book.units or (text != "" and MULTIPLIER.sub("", text, count=1) in book.units)


def _measure(text: str, words: dict[str, list[str]]) -> str:
    kinds = ("rank", "change", "growth", "share")
    found = [(-len(word), kind) for kind in kinds for word in words[kind] if word in text]
    return min(found)[1] if found else "level"


def time_of(label: str, anchor: Anchor, book: Rulebook) -> tuple[Span, str] | None:
    """The period that a label is, and nothing else (2020年, 2020, 1—6月)."""
    span, text, rest = _time(label, anchor, book)
    return (span, text) if span is not None and not rest.strip() else None


def _time(head: str, anchor: Anchor, book: Rulebook) -> tuple[Span | None, str, str]:
    """The period that a head names, in its words, and the head without it."""
    bare = YEAR.search(head)
    if bare is not None and YEAR.sub("", head, count=1).strip() == "":
        return year_span(int(bare[0])), bare[0], ""
    found: tuple[Span, str] | None = None
    rest = head
    for token in reversed(find_times(head, book)):
        rest = f"{rest[: token.start]} {rest[token.end :]}"
        span = resolve(token.time.rule.norm, token.time.match, anchor) if token.type == "time" else None
        if span is not None:
            found = span, token.text
    return (*found, rest) if found else (None, "", rest)


def _bare(text: str, measure: str, words: dict[str, list[str]]) -> str:
    """What is left of a head without the words that say how it measures, and without generic ones."""
    said = list(words[measure]) if measure != "level" else []
    for word in sorted([*said, *words["plans"]], key=len, reverse=True):
        text = text.replace(word, " ")
    text = MARKS.sub(" ", text)
    return "".join(part for part in text.split() if part not in words["generic"])


def _status(head: str, span: Span | None, anchor: Anchor, words: dict[str, list[str]]) -> str:
    """`target` where a head says so, or where its time lies behind the report's; empty where it says nothing."""
    if any(word in head for word in words["done"]):
        return "actual"
    if any(word in head for word in words["plans"]):
        return "target"
    later = span is not None and anchor.document is not None and span.start > anchor.document.end
    return "target" if later else ""
