"""Write what a report yields to files. One module per format: the module's name is the format's name.

A format is a module of this package with `write(extraction, path, lang) -> list[Path]` (the files it wrote) and its
MEDIA_TYPE; SUFFIX where its files do not end in its name, ENDINGS where it writes a file for each of `rows.TABLES`.
One that is text also has `text(extraction, lang) -> str`, which is what `-o -` prints.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from govextract.errors import GovextractError
from govextract.export.datapackage import FILE_NAME, describe, described, file_names, format_module, with_text
from govextract.read.kinds import stem

__all__ = [
    "FILE_NAME",
    "check_name",
    "check_targets",
    "describe",
    "described",
    "export",
    "export_all",
    "formats",
    "text",
]

if TYPE_CHECKING:
    from govextract.model import Extraction


def formats() -> list[str]:
    """The names of the formats that can be written, sorted."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(name for name in names if hasattr(format_module(name), "write"))


def export(extraction: Extraction, path: Path, format: str = "", lang: str = "en") -> list[Path]:
    """Write *extraction* to *path* and return the files made. The format defaults to the file's suffix."""
    written: list[Path] = _known_format(format or path.suffix.lstrip(".")).write(extraction, path, lang)
    return written


def text(extraction: Extraction, format: str, lang: str = "en") -> str:
    """What `write` would put into the (first) file, for standard output."""
    module = _known_format(format)
    if not hasattr(module, "text"):
        raise GovextractError(f"{format} is no text and cannot be printed; write it to a folder with -o DIR")
    content: str = module.text(extraction, lang)
    return content


def export_all(extraction: Extraction, folder: Path, name: str, formats: Sequence[str], lang: str = "en") -> list[Path]:
    """Write NAME.FORMAT for each format and NAME.txt, the text that spans point into, to *folder*; the files made."""
    return [
        path for format in with_text(formats) for path in export(extraction, folder / f"{name}.{format}", format, lang)
    ]


def check_targets(reports: Sequence[Path], folder: Path | None, formats: Sequence[str]) -> None:
    """Raise where a format is unknown, or where outputs would overwrite each other or a report.

    A folder of None is standard output, which takes one format, and one report unless it is JSON Lines.
    """
    for format in formats:
        _known_format(format)
    if folder is not None:
        _check_files(reports, folder, formats)
    elif len(formats) > 1:
        raise GovextractError(f"-o - prints one format, not {len(formats)}; name one with -f")
    elif len(reports) > 1 and formats[0] != "jsonl":
        raise GovextractError("-o - prints one report; give one file, or -f jsonl")


def check_name(name: str, taken: set[str], folder: Path | None, formats: Sequence[str]) -> None:
    """Raise where a report out of an archive would overwrite one that was written, or cannot be printed behind it; else
    *taken* holds its name too.
    """
    if folder is None and taken and formats[0] != "jsonl":
        raise GovextractError(f"-o - prints one report; {name} is another: give a folder, or -f jsonl")
    if name.casefold() in taken:
        raise GovextractError(f"{name} would be written twice; parse them in two runs with different folders (-o)")
    taken.add(name.casefold())


def _check_files(reports: Sequence[Path], folder: Path, formats: Sequence[str]) -> None:
    inputs = {report.resolve() for report in reports}
    owner: dict[str, Path] = {}
    for report in reports:
        if report.suffix.lower() == ".zip":
            continue  # named by its members: `check_name`
        for target in (folder / name for format in with_text(formats) for name in file_names(stem(report), format)):
            other = owner.setdefault(target.name.casefold(), report)  # some file systems do not tell X from x
            if other is not report:
                hint = "parse them in two runs with different folders (-o)"
                raise GovextractError(f"{other} and {report} would both be written to {target}; {hint}")
            own = target.suffix == ".txt" and target.resolve() == report.resolve()  # then it stays as it is
            if target.resolve() in inputs and not own:
                raise GovextractError(f"{target} is a report and would be overwritten; choose another folder (-o)")
            if target.name == FILE_NAME:
                raise GovextractError(f"{target} has to describe the other files; rename {report}")


def _known_format(format: str) -> ModuleType:
    """The module of *format*; only that one is imported, so that a heavy format costs the others nothing."""
    if format in {module.name for module in pkgutil.iter_modules(__path__)}:
        module = format_module(format)
        if hasattr(module, "write"):
            return module
    raise GovextractError(f"unknown format {format!r}; choose one of: {', '.join(formats())}")
