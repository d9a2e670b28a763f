"""govextract: the figures of Chinese government reports as records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govextract.model import Extraction

__version__ = "0.1.0"
__all__ = ["__version__", "parse_file", "parse_text"]


def parse_file(
    path: str | Path,
    *,
    region: str | None = None,
    date: str | None = None,
    period: str | None = None,
    rules: str | Path | None = None,
) -> Extraction:
    """The records of a report file. Raises ReadError or RuleErrors (both GovextractError)."""
    from govextract.parse import parse_document
    from govextract.read import read_document
    from govextract.rulebook import current_rulebook

    document = read_document(Path(path), region=region, date=date, period=period)
    return parse_document(document, current_rulebook(Path(rules) if rules else None))


def parse_text(
    text: str,
    *,
    name: str = "text",
    region: str | None = None,
    date: str | None = None,
    period: str | None = None,
    rules: str | Path | None = None,
) -> Extraction:
    """The records of a text already at hand."""
    from govextract.parse import parse_document
    from govextract.read import make_document
    from govextract.rulebook import current_rulebook

    document = make_document(text, name=name, meta={"region": region, "date": date, "period": period})
    return parse_document(document, current_rulebook(Path(rules) if rules else None))
