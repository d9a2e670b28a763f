"""A document's skeleton: title, headings, paragraphs, sentences, and what each heading says of status and time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from govextract import stdre
from govextract.model import Document
from govextract.rulebook import Rulebook
from govextract.view import FOLD, View, make_view

LONGEST = 20_000
RUN_IN = 40  # characters of the longest heading that runs into its paragraph
TERMINAL = "。！？；：”）)!?;:….%％"
# A sentence ends with its mark; what runs on without one is cut at a comma, or hard, so that the work stays linear.
SENTENCE = stdre.compile(r"[^。！？]{0,2000}[。！？]+[”’）」』]*|[^。！？]{1000,2000}(?<=[，；、])|[^。！？]{1,2000}")
# A short heading that its text follows behind blanks: 三、人口 年末总人口84万人…
RUN_ON = stdre.compile(
    r"\s*[一二三四五六七八九十]{1,3}、[ \u3000]*(?:[一-鿿、]{2,16}|[一-鿿][ \u3000]+[一-鿿])[ \u3000]+"
    r"(?=[一-鿿\d“][^\n]{30})"
)
INSIDE = stdre.compile(r"(?<=[。；])[ \u3000]+(?=[一二三四五六七八九十]{1,3}、)")
FIGURE = stdre.compile(r"[-+]?\d+(?:\.\d+)?%?")


@dataclass(slots=True)
class Block:
    """A paragraph (or a joined run of hard-wrapped lines), with the headings above it."""

    view: View
    kind: str  # title | heading | lead | body | cell
    level: int
    section: tuple[str, ...]
    headings: tuple[Heading, ...]
    article: int
    sentences: list[View] = field(default_factory=list)


class Heading(NamedTuple):
    """A heading: its text and what it says of the section below it: review, outlook or nothing."""

    level: int
    text: str
    role: str


def blocks(document: Document, book: Rulebook) -> list[Block]:
    """The document's paragraphs in order."""
    return list(each_block(document, book))


def each_block(document: Document, book: Rulebook) -> Iterator[Block]:
    """The document's paragraphs in order, one at a time: a long text's need not all stand in memory."""
    rules = _Rules(book.structure)
    read = 0  # characters so far
    stack: list[Heading] = []
    article = 0
    titled = False
    for start, end, cell in _stretches(document, rules):
        source = document.text[start:end]
        level, skip = rules.numbered(source)
        mark = rules.mark(source)
        view = make_view(document.text, start + max(skip, mark), end)
        line = view.text
        if not line:
            continue
        if cell:
            section = tuple(h.text for h in stack)
            yield Block(view, "cell", 0, section, tuple(stack), article, [view])
            continue
        top = bool(stdre.match(r"#\s", source))
        if (rules.new_article(line) and read > 1000) or (top and titled):
            article += 1
            stack = []
        titled = titled or top
        head = source[:skip].strip() + stdre.split(r"[。！？]", line, maxsplit=1)[0][:60]
        plain = len(line) <= 45 and not stdre.search(r"[。；！？]", line) and not mark
        if level:
            while stack and stack[-1].level >= level:
                stack.pop()
            kind = "heading" if plain else "body"
            # （一）稳住就业。… opens with its heading; a long first sentence is an item's text and heads nothing.
            if plain or len(head) <= RUN_IN:
                stack.append(Heading(level, head, rules.role(head)))
        elif plain and (not read or rules.annex.match(line) or not rules.dense(line)):
            role = "notes" if rules.notes.match(line) else rules.role(line)
            kind = "heading"
            if role or (stack and stack[-1].level == 9):
                while stack and (stack[-1].level >= 9 or role):
                    stack.pop()
            annex = rules.annex.match(line) is not None
            stack.append(Heading(0 if role and annex else 1 if role else 9, line, role))
        else:
            kind = "body"
            role = rules.lead(line)
            if role:
                while stack and stack[-1].level >= 8:
                    stack.pop()
                # Right below a heading of the first level it speaks for the whole part.
                alone = len(stack) == 1 and stack[0].level == 1 and not stack[0].role
                if alone:
                    stack[0] = Heading(1, stack[0].text, role)
                else:
                    stack.append(Heading(8, stdre.split("[。！？；]", line, maxsplit=1)[0][:40], role))
        block = Block(view, kind, level, tuple(h.text for h in stack), tuple(stack), article)
        block.sentences = [view.cut(*m.span()) for m in SENTENCE.finditer(view.text) if m[0].strip()]
        read += len(line)
        yield block


