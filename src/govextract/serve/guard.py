"""Who may ask: the host's name, the site a request comes from, the token; and what every answer tells the browser."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response

from govextract.serve.answers import problem
from govextract.serve.pages import login_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "govextract"
OPEN = ("/health", "/login", "/assets/serve.css")  # what needs no token
SAFE = ("GET", "HEAD", "OPTIONS")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """An ASGI middleware. Without *remote* only requests to this machine's own names are answered."""

    app: ASGIApp
    token: str = ""
    remote: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", POLICY)
            await send(message)

        refused = self._refusal(scope)
        await (refused or self.app)(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self.remote and host_name(headers.get("host", "")) not in LOOPBACK:
            return problem(403, "this server answers to 127.0.0.1 and localhost only")
        if scope["method"] not in SAFE and _from_elsewhere(headers):
            return problem(403, "the request comes from another site")
        if not self.token or scope["path"] in OPEN:
            return None
        return self._identified(scope, headers)

    def _identified(self, scope: Scope, headers: Headers) -> Response | None:
        """None where the client has shown the token; a token in the address becomes a cookie."""
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and same(given.strip(), self.token):
            return None
        if same(_cookie(headers), session(self.token)):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        shown = dict(query).get("token", "")
        wants_page = scope["method"] in ("GET", "HEAD") and "text/html" in headers.get("accept", "")
        if shown and same(shown, self.token) and scope["method"] in ("GET", "HEAD"):
            rest = urlencode([pair for pair in query if pair[0] != "token"])
            path = "/" + scope["path"].lstrip("/")  # //other.site is an address
            return with_session(RedirectResponse(path + (f"?{rest}" if rest else ""), 303), self.token)
        if wants_page:
            return login_page(headers.get("accept-language", ""), 401)
        return problem(401, "a token is needed: Authorization: Bearer TOKEN", {"WWW-Authenticate": "Bearer"})


def same(given: str, wanted: str) -> bool:
    """Whether two secrets are one, in a time that does not tell where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode())


def session(token: str) -> str:
    """What the cookie holds: it shows that the token was known, and does not tell it."""
    return hmac.new(token.encode(), b"govextract session", hashlib.sha256).hexdigest()


def with_session(response: Response, token: str) -> Response:
    """*response* with the cookie."""
    response.set_cookie(COOKIE, session(token), httponly=True, samesite="strict", path="/")
    return response


def host_name(host: str) -> str:
    """The name in a Host header, without the port; empty where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _from_elsewhere(headers: Headers) -> bool:
    """Whether a browser says that another site made the request. Programs, which are no browsers, say nothing."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
