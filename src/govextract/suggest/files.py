"""Entries into the rule files of a folder: what stands there stays, its comment lines too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from govextract.export.files import encoded, write_whole
from govextract.export.rows import plain_text
from govextract.review.decisions import Decision, Fields
from govextract.rulebook import read_yaml, yaml_text
from govextract.rulebook.overlay import laid_over

EXAMPLES = "examples/suggested.yaml"


def add_entries(path: str, content: Any, folder: Path) -> Path:
    """Lay *content* over the rule file *path* of *folder*. Raises RuleError where that is no YAML, WriteError."""
    file = folder / path
    head, merged = "", content
    if file.exists():
        lines = file.read_text("utf-8").splitlines(keepends=True)
        head = "".join(lines[: next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))])
        merged = laid_over({path: read_yaml(file)}, {path: content})[path]
    return write_whole(file, encoded(head + yaml_text(merged)))


def example_of(decision: Decision, ident: str = "") -> tuple[str, list[dict[str, Any]]]:
    """The corrected sentence, as an example that all rules together must read.

    With an alias of the indicator *ident* the record keeps the text's own words and has the id.
    """
    assert decision.right is not None
    fields = record_fields(decision.right)
    if ident and decision.before is not None:
        fields |= {"indicator": decision.before.indicator, "indicator_id": ident}
    return EXAMPLES, [{"text": decision.sentence, "records": [fields]}]


def record_fields(right: Fields) -> dict[str, str]:
    """What an example says of its record."""
    fields = {"indicator": right.indicator, "measure": right.measure}
    if right.value is not None:
        fields["value"] = plain_text(right.value)
    if right.unit:
        fields["unit"] = right.unit
    return fields
