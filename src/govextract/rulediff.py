"""Which records change between two sets of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from govextract.export.rows import plain_text, readable
from govextract.model import Comparison, Document, Period, Record
from govextract.parse import parse_document
from govextract.rulebook import Rulebook

# What may change without the record being another: its id follows from the rest, its sentence says where it stands.
NOT_COMPARED = ("id", "span", "sentence", "section")


@dataclass(frozen=True, slots=True)
class Change:
    """A record that only one side has, or that differs: *fields* are name, old and new."""

    document: str
    old: Record | None
    new: Record | None
    fields: tuple[tuple[str, str, str], ...] = ()

    @property
    def kind(self) -> str:
        return "changed" if self.old and self.new else "removed" if self.old else "added"

    @property
    def record(self) -> Record:
        """The record as it is with the new rules, or was."""
        record = self.new or self.old
        assert record is not None
        return record


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes, in reading order, and how much was compared."""

    documents: int
    same: int
    changes: tuple[Change, ...]

    def count(self, kind: str) -> int:
        """How many records were added, removed or changed."""
        return sum(change.kind == kind for change in self.changes)


def differences(old: Rulebook, new: Rulebook, documents: Iterable[Document]) -> Difference:
    """What becomes of the records of *documents* where *new* takes the place of *old*."""
    number = same = 0
    changes: list[Change] = []
    for document in documents:
        number += 1
        before, after = parse_document(document, old).records, parse_document(document, new).records
        found = [Change(document.name, a, b, tuple(_fields(a, b))) for a, b in _pairs(before, after)]
        found += [Change(document.name, a, None) for a in _left(before, [change.old for change in found])]
        found += [Change(document.name, None, b) for b in _left(after, [change.new for change in found])]
        same += sum(change.kind == "changed" and not change.fields for change in found)
        changed = [change for change in found if change.kind != "changed" or change.fields]
        changes += sorted(changed, key=lambda change: change.record.span.start)
    return Difference(number, same, tuple(changes))


def _left(records: Sequence[Record], taken: Iterable[Record | None]) -> list[Record]:
    known = {id(record) for record in taken}
    return [record for record in records if id(record) not in known]


def _pairs(before: Sequence[Record], after: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Which record became which: the same in all but its fields, else at the same place, else at an overlapping one."""
    out: list[tuple[Record, Record]] = []
    left = list(before)
    waiting = list(after)
    for alike in (_identical, _same_name, _same_place, _overlapping):
        by_place: dict[int, list[Record]] = {}
        for record in left:
            for at in range(record.span.start, max(record.span.end, record.span.start + 1)):
                by_place.setdefault(at, []).append(record)
        taken: set[int] = set()
        unpaired = []
        for record in waiting:
            places = range(record.span.start, max(record.span.end, record.span.start + 1))
            near = (other for at in places for other in by_place.get(at, ()))
            fit = next((other for other in near if id(other) not in taken and alike(other, record)), None)
            if fit is None:
                unpaired.append(record)
            else:
                taken.add(id(fit))
                out.append((fit, record))
        left = [record for record in left if id(record) not in taken]
        waiting = unpaired
    return out


def _identical(a: Record, b: Record) -> bool:
    return a == b


def _same_name(a: Record, b: Record) -> bool:
    return a.span == b.span and (a.indicator, a.measure) == (b.indicator, b.measure)


def _same_place(a: Record, b: Record) -> bool:
    return a.span == b.span


def _overlapping(a: Record, b: Record) -> bool:
    return a.span.start < b.span.end and b.span.start < a.span.end


def _fields(old: Record, new: Record) -> Iterator[tuple[str, str, str]]:
    for name in type(old).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if name not in NOT_COMPARED and before != after:
            yield name, _shown(before), _shown(after)


def _shown(value: Any) -> str:
    if isinstance(value, Period):
        return f"{value.start}/{value.end}" + (" inferred" if value.inferred else "")
    if isinstance(value, Comparison):
        return readable(value)
    if isinstance(value, tuple):
        return "；".join(map(_shown, value)) or "none"
    if isinstance(value, Decimal):
        return plain_text(value)
    return "none" if value is None else str(value)
