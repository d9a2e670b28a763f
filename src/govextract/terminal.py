"""What the command line says, and on which stream: messages on standard error, data on standard output."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import NoReturn

import typer

from govextract.errors import GovextractError


class Lang(StrEnum):
    """The language of column heads, messages, pictures, pages."""

    en = "en"
    zh = "zh"


def complain(error: GovextractError | str, status: int = 1) -> int:
    """Say what is wrong, one line a problem; gives the exit code back."""
    for problem in getattr(error, "problems", [error]):
        tell(f"error: {problem}")
    return status


def usage(message: str) -> NoReturn:
    """Stop: the command was typed wrong."""
    raise typer.Exit(complain(message, status=2))


def tell(message: str) -> None:
    """A message, on standard error."""
    if message:
        typer.echo(message, err=True)


def show(text: str) -> None:
    """Text for the reader, on standard output."""
    _send(text + "\n")


def data(text: str) -> None:
    """Data, on standard output: UTF-8 whatever the terminal speaks, the same bytes as in a file."""
    from govextract.export.files import encoded

    _send(encoded(text))


def _send(content: str | bytes) -> None:
    try:
        typer.echo(content, nl=False)
    except BrokenPipeError:
        # the reader has gone (`| head`): go on in silence, there may be files still to write
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
