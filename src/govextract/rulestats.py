"""What the patterns do on reports: how often each fires, in how many, and how often it is right where gold exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from govextract.evaluate import load_folding, load_gold, score
from govextract.evaluate.fold import Folding
from govextract.firing import sentences
from govextract.model import Document, Record
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.rulebook import Rulebook
from govextract.vocabulary import unused_words

FEW = 2  # a pattern that fires in fewer reports needs a reason


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A pattern's figures. *judged* are its records and comparisons in reports with gold, *right* those without fault.

    A comparison is judged for the pattern that made it, not for the pattern of the record that it hangs on.
    """

    id: str
    fired: int
    documents: int
    judged: int
    right: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of all patterns, and the words that stand in no report."""

    documents: int
    with_gold: int
    rules: tuple[RuleCount, ...]
    words: dict[str, int]  # how many there are of each type
    unused: dict[str, list[str]]

    @property
    def rare(self) -> list[str]:
        """The patterns that fire in too few reports."""
        return [rule.id for rule in self.rules if rule.documents < FEW]

    def to_dict(self) -> dict[str, Any]:
        """Everything that `rules stats --json` prints."""
        rules = [asdict(rule) for rule in self.rules]
        figures = {"documents": self.documents, "with_gold": self.with_gold, "rules": rules, "rare": self.rare}
        return figures | {"unused_words": {kind: words for kind, words in self.unused.items() if words}}


def statistics(book: Rulebook, files: Sequence[Path]) -> Statistics:
    """Count what the patterns of *book* do in the reports *files*; NAME.gold.jsonl beside a report judges it."""
    fired: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    right: Counter[str] = Counter()
    folding = load_folding()
    documents, with_gold = [], 0
    for path in files:
        document = read_document(path)
        documents.append(document)
        places = _places(document, book)
        fired.update({id: len(spans) for id, spans in places.items()})
        seen.update(places.keys())
        gold = path.with_name(f"{path.stem}.gold.jsonl")
        if gold.is_file():
            with_gold += 1
            for id, good in _verdicts(document, gold, places, book, folding):
                judged[id] += 1
                right[id] += good
    rules = (RuleCount(p.id, fired[p.id], seen[p.id], judged[p.id], right[p.id]) for p in book.patterns)
    words = {kind: len(entries) for kind, entries in book.words.items()}
    return Statistics(len(documents), with_gold, tuple(rules), words, unused_words(book, documents))


def _places(document: Document, book: Rulebook) -> dict[str, list[tuple[int, int]]]:
    """Where each pattern's hits stand."""
    places: dict[str, list[tuple[int, int]]] = {}
    for sentence in sentences(document, book):
        for hit in sentence.hits:
            if hit.stands:
                places.setdefault(hit.pattern, []).append(sentence.span(hit))
    return places


def _verdicts(
    document: Document, gold: Path, places: dict[str, list[tuple[int, int]]], book: Rulebook, folding: Folding
) -> list[tuple[str, bool]]:
    """A pattern and whether it was right, for every record and every comparison.

    What answers a gold record that is optional counts as right.
    """
    records = parse_document(document, book).records
    faults = {id(m.record): m for m in score(load_gold(gold, document.text), records, folding).misses if m.record}
    comparing = {p.id: places.get(p.id, []) for p in book.patterns if "comparison" in p.make}
    out = []
    for record in records:
        miss = faults.get(id(record))
        spurious = miss is not None and miss.kind == "spurious"
        fields = set(miss.fields) if miss is not None else set()
        out.append((record.rule, not spurious and fields <= (set() if record.rule in comparing else {"comparisons"})))
        if record.rule not in comparing:
            out += [(rule, not spurious and "comparisons" not in fields) for rule in _comparers(record, comparing)]
    return out


def _comparers(record: Record, comparing: dict[str, list[tuple[int, int]]]) -> list[str]:
    """The pattern of each of a record's comparisons: the one that stands over it."""
    return [
        rule
        for c in record.comparisons
        for rule, spans in comparing.items()
        if any(c.span.start < end and start < c.span.end for start, end in spans)
    ]
