"""Records out to annotation tools and gold, and what a person changed there back as decisions. One module a format.

A format has `written(name, extraction, reviewed) -> dict of file names to contents` and
`said(path, extraction) -> list[Said] | None` (None where the file does not speak of that report).
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from govextract.errors import GovextractError

FORMATS = {"gold": "gold", "label-studio": "label_studio", "doccano": "doccano"}


def format_module(format: str) -> ModuleType:
    """The module of *format*."""
    if format not in FORMATS:
        raise GovextractError(f"unknown format {format!r}; choose one of: {', '.join(FORMATS)}")
    return import_module(f"{__name__}.{FORMATS[format]}")
