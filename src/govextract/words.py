"""The lexicon over a sentence: one multi-pattern pass; what follows decides a surface that can mean several things."""

from __future__ import annotations

from dataclasses import dataclass, field

from govextract import stdre
from govextract.rulebook import Rulebook, Word
from govextract.surfaces import Surfaces
from govextract.tokens import SEPARATORS, RankValue, Token, overlaps

# Where a surface has several types, the first whose condition holds.
PREFERENCE = ("rank_word", "complete", "rise_to", "fall_to", "gap", "gap_after", "bound_before", "reach")
# A percentage or percentage points follow, after a word or two: what 加快 or 放缓 can move.
RATIO_AHEAD = stdre.compile(r"[^\d，。；]{0,5}\d[\d.]*(?:个?(?:、|和)\d[\d.]*)*(?:%|个?百分点|倍)")
CLAUSE_END = stdre.compile("[，。；]")


def lexicon_surfaces(book: Rulebook) -> tuple[Surfaces, dict[str, list[Word]]]:
    """The lexicon's words, with the names (protected words, the catalogue) that only block; what each word means."""
    surfaces: dict[str, list[Word]] = {}
    for words in book.words.values():
        for word in words:
            surfaces.setdefault(word.text, []).append(word)
    keys = list({**surfaces, **dict.fromkeys(book.names["protected"]["words"]), **dict.fromkeys(book.surfaces)})
    return Surfaces(keys), surfaces


@dataclass(slots=True)
class _Known:
    """What is known of a sentence while its words are chosen from right to left: positions of what stands in it."""

    text: str
    lead: set[int]  # where a figure begins, or a word that only leads to one
    starts: set[int]  # where a mention begins that is no time
    ends: set[int]  # where a figure ends
    ratios: set[int]  # where a percentage ends
    ranks: list[int]
    basis: list[tuple[int, int]]
    ahead: dict[str, list[int]] = field(default_factory=lambda: {"goal": [], "in_step": []})


def find_words(text: str, book: Rulebook, fixed: list[Token], masked: list[tuple[int, int]]) -> list[Token]:
    listed, surfaces = book.compiled["lexicon"]
    spans = [(t.start, t.end) for t in fixed] + masked
    known = _Known(
        text,
        lead={t.start for t in fixed if t.type.startswith("qty_") or t.type in ("chain", "rank")},
        starts={t.start for t in fixed if t.type not in ("time", "no_time")},
        ends={t.end for t in fixed if t.type.startswith("qty_")},
        ratios={t.end for t in fixed if t.type == "qty_percent"},
        ranks=[t.start for t in fixed if t.type == "rank"],
        basis=[(t.start, t.end) for t in fixed if t.type == "basis"],
    )
    out: list[Token] = []
    # Right to left: whether a word counts depends on what stands behind it.
    for number, start, end in reversed(listed.find(text)):
        if overlaps(start, end, spans):
            continue
        meanings = surfaces.get(listed.keys[number])
        if meanings is None:
            continue
        word = _choose(meanings, start, end, known, book)
        if word is None:
            continue
        if word.type == "rank":
            known.ranks.append(start)
            out.append(Token("rank", start, end, text[start:end], RankValue(int(word.value) if word.value else None)))
            continue
        if word.type in ("bound_before", "adverb", "reach") and end in known.lead:
            known.lead.add(start)
        if word.type == "adverb" and end in known.starts:
            known.starts.add(start)  # 均明显好于
        if word.type in known.ahead:
            known.ahead[word.type].append(start)
        if word.type not in ("adverb", "goal", "plan", "with", "in_step", "of"):
            known.starts.add(start)
        out.append(Token(word.type, start, end, text[start:end], word.value))
    return out


def without_bound(text: str, end: int, book: Rulebook) -> int:
    """Where a figure before *end* may end: a bound behind it (以上, 左右) stands aside."""
    return next((end - len(w.text) for w in book.words["bound_after"] if text.endswith(w.text, 0, end)), end)


def _choose(words: list[Word], start: int, end: int, known: _Known, book: Rulebook) -> Word | None:
    text = known.text
    if len(words) > 1:
        words = sorted(words, key=lambda w: PREFERENCE.index(w.type) if w.type in PREFERENCE else len(PREFERENCE))
    for word in words:
        if word.type == "rank_word":
            fits = any(
                end <= r <= end + 18 and not stdre.search("[，。；、]|[高低快慢]于", text[end:r]) for r in known.ranks
            )
        elif word.type == "complete":
            fits = any(end <= g <= end + 18 and not stdre.search("[，。；]", text[end:g]) for g in known.ahead["goal"])
        elif word.type == "with":
            fits = any(
                end < g <= end + 14 and not stdre.search("[，。；、]", text[end:g]) for g in known.ahead["in_step"]
            )
        elif word.type == "in_step":
            fits = text[end : end + 1] in SEPARATORS or end == len(text)
        elif word.type in ("of", "use"):
            fits = without_bound(text, start, book) in known.ratios
        elif word.type == "gap":
            fits = end not in known.lead and end < len(text) and text[end] not in SEPARATORS
            if fits and word.when == "figure":
                clause = CLAUSE_END.split(text[end:], maxsplit=1)[0]
                fits = any(end <= s <= end + len(clause) for s in known.lead)
            if fits and word.when == "point":
                fits = bool(stdre.match(r"[^，。；\d]{1,12}\d+(?:\.\d+)?(?:个|、|和|\d|\.)*百分点", text[end:]))
        elif word.type == "gap_after":
            head = stdre.split("[，。；、]", text[:start])[-1]
            fits = (
                end in known.lead
                and bool(stdre.search("[比较]", head))
                and not overlaps(start - len(head), start, known.basis)
            )
        elif word.type == "bound_after":
            fits = start in known.ends
        elif word.when == "number":
            fits = end in known.lead
        elif word.when == "alone":
            opens = start == 0 or text[start - 1] in SEPARATORS or any(e == start for _, e in known.basis)
            fits = opens and end in known.lead
        elif word.when == "ratio":
            fits = bool(RATIO_AHEAD.match(text, end))
        elif word.when == "each":
            fits = end in known.lead or end in known.starts
        elif word.when == "from":
            clause = CLAUSE_END.split(text[end:], maxsplit=1)[0]
            fits = any(end <= s <= end + len(clause) for s in known.lead)
        elif word.type == "share":
            clause = CLAUSE_END.split(text[end:], maxsplit=1)[0]
            fits = any(end <= s <= end + len(clause) for s in known.starts)
        else:
            fits = True
        if fits:
            return word
    return None
