"""The JSON API: parsing, documents, records across documents, decisions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from govextract import __version__
from govextract.export import json as json_format
from govextract.serve.answers import RequestError, answer, as_json, body_of
from govextract.serve.folder import Entry, Folder, tag_of
from govextract.serve.openapi import description
from govextract.serve.search import Wanted, matching
from govextract.serve.workers import Job

if TYPE_CHECKING:
    from govextract.rulebook import Rulebook
    from govextract.serve.workers import Workers

MOST = 1000  # records in one answer
FILTERS = ("indicator", "region", "measure", "q")
TEXTS = ("text", "region", "date", "period")


async def health(request: Request) -> Response:
    """That the server is there."""
    return answer({"status": "ok", "version": __version__})


async def openapi(request: Request) -> Response:
    """What this API is, as OpenAPI 3.1."""
    return answer(description())


async def parse(request: Request) -> Response:
    """A text or a file, parsed: the JSON of `govextract parse -f json`."""
    job = await _job(request)
    workers: Workers = request.app.state.workers
    return as_json(await workers.parse(job))


async def documents(request: Request) -> Response:
    """What the folder holds."""
    folder = _folder(request)

    def listed() -> dict[str, Any]:
        entries, problems = folder.listing()
        return {
            "documents": [entry.summary() for entry in entries.values()],
            "unreadable": [{"id": ident, "error": told} for ident, told in problems.items()],
        }

    return answer(await run_in_threadpool(listed))


async def document(request: Request) -> Response:
    """One document, as `parse` wrote it."""
    entry = await entry_of(request)
    return as_json(await run_in_threadpool(json_format.text, entry.extraction))


async def document_records(request: Request) -> Response:
    """One document's records."""
    entry = await entry_of(request)
    return answer({"records": [record.plain() for record in entry.extraction.records]})


async def records(request: Request) -> Response:
    """Records across documents."""
    limit, offset = _whole(request, "limit", 100, 1, MOST), _whole(request, "offset", 0, 0, 10**9)
    wanted = Wanted(**{name: request.query_params.get(name, "") for name in FILTERS})
    folder, book = _folder(request), _book(request)

    def found() -> dict[str, Any]:
        hits = list(matching(folder.listing()[0].values(), wanted, book))
        shown = [{"document": entry.id, **record.plain()} for entry, record in hits[offset : offset + limit]]
        return {"total": len(hits), "limit": limit, "offset": offset, "records": shown}

    return answer(await run_in_threadpool(found))


async def decisions(request: Request) -> Response:
    """A document's decisions, JSON Lines, with the tag of their state."""
    entry = await entry_of(request)
    content = await run_in_threadpool(entry.decisions)
    return Response(content, headers={"ETag": tag_of(content)}, media_type="application/jsonl")


async def put_decisions(request: Request) -> Response:
    """Keep a document's decisions beside it, in place of what was there."""
    entry = await entry_of(request)
    content = await body_of(request)
    count = await run_in_threadpool(_counted, content, entry)
    tag = await run_in_threadpool(_folder(request).save, entry, content, request.headers.get("if-match"))
    return answer({"decisions": count}, headers={"ETag": tag})


async def entry_of(request: Request) -> Entry:
    """The document that the path names. Raises RequestError (404)."""
    entries, problems = await run_in_threadpool(_folder(request).listing)
    ident = request.path_params["id"]
    if ident not in entries:
        told = f": {problems[ident]}" if ident in problems else "; GET /documents lists them"
        raise RequestError(404, f"no document {ident[:100]!r}{told}")
    return entries[ident]


async def _job(request: Request) -> Job:
    """What is to be parsed. Raises RequestError: 400, 408, 413, 415."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/json", "multipart/form-data"):
        raise RequestError(415, "send application/json with text, or multipart/form-data with file")
    body = await body_of(request)
    return _from_json(body) if kind == "application/json" else await _from_form(request, body)


def _from_json(body: bytes) -> Job:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise RequestError(400, "the body is no JSON") from None
    if not isinstance(given, dict) or not all(isinstance(given.get(name) or "", str) for name in TEXTS):
        raise RequestError(400, f"the body must be one object of texts: {', '.join(TEXTS)}")
    unknown = sorted(set(given) - set(TEXTS))
    if unknown:
        raise RequestError(400, f"unknown key {unknown[0][:40]!r}; known: {', '.join(TEXTS)}")
    if not (given.get("text") or "").strip():
        raise RequestError(400, "text is empty")
    texts: dict[str, str | None] = {name: given.get(name) or None for name in TEXTS}
    return Job(texts["text"], region=texts["region"], date=texts["date"], period=texts["period"])


async def _from_form(request: Request, body: bytes) -> Job:
    from starlette.datastructures import UploadFile
    from starlette.formparsers import MultiPartException, MultiPartParser

    async def once() -> Any:
        yield body

    try:
        form = await MultiPartParser(request.headers, once(), max_files=1, max_fields=8).parse()
    except (MultiPartException, KeyError, UnicodeDecodeError) as error:
        raise RequestError(400, f"the form cannot be read: {getattr(error, 'message', error)}") from None
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise RequestError(400, "the form has no file; send it as file")
    told = {name: value for name in TEXTS[1:] if isinstance(value := form.get(name), str) and value}
    data = await file.read()
    await form.close()
    return Job(None, data, file.filename or "report.txt", told.get("region"), told.get("date"), told.get("period"))


def _counted(content: bytes, entry: Entry) -> int:
    """How many decisions; raises ReadError where a line is none, RequestError (400) where one is another report's."""
    from govextract.serve.reviewing import decisions_in

    found = decisions_in(content, entry)
    document = entry.extraction.document
    for decision in found:
        if decision.sha256 != document.sha256 and decision.document != document.name:
            raise RequestError(400, f"a decision is about another report: {decision.document[:100]}")
    return len(found)


def _whole(request: Request, name: str, default: int, low: int, high: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 10 or not low <= int(text) <= high:
        raise RequestError(400, f"{name} must be a whole number from {low} to {high}")
    return int(text)


def _folder(request: Request) -> Folder:
    folder: Folder = request.app.state.folder
    return folder


def _book(request: Request) -> Rulebook:
    book: Rulebook = request.app.state.book
    return book
