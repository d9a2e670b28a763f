"""How far a long run is: one line that is drawn again on a terminal, a line every half minute elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TextIO

from govextract.counting import several

WIDTH = 24  # of the bar
OFTEN, SELDOM = 0.1, 30.0  # seconds between two lines, on a terminal and elsewhere


class Progress:
    """Told by `update` what has ended; `close` ends the line. What an earlier run did counts for no rate."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.live = self.stream.isatty()
        self.began = self.drawn = time.monotonic()
        self.first: int | None = None
        self.last = ""

    def update(self, ended: int, total: int, failed: int) -> None:
        """*ended* of *total* documents have ended, *failed* of them in vain."""
        now = time.monotonic()
        if self.first is None:
            self.first = ended - 1
        self.last = line(ended, total, failed, ended - self.first, now - self.began, bar=self.live)
        if now - self.drawn >= (OFTEN if self.live else SELDOM):
            self.drawn = now
            self._draw("\r", "\x1b[K") if self.live else self._draw("", "\n")

    def close(self) -> None:
        """Leave the last line standing."""
        if self.live and self.last:
            self._draw("\r", "\x1b[K\n")

    def _draw(self, before: str, behind: str) -> None:
        self.stream.write(before + self.last + behind)
        self.stream.flush()


def line(ended: int, total: int, failed: int, own: int, seconds: float, *, bar: bool) -> str:
    """The line: *own* of the documents were done in *seconds* by this run."""
    rate = own / seconds if seconds > 0 else 0.0
    left = duration((total - ended) / rate) + " left" if rate else ""
    full = WIDTH * ended // total if total else WIDTH
    parts = [
        "█" * full + "░" * (WIDTH - full) if bar else "",
        f"{ended} of {several(total, 'document')}",
        f"{failed} failed" if failed else "",
        f"{rate:.1f} a second" if rate else "",
        left if ended < total else duration(seconds),
    ]
    return "  ".join(filter(None, parts))


def duration(seconds: float) -> str:
    """Seconds as a person says them: 40 s, 3 min, 2 h 05 min."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02} min"
