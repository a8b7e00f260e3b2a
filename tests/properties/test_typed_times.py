"""Typed times of Parquet files: the instant they say, cut below the microsecond; dates are Hong Kong's."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analyser.audit import Audit

NOON_US = 1_756_699_200_000_000  # 2025-09-01T04:00:00Z, noon in Hong Kong
HOURS_US = 8 * 3600 * 1_000_000
PER_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
@pytest.mark.parametrize("zone", ["UTC", "Asia/Hong_Kong", "+05:30", None])
def test_an_event_is_at_the_instant_its_type_says(unit: str, zone: str | None, tmp_path: Path) -> None:
    """What pandas writes (nanoseconds) is read like microseconds; without a zone it is Hong Kong time."""
    path = tmp_path / "events.parquet"
    below = 789 if unit == "ns" else 0
    at = NOON_US * PER_SECOND[unit] // 1_000_000 + below
    times = pa.array([at], pa.timestamp(unit, tz=zone))
    pq.write_table(pa.table({"timestamp": times, "participant_id": ["P1"], "event": ["view"]}), path)
    with Audit(reachable=[tmp_path], threads=1) as audit:
        audit.ingest([path])
        found = audit.connection.execute("SELECT at_us FROM event").fetchall()
    assert found == [(NOON_US - (0 if zone else HOURS_US),)]


@pytest.mark.parametrize(
    ("unit", "zone", "at_us", "day"),
    [
        ("us", "Asia/Hong_Kong", NOON_US - 12 * 3600 * 1_000_000, "2025-09-01"),
        ("ns", "Asia/Hong_Kong", NOON_US - 12 * 3600 * 1_000_000, "2025-09-01"),
        ("ns", "UTC", NOON_US - 4 * 3600 * 1_000_000, "2025-09-01"),
        ("ns", None, NOON_US - 4 * 3600 * 1_000_000, "2025-09-01"),
        ("s", None, 253_402_214_400_000_000, "9999-12-31"),
    ],
)
def test_a_day_is_a_day_in_hong_kong(
    unit: str, zone: str | None, at_us: int, day: str, tmp_path: Path
) -> None:
    """A register's day given as midnight in Hong Kong is that day, though in UTC it is the day before."""
    path = tmp_path / "activities.parquet"
    times = pa.array([at_us * PER_SECOND[unit] // 1_000_000], pa.timestamp(unit, tz=zone))
    columns = {"activity_id": ["A"], "approved_minutes": [30], "approved_from": times, "approved_to": times}
    pq.write_table(pa.table(columns), path)
    with Audit(reachable=[tmp_path], threads=1) as audit:
        audit.ingest([path])
        found = audit.connection.execute(
            "SELECT approved_from::VARCHAR, approved_to::VARCHAR FROM activities"
        )
        assert found.fetchall() == [(day, day)]
