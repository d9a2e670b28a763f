"""The command `govextract batch`: many reports, in parallel, resumable."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govextract.cli_data import loaded_text
from govextract.cli_options import MetaOption, RulesOption
from govextract.errors import GovextractError
from govextract.terminal import Lang, complain, show, tell, usage

if TYPE_CHECKING:
    from govextract.batch import Summary

SHELL = 128  # what shells add to the signal that ended a command


class Stale(StrEnum):
    """What becomes of documents that other rules or another version have done."""

    keep = "keep"
    redo = "redo"


class Engine(StrEnum):
    """What runs the workers."""

    processes = "processes"
    dask = "dask"


def batch(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Reports, and folders with all reports below.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="A new folder, or with --resume that of the batch.")
    ],
    format: Annotated[str, typer.Option("-f", "--format", metavar="LIST", help="As of parse.")] = "csv,json",
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", metavar="N", min=1, help="Processes; by default one a processor.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="URL", help="Load them: sqlite:///FILE, duckdb:///…, postgresql://…")
    ] = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help="Go on with the batch in DIR: do what is not done, what failed, and what has changed. "
            "Without it a folder that holds a batch is refused.",
        ),
    ] = False,
    stale: Annotated[
        Stale, typer.Option("--stale", help="With --resume: documents that other rules or another version have done.")
    ] = Stale.keep,
    timeout: Annotated[
        float,
        typer.Option("--timeout", metavar="SECONDS", min=0.1, help="What a document may take; a minute a MB is added."),
    ] = 60.0,
    meta: MetaOption = None,
    rules: RulesOption = None,
    lang: Annotated[Lang, typer.Option(help="Language of column heads.")] = Lang.en,
    engine: Annotated[Engine, typer.Option("--engine", help="Processes of this machine, or a Dask cluster.")] = (
        Engine.processes
    ),
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="URL", help="Dask's: tcp://HOST:8786; else one is started.")
    ] = None,
) -> None:
    """Turn many reports into records, in parallel; go on after a stop; exit 1 where a document failed."""
    from govextract.batch import BatchError, Stopped, run_batch
    from govextract.render.batch import failures_text, summary_text
    from govextract.render.progress import Progress

    if scheduler is not None and engine is not Engine.dask:
        usage("--scheduler is Dask's: say --engine dask too")
    if stale is not Stale.keep and not resume:
        usage("--stale says what --resume does: say --resume too")
    progress = Progress()
    formats = list(dict.fromkeys(format.replace(" ", "").split(",")))
    try:
        summary: Summary = run_batch(
            paths, output, formats=formats, lang=lang, rules=rules, workers=jobs, to=to, resume=resume,
            stale=stale.value, timeout=timeout, engine=engine.value, scheduler=scheduler, meta=meta,
            watch=progress.update,
        )  # fmt: skip
    except Stopped as stopped:
        progress.close()
        raise SystemExit(complain(stopped, SHELL + stopped.signal)) from None  # typer's own 130 says more
    except BatchError as error:
        progress.close()
        raise typer.Exit(complain(error, 2)) from None
    except GovextractError:
        progress.close()
        raise
    progress.close()
    tell(failures_text(summary))
    show(summary_text(summary))
    if summary.loaded is not None:
        tell(loaded_text(summary.loaded))
    raise typer.Exit(int(bool(summary.failures)))
