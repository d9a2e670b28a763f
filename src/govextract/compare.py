"""Relations to anything but a time: gaps, ranks, completions. They hang on the record they speak about, or make one."""

from __future__ import annotations

from decimal import Decimal

from govextract import stdre
from govextract.completion import complete, without_rate
from govextract.draft import ComparisonDraft, Draft
from govextract.drafting import copied, make_draft
from govextract.lists import split_all, split_names, unify_units
from govextract.match import Claim
from govextract.name import Name, head_of, prefix_of, strip_left, strip_right
from govextract.periods import year_span
from govextract.places import listed_place
from govextract.reading import Reading, period_of, strip_spaces
from govextract.rulebook import Rulebook
from govextract.tokens import RankValue, Token

SELF = {"gap": "gap", "rank": "rank", "complete": "level"}


def apply_comparison(reading: Reading, claim: Claim, name: Name, left: list[Token]) -> None:
    """Hang the comparisons of *claim* on their records, or make records that carry them."""
    kind = claim.pattern.make["comparison"]
    made = comparisons(reading, claim, kind)
    if kind == "rank" and made:
        _subject_before(reading, claim, name, made[0])
        _range(reading, name, made[0])
    if not made or (claim.pattern.make.get("subject") == "range" and not _ranged(reading, name, made[0])):
        return
    alike = name.mode == "alike" or any(
        t.type == "each" and t.value == "alike" for t in reading.tokens[claim.first : claim.last]
    )
    same = reading.book.names["same_subject"]["words"]
    if name.text in reading.book.compiled["attachable"] and name.text not in same:
        name.text = complete(name, None, reading.state, reading.book)
    subject = name.text
    own = [part for part in stdre.split("、|和|与|及", subject) if part]
    if own and all(part in same for part in own):
        subject = ""
        if len(own) > 1:
            _hang_each(reading, own, made)
            return
        if alike and own[0] in reading.book.compiled["totals"]:
            # 净增98万户、突破1900万户，总量均居第一: a total speaks of amounts, not of what was added to them.
            for draft in [d for d in _group(reading, reading.drafts) if d.measure == "level"]:
                draft.comparisons.extend(made)
            return
    elif reading.drafts and own and same_thing(subject, reading.drafts, reading.book):
        subject = ""
    if subject:
        _own_records(reading, claim, name, subject, kind, made, alike)
        return
    if kind == "rank" and made[0].value is not None and own and _sized(reading, claim, name, own[-1], made):
        return
    near = [d for d in reading.drafts if made[0].value is not None or not _apart(reading, d, claim)]
    hosts = [d for d in near if hosts_comparison(d, kind)]
    if not hosts:
        hosts = [d for d in near if d.measure != "qualitative"]
    if not hosts:
        _orphan(reading, claim, name, kind, made)
        return
    growth = reading.book.compiled["growth_nouns"]
    if made[0].object.endswith(growth) or (alike and own and own[-1].endswith(growth)):
        hosts = [d for d in hosts if d.measure == "growth"] or hosts  # 均高于GDP增速, 增幅均居第1 speak of growth alone
    if own and own[-1] in reading.book.compiled["totals"]:
        # 生产总值201亿元，增长4.1%，总量排名第六: a total speaks of the amount.
        hosts = [d for d in hosts if d.measure == "level" and d.name == hosts[-1].name] or hosts
    if len(made) > 1:
        targets = _last_group(hosts, len(made))
        if len(targets) == len(made):
            for draft, comparison in zip(targets, made, strict=True):
                draft.comparisons.append(comparison)
            return
        for comparison in made:
            hosts[-1].comparisons.append(comparison)
        return
    for draft in _group(reading, hosts) if alike else hosts[-1:]:
        draft.comparisons.append(made[0])
    if claim.one("goal") is not None:
        reading.drafts.append(_goal(reading, claim, hosts[-1], made[0]))


def _goal(reading: Reading, claim: Claim, host: Draft, comparison: ComparisonDraft) -> Draft:
    """完成年初预算数6.1亿元的39.8%: the goal's own amount, for the whole year of the record that is measured by it."""
    token = claim.one("goal")
    assert token is not None
    name = Name(text=host.name + comparison.object)
    draft = make_draft(reading, claim, name, name.text, copied(token.members[-1]), "level", 1)
    year = host.period.end[:4] if host.period is not None else ""
    draft.status, draft.region, draft.carried = "target", host.region, True
    draft.period = year_span(int(year)) if year else None
    return draft


