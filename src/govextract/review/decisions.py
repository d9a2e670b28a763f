"""What a person decided about records and numbers: the model, and its file NAME.decisions.jsonl, one decision a line.

A decision hangs on the report's text (`anchor.py`), not on the order of rows; `before` and `after` hold the fields of
a record by the names of the columns of the CSV export.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from govextract.errors import ReadError
from govextract.export.files import encoded, write_whole
from govextract.export.json import line
from govextract.model import Bound, Measure, Number, Span, Status
from govextract.review.anchor import Anchor, anchor_of

if TYPE_CHECKING:
    from govextract.model import Document, Record

DECISIONS_VERSION: Final = "1"
ENDING = ".decisions.jsonl"


class Fields(BaseModel):
    """What a person can change of a record. Dates are ISO dates; `basis` and `bound` are those of a record."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicator: str
    action: str | None = None
    value: Number | None = None
    value_max: Number | None = None
    unit: str | None = None
    decimals: int | None = None
    measure: Measure = "level"
    basis: str | None = None
    bound: Bound = "exact"
    status: Status = "actual"
    period: str = ""
    period_start: str | None = None
    period_end: str | None = None
    region: str | None = None


class Occurrence(BaseModel):
    """Which of several: the mention in its sentence, the sentence in the text; both from 0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mention: int = 0
    sentence: int = 0


class Decision(BaseModel):
    """One decision. `record` is the id that the record had; None for a number that was in no record.

    accept: `before` is right. edit: `after` is right. reject: `before` is no record, or (None) the number is no
    figure. add: `after` is a record that was missing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal["1"] = DECISIONS_VERSION
    document: str
    sha256: str
    decision: Literal["accept", "edit", "reject", "add"]
    record: str | None = None
    mention: str
    sentence: str
    occurrence: Occurrence = Occurrence()
    span: Span
    before: Fields | None = None
    after: Fields | None = None
    note: str = ""
    reviewer: str = ""
    at: str = ""

    @property
    def anchor(self) -> Anchor:
        """Where it hangs."""
        return Anchor(self.sentence, self.mention, self.occurrence.mention, self.occurrence.sentence)

    def speaks_of(self, document: Document) -> bool:
        """Whether it is about a report: by its bytes, or, where it was read anew, by its name."""
        return self.sha256 == document.sha256 or self.document == document.name

    @property
    def right(self) -> Fields | None:
        """The fields that the person holds for right; None of a rejection."""
        return {"accept": self.before, "edit": self.after, "add": self.after, "reject": None}[self.decision]


def fields_of(record: Record) -> Fields:
    """What a person can change of *record*, as it is."""
    return Fields(
        indicator=record.indicator, action=record.action, value=record.value, value_max=record.value_max,
        unit=record.unit, decimals=record.decimals, measure=record.measure, basis=record.basis, bound=record.bound,
        status=record.status, period=record.period.text, period_start=record.period.start,
        period_end=record.period.end, region=record.region,
    )  # fmt: skip


def make_decision(
    text: str, span: Span, *, document: str, sha256: str, decision: Literal["accept", "edit", "reject", "add"],
    record: Record | None = None, after: Fields | None = None, reviewer: str = "", at: str = "", note: str = "",
) -> Decision:  # fmt: skip
    """A decision about text[span], hung on its sentence."""
    anchor = anchor_of(text, span)
    return Decision(
        document=document, sha256=sha256, decision=decision, record=record.id if record else None,
        mention=anchor.mention, sentence=anchor.sentence,
        occurrence=Occurrence(mention=anchor.mention_at, sentence=anchor.sentence_at), span=span,
        before=fields_of(record) if record else None, after=after, note=note, reviewer=reviewer, at=at,
    )  # fmt: skip


def read_decisions(path: Path) -> list[Decision]:
    """The decisions of a file. Raises ReadError: missing, no JSON Lines, a line of another shape or version."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise ReadError(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise ReadError(path, "is no text in UTF-8", "name a file that the review page saved") from None
    return [_decision(text, number, path) for number, text in enumerate(lines, 1) if text.strip()]


def _decision(text: str, number: int, path: Path) -> Decision:
    try:
        row: Any = json.loads(text, parse_float=str)  # a figure keeps the digits that were typed
    except ValueError:
        raise ReadError(path, f"is no whole JSON in line {number}", "it may be cut short; save it anew") from None
    if not isinstance(row, dict) or "decision" not in row:
        raise ReadError(path, f"holds no decision in line {number}", "name a file that the review page saved")
    try:
        made = Decision.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ReadError(path, f"is not of this shape in line {number}: {where}: {first['msg'].lower()}") from None
    if made.right is None and made.decision != "reject":
        raise ReadError(path, f"holds {made.decision} without its fields in line {number}")
    return made


def decisions_text(decisions: Iterable[Decision]) -> str:
    """The decisions, one a line, as they stand in a file."""
    return "".join(line(_plain(decision)) + "\n" for decision in decisions)


def write_decisions(decisions: Sequence[Decision], path: Path) -> Path:
    """Write *decisions* to *path*, whole or not at all."""
    return write_whole(path, encoded(decisions_text(decisions)))


def _plain(decision: Decision) -> dict[str, Any]:
    return decision.model_dump(mode="json")


def latest(decisions: Iterable[Decision]) -> list[Decision]:
    """The last word on every record or number, in the order of the text: a later decision replaces an earlier one."""
    kept: dict[tuple[Any, ...], Decision] = {}
    for decision in decisions:
        about = decision.before if decision.before else decision.after if decision.decision == "add" else None
        value = None if decision.decision == "add" else about and about.value
        key = (decision.document, decision.anchor, about and (about.indicator, about.measure), value)
        if key not in kept or kept[key].at <= decision.at:
            kept.pop(key, None)
            kept[key] = decision
    return sorted(kept.values(), key=lambda d: (d.document, d.span.start, d.span.end, d.record or ""))
