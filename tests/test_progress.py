"""The line that says how far a batch is."""

from __future__ import annotations

import io

import pytest

from govextract.render.progress import Progress, duration, line

# ended, total, failed, own, seconds, the line without a bar
LINES = [
    (10, 100, 0, 10, 5.0, "10 of 100 documents  2.0 a second  45 s left"),
    (60, 100, 2, 10, 5.0, "60 of 100 documents  2 failed  2.0 a second  20 s left"),
    (100, 100, 0, 100, 200.0, "100 of 100 documents  0.5 a second  3 min"),
    (0, 100, 0, 0, 0.0, "0 of 100 documents"),
]


@pytest.mark.parametrize(("ended", "total", "failed", "own", "seconds", "told"), LINES, ids=[row[-1] for row in LINES])
def test_the_line(ended: int, total: int, failed: int, own: int, seconds: float, told: str) -> None:
    assert line(ended, total, failed, own, seconds, bar=False).rstrip() == told
    assert line(ended, total, failed, own, seconds, bar=True).endswith(told)


@pytest.mark.parametrize(("seconds", "told"), [(3.4, "3 s"), (200, "3 min"), (7500, "2 h 05 min")], ids=str)
def test_durations(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_a_file_gets_no_bar() -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    for number in range(1, 50):
        progress.update(number, 50, 0)
    progress.close()
    assert stream.getvalue() == ""  # half a minute has not passed


def test_a_terminal_gets_one_line() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    progress = Progress(stream)
    progress.update(50, 50, 1)
    progress.close()
    assert stream.getvalue().count("\n") == 1
    assert "50 of 50 documents  1 failed" in stream.getvalue()
