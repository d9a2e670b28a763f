"""A folder of rules as one side of a comparison: the shipped ones, one's own laid over them, or a whole other set."""

from __future__ import annotations

from pathlib import Path

from govextract.rulebook import load_rulebook, shapes
from govextract.rulebook.build import build
from govextract.rulebook.files import Raw, read_folder, shipped_rules
from govextract.rulebook.model import Rulebook
from govextract.rulebook.overlay import Folders
from govextract.rulebook.validate import validated

SHIPPED = "shipped"


def load_side(name: str) -> Rulebook:
    """The rules that *name* stands for: `shipped`, or a folder.

    A folder with all the files that the engine asks for (a checkout's rules/ at another commit) stands alone: nothing
    of the shipped rules is under it but tables that it does not know yet. Raises RuleErrors.
    """
    folder = Path(name)
    if name == SHIPPED:
        return load_rulebook()
    if not all((folder / path).is_file() for path in (*shapes.OTHERS, "lexicon/structure.yaml")):
        return load_rulebook(folder)
    raw, _, problems = read_folder(folder)
    shipped, _, _ = read_folder(shipped_rules())
    # checked as if laid over the shipped rules: what it does not know yet is no fault of it
    raw, wrong = validated(_completed(raw, shipped), folder, shipped)
    return build(raw, Folders(folder), [*problems, *wrong])


def _completed(raw: Raw, shipped: Raw) -> Raw:
    """*raw* with the tables, their keys, and the types of words that the engine has learned to ask for since."""
    out = dict(raw)
    for path in shapes.TABLES:
        if isinstance(raw.get(path, {}), dict):
            out[path] = shipped[path] | raw.get(path, {})
    for path in (f"lexicon/words/{name}.yaml" for name in shapes.NEEDED_WORDS):
        out.setdefault(path, shipped[path])
    return out
