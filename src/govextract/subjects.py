"""Whose value it is: the names of a claim, completed from the discourse and from what the measure adds to them."""

from __future__ import annotations

from govextract import stdre
from govextract.completion import as_sibling, complete, without_rate
from govextract.discourse import carrier_of
from govextract.drafting import claim_tokens
from govextract.lists import ETC, split_all, split_names
from govextract.match import Claim
from govextract.name import Name, clean, head_of, owner_of
from govextract.nouns import bound_noun
from govextract.quantities import Quantity
from govextract.reading import Reading
from govextract.rulebook import Rulebook
from govextract.segment import borders
from govextract.units import base_of

CLAUSE = stdre.compile("[，；：。]")
JOINTS = stdre.compile("[、和]")
ETC_TAIL = stdre.compile("等[^、]*$")  # 甲业、乙业等现代服务业: the members, not their class


def take_subject(reading: Reading, claim: Claim, name: Name) -> None:
    """Nouns that end the name: 占比, 增速 of a change, 占…比重."""
    make, noun = claim.pattern.make, claim.one("noun")
    state, count = reading.state, claim.count
    if claim.pattern.make["measure"] == "contribution":
        state.contribution = f"{name.text}的{noun.text}" if name.text and noun is not None else ""
        name.text = before_object(name.text, reading)
        if not name.text and count > 1 and len(state.group) == count:
            # 三次产业结构为…，贡献率分别为…: the members of the list before it contribute.
            name.names = [owner_of(each.partition("占")[0], reading.book) for each in state.group]
            return
        if not name.text and state.last:
            shares = reading.book.compiled["share_nouns"]
            name.text = owner_of(state.last[-1], reading.book) if state.last[-1].endswith(shares) else state.last[-1]
        return
    if claim.one("action") is not None and claim.one("action").type == "share":  # type: ignore[union-attr]
        whole = "".join(t.text for t in claim.captures.get("whole", []) if t.type not in ("basis", "each"))
        owner = name.text or (without_rate(state.last[-1], reading.book) if state.last else "")
        tail = noun.text if noun is not None else ""
        if not tail and whole.endswith(reading.book.compiled["share_nouns"]):
            whole, tail = whole, " "
        if not tail:
            whole, tail = whole.removesuffix("的"), "的比重"
        if not whole and tail == "的比重":
            known = state.share.rpartition("占")[2]
            whole, tail = ("", known) if known else ("", "比")
        owners = split_names(name.text, count, reading.book) if name.text else state.group
        if count > 1 and owners and len(owners) == count:
            name.names = [f"{each}占{whole}{tail.strip()}" for each in owners]
        name.text = f"{owner}占{whole}{tail.strip()}" if owner else ""
        return
    if make.get("subject") == "noun" and noun is not None:
        owner = name.text
        if not owner and count > 1 and len(state.group) == count:
            name.names = [each + noun.text for each in state.group]
        if not owner and state.recent:
            owner = state.last[-1]
        name.text = owner + noun.text


def before_object(text: str, reading: Reading) -> str:
    """对工业增长 behind the contributor is what it contributes to, not its name."""
    at = text.find("对", 1)
    if at < 0 and text.startswith("对"):
        return ""
    return text[:at] if at > 0 else text


