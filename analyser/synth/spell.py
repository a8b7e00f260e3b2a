"""Texts for whole columns at once.

Fixed-width pieces laid side by side as bytes, never one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.synth.catalogue import DAY_MS

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_HEX = b"0123456789abcdef"


def spell(*parts: str | tuple[np.ndarray, int] | tuple[np.ndarray, int, int]) -> pa.StringArray:
    """Join literals and numbers.

    `spell("P", (numbers, 6))` gives P000001, …; a third value is the base.
    """
    import numpy as np

    numbers = next(part[0] for part in parts if not isinstance(part, str))
    pieces = []
    for part in parts:
        if isinstance(part, str):
            letters = np.frombuffer(part.encode("ascii"), dtype=np.uint8)
            pieces.append(np.broadcast_to(letters, (len(numbers), len(letters))))
        else:
            pieces.append(_digits(part[0], part[1], part[2] if len(part) == 3 else 10))
    return strings(np.concatenate(pieces, axis=1))


def strings(letters: np.ndarray, keep: np.ndarray | None = None) -> pa.StringArray:
    """One text per row of bytes; `keep` leaves out single bytes."""
    import numpy as np
    import pyarrow as pa

    count, width = letters.shape
    if keep is None:
        ends, data = np.arange(count + 1, dtype=np.int32) * width, letters
    else:
        ends = np.concatenate([[0], np.cumsum(keep.sum(axis=1))]).astype(np.int32)
        data = letters[keep]
    return pa.StringArray.from_buffers(count, pa.py_buffer(ends), pa.py_buffer(np.ascontiguousarray(data)))


def _digits(values: np.ndarray, width: int, base: int) -> np.ndarray:
    import numpy as np

    powers = base ** np.arange(width - 1, -1, -1, dtype=np.int64)
    digit = np.asarray(values, dtype=np.int64)[:, None] // powers % base
    found: np.ndarray = np.frombuffer(_HEX, dtype=np.uint8)[digit]
    return found


def scrambled(numbers: np.ndarray, seed: int) -> np.ndarray:
    """Other numbers below 2**40, all different: what an LMS would use for a session."""
    import numpy as np

    mixed = np.asarray(numbers, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15 | 1) + np.uint64(
        seed * 0x51ED27 % 2**40
    )
    return (mixed & np.uint64(2**40 - 1)).astype(np.int64)


def clock_texts(at: np.ndarray, whole_seconds: np.ndarray, style: str) -> pa.StringArray:
    """ISO 8601 texts of UTC milliseconds.

    `style`: `offset` (+08:00), `utc` (Z) or `naive` (Hong Kong time).
    """
    import numpy as np

    local = at if style == "utc" else at + 8 * 3_600_000
    day, rest = local // DAY_MS, local % DAY_MS
    minute, ms = rest // 60_000, rest % 60_000
    first = int(day.min()) if len(day) else 0
    span = int(day.max()) - first + 1 if len(day) else 0
    days = np.arange(first, first + span).astype("datetime64[D]").astype("S10")
    table = days.view(np.uint8).reshape(-1, 10)
    tail = {"offset": "+08:00", "utc": "Z", "naive": ""}[style].encode("ascii")
    letters = np.empty((len(at), 23 + len(tail)), dtype=np.uint8)
    letters[:, :10] = table[day - first]
    letters[:, 10] = ord("T")
    letters[:, 11:17] = _minutes()[minute]
    letters[:, 17:23] = _milliseconds()[ms]
    letters[:, 23:] = np.frombuffer(tail, dtype=np.uint8)
    keep = np.ones(letters.shape, dtype=bool)
    keep[whole_seconds, 19:23] = False
    return strings(letters, keep)


def date_texts(days: np.ndarray) -> list[str]:
    """ISO dates of day numbers."""
    return [str(text) for text in days.astype("datetime64[D]").astype(str)]


def _minutes() -> np.ndarray:
    import numpy as np

    minutes = np.arange(1440)
    colon = np.full((1440, 1), ord(":"), dtype=np.uint8)
    return np.concatenate([_digits(minutes // 60, 2, 10), colon, _digits(minutes % 60, 2, 10), colon], axis=1)


def _milliseconds() -> np.ndarray:
    import numpy as np

    ms = np.arange(60_000)
    dot = np.full((60_000, 1), ord("."), dtype=np.uint8)
    return np.concatenate([_digits(ms // 1000, 2, 10), dot, _digits(ms % 1000, 3, 10)], axis=1)
