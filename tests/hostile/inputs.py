"""Every hostile input."""

from __future__ import annotations

import gzip

from tests.hostile import cells, containers, texts
from tests.hostile.kit import ACTIVITIES, GOOD, HEADER, Hostile, event

ONE, OTHER = HEADER + event(b"one", who=b"P1"), HEADER + event(b"other", who=b"P2")

FOLDERS: list[Hostile] = [
    Hostile("nothing to read", {"notes.txt": b"x"}, says="no events found"),
    Hostile("a folder for a file", {"events.csv/x.csv": GOOD}, says="no events found"),
    Hostile("capital letters", {"EVENTS.CSV": GOOD, "Activities.csv": ACTIVITIES}, counts=(3, 3, 0, 0)),
    Hostile("a name with brackets", {"events-[1].csv": ONE, "events-1.csv": OTHER}, counts=(1, 1, 0, 0)),
    Hostile("a name with a star", {"events-*.csv": ONE, "events-1.csv": OTHER}, counts=(1, 1, 0, 0)),
    Hostile("a name with braces", {"events-{1,2}.csv": ONE, "events-1.csv": OTHER}, counts=(1, 1, 0, 0)),
    Hostile("a name like a mark of ours", {"events-{lines}{rows}.csv": GOOD}, counts=(3, 3, 0, 0)),
    Hostile("a name with quotes", {"events-'\".csv": ONE, "events-1.csv": OTHER}, counts=(1, 1, 0, 0)),
    Hostile("a name with terminal codes", {"events-\x1b[31m.csv": GOOD}, counts=(3, 3, 0, 0)),
    Hostile("a name like a partition", {"events/event=x.csv": GOOD}, counts=(3, 3, 0, 0)),
    Hostile(
        "files that nothing reads",
        {
            "events.csv": GOOD,
            "events-2.csv.bz2": b"BZh",
            "events.xlsx": b"PK",
            "notes.txt": b"hello",
        },
        counts=(3, 3, 0, 0),
        unread="events-2.csv.bz2, events.xlsx, notes.txt: no tables of a case",
    ),
    Hostile(
        "a file too deep down",
        {"events.csv": GOOD, "events/2025/08.csv": ONE},
        counts=(3, 3, 0, 0),
        unread="events/2025/08.csv: not a table of a case",
    ),
    Hostile(
        "an export that nobody knows",
        {"exports/x.csv": b"a,b\n1,2\n"},
        says="exports/x.csv: the format is not recognised",
    ),
    Hostile(
        "one file twice", {"events.csv": GOOD, "events-copy.csv.gz": gzip.compress(GOOD)}, counts=(3, 0, 3, 0)
    ),
]

INPUTS: tuple[Hostile, ...] = (
    *(*texts.ENCODING, *texts.LINE_ENDS, *texts.QUOTES, *texts.HEADERS),
    *(*cells.TIMES, *cells.NUMBERS, *cells.IDS, *cells.REGISTERS, *cells.ROWS),
    *(*containers.PACKINGS, *containers.PARQUET, *containers.JSON, *FOLDERS),
)
