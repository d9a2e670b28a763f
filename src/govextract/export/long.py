"""A document that comes in parts into the files that one part would make: part by part, whole or not at all.

Of the formats only those can do so whose text is a head, rows and a tail: CSV, JSON and JSON Lines. The files are the
same, byte for byte, as if the whole extraction had been written at once.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from govextract.errors import GovextractError
from govextract.export import csv, json, jsonl
from govextract.export.datapackage import TEXT
from govextract.export.files import encoded, written_whole
from govextract.export.rows import TABLES

if TYPE_CHECKING:
    from govextract.model import Extraction

FORMATS = ("csv", "json", "jsonl")
LISTED = ("ignored_numbers", "unexplained")  # lists of the audit


def write_long(
    parts: Iterable[Extraction], folder: Path, name: str, formats: Sequence[str], lang: str = "en"
) -> tuple[list[Path], Extraction]:
    """Write NAME.FORMAT for each format into *folder*; gives the files made, and the whole without its lists' items
    (they are as long as they should be, each holding one item again and again).

    Raises GovextractError where a format cannot be written so.
    """
    unfit = [format for format in formats if format not in (*FORMATS, TEXT)]
    if unfit:
        known = ", ".join(FORMATS)
        raise GovextractError(f"is too long for {', '.join(unfit)} (a document in parts is written as {known})")
    formats = [format for format in formats if format != TEXT]  # the text is one
    with ExitStack() as stack:
        writers: list[tuple[list[Path], Callable[[Extraction], None], Callable[[Extraction], None]]] = []
        for format in formats:
            path = folder / f"{name}.{format}"
            writers.append({"csv": _csv, "json": _json, "jsonl": _jsonl}[format](stack, path, lang))
        whole: Extraction | None = None
        for part in parts:
            for _, add, _ in writers:
                add(part)
            whole = _both(whole, part)
        assert whole is not None  # a document has one part at least
        for _, _, finish in writers:
            finish(whole)
    return [path for paths, _, _ in writers for path in paths], whole


def _both(whole: Extraction | None, part: Extraction) -> Extraction:
    """The figures of both; of what is listed, as many items as there are."""
    if whole is None:
        return part
    audit = {key: value + getattr(part.audit, key) for key, value in whole.audit if key not in LISTED}
    audit |= {key: _as_many(getattr(whole.audit, key), getattr(part.audit, key)) for key in LISTED}
    return whole.model_copy(
        update={
            "records": _as_many(whole.records, part.records),
            "issues": whole.issues + part.issues,
            "audit": whole.audit.model_copy(update=audit),
        }
    )


def _as_many(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*one[:1], *other)[:1] * (len(one) + len(other))


Writer = tuple[list[Path], "Callable[[Extraction], None]", "Callable[[Extraction], None]"]


def _csv(stack: ExitStack, path: Path, lang: str) -> Writer:
    """Every table; that of documents has one row, which is known at the end."""
    paths = {ending: path.with_name(f"{path.stem}{ending}.csv") for ending in TABLES}
    streams = {ending: stack.enter_context(written_whole(path)) for ending, path in paths.items()}
    begun: set[str] = set()

    def put(ending: str, part: Extraction) -> None:
        text = csv.table_text(part, ending, lang)
        if ending in begun:
            text = text.removeprefix(csv.head_text(ending, lang))
        begun.add(ending)
        streams[ending].write(encoded(text))

    def add(part: Extraction) -> None:
        for ending in TABLES:
            if ending != ".documents":
                put(ending, part)

    return list(paths.values()), add, lambda whole: put(".documents", whole)


def _jsonl(stack: ExitStack, path: Path, lang: str) -> Writer:
    stream = stack.enter_context(written_whole(path))

    def add(part: Extraction) -> None:
        stream.write(encoded(jsonl.text(part, lang)))

    return [path], add, lambda whole: None


def _json(stack: ExitStack, path: Path, lang: str) -> Writer:
    """The lists wait in files without a name until the document's other fields are known."""
    stream = stack.enter_context(written_whole(path))
    waiting: dict[str, IO[bytes]] = {}
    for key in ("records", "issues", *LISTED):
        waiting[key] = stack.enter_context(tempfile.TemporaryFile(dir=path.parent))  # noqa: SIM115 (the stack closes it)

    def add(part: Extraction) -> None:
        for key, file in waiting.items():
            items = getattr(part.audit if key in LISTED else part, key)
            between = b", " if key in LISTED else b",\n"
            for item in items:
                file.write((between if file.tell() else b"") + encoded(json.line(item.plain())))

    def finish(whole: Extraction) -> None:
        for piece in _pieces(whole, waiting):
            if isinstance(piece, bytes):
                stream.write(piece)
            else:
                piece.seek(0)
                shutil.copyfileobj(piece, stream)

    return [path], add, finish


def _pieces(whole: Extraction, waiting: dict[str, IO[bytes]]) -> Iterator[bytes | IO[bytes]]:
    """The text of `json.text`, with the files that hold its lists in their places."""
    bare = whole.model_copy(update={"records": (), "issues": ()})
    bare = bare.model_copy(update={"audit": whole.audit.model_copy(update=dict.fromkeys(LISTED, ()))})
    rest = json.text(bare)
    for key, file in waiting.items():
        before, mark, rest = rest.partition(f'"{key}": [')
        around = b"\n" if key not in LISTED and file.tell() else b""
        yield encoded(before + mark) + around
        yield file
        yield around
    yield encoded(rest)
