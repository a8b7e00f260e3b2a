"""Makes sample_data/eaa_case: ``python -m sample_data.make_eaa``.

A small case of attendance, written by hand so that what must come of it is known without the
program; EXPECTED_EAA.md says it, and a test compares.
"""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).resolve().parent
Row = dict[str, object]

ACTIVITIES: list[Row] = [
    {
        "activity_id": "EA-LAW-01", "title": "Estate agency law in practice", "approval_no": "CPD-1001",
        "provider": "Harbour Training", "mode": "lecture", "contact_minutes": 180, "points": 3,
        "category": "core", "approved_from": "2025-01-01", "approved_to": "2025-12-31",
    },
    {
        "activity_id": "EA-MGT-02", "title": "Managing a branch", "approval_no": "CPD-1002",
        "provider": "Harbour Training", "mode": "multi_session", "contact_minutes": 720, "points": 6,
        "category": "non_core", "approved_from": "2025-01-01", "approved_to": "2025-12-31",
        "min_attendance_pct": 80,
    },
    {
        "activity_id": "EA-VAL-03", "title": "Valuation refresher", "approval_no": "CPD-1003",
        "provider": "Harbour Training", "mode": "lecture", "contact_minutes": 180, "points": 3,
        "category": "non_core", "approved_from": "2025-01-01", "approved_to": "2025-12-31",
    },
    {
        "activity_id": "EA-OLD-04", "title": "Conduct of agents", "approval_no": "CPD-0904",
        "provider": "Harbour Training", "mode": "lecture", "contact_minutes": 120, "points": 2,
        "category": "core", "approved_from": "2024-06-01", "approved_to": "2025-05-31",
    },
]  # fmt: skip

TIMETABLE = [
    ("EA-LAW-01", "contact", "2025-06-30 14:00", "15:30"),
    ("EA-LAW-01", "break", "2025-06-30 15:30", "15:45"),
    ("EA-LAW-01", "contact", "2025-06-30 15:45", "17:15"),
    ("EA-MGT-02", "contact", "2025-07-05 09:00", "13:00"),
    ("EA-MGT-02", "break", "2025-07-05 13:00", "14:00"),
    ("EA-MGT-02", "contact", "2025-07-05 14:00", "16:00"),
    ("EA-MGT-02", "contact", "2025-07-12 09:00", "13:00"),
    ("EA-MGT-02", "break", "2025-07-12 13:00", "14:00"),
    ("EA-MGT-02", "contact", "2025-07-12 14:00", "16:00"),
    ("EA-MGT-02", "assessment", "2025-07-12 16:00", "17:00"),
    ("EA-VAL-03", "contact", "2025-07-20 14:00", "17:00"),
    ("EA-OLD-04", "contact", "2025-06-01 10:00", "12:00"),
]

PEOPLE: list[tuple[str, str, str]] = [
    ("E001", "Chan Tai Man", "陳大文"), ("E002", "Lee Siu Ming", "李小明"), ("E003", "Wong Ka Yan", "黃嘉欣"),
    ("E004", "Ho Chi Wai", "何志偉"), ("E005", "Ng Mei Ling", "吳美玲"), ("E006", "Lam Kin Hung", "林健雄"),
]  # fmt: skip

# Who, activity, scans (in and out by turns unless marked), status, points, codes, what was planted.
STORIES: list[tuple[str, str, str, str, str, int, str, str]] = [
    ("E001", "EA-LAW-01", "06-30", "14:00 17:15", "awarded", 3, "", "there from begin to end"),
    ("E002", "EA-LAW-01", "06-30", "14:14:59 17:15", "awarded", 3, "", "a second less"),
    ("E003", "EA-LAW-01", "06-30", "14:15 17:15", "awarded", 2, "POINT_DEDUCTED", "fifteen minutes exactly"),
    ("E004", "EA-LAW-01", "06-30", "15:00 17:15", "not_earned", 0, "ABSENT_TOO_LONG", "an hour exactly"),
    ("E005", "EA-LAW-01", "06-30", "14:00", "held", 3, "UNPAIRED_SCAN", "an entry without an exit"),
    ("E006", "EA-LAW-01", "06-30", "14:00 15:25 15:50 17:15", "awarded", 3, "", "ten minutes of late return"),
    ("E001", "EA-MGT-02", "07-05", "09:00 16:00", "awarded", 6, "", "both days in full, not at the test"),
    ("E001", "EA-MGT-02", "07-12", "09:00 16:00", "", 0, "", ""),
    ("E002", "EA-MGT-02", "07-05", "09:00 16:00", "awarded", 6, "", "exactly a fifth of the hours missed"),
    ("E002", "EA-MGT-02", "07-12", "11:24 17:00", "", 0, "", ""),
    ("E003", "EA-MGT-02", "07-05", "09:00 16:00", "not_earned", 0, "ABSENCE_LIMIT", "a second more"),
    ("E003", "EA-MGT-02", "07-12", "11:24:01 17:00", "", 0, "", ""),
    ("E004", "EA-VAL-03", "07-20", "14:00 15:59", "held", 3, "SUSPENDED_BY_WEATHER", "storm announced 15:59"),
    ("E005", "EA-OLD-04", "06-01", "10:00 12:00", "not_earned", 0, "OUTSIDE_APPROVAL", "a day after expiry"),
    ("E006", "EA-XXX-99", "06-02", "10:00 12:00", "held", 0, "NOT_REGISTERED", "nobody registered it"),
]  # fmt: skip

