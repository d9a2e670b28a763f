"""Answers as JSON, and the bodies of requests, read whole within limits of size and time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from govextract.errors import GovextractError
from govextract.export.files import encoded
from govextract.export.json import line

if TYPE_CHECKING:
    from starlette.requests import Request

LARGEST = 20 * 1024 * 1024  # bytes of a body
PATIENCE = 30.0  # seconds in which a body must have come


class RequestError(GovextractError):
    """A request cannot be answered; `status` is 4xx."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


def as_json(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """JSON that is text already."""
    return Response(encoded(text), status, dict(headers or {}), "application/json")


def answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A value as JSON; a Decimal is the number that was printed."""
    return as_json(line(value) + "\n", status, headers)


def problem(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """What is wrong, in one line."""
    return answer({"error": " ".join(message.split())}, status, headers)


async def body_of(request: Request) -> bytes:
    """The whole body. Raises RequestError: 413 where it is too large, 408 where it does not come."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > LARGEST:
        raise _too_large()
    chunks, size = [], 0
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.stream():
                size += len(chunk)
                if size > LARGEST:
                    raise _too_large()
                chunks.append(chunk)
    except TimeoutError:
        raise RequestError(408, f"the request did not come whole within {PATIENCE:g} seconds") from None
    return b"".join(chunks)


def _too_large() -> RequestError:
    return RequestError(413, f"the request is larger than {LARGEST // 1024 // 1024} MB")
