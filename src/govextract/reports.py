"""Which reports a list of files and folders stands for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from govextract.errors import ReadError
from govextract.export.datapackage import FILE_NAME, described
from govextract.read.kinds import OLD, SUFFIXES

ARCHIVE = ".zip"
NO_REPORT = ("readme",)  # what lies in a folder of reports and is about them
EMPTY = "holds no reports"
OUTPUTS = (".json", ".jsonl")  # what is read back where it stands without its report, the fuller one first


def report_files(paths: Iterable[Path]) -> list[Path]:
    """The files named and those below the folders named, sorted, each once; of folders no archives.

    Raises ReadError: a folder without reports, or one that cannot be read.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in [path] if not path.is_dir() else folder_files(path):
            if isinstance(file, ReadError):
                raise file
            if not path.is_dir() or (file.suffix.lower() != ARCHIVE and not _is_output(file)):
                found[file] = None
    return list(found)


def all_files(paths: Iterable[Path]) -> Iterator[Path | ReadError]:
    """The files named and those below the folders named, each once: reports, archives of them, outputs of ours whose
    report is not beside them; in the place of a folder that cannot be read, or holds nothing, its error.
    """
    seen: set[Path] = set()
    for path in paths:
        for file in folder_files(path) if path.is_dir() else [path]:
            if isinstance(file, ReadError):
                yield file
            elif file not in seen:
                seen.add(file)
                yield file


def folder_files(folder: Path) -> list[Path | ReadError]:
    """The reports and outputs below a folder, sorted by their paths; what cannot be read is told, the rest stands.

    Links to folders are followed, each folder once. Files that a datapackage.json of ours lists are outputs.
    """
    files: list[Path] = []
    errors: list[ReadError] = []
    seen: set[tuple[int, int]] = set()

    def note(error: OSError) -> None:
        errors.append(ReadError(error.filename or folder, f"cannot be read: {(error.strerror or str(error)).lower()}"))

    for top, folders, names in os.walk(folder, onerror=note, followlinks=True):
        try:
            status = Path(top).stat()
        except OSError as error:
            note(error)
            folders.clear()
            continue
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()  # a link that leads back
            continue
        seen.add((status.st_dev, status.st_ino))
        files += _chosen(Path(top), names)
    if not files and not errors:
        errors.append(ReadError(folder, EMPTY, f"they end in {', '.join(SUFFIXES)}"))
    return [*sorted(files), *errors]


def _chosen(folder: Path, names: list[str]) -> list[Path]:
    """The reports of one folder, and the outputs that have no report beside them."""
    ours = described(folder) if FILE_NAME in names else set()
    paths = [folder / name for name in names]
    reports = [p for p in paths if p.suffix.lower() in (*SUFFIXES, *OLD) and p.name not in ours and _is_file(p)]
    reports = [report for report in reports if report.stem.lower() not in NO_REPORT]
    stems = {report.stem for report in reports}
    outputs: dict[str, Path] = {}
    for suffix in OUTPUTS:
        for path in paths:
            if path.suffix == suffix and path.name in ours and path.stem not in stems and _is_file(path):
                outputs.setdefault(path.stem, path)
    return [*reports, *outputs.values()]


def _is_output(path: Path) -> bool:
    return path.suffix.lower() in OUTPUTS


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
