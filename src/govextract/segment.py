"""Chinese words, by jieba with its own dictionary and its own tokens, without loading the dictionary.

jieba reads 350,000 entries before its first word. But it only ever looks up substrings of the text, so the entries
that begin with the text's own character pairs are enough for the very same tokens. They lie in an index file in the
user's cache (made once), are found by bisection and put into jieba's table as texts come along.
"""

from __future__ import annotations

import hashlib
import marshal
import struct
import sys
import warnings
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from govextract.cache import map_cache, write_cache

MAGIC = b"govextract-jieba-1"
PAIRS = 40_000  # character pairs, with their entries, that a process remembers: more than a hundred reports hold


def _import_jieba() -> Any:
    """jieba without pkg_resources, whose import costs more than jieba's own."""
    held = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba
    finally:
        if held is None:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = held
    jieba.setLogLevel(60)
    return jieba


class _Index:
    """Dictionary entries by their first two characters: sorted keys, offsets, marshalled {word: frequency}."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        count, self.total, size = struct.unpack_from("<QQQ", data, len(MAGIC) + 32)
        base = len(MAGIC) + 56
        pad = -base % 8
        base += pad
        self.keys = self.data[base : base + 8 * count].cast("Q")
        self.offsets = self.data[base + 8 * count : base + 16 * count + 8].cast("Q")
        self.body = base + 16 * count + 8
        self.singles: dict[str, int] = marshal.loads(self.data[self.body : self.body + size])
        self.body += size

    def entries(self, pair: str) -> dict[str, int] | None:
        key = ord(pair[0]) << 32 | ord(pair[1])
        at = bisect_left(self.keys, key)
        if at == len(self.keys) or self.keys[at] != key:
            return None
        found: dict[str, int] = marshal.loads(
            self.data[self.body + self.offsets[at] : self.body + self.offsets[at + 1]]
        )
        return found


def _build(dictionary: bytes) -> bytes:
    """The index file for jieba's dict.txt: every word and every prefix, as jieba itself makes them."""
    table: dict[str, int] = {}
    total = 0
    for line in dictionary.decode("utf-8").splitlines():
        word, count = line.split(" ")[:2]
        table[word] = int(count)
        total += int(count)
        for length in range(1, len(word)):
            table.setdefault(word[:length], 0)
    singles = {word: frequency for word, frequency in table.items() if len(word) == 1}
    groups: dict[int, dict[str, int]] = {}
    for word, frequency in table.items():
        if len(word) > 1:
            groups.setdefault(ord(word[0]) << 32 | ord(word[1]), {})[word] = frequency
    keys = sorted(groups)
    blobs = [marshal.dumps(groups[key]) for key in keys]
    offsets = [0]
    for blob in blobs:
        offsets.append(offsets[-1] + len(blob))
    first = marshal.dumps(singles)
    head = MAGIC + hashlib.sha256(dictionary).digest() + struct.pack("<QQQ", len(keys), total, len(first))
    head += b"\0" * (-len(head) % 8)
    return b"".join(
        [
            head,
            struct.pack(f"<{len(keys)}Q", *keys),
            struct.pack(f"<{len(offsets)}Q", *offsets),
            first,
            *blobs,
        ]
    )


@cache
def _tokenizer() -> tuple[Any, _Index, set[str]]:
    jieba = _import_jieba()
    path = Path(jieba.__file__).with_name("dict.txt")
    info = path.stat()
    # marshal's format belongs to one Python; the name says which dictionary and which Python made the index.
    tag = hashlib.sha256(
        f"{jieba.__version__} {info.st_size} {sys.version_info[:2]} {marshal.version}".encode()
    ).hexdigest()
    name = f"jieba-{tag[:24]}.index"
    data = map_cache(name)
    if data is None or data[: len(MAGIC)] != MAGIC:
        built = _build(path.read_bytes())
        write_cache(name, built)
        data = memoryview(built)
    index = _Index(data)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ = dict(index.singles)
    tokenizer.total = index.total
    tokenizer.initialized = True
    return tokenizer, index, set()


def words(text: str) -> list[str]:
    """jieba's words of *text*: the same tokens as jieba.lcut(text)."""
    tokenizer, index, seen = _tokenizer()
    if len(seen) > PAIRS:
        # Texts without end would bring the whole dictionary into memory, and every pair of characters.
        seen.clear()
        tokenizer.FREQ = dict(index.singles)
    for pair in {text[i : i + 2] for i in range(len(text) - 1)} - seen:
        seen.add(pair)
        entries = index.entries(pair)
        if entries:
            tokenizer.FREQ.update(entries)
    result: list[str] = tokenizer.lcut(text)
    return result


@lru_cache(maxsize=8192)
def borders(text: str) -> frozenset[int]:
    """The offsets in *text* between two of its words, both ends included."""
    out = [0]
    for word in words(text):
        out.append(out[-1] + len(word))
    return frozenset(out)
