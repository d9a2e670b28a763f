"""The server process: a socket of its own, limits on how long a client may keep a connection busy with nothing."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from govextract.errors import GovextractError
from govextract.rulebook import load_rulebook
from govextract.serve.app import make_app
from govextract.serve.folder import Folder
from govextract.serve.guard import LOOPBACK

HEADER_SECONDS = 10.0  # for a request's headers to come
KEPT_SECONDS = 5  # a connection without a request
CONNECTIONS = 500
SHORTEST_TOKEN = 16
WORKERS = 2


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that hangs up where a request's headers do not come in time, which uvicorn by itself waits for."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there: its first request is due."""
        super().connection_made(transport)
        self._due = self.loop.call_later(HEADER_SECONDS, self._hang_up)

    def on_response_complete(self) -> None:
        """The next request is due from here."""
        super().on_response_complete()
        self._due.cancel()
        self._due = self.loop.call_later(HEADER_SECONDS, self._hang_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._due.cancel()
        super().connection_lost(exc)

    def _hang_up(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()


def serve(
    path: Path, host: str, port: int, *, token: str, remote: bool, rules: Path | None, seconds: float,
    started: Callable[[str, int], None],
) -> None:  # fmt: skip
    """Serve the outputs below *path* until the process is told to stop; *started* gets the address and their number.

    Raises GovextractError: no such folder, broken rules, a host that is not this machine's, a port in use.
    """
    if host not in LOOPBACK and not (remote and token):
        raise GovextractError(f"{host} can be reached from elsewhere: that needs --allow-remote and --token")
    if token and len(token) < SHORTEST_TOKEN:
        raise GovextractError(f"the token is too short to be a secret: {SHORTEST_TOKEN} characters at least")
    folder, book = Folder(path), load_rulebook(rules)
    bound = _bound(host, port)
    count = len(folder.listing()[0])
    app = make_app(folder, book, rules, token=token, remote=remote, workers=WORKERS, seconds=seconds)
    config = uvicorn.Config(
        app, http=PatientProtocol, ws="none", loop="asyncio", log_level="critical", access_log=False,
        server_header=False, proxy_headers=False, timeout_keep_alive=KEPT_SECONDS, timeout_graceful_shutdown=3,
        limit_concurrency=CONNECTIONS, h11_max_incomplete_event_size=32 * 1024,
    )  # fmt: skip
    name = f"[{host}]" if ":" in host else host
    started(f"http://{name}:{bound.getsockname()[1]}/", count)
    uvicorn.Server(config).run(sockets=[bound])


def _bound(host: str, port: int) -> socket.socket:
    """A listening socket."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=256)
    except (OSError, OverflowError) as error:
        told = getattr(error, "strerror", None) or str(error)
        raise GovextractError(f"{host}:{port} cannot be listened on: {told.lower()} (choose another --port)") from None
