"""Projected sentences and the patterns of rules/patterns: each hit is a claim on a figure, or a relation in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from govextract.rulebook import Pattern, Rulebook
from govextract.tokens import CONNECTORS, Token

TIMEOUT = 5.0


@dataclass(slots=True)
class Claim:
    """A pattern's hit: the tokens it covers and its captures (lists of tokens by name)."""

    pattern: Pattern
    first: int
    last: int  # exclusive
    match: regex.Match[str]
    captures: dict[str, list[Token]] = field(default_factory=dict)
    linked: list[Claim] = field(default_factory=list)

    def capture(self, tokens: list[Token]) -> None:
        """Fill the captures; only hits that stand need them."""
        m = self.match
        for name, group in m.re.groupindex.items():
            first, last = m.span(group)
            if first >= 0:
                self.captures[name] = tokens[first:last]

    def one(self, name: str) -> Token | None:
        """The first token captured under *name*."""
        tokens = self.captures.get(name)
        return tokens[0] if tokens else None

    @property
    def count(self) -> int:
        """How many values the claim has: the members of its list, 1 without a value."""
        value = self.one("value")
        return len(value.members) if value is not None else 1


def project(tokens: list[Token], book: Rulebook) -> str:
    """One character a token: a private-use one for a mention, separators as they are."""
    letters = book.alphabet
    return "".join([letters.get(token.type, token.text[:1]) for token in tokens])


def claims(tokens: list[Token], book: Rulebook) -> list[Claim]:
    """The hits that stand, in reading order: by priority, then length, then earlier start, then the pattern's id."""
    kept = [claim for claim, winner in contest(tokens, book) if winner is None]
    for claim in kept:
        claim.capture(tokens)
    return link(sorted(kept, key=lambda c: c.first), tokens)


def contest(tokens: list[Token], book: Rulebook) -> Iterator[tuple[Claim, Claim | None]]:
    """Every hit, best first, with the one that stands in its way; None where it stands itself."""
    kept: list[Claim] = []
    for claim in candidates(tokens, book):
        winner = next((c for c in kept if c.first < claim.last and claim.first < c.last), None)
        if winner is None:
            kept.append(claim)
        yield claim, winner


def link(found: list[Claim], tokens: list[Token]) -> list[Claim]:
    """分别增长5%、3%和下降1%: a member with its own verb joins the claim before it."""
    out: list[Claim] = []
    for claim in found:
        last = out[-1] if out else None
        if last is not None and _joins(last, claim, tokens):
            last.linked.append(claim)
            last.last = claim.last
        else:
            out.append(claim)
    return out


def _joins(last: Claim, claim: Claim, tokens: list[Token]) -> bool:
    gap = tokens[last.last : claim.first]
    if (
        not gap
        or not all(t.text in CONNECTORS for t in gap)
        or "direction" not in last.captures
        or "direction" not in claim.captures
        or claim.pattern.make["measure"] != last.pattern.make["measure"]
    ):
        return False
    head = last.first
    while head and tokens[head - 1].type not in "，；。（）：":
        head -= 1
    return any(t.type == "each" and t.value == "in_order" for t in tokens[head : last.last])


def candidates(tokens: list[Token], book: Rulebook) -> list[Claim]:
    """Every hit of every pattern, best first."""
    string = project(tokens, book)
    found: list[Claim] = []
    for pattern in possible(frozenset(string), book):
        try:
            for m in pattern.compiled.regex.finditer(string, overlapped=True, timeout=TIMEOUT):
                if m.end() > m.start():
                    found.append(Claim(pattern, m.start(), m.end(), m))
        except TimeoutError:
            continue
    found.sort(key=lambda c: (-c.pattern.priority, -(c.last - c.first), c.first, c.pattern.id))
    return found


def possible(types: frozenset[str], book: Rulebook) -> tuple[Pattern, ...]:
    """The patterns that a sentence with these mention types can hold; remembered by the set of types."""
    known: dict[frozenset[str], tuple[Pattern, ...]] = book.compiled.setdefault("possible", {})
    found = known.get(types)
    if found is None:
        if len(known) > 20000:
            known.clear()
        found = tuple(p for p in book.patterns if not any(types.isdisjoint(need) for need in p.needs))
        known[types] = found
    return found