def _stretches(document: Document, rules: _Rules) -> Iterator[tuple[int, int, bool]]:
    """The spans of the document's lines, and of its tables' cells, each once; whether it is a cell."""
    text, at = document.text, 0
    for table in document.tables:
        yield from ((at + start, at + end, False) for start, end in _pieces(text[at : table.span.start], rules))
        cells = dict.fromkeys((cell.start, cell.end) for row in table.rows for cell in row)
        yield from ((start, end, True) for start, end in sorted(cells))
        at = table.span.end
    yield from ((at + start, at + end, False) for start, end in _pieces(text[at:], rules))


def _pieces(text: str, rules: _Rules) -> Iterator[tuple[int, int]]:
    """The spans of lines, a heading on its own."""
    for start, end in _lines(text, rules):
        yield from _run_in(text, start, end)


def _run_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A line in one piece, or its heading and what stands behind it on the same line (三、人口 年末总人口84万人…)."""
    for inner in [*INSIDE.finditer(text, start, end), None]:
        stop = inner.end() if inner else end
        heading = RUN_ON.match(text, start, stop)
        if heading:
            yield start, heading.end()
            start = heading.end()
        if inner is None or RUN_ON.match(text, stop, end):
            yield start, stop
            start = stop


def _split(text: str) -> Iterator[str]:
    """text.split("\\n"), one line at a time."""
    at = 0
    while (end := text.find("\n", at)) >= 0:
        yield text[at:end]
        at = end + 1
    yield text[at:]


def _lines(text: str, rules: _Rules) -> Iterator[tuple[int, int]]:
    """Line spans, with hard-wrapped lines of one paragraph joined."""
    last: tuple[int, int] | None = None  # which the next line may still join
    at = 0
    gap = True
    for line in _split(text):
        start, end = at, at + len(line)
        at = end + 1
        if not line.strip():
            gap = True
            continue
        if len(line) > LONGEST:
            # A line without end is cut, so that no step works on it as a whole.
            if last is not None:
                yield last
            for cut in range(start, end, LONGEST):
                last = (cut, min(cut + LONGEST, end))
                if last[1] < end:
                    yield last
        elif (
            last is not None
            and not gap
            and last[1] - last[0] < LONGEST
            and _continues(text[last[0] : last[1]], line, rules)
        ):
            last = (last[0], end)
        else:
            if last is not None:
                yield last
            last = (start, end)
        gap = False
    if last is not None:
        yield last


def _continues(previous: str, line: str, rules: _Rules) -> bool:
    previous, line = previous.rstrip(), line.strip()
    if previous.endswith(("，", ",", "、")):
        return True
    if previous[-1] in TERMINAL or rules.starts_block(line):
        return False
    # A full paragraph that breaks off in mid-sentence was wrapped; a short line is a heading or a list item.
    return len(previous) > 30 and ("。" in previous or "，" in previous) and not rules.starts_block(previous[-40:])


class _Rules:
    """The structure table, compiled."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.table = table
        self.levels = [
            (int(row["level"]), stdre.compile(r"[\s*]*(?:" + row["pattern"] + ")")) for row in table["numbering"]
        ]
        self.notes = stdre.compile(table["notes"])
        self.annex = stdre.compile(table["annex"])
        self.bullets = stdre.compile(table["bullets"])
        self.leads = [(stdre.compile(p), "outlook") for p in table["lead_outlook"]]
        self.leads += [(stdre.compile(p), "review") for p in table["lead_review"]]
        self.articles = [stdre.compile(p) for p in table["new_article"]]

    def numbered(self, line: str) -> tuple[int, int]:
        """The heading level of a numbered line (0: none) and where the text behind the number begins."""
        head = line[:20].translate(FOLD)
        if FIGURE.fullmatch(head.strip()):
            return 0, 0  # a table's cell
        for level, pattern in self.levels:
            found = pattern.match(head)
            if found and line[found.end() :].strip():
                return level, found.end()
        return 0, 0

    def mark(self, line: str) -> int:
        """How many characters a list item's bullet takes at the head of the line."""
        found = self.bullets.match(line)
        return found.end() if found and not FIGURE.fullmatch(line.strip()) else 0

    def dense(self, line: str) -> bool:
        """A short line that is a statement with a figure, not a heading over something."""
        return bool(stdre.search(r"\d", stdre.sub(r"(?:19|20)\d\d(?:年|—|-)?|“[^”]*”|\d+[—\-]\d+月", "", line)))

    def starts_block(self, line: str) -> bool:
        return bool(self.mark(line)) or bool(self.numbered(line)[0])

    def new_article(self, line: str) -> bool:
        return len(line) < 60 and any(p.search(line) for p in self.articles)

    def role(self, text: str) -> str:
        if any(word in text for word in self.table["review_over_outlook"]):
            return "review"
        if any(word in text for word in self.table["outlook"]):
            return "outlook"
        if any(word in text for word in self.table["review"]):
            return "review"
        return ""

    def lead(self, line: str) -> str:
        for pattern, role in self.leads:
            if pattern.search(line):
                return role
        return ""
