"""How values look to people: times, durations, numbers, and data that may hide something."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

MINUS = "\N{MINUS SIGN}"


def plain(value: object) -> str:
    r"""A value as harmless text: control, bidirectional and invisible marks become ``\x1b``.

    Terminals obey control codes and pages obey direction marks, so a name could rewrite what
    is shown around it. They are made visible instead of being dropped: an inspector should see
    that they are there.
    """
    text = "" if value is None else str(value)
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    # Cc control, Cf direction and zero-width marks, Cs half a pair, Zl/Zp line separators.
    if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return char
    code = ord(char)
    return f"\\x{code:02x}" if char <= "\xff" else f"\\u{code:04x}"


def shortened(value: object, limit: int) -> str:
    """Harmless text of at most `limit` characters."""
    text = plain(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def clock(seconds: int | None) -> str:
    """A duration as hours, minutes and seconds: ``1:05:30``."""
    if seconds is None:
        return "–"
    sign, seconds = (MINUS, -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def moment(iso: str | None) -> str:
    """An instant as Hong Kong date and time to the second; the tables have it to the microsecond."""
    return plain(iso)[:19].replace("T", " ") if iso else "–"


def day(iso: str | None) -> str:
    """The Hong Kong date of an instant."""
    return plain(iso)[:10] if iso else "–"


def number(value: object) -> str:
    """A number with thousands separated and no needless zeros; ``–`` if there is none."""
    if value is None:
        return "–"
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return plain(value)
    text = f"{value:,f}" if isinstance(value, (float, Decimal)) else f"{value:,}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", MINUS)


def humanised(code: str) -> str:
    """A code as words, for one that nobody described: ``MISSING_LOGOUT`` is `missing logout`."""
    return plain(code).replace("_", " ").lower()
