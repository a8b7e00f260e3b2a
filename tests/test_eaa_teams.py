"""Real attendance lists of meetings, turned into scans by hand: presence is what they themselves say."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from pathlib import Path

import pytest

from analyser.audit import Audit
from tests.formats.support import real

Scan = tuple[str, str, str]


def lines(file: Path) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text(encoding="utf-16").splitlines()]


def instant(text: str, shape: str) -> str:
    return datetime.strptime(text, shape).isoformat() + "+01:00"


def assess(folder: Path, scans: list[Scan], opens: str, ends: str) -> dict[str, dict[str, object]]:
    """Credit rows by participant for one lecture from the first to the second instant."""
    tables: dict[str, list[tuple[str, ...]]] = {
        "scans": [
            ("timestamp", "participant_id", "direction", "activity_id"),
            *((*scan, "M") for scan in scans),
        ],
        "sessions_timetable": [
            ("activity_id", "kind", "starts_at", "ends_at"),
            ("M", "contact", opens, ends),
        ],
        "activities": [("activity_id", "mode", "points"), ("M", "lecture", "1")],
    }
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    with Audit(reachable=[folder], threads=1) as audit:
        audit.ingest([folder])
        audit.assess("eaa-2012", as_of=datetime(2025, 1, 1).date())
        return {row["participant_id"]: row for row in audit.results.rows("FROM credits")}


@pytest.mark.parametrize(("day", "people"), [("14", 7), ("15", 8), ("16", 8)])
def test_reports_with_three_sections(day: str, people: int, tmp_path: Path) -> None:
    table = lines(real(f"teams/IDL-{day}-11-22.csv"))
    facts = {row[0]: row[1] for row in table if len(row) == 2}
    shape = "%d/%m/%y, %H:%M:%S"
    begin = next(n for n, row in enumerate(table) if row[0].startswith("3. ")) + 2
    stays = [row for row in table[begin:] if len(row) > 3]
    scans = [
        (instant(row[place], shape), row[4], word) for row in stays for place, word in ((1, "in"), (2, "out"))
    ]
    rows = assess(tmp_path, scans, *(instant(facts[name], shape) for name in ("Start time", "End time")))
    assert len(rows) == len(stays) == people
    for row in stays:
        stated = [int(part) for part in re.findall(r"\d+", row[3])]
        seconds = rows[row[4]]["active_s"]
        assert isinstance(seconds, int)
        # The report rounds parts of a second on its own.
        assert abs(seconds - (60 * stated[0] + stated[1])) <= 1
        assert rows[row[4]]["robust"] is True


def test_the_older_list_of_joins_and_leaves(tmp_path: Path) -> None:
    table = lines(real("teams/meetingAttendanceList_dominikhoebert_utf16.csv"))[1:]
    words = {"Joined": "in", "Left": "out"}
    scans = [(instant(row[2], "%d/%m/%Y, %H:%M:%S"), row[0], words[row[1]]) for row in table if len(row) == 3]
    rows = assess(tmp_path, scans, "2020-12-11T12:00:00+01:00", "2020-12-11T16:00:00+01:00")
    # Added up by hand from the list.
    assert rows["Mustermann Max"]["active_s"] == 1074 + 667 + 38 + 336
    assert rows["Huber Uwe"]["active_s"] == 372 + 348 + 1024 + 998
    assert {row["status"] for row in rows.values()} == {"not_earned"}
