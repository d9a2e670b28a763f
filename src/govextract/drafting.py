"""A claim's value as a draft: period, status, basis, region, sign."""

from __future__ import annotations

from govextract import stdre
from govextract.draft import Draft
from govextract.match import Claim
from govextract.name import Name
from govextract.numerals import chinese_integer
from govextract.periods import Span, resolve, year_span
from govextract.quantities import Quantity
from govextract.reading import Reading, anchor_of, period_of, strip_spaces
from govextract.rulebook import Rulebook
from govextract.tokens import Token
from govextract.units import base_of

YEARLY = stdre.compile("prior:([两二三四五])年年均")
QUARTERS = {("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31")}
NEGATIVE = {"fall", "narrow"}


def signs(claim: Claim) -> list[int]:
    """The sign of each value of a claim: a fall, or a gap that narrows, is negative."""
    direction = claim.one("direction")
    sign = -1 if direction is not None and direction.type in NEGATIVE else 1
    return [sign] * claim.count


def claim_tokens(claim: Claim, tokens: list[Token]) -> list[Token]:
    """The claim's own tokens, without those of an object or a whole."""
    inner = {id(t) for key in ("whole", "object", "noun") for t in claim.captures.get(key, ())}
    own = tokens[claim.first : claim.last]
    return [t for t in own if id(t) not in inner] if inner else own


def copied(q: Quantity) -> Quantity:
    return Quantity(q.start, q.end, q.value, q.unit, q.kind, q.value_max, q.bound, q.decimals, q.mult)


def make_draft(reading: Reading, claim: Claim, name: Name, text: str, q: Quantity, measure: str, sign: int) -> Draft:
    """One draft with its period, status, basis and region."""
    span, span_text, inferred = period_of(reading)
    value = None if q.value is None else q.value * sign
    direction = claim.one("direction")
    series = q.kind == "point" or base_of(None, q.unit, q.mult, reading.book)[1] not in reading.book.compiled["counted"]
    moved = direction is not None and direction.type != "add"
    words = reading.book.compiled
    spanned = span is not None and span.start != span.end and text.endswith(reading.book.names["bare"]["balances"])
    flow = measure == "change" and q.kind == "amount" and (spanned or text.endswith(words["new_money"]))
    basis = basis_of(name, measure, span, bare_yoy=series and moved and not flow)
    draft = Draft(
        span=reading.view.span(q.start, q.end), name=strip_spaces(text), raw=name.raw if name.text else "",
        measure=measure, rule=claim.pattern.id,
        value=value, value_max=None if q.value_max is None else q.value_max * sign, unit=q.unit, mult=q.mult,
        decimals=q.decimals, bound=q.bound, basis=basis, action=name.action,
        status=reading.clause_status or reading.status, period=span, period_text=span_text, inferred=inferred,
        sentence=reading.view.text, section=reading.block.section, carried=not name.text,
        clause_start=q.start,
    )  # fmt: skip
    if span is not None and span.start == span.end:
        draft.period = whole_of_flow(draft.name, span, reading.book)
    if span is not None and reached(claim, name, measure, reading) and span.end[:4] > span.start[:4]:
        # What a span of years has reached is its last year's.
        draft.period = year_span(int(span.end[:4]))
    if span is not None and span_text.endswith(words["last_days"]) and text.endswith(words["stocks"]):
        draft.period = Span(span.end, span.end)
    document = reading.context.anchor.document
    if span is not None and basis is not None and basis.endswith("年均"):
        draft.basis, draft.period = "prior:年均", averaged(basis, span, reading, claim)
    if draft.status == "actual" and span is not None and document is not None and span.start > document.end:
        draft.status = "target"
    if draft.status == "target" and not inferred and span is not None and document and span.end <= document.end:
        aimed = any(m["target"] for m in reading.book.compiled["target"].finditer(reading.view.text))
        if not aimed and not reading.clause_status:
            draft.status = "actual"  # 去年…回落到2.6%, said where the report looks ahead
    if text.endswith(reading.book.compiled["policy_names"]):
        draft.status = "policy"
    if name.region == "全国":
        reading.state.region = "全国"
    elif name.region == "own" or name.text:
        reading.state.region = None
    draft.region = reading.state.region or reading.document_region
    return draft


