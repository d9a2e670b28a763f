"""Build hook: the wheel carries the top-level rules/ as govextract/rules.

A symlink would put no rules into the wheel, and `force-include` in pyproject.toml would leave a stale copy
behind in editable installs; so an editable install gets nothing, and the code reads the folder itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RulesHook(BuildHookInterface[Any]):
    """Adds rules/ to a standard wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before each wheel is built; *version* is `standard` or `editable`."""
        if version != "editable":
            build_data["force_include"][str(Path(self.root) / "rules")] = "govextract/rules"
