"""A regex that was kept is the one that re.compile makes."""

from __future__ import annotations

import marshal
import re
import subprocess
import sys
from pathlib import Path

import pytest

from govextract import stdre

# source, flags, a text
TABLE = [
    (r"(?P<n>\d+(?:\.\d+)?)(?P<unit>%|个百分点)?", 0, "增长5.2%，回落1.3个百分点"),
    (r"[一-鿿]{2,4}(省|市)", 0, "云岭省皓陵市"),
    (r"(?i:a)b|^c", re.MULTILINE, "AB\nc"),
    (r"x.y", re.DOTALL | re.IGNORECASE, "X\nY"),
    ("[\ud800-\udfff]", 0, "a\udc00"),
]
SCRIPT = """
from govextract import stdre
compiled, code = [], stdre._code
stdre._code = lambda *key: compiled.append(key) or code(*key)
from govextract.quantities import NUMBER
print(len(compiled), NUMBER.match("5.2亿")["m"])
"""


@pytest.mark.parametrize(
    ("source", "flags", "text"), TABLE, ids=[row[0].encode("unicode_escape").decode() for row in TABLE]
)
def test_it_is_what_re_makes(source: str, flags: int, text: str) -> None:
    code = marshal.loads(marshal.dumps(stdre._code(source, int(flags))))
    stdre._known()[source, int(flags)] = code
    stdre.compile.cache_clear()
    kept, made = stdre.compile(source, flags), re.compile(source, flags)
    assert (kept.pattern, kept.flags, kept.groups, kept.groupindex) == (
        made.pattern,
        made.flags,
        made.groups,
        made.groupindex,
    )
    assert [(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in kept.finditer(text)] == [
        (m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in made.finditer(text)
    ]
    assert [m[0] for m in made.finditer(text)]


@pytest.mark.parametrize("damage", [(), (0, [1, 2, 3], 0, {}, (None,)), ("x", None), (0, [], 5, {}, ())], ids=repr)
def test_what_is_damaged_is_compiled(damage: tuple[object, ...]) -> None:
    stdre._known()["增长(5)?", 0] = damage
    stdre.compile.cache_clear()
    assert stdre.compile("增长(5)?").fullmatch("增长5")


def test_a_wrong_one_is_an_error() -> None:
    with pytest.raises(re.error):
        stdre.compile("(")


@pytest.mark.parametrize("content", [None, b"", b"no marshal", marshal.dumps(["no mapping"])], ids=repr)
def test_a_second_run_compiles_none(content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if content is not None:
        folder = tmp_path / "govextract"
        folder.mkdir(mode=0o700)
        (folder / stdre._name()).write_bytes(content)
    command = [sys.executable, "-c", SCRIPT]
    runs = [subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True) for _ in range(2)]
    (compiled, found), again = (run.stdout.split() for run in runs)
    assert int(compiled) > 0
    assert again == ["0", found]
    assert found == "亿"
