"""What cannot be used: each line with its place, its reason and its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.ingest import readings, scan
from analyser.ingest.project import describe_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyser.ingest import records
    from analyser.ingest.job import Load
    from analyser.ingest.readings import Reading

# However many lines are set aside, the text of so many is held at a time.
_PAGE = 16_384


def reject_broken(job: Load, broken: list[records.Broken]) -> None:
    """Keep lines that are no records."""
    if broken:
        job.broken += len(broken)
        _insert_rejects(job, [(entry.line, entry.column, entry.reason, entry.raw) for entry in broken])


def reject_faults(job: Load, reading: Reading) -> int:
    """Keep the reasons of rows that cannot be used; how many there are."""
    faulty = f"FROM {job.target} WHERE file_id = $id AND fault IS NOT NULL"
    if not job.connection.execute(f"SELECT 1 {faulty} LIMIT 1", {"id": job.file_id}).fetchall():
        return 0
    found = job.connection.execute(
        # Before the commit row ids start elsewhere, but they already run in file order.
        f"SELECT n + shift, fault FROM (SELECT fault, file_id, "
        f"rowid - (SELECT min(rowid) FROM {job.target} WHERE file_id = $id) AS n {faulty}) r "
        "ASOF JOIN line_shift l ON l.file_id = r.file_id AND r.n >= l.row_no ORDER BY n",
        {"id": job.file_id},
    ).fetchall()
    reasons = {fault: _explain(job, reading, fault) for fault in {fault for _, fault in found}}
    raws = _raw(job, [line for line, _ in found]) if reading.has_lines else iter(())
    at, text = 0, ""
    for first in range(0, len(found), _PAGE):
        page = []
        for line, fault in found[first : first + _PAGE]:
            # Several rows of one line have one text.
            while at < line:
                at, text = next(raws, (line, ""))
            page.append((line, *reasons[fault], text if at == line else ""))
        _insert_rejects(job, page)
    return len(found)


def _explain(job: Load, reading: Reading, fault: int) -> tuple[str, str]:
    if (number := readings.refusal_number(fault)) is not None:
        _, column, reason = reading.refusals[number]
        return column, reason
    return describe_fault(job.table, fault) if fault >= 8 else ("", "is not a JSON object")


def _raw(job: Load, lines: list[int]) -> Iterator[tuple[int, str]]:
    wanted = {line: job.spans.get(line, 1) for line in lines}
    return scan.raw_lines(job.source.path, wanted, is_regular=job.scan.is_regular)


def _insert_rejects(job: Load, rejects: list[tuple[int, str, str, str]]) -> None:
    import numpy as np

    lines, *cells = zip(*rejects, strict=True)
    names = ("column", "reason", "raw")
    columns = {name: np.array(values, np.object_) for name, values in zip(names, cells, strict=True)}
    job.connection.register("rejected", {"line": np.array(lines, np.int64), **columns})
    job.connection.execute(
        'INSERT INTO reject SELECT ?, line, "column", reason, raw FROM rejected', [job.file_id]
    )
    job.connection.unregister("rejected")
