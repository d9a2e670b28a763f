"""What a review begins with: extractions that hold their text, and the decisions about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.errors import GovextractError, ReadError
from govextract.export import FILE_NAME
from govextract.outputs import read_output
from govextract.parse import parse_document
from govextract.read import read_document, read_text
from govextract.review.decisions import ENDING, Decision, read_decisions
from govextract.view import make_view

if TYPE_CHECKING:
    from govextract.model import Extraction
    from govextract.rulebook import Rulebook

FIT = 0.9  # the share of figures that must stand in a text for it to be the report's own


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Extractions with the names of their files, and decisions with theirs."""

    extractions: tuple[tuple[str, Extraction], ...]
    decisions: tuple[Decision, ...]
    files: tuple[Path, ...]  # of the decisions


def read_inputs(paths: Sequence[Path], book: Rulebook, text: Path | None = None) -> Reviewed:
    """Outputs (.json, with the text beside them or in *text*), reports, which are parsed, and decisions (.jsonl).

    Raises ReadError: no output among them, two of one name, a text that is missing or is another report's.
    """
    decided = [path for path in paths if path.suffix.lower() == ".jsonl"]
    others = [path for path in paths if path not in decided and path.name != FILE_NAME]
    if not others:
        raise GovextractError("no report is named; give NAME.json as govextract parse wrote it, or the report")
    if text is not None and len(others) > 1:
        raise GovextractError("--text is the text of one report; name one output with it")
    seen: dict[str, Path] = {}
    for path in others:
        if seen.setdefault(path.stem, path) is not path:
            raise GovextractError(f"{seen[path.stem]} and {path} have one name; review them in two runs")
    extractions = tuple((path.stem, _extraction(path, book, text)) for path in others)
    decisions = tuple(decision for path in decided for decision in read_decisions(path))
    return Reviewed(extractions, decisions, tuple(decided))


def _extraction(path: Path, book: Rulebook, text: Path | None) -> Extraction:
    if path.suffix.lower() != ".json":
        return parse_document(read_document(path), book)
    (extraction,) = read_output(path)
    return with_text(extraction, text or path.with_suffix(".txt"), path)


def with_text(extraction: Extraction, source: Path, path: Path) -> Extraction:
    """*extraction*, read from *path*, with the text of *source*; raises ReadError where they do not belong together."""
    if not source.is_file():
        hint = f"parse the report anew, or name its text with --text FILE; {source.name} is not beside it"
        raise ReadError(path, "the report's text is needed", hint)
    text = read_text(source)[0]
    figures = extraction.records
    fitting = sum(_fits(record.span.start, record.span.end, record.sentence, text) for record in figures)
    if fitting < FIT * len(figures):
        raise ReadError(path, f"{source} is not the text that it was made from", "parse the report anew")
    document = extraction.document.model_copy(update={"text": text})
    return extraction.model_copy(update={"document": document})


def _fits(start: int, end: int, sentence: str, text: str) -> bool:
    return end <= len(text) and make_view(text, start, end).text in sentence


def left_path(folder: Path, name: str) -> Path:
    """Where the decisions that found no place are kept."""
    return folder / f"{name}{ENDING.removesuffix('.jsonl')}.left.jsonl"
