"""A sentence's mentions: figures, ranks, ratio chains, times, words of the lexicon, known indicators, the rest as text.

Numbers and times come first, by regex; then the lexicon in one multi-pattern pass, in which a surface that can mean
several things is decided by what follows it. jieba never sees a number.
"""

from __future__ import annotations

from govextract import stdre
from govextract.numerals import chinese_integer
from govextract.quantities import Quantity, find_quantities
from govextract.rulebook import Rulebook
from govextract.tokens import CONNECTORS, SEPARATORS, RankValue, TimeMention, Token, overlaps
from govextract.words import find_words

HARD_END = stdre.compile("[，。；：、（）]")
SEPARATOR = stdre.compile(f"[{SEPARATORS}]")
NUMERIC = stdre.compile(r"[\d百千万亿]")  # what can be a number at all
TITLE = stdre.compile("《[^》]*》")
QUOTE = stdre.compile("“[^”。；]{1,40}”")
SHORT_QUOTE = stdre.compile(r"“[^”\d]{1,16}”")
BRACKET = stdre.compile("（[^（）]*）")
CHAIN = stdre.compile(r"(?<![\d.：])\d+(?:\.\d+)?(?:：\d+(?:\.\d+)?){1,}(?![\d：])")


def tag(text: str, book: Rulebook) -> list[Token]:
    """The tokens of a sentence's view, in order, without gaps but for blanks."""
    titles = [m.span() for m in TITLE.finditer(text)]
    hard = ignored_spans(text, book, "hard")
    taken = titles + [span for span, _ in hard]
    times = [t for t in find_times(text, book) if not overlaps(t.start, t.end, titles)]
    taken += [(t.start, t.end) for t in times]
    chains = [
        Token("chain", m.start(), m.end(), m[0], m[0].split("："))
        for m in CHAIN.finditer(text)
        if not overlaps(m.start(), m.end(), taken)
    ]
    ranks = [t for t in _ranks(text, book) if not overlaps(t.start, t.end, titles + [(c.start, c.end) for c in chains])]
    taken += [(t.start, t.end) for t in chains + ranks]
    # Chinese numerals in a short quoted name count nothing (“百万人才”).
    names = [m.span() for m in SHORT_QUOTE.finditer(text)]
    figures = find_quantities(text, book, taken + names)
    # From the right: what is itself a bound inside a name is no figure that another could bound.
    for quantity in reversed(figures):
        if _threshold(text, quantity, figures, ranks, book):
            figures = [q for q in figures if q is not quantity]
    if not figures and not ranks and not chains and not book.compiled["wordless"].search(text):
        # Nothing countable: only the times matter, for the sentences that follow.
        return _fill(text, times) if times else []
    numbers = [Token("qty_" + q.kind, q.start, q.end, text[q.start : q.end], q.value, [q]) for q in figures]
    fixed = sorted([*times, *chains, *ranks, *numbers], key=lambda t: t.start)
    quoted = [m.span() for m in QUOTE.finditer(text) if not any(m.start() < t.start < m.end() for t in numbers)]
    words = find_words(text, book, fixed, titles + quoted)
    return _merge(_fill(text, sorted([*fixed, *words], key=lambda t: t.start)))


def ignored_spans(text: str, book: Rulebook, kind: str) -> list[tuple[tuple[int, int], str]]:
    """What measures nothing, with the reason: the `hard` or `soft` patterns of rules/lexicon/ignored.yaml."""
    if NUMERIC.search(text) is None:
        return []
    rules = book.compiled["ignored"][kind].of(text)
    return [(m.span(), rule.reason) for rule in rules for m in rule.pattern.finditer(text)]


def find_times(text: str, book: Rulebook) -> list[Token]:
    # Of times that begin together the longest, then the first rule's: sorting is stable.
    found = [(rule, m) for rule in book.compiled["times"].of(text) for m in rule.pattern.finditer(text)]
    found.sort(key=lambda row: (row[1].start(), -row[1].end()))
    out: list[Token] = []
    for rule, m in found:
        start, end = m.span()
        if out and start < out[-1].end:
            continue
        if text[start - 1 : start] == "（" and text[end : end + 1] == "）":
            start, end = start - 1, end + 1
        kind = "basis" if rule.role == "basis" else "time" if rule.role == "time" else "no_time"
        out.append(Token(kind, start, end, text[start:end], time=TimeMention(rule, m)))
    return out


