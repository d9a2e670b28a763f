"""A long document in parts, one after another, so that its length costs time but no memory.

The skeleton is read once through the whole text, so that headings, articles and spans are those of the whole document;
place, date and period come from the first part. What looks across a document sees one part: comparisons are joined to
records of their own part, and figures are checked against those of their own part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from govextract.context import complete_document
from govextract.lexicon import prepare
from govextract.parse import Carried, parse_blocks
from govextract.structure import Block, each_block

if TYPE_CHECKING:
    from govextract.model import Document, Extraction
    from govextract.rulebook import Rulebook

PART = 500_000  # characters after which a part ends: more than any report that we know has
NUMBERED = range(1, 5)  # the levels of numbered headings


def parse_parts(document: Document, book: Rulebook, size: int = PART) -> Iterator[Extraction]:
    """What `parse_document` gives, in parts of about *size* characters; of a document shorter than that, in one."""
    prepare(book)
    carried = Carried()
    whole: Document | None = None
    for part in _parts(each_block(document, book), size):
        whole = whole or complete_document(document, part, book)
        yield parse_blocks(part, whole, book, carried)


def _parts(blocks: Iterable[Block], size: int) -> Iterator[list[Block]]:
    """Runs of blocks that begin with an article or a numbered heading; after twice *size* with any block. One at least,
    though it may be empty.
    """
    part: list[Block] = []
    length = 0
    for block in blocks:
        opens = bool(part) and (block.article != part[-1].article or block.level in NUMBERED)
        if length >= size and (opens or length >= 2 * size):
            yield part
            part, length = [], 0
        part.append(block)
        length += len(block.view.text)
    yield part
