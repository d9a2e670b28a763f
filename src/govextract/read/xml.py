"""XML that may be hostile: no document type, and so no entities."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.errors import ReadError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class _Known(Exception):  # noqa: N818 - not an error: the root element has begun, and no document type stood before it
    """Ends the first look at a file."""


def parse_xml(data: bytes, path: Path | str, part: str) -> Element:
    """The root element. Raises ReadError: broken, with a document type."""
    from xml.etree import ElementTree
    from xml.parsers import expat

    def refuse(*_: Any) -> None:
        raise ReadError(path, f"holds a document type in {part}, as no Word file does", "it may be an attack")

    def stop(*_: Any) -> None:
        raise _Known

    look = expat.ParserCreate()
    look.StartDoctypeDeclHandler = refuse
    look.StartElementHandler = stop
    try:
        look.Parse(data, True)
    except _Known:
        pass
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ReadError(path, f"is broken in {part}: {error}", "open it in Word and save it again") from None
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ReadError(path, f"is broken in {part}: {error}", "open it in Word and save it again") from None


def local(tag: str) -> str:
    """An element's or attribute's name without its namespace."""
    return tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name without its namespace."""
    return next((value for key, value in element.attrib.items() if local(key) == name), None)
