"""The proof that rules carry: every example is made by its own pattern, every reject is left alone by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from govextract.lexicon import prepare
from govextract.match import Claim, claims
from govextract.model import Comparison, Document, Period, Record
from govextract.parse import parse_document
from govextract.read import make_document
from govextract.rulebook import Pattern, Rulebook
from govextract.structure import blocks
from govextract.tag import tag

Fields = dict[str, Any]  # the keys of a record or a comparison that an example names, as text

# Every example is read as a report given on this day about this period.
REPORT = {"date": "2025-01-20", "period": "2024"}
NUMBERS = ("value", "value_max", "base_value")
NOTHING = ("", "null", "~")


@dataclass(frozen=True, slots=True)
class Case:
    """An example or a reject of a pattern: what its text must yield, or why it must yield nothing.

    A `sentence` is an example of all rules together, from examples/RULE.yaml.
    """

    rule: str
    text: str
    kind: Literal["example", "reject", "sentence"]
    expected: tuple[Fields, ...] = ()
    because: str = ""


def cases(book: Rulebook) -> list[Case]:
    """Every example and every reject of every pattern, and the sentences that all rules together must read."""
    out: list[Case] = []
    for pattern in book.patterns:
        for row in pattern.examples:
            out.append(Case(pattern.id, row["text"], "example", expected=tuple(row.get("records") or ())))
        for row in pattern.rejects:
            out.append(Case(pattern.id, row["text"], "reject", because=row["because"]))
    for name, row in book.examples:
        out.append(Case(name, row["text"], "sentence", expected=tuple(row["records"])))
    return out


def check(case: Case, book: Rulebook) -> str | None:
    """What is wrong with *case*; None where it holds."""
    prepare(book)
    problem = _reject(case, book) if case.kind == "reject" else _example(case, book)
    return f"{case.rule}: {case.text!r}: {problem}" if problem else None


def _example(case: Case, book: Rulebook) -> str | None:
    if not case.expected:
        return "an example needs `records`"
    records = parse_document(_document(case.text), book).records
    left = list(records)
    mine = False
    for fields in case.expected:
        found = [record for record in left if _agrees(fields, record)]
        if not found:
            return f"expected {_told(fields)}, got {_got(fields, left)}"
        left.remove(found[0])
        mine |= found[0].rule == case.rule
    if case.kind == "sentence":
        return None
    pattern = next(p for p in book.patterns if p.id == case.rule)
    if mine or ("comparison" in pattern.make and any(_hits(case.text, pattern, book))):
        return None
    return f"expected to be made by its own pattern, got it from {', '.join(sorted({r.rule for r in records}))}"


def _reject(case: Case, book: Rulebook) -> str | None:
    pattern = next(p for p in book.patterns if p.id == case.rule)
    for hit in _hits(case.text, pattern, book):
        return f"expected no claim ({case.because}), got {hit!r}"
    return None


def _document(text: str) -> Document:
    return make_document(text, name="example", meta=dict(REPORT))


def _hits(text: str, pattern: Pattern, book: Rulebook) -> Iterator[str]:
    """The words of every claim that *pattern* makes in *text*."""
    for block in blocks(_document(text), book):
        for view in block.sentences:
            tokens = tag(view.text, book)
            for claim in _flat(claims(tokens, book)):
                if claim.pattern.id == pattern.id:
                    yield view.text[tokens[claim.first].start : tokens[claim.last - 1].end]


def _flat(found: Sequence[Claim]) -> Iterator[Claim]:
    for claim in found:
        yield claim
        yield from _flat(claim.linked)


def _agrees(fields: Fields, made: Record | Comparison) -> bool:
    """Whether a record or comparison says all that *fields* list."""
    for key, wanted in fields.items():
        if not hasattr(made, key):
            return False
        got = getattr(made, key)
        if key == "comparisons":
            if not _all_agree(wanted or (), got):
                return False
        elif isinstance(got, Period):
            if _dates(wanted) != f"{got.start}/{got.end}":
                return False
        elif wanted in NOTHING:
            if got is not None:
                return False
        elif key in NUMBERS:
            if got is None or _number(wanted) != got:
                return False
        elif str(got) != wanted:
            return False
    return True


def _all_agree(wanted: Sequence[Fields], got: Sequence[Comparison]) -> bool:
    """As many comparisons as are listed, each one of them agreed with."""
    left = list(got)
    for fields in wanted:
        found = next((comparison for comparison in left if _agrees(fields, comparison)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _dates(wanted: Any) -> str:
    return "/".join(wanted) if isinstance(wanted, list) else str(wanted)


def _got(fields: Fields, records: Sequence[Record]) -> str:
    """The keys that *fields* list, of what was made."""
    return "; ".join(_told({key: _shown(getattr(r, key, None)) for key in fields}) for r in records) or "no record"


def _shown(value: Any) -> Any:
    if isinstance(value, Period):
        return f"{value.start}/{value.end}"
    if isinstance(value, tuple):
        return [_shown(part) for part in value]
    if isinstance(value, Comparison):
        return {key: _shown(getattr(value, key)) for key in ("relation", "object", "value", "unit")}
    return "null" if value is None else str(value)


def _told(value: Any) -> str:
    """Fields as they stand in a rule file."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_told(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_told, value)) + "]"
    return str(value)