def _sized(reading: Reading, claim: Claim, name: Name, word: str, made: list[ComparisonDraft]) -> bool:
    """贸易额增长15%、规模居第1: a size is no growth; where no amount of it stands before, the rank is a record."""
    table, state = reading.book.names["same_subject"], reading.state
    if word not in table["sizes"] or not state.last or not reading.drafts or reading.drafts[-1].measure == "level":
        return False
    thing = state.last[-1]
    if word in table["kept_sizes"]:
        tail = next((t for t in table["sums"] if thing.endswith(t)), "")
        thing = thing.removesuffix(tail) + word
    reading.drafts.append(_carrier(reading, claim, name, thing, "rank", made[0]))
    return True


def hosts_comparison(draft: Draft, kind: str) -> bool:
    """A comparison hangs on a record that is no difference against a time; a completion on an amount."""
    if draft.measure == "qualitative" or (draft.measure == "change" and draft.basis is not None):
        return False
    if kind == "complete":
        return draft.measure in ("level", "change", "share")
    return True


def _range(reading: Reading, name: Name, comparison: ComparisonDraft) -> None:
    """总量在全国排名第20位: the range stands before the word of rank and is no part of the name."""
    table = reading.book.names["scopes"]
    whole = name.text + comparison.object
    at = min((i for word in table["words"] if (i := whole.find(word)) > 0), default=0)
    if not at or (comparison.object and at == len(name.text)):
        return
    name.text = strip_right(whole[:at].removesuffix(table["within"]), reading.book)
    comparison.object = whole[at:]


def _ranged(reading: Reading, name: Name, comparison: ComparisonDraft) -> bool:
    """增速全省第一 is a rank, 安全第一 none; what stands before the range is a name (not 培育更多全国第一)."""
    known = name.text in reading.book.compiled["attachable"] or name.text in reading.book.compiled["totals"]
    if name.text and not known and name.text not in reading.book.names["same_subject"]["words"]:
        name.text = strip_left(name, name.text, reading.book)
        if len(name.text) < 3:
            return False
    words = tuple(reading.book.names["scopes"]["words"])
    return comparison.object.startswith(words) or bool(listed_place(comparison.object, reading.book))


def _subject_before(reading: Reading, claim: Claim, name: Name, comparison: ComparisonDraft) -> None:
    """产教融合走在前列: what stands before the word of rank is whose rank it is, where it names no range."""
    relation, tokens = claim.one("relation"), claim.captures.get("object")
    if name.text or relation is None or not tokens or tokens[0].start > relation.start:
        return
    words = (*reading.book.names["scopes"]["words"], *reading.book.names["objects"]["prepositions"])
    value = claim.one("value")
    behind = value.text if value is not None and comparison.value is None else ""
    thing = comparison.object.removesuffix(behind)
    own = prefix_of(thing, reading.book.compiled["region_own"])
    if len(thing) > 4 and not own and not any(word in thing for word in words):
        name.text, comparison.object = strip_right(thing, reading.book), behind


def same_thing(subject: str, drafts: list[Draft], book: Rulebook) -> bool:
    """肉牛出栏1.9万头，出栏量居全市第一: the subject only takes up what the record before it is about."""
    names = [d.name for d in drafts if d.measure != "qualitative"][-1:]
    same = tuple(book.names["same_subject"]["words"])
    return any(
        name.endswith((subject, subject[:-1])) or (subject.startswith(name) and subject.removeprefix(name) in same)
        for name in names
        if len(subject) > 2 and name
    )


def _hang_each(reading: Reading, words: list[str], made: list[ComparisonDraft]) -> None:
    """总量、增速均居第一: 增速 speaks of the growth, 总量 of the amount before it."""
    growth = reading.book.compiled["growth_nouns"]
    for word in words:
        kinds = ("growth",) if word.endswith(growth) else ("level", "share")
        hosts = [d for d in reading.drafts if d.measure in kinds]
        if hosts:
            hosts[-1].comparisons.extend(made)


def _apart(reading: Reading, draft: Draft, claim: Claim) -> bool:
    """A semicolon between a record and a comparison in words keeps them apart."""
    return "；" in reading.view.text[draft.clause_start : reading.tokens[claim.first].start]


def _group(reading: Reading, hosts: list[Draft]) -> list[Draft]:
    """The drafts of the last list, for 均 and 都."""
    names = reading.state.group
    group = [d for d in hosts if d.name in names and d.measure == hosts[-1].measure]
    return group if len(group) > 1 else hosts


def _last_group(hosts: list[Draft], count: int) -> list[Draft]:
    """The last *count* records of one measure: what a parallel list of comparisons speaks about."""
    measure = hosts[-1].measure
    same = [d for d in hosts if d.measure == measure]
    return same[-count:]