def averaged(basis: str, span: Span, reading: Reading, claim: Claim) -> Span:
    """The years of a yearly average: those it counts, those of the section, from the base named, or up to the aim."""
    whole, document, end = reading.context.span, reading.context.anchor.document, span.end[:4]
    counted = YEARLY.fullmatch(basis)
    if counted is not None:  # 五年年均增长
        return Span(f"{int(end) - (chinese_integer(counted[1]) or 1) + 1}-01-01", f"{end}-12-31")
    if document is not None and end > document.end[:4]:
        # 到2025年…，年均增长8%: an aim counts from the year after the one reported.
        return Span(f"{int(document.end[:4]) + 1}-01-01", f"{end}-12-31")
    if span.start[:4] < end:
        return span
    if whole is not None and whole.start[:4] < whole.end[:4]:
        return whole  # whatever moment the paragraph spoke of last
    first = base_year(reading, claim)
    return Span(f"{int(first) + 1}-01-01", f"{end}-12-31") if first is not None and first < end else span


def base_year(reading: Reading, claim: Claim) -> str | None:
    """是2007年的1.7倍，年均增长13.5%: the earliest year named since the last semicolon."""
    years: list[str] = []
    for token in reading.tokens[: claim.first]:
        if token.type == "；":
            years.clear()
        elif token.type in ("time", "basis") and token.time.match.groupdict().get("y"):
            years.append(str(token.time.match["y"]))
    return min(years, default=None)


def whole_of_flow(name: str, day: Span, book: Rulebook) -> Span:
    """年末登记失业率3%。居民收入…: what flows is not of a last day but of the year, as far as it has come."""
    return Span(f"{day.end[:4]}-01-01", day.end) if name.endswith(book.compiled["flows"]) else day


def reached(claim: Claim, name: Name, measure: str, reading: Reading) -> bool:
    """A level or share that 达到, 突破 or 提升到 its value, and is no count or sum of what was done."""
    if measure not in ("level", "share", "rank") or name.action is not None:
        return False
    own = reading.tokens[claim.first : claim.last]
    return any(t.type in ("reach", "rise_to", "fall_to", "bound_before") for t in own) or measure == "rank"


def basis_of(name: Name, measure: str, span: Span | None, *, bare_yoy: bool) -> str | None:
    """The base of a growth or change: named, or yoy for a bare growth of a yearly or part-year period."""
    if measure not in ("growth", "change"):
        return None
    if name.basis is not None:
        mention = name.basis.time
        value = mention.rule.value
        groups = mention.match.groupdict()
        if value == "prior":
            return f"prior:{groups['prior']}"
        if value == "year":
            year = int(groups["y"])
            return f"prior:{year}年{groups.get('point') or ''}"
        if mention.rule.id == "basis_mom" and span is not None and is_quarter(span):
            return "qoq"  # 三季度GDP环比增长3.9%
        return str(value)
    if measure == "change" and not bare_yoy:
        return None
    if span is not None and int(span.end[:4]) > int(span.start[:4]):
        return None
    return "yoy"


def is_quarter(span: Span) -> bool:
    """Whether a span is one quarter of a year."""
    return (span.start[5:], span.end[5:]) in QUARTERS and span.start[:4] == span.end[:4]


def base_period(reading: Reading, claim: Claim, draft: Draft) -> None:
    """A of 从A到B: the time it names, or the year before the period begins."""
    base = claim.one("base")
    if base is not None and base.type == "time":
        span = resolve(base.time.rule.norm, base.time.match, anchor_of(reading))
        if span is not None:
            draft.period, draft.period_text, draft.inferred = span, base.text, False
            return
    whole, section, document = period_of(reading)[0], reading.context.span, reading.context.anchor.document
    if whole is not None and section is not None and section.start < whole.start and whole.end[:4] == section.end[:4]:
        whole = section  # 2012年…由第9位上升到第8位, in a review of five years
    if whole is not None and document is not None and whole.start > document.end:
        draft.period = year_span(int(document.end[:4]))  # an aim for a later year starts from now
        draft.status = "actual"
    elif whole is not None:
        draft.period = year_span(int(whole.start[:4]) - 1)
        if draft.status == "target":
            draft.status = "actual"  # an aim starts from what has been reached
