"""docs/serve.md: every request of it is made, of a server that its first lines start."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from govextract.cli import app
from tests.conftest import ROOT
from tests.serving import Server, serving

PAGE = (ROOT / "docs/serve.md").read_text("utf-8")
LINES = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
REQUESTS = [line for line in LINES if line.startswith("curl ")]

needs_curl = pytest.mark.skipif(not shutil.which("curl"), reason="curl is not here (Debian: apt-get install curl)")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """What the page's first block starts, in a folder with the corpus."""
    here = tmp_path_factory.mktemp("serve-docs")
    shutil.copytree(ROOT / "corpus", here / "corpus")
    parse, serve, *_ = LINES
    assert serve == "govextract serve output"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        assert not app(shlex.split(parse)[1:], standalone_mode=False)
        document = json.loads((here / "output/yunling-2024-gwr.json").read_text("utf-8"))["document"]
        anchor = {"mention": "5.6%", "sentence": "增长5.6%。", "span": {"start": 0, "end": 4}}
        row = {"decision": "reject", "document": document["name"], "sha256": document["sha256"], **anchor}
        (here / "yunling-2024-gwr.decisions.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
        with serving(here / "output") as running:
            yield running


@needs_curl
@pytest.mark.parametrize("line", REQUESTS, ids=range(len(REQUESTS)))
def test_requests_are_answered(line: str, server: Server) -> None:
    command = shlex.split(line.replace("http://127.0.0.1:8765", server.address))
    done = subprocess.run(command, cwd=server.folder.parent, capture_output=True, check=True, timeout=60)
    if line.endswith("decisions"):
        assert done.stdout.count(b"\n") in (0, 1)
    else:
        answer = json.loads(done.stdout)
        assert "error" not in answer
        assert answer.get("total", 1) > 0


def test_the_page_shows_every_address(server: Server) -> None:
    described = server.get("/openapi.json").json()["paths"]
    shown = {
        re.sub(r"(?<=/documents/)[^/]+", "{id}", path) for path in re.findall(r"127\.0\.0\.1:8765(/[^\s'?]*)", PAGE)
    }
    assert set(described) <= shown
