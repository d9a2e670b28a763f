"""The pages of the server: the list of reports, the search, the login. Every text is escaped where it is put in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from starlette.responses import Response

from govextract.chart.wording import period_text
from govextract.export.rows import printed
from govextract.serve.openapi import MEASURES

if TYPE_CHECKING:
    from govextract.model import Record
    from govextract.serve.folder import Entry
    from govextract.serve.search import Wanted

COUNTS = ("records", "doubtful", "unexplained", "decisions")
DOUBTS = ("doubtful", "unexplained")
PAGE = 50  # records on a page of results


@cache
def texts(lang: str) -> dict[str, str]:
    """The words of the pages in *lang* (zh or en)."""
    content: dict[str, str] = json.loads(Path(__file__).with_name("texts.json").read_text("utf-8"))[lang]
    return content


@cache
def asset(name: str) -> bytes:
    """A file of assets/."""
    return Path(__file__).with_name("assets").joinpath(name).read_bytes()


def language(accepted: str, asked: str = "") -> str:
    """zh or en: what is asked for, else what the browser prefers."""
    if asked in ("zh", "en"):
        return asked
    return "zh" if accepted.strip().lower().startswith("zh") else "en"


def review_address(ident: str, lang: str, record: str = "") -> str:
    """Where a document's page is, and on it a record."""
    return f"/review/{quote(ident, safe='')}?lang={lang}" + (f"#{quote(record)}" if record else "")


def index_page(entries: Iterable[Entry], problems: Mapping[str, str], lang: str) -> Response:
    """The list of reports."""
    said = texts(lang)
    rows = []
    for entry in entries:
        told = entry.summary()
        link = f'<a href="{escape(review_address(entry.id, lang))}">{_e(told["title"] or told["name"])}</a>'
        counts = "".join(
            f'<td class="number{" doubt" if told[name] and name in DOUBTS else ""}">{told[name]}</td>'
            for name in COUNTS
        )
        name = f"<small>{_e(entry.id)}</small>"
        rows.append(
            f"<tr><th scope=row>{link}{name}</th><td>{_e(told['region'])}</td><td>{_e(told['date'])}</td>{counts}</tr>"
        )
    heads = ("document", "region", "date", "records", "doubtful", "unexplained", "reviewed")
    table = _table([said[head] for head in heads], rows, range(3, 7)) if rows else f"<p>{_e(said['none'])}</p>"
    broken = "".join(f"<li>{_e(ident)}.json: {_e(told)}</li>" for ident, told in problems.items())
    if broken:
        table += f"<h2>{_e(said['unreadable'])}</h2><ul>{broken}</ul>"
    return _page(said["title"], _search_form(None, lang) + table, lang, f"/?lang={_other(lang)}")


def search_page(hits: list[tuple[Entry, Record]], wanted: Wanted, offset: int, lang: str) -> Response:
    """The records found; each sentence leads to its place in the report."""
    said = texts(lang)
    rows = []
    for entry, record in hits[offset : offset + PAGE]:
        link = escape(review_address(entry.id, lang, record.id))
        rows.append(
            f"<tr><th scope=row>{_e(record.indicator)}</th><td class=number>{_e(printed(record))}</td>"
            f"<td>{_e(said[record.measure])}</td><td class=short>{_e(record.region)}</td>"
            f"<td>{_e(_period(record, lang))}</td>"
            f'<td class=sentence lang="zh-CN"><a href="{link}">{_marked(record.sentence, wanted.q)}</a>'
            f"<small>{_e(entry.extraction.document.title or entry.id)}</small></td></tr>"
        )
    query = {"indicator": wanted.indicator, "region": wanted.region, "measure": wanted.measure, "q": wanted.q}
    told = said["found"].format(total=len(hits), shown=len(rows)) if hits else said["nothing"]
    heads = ("indicator", "value", "measure", "region", "period", "sentence")
    content = f'{_search_form(wanted, lang)}<p role="status">{_e(told)}</p>'
    if rows:
        content += _table([said[head] for head in heads], rows, range(1, 2))
    steps = (("previous", offset - PAGE, offset > 0), ("next", offset + PAGE, offset + PAGE < len(hits)))
    for name, at, there in steps:
        if there:
            address = f"/search?{urlencode({**query, 'lang': lang, 'offset': max(at, 0)})}"
            content += f'<a class=step href="{escape(address)}">{_e(said[name])}</a>'
    content += f'<p><a href="/?lang={lang}">{_e(said["all"])}</a></p>'
    return _page(said["search"], content, lang, f"/search?{urlencode({**query, 'lang': _other(lang)})}")


