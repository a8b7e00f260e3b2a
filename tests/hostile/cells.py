"""Rows that can be read, with cells that cannot be used, or that would do harm elsewhere."""

from __future__ import annotations

from tests.hostile.kit import ACTIVITIES, GOOD, HEADER, LOGIN, LOGOUT, VIEW, Hostile, event, rejected, stored

BAD_TIMES = (
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2025-09-01T24:00:00+08:00", "2025-09-01T23:59:60+08:00",
    "2025-09-01T10:00:00+25:00", "2025-09-01", "1756692000", "1756692000000", "infinity", "-infinity", "now",
    "epoch", "2025-02-30T10:00:00Z", "2025-09-01T10Z", "20250901T100000Z", "2025-09-01T10:00:00 Asia/Tokyo",
    "2025-09-01T10:00:00 Asia/TokyoZ", "2025-W36-1T10:00:00Z", "01/09/2025 10:00", "2025-9-1T10:00:00Z",
    "２０２５-09-01T10:00:00Z", "2025-09-01T10:60:00Z", "2025-09-01T10:00:00+05:00+08:00", "P1D", "''",
)  # fmt: skip
GOOD_TIMES = (
    # Half past two does not exist on that night in Berlin, and exists twice in the other one.
    "2026-03-29T02:30:00+01:00", "2026-03-29T02:30:00+02:00", "2025-10-26T02:30:00+01:00",
    "2025-10-26T02:30:00+02:00", "1970-01-01T00:00:00+08:00", "2199-12-31T23:59:59Z", "2025-09-01t10:00:00z",
    "2025-09-01T10:00Z", "2025-09-01 10:00:00", "2025-09-01T10:00:00,5Z", "2025-09-01T10:00:00-00:00",
    "2025-09-01T10:00:00.123456789Z", "2025-09-01T10:00:00+0530", "2024-02-29T23:59:59.999999-11",
)  # fmt: skip
BAD_NUMBERS = ("1e30", "NaN", "Infinity", "-inf", "0x10", "1_000", '"1,000"', "five", "５", "1000000000000")
GOOD_NUMBERS = ("1e2", "-5", ".5", "5.", '" 5 "', "999999999999", "0.000000000000000001", "1e-30", "007")
NO_TIME = "cannot be read as an ISO 8601 date and time"


def _lines(cells: tuple[str, ...], column: str) -> bytes:
    made = [
        event(score=cell.encode()) if column == "score" else event(at=f'"{cell}"'.encode()) for cell in cells
    ]
    return HEADER + b"".join(made)


def _ids(name: str, *ids: str) -> Hostile:
    """Ids in every column that has one; nothing may come of them but themselves."""
    lines = []
    for number, text in enumerate(ids):
        cell = b'"' + text.encode().replace(b'"', b'""') + b'"'
        for minute in (0, 9):
            at = b"2025-09-01T1%d:0%d:00+08:00" % (number, minute)
            lines.append(event(cell, at=at, who=cell, session=cell, activity=cell))
    return stored(name, HEADER + b"".join(lines), len(lines))


def _register(name: str, *rows: bytes, duplicate: int = 0) -> Hostile:
    header = ACTIVITIES.partition(b"\n")[0] + b"\n"
    counts = (len(rows), len(rows) - duplicate, duplicate, 0)
    return Hostile(name, {"activities.csv": header + b"".join(rows), "events.csv": GOOD}, counts=counts)


TIMES: list[Hostile] = [
    rejected(
        "times that are none",
        _lines(BAD_TIMES, "timestamp"),
        0,
        *((line, "timestamp", NO_TIME) for line in range(2, 2 + len(BAD_TIMES))),
    ),
    # Ten o'clock in Greenwich is written in three ways, so two of them are duplicates.
    Hostile(
        "times in odd but plain words", {"events.csv": _lines(GOOD_TIMES, "timestamp")}, counts=(14, 12, 2, 0)
    ),
    stored("a time long after the audit date", HEADER + LOGIN + event(at=b"2199-01-01T00:00:00Z"), 2),
    # What to do stands in the reason: the number is what a spreadsheet keeps, and no fault of the log.
    rejected(
        "a spreadsheet's days for a time",
        HEADER + event(at=b"45231.5"),
        0,
        (2, "timestamp", "like 45231.5: give the column a date format before saving it as CSV"),
    ),
    rejected("no time at all", HEADER + LOGIN + event(at=b""), 1, (3, "timestamp", "is empty")),
]

