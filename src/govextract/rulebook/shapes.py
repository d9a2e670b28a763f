"""What each rule file holds: its keys, and what stands under each. A new table of rules/ is listed here."""

from __future__ import annotations

# Tables of words: key=kind, where a key alone holds a list of words. text: one word; pairs: word → word;
# regex, regexes: regular expressions; rows:a,b: entries with these keys (a key ending in * holds a list of words).
TABLES = {
    "lexicon/names/attributes.yaml": "by_unit=pairs",
    "lexicon/names/bare.yaml": (
        "own people append cross totals spent balance balances=text new_money flows funds stocks ends single ratios "
        "aggregates cumulative=text"
    ),
    "lexicon/names/both.yaml": (
        "pairs=pairs prefixes spread classes entities kinds owners index=text connectors scopes list_ends"
    ),
    "lexicon/names/chains.yaml": "chains=rows:words*,members*",
    "lexicon/names/confidence.yaml": "weights=pairs",
    "lexicon/names/generic.yaml": "words vague attributive abstract grades institutions classed_by",
    "lexicon/names/heads.yaml": "words",
    "lexicon/names/inner_verbs.yaml": "words marks causes relief relieved cut cut_not_before parts join have",
    "lexicon/names/leading_verbs.yaml": "keep words not_before adverbs adjectives sure aims joints complements",
    "lexicon/names/not_units.yaml": "words",
    "lexicon/names/objects.yaml": "trailing leading prepositions host_only not_subjects general",
    "lexicon/names/parts.yaml": (
        "prefix suffixes all owned places owners measures=pairs average=text people items averaged staff sites stock"
    ),
    "lexicon/names/people_heads.yaml": "words households told=pairs",
    "lexicon/names/predicates.yaml": (
        "words not_inside locatives efforts membership tails tails_keep for carry_out negations"
    ),
    "lexicon/names/protected.yaml": "words",
    "lexicon/names/region_words.yaml": "own nation no_region place_kinds no_place not_behind_place",
    "lexicon/names/same_subject.yaml": "words sizes kept_sizes sums",
    "lexicon/names/scopes.yaml": "words within=text",
    "lexicon/names/short_forms.yaml": "pairs=pairs whole=pairs",
    "lexicon/names/tables.yaml": (
        "stubs unit_line=regex places=regex all_places unit_heads serials growth share change rank since=pairs stock "
        "completes=pairs completed=text plans done generic parts empty signs=pairs nouns=pairs title_tails points=text"
    ),
    "lexicon/names/trailing.yaml": "words",
    "lexicon/names/wholes.yaml": "no_whole covered=text holds=text",
    "lexicon/names/unsplit.yaml": "words",
    "lexicon/structure.yaml": (
        "numbering=rows:level,pattern bullets=regex review outlook outlook_strong review_over_outlook "
        "lead_outlook=regexes lead_review=regexes target_not_behind target_words clause_target policy_words=regexes "
        "policy_names new_article=regexes genres=rows:genre,title* previous_year titles=regex national looked "
        "of_which=regex whole=regex agent=regex time_openers notes=regex annex=regex plan_title=regex "
        "plan_heading=regex"
    ),
}
# Files of entries, each with its own check, and files that only `eval` reads.
OTHERS = ("lexicon/times.yaml", "lexicon/ignored.yaml", "lexicon/ranks.yaml", "lexicon/regions.yaml")
FREE = ("lexicon/evaluation.yaml",)
FOLDERS = ("patterns/", "lexicon/words/", "lexicon/units/", "lexicon/indicators/", "examples/")

# Mention types that the engine asks for by name.
NEEDED_WORDS = (
    "add", "bound_after", "bound_before", "contribution", "double", "fall", "flat", "gap", "goal", "growth_noun",
    "rank", "rise", "share_noun",
)  # fmt: skip
BOUNDS = ("exact", "about", "at_least", "more_than", "at_most", "less_than")
# What `value` may be for a type of words; "number" and "count" are figures.
WORD_VALUES: dict[str, tuple[str, ...] | str] = {
    "bound_before": BOUNDS,
    "bound_after": BOUNDS,
    "each": ("in_order", "alike"),
    "plan": ("sentence", "clause"),
    "growth_noun": ("+", "-", "="),
    "double": "number",
    "rank": "count",
}
WHEN = ("number", "alone", "ratio", "each", "from", "figure", "point", "against")

UNIT_KINDS = ("amount", "percent", "point", "times")
DIMENSIONS = (
    "money", "ratio", "count", "people", "households", "area", "volume", "mass", "length", "energy", "power",
    "concentration", "index", "duration", "visits", "other",
)  # fmt: skip
LEVELS = ("province", "prefecture", "county", "macro", "new_area")

ROLES = ("time", "basis", "none")
BASES = ("yoy", "mom", "qoq", "ytd", "prior", "year")
# How a time's groups become dates, and the groups that it needs (periods.py).
NORMS: dict[str, tuple[str, ...]] = {
    "none": (), "date": (), "document": (), "document_end": (),
    "last_year_same": (), "year": (), "year_end": (), "whole_year": (),
    "months": ("m", "m2"), "first_months": ("m",), "first_quarters": ("q",), "half": ("h",), "quarter": ("q",),
    "month": ("m",), "month_until": ("m",), "years": ("y", "y2"), "since_year": (), "since_month": ("m",),
    "plan": ("plan",), "plan_end": ("plan",), "past_years": ("n",), "future_years": ("n",),
}  # fmt: skip

# What a pattern makes, and the captures that this needs.
MEASURES: dict[str, tuple[str, ...]] = {
    "level": ("value",), "growth": ("value",), "change": ("value",), "share": ("value",), "contribution": ("value",),
    "chain": ("value",), "double": ("value",), "flat": ("value",), "rank_shift": ("value",),
    "rank_from_to": ("first", "value"), "from_to": ("first", "value"),
    "growth_from_to": ("first", "value", "before", "direction"),
}  # fmt: skip
COMPARISONS = ("gap", "rank", "complete")
MAKE_KEYS = ("measure", "comparison", "relation", "noun", "subject")
NOUNS = ("optional", "required", "whole", "use")
