"""One document, from its file to its outputs: the function that every engine runs, in a process of its own."""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.batch.entry import Result, done, not_done
from govextract.errors import GovextractError
from govextract.export import export
from govextract.export.datapackage import TEXT, file_names, with_text
from govextract.export.files import write_whole
from govextract.export.long import write_long
from govextract.export.txt import content_of
from govextract.parts import parse_parts
from govextract.read import read_document, read_member, read_table

if TYPE_CHECKING:
    from govextract.batch.plan import Job
    from govextract.model import Extraction
    from govextract.read import MetaTable
    from govextract.rulebook import Rulebook

HIDDEN = ".batch"  # the folder, below that of the outputs, where a batch keeps what is its own
WORK = "govextract.batch.work:do_document"


@dataclass(frozen=True, slots=True)
class Options:
    """What is done to every document of a batch, and where to.

    rules:  the user's folder of rules, and `digest`, that of all rules. meta: a table of what is known of the reports.
    timeout: seconds, to which `SLOWEST` are added for each megabyte. spool: whether extractions are kept for the
    database. work: MODULE:FUNCTION that does a document.
    """

    out: str
    formats: tuple[str, ...] = ("csv", "json")
    lang: str = "en"
    rules: str | None = None
    digest: str = ""
    timeout: float = 60.0
    spool: bool = False
    work: str = WORK
    meta: str | None = None

    def plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return asdict(self)

    @staticmethod
    def made(plain: dict[str, Any]) -> Options:
        """What `plain` gave."""
        return Options(**plain | {"formats": tuple(plain["formats"])})


def do_document(job: Job, options: Options, book: Rulebook) -> Result:
    """Read, parse and write one document; what is wrong with it is its entry's reason."""
    began, read = time.monotonic(), stamp(job.path, options)
    out = Path(options.out)
    if job.problem:
        return not_done(job, "failed", job.problem, options.digest)
    try:
        paths, extraction = _written(_extractions(job, options, book), job, options)
    except GovextractError as error:
        reason = str(error).removeprefix(f"{job.path}/{job.member}" if job.member else str(job.path)).removeprefix(": ")
        return not_done(job, "failed", reason, options.digest)
    files = {path.relative_to(out).as_posix(): path.stat().st_size for path in paths}
    return Result(done(job, extraction, options.digest), files, read, time.monotonic() - began)


def _extractions(job: Job, options: Options, book: Rulebook) -> Iterator[Extraction]:
    """The document's parts; in a batch its name is that of its outputs, which no other has."""
    table = _table(options.meta) if options.meta else None
    if job.member:
        document = read_member(job.path, job.member, Path(job.name).name, table)
    else:
        document = read_document(job.path, table=table)
    for part in parse_parts(document, book):
        yield part.model_copy(update={"document": part.document.model_copy(update={"name": job.name})})


@lru_cache(maxsize=1)
def _table(path: str) -> MetaTable:
    """What is known of the reports, read once a worker."""
    return read_table(Path(path))


def _written(parts: Iterator[Extraction], job: Job, options: Options) -> tuple[list[Path], Extraction]:
    target = Path(options.out) / job.name
    first = next(parts)
    second = next(parts, None)
    if second is not None and options.spool:
        raise GovextractError("is too long for a database; run the batch without --to")
    # The folder is the batch's own: a text that stands there is an earlier run's.
    paths = [write_whole(target.with_name(f"{target.name}.{TEXT}"), content_of(first))]
    if second is not None:
        every = chain((first, second), parts)
        more, whole = write_long(every, target.parent, target.name, options.formats, options.lang)
        return paths + more, whole
    for format in options.formats:
        if format != TEXT:
            paths += export(first, target.with_name(f"{target.name}.{format}"), format, options.lang)
    if options.spool:
        write_whole(spool_path(Path(options.out), job.name), pickle.dumps(first))
    return paths, first


def stamp(path: Path, options: Options) -> list[int]:
    """Size and time of an input, its sidecar and the table of all: a cheap sign that they are as they were."""
    out: list[int] = []
    for file in (path, path.with_name(f"{path.stem}.meta.json"), *([Path(options.meta)] if options.meta else [])):
        with suppress(OSError):
            info = file.stat()
            out += [info.st_size, info.st_mtime_ns]
    return out


def spool_path(out: Path, name: str) -> Path:
    """Where a document's extraction waits for the database."""
    return out / HIDDEN / "spool" / f"{sha256(name.encode(errors='surrogatepass')).hexdigest()[:32]}.pickle"


def output_paths(name: str, options: Options) -> list[Path]:
    """Every file that a document's outputs are."""
    target = Path(options.out) / name
    return [target.with_name(file) for format in with_text(options.formats) for file in file_names(target.name, format)]


def remove_outputs(name: str, options: Options) -> None:
    """Leave nothing of a document that could not be done: neither half of it, nor what an earlier run made."""
    for path in output_paths(name, options):
        with suppress(OSError):
            path.unlink(missing_ok=True)
