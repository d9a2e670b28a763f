"""Files appear whole or not at all: written under a temporary name in the same folder, then renamed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zlib import crc32

from govextract.errors import WriteError

DRAFT = re.compile(r"\..*\.(\d+)\.part")


def write_whole(path: Path, content: bytes) -> Path:
    """Put *content* at *path* in one step; an existing file is replaced only by a whole one."""
    with written_whole(path) as stream:
        stream.write(content)
    return path


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which appears at *path* once all of it is written, and not at all where that fails."""
    # the sum tells apart what begins alike; a whole name may be as long as a name can be
    draft = path.with_name(f".{path.name[:40]}.{crc32(path.name.encode(errors='replace')):08x}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("wb") as stream:
                yield stream
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(path, f"cannot be written: {(error.strerror or str(error)).lower()}") from error


def remove_drafts(folder: Path, process: int | None = None) -> None:
    """Remove what a killed *process* (by default: any) left half written in *folder*, and in no folder below it."""
    if folder.is_dir():
        for path in folder.iterdir():
            found = DRAFT.fullmatch(path.name)
            if found and process in (None, int(found[1])):
                path.unlink(missing_ok=True)


def encoded(text: str, encoding: str = "utf-8") -> bytes:
    r"""Text as bytes. A lone surrogate, which no encoding can hold, is written as its escape \udXXX."""
    return text.encode(encoding, "backslashreplace")
