"""Where the patterns fire in a report: sentence by sentence, every hit and which of them stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from govextract.lexicon import prepare
from govextract.match import contest
from govextract.model import Document
from govextract.rulebook import Rulebook
from govextract.structure import blocks
from govextract.tag import tag
from govextract.tokens import Token
from govextract.view import View


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern's hit on the tokens [first, last) of a sentence, and whether it stands."""

    pattern: str
    priority: int
    first: int
    last: int
    stands: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its mentions and the hits on them, best first."""

    view: View
    tokens: list[Token]
    hits: tuple[Hit, ...]

    def words(self, hit: Hit) -> str:
        """The words that a hit covers."""
        return self.view.text[self.tokens[hit.first].start : self.tokens[hit.last - 1].end]

    def span(self, hit: Hit) -> tuple[int, int]:
        """The characters of the document that a hit covers."""
        return self.view.span(self.tokens[hit.first].start, self.tokens[hit.last - 1].end)


def sentences(document: Document, book: Rulebook) -> Iterator[Sentence]:
    """Every sentence of *document* in which a pattern fires."""
    prepare(book)
    for block in blocks(document, book):
        for view in block.sentences:
            tokens = tag(view.text, book)
            hits = tuple(_hits(tokens, book))
            if hits:
                yield Sentence(view, tokens, hits)


def _hits(tokens: list[Token], book: Rulebook) -> Iterator[Hit]:
    for claim, winner in contest(tokens, book):
        yield Hit(claim.pattern.id, claim.pattern.priority, claim.first, claim.last, winner is None)
