"""What a file is, by its bytes; its name decides only where they leave it open."""

from __future__ import annotations

import re
from pathlib import PurePath

TEXT_SUFFIXES = (".txt", ".md")
PAGE_SUFFIXES = (".html", ".htm", ".shtml")
# What is looked for in folders and archives, the old formats too: one that cannot be read is told, not passed over.
SUFFIXES = (*TEXT_SUFFIXES, *PAGE_SUFFIXES, ".docx", ".pdf", ".zip")
OLD = (".doc", ".wps", ".rtf", ".xls")
CONVERT = "convert it: soffice --headless --convert-to docx FILE"

PAGE = re.compile(
    rb"[\s\x00]*+(?:<\?xml[^>]{0,200}>[\s\x00]*+)?(?><!--.*?-->[\s\x00]*+)*+<(?:!doctype\s+html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
TAG = re.compile(rb"<(?:/?[a-z][a-z0-9]*[\s>]|!--|!doctype)", re.IGNORECASE)
START = 4096

# the first bytes, what it is, what to do
REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Word, WPS or Excel file, or one with a password", CONVERT),
    (rb"{\rtf", "is an RTF file", CONVERT),
    (b"\x89PNG\r\n", "is a picture", "recognise its text first (OCR)"),
    (b"\xff\xd8\xff", "is a picture", "recognise its text first (OCR)"),
    (b"GIF8", "is a picture", "recognise its text first (OCR)"),
    (b"II*\x00", "is a picture", "recognise its text first (OCR)"),
    (b"MM\x00*", "is a picture", "recognise its text first (OCR)"),
    (b"Rar!\x1a\x07", "is a RAR archive", "unpack it, and name the files in it"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive", "unpack it, and name the files in it"),
    (b"\x1f\x8b", "is a gzip archive", "unpack it, and name the files in it"),
    (b"SQLite format 3\x00", "is a database", "name it as sqlite:///FILE"),
    (b"MIME-Version:", "is a web archive (MHTML)", "open it in a browser and save it as a web page"),
)


def stem(path: PurePath) -> str:
    """The report's name: the file name without .txt, .md …; a second suffix (x.gb18030.txt) stays."""
    return "".join(c if c.isprintable() else "_" for c in path.stem)


def refusal(data: bytes) -> tuple[str, str] | None:
    """What is wrong with a file of a kind that is not read, and what to do; None where it may be read."""
    return next(((problem, hint) for magic, problem, hint in REFUSED if data.startswith(magic)), None)


def kind(data: bytes, name: str) -> str:
    """`pdf`, `zip` (Word too), `page` or `text`."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    start = data[:START]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start[2:].replace(b"\x00", b"")
    start = start.removeprefix(b"\xef\xbb\xbf")
    marked = PurePath(name).suffix.lower() in (*PAGE_SUFFIXES, *OLD) and TAG.search(data[: START * 16])
    return "page" if marked or PAGE.match(start) else "text"