def adjust_measure(measure: str, name: Name, members: list[Quantity], claim: Claim, reading: Reading) -> str:
    """A level that its name or its subject makes a share, a change, an addition."""
    book, state = reading.book, reading.state
    kind = members[-1].kind
    shares = book.compiled["share_nouns"]
    shared = (name.text or state.share).endswith(shares) and (name.text or claim.one("reached"))
    if measure == "level" and kind == "percent" and shared:
        name.text = name.text or state.share
        return "share"
    contributed = name.text.endswith(book.compiled["contributions"])
    if measure == "level" and kind in ("percent", "point") and contributed:
        # The catalogue may know the whole phrase (消费对经济增长的贡献率): the contributor is its name.
        name.text = before_object(name.text, reading)
        return "contribution"
    changed = name.action in book.compiled["falls"] or name.action in book.compiled["rises"]
    if measure == "level" and kind == "percent" and changed and name.text:
        # 压减公用经费15%: the verb stands before its noun.
        name.sign = -1 if name.action in book.compiled["falls"] else 1
        return "growth"
    if measure == "level" and kind == "amount" and name.basis is not None and name.action in book.compiled["moves"]:
        # 较年初增加贷款320亿元: the verb stands before its noun.
        name.sign = -1 if name.action in book.compiled["falls"] else 1
        return "change"
    if measure == "level" and kind == "point":
        return "change"
    again = not name.text and state.measure == "growth" and state.last
    if measure == "level" and kind == "percent" and again and _reaches(claim, reading):
        # 增长7%以上、力争达到8%: the second figure is a growth too, unless the thing is a rate itself.
        return "level" if state.last[-1].endswith(tuple(book.names["bare"]["ratios"])) else "growth"
    if measure == "level" and kind == "amount" and is_added(name, claim, reading):
        return "change"
    if measure == "change" and kind == "point" and not name.text and len(members) in (1, len(name.bases)):
        if state.share:
            name.text = state.share
        elif state.measure == "growth" and state.last and not state.last[-1].endswith(("增速", "率")):
            name.text = state.last[-1] + "增速"
    return measure


def _reaches(claim: Claim, reading: Reading) -> bool:
    return any(t.type == "reach" for t in claim_tokens(claim, reading.tokens))


def joint_before(claim: Claim, reading: Reading) -> bool:
    """Whether 、 or 和 joins the claim to the one before it."""
    start = reading.tokens[claim.first].start
    if reading.view.text.endswith(tuple(reading.book.names["both"]["connectors"]), 0, start):
        return True
    before = reversed(reading.tokens[: claim.first])
    joint = next((t for t in before if t.type in "，；：、" or t.type.startswith("qty_")), None)
    return joint is not None and joint.type == "、"


def shared_action(claim: Claim, reading: Reading) -> str | None:
    """建成A 2个、B 3个: the verb of the first holds for those that 、 joins to it."""
    last = reading.drafts[-1] if reading.drafts else None
    if last is None or last.measure != "level" or last.action is None or not joint_before(claim, reading):
        return None
    return last.action


def is_added(name: Name, claim: Claim, reading: Reading) -> bool:
    """新增A 2个、B 3个: the verb of the first holds for those that 、 joins to it."""
    if name.added:
        return name.text not in reading.book.surfaces or not name.text.startswith(tuple(reading.book.compiled["adds"]))
    last = reading.drafts[-1] if reading.drafts else None
    if name.text in reading.book.compiled["totals"] or _reaches(claim, reading):
        return False
    if claim.one("bound") is not None and (not name.text or name.text.endswith(reading.book.compiled["flows"])):
        return False  # 净增8万户、突破90万户; 新增并网4000万千瓦、发电量超3000亿度
    return bool(
        name.action is None and joint_before(claim, reading) and last and last.measure == "change"
        and last.basis is None and last.action in reading.book.compiled["adds"]
    )  # fmt: skip


