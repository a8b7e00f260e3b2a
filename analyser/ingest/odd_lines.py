"""Lines that the quick reader makes nothing of: a few of them do not send a whole file the slow way.

Empty lines it passes over; lines that are cut short, comments and the like it gives as rows of nulls. Each of
those is shown to the format's careful statement. Only where that, too, finds no record do the rows stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from analyser.arrays import arrow_table, texts
from analyser.ingest.insertion import selection
from analyser.ingest.records import byte_fault
from analyser.ingest.scan import open_content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from analyser.ingest.job import Load
    from analyser.ingest.readings import Reading

# A file with more of them is no longer the usual file that the quick reader is for.
MOST = 1000
# The fault of a row that is no record.
_BROKEN = 1
_BLANK = re.compile(rb"[ \t\r\v\f]*")
_Shifts = list[tuple[int, int]]


def shifts_past_blank(path: Path, lines: int, rows: int) -> _Shifts | None:
    """Where rows stand if a file's empty lines are passed over.

    Args:
        path: the file, with one kind of line end.
        lines: how many it has.
        rows: how many the reader gave.

    Returns:
        (row, its line minus its number) wherever that difference changes; None if empty lines do not
        explain the difference, or are many.
    """
    if not 0 <= lines - rows <= MOST:
        return None
    shifts, blank = {0: 1}, 0
    if lines > rows:
        with open_content(path) as content:
            for number, line in enumerate(islice(content, lines), start=1):
                if _BLANK.fullmatch(line.rstrip(b"\n")):
                    blank += 1
                    shifts[number - blank] = 1 + blank
    if rows + blank != lines:
        return None
    return [(row, shift) for row, shift in shifts.items() if row < rows or not row]


def are_no_records(job: Load, reading: Reading, shifts: _Shifts) -> bool:
    """Whether the format's careful statement, too, finds broken records only in the lines without one.

    Args:
        job: the file; its rows are in.
        reading: how it is read.
        shifts: where rows stand.
    """
    lines = [row + shifts[bisect_right(shifts, row, key=itemgetter(0)) - 1][1] for row in _odd_rows(job)]
    if not lines:
        return True
    if len(lines) > MOST or reading.spread:
        return False
    found = list(_texts(job.source.path, lines))
    if any(byte_fault(text) for text in found):
        return False
    rows = reading.over.replace("{rows}", reading.relation.replace("{lines}", "batch"))
    typed = selection(job.table, job.file_id, reading, rows)
    job.connection.register("batch", arrow_table(["line"], [texts(found)]))
    try:
        ((others,),) = job.connection.execute(
            f"SELECT count(*) FROM ({typed}) WHERE fault IS DISTINCT FROM {_BROKEN}"
        ).fetchall()
    finally:
        job.connection.unregister("batch")
    return not others


def _odd_rows(job: Load) -> list[int]:
    found = job.connection.execute(
        f"SELECT rowid - (SELECT min(rowid) FROM {job.target} WHERE file_id = $id) FROM {job.target} "
        f"WHERE file_id = $id AND fault <= 2 ORDER BY rowid LIMIT {MOST + 1}",
        {"id": job.file_id},
    ).fetchall()
    return [row for (row,) in found]


def _texts(path: Path, lines: list[int]) -> Iterator[str]:
    wanted = set(lines)
    with open_content(path) as content:
        for number, line in enumerate(islice(content, lines[-1]), start=1):
            if number in wanted:
                encoding = "utf-8-sig" if number == 1 else "utf-8"
                yield line.rstrip(b"\r\n").decode(encoding, "surrogateescape")
