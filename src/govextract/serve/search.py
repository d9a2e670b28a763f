"""Records across documents: by indicator, region, measure, and by words of their sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govextract.serve.folder import Entry, folded

if TYPE_CHECKING:
    from govextract.model import Record
    from govextract.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty is anything.

    `indicator` is an id, a name or alias of the catalogue, or part of a name; `region` part of a place's name or its
    code; every word of `q` (apart by blanks) has to stand in the sentence or the indicator.
    """

    indicator: str = ""
    region: str = ""
    measure: str = ""
    q: str = ""

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return bool(self.indicator or self.region or self.measure or self.q.split())


def matching(entries: Iterable[Entry], wanted: Wanted, book: Rulebook) -> Iterator[tuple[Entry, Record]]:
    """The records that are all that is *wanted*, in the order of the listing."""
    words = folded(wanted.q).split()
    ident = _identified(wanted.indicator, book)
    for entry in entries:
        for record, text in zip(entry.extraction.records, entry.searched, strict=True):
            if wanted.measure and record.measure != wanted.measure:
                continue
            if wanted.region and wanted.region not in (record.region or "") and wanted.region != record.region_code:
                continue
            if wanted.indicator and record.indicator_id != ident and wanted.indicator not in record.indicator:
                continue
            if all(word in text for word in words):
                yield entry, record


def _identified(name: str, book: Rulebook) -> str:
    """The catalogue's id of *name*; what no catalogue holds is no id."""
    if name in book.indicators:
        return name
    found = book.surfaces.get(name)
    return found[0] if found else name
