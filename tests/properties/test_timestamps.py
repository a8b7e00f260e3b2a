"""A time is read as the instant it says, or refused; no text is read as another instant."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from random import Random

import duckdb
import pytest

from analyser.ingest.project import instant_us, is_naive, utc_us

SHAPE = re.compile(
    r"((?:19|20|21)\d\d-\d\d-\d\d)[T ]((?:[01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d)(?:\.(\d+))?)?"
    r"(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?",
    re.ASCII,
)
ZONED = re.compile(r"([zZ]|[+-]\d\d(:?\d\d)?)$")
HONG_KONG = timezone(timedelta(hours=8))
SIGNS = "0123456789-:+.,TZtz /aA_()٣"
PARTS = {
    "day": ("2025-09-01", "2024-02-29", "2025-02-29", "1999-12-31", "2199-01-01", "2025-13-01", "1899-01-01"),
    "gap": ("T", " ", "t", "", "  ", "_"),
    "clock": (
        "10:00:00",
        "23:59:59",
        "24:00:00",
        "10:00",
        "10",
        "10:00:60",
        "10:60:00",
        "1:00:00",
        "10:00:0",
    ),
    "fraction": ("", "", ".5", ".123", ".123456", ".1234569", ",25", ".", ".12345678901234567890"),
    "zone": (
        "Z",
        "+08:00",
        "",
        "z",
        "+00:00",
        "-00:00",
        "+0530",
        "-03",
        "+14:00",
        "+15:00",
        " +08:00",
        "UTC",
    ),
}


def expected(text: str) -> int | None:
    """Microseconds since 1970 UTC, by Python's own calendar; digits below are cut."""
    found = SHAPE.fullmatch(text.upper().replace(",", "."))
    if not found:
        return None
    day, clock, seconds, fraction, zone = found.groups()
    try:
        local = datetime.fromisoformat(f"{day}T{clock}:{seconds or '00'}")
    except ValueError:
        return None
    at = local.replace(tzinfo=_zone(zone)) - datetime(1970, 1, 1, tzinfo=UTC)
    return at // timedelta(microseconds=1) + int((fraction or "0").ljust(6, "0")[:6])


def _zone(text: str | None) -> timezone:
    if text is None:
        return HONG_KONG
    digits = text[1:].replace(":", "").ljust(4, "0")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-size if text[0] == "-" else size)


def texts(rng: Random) -> list[str]:
    """Whole times put together from parts, and the same with one or two signs changed."""
    found = []
    for _ in range(12_000):
        text = "".join(rng.choice(choices) for choices in PARTS.values())
        found.append(text)
        for _ in range(rng.randrange(3)):
            place = rng.randrange(len(text) + 1)
            text = text[:place] + rng.choice(SIGNS) + text[place + rng.randrange(2) :]
        found.append(text)
    plain = "2025-09-01T10:00:00"
    for tail in ("Z", "+08:00", "", ".123Z", ".123456+08:00", ".123456+00:00"):
        whole = plain + tail
        for place in range(len(whole)):
            found += [whole[:place] + sign + whole[place + 1 :] for sign in SIGNS]
    return found


@pytest.mark.parametrize("seed", range(3))
def test_every_text_is_read_as_what_it_says_or_refused(seed: int) -> None:
    given = texts(Random(seed))
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("CREATE TABLE given AS SELECT unnest(?::VARCHAR[]) AS cell", [given])
        rows = connection.execute(
            f"SELECT cell, {instant_us('cell')}, {is_naive('cell')} FROM given"
        ).fetchall()
        asked = connection.execute(
            f"SELECT cell, {utc_us('cell')} AS quick, {instant_us('cell')} FROM given WHERE quick IS NOT NULL"
        ).fetchall()
    assert len(rows) == len(given)
    wrong = [(cell, at) for cell, at, _ in rows if at != expected(cell) and at != expected(_filled(cell))]
    assert wrong[:10] == []
    assert len(asked) > 100
    assert [(cell, quick) for cell, quick, at in asked if quick != at][:10] == []
    read = [(cell, naive) for cell, at, naive in rows if at is not None]
    assert len(read) > 1000
    unsaid = [cell for cell, naive in read if naive == bool(ZONED.search(cell[10:]))]
    assert unsaid[:10] == []


def _filled(text: str) -> str:
    """A time with the noughts that some writers leave out; what it says is not in doubt."""
    text = re.sub(r"([T ]) (?=\d:)", r"\g<1>0", text)
    text = re.sub(r":(\d)(?=$|[.Z+ ])", r":0\1", text)
    return re.sub(r"\.(?=$|[Z+])", "", text).rstrip(" ")
