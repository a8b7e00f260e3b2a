"""One file into the audit database, in one transaction, with every line accounted for."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyser.errors import InputError
from analyser.ingest import documents, readings, records, scan
from analyser.ingest.afterwards import remark
from analyser.ingest.archives import archive_of
from analyser.ingest.project import describe_fault, projection, stored_names
from analyser.ingest.tables import typed_table
from analyser.schema.inputs import INPUTS
from analyser.store import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import duckdb

    from analyser.ingest.readings import Reading
    from analyser.ingest.source import Source
    from analyser.schema.columns import Table


class _NotAccountedFor(Exception):
    """The fast reader's rows do not explain every line; the careful one must read the file."""


@dataclass
class _Load:
    """What is known while one file is being loaded."""

    connection: duckdb.DuckDBPyConnection
    source: Source
    table: Table
    scan: scan.Scan
    file_id: int
    first_rid: int
    shifts: list[tuple[int, int]] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)
    broken: int = 0

    @property
    def target(self) -> str:
        """The typed table."""
        return typed_table(self.table.name)


def load(connection: duckdb.DuckDBPyConnection, source: Source, export_format: str | None = None) -> bool:
    """Load one file; False when the very same file is already there.

    Raises:
        InputError: the file cannot be used at all.
    """
    from analyser.formats import reading_for

    size = scan.scan(source.path)
    seen = "SELECT 1 FROM source_file WHERE sha256 = ? AND file = ?"
    if connection.execute(seen, [size.sha256, source.name]).fetchall():
        return False
    table = INPUTS[source.table or "events"]
    if source.table is None and scan.is_blank(source.path, size):
        # Systems rotate their logs whether anything was written or not.
        reading = readings.Reading("empty", "batch", ("line",), {}, batches=lambda _: iter(()))
    else:
        reading = reading_for(source, table, connection, export_format)
    for way in _ways(reading, size, archive_of(source.path) is not None):
        with contextlib.suppress(_NotAccountedFor):
            with transaction(connection):
                job = _begin(connection, source, table, size)
                count = way(job, reading)
            _check_rids(job, count)
            return True
    raise InputError(f"{source.name}: its lines cannot be accounted for; export it again.")


def _ways(reading: Reading, size: scan.Scan, is_member: bool) -> list[Callable[[_Load, Reading], int]]:
    """Ways to read a file, the quickest first; the last one copes with anything."""
    if not reading.has_lines:
        return [_fast]
    if reading.batches or reading.is_document or is_member or not size.is_regular:
        return [_careful]
    return [_quick, _fast, _careful] if reading.quick else [_fast, _careful]


def _begin(connection: duckdb.DuckDBPyConnection, source: Source, table: Table, size: scan.Scan) -> _Load:
    (row,) = connection.execute(
        "SELECT coalesce(max(file_id), 0) + 1, "
        "coalesce(sum(row_count) FILTER (WHERE table_name = ?), 0)::BIGINT FROM source_file",
        [table.name],
    ).fetchall()
    return _Load(connection, source, table, size, row[0], row[1])


def _quick(job: _Load, reading: Reading) -> int:
    count = _at_once(job, reading, reading.quick or "")
    # A row that is no record may be one that only the other ways can tell.
    if _count(job, "fault <= 2"):
        raise _NotAccountedFor
    job.shifts.append((0, 1))
    _finish(job, reading, count)
    return count


def _fast(job: _Load, reading: Reading) -> int:
    relation = reading.relation.replace("{lines}", readings.lines_relation(job.source))
    count = _at_once(job, reading, reading.over.replace("{rows}", relation))
    if reading.skip and _count(job, "fault = 2"):
        raise _NotAccountedFor
    job.shifts.append((0, reading.header_lines + 1))
    _finish(job, reading, count)
    return count


def _at_once(job: _Load, reading: Reading, rows: str) -> int:
    """All rows in one statement; how many there are."""
    import duckdb

    try:
        count = _insert(job, reading, rows)
    except duckdb.Error as error:
        if isinstance(error, duckdb.OutOfMemoryException):
            raise
        if not reading.has_lines:
            # What DuckDB says may quote a cell, so it is not repeated.
            raise InputError(f"{job.source.name}: cannot be read to its end; export it again.") from error
        raise _NotAccountedFor from error
    if reading.has_lines and count != job.scan.lines - reading.header_lines:
        raise _NotAccountedFor
    return count


def _careful(job: _Load, reading: Reading) -> int:
    import pyarrow as pa

    count = 0
    for batch in _batches(job, reading):
        _reject_broken(job, batch.broken)
        job.spans |= batch.spans
        for line in batch.lines:
            if not job.shifts or job.shifts[-1][1] != line - count:
                job.shifts.append((count, line - count))
            count += 1
        if batch.rows:
            cells = zip(*batch.rows, strict=True)
            arrays = [pa.array(list(column), pa.string()) for column in cells]
            job.connection.register("batch", pa.table(arrays, list(reading.raw_columns)))
            is_lines = "{lines}" in reading.relation
            relation = reading.relation.replace("{lines}", "batch") if is_lines else "batch"
            _insert(job, reading, reading.over.replace("{rows}", relation))
            job.connection.unregister("batch")
    _finish(job, reading, count)
    return count


def _batches(job: _Load, reading: Reading) -> Iterator[records.Batch]:
    if reading.batches:
        return reading.batches(job.source.path)
    if reading.is_document:
        return documents.document_batches(job.source.path)
    if "{lines}" in reading.relation:
        return records.line_batches(job.source.path)
    return records.csv_batches(job.source.path, len(reading.raw_columns))