def names_for(
    reading: Reading, claim: Claim, name: Name, members: list[Quantity], measure: str = "level"
) -> list[str] | None:
    """As many complete names as the claim has values (or members of an 均); None and an issue where they do not zip."""
    book, state = reading.book, reading.state
    unit = base_of(None, members[-1].unit, members[-1].mult, book)[1]
    count = len(members)
    if name.names:
        return name.names
    aggregate = measure == "growth" and name.text in book.names["bare"]["aggregates"]
    # 实施项目1.6万个，投资增长7%: what grows is known by itself, it is not the projects'.
    text = name.text if aggregate else complete(name, unit, state, book)
    name_is_total = name.text in book.compiled["totals"]
    text = as_sibling(text, measure, unit, state, book)
    if count == 1:
        if name.mode == "alike" and text:
            parts = split_all(text, book)
            if parts:
                return parts
        if name.mode == "alike" and not text and len(state.group) > 1:
            return list(state.group)
        if text:
            return held_by_each(text, measure, book) or [class_of(text, book)]
        if not state.last:
            return [""]
        if not carries(state.last[-1], members[-1], book):
            stem = without_rate(state.last[-1], book)  # 余额增速高0.6个百分点；增加3亿元
            return [stem if stem != state.last[-1] else ""]
        return [without_rate(state.last[-1], book) if measure == "growth" else state.last[-1]]
    if text and not name_is_total:
        parts = split_names(text, count, book)
        if parts:
            return [
                complete(Name(text=part), unit, state, book) if part in book.compiled["own"] else part for part in parts
            ]
        if name.text in book.compiled["own"] or head_of(name.text, book) == name.text:
            subjects = state.listed(count)
            if len(subjects) == count:
                return [(carrier_of(subject, book) or subject) + name.text for subject in subjects]
            owners = listed_before(name, count, book)
            if owners:
                return [owner + name.text for owner in owners]
        # A comma may stand inside the list: one clause more at a time.
        clauses = [c for c in CLAUSE.split(name.before) if c]
        for more in range(1, len(clauses) + 1):
            parts = split_names("、".join([*clauses[-more:], text]), count, book)
            if parts:
                return parts
        bases = [base_of(None, m.unit, m.mult, book)[1] for m in members]
        if len(set(bases)) == count and name.mode != "in_order":
            owner = owner_of(text, book) or text
            by_unit = book.names["attributes"]["by_unit"]
            return [text] + [owner + by_unit.get(base or "", "") for base in bases[1:]]
    else:
        subjects = members_before(name, count, book) or state.listed(count)
        if len(subjects) == count:
            grown = measure == "change" and members[-1].kind == "point" and state.measure == "growth"
            return [subject + "增速" for subject in subjects] if grown else list(subjects)
        ratios = [d.name for d in reading.drafts if d.unit == "%" and d.measure in ("share", "level")]
        if members[-1].kind == "point" and len(ratios) >= count:
            return ratios[-count:]  # A占B的78%，C占D的62%，分别提高11、12个百分点
    value = claim.one("value")
    assert value is not None
    reading.issue("LIST_MISMATCH", value.start, value.end, count=str(count), names=text or "—")
    return None


def carries(name: str, member: Quantity, book: Rulebook) -> bool:
    """Whether a carried name can have such a value: a rate is no area and no sum."""
    return member.kind != "amount" or not name.endswith(tuple(book.names["bare"]["ratios"]))


def listed_before(name: Name, count: int, book: Rulebook) -> list[str]:
    """生活垃圾、污水处理能力提高，处理率分别达到…: an attribute whose owners stand as a list in the clause before."""
    parts = members_before(name, count, book)
    stem = name.text[:-1]  # what 处理率 and 处理能力 share
    return [part[: part.find(stem)] if part.find(stem) > 0 else owner_of(part, book) or part for part in parts]


def members_before(name: Name, count: int, book: Rulebook) -> list[str]:
    """对东盟、欧盟出口均增长，分别增长5%、6%: the list of *count* names that the clause before speaks of."""
    clauses = [c for c in CLAUSE.split(name.clauses) if c]
    if not clauses:
        return []
    edges = borders(clauses[-1])
    ends = (at for at in sorted(edges) if clauses[-1].startswith(book.compiled["list_ends"], at) and at > 1)
    text = clauses[-1][: next(ends, None)]
    text = next((text.removeprefix(w.text) for w in book.words["of_which"] if text.startswith(w.text)), text)
    whole = Name()
    clean(whole, bound_noun(text, book)[0], book)
    return split_names(ETC_TAIL.sub("", whole.text), count, book) or []


def held_by_each(text: str, measure: str, book: Rulebook) -> list[str] | None:
    """入学率和巩固率达100%, 收入、支出翻了一番: rates, and what doubles, have one figure each."""
    parts = JOINTS.split(text)
    rates = tuple(book.names["bare"]["ratios"])
    each = len(parts) > 1 and (measure == "double" or all(part.endswith(rates) for part in parts))
    return split_all(text, book) if each else None


def class_of(text: str, book: Rulebook) -> str:
    """甲、乙等国家级集群: one value behind examples names their class."""
    first, _, last = text.rpartition("、")
    if first and last in book.compiled["own"]:
        # 电厂三期建成投产、总装机386万千瓦: the attribute of what the first part names.
        return bound_noun(first, book)[0] + last
    etc = ETC.search(text)
    vague = etc is not None and text.startswith(book.compiled["vague"], etc.end())  # 教育、卫生等领域贷款
    if etc and not vague and "、" in text[: etc.start()] and len(text) - etc.end() >= 3:
        return text[etc.end() :].lstrip("的")
    return text
