"""The server as its clients see it: a real process on a loopback port, friendly and hostile requests."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from govextract.rulebook import Rulebook
from govextract.serve.folder import Folder, id_of
from govextract.serve.guard import host_name
from govextract.serve.openapi import description
from govextract.serve.search import Wanted, matching
from govextract.serve.workers import safe_name
from tests.serving import Server, chromium, put_output, serving

HOSTILE = """<script>alert(1)</script>政府工作报告

2024年1月23日

"><img src=x onerror=alert(1)>云岭省地区生产总值18640.5亿元，增长</script>5.6%。
"""
JSON = {"Content-Type": "application/json"}
TOKEN = "a-token-of-the-tests"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, corpus: list[Path], book: Rulebook) -> Path:
    here = tmp_path_factory.mktemp("served")
    for report in corpus[:3]:
        put_output(report, here, book)
    (here / "2024").mkdir()
    put_output(next(path for path in corpus if path.stem == "yunling-2024-gwr"), here / "2024", book)
    hostile = here / "<b>hostile&.txt"
    hostile.write_text(HOSTILE, "utf-8")
    put_output(hostile, here, book)
    (here / "broken.json").write_text("{", "utf-8")
    (here / "datapackage.json").write_text("{}", "utf-8")
    (here / ".hidden").mkdir()
    (here / ".hidden" / "secret.json").write_text("{}", "utf-8")
    outside = tmp_path_factory.mktemp("outside")
    put_output(corpus[0], outside, book)
    (here / "link.json").symlink_to(next(outside.glob("*.json")))
    return here


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serving(folder) as running:
        yield running


# --- the API


def test_documents(server: Server) -> None:
    listed = server.get("/documents").json()
    names = [document["id"] for document in listed["documents"]]
    assert names == sorted(names)
    assert {"2024~1yunling-2024-gwr", "<b>hostile&", "haoling-2024h1-plan"} <= set(names)
    assert len(names) == 5
    assert listed["unreadable"] == [{"id": "broken", "error": "is no whole JSON"}]
    whole = server.get("/documents/2024~1yunling-2024-gwr")
    assert whole.body == (server.folder / "2024" / "yunling-2024-gwr.json").read_bytes()
    records = server.get("/documents/2024~1yunling-2024-gwr/records").json()["records"]
    assert records == whole.json()["records"]


def test_parse_gives_what_the_command_gives(server: Server, corpus: list[Path], tmp_path: Path) -> None:
    report = corpus[0]
    options = ["--region", "青石县", "--date", "2025-02-01"]
    command = [sys.executable, "-m", "govextract.cli", "parse", str(report), "-f", "json", "-o", "-", *options]
    wanted = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    fields = {"region": "青石县", "date": "2025-02-01"}
    body, kind = form({"file": (report.name, report.read_bytes()), **fields})
    assert server.ask("POST", "/parse", body, {"Content-Type": kind}).body == wanted
    text = report.read_text("utf-8")
    by_text = server.ask("POST", "/parse", json.dumps({"text": text, **fields}).encode(), JSON).json()
    for record, other in zip(by_text["records"], json.loads(wanted)["records"], strict=True):
        assert {**record, "id": ""} == {**other, "id": ""}


def form(fields: dict[str, Any]) -> tuple[bytes, str]:
    """multipart/form-data."""
    parts = b""
    for name, value in fields.items():
        file = ""
        if isinstance(value, tuple):
            file, value = f'; filename="{value[0]}"', value[1]
        head = f'--xyz\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode()
        parts += head + (value if isinstance(value, bytes) else value.encode()) + b"\r\n"
    return parts + b"--xyz--\r\n", "multipart/form-data; boundary=xyz"


RECORDS = [
    ("an alias of the catalogue", "indicator=GDP&measure=growth", {"indicator_id": {"gdp"}, "measure": {"growth"}}),
    ("an id", "indicator=gdp", {"indicator_id": {"gdp"}}),
    ("part of a region", f"region={quote('桑河')}", {"region": {"桑河县"}}),
    ("a document by its place", f"q={quote('18640.5 生产总值')}&measure=level", {"value": {18640.5}}),
]


@pytest.mark.parametrize(("why", "query", "wanted"), RECORDS, ids=[row[0] for row in RECORDS])
def test_records_are_found(why: str, query: str, wanted: dict[str, set[Any]], server: Server) -> None:
    found = server.get(f"/records?{query}").json()
    assert found["total"] == len(found["records"]) > 0
    for name, values in wanted.items():
        assert {record[name] for record in found["records"]} & values
        assert name == "value" or {record[name] for record in found["records"]} == values


def test_records_come_in_pieces(server: Server) -> None:
    everything = server.get("/records?limit=1000").json()
    pieces: list[Any] = []
    while len(pieces) < everything["total"]:
        pieces += server.get(f"/records?limit=97&offset={len(pieces)}").json()["records"]
    assert pieces == everything["records"]
    assert server.get(f"/records?offset={10**8}").json()["records"] == []


def test_width_and_case_do_not_matter(folder: Path, book: Rulebook) -> None:
    entries = list(Folder(folder).listing()[0].values())
    narrow, wide = (list(matching(entries, Wanted(q=q), book)) for q in ("5.6% gdp", "５.６％ ＧＤＰ"))
    assert narrow == wide
    assert len(list(matching(entries, Wanted(q="5.6%"), book))) > 0


def test_a_changed_folder_is_read_again(corpus: list[Path], book: Rulebook, tmp_path: Path) -> None:
    served = Folder(tmp_path)
    assert served.listing() == ({}, {})
    put_output(corpus[0], tmp_path, book)
    first = served.listing()[0][corpus[0].stem]
    assert served.listing()[0][corpus[0].stem] is first
    output = tmp_path / f"{corpus[0].stem}.json"
    output.write_text(output.read_text("utf-8") + "\n", "utf-8")
    assert served.listing()[0][corpus[0].stem] is not first
    output.unlink()
    assert served.listing() == ({}, {})


def test_ids_are_one_to_one() -> None:
    paths = ["a/b.json", "a~1b.json", "a~b.json", "a~0b.json", "a.b.json", "a/~b.json", "a~/b.json"]
    assert len({id_of(Path(path)) for path in paths}) == len(paths)


def decision(server: Server, **fields: Any) -> bytes:
    document = server.get("/documents/haoling-2024h1-plan").json()["document"]
    plain = {"decision": "reject", "document": document["name"], "sha256": document["sha256"]}
    anchor = {"mention": "5.7%", "sentence": "增长5.7%。", "span": {"start": 0, "end": 4}}
    return json.dumps(plain | anchor | fields).encode() + b"\n"


def test_decisions_are_kept_beside_the_output(server: Server) -> None:
    path = "/documents/haoling-2024h1-plan/decisions"
    before = server.get(path)
    assert (before.status, before.body) == (200, b"")
    content = decision(server) * 2
    put = server.ask("PUT", path, content, {"If-Match": before.headers["etag"]})
    assert (put.status, put.json()) == (200, {"decisions": 2})
    kept = server.folder / "haoling-2024h1-plan.decisions.jsonl"
    assert kept.read_bytes() == content == server.get(path).body
    assert server.get(path).headers["etag"] == put.headers["etag"]
    late = server.ask("PUT", path, b"", {"If-Match": before.headers["etag"]})
    assert (late.status, kept.read_bytes()) == (412, content)
    (listed,) = [d for d in server.get("/documents").json()["documents"] if d["id"] == "haoling-2024h1-plan"]
    assert listed["decisions"] == 2


OTHER = json.dumps(
    {
        "decision": "reject",
        "sha256": "0",
        "document": "other",
        "mention": "1",
        "sentence": "1",
        "span": {"start": 0, "end": 1},
    }
).encode()
BAD_DECISIONS = [
    (b"nonsense", "is no whole JSON in line 1"),
    (b'\n{"decision": "perhaps"}', "is not of this shape in line 2"),
    (b"\xff\xfe", "is no text in UTF-8"),
    (OTHER, "a decision is about another report: other"),
    (b"[" * 100_000, "nested too deeply"),
]


@pytest.mark.parametrize(("content", "told"), BAD_DECISIONS, ids=[row[1] for row in BAD_DECISIONS])
def test_what_is_no_decision_is_not_kept(content: bytes, told: str, server: Server) -> None:
    name = "yunling-2024-gwr"
    answer = server.ask("PUT", f"/documents/2024~1{name}/decisions", content)
    assert answer.status == 400
    assert told in answer.json()["error"]
    assert not (server.folder / "2024" / f"{name}.decisions.jsonl").exists()


# --- what is wrong is JSON in one line

WRONG = [
    ("no such document", "GET", "/documents/nothing", None, {}, 404, "'nothing'; GET /documents lists them"),
    ("a broken one", "GET", "/documents/broken", None, {}, 404, "no document 'broken': is no whole JSON"),
    ("no such address", "GET", "/favicon.ico", None, {}, 404, "nothing is here"),
    ("no such method", "DELETE", "/documents", None, {}, 405, "DELETE is not done here"),
    ("no number", "GET", "/records?limit=x", None, {}, 400, "limit must be a whole number from 1 to 1000"),
    ("too many", "GET", "/records?limit=1001", None, {}, 400, "limit must be"),
    ("a number of another script", "GET", "/records?offset=%D9%A3", None, {}, 400, "offset must be"),
    ("no type", "POST", "/parse", b"x", {}, 415, "send application/json with text, or multipart/form-data with file"),
    ("no JSON", "POST", "/parse", b"{", JSON, 400, "the body is no JSON"),
    ("deep JSON", "POST", "/parse", b"[" * 200_000, JSON, 400, "the body is no JSON"),
    ("no object", "POST", "/parse", b"[]", JSON, 400, "one object of texts: text, region, date, period"),
    ("no text", "POST", "/parse", b'{"text": " "}', JSON, 400, "text is empty"),
    ("a number as text", "POST", "/parse", b'{"text": 5}', JSON, 400, "one object of texts"),
    ("an unknown key", "POST", "/parse", b'{"text": "5%", "rules": "/"}', JSON, 400, "unknown key 'rules'"),
    ("no day", "POST", "/parse", b'{"text": "5%", "date": "2024-02-31"}', JSON, 400, "is no day of the calendar"),
    ("no file", "POST", "/parse", *form({"region": "x"}), 400, "the form has no file"),
    ("no form", "POST", "/parse", b"x", {"Content-Type": "multipart/form-data"}, 400, "the form cannot be read"),
    ("half a form", "POST", "/parse", form({"file": ("a.txt", b"x")})[0][:60], form({})[1], 400, "the form"),
    ("an empty file", "POST", "/parse", *form({"file": ("a.txt", b"")}), 400, "a.txt: is empty"),
    ("a binary file", "POST", "/parse", *form({"file": ("a.txt", bytes(range(256)) * 9)}), 400, "a.txt: is binary"),
    ("a name that climbs", "POST", "/parse", *form({"file": ("../../x.txt", b"")}), 400, "x.txt: is empty"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "method", "path", "body", "headers", "status", "told"), WRONG, ids=[row[0] for row in WRONG]
)
def test_errors(
    why: str, method: str, path: str, body: bytes | None, headers: Any, status: int, told: str, server: Server
) -> None:
    answer = server.ask(method, path, body, {"Content-Type": headers} if isinstance(headers, str) else headers)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/json"
    assert list(answer.json()) == ["error"]
    assert told in answer.json()["error"]
    assert "\n" not in answer.json()["error"]


def test_a_report_with_lone_surrogates_and_controls(server: Server) -> None:
    body = json.dumps({"text": "2023年\ud800，全省用电量\x00增长5.2%。\u2028", "region": "\udfff"}).encode()
    answer = server.ask("POST", "/parse", body, JSON)
    assert answer.status == 200
    assert [record["value"] for record in answer.json()["records"]] == [5.2]


NAMES = [
    ("../../etc/passwd", "passwd"), ("..\\..\\a.txt", "a.txt"), ("a\x00b\n.txt", "ab.txt"), ("...", "report"),
    ("", "report"),    ("报" * 300 + ".txt", "报" * 60 + ".txt"), (".htaccess", "htaccess"), ("C:\\x\\y.md", "y.md"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "kept"), NAMES, ids=range(len(NAMES)))
def test_names_of_uploads(given: str, kept: str) -> None:
    assert safe_name(given) == kept


# --- nothing outside the folder

CLIMBING = [
    "/documents/../../etc/passwd", "/documents/..%2f..%2fetc%2fpasswd", "/documents/%2e%2e%2fbroken",
    "/documents/~1etc~1passwd", "/documents/..~1..~1etc~1passwd", "/documents/.hidden~1secret", "/documents/link",
    "/documents/datapackage", "/review/..%2fx", "/assets/..%2fapp.py", "/assets/../app.py", "/assets/texts.json",
    "//etc/passwd", "/documents/%00", "/documents/..%5c..%5cx", "/documents/2024%2fyunling-2024-gwr",
]  # fmt: skip


@pytest.mark.parametrize("path", CLIMBING)
def test_no_way_out_of_the_folder(path: str, server: Server) -> None:
    assert server.get(path).status == 404
    assert server.ask("PUT", f"{path}/decisions", b"").status in (404, 405)


# --- who may ask


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "", "[::2]", "[", "a@b"])
def test_other_names_of_this_machine_are_refused(host: str, server: Server) -> None:
    answer = server.get("/documents", Host=host)
    assert (answer.status, "127.0.0.1 and localhost" in answer.text) == (403, True)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "[::1]:8765", "LOCALHOST"])
def test_its_own_names_are_not(host: str, server: Server) -> None:
    assert server.get("/health", Host=host).status == 200


def test_host_names() -> None:
    assert [host_name(host) for host in ("a:1", "[::1]:1", "user@a", "a/b", ":1")] == ["a", "::1", "a", "a", ""]


ELSEWHERE: list[tuple[dict[str, str], bool]] = [
    ({}, True),
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Origin": "http://evil.example"}, False),
    ({"Origin": "null"}, False),
    ({"Origin": "http://127.0.0.1:1"}, False),
]


@pytest.mark.parametrize(("headers", "allowed"), ELSEWHERE, ids=str)
def test_other_sites_can_change_nothing(headers: dict[str, str], allowed: bool, server: Server) -> None:
    body = json.dumps({"text": "2023年，全省用电量增长5.2%。"}).encode()
    assert server.ask("POST", "/parse", body, JSON | headers).status == (200 if allowed else 403)
    assert server.ask("POST", "/parse", body, JSON | {"Origin": server.address}).status == 200


def test_every_answer_tells_the_browser_to_be_strict(server: Server) -> None:
    for path in ("/", "/search?q=5", "/documents", "/nowhere", "/login", "/assets/serve.css"):
        headers = server.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "server" not in headers
        assert "access-control-allow-origin" not in headers


def test_a_token(folder: Path) -> None:
    with serving(folder, env={"GOVEXTRACT_TOKEN": TOKEN}) as server:
        assert server.get("/health").status == 200
        for path in ("/documents", "/", "/records", "/openapi.json", "/assets/bridge.js", "/documents/x", "/nowhere"):
            refused = server.get(path)
            assert (refused.status, refused.headers["www-authenticate"]) == (401, "Bearer")
            assert server.get(path, Authorization=f"Bearer {TOKEN}x").status == 401
            assert server.get(path, Authorization=f"Basic {TOKEN}").status == 401
        assert server.get("/documents", Authorization=f"Bearer {TOKEN}").status == 200
        assert server.get("/documents?token=wrong").status == 401
        page = server.get("/", Accept="text/html")
        assert (page.status, '<form method="post" action="/login">' in page.text) == (401, True)
        once = server.get(f"/search?q=5&token={TOKEN}")
        assert (once.status, once.headers["location"]) == (303, "/search?q=5")
        cookie = once.headers["set-cookie"]
        assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
        assert TOKEN not in cookie
        assert server.get("/documents", Cookie=cookie.split(";")[0]).status == 200
        assert server.get("/documents", Cookie="govextract=x").status == 401
        assert server.get("/documents", Cookie='govextract="\x01').status == 401
        assert server.get(f"//evil.example/?token={TOKEN}").headers["location"] == "/evil.example/"
        shown = server.ask("POST", "/login", f"token={TOKEN}".encode())
        assert (shown.status, shown.headers["location"]) == (303, "/")
        assert shown.headers["set-cookie"] == cookie
        wrong = server.ask("POST", "/login", b"token=%ff")
        assert (wrong.status, "set-cookie" in wrong.headers) == (401, False)


REFUSED = [
    (["--host", "0.0.0.0"], "0.0.0.0 can be reached from elsewhere: that needs --allow-remote and --token"),
    (["--host", "0.0.0.0", "--token", TOKEN], "can be reached from elsewhere"),
    (["--host", "0.0.0.0", "--allow-remote"], "can be reached from elsewhere"),
    (["--token", "short"], "the token is too short to be a secret: 16 characters at least"),
    (["--host", "no.such.host.invalid", "--allow-remote", "--token", TOKEN], "cannot be listened on"),
]


@pytest.mark.parametrize(("options", "told"), REFUSED, ids=[" ".join(row[0]) for row in REFUSED])
def test_it_does_not_start(options: list[str], told: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "govextract.cli", "serve", str(tmp_path), "--port", "0", *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1), done.stderr
    assert done.stderr.startswith("error: ")
    assert told in done.stderr


def test_a_port_in_use_and_no_folder(server: Server, tmp_path: Path) -> None:
    for arguments, told in ((["--port", str(server.port)], "choose another --port"), (["none"], "none: is no folder")):
        command = [
            sys.executable,
            "-m",
            "govextract.cli",
            "serve",
            *(["."] if "--port" in arguments else []),
            *arguments,
        ]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, told in done.stderr, len(done.stderr.splitlines())) == (1, True, 1), done.stderr


# --- many, large, slow


POST = "POST /parse HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


def test_a_large_body_is_refused(server: Server) -> None:
    size = 20 * 1024 * 1024 + 1
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        client.sendall(f"{POST}Content-Length: {size}\r\n\r\n".encode())
        assert client.recv(100).startswith(b"HTTP/1.1 413 ")  # before anything is sent
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as client:
        client.sendall(f"{POST}Transfer-Encoding: chunked\r\n\r\n".encode())
        chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
        for _ in range(20):
            client.sendall(chunk)
        client.sendall(b"1\r\n \r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_client_that_sends_no_request_is_hung_up_on(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=40) as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        stop = threading.Event()

        def drip() -> None:
            while not stop.wait(0.5):
                try:
                    client.sendall(b"x")
                except OSError:
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            assert server.get("/health").status == 200  # others are answered meanwhile
            assert client.recv(100) == b""
        finally:
            stop.set()
            dripping.join()


def test_a_slow_report_blocks_nobody(folder: Path) -> None:
    long = json.dumps({"text": "全省地区生产总值18640.5亿元，增长5.6%。\n" * 20_000}).encode()
    with serving(folder, "--timeout", "2") as server, ThreadPoolExecutor(4) as pool:
        slow = [pool.submit(server.ask, "POST", "/parse", long, JSON) for _ in range(2)]
        assert server.get("/documents").status == 200
        for answer in (future.result() for future in slow):
            assert (answer.status, answer.json()["error"]) == (422, "the report took longer than 2 seconds to parse")
        body = json.dumps({"text": "全省用电量增长5.2%。"}).encode()
        assert server.ask("POST", "/parse", body, JSON).status == 200  # in a new process, whose start does not count


def test_fifty_clients_at_once(server: Server) -> None:
    body = json.dumps({"text": "2023年，全省用电量增长5.2%。"}).encode()
    paths = ["/", "/documents", "/records?q=%E5%A2%9E", "/search?q=5.6", "/documents/2024~1yunling-2024-gwr"]
    gate = threading.Barrier(50)

    def client(number: int) -> list[int]:
        gate.wait()
        read = [server.get(path).status for path in paths]
        return [*read, server.ask("POST", "/parse", body, JSON).status]

    with ThreadPoolExecutor(50) as pool:
        assert {status for found in pool.map(client, range(50)) for status in found} == {200}


def below(pid: int) -> list[int]:
    """The processes that a process has started and that do something."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            line = (stat.parent / "cmdline").read_text()
        except OSError:
            continue
        if int(parent) == pid and state != "Z" and "spawn_main" in line:
            found.append(int(stat.parent.name))
    return found


