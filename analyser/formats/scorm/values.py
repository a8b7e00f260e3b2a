"""Values of the SCORM data model: lengths of time, instants, answers."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

_TIMESPAN = re.compile(r"(\d{2,4}):(\d{2}):(\d{2})(\.\d{1,2})?")
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,2})?)S)?)?")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d{1,2})?")
_LONGEST_S = 10**8


def seconds(text: str) -> Decimal | None:
    """A length of time in seconds: HHHH:MM:SS.SS of SCORM 1.2, or an ISO 8601 duration of 2004.

    Months and years have no fixed length, so they are none.
    """
    if found := _TIMESPAN.fullmatch(text):
        hours, minutes, rest, part = found.groups()
        if int(minutes) > 59 or int(rest) > 59:
            return None
        return Decimal(int(hours) * 3600 + int(minutes) * 60 + int(rest)) + Decimal(part or 0)
    found = _DURATION.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    days, hours, minutes, rest = (Decimal(part or 0) for part in found.groups())
    total = days * 86_400 + hours * 3600 + minutes * 60 + rest
    return total if total < _LONGEST_S else None


def before(instant: str, length: Decimal) -> str | None:
    """The instant so many seconds earlier, with the same offset; none if it cannot be read."""
    try:
        found = datetime.fromisoformat(instant) - timedelta(seconds=float(length))
    except (ValueError, OverflowError):
        return None
    return found.isoformat()


def at_clock(instant: str, clock: str) -> str | None:
    """The last time that a clock showed this, up to an instant; SCORM 1.2 gives no date with it."""
    found = _CLOCK.fullmatch(clock)
    if not found:
        return None
    hour, minute, second, part = found.groups()
    try:
        end = datetime.fromisoformat(instant)
        made = end.replace(hour=int(hour), minute=int(minute), second=int(second), microsecond=0)
        made += timedelta(seconds=float(part or 0))
        return (made if made <= end else made - timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return None


def number(value: object) -> Decimal | None:
    """A finite number, or none."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < 10**12 else None
