"""Identities inside a document: which function makes the trials of which kind of rules/checks/identities.yaml."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from govextract.checks import pairs, wholes
from govextract.checks.facts import Facts
from govextract.checks.trial import Rule, Trial


def trials(rule: Rule, facts: Facts) -> Iterator[Trial]:
    """Every trial that *rule* makes of the facts of one document."""
    yield from KINDS[rule["kind"]](rule, facts)


KINDS: dict[str, Callable[[Rule, Facts], Iterator[Trial]]] = {
    "sum": wholes.sums,
    "hundred": wholes.hundreds,
    "pull": wholes.pulls,
    "growths": wholes.growths,
    "between": wholes.between,
    "share": wholes.shares,
    "change": pairs.changes,
    "from_to": pairs.from_to,
    "from_to_growth": pairs.from_to_growth,
    "part": pairs.parts,
    "chain": wholes.chains,
    "per_head": wholes.per_head,
    "repeat": pairs.repeats,
    "completion": pairs.completions,
    "gap": pairs.gaps,
}
