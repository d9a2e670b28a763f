"""The application: which address is answered by what, and how what goes wrong is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from govextract.errors import GovextractError
from govextract.serve import api, pages
from govextract.serve.answers import RequestError, body_of, problem
from govextract.serve.folder import ChangedError, Folder
from govextract.serve.guard import Guard, same, with_session
from govextract.serve.search import Wanted, matching
from govextract.serve.workers import BusyError, TooSlowError, Workers

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from govextract.rulebook import Rulebook

STATUS = {BusyError: 429, ChangedError: 412, TooSlowError: 422}
ASSETS = {"serve.css": "text/css; charset=utf-8", "bridge.js": "text/javascript; charset=utf-8"}


def make_app(
    folder: Folder, book: Rulebook, rules: Path | None, *, token: str, remote: bool, workers: int, seconds: float
) -> ASGIApp:
    """The guarded application over *folder*; *seconds* is what one report may take."""

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        app.state.workers = Workers(workers, rules, seconds)
        try:
            yield
        finally:
            app.state.workers.close()

    app = Starlette(routes=ROUTES, lifespan=running, exception_handlers=HANDLERS)
    app.router.redirect_slashes = False
    app.state.folder, app.state.book, app.state.token = folder, book, token
    return Guard(app, token, remote)


async def _index(request: Request) -> Response:
    folder: Folder = request.app.state.folder
    lang = _language(request)

    def made() -> Response:
        entries, problems = folder.listing()
        return pages.index_page(entries.values(), problems, lang)

    return await run_in_threadpool(made)


async def _search(request: Request) -> Response:
    wanted = Wanted(**{name: request.query_params.get(name, "").strip() for name in api.FILTERS})
    asked = request.query_params.get("offset", "0")
    offset = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    folder, book, lang = request.app.state.folder, request.app.state.book, _language(request)

    def made() -> Response:
        hits = list(matching(folder.listing()[0].values(), wanted, book)) if wanted else []
        return pages.search_page(hits, wanted, offset, lang)

    return await run_in_threadpool(made)


async def _review(request: Request) -> Response:
    from govextract.serve.reviewing import review_page

    entry = await api.entry_of(request)
    return await run_in_threadpool(review_page, entry, _language(request))


async def _login(request: Request) -> Response:
    accepted = request.headers.get("accept-language", "")
    if request.method != "POST":
        return pages.login_page(accepted)
    given = parse_qs((await body_of(request)).decode("utf-8", "replace")).get("token", [""])[0]
    if not request.app.state.token or not same(given, request.app.state.token):
        return pages.login_page(accepted, 401, wrong=True)
    return with_session(RedirectResponse("/", 303), request.app.state.token)


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in ASSETS:
        raise HTTPException(404)
    return Response(pages.asset(name), media_type=ASSETS[name])


def _language(request: Request) -> str:
    return pages.language(request.headers.get("accept-language", ""), request.query_params.get("lang", ""))


async def _told(request: Request, error: Exception) -> Response:
    """What is wrong with a request or a report, as JSON."""
    status = (
        error.status
        if isinstance(error, RequestError)
        else next((s for kind, s in STATUS.items() if isinstance(error, kind)), 400)
    )
    return problem(status, str(error), {"Retry-After": "5"} if status == 429 else None)


async def _http(request: Request, error: Exception) -> Response:
    """No such address, or no such method there."""
    assert isinstance(error, HTTPException)
    told = {404: "nothing is here; / lists the reports", 405: f"{request.method} is not done here"}
    return problem(error.status_code, told.get(error.status_code, error.detail), error.headers)


async def _fault(request: Request, error: Exception) -> Response:
    """A fault of the program itself."""
    return problem(500, f"internal: {type(error).__name__}: {error}")


HANDLERS = {GovextractError: _told, HTTPException: _http, Exception: _fault}
ROUTES = [
    Route("/", _index),
    Route("/search", _search),
    Route("/review/{id}", _review),
    Route("/login", _login, methods=["GET", "POST"]),
    Route("/assets/{name}", _asset),
    Route("/health", api.health),
    Route("/openapi.json", api.openapi),
    Route("/parse", api.parse, methods=["POST"]),
    Route("/documents", api.documents),
    Route("/documents/{id}", api.document),
    Route("/documents/{id}/records", api.document_records),
    Route("/documents/{id}/decisions", api.decisions, methods=["GET"]),
    Route("/documents/{id}/decisions", api.put_decisions, methods=["PUT"]),
    Route("/records", api.records),
]