def _ranks(text: str, book: Rulebook) -> list[Token]:
    out: list[Token] = []
    for pattern in book.compiled["ranks"].of(text):
        for m in pattern.finditer(text):
            if overlaps(m.start(), m.end(), [(t.start, t.end) for t in out]):
                continue
            groups = m.groupdict()
            numeral = groups.get("n") or groups.get("top") or ""
            number = int(numeral) if numeral.isdigit() else chinese_integer(numeral)
            value = RankValue(number, bool(groups.get("top")), groups.get("shift") or "")
            out.append(Token("rank_shift" if value.shift else "rank", m.start(), m.end(), m[0], value))
    return out


def _threshold(text: str, quantity: Quantity, figures: list[Quantity], ranks: list[Token], book: Rulebook) -> bool:
    """5000人以上大型演出28场次: a bound inside a name; the figure that counts stands in the same clause."""
    if quantity.kind in ("percent", "point"):
        return False
    found = book.compiled["tails"].match(text, quantity.end)
    tail = found[0] if found else ""
    over = text.endswith(book.compiled["over"], 0, quantity.start)
    if not tail and not over:
        return False
    rest = HARD_END.split(text[quantity.end + len(tail) :], maxsplit=1)[0]
    if not rest:
        return False
    end = quantity.end + len(tail) + len(rest)
    if over and rest.startswith("的"):
        # 200个投资超亿元的重大项目: what is counted stands before its attribute.
        head = HARD_END.split(text[: quantity.start])[-1]
        if any(quantity.start - len(head) <= other.start < quantity.start for other in figures):
            return True
    starts = [other.start for other in figures] + [rank.start for rank in ranks]
    behind = any(quantity.end <= start < end for start in starts)
    before = any(other.end == quantity.start and other.kind == "amount" for other in figures)
    return behind or before


def _fill(text: str, mentions: list[Token]) -> list[Token]:
    """Text and separators between the mentions; a bracket without a figure or a time is text."""
    plain = [
        m.span()
        for m in BRACKET.finditer(text)
        if not any(
            t.type in ("time", "basis") or t.type.startswith("qty_") for t in mentions if m.start() <= t.start < m.end()
        )
    ]
    out: list[Token] = []
    at = 0
    for mention in mentions:
        if mention.start < at or (plain and any(s < mention.start < e for s, e in plain)):
            continue
        if at < mention.start:
            _gap(text, at, mention.start, plain, out)
        out.append(mention)
        at = mention.end
    _gap(text, at, len(text), plain, out)
    return out


def _gap(text: str, start: int, end: int, plain: list[tuple[int, int]], out: list[Token]) -> None:
    """The tokens of a stretch without mentions: separators one by one, text in runs."""
    at = start
    for m in SEPARATOR.finditer(text, start, end):
        here = m.start()
        if plain and any(s <= here < e for s, e in plain):
            continue
        if here > at:
            out.append(Token("text", at, here, text[at:here]))
        mark = text[here]
        at = here + 1
        out.append(Token(mark, here, at, mark))
    if at < end:
        out.append(Token("text", at, end, text[at:end]))


def _merge(tokens: list[Token]) -> list[Token]:
    """Figures joined by 、 和 and the like become one token with members; a bound behind a member stays with it."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if not token.members:
            out.append(token)
            continue
        members = list(token.members)
        last = token
        while True:
            bound = at
            if bound < len(tokens) and tokens[bound].type == "bound_after" and tokens[bound].start == last.end:
                bound += 1
            joint = bound
            while joint < len(tokens) and tokens[joint].text in CONNECTORS and tokens[joint].text != "，":
                joint += 1
            if joint == bound or joint >= len(tokens) or not tokens[joint].members:
                break
            if bound > at:
                members[-1].bound = tokens[at].value
            last = tokens[joint]
            members.extend(last.members)
            at = joint + 1
        out.append(
            token if last is token else Token(last.type, token.start, last.end, token.text, token.value, members)
        )
    return out