def test_a_process_that_dies_is_replaced(folder: Path) -> None:
    body = json.dumps({"text": "全省用电量增长5.2%。"}).encode()
    with serving(folder) as server:
        assert server.ask("POST", "/parse", body, JSON).status == 200
        for child in below(server.process):
            os.kill(child, signal.SIGKILL)
        dead = [server.ask("POST", "/parse", body, JSON) for _ in range(2)]
        assert [answer.json()["error"] for answer in dead] == [
            "the report could not be parsed: the process that read it ended"
        ] * 2
        assert [server.ask("POST", "/parse", body, JSON).status for _ in range(2)] == [200, 200]


def test_no_process_is_left(folder: Path) -> None:
    command = [sys.executable, "-m", "govextract.cli", "serve", str(folder), "--port", "0"]
    for how, status in ((signal.SIGINT, 130), (signal.SIGKILL, -9)):
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        process.stderr.readline()
        deadline = time.monotonic() + 30
        while len(children := below(process.pid)) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(how)
        process.stderr.read()
        assert process.wait(20) == status
        while any(Path(f"/proc/{child}").exists() and not zombie(child) for child in children):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


# --- the pages


class Tags(HTMLParser):
    """The tags of a page, and the addresses in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


@pytest.mark.parametrize(
    "path", ["/", "/search?q=%3Cscript%3E", "/search?indicator=%22%3E%3Cimg%20src=x%20onerror=1%3E&lang=zh"]
)
def test_hostile_markup_is_only_text(path: str, server: Server) -> None:
    page = Tags(server.get(path).text)
    assert page.tags.isdisjoint({"script", "img", "b", "style", "iframe"})
    assert not [name for name in page.attributes if name.startswith("on")]


def test_the_language_of_the_pages(server: Server) -> None:
    assert '<html lang="zh-CN">' in server.get("/", Accept_Language="zh-CN,zh;q=0.9").text
    assert '<html lang="en">' in server.get("/?lang=en", Accept_Language="zh-CN").text


def test_the_review_page_keeps_its_policy(server: Server) -> None:
    answer = server.get("/review/2024~1yunling-2024-gwr")
    policy = answer.headers["content-security-policy"]
    assert answer.status == 200
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "unsafe" not in policy
    assert "Content-Security-Policy" not in answer.text
    assert "<b>hostile" not in server.get("/review/%3Cb%3Ehostile%26").text.replace('"<b>hostile', "")


def test_a_document_without_its_text_says_so(server: Server, corpus: list[Path], book: Rulebook) -> None:
    put_output(corpus[3], server.folder, book)
    (server.folder / f"{corpus[3].stem}.txt").unlink()
    answer = server.get(f"/review/{corpus[3].stem}")
    (server.folder / f"{corpus[3].stem}.json").unlink()
    assert answer.status == 400
    assert "text is needed" in answer.json()["error"]


@pytest.mark.skipif(chromium() is None, reason="Chromium is not here (Debian: apt-get install chromium)")
def test_in_a_browser(server: Server) -> None:
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    told: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
        page = browser.new_page(locale="en-GB")
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.goto(server.address)
        assert page.locator("tbody tr").count() == 5
        page.fill("input[name=q]", "18640.5 生产总值")
        page.select_option("select", "level")
        page.click("button")
        page.click("td.sentence a >> nth=0")
        page.wait_for_selector("#report .chosen")
        assert page.inner_text("#report .chosen >> nth=0").startswith("18640.5")
        page.keyboard.press("a")
        page.click("#save")
        page.wait_for_selector("html[data-kept]", state="attached")
        kept = next(server.folder.rglob("*gwr.decisions.jsonl")).read_text("utf-8")
        assert json.loads(kept)["decision"] == "accept"
        page.evaluate("localStorage.clear()")
        page.reload()
        page.wait_for_selector("#report .figure[data-state=accept]")
        page.goto(server.address + "/review/%3Cb%3Ehostile%26")
        page.wait_for_selector("#report .figure")
        browser.close()
    assert told == []


# --- its own description


HOOKS = 'import schemathesis\nschemathesis.serializer.alias("application/jsonl", "text/plain")\n'


def test_schemathesis_finds_nothing(server: Server, tmp_path: Path) -> None:
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    checks += "response_schema_conformance"
    command = [
        str(Path(sys.executable).parent / "schemathesis"), "run", f"{server.address}/openapi.json", "--checks", checks,
        "--phases", "coverage,fuzzing", "-n", "5", "--seed", "1", "--generation-deterministic", "--no-color",
    ]  # fmt: skip
    (tmp_path / "hooks.py").write_text(HOOKS, "utf-8")
    env = {**os.environ, "PYTHONUTF8": "1", "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_description_names_every_address_of_the_api() -> None:
    from govextract.serve.app import ROUTES

    described = {(path, method.upper()) for path, item in description()["paths"].items() for method in item}
    pages = {"/", "/search", "/review/{id}", "/login", "/assets/{name}", "/openapi.json"}
    there = {(route.path, method) for route in ROUTES for method in route.methods or () if method != "HEAD"}
    assert described == {(path, method) for path, method in there if path not in pages}
