"""How far a long statement has come: rows, rate and the time that is left."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    import duckdb

# Seconds between two words on the same step, and the longest wait it grows to.
_FIRST_S, _LONGEST_S = 2.0, 30.0


class Watch:
    """Asks the engine now and then how far it is, and tells it; between `with` and its end."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        tell: Callable[[str], None] | None,
        first_s: float = _FIRST_S,
    ) -> None:
        """Watch a connection that another thread works with.

        Args:
            connection: the audit database.
            tell: given one short text each time; without it nobody looks.
            first_s: seconds until a step is told of again; doubled each time, up to half a minute.
        """
        self._connection = connection
        self._tell = tell
        self._first_s = first_s
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._thread: threading.Thread | None = None
        self._begin("", None)

    def __enter__(self) -> Watch:
        if self._tell:
            self._thread = threading.Thread(target=self._look, name="watch", daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        if self._thread:
            self._thread.join()
        # Thread and watch name each other, and together they would keep the connection open.
        self._thread = None

    def step(self, text: str) -> None:
        """A step begins."""
        if self._tell:
            self._tell(text)
        with self._lock:
            self._begin(text, None)

    def expect(self, count: Callable[[], int]) -> None:
        """The rows of the present step begin to come in; they are counted only if somebody is told."""
        if self._tell:
            rows = count()
            with self._lock:
                self._begin(self._text, rows)

    def _begin(self, text: str, rows: int | None) -> None:
        self._text, self._rows = text, rows
        self._started = time.monotonic()
        self._wait_s = self._first_s
        self._next = self._started + self._wait_s

    def _look(self) -> None:
        tell = self._tell or (lambda _: None)
        while not self._is_over.wait(self._first_s / 4):
            with self._lock:
                now = time.monotonic()
                if now < self._next:
                    continue
                self._wait_s = min(2 * self._wait_s, _LONGEST_S)
                self._next = now + self._wait_s
                text, rows, seconds = self._text, self._rows, now - self._started
            # Below zero when nothing runs or the plan cannot say.
            percent = self._connection.query_progress()
            if 0 < percent < 100:
                tell(f"{text}: {far(percent, seconds, rows)}")


def far(percent: float, seconds: float, rows: int | None) -> str:
    """How far a step is, like ``40 %, 8,000,000 of 20,000,000 rows, 400,000 rows/s, 30 s left``.

    Args:
        percent: done of a hundred, above 0.
        seconds: since it began, above 0.
        rows: what it takes in, if that is known.
    """
    parts = [f"{percent:.0f} %"]
    if rows:
        done = int(rows * percent / 100)
        parts += [f"{done:,} of {rows:,} rows", f"{done / seconds:,.0f} rows/s"]
    left = seconds * (100 - percent) / percent
    parts.append(f"{left:.0f} s left" if left < 100 else f"{left / 60:.0f} min left")
    return ", ".join(parts)
