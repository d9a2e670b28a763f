"""What can go wrong, told so that a person can act: which file, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class GovextractError(Exception):
    """The root of every error that govextract raises on purpose."""


def shown(path: Path | str) -> str:
    """A path on one line: a name may hold line breaks and what no terminal shows."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(path))


class ReadError(GovextractError):
    """A report cannot be read."""

    def __init__(self, path: Path | str, problem: str, hint: str = "") -> None:
        self.path, self.problem, self.hint = str(path), problem, hint
        super().__init__(f"{shown(path)}: {problem}" + (f" ({hint})" if hint else ""))


class WriteError(GovextractError):
    """An output cannot be written."""

    def __init__(self, path: Path | str, problem: str, hint: str = "") -> None:
        self.path, self.problem, self.hint = str(path), problem, hint
        super().__init__(f"{shown(path)}: {problem}" + (f" ({hint})" if hint else ""))


class RuleError(GovextractError):
    """One rule file is wrong. Says which file, which rule, and what to change."""

    def __init__(self, path: Path | str, rule: str, problem: str, hint: str = "") -> None:
        self.path, self.rule, self.problem, self.hint = str(path), rule, problem, hint
        super().__init__(f"{path}: rule {rule!r}: {problem}" + (f"\n  hint: {hint}" if hint else ""))


class RuleErrors(GovextractError):  # noqa: N818 (it holds many of them)
    """Every problem of a rule folder, at once."""

    def __init__(self, problems: Iterable[RuleError]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
