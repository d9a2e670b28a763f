"""The command `serve`: the review page and the JSON API over a folder of outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govextract.cli_options import RulesOption
from govextract.counting import several
from govextract.errors import GovextractError
from govextract.terminal import tell


def serve_folder(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="What govextract parse wrote.")] = Path("output"),
    host: Annotated[str, typer.Option(metavar="HOST", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65535, help="0 takes any that is free.")] = 8765,
    token: Annotated[
        str, typer.Option(metavar="TOKEN", envvar="GOVEXTRACT_TOKEN", help="What clients have to show.")
    ] = "",
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Let other machines in (with --host and --token).")
    ] = False,
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.01, help="What one report may take to parse.")
    ] = 30.0,
    rules: RulesOption = None,
) -> None:
    """Show the reports of a folder in the browser, search them, and answer programs in JSON."""
    try:
        from govextract.serve.run import serve
    except ImportError as error:
        if (error.name or "").startswith("govextract"):
            raise
        raise GovextractError(f"serve needs {error.name}, which is not here: pip install 'govextract[serve]'") from None

    serve(
        folder, host, port, token=token, remote=allow_remote, rules=rules, seconds=timeout,
        started=lambda address, count: tell(f"{several(count, 'report')} at {address} (Ctrl-C stops)"),
    )  # fmt: skip