def comparisons(reading: Reading, claim: Claim, kind: str) -> list[ComparisonDraft]:
    """The comparisons that a claim states: one a value, or one in words."""
    relation = claim.one("relation")
    word = claim.pattern.make.get("relation") or (str(relation.value) or relation.text if relation is not None else "")
    if kind == "complete":
        word = "完成" if not claim.pattern.make.get("relation") else word
    if kind == "rank" and relation is not None and not claim.pattern.make.get("relation"):
        word = relation.text.removeprefix("均")
    thing = object_text(claim, reading)
    value = claim.one("value")
    start = reading.tokens[claim.first].start
    end = reading.tokens[claim.last - 1].end
    if value is None:
        general = any(word in thing for word in reading.book.names["objects"]["general"])
        if kind == "complete" and (len(thing) < 4 or general):
            return []
        return [ComparisonDraft(word, thing, None, None, reading.view.span(start, end))]
    if value.type == "rank":
        return [_rank(reading, word, thing, value)]
    members = [copied(q) for q in value.members]
    unify_units(members)
    things = split_all(thing, reading.book) if len(members) > 1 else None
    if things is None or len(things) != len(members):
        things = [thing] * len(members)
    return [
        ComparisonDraft(word, t, q.value, q.unit, reading.view.span(q.start, q.end))
        for t, q in zip(things, members, strict=True)
    ]


def object_text(claim: Claim, reading: Reading) -> str:
    """What the comparison is with, without times, verbs and particles."""
    tokens = claim.captures.get("object", [])
    text = "".join(t.text for t in tokens if t.type not in ("basis", "each", "adverb", "bound_before", "rank_word"))
    for word in reading.book.names["objects"]["trailing"]:
        text = text.removesuffix(word)
    for word in sorted(reading.book.names["objects"]["leading"], key=len, reverse=True):
        text = text.removeprefix(word)
    return strip_spaces(text)


def _rank(reading: Reading, word: str, thing: str, value: Token) -> ComparisonDraft:
    rank: RankValue = value.value
    span = reading.view.span(value.start, value.end)
    if rank.value is None:
        return ComparisonDraft(word, thing + value.text, None, None, span)
    if rank.top:
        return ComparisonDraft(word, thing + value.text, Decimal(rank.value), "位", span)
    return ComparisonDraft(word, thing, Decimal(rank.value), "位", span)


def _own_records(
    reading: Reading, claim: Claim, name: Name, subject: str, kind: str, made: list[ComparisonDraft], alike: bool
) -> None:
    """The clause names its own subject: an earlier record of it in the sentence, else a record for the comparison."""
    same = [d for d in reading.drafts if d.name == strip_spaces(subject) and hosts_comparison(d, kind)]
    if same:
        same[-1].comparisons.extend(made)
        return
    table = reading.book.names["objects"]
    if made[0].value is None and (
        not 3 <= len(subject) <= 16
        or made[0].relation in table["host_only"]
        or any(word in subject for word in table["not_subjects"])
    ):
        return
    listed = split_names(subject, len(made), reading.book) if len(made) > 1 else None
    if listed:
        for text, comparison in zip(listed, made, strict=True):
            reading.drafts.append(_carrier(reading, claim, name, text, kind, comparison))
        return
    shared = alike or (kind == "rank" and "、" in subject and bool(head_of(subject, reading.book)))
    stem = without_rate(subject, reading.book)
    if stem.endswith(tuple("、和与及")):
        stem = subject  # 总量和增速居第一
    parts = split_all(stem, reading.book) if shared else None
    names = [part + subject.removeprefix(stem) for part in parts] if parts else [subject]  # 甲、乙增速居第一
    for text in names:
        for comparison in made:
            reading.drafts.append(_carrier(reading, claim, name, text, kind, comparison))
    reading.state.last = names
    reading.state.recent.extend(names)


def _orphan(reading: Reading, claim: Claim, name: Name, kind: str, made: list[ComparisonDraft]) -> None:
    """A comparison whose record stands in an earlier sentence, or nowhere: it makes a record of the last subject."""
    state = reading.state
    if not state.last or not any(c.value is not None for c in made):
        return
    for comparison in made:
        reading.drafts.append(_carrier(reading, claim, name, state.last[-1], kind, comparison))


def _carrier(reading: Reading, claim: Claim, name: Name, text: str, kind: str, comparison: ComparisonDraft) -> Draft:
    span, span_text, inferred = period_of(reading)
    measure = SELF[kind] if comparison.value is not None else "qualitative"
    return Draft(
        span=comparison.span, name=strip_spaces(text), raw=name.raw, measure=measure, rule=claim.pattern.id,
        value=comparison.value, unit=comparison.unit, decimals=0 if measure == "rank" else None, action=name.action,
        status=reading.clause_status or reading.status, region=reading.state.region or reading.document_region,
        period=span, period_text=span_text, inferred=inferred, comparisons=[comparison], sentence=reading.view.text,
        section=reading.block.section, clause_start=reading.tokens[claim.first].start,
    )  # fmt: skip
