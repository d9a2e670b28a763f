"""The template of a new sentence pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from textwrap import fill

from govextract.errors import RuleError, WriteError
from govextract.rulebook import Rulebook, shapes

TEMPLATE = """\
# One sentence pattern. It loads when it carries its own proof: at least two examples and one reject.
# `govextract rules test --rules DIR` runs them, `govextract explain FILE --at TEXT` shows the mentions of a sentence.

# The file's name.
id: {id}

# What the sentence says, from left to right, such as 指标 + 增长/下降 + 百分比.
title: {id}

# Why the pattern is needed: what no other pattern reads, or reads wrong.
why: What no other pattern reads.

# Where hits overlap the higher priority wins, then the longer hit; two patterns that tie are an error of `rules lint`.
priority: 50

# A regular expression whose elements are mentions, not words: {{TYPE}}, {{ONE|OTHER}}, {{TYPE:capture}}, with the usual
# ? * + behind them. Words of Chinese belong to a mention type, in lexicon/words/TYPE.yaml. The types:
{types}
# QTY[percent|point|amount|bare] is a figure, NOUN any name, STRETCH anything within a clause, PLAIN the same without a
# predicate.
# The name of what is measured stands left of the hit, unless the pattern captures it as `noun`.
pattern: '{{RISE|FALL:direction}}{{QTY[percent]:value}}'

# Either measure, one of:
{measures}
# or comparison, one of {comparisons}, with a capture (or the key) relation.
make: {{measure: growth}}

# Sentences that this very pattern must read, with what must come of them. Only the fields named are compared.
examples:
# - text: 用电量增长5.2%。
#   records:
#   - {{indicator: 用电量, measure: growth, value: 5.2, unit: "%"}}

# Sentences that look alike and must be left alone, with the reason.
rejects:
# - text: 用电量5.2亿千瓦时。
#   because: a level
"""


def new_pattern(id: str, folder: Path, book: Rulebook) -> Path:
    """Write the template of a pattern to FOLDER/patterns/ID.yaml; *book* gives the mention types.

    Raises RuleError where the id is none or is taken, WriteError where the file cannot be written.
    """
    path = folder / "patterns" / f"{id}.yaml"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", id):
        raise RuleError(path, id, "is no id", "write small letters, digits and _, a letter first: also_fell")
    taken = next((pattern for pattern in book.patterns if pattern.id == id), None)
    if taken is not None:
        raise RuleError(path, id, "is the id of a shipped pattern", f"to change that one, copy {taken.path}")
    text = TEMPLATE.format(
        id=id,
        types=_comment(sorted(name for name in book.alphabet if not name.startswith("qty_"))),
        measures=_comment(shapes.MEASURES),
        comparisons=", ".join(shapes.COMPARISONS),
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise WriteError(path, "is there already", "choose another id, or edit that file") from None
    except OSError as error:
        raise WriteError(path, f"cannot be written: {(error.strerror or str(error)).lower()}") from error
    return path


def _comment(names: Iterable[str]) -> str:
    words = ", ".join(names) + "."
    return fill(words, 118, initial_indent="#   ", subsequent_indent="#   ")