def login_page(accepted: str, status: int = 200, *, wrong: bool = False) -> Response:
    """Where a browser shows the token."""
    lang = language(accepted)
    said = texts(lang)
    note = f'<p role="alert">{_e(said["wrong"])}</p>' if wrong else ""
    form = (
        f'<p>{_e(said["login"])}</p>{note}<form method="post" action="/login"><label>{_e(said["token"])} '
        f'<input type="password" name="token" autocomplete="current-password" required autofocus></label> '
        f"<button>{_e(said['enter'])}</button></form>"
    )
    return _page("govextract", form, lang, "", status)


def _search_form(wanted: Wanted | None, lang: str) -> str:
    said = texts(lang)

    def field(name: str, value: str, hint: str = "") -> str:
        label = _e(said["words" if name == "q" else name])
        return (
            f'<label>{label} <input type="search" name="{name}" value="{_e(value)}" placeholder="{_e(hint)}"></label>'
        )

    chosen = wanted.measure if wanted else ""
    measures = "".join(
        f'<option value="{measure}"{" selected" if measure == chosen else ""}>{_e(said[measure])}</option>'
        for measure in MEASURES
    )
    return (
        f'<form role="search" action="/search"><input type="hidden" name="lang" value="{lang}">'
        + field("q", wanted.q if wanted else "", said["words_hint"])
        + field("indicator", wanted.indicator if wanted else "")
        + field("region", wanted.region if wanted else "")
        + f'<label>{_e(said["measure"])} <select name="measure"><option value="">{_e(said["any"])}</option>{measures}'
        + f"</select></label><button>{_e(said['search'])}</button></form>"
    )


def _table(heads: list[str], rows: list[str], numbers: range) -> str:
    cells = "".join(
        f'<th scope="col"{" class=number" if at in numbers else ""}>{_e(head)}</th>' for at, head in enumerate(heads)
    )
    return f'<div class="scroll"><table><thead><tr>{cells}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _marked(sentence: str, words: str) -> str:
    """The sentence, with the words that were asked for marked."""
    found = sorted({word for word in words.split() if word in sentence}, key=len, reverse=True)
    if not found:
        return _e(sentence)
    parts = re.split("(" + "|".join(map(re.escape, found)) + ")", sentence)
    return "".join(f"<mark>{_e(part)}</mark>" if part in found else _e(part) for part in parts)


def _period(record: Record, lang: str) -> str:
    period = record.period
    return period_text(period.start, period.end, lang) if period.start and period.end else period.text


def _page(title: str, content: str, lang: str, other: str, status: int = 200) -> Response:
    said = texts(lang)
    switch = (
        f'<a class="lang" href="{escape(other)}" hreflang="{_other(lang)}">{_e(said["other"])}</a>' if other else ""
    )
    html = (
        f'<!doctype html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<title>{_e(title)} · govextract</title><link rel="stylesheet" href="/assets/serve.css"></head>'
        f"<body><header><h1>{_e(title)}</h1>{switch}</header><main>{content}</main></body></html>\n"
    )
    return Response(html.encode("utf-8", "replace"), status, media_type="text/html; charset=utf-8")


def _other(lang: str) -> str:
    return "en" if lang == "zh" else "zh"


def _e(text: object) -> str:
    return "" if text is None else escape(str(text))
