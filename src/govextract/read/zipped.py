"""Zip files that may be hostile: what a member holds is read to a limit, whatever the file says of its size."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

from govextract.errors import ReadError

MEMBER = 100_000_000  # bytes of one member
RATIO = 200  # times that a member may grow; text grows tenfold, repeated tables thirtyfold
SMALL = 1_000_000  # bytes from which the ratio counts
FAULTS = (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, LookupError)
# what else comes as a zip, by a member's name: what it is, what to do
PACKAGES = (
    ("xl/workbook.xml", "is an Excel workbook", "save the sheet as a web page, or name the report that it belongs to"),
    ("ppt/presentation.xml", "is a PowerPoint file", "save it as PDF"),
    ("OFD.xml", "is an OFD file", "save it as PDF"),
    ("content.xml", "is an OpenDocument file", "convert it: soffice --headless --convert-to docx FILE"),
)
UTF8_NAME = 0x800
ENCRYPTED = 0x1


def open_zip(data: bytes, path: Path | str) -> zipfile.ZipFile:
    """The zip file; ReadError where it is none or cut off."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except FAULTS:
        raise ReadError(path, "is a broken zip file", "it may be cut off: fetch it again") from None


def open_file(path: Path) -> zipfile.ZipFile:
    """The zip file at *path*, of which only what is asked for is read."""
    try:
        return zipfile.ZipFile(path)
    except FAULTS:
        raise ReadError(path, "is a broken zip file", "it may be cut off: fetch it again") from None


def is_word(archive: zipfile.ZipFile, path: Path | str) -> bool:
    """Whether a zip is a Word file rather than an archive; ReadError where it is another program's."""
    names = set(archive.namelist())
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return True
    for name, problem, hint in PACKAGES:
        if name in names and ("mimetype" in names or name != "content.xml"):
            raise ReadError(path, problem, hint)
    return False


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path | str, name: str) -> bytes:
    """The bytes of a member. Raises ReadError: encrypted, broken, too large, grown beyond reason."""
    import zlib

    if info.flag_bits & ENCRYPTED:
        raise ReadError(path, f"{name} has a password", "unpack it with the password, and name the files in it")
    try:
        with archive.open(info) as stream:
            data = stream.read(MEMBER + 1)
    except (*FAULTS, zlib.error):
        raise ReadError(path, f"{name} is broken", "it may be cut off: fetch it again") from None
    if len(data) > MEMBER:
        raise ReadError(path, f"{name} is larger than {MEMBER // 1_000_000} MB")
    if len(data) > SMALL and len(data) > RATIO * max(1, info.compress_size):
        raise ReadError(path, f"{name} grows more than {RATIO} times", "it may be an attack")
    return data


def is_link(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a symbolic link."""
    return stat.S_ISLNK(info.external_attr >> 16)


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name as it was meant: without the flag of UTF-8 in the encoding of its maker, here mostly GBK."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename
