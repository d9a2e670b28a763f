"""Long documents in parts: the same records at the same places, the same files, however they are cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from govextract import segment
from govextract.errors import GovextractError
from govextract.export import export_all
from govextract.export.long import write_long
from govextract.model import Document, Extraction, Record
from govextract.parse import parse_document
from govextract.parts import parse_parts
from govextract.read import make_document, read_document
from govextract.rulebook import Rulebook
from govextract.structure import each_block

FORMATS = ("csv", "json", "jsonl")


@pytest.fixture(scope="module")
def long(corpus: list[Path]) -> Document:
    """All reports of the corpus, one behind the other."""
    return make_document("\n\n".join(read_document(path).text for path in corpus), name="long")


def stated(record: Record) -> Record:
    """The record without what is found by looking across the document."""
    apart = tuple(c.model_copy(update={"record": None}) for c in record.comparisons)
    return record.model_copy(update={"comparisons": apart, "flags": ()})


@pytest.mark.parametrize("size", [1, 400, 3000, 10**9], ids=["tiny", "small", "middling", "whole"])
def test_parts_state_what_the_whole_states(size: int, long: Document, book: Rulebook) -> None:
    whole = parse_document(long, book)
    parts = list(parse_parts(long, book, size))
    if size == 10**9:
        assert parts == [whole]
        return
    assert len(parts) > 1
    where = {part.document.model_dump_json() for part in parts}
    assert len(where) == 1
    if size >= 400:
        assert [stated(r) for part in parts for r in part.records] == [stated(r) for r in whole.records]
    assert sum(part.audit.numbers for part in parts) == whole.audit.numbers
    for part in parts:
        for number in part.audit.unexplained:
            assert long.text[number.span.start : number.span.end] == number.text


def test_blocks_come_one_at_a_time(book: Rulebook) -> None:
    text = "2023年，全省地区生产总值18640.5亿元。\n\n" * 3
    walk = each_block(make_document(text), book)
    assert next(walk).view.text.startswith("2023年")
    assert len(list(walk)) == 2


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_long_document_makes_the_same_files(lang: str, long: Document, book: Rulebook, tmp_path: Path) -> None:
    parts = list(parse_parts(long, book, 2000))
    export_all(joined(parts), tmp_path / "whole", "long", FORMATS, lang)
    paths, whole = write_long(iter(parts), tmp_path / "parts", "long", FORMATS, lang)
    assert len(paths) == 6
    assert len(whole.records) == sum(len(part.records) for part in parts)
    for path in paths:
        assert path.read_bytes() == (tmp_path / "whole" / path.name).read_bytes(), path.name
    assert set(paths) == set((tmp_path / "parts").iterdir())


def joined(parts: list[Extraction]) -> Extraction:
    """One extraction of all."""
    lists = ("ignored_numbers", "unexplained")
    audit = {key: sum(getattr(p.audit, key) for p in parts) for key, _ in parts[0].audit if key not in lists}
    audit |= {key: tuple(item for p in parts for item in getattr(p.audit, key)) for key in lists}
    return parts[0].model_copy(
        update={
            "records": tuple(record for part in parts for record in part.records),
            "issues": tuple(issue for part in parts for issue in part.issues),
            "audit": parts[0].audit.model_copy(update=audit),
        }
    )


def test_a_format_that_cannot_take_parts_says_so(long: Document, book: Rulebook, tmp_path: Path) -> None:
    with pytest.raises(GovextractError, match="is too long for parquet, xlsx"):
        write_long(parse_parts(long, book, 2000), tmp_path, "long", ("csv", "parquet", "xlsx"))
    assert not list(tmp_path.iterdir())


def test_a_long_document_that_fails_leaves_nothing(long: Document, book: Rulebook, tmp_path: Path) -> None:
    def broken() -> object:
        yield next(parse_parts(long, book, 2000))
        raise GovextractError("no more")

    with pytest.raises(GovextractError, match="no more"):
        write_long(broken(), tmp_path, "long", FORMATS)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_words_stay_the_same_when_the_table_is_emptied(monkeypatch: pytest.MonkeyPatch, long: Document) -> None:
    lines = [line for line in long.text.splitlines() if line][:60]
    before = [segment.words(line) for line in lines]
    monkeypatch.setattr(segment, "PAIRS", 20)
    assert [segment.words(line) for line in lines] == before
    _, _, seen = segment._tokenizer()
    assert len(seen) <= 20 + max(map(len, lines))
