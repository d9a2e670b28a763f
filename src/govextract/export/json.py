"""JSON, one document a report. One record a line, so that files can be compared and searched line by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govextract.export.files import encoded, write_whole
from govextract.model import plain_number

if TYPE_CHECKING:
    from govextract.model import Extraction

MEDIA_TYPE = "application/json"


def write(extraction: Extraction, path: Path, lang: str = "en") -> list[Path]:
    """Write the whole extraction to *path*."""
    return [write_whole(path, encoded(text(extraction, lang)))]


def text(extraction: Extraction, lang: str = "en") -> str:
    """The extraction as JSON; its keys are the same in every language."""
    whole = extraction.plain()
    return "{" + ",\n".join(f'"{key}": {_value(value)}' for key, value in whole.items()) + "}\n"


def schema_text() -> str:
    """The JSON Schema of what `text` gives."""
    from govextract.model import Extraction

    schema = Extraction.model_json_schema(mode="serialization")
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def line(value: Any) -> str:
    """One value on one line. A Decimal becomes the number that was printed, without float noise."""
    return json.dumps(value, ensure_ascii=False, default=plain_number)


def _value(value: Any) -> str:
    # json's own `indent` runs in pure Python, ten times slower than this
    if isinstance(value, (list, tuple)) and value:
        return "[\n" + ",\n".join(map(line, value)) + "\n]"
    return line(value)
