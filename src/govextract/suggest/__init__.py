"""What rule would have read it right: from a reviewer's corrections to entries of a rule folder, each of them tried.

A correction gives candidates (`candidates.py`): an alias, a name, a unit, a word, a pattern, a number to be ignored. A
candidate is kept where the report, parsed with it, says what the person says. Of those that do, the one that changes
least else in the user's reports is suggested. Nothing is written unless `write` is called.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from govextract.errors import RuleErrors
from govextract.model import Document
from govextract.parse import parse_document
from govextract.read import make_document
from govextract.review.anchor import find
from govextract.review.decisions import Decision, Fields, fields_of, latest
from govextract.rulebook import Rulebook, load_rulebook
from govextract.rulediff import Difference, differences
from govextract.suggest.candidates import Candidate, candidates
from govextract.suggest.files import add_entries, example_of

TRIED = 40  # candidates a correction
WORKING = 4  # of which so many are compared on the reports


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A correction and what would make it; `candidate` is None where nothing tried does, `right` where it is right
    already. `changes` are those of the reports, with the correction's own among them.
    """

    decision: Decision
    candidate: Candidate | None = None
    changes: Difference | None = None
    right: bool = False


def suggestions(
    decisions: Iterable[Decision], documents: Sequence[Document], rules: Path | None = None
) -> Iterator[Suggestion]:
    """A suggestion for every correction among *decisions* that still stands, in the order of the text.

    *documents* are the user's reports: the ones corrected, and all others that shall stay as they are. A correction of
    a report that is not among them is tried on its sentence alone. *rules* is the user's own folder.
    """
    book = load_rulebook(rules)
    for decision in latest(decisions):
        if decision.decision == "accept":
            continue
        document = next((d for d in documents if decision.speaks_of(d)), None) or _alone(decision)
        if _is_right(decision, document, book):
            yield Suggestion(decision, right=True)
            continue
        tried = ((c, _book_with(c, rules)) for c in islice(candidates(decision, book), TRIED))
        working = islice(((c, new) for c, new in tried if new and _is_right(decision, document, new)), WORKING)
        compared = [(c, differences(book, new, documents or [document])) for c, new in working]
        best = min(compared, key=lambda pair: len(pair[1].changes), default=None)
        yield Suggestion(decision, *best) if best else Suggestion(decision)


def write(found: Iterable[Suggestion], folder: Path) -> list[Path]:
    """Put the suggested entries into the rule files of *folder*, and the corrected sentences into its examples."""
    written: dict[Path, None] = {}
    for suggestion in found:
        candidate = suggestion.candidate
        if candidate is not None:
            entries = [candidate.entry]
            if candidate.kind != "pattern" and suggestion.decision.right is not None:
                ident = candidate.content[0]["id"] if candidate.kind == "alias" else ""
                entries.append(example_of(suggestion.decision, ident))
            written |= dict.fromkeys(add_entries(path, content, folder) for path, content in entries)
    return list(written)


def _alone(decision: Decision) -> Document:
    fields = decision.right or decision.before
    meta = {"region": fields.region} if fields and fields.region else {}
    return make_document(decision.sentence, name=decision.document, meta=meta)


def _is_right(decision: Decision, document: Document, book: Rulebook) -> bool:
    """Whether the parse of *document* says what the person says at the decision's place."""
    span = find(document.text, decision.anchor)
    if span is None:
        return False
    extraction = parse_document(document, book)
    near = [r for r in extraction.records if r.span.start < span.end and span.start < r.span.end]
    if decision.right is not None:
        return any(_agree(decision.right, fields_of(record), book) for record in near)
    gone = decision.before is None or not any(_agree(decision.before, fields_of(record), book) for record in near)
    left = any(u.span.start < span.end and span.start < u.span.end for u in extraction.audit.unexplained)
    return gone and not left


def _agree(wanted: Fields, got: Fields, book: Rulebook) -> bool:
    """Whether two sets of fields are one record: name or catalogue id, value, unit, measure, bound, status."""
    known = book.indicator_id(wanted.indicator)
    named = wanted.indicator == got.indicator or (known is not None and known == book.indicator_id(got.indicator))
    keys = ("value", "value_max", "unit", "measure", "bound", "status")
    return named and all(getattr(wanted, key) == getattr(got, key) for key in keys)


def _book_with(candidate: Candidate, rules: Path | None) -> Rulebook | None:
    """The rules with *candidate* among the user's own; None where they do not load with it."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / "rules"
        if rules is not None:
            shutil.copytree(rules, trial)
        add_entries(*candidate.entry, trial)
        try:
            return load_rulebook(trial)
        except RuleErrors:
            return None