NUMBERS: list[Hostile] = [
    rejected(
        "numbers that are none",
        _lines(BAD_NUMBERS, "score"),
        0,
        *((line, "score", "cannot be read as a number") for line in range(2, 2 + len(BAD_NUMBERS))),
    ),
    Hostile(
        # The nought of 0.000000000000000000000000000001 comes last: it equals no other.
        "numbers in odd but plain words",
        {"events.csv": _lines(GOOD_NUMBERS, "score")},
        counts=(9, 8, 1, 0),
    ),
    rejected(
        "negative and endless durations",
        HEADER + event(word=b"idle", duration=b"-5") + event(word=b"idle", duration=b"1000000000"),
        0,
        (2, "duration_s", "is negative"),
        (3, "duration_s", "cannot be read as a number of seconds"),
    ),
    stored(
        "durations as long as may be",
        HEADER + LOGIN + event(word=b"idle", duration=b"999999999.999999")
        + event(word=b"media_play", duration=b"999999999") + LOGOUT,
        4,
    ),
    stored(
        "marks as large as may be",
        HEADER.replace(b"duration_s", b"max_score").replace(b"response", b"attempt_id")
        + event(b"t1", word=b"assessment_submit", score=b"999999999999", duration=b"999999999999") + LOGOUT,
        2,
        activities=ACTIVITIES.replace(b",50,", b",999999999999,"),
    ),
]  # fmt: skip

IDS: list[Hostile] = [
    _ids("formulas", "=1+1", "+1", "-2+3", "@SUM(A1)", "\t=x", '=HYPERLINK("http://x")'),
    _ids("markup", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;", '"><b>'),
    _ids("paths", "../../etc/passwd", "..\\..\\windows", "/dev/null", "C:\\x", "file:///etc/passwd"),
    _ids("SQL", "'; DROP TABLE event; --", '" OR 1=1 --', "${x}", "{{ 7*7 }}", "%s%n"),
    _ids("terminal codes", "\x1b[31mred", "\x1b]0;title\x07", "\x08\x08", "\x7f"),
    _ids("direction marks", "\u202eP1", "\u200fP2", "P\u200b3", "\u2066x\u2069"),
    _ids("letters that look alike", "Ｐ１", "Р1", "P1\u0301", "é", "e\u0301"),
    _ids("words of the program", "null", "NULL", "None", "nan", "~1"),
    rejected("no participant", HEADER + LOGIN + event(who=b"") + event(who=b'""'), 1,
             (3, "participant_id", "is empty"), (4, "participant_id", "is empty")),
]  # fmt: skip

REGISTERS: list[Hostile] = [
    _register("a register row twice", *[b"A1,C,30,50,2025-01-01,2026-12-31\n"] * 2, duplicate=1),
    _register("register rows that contradict each other",
              b"A1,C,30,50,2025-01-01,2026-12-31\n", b"A1,C,60,70,2025-01-01,2026-12-31\n"),
    _register("approvals that overlap",
              b"A1,C,30,50,2025-01-01,2026-12-31\n", b"A1,C,60,50,2025-06-01,2027-12-31\n"),
    _register("an approval that ends before it begins", b"A1,C,30,50,2026-12-31,2025-01-01\n"),
    _register("an approval of all time", b"A1,C,30,50,0001-01-01,9999-12-31\n"),
    _register("nothing to earn", b"A1,C,0,0,,\n"),
    rejected(
        "a register as a spreadsheet shows it",
        ACTIVITIES + b"A2,C,30,60%,,\nA3,C,30 min,50,,\nA4,C,30,50,46022,\n",
        1,
        (3, "pass_mark", "write digits alone, like 60 or 0.5, without a percent sign"),
        (4, "approved_minutes", "write digits alone, like 60, without a percent sign, a unit"),
        (5, "approved_from", "numbers of days like 45231: give the column a date format"),
        file="activities.csv",
    ),
    rejected(
        "a register of impossible cells",
        ACTIVITIES + b"A2,C,-30,50,,\nA3,C,30.5,50,,\nA4,C,1000000000,50,,\nA5,C,30,half,,\n"
        b"A6,C,30,50,2025-02-30,\nA7,C,30,50,,31/12/2026\n,C,30,50,,\nA9,C,,50,,\n",
        1,
        (3, "approved_minutes", "is negative"),
        *((line, "approved_minutes", "cannot be read as a whole number") for line in (4, 5)),
        (6, "pass_mark", "cannot be read as a number"),
        (7, "approved_from", "cannot be read as a date"),
        (8, "approved_to", "cannot be read as a date"),
        (9, "activity_id", "is empty"),
        (10, "approved_minutes", "is empty"),
        file="activities.csv",
    ),
    stored(
        "formulas and markup for names",
        b'participant_id,name,name_zh,employer\nP1,"=HYPERLINK(""http://x"",""y"")",@SUM,<script>alert(1)</script>\n'
        b"=2+3,-1,+1,\t=1\n",
        2,
        file="participants.csv",
    ),
]  # fmt: skip

ROWS: list[Hostile] = [
    Hostile("every row three times", {"events.csv": GOOD + (LOGIN + VIEW + LOGOUT) * 2}, counts=(9, 3, 6, 0)),
    Hostile("no register at all", {"events.csv": GOOD}, counts=(3, 3, 0, 0)),
    stored("rows back to front", HEADER + LOGOUT + VIEW + LOGIN, 3),
    stored("a logout and nothing else", HEADER + LOGOUT, 1),
    stored("unknown words", HEADER + event(word=b"teleport") + event(word=b"VIEW") + event(word=b" view"), 3),
    stored("all at one instant", HEADER + b"".join(event(b"%d" % n) for n in range(40)), 40),
]
