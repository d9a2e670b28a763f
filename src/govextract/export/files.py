"""Files appear whole or not at all: written under a temporary name in the same folder, then renamed."""

from __future__ import annotations

import os
from pathlib import Path

from govextract.errors import WriteError


def write_whole(path: Path, content: bytes) -> Path:
    """Put *content* at *path* in one step; an existing file is replaced only by a whole one."""
    draft = path.with_name(f".{path.name[:40]}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("wb") as stream:
                stream.write(content)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(path, f"cannot be written: {(error.strerror or str(error)).lower()}") from error
    return path


def encoded(text: str, encoding: str = "utf-8") -> bytes:
    r"""Text as bytes. A lone surrogate, which no encoding can hold, is written as its escape \udXXX."""
    return text.encode(encoding, "backslashreplace")
