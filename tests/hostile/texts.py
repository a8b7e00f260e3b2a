"""CSV files whose bytes, line ends, quotes or headers are wrong."""

from __future__ import annotations

from tests.hostile.kit import (
    GOOD,
    HEADER,
    LOGIN,
    LOGOUT,
    NAME,
    VIEW,
    Hostile,
    event,
    refused,
    rejected,
    stored,
)

NO_UTF_8 = "is not valid UTF-8"
OPEN = "whose quote opens on line {} and does not close properly"
LINES = (LOGIN, VIEW, LOGOUT)

ENCODING: list[Hostile] = [
    rejected("a byte that is no UTF-8", HEADER + LOGIN + event(b"caf\xe9") + LOGOUT, 2, (3, "", NO_UTF_8)),
    rejected(
        "a register in Big5",
        b"participant_id,name_zh\nP1," + "陳大文".encode("big5") + b"\n",
        0,
        (2, "", f"{NO_UTF_8}; save the file as UTF-8 (in a spreadsheet: CSV UTF-8"),
        file="participants.csv",
    ),
    rejected("half a character", HEADER + LOGIN + event("陳".encode()[:2]) + LOGOUT, 2, (3, "", NO_UTF_8)),
    rejected("an encoded surrogate", HEADER + event(b"\xed\xa0\x80") + LOGOUT, 1, (2, "", NO_UTF_8)),
    rejected("a NUL", HEADER + LOGIN + event(b"a\0b") + LOGOUT, 2, (3, "", "contains a NUL byte")),
    stored("a byte-order mark", b"\xef\xbb\xbf" + GOOD, 3),
    refused("UTF-16, little end first", b"\xff\xfe" + GOOD.decode().encode("utf-16-le"), "save it as UTF-8"),
    refused("UTF-16, big end first", b"\xfe\xff" + GOOD.decode().encode("utf-16-be"), "save it as UTF-8"),
    refused("UTF-16 without a mark", GOOD.decode().encode("utf-16-le"), "the file is UTF-16"),
    stored("a header name that is no UTF-8", GOOD.replace(b"response", b"resp\xff"), 3),
]

LINE_ENDS: list[Hostile] = [
    stored("CRLF", GOOD.replace(b"\n", b"\r\n"), 3),
    stored("bare CR", GOOD.replace(b"\n", b"\r"), 3),
    stored("three kinds of line end", HEADER + LOGIN.replace(b"\n", b"\r\n") + VIEW.replace(b"\n", b"\r"), 2),
    stored("no line end at the end", GOOD[:-1], 3),
    stored("blank lines between rows", HEADER + LOGIN + b"\n\r\n\n" + VIEW + b"\n" + LOGOUT, 3),
    stored("blank lines at the end", GOOD + b"\n" * 40, 3),
    rejected("a line of spaces", HEADER + LOGIN + b"   \n" + LOGOUT, 2, (3, "", "has 1 cells")),
    stored("other line separators in a cell", HEADER + LOGIN + event("a\u2028\x0b\x0c\x85".encode()), 2),
    stored("a CR in a quoted cell", HEADER + LOGIN + event(b'"a\rb"') + LOGOUT, 3),
    stored("a line end in a quoted cell", HEADER + LOGIN + event(b'"a\nb"') + LOGOUT, 3),
]

QUOTES: list[Hostile] = [
    rejected(
        "an open quote at the start",
        HEADER + b'"' + b"".join(LINES),
        0,
        *((line, "", OPEN.format(2)) for line in (2, 3, 4)),
    ),
    rejected(
        "an open quote in the middle",
        HEADER + LOGIN + event(b'"open') + VIEW + LOGOUT,
        1,
        *((line, "", OPEN.format(3)) for line in (3, 4, 5)),
    ),
    rejected(
        "an open quote in the last row",
        HEADER + LOGIN + VIEW + event(b'"open'),
        2,
        (4, "", "has a quote out of place"),
    ),
    rejected(
        "an open quote that another cell's quote ends",
        HEADER + event(b'"open') + VIEW + event(b'"so, it said"') + LOGOUT,
        1,
        *((line, "", OPEN.format(2)) for line in (2, 3, 4)),
    ),
    rejected(
        "an open quote that makes one record of three",
        HEADER + event(b'"open') + VIEW + event(b'","') + LOGOUT + event(b'"') + VIEW,
        1,
        *((line, "", "") for line in (2, 3, 4, 5, 6)),
    ),
    stored("a quote inside a cell", HEADER + LOGIN + event(b'5" pipe') + LOGOUT, 3),
    rejected(
        "text after a quote", HEADER + LOGIN + event(b'"f"x') + LOGOUT, 2, (3, "", "a quote out of place")
    ),
    stored("quotes in a quoted cell", HEADER + LOGIN + event(b'"she said ""no"", then left"') + LOGOUT, 3),
    rejected("too few cells", HEADER + b"2025-09-01T10:05:00Z,P1,view\n" + LOGOUT, 1, (2, "", "has 3 cells")),
    rejected("too many cells", HEADER + VIEW[:-1] + b",x,x\n" + LOGOUT, 1, (2, "", "has 11 cells")),
]

HEADERS: list[Hostile] = [
    stored("columns in another order", b"event,participant_id,timestamp\nlogin,P1,2025-09-01T10:00:00Z\n", 1),
    refused(
        "a column twice",
        b"timestamp,participant_id,event,event\n2025-09-01T10:00:00Z,P1,login,x\n",
        "events.csv: line 1: column event stands 2 times; keep one.",
    ),
    refused(
        "a required column missing",
        b"timestamp,participant_id\n2025-09-01T10:00:00Z,P1\n",
        "column event is missing (found: timestamp, participant_id)",
    ),
    refused(
        "names in other letters",
        b"Timestamp, Participant ID ,Event\n2025-09-01T10:00:00Z,P1,login\n",
        "column timestamp is missing (rename Timestamp to timestamp, Participant ID to participant_id, ",
    ),
    refused(
        "a register without a header, which must not be repeated",
        f"P1,{NAME},A123456(7)\n".encode(),
        "participants.csv: line 1: column participant_id is missing (none of its names is a column",
        file="participants.csv",
    ),
    stored("nothing but a header", HEADER, 0),
    refused("an empty file", b"", "events.csv: the file is empty"),
    refused("nothing but a byte-order mark", b"\xef\xbb\xbf", "events.csv: the file is empty"),
    refused(
        "an empty first line", b"\n" + GOOD, "line 1 is empty; the names of the columns must stand there"
    ),
    stored("a line end in the header", GOOD.replace(b"response", b'"resp\nonse"'), 3),
    refused("an open quote in the header", GOOD.replace(b"response", b'"response'), "check its quotes"),
    refused("tabs between cells", GOOD.replace(b",", b"\t"), "separated by tabs, not commas"),
    refused(
        "semicolons between cells",
        GOOD.replace(b",", b";"),
        "separated by semicolons, not commas",
    ),
    stored("a line of 2 MB", HEADER + LOGIN + event(b"x" * 2_100_000) + LOGOUT, 3),
    stored("a cell of 5 MB", HEADER + LOGIN + event(b'"' + b"x,\n" * 1_700_000 + b'"') + LOGOUT, 3),
]
