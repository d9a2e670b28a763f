"""PDF: the text layer, page by page, as lines with their places; `read/pageflow.py` makes paragraphs of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from govextract.errors import ReadError
from govextract.read.content import Content
from govextract.read.pageflow import Line, Page, flow

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

MOST_PAGES = 5_000
MOST = 20_000_000  # characters
PASSWORD = 4  # pdfium's code of an error
JUMP = 1.2  # heights between two characters from which they do not stand side by side
APART = 0.5  # heights between the middles of two characters from which they stand on different lines
SKIPPED = "\r\n\x00\x02\ufffe\uffff"  # what pdfium adds

OWN, GUESSED = "own", "guessed"

Placed = tuple[str, float, float, float, float]  # a character and its left, right, bottom, top


def read_pdf(data: bytes, path: Path | str) -> Content:
    """The text of a PDF. Raises ReadError: broken, encrypted, without a text layer, pypdfium2 is missing."""
    try:
        import pypdfium2
    except ImportError:
        raise ReadError(path, "PDF needs pypdfium2", "pip install 'govextract[files]'") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == PASSWORD or "password" in str(error).lower():
            raise ReadError(path, "is encrypted", "save it without its password") from None
        raise ReadError(path, "is a broken PDF", "it may be cut off: fetch it again") from None
    with closing(document):
        if len(document) > MOST_PAGES:
            raise ReadError(path, f"has more than {MOST_PAGES} pages", "save the part that you need")
        pages = list(_pages(document, pypdfium2.PdfiumError, path))
    if not any(page.lines for page in pages):
        raise ReadError(path, "has no text layer: its pages are pictures", "recognise their text first (OCR)")
    text, starts = flow(pages)
    return Content(text, "pdf", (), starts)


def _pages(document: Any, fault: type[Exception], path: Path | str) -> Iterator[Page]:
    total = 0
    for number in range(len(document)):
        try:
            with closing(document[number]) as page, closing(page.get_textpage()) as text:
                width, height = page.get_size()
                total += text.count_chars()
                if total > MOST:
                    raise ReadError(path, f"holds more than {MOST} characters", "save the part that you need")
                yield Page(width, height, list(_lines(text)))
        except fault:
            raise ReadError(path, f"is broken on page {number + 1}", "it may be cut off: fetch it again") from None


def _lines(page: PdfTextPage) -> Iterator[Line]:
    """The runs of characters of a page that stand side by side, in the order of the file."""
    import ctypes

    from pypdfium2 import raw

    box = raw.FS_RECTF()
    where = ctypes.byref(box)
    run: list[Placed] = []
    blank = ""  # between two characters: the file's own, or one that pdfium takes for one
    for at in range(page.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(page, at))
        if character in SKIPPED:
            continue
        if character.isspace():
            blank = blank if blank == OWN else GUESSED if raw.FPDFText_IsGenerated(page, at) == 1 else OWN
            continue
        if not raw.FPDFText_GetLooseCharBox(page, at, where):
            continue
        placed = (character, box.left, box.right, box.bottom, box.top)
        if run and not _follows(run[-1], placed):
            yield _line(run)
            run = []
        elif run and blank and (character.isascii() + run[-1][0].isascii() >= 1 + (blank == GUESSED)):
            placed = (" " + character, *placed[1:])
        blank = ""
        run.append(placed)
    if run:
        yield _line(run)


def _follows(last: Placed, placed: Placed) -> bool:
    """Whether a character stands right behind another on the same line."""
    height = max(last[4] - last[3], placed[4] - placed[3], 1.0)
    level = abs((last[3] + last[4]) - (placed[3] + placed[4])) / 2 < APART * height
    return level and -height < placed[1] - last[2] < JUMP * height


def _line(run: list[Placed]) -> Line:
    text = "".join(placed[0] for placed in run)
    # Characters beyond the first plane come in halves.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    height = median(placed[4] - placed[3] for placed in run)
    bottom = median(placed[3] for placed in run)
    return Line(text, min(p[1] for p in run), max(p[2] for p in run), bottom, bottom + height)
