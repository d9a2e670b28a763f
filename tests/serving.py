"""A server in a process of its own, for the tests: started on a free loopback port, asked, ended."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from govextract import export
from govextract.parse import parse_document
from govextract.read import read_document
from govextract.rulebook import Rulebook


@dataclass
class Answer:
    """Status, headers (names in small letters) and body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Server:
    """Where a server listens."""

    port: int
    folder: Path
    process: int
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request on a connection of its own; the path is sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, {**self.headers, **(headers or {})})
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, {name.replace("_", "-"): value for name, value in headers.items()})


def put_output(report: Path, folder: Path, book: Rulebook) -> None:
    """What `parse` makes of a report, and its text beside it."""
    extraction = parse_document(read_document(report), book)
    export.export(extraction, folder / f"{report.stem}.json")
    (folder / f"{report.stem}.txt").write_text(extraction.document.text, "utf-8", newline="")


@contextmanager
def serving(folder: Path, *options: str, env: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server over *folder*; it has to end within a moment of being told to, and say nothing on the way."""
    command = [sys.executable, "-m", "govextract.cli", "serve", str(folder), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **(env or {})})
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        found = re.search(r"http://[^/]*:(\d+)/ ", line)
        assert found, line + process.stderr.read()
        yield Server(int(found[1]), folder, process.pid)
    finally:
        process.terminate()
        told = process.communicate(timeout=20)[1]
    assert "Traceback" not in told, told
    assert "rror" not in told, told


def chromium() -> str | None:
    """Where Chromium is."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
