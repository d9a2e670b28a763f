"""Rule folders on disk: YAML in which every scalar is text, and a compiled copy in the user's own cache.

PyYAML needs the better part of a second for the shipped rules; the parsed content is therefore kept, as marshal writes
it, under the hash of all rule files in the user's cache folder (never in a shared, world-writable place).
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import marshal
import os
from functools import cache
from pathlib import Path
from typing import Any

from govextract.cache import read_cache, write_cache
from govextract.errors import RuleError

Raw = dict[str, Any]  # path of a rule file relative to its folder -> its content


def shipped_rules() -> Path:
    """The rules that come with the package: inside the wheel, or the checkout's own folder."""
    inside = Path(__file__).parents[1] / "rules"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "rules"


def read_yaml(path: Path) -> Any:
    """The content of a YAML file, every scalar as text (`no`, `12:30` and `1.0` are words here).

    Raises RuleError where it is no YAML, or where a key stands twice in one mapping.
    """
    import yaml

    base = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    twice: list[str] = []

    class Loader(base):  # type: ignore[misc, valid-type]
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            seen: set[str] = set()
            for key, _ in node.value:
                if isinstance(key.value, str) and key.value in seen:
                    twice.append(f"{key.value!r} in line {key.start_mark.line + 1}")
                seen.add(str(key.value))
            content: dict[Any, Any] = super().construct_mapping(node, deep)
            return content

    try:
        content = yaml.load(path.read_text("utf-8-sig"), Loader=Loader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        problem = " ".join(str(error).split())
        raise RuleError(path, "-", f"is not valid YAML: {problem}", "check the indentation and the quotes") from None
    except OSError as error:
        raise RuleError(path, "-", f"cannot be read: {error.strerror}") from None
    if twice:
        raise RuleError(path, "-", f"a key stands twice: {', '.join(twice)}", "write it once")
    return content


def yaml_text(content: Any) -> str:
    """*content* as it stands in a rule file, one entry a line."""
    import yaml

    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1000)
    return text


@cache
def read_table(name: str) -> list[list[str]]:
    """The rows of a shipped table of names and codes (rules/lexicon/NAME.tsv), which no folder can replace."""
    with (shipped_rules() / "lexicon" / f"{name}.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter="\t"))


def rule_files(folder: Path) -> dict[str, str]:
    """The YAML files below *folder*, by their path relative to it, in order. (rglob takes ten times as long.)"""
    found = {}
    top = str(folder)
    for base, _, names in os.walk(top, followlinks=True):
        inside = base[len(top) :].replace(os.sep, "/").lstrip("/")
        for name in names:
            if name.endswith((".yaml", ".yml")):
                found[f"{inside}/{name}" if inside else name] = f"{base}{os.sep}{name}"
    return dict(sorted(found.items()))


def stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Which rule files there are, when they were changed last and how long they are: a cheap sign of an edit."""
    out = []
    for name, path in rule_files(folder).items():
        with contextlib.suppress(OSError):
            info = Path(path).stat()
            out.append((name, info.st_mtime_ns, info.st_size))
    return tuple(out)


def read_folder(folder: Path) -> tuple[Raw, str, list[RuleError]]:
    """Every YAML file below *folder*, the content's digest, and what is wrong with files that are no YAML; from the
    cache where it holds this very content.
    """
    found = rule_files(folder)
    paths = {name: path for name, path in found.items() if name.endswith(".yaml")}
    strays = [Path(path) for name, path in found.items() if name.endswith(".yml")]
    problems = [RuleError(path, "-", "is not read", "rename it: rule files end in .yaml") for path in strays]
    if not paths:
        problems.append(RuleError(folder, "-", "holds no rule files", "name a folder with patterns/ or lexicon/"))
    digest = hashlib.sha256()
    for relative, path in paths.items():
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - there are many, and this is the fastest
            digest.update(relative.encode() + b"\0" + file.read() + b"\0")
    key = digest.hexdigest()[:32]
    name = f"rules-{key}-{marshal.version}.bin"
    cached = read_cache(name)
    if cached is not None:
        with contextlib.suppress(EOFError, ValueError, TypeError):
            content: Raw = marshal.loads(cached)
            return content, key, problems
    raw: Raw = {}
    for relative, path in paths.items():
        try:
            raw[relative] = read_yaml(Path(path))
        except RuleError as error:
            problems.append(error)
    if not problems:
        write_cache(name, marshal.dumps(raw))
    return raw, key, problems
