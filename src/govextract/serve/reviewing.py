"""A document's review page as the server shows it: the page of `govextract review`, joined to the kept decisions."""

from __future__ import annotations

import re
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import Response

from govextract.errors import ReadError
from govextract.export.files import write_whole
from govextract.review.decisions import Decision, read_decisions
from govextract.review.inputs import with_text
from govextract.review.page import page
from govextract.serve.folder import tag_of

if TYPE_CHECKING:
    from govextract.serve.folder import Entry

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n?')
# What the page's own policy leaves shut and the bridge needs; as a header it can also forbid frames.
OPENED = {"script-src": "'self'", "connect-src": "'self'"}


def review_page(entry: Entry, lang: str) -> Response:
    """The page, opening in *lang*. Raises ReadError where the report's text is not beside its output."""
    extraction = with_text(entry.extraction, entry.path.with_suffix(".txt"), entry.path)
    content = entry.decisions()
    html = page([extraction], lang, decisions_in(content, entry))
    found = POLICY.search(html)
    assert found
    address = f"/documents/{quote(entry.id, safe='')}/decisions"
    bridge = (
        f'<script src="/assets/bridge.js" data-address="{escape(address)}" '
        f'data-tag="{escape(tag_of(content))}"></script>\n'
    )
    html = html[: found.start()] + bridge + html[found.end() :]
    headers = {"Content-Security-Policy": _opened(found[1])}
    return Response(html, headers=headers, media_type="text/html; charset=utf-8")


def decisions_in(content: bytes, entry: Entry) -> list[Decision]:
    """The decisions of a JSON Lines file's *content*. Raises ReadError, which says which line is none."""
    with tempfile.TemporaryDirectory(prefix="govextract-") as folder:
        path = write_whole(Path(folder, entry.decisions_path.name), content)
        try:
            return read_decisions(path)
        except ReadError as error:
            raise ReadError(path.name, error.problem, error.hint) from None
        except RecursionError:
            raise ReadError(path.name, "holds a line that is nested too deeply") from None


def _opened(policy: str) -> str:
    """The page's policy with what the bridge needs, and no frames."""
    parts = []
    for part in policy.split(";"):
        name, _, sources = part.strip().partition(" ")
        kept = sources.replace("'none'", "").strip() if name in OPENED else sources
        parts.append(" ".join(filter(None, (name, kept, OPENED.get(name, "")))))
    return "; ".join([*parts, "frame-ancestors 'none'"])