# Findings about nobody's credit: code, activity, how many.
OTHERS = [
    ("SUBMISSION_LATE", "EA-LAW-01", 1, "sent on 11 July, the eighth working day"),
    ("FEE_DUE", "EA-LAW-01", 1, "a figure: HK$ 4,000 for three hours"),
    ("CERT_WITHOUT_POINTS", "EA-LAW-01", 1, "a certificate for E004, who earned nothing"),
    ("CERT_MISSING", "EA-MGT-02", 2, "no certificate for E001 and E002"),
    ("CERT_MISMATCH", "EA-LAW-01", 1, "three points printed for E003, who earned two"),
]  # fmt: skip


def tables() -> dict[str, list[Row]]:
    """Table name -> rows."""
    segments: list[Row] = [
        {
            "activity_id": name, "segment_no": number, "kind": kind,
            "starts_at": f"{start.replace(' ', 'T')}:00+08:00", "ends_at": f"{start[:10]}T{end}:00+08:00",
        }
        for number, (name, kind, start, end) in enumerate(TIMETABLE, 1)
    ]  # fmt: skip
    scans: list[Row] = [
        {
            "timestamp": f"2025-{day}T{(clock + ':00')[:8]}+08:00", "participant_id": who,
            "activity_id": activity, "direction": ("in", "out")[place % 2], "venue_id": "HALL-1",
        }
        for who, activity, day, clocks, *_ in STORIES
        for place, clock in enumerate(clocks.split())
    ]  # fmt: skip
    people: list[Row] = [
        {"participant_id": who, "name": name, "name_zh": zh, "licence_no": f"E-{who[1:]}000"}
        for who, name, zh in PEOPLE
    ]
    return {
        "activities": ACTIVITIES,
        "sessions_timetable": segments,
        "scans": scans,
        "participants": people,
        "weather": [
            {
                "signal": "T8",
                "announced_at": "2025-07-20T15:59:00+08:00",
                "issued_at": "2025-07-20T17:40:00+08:00",
            }
        ],
        "submissions": [
            {"activity_id": "EA-LAW-01", "kind": "application", "submitted_on": "2024-11-20"},
            {"activity_id": "EA-LAW-01", "kind": "attendance_record", "submitted_on": "2025-07-11"},
            {"activity_id": "EA-MGT-02", "kind": "attendance_record", "submitted_on": "2025-07-18"},
            {"activity_id": "EA-VAL-03", "kind": "attendance_record", "submitted_on": "2025-07-25"},
            {"activity_id": "EA-OLD-04", "kind": "attendance_record", "submitted_on": "2025-06-06"},
        ],
        "certificates": [
            _certificate(number, who, points) for number, (who, points) in enumerate(CERTIFIED, 1)
        ],
    }


CERTIFIED = [("E001", 3), ("E002", 3), ("E003", 3), ("E004", 3), ("E006", 3)]


def _certificate(number: int, who: str, points: int) -> Row:
    name = next(name for key, name, _ in PEOPLE if key == who)
    return {
        "certificate_no": f"C-{number:03d}", "participant_id": who, "name": name, "activity_id": "EA-LAW-01",
        "approval_no": "CPD-1001", "title": "Estate agency law in practice", "provider": "Harbour Training",
        "category": "core", "completed_on": "2025-06-30", "issued_on": "2025-07-02", "signatory": "Yip Wing",
        "points": points, "approved_points": 3, "licence_no": f"E-{who[1:]}000", "phone": "2345 6789",
        "held_at": "30 June 2025, 14:00 to 17:15",
    }  # fmt: skip


def expected() -> str:
    """The page that says what was planted."""
    lines = [
        "# What must come of `eaa_case`",
        "",
        "Made by `python -m sample_data.make_eaa`; assessed with `--scheme eaa-2012 --as-of 2025-12-31`.",
        "",
        "| participant | activity | status | points | codes | planted |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {who} | {activity} | {status} | {points} | {codes} | {planted} |"
        for who, activity, _, _, status, points, codes, planted in sorted(STORIES, key=lambda row: row[:2])
        if status
    ]
    lines += ["", "| finding | activity | times | planted |", "|---|---|---|---|"]
    lines += [f"| {code} | {activity} | {times} | {planted} |" for code, activity, times, planted in OTHERS]
    return "\n".join(lines) + "\n"


def write(folder: Path) -> None:
    """Write the case into ``folder/eaa_case`` and what must come of it beside it."""
    (folder / "eaa_case").mkdir(parents=True, exist_ok=True)
    for name, rows in tables().items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / "eaa_case" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    (folder / "EXPECTED_EAA.md").write_text(expected(), encoding="utf-8")


if __name__ == "__main__":
    write(HERE)
