"""Faults put into reports by seed: how many of them the checks catch, in figures that some check covers.

injection.py PATH… [--seed S] [--faults N]      reports (.txt), N faults of each kind a report

A fault changes the printed text of one figure: 万 for 亿 (magnitude), one digit, two digits swapped, % for 个百分点,
the sign word, the unit. It is caught where the report has an error or a warning that it had not before. A figure is
covered for magnitude where a trial takes it in whose range spans less than ten thousand times; for the others where an
exact one does: a sum, a share, a difference, a repeat, of figures that stand for themselves.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from govextract.checks import trials
from govextract.model import Extraction, Record
from govextract.parse import parse_document
from govextract.read import make_document, read_document
from govextract.reports import report_files
from govextract.rulebook import Rulebook, load_rulebook

SIGNS = (("增长", "下降"), ("上涨", "下降"), ("提高", "下降"), ("增加", "减少"))
UNITS = (("亿元", "万吨"), ("万吨", "亿元"), ("万人", "万元"), ("元", "吨"))
Fault = Callable[[str, random.Random], str | None]  # a mention with what stands before it -> the faulty text


def magnitude(mention: str, chance: random.Random) -> str | None:
    """万 for 亿, 亿 for 万, 万亿 for 亿."""
    swaps = [(a, b) for a, b in (("万亿", "亿"), ("亿", "万亿"), ("亿", "万"), ("万", "亿")) if a in mention]
    swaps = [(a, b) for a, b in swaps if not (a in ("亿", "万") and "万亿" in mention)]
    if not swaps:
        return None
    old, new = chance.choice(swaps)
    return mention.replace(old, new, 1)


def digit(mention: str, chance: random.Random) -> str | None:
    """One digit for another."""
    places = [m.start() for m in re.finditer(r"\d", mention)]
    if not places:
        return None
    at = chance.choice(places)
    other = chance.choice([d for d in "123456789" if d != mention[at]])
    return mention[:at] + other + mention[at + 1 :]


def swapped(mention: str, chance: random.Random) -> str | None:
    """Two neighbouring digits swapped."""
    places = [m.start() for m in re.finditer(r"(?=(\d)(\d))", mention) if mention[m.start()] != mention[m.start() + 1]]
    places = [at for at in places if not (at == 0 and mention[1] == "0")]
    if not places:
        return None
    at = chance.choice(places)
    return mention[:at] + mention[at + 1] + mention[at] + mention[at + 2 :]


def points(mention: str, chance: random.Random) -> str | None:
    """% for 个百分点 and the other way round."""
    if mention.endswith("个百分点"):
        return mention.removesuffix("个百分点") + "%"
    return mention.removesuffix("%") + "个百分点" if mention.endswith("%") else None


def unit(mention: str, chance: random.Random) -> str | None:
    """A unit of another kind."""
    found = next(((a, b) for a, b in UNITS if mention.endswith(a)), None)
    return mention.removesuffix(found[0]) + found[1] if found else None


FAULTS: dict[str, Fault] = {
    "magnitude": magnitude, "digit": digit, "swapped": swapped, "points": points, "unit": unit,
}  # fmt: skip
EXACT = ("digit", "swapped", "points", "sign", "unit")


def covered(extraction: Extraction, book: Rulebook) -> tuple[set[str], set[str]]:
    """The ids of the records in which a slip of 万 would show in some trial, and those in which one digit would."""
    some: set[str] = set()
    exact: set[str] = set()
    for trial in trials(extraction.document, extraction.records, book):
        ids = {fact.record.id for fact in trial.facts}
        if not trial.holds():
            continue  # doubted as it stands
        some |= ids if trial.shows_multiples() else set()
        exact |= ids if trial.shows_digits() else set()
    return some, exact


def told(extraction: Extraction) -> Counter[tuple[str, str]]:
    """The issues that weigh, by code and check."""
    return Counter((i.code, i.check) for i in extraction.issues if i.severity in ("error", "warning"))


def with_fault(text: str, record: Record, kind: str, chance: random.Random) -> str | None:
    """The report with one fault in *record*'s figure; None where this kind does not apply."""
    start, end = record.span.start, record.span.end
    if kind == "sign":
        before = text[max(0, start - 4) : start]
        for one, other in SIGNS:
            for old, new in ((one, other), (other, one)):
                if before.endswith(old):
                    return text[: start - len(old)] + new + text[start:]
        return None
    faulty = FAULTS[kind](text[start:end], chance)
    return None if faulty is None or faulty == text[start:end] else text[:start] + faulty + text[end:]


def main() -> None:
    """Print what was caught, by kind, and the share of figures that any check covers, by report."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("paths", type=Path, nargs="+")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--faults", type=int, default=12, metavar="N")
    options.add_argument("--misses", action="store_true", help="show what was not caught")
    chosen = options.parse_args()
    book = load_rulebook()
    caught: dict[str, list[bool]] = defaultdict(list)
    for path in report_files(chosen.paths):
        document = read_document(path)
        clean = parse_document(document, book)
        some, exact = covered(clean, book)
        before = told(clean)
        chance = random.Random(f"{chosen.seed}{path.name}")
        count = len(clean.records) or 1
        print(f"{path.stem:36} {count:4} records, covered {len(some) / count:.2f}, exactly {len(exact) / count:.2f}")
        meta = {"region": document.region, "date": document.date}
        for kind in ("magnitude", *EXACT):
            pool = [r for r in clean.records if r.id in (some if kind == "magnitude" else exact)]
            chance.shuffle(pool)
            made = 0
            for record in pool:
                faulty = with_fault(document.text, record, kind, chance)
                if faulty is None:
                    continue
                given = {key: value for key, value in meta.items() if value}
                result = parse_document(make_document(faulty, name=document.name, meta=given), book)
                caught[kind].append(bool(told(result) - before))
                if chosen.misses and not caught[kind][-1]:
                    print(
                        "  missed",
                        kind,
                        record.indicator,
                        document.text[record.span.start : record.span.end],
                        "->",
                        faulty[record.span.start : record.span.end],
                    )
                made += 1
                if made == chosen.faults:
                    break
    for kind, hits in caught.items():
        print(f"{kind:10} caught {sum(hits)} of {len(hits)} = {sum(hits) / max(1, len(hits)):.3f}")


if __name__ == "__main__":
    main()
