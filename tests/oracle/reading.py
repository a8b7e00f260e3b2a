"""From text cells to ordered events: contract sections 2 and 3 (opening)."""

import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from functools import cache

from .case import Cells
from .model import HONG_KONG, SECOND, Event, hong_kong_date

VOCABULARY = (
    "login",
    "verify",
    "acknowledge",
    "view",
    "interact",
    "post",
    "media_pause",
    "media_end",
    "media_play",
    "heartbeat",
    "idle",
    "assessment_start",
    "question",
    "answer",
    "assessment_submit",
    "complete",
    "survey",
    "edit",
    "other",
    "timeout",
    "logout",
)

TEXT_COLUMNS = (
    "session_id",
    "activity_id",
    "module_id",
    "object_id",
    "attempt_id",
    "item_id",
    "response",
)
CHECK_COLUMNS = (
    "factor",
    "purpose",
    "outcome",
)
NUMBER_COLUMNS = ("score", "max_score", "duration_s")
TIE_COLUMNS = (
    *TEXT_COLUMNS, "score", "max_score", *CHECK_COLUMNS, "duration_s", "actor_id", "ip", "device",
)  # fmt: skip

TIMESTAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(Z|z|[+-]\d\d(?::?\d\d)?)?"
)
UNIX = datetime(1970, 1, 1, tzinfo=UTC)


@cache
def read_instant(text: str) -> int:
    """Microseconds since 1970; without offset Hong Kong time; finer digits are cut."""
    match = TIMESTAMP.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a timestamp: {text}")
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    micros = int(((fraction or "") + "000000")[:6])
    zone = HONG_KONG if offset is None else _read_offset(offset)
    when = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), micros, zone)
    return (when - UNIX) // timedelta(microseconds=1)


def _read_offset(text: str) -> timezone:
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-size if text[0] == "-" else size)


def shortest(text: str) -> str:
    """A number in shortest decimal form, so that 80 and 80.0 are one value (contract 2)."""
    plain = format(Decimal(text.strip()), "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain in ("-0", "") else plain


def read_fraction(text: str | None) -> Fraction | None:
    """The exact value of a number cell."""
    return None if text is None else Fraction(Decimal(text.strip()))


def read_duration(text: str | None) -> int | None:
    """Seconds as microseconds; finer digits are cut (contract 3)."""
    return None if text is None else int(Decimal(text.strip()) * SECOND)


def read_int(text: str | None) -> int | None:
    """The value of a whole-number cell."""
    return None if text is None else int(Decimal(text.strip()))


def read_date(text: str | None) -> date | None:
    """The value of a date cell."""
    return None if text is None else date.fromisoformat(text.strip())


def read_events(rows: list[Cells], as_of: date) -> dict[str, list[Event]]:
    """The stored events of each participant in the total order of contract 2."""
    unique: dict[tuple[object, ...], Cells] = {}
    for row in rows:
        if hong_kong_date(read_instant(row["timestamp"] or "")) <= as_of:
            unique.setdefault(_identity(row), row)
    people: dict[str, list[tuple[tuple[object, ...], Cells]]] = defaultdict(list)
    for row in unique.values():
        people[row["participant_id"] or ""].append((_order_key(row), row))
    return {
        person: [_to_event(place, row) for place, (_, row) in enumerate(sorted(found, key=_key_of))]
        for person, found in sorted(people.items())
    }


def _key_of(keyed: tuple[tuple[object, ...], Cells]) -> tuple[object, ...]:
    return keyed[0]


def _canonical(row: Cells, column: str) -> str | None:
    text = row.get(column)
    return shortest(text) if text is not None and column in NUMBER_COLUMNS else text


def _identity(row: Cells) -> tuple[object, ...]:
    """Every column: time as an instant, numbers by value, the original event word."""
    cells = tuple(_canonical(row, column) for column in TIE_COLUMNS)
    return (read_instant(row["timestamp"] or ""), row["participant_id"], row["event"], *cells)


def _kind(row: Cells) -> str:
    word = row["event"] or "other"
    return word if word in VOCABULARY else "other"


def _order_key(row: Cells) -> tuple[object, ...]:
    """Time, vocabulary order, then the columns as text, null first; last the original word."""
    cells = ((text is not None, text or "") for text in (_canonical(row, column) for column in TIE_COLUMNS))
    return (
        read_instant(row["timestamp"] or ""),
        VOCABULARY.index(_kind(row)),
        *cells,
        row["event"] or "",
    )


def _to_event(place: int, row: Cells) -> Event:
    return Event(
        order=place,
        at=read_instant(row["timestamp"] or ""),
        kind=_kind(row),
        participant=row["participant_id"] or "",
        session_id=row.get("session_id"),
        activity=row.get("activity_id"),
        module=row.get("module_id"),
        object_id=row.get("object_id"),
        attempt_id=row.get("attempt_id"),
        item_id=row.get("item_id"),
        score=read_fraction(row.get("score")),
        max_score=read_fraction(row.get("max_score")),
        factor=row.get("factor"),
        purpose=row.get("purpose"),
        outcome=row.get("outcome"),
        duration=read_duration(row.get("duration_s")),
        actor=row.get("actor_id"),
    )
