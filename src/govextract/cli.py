"""The command line: which commands there are, and what becomes of their failures."""

from __future__ import annotations

import gc
import os
import sys
from collections import UserDict
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from govextract import __version__
from govextract.cli_options import PLAIN
from govextract.errors import GovextractError
from govextract.terminal import complain, show

HELP = "Turn the prose of Chinese government reports into rows: indicator, value, unit, period, comparison."
INTERRUPTED = 130  # what shells expect after Ctrl-C

# The commands in the order of --help, and where each is: a function, or an app of subcommands. They hold no logic.
COMMANDS = {
    "parse": "cli_parse:parse",
    "batch": "cli_batch:batch",
    "load": "cli_data:load_reports",
    "panel": "cli_data:make_panel",
    "chart": "cli_chart:make_chart",
    "serve": "cli_serve:serve_folder",
    "check": "cli_check:check",
    "explain": "cli_check:explain",
    "eval": "cli_check:evaluate",
    "schema": "cli_parse:schema",
    "rules": "cli_rules:rules_app",
    "review": "cli_review:review_app",
}


class Built(UserDict[str, Any]):
    """COMMANDS as typer wants them, each built when it is looked up: to build all takes as long as to read a report."""

    def __getitem__(self, name: str) -> Any:
        if isinstance(self.data[name], str):
            self.data[name] = _built(name, self.data[name])
        return self.data[name]


class Commands(TyperGroup):
    """The program's own commands."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = Built(COMMANDS)


def _built(name: str, place: str) -> Any:
    module, _, attribute = place.partition(":")
    made = getattr(import_module(f"govextract.{module}"), attribute)
    if isinstance(made, typer.Typer):
        return get_command(made)
    alone = typer.Typer(add_completion=False, **PLAIN)
    alone.command(name)(made)
    return get_command(alone)


app = typer.Typer(cls=Commands, help=HELP, **PLAIN)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Runs before every command."""
    if version:
        show(f"govextract {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        show(context.get_help())


def main() -> None:
    """What the command `govextract` runs. A failure is one line on standard error, never a traceback."""
    # A run is short and makes few cycles: looking for them at the usual pace costs a twentieth of it.
    gc.set_threshold(500_000, 20, 50)
    # No pydantic plugin has a part in this program, and looking for one reads every installed package's metadata.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a character shows its escape
            stream.reconfigure(errors="backslashreplace")
    try:
        status = app(standalone_mode=False)
        if status == INTERRUPTED:  # typer catches Ctrl-C itself
            complain("stopped")
    except GovextractError as error:
        status = complain(error)
    except (KeyboardInterrupt, typer.Abort):
        status = complain("stopped", INTERRUPTED)
    except OSError as error:
        status = complain(f"{error.filename or 'system'}: {(error.strerror or str(error)).lower()}")
    except Exception as error:
        status = _failure(error)
    gc.freeze()  # the interpreter, as it ends, need not search everything for cycles once more
    raise SystemExit(status)


def _failure(error: Exception) -> int:
    """A wrong option (2), or a fault of the program itself (1)."""
    if hasattr(error, "format_message"):  # the usage errors of typer, whose class has moved between versions
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "govextract"
        return complain(f"{error.format_message().rstrip('.')} (see {command} --help)", status=2)
    if os.environ.get("GOVEXTRACT_DEBUG"):
        raise error
    told = " ".join(str(error).split())
    return complain(f"internal: {type(error).__name__}: {told} (GOVEXTRACT_DEBUG=1 shows where)")


if __name__ == "__main__":
    main()
