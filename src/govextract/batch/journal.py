"""What a batch has done so far, on disk: a line is added as each document ends, and none is ever changed.

JSON Lines rather than a database: to add a line is all that is done to it, a kill or a power cut can spoil nothing but
its end, which is noticed and cut off, any tool reads it, and it needs no locks that a network's file system may lack.
The manifest, which has no times and stands in the order of the inputs, is made of it when the batch ends.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from govextract.batch.entry import Result
from govextract.batch.plan import BatchError
from govextract.batch.work import HIDDEN, Options
from govextract.errors import WriteError
from govextract.export.files import encoded

SYNC = 1.0  # seconds after which lines are made to last beyond a power cut
VERSION = 1  # of the lines


class Journal:
    """The lines of a batch: `places` is where the last line of each name begins."""

    def __init__(self, out: Path, stream: IO[bytes]) -> None:
        self.out, self.stream = out, stream
        self.places: dict[str, int] = {}
        self.run: dict[str, Any] | None = None
        self.synced = time.monotonic()
        self._read()

    def _read(self) -> None:
        """Take up what stands there; a broken end is cut off."""
        place = 0
        for line in self.stream:
            try:
                content = json.loads(line)
                if not line.endswith(b"\n"):
                    break
                if "run" in content:
                    self.run = content["run"]
                else:
                    self.places[content["entry"]["name"]] = place
            except (ValueError, LookupError, TypeError):
                break
            place += len(line)
        self.stream.truncate(place)
        self.stream.seek(place)

    def begin(self, options: Options) -> None:
        """Say what this run is, in a journal without documents; BatchError where it has some of another kind of run."""
        own = {"version": VERSION, "formats": list(options.formats), "lang": options.lang}
        if self.run is None or not self.places:
            self.stream.truncate(0)
            self.run = own
            self._add({"run": own})
        elif self.run != own:
            formats, lang = ",".join(self.run.get("formats", ())), self.run.get("lang")
            raise BatchError(f"{self.out} was begun with -f {formats} --lang {lang}; say the same, or another folder")

    def add(self, result: Result) -> None:
        """A document has ended."""
        self.places[result.entry.name] = self.stream.tell()
        self._add(result.plain())

    def _add(self, content: dict[str, Any]) -> None:
        try:
            self.stream.write(encoded(json.dumps(content, ensure_ascii=False)) + b"\n")
            self.stream.flush()
            if time.monotonic() - self.synced > SYNC:
                os.fsync(self.stream.fileno())
                self.synced = time.monotonic()
        except OSError as error:
            raise WriteError(
                self.out / HIDDEN, f"cannot be written: {(error.strerror or str(error)).lower()}"
            ) from None

    def result(self, name: str) -> Result | None:
        """What is known of one name."""
        if name not in self.places:
            return None
        end = self.stream.tell()
        self.stream.seek(self.places[name])
        content = json.loads(self.stream.readline())
        self.stream.seek(end)
        return Result.made(content)

    def there(self, result: Result) -> bool:
        """Whether all outputs of a document are where they were written, as long as they were."""
        with suppress(OSError):
            return all((self.out / file).stat().st_size == size for file, size in result.files.items())
        return False


@contextmanager
def opened(out: Path) -> Iterator[Journal]:
    """The journal of the batch in *out*, made where there is none; BatchError where another process has it open."""
    folder = out / HIDDEN
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / "journal.jsonl").open("a+b")
    except OSError as error:
        raise WriteError(out, f"cannot be written: {(error.strerror or str(error)).lower()}") from None
    with stream:
        try:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the kernel lifts it however the process ends
        except ImportError:
            pass
        except OSError:
            raise BatchError(f"{out}: another batch is writing there; wait for it, or choose another folder") from None
        stream.seek(0)
        yield Journal(out, stream)
        stream.flush()
        os.fsync(stream.fileno())