def _insert(job: _Load, reading: Reading, rows: str) -> int:
    typed, fault = projection(job.table, reading.cells, reading.instant, reading.naive)
    broken = f"WHEN {reading.broken} THEN 1 " if reading.broken else ""
    skipped = f"WHEN {reading.skip} THEN 2 " if reading.skip else ""
    refused = "".join(
        f"WHEN {condition} THEN {readings.refusal_fault(number)} "
        for number, (condition, _, _) in enumerate(reading.refusals)
    )
    if broken or skipped or refused:
        fault = f"CASE {skipped}{refused}{broken}ELSE {fault} END"
    inner = f"SELECT *, {typed} FROM {rows}"
    names = ", ".join(f'"{name}"' for name in stored_names(job.table))
    besides = _besides(reading) if job.target == "event" else ""
    values = f"{job.file_id}, {names}, ({fault})::USMALLINT{besides}"
    (row,) = job.connection.execute(f"INSERT INTO {job.target} SELECT {values} FROM ({inner})").fetchall()
    return int(row[0])


def _besides(reading: Reading) -> str:
    """What an event carries besides its cells: what is odd about it, and its number in its own system."""
    cases = "".join(
        f"WHEN {condition} THEN {number} " for number, (condition, _) in enumerate(reading.remarks, 1)
    )
    remark = f"CASE {cases}END" if cases else "NULL"
    record = f"TRY_CAST({reading.record} AS UUID)" if reading.record else "NULL"
    return f", ({remark})::USMALLINT, {record}"


def _count(job: _Load, condition: str) -> int:
    (row,) = job.connection.execute(
        f"SELECT count(*) FROM {job.target} WHERE file_id = ? AND {condition}", [job.file_id]
    ).fetchall()
    return int(row[0])


def _finish(job: _Load, reading: Reading, count: int) -> None:
    job.connection.executemany(
        "INSERT INTO line_shift VALUES (?, ?, ?)",
        [[job.file_id, row, shift] for row, shift in job.shifts or [(0, 1)]],
    )
    faulty = _reject_faults(job, reading)
    if reading.remarks:
        remark(job.connection, job.source.name, job.file_id, reading.remarks)
    naive = _count(job, "is_naive AND fault IS NULL") if job.table.clocks else 0
    job.connection.execute(
        "INSERT INTO source_file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            job.file_id, job.source.name, job.table.name, job.scan.sha256, job.scan.size,
            reading.format, job.first_rid, count, faulty, job.broken, naive,
            ", ".join(reading.extra)[:500],
        ],
    )  # fmt: skip


def _check_rids(job: _Load, count: int) -> None:
    """Row ids are the link to source lines, so they must be one unbroken run in file order."""
    (row,) = job.connection.execute(
        f"SELECT count(*), min(rowid), max(rowid) FROM {job.target} WHERE file_id = ?",
        [job.file_id],
    ).fetchall()
    expected = (count, job.first_rid, job.first_rid + count - 1) if count else (0, None, None)
    if row != expected:
        raise InputError(f"{job.source.name}: rows could not be numbered in file order; run ingest again.")


def _reject_broken(job: _Load, broken: list[records.Broken]) -> None:
    if broken:
        job.broken += len(broken)
        _insert_rejects(job, [(entry.line, entry.column, entry.reason, entry.raw) for entry in broken])


def _reject_faults(job: _Load, reading: Reading) -> int:
    found = job.connection.execute(
        # Before the commit row ids start elsewhere, but they already run in file order.
        f"SELECT rowid - (SELECT min(rowid) FROM {job.target} WHERE file_id = $id), fault "
        f"FROM {job.target} WHERE file_id = $id AND fault IS NOT NULL ORDER BY rowid",
        {"id": job.file_id},
    ).fetchall()
    if not found:
        return 0
    shifts = iter([*job.shifts[1:], (1 << 62, 0)])
    shift, upcoming = (job.shifts or [(0, 1)])[0][1], next(shifts)
    faults: list[tuple[int, int]] = []
    for row, fault in found:
        while row >= upcoming[0]:
            shift, upcoming = upcoming[1], next(shifts)
        faults.append((row + shift, fault))
    raws = dict(_raw(job, [line for line, _ in faults])) if reading.has_lines else {}
    _insert_rejects(
        job, [(line, *_explain(job, reading, fault), raws.get(line, "")) for line, fault in faults]
    )
    return len(faults)


def _explain(job: _Load, reading: Reading, fault: int) -> tuple[str, str]:
    if (number := readings.refusal_number(fault)) is not None:
        _, column, reason = reading.refusals[number]
        return column, reason
    return describe_fault(job.table, fault) if fault >= 8 else ("", "is not a JSON object")


def _raw(job: _Load, lines: list[int]) -> Iterator[tuple[int, str]]:
    return scan.raw_lines(job.source.path, {line: job.spans.get(line, 1) for line in lines})


def _insert_rejects(job: _Load, rejects: list[tuple[int, str, str, str]]) -> None:
    import pyarrow as pa

    names = ["line", "column", "reason", "raw"]
    job.connection.register("rejected", pa.table(list(map(list, zip(*rejects, strict=True))), names))
    job.connection.execute(
        'INSERT INTO reject SELECT ?, line, "column", reason, raw FROM rejected', [job.file_id]
    )
    job.connection.unregister("rejected")
