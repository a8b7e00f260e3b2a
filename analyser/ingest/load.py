"""One file into the audit database, in one transaction, with every line accounted for."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TYPE_CHECKING

from analyser.arrays import arrow_table, texts
from analyser.errors import InputError
from analyser.ingest import documents, odd_lines, readings, records, scan, staged
from analyser.ingest.afterwards import note_columns, note_words, remark
from analyser.ingest.archives import archive_of
from analyser.ingest.decode import decoded
from analyser.ingest.folder_values import filled
from analyser.ingest.insertion import check_order, insertion
from analyser.ingest.job import Load
from analyser.ingest.rejects import reject_broken, reject_faults
from analyser.schema.inputs import EVENTS, INPUTS
from analyser.store import path_literal, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import duckdb

    from analyser.ingest.readings import Reading
    from analyser.ingest.source import Source
    from analyser.schema.columns import Table

    Recogniser = Callable[[Source, Table, duckdb.DuckDBPyConnection], Reading]


class _NotAccountedFor(Exception):
    """The fast reader's rows do not explain every line; the careful one must read the file."""


def load(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    reading_for: Recogniser,
    expect: Callable[[Callable[[], int]], None] = lambda _: None,
) -> bool:
    """Load one file; False when the very same file is already there.

    Args:
        connection: the audit database.
        source: the file.
        reading_for: given the file, the table its rows go to and the connection, says how to read it.
        expect: given what counts the rows to come, just before they do.

    Raises:
        InputError: the file cannot be used at all.
    """
    with decoded(source, connection) as (text, original):
        size = scan.scan(text.path)
        if original:
            size = dataclasses.replace(size, sha256=original.sha256, size=original.size)
        seen = "SELECT 1 FROM source_file WHERE sha256 = ? AND file = ?"
        if connection.execute(seen, [size.sha256, source.name]).fetchall():
            return False
        if text.table is None and scan.is_blank(text.path, size):
            # Systems rotate their logs whether anything was written or not.
            reading = readings.Reading("empty", "batch", ("line",), {}, batches=lambda _: iter(()))
        else:
            reading = reading_for(text, INPUTS[text.table or "events"], connection)
        notes = original.notes if original else ()
        reading = dataclasses.replace(reading, notes=(*notes, *reading.notes))
        expect(lambda: _rows_of(connection, reading, size))
        _load(connection, text, size, reading)
    return True


def _load(connection: duckdb.DuckDBPyConnection, source: Source, size: scan.Scan, reading: Reading) -> None:
    table = INPUTS[reading.table or source.table or "events"]
    reading = filled(reading, table, source)
    for way in _ways(reading, size, archive_of(source.path) is not None):
        with contextlib.suppress(_NotAccountedFor):
            with transaction(connection):
                job = _begin(connection, source, table, size)
                count = way(job, reading)
            _check_rids(job, count)
            return
    raise InputError(f"{source.name}: its lines cannot be accounted for; export it again.")


def _rows_of(connection: duckdb.DuckDBPyConnection, reading: Reading, size: scan.Scan) -> int:
    """About how many rows a file has (a record may have several lines); 0 if that is not known."""
    if reading.has_lines:
        return size.lines - reading.header_lines
    if "read_parquet(" not in reading.relation:
        return 0
    (row,) = connection.execute(f"SELECT count(*) FROM {reading.relation}").fetchall()
    return int(row[0])


def _ways(reading: Reading, size: scan.Scan, is_member: bool) -> list[Callable[[Load, Reading], int]]:
    """Ways to read a file, the quickest first; the last one copes with anything."""
    if not reading.has_lines:
        return [_fast]
    if reading.batches or reading.is_document or is_member or not size.is_regular:
        return [_careful]
    return [_quick, _fast, _careful] if reading.quick else [_fast, _careful]


def _begin(connection: duckdb.DuckDBPyConnection, source: Source, table: Table, size: scan.Scan) -> Load:
    (row,) = connection.execute(
        "SELECT coalesce(max(file_id), 0) + 1, "
        "coalesce(sum(row_count) FILTER (WHERE table_name = ?), 0)::BIGINT FROM source_file",
        [table.name],
    ).fetchall()
    return Load(connection, source, table, size, row[0], row[1])


def _quick(job: Load, reading: Reading) -> int:
    count = _tried(job, reading, lambda: _insert(job, reading, reading.quick or ""))
    shifts = odd_lines.shifts_past_blank(job.source.path, job.scan.lines, count)
    if shifts is None or not odd_lines.are_no_records(job, reading, shifts):
        raise _NotAccountedFor
    job.shifts += shifts
    _finish(job, reading, count)
    return count


def _fast(job: Load, reading: Reading) -> int:
    relation = reading.relation.replace("{lines}", readings.lines_relation(job.source))
    if reading.spread:
        _whole(job, reading, lambda: staged.stage(job.connection, relation, reading))
        if reading.skip and staged.has_blank(job.connection, reading.skip):
            raise _NotAccountedFor
        return _finish_staged(job, reading)
    count = _at_once(job, reading, reading.over.replace("{rows}", relation))
    if reading.skip and _count(job, "fault = 2"):
        raise _NotAccountedFor
    job.shifts.append((0, reading.header_lines + 1))
    _finish(job, reading, count)
    return count


def _at_once(job: Load, reading: Reading, rows: str) -> int:
    """All rows in one statement; how many there are."""
    return _whole(job, reading, lambda: _insert(job, reading, rows))


def _whole(job: Load, reading: Reading, take: Callable[[], int]) -> int:
    """What takes a file in at once, if its rows explain every line; how many there are."""
    count = _tried(job, reading, take)
    if reading.has_lines and count != job.scan.lines - reading.header_lines:
        raise _NotAccountedFor
    return count


def _tried(job: Load, reading: Reading, take: Callable[[], int]) -> int:
    """What takes a file in at once; how many rows there are."""
    import duckdb

    try:
        return take()
    except duckdb.Error as error:
        if isinstance(error, duckdb.OutOfMemoryException):
            raise
        if not reading.has_lines:
            # What DuckDB says may quote a cell, so it is not repeated.
            raise InputError(f"{job.source.name}: cannot be read to its end; export it again.") from error
        raise _NotAccountedFor from error


def _finish_staged(job: Load, reading: Reading) -> int:
    """The rows that come of the staged lines; one line may give several."""
    count = _insert(job, reading, f"({staged.rows(reading)})")
    staged.number_lines(job.connection, job.file_id, reading)
    if reading.lookup:
        job.connection.execute(
            f"INSERT INTO side_reference BY NAME {reading.lookup.replace('{rows}', 'staged')}"
        )
    _finish(job, reading, count)
    staged.drop(job.connection)
    return count


def _careful(job: Load, reading: Reading) -> int:
    count = 0
    for batch in _batches(job, reading):
        reject_broken(job, batch.broken)
        job.spans |= batch.spans
        if reading.spread:
            staged.add(job.connection, reading.raw_columns, batch, is_first=not count)
            count += len(batch.lines) or 1
            continue
        for line in batch.lines:
            if not job.shifts or job.shifts[-1][1] != line - count:
                job.shifts.append((count, line - count))
            count += 1
        if batch.rows:
            cells = zip(*readings.without_nulls(batch.rows, reading.nulls), strict=True)
            job.connection.register("batch", arrow_table(reading.raw_columns, map(texts, cells)))
            is_lines = "{lines}" in reading.relation
            relation = reading.relation.replace("{lines}", "batch") if is_lines else "batch"
            _insert(job, reading, reading.over.replace("{rows}", relation))
            job.connection.unregister("batch")
    if reading.spread:
        return _finish_staged(job, reading)
    _finish(job, reading, count)
    return count


def _batches(job: Load, reading: Reading) -> Iterator[records.Batch]:
    if reading.batches:
        return reading.batches(job.source.path)
    if reading.is_document:
        return documents.document_batches(job.source.path)
    if "{lines}" in reading.relation:
        return records.line_batches(job.source.path)
    skip = reading.header_lines if reading.is_header_line else None
    return records.csv_batches(job.source.path, len(reading.raw_columns), reading.delimiter, skip)


def _insert(job: Load, reading: Reading, rows: str) -> int:
    statement = insertion(job.table, job.file_id, reading, rows)
    if not reading.spread:
        shape = insertion(job.table, 0, reading, rows).replace(path_literal(job.source.path), "")
        check_order(job.connection, job.source.name, statement, shape)
    (row,) = job.connection.execute(statement).fetchall()
    return int(row[0])


def _count(job: Load, condition: str) -> int:
    (row,) = job.connection.execute(
        f"SELECT count(*) FROM {job.target} WHERE file_id = ? AND {condition}", [job.file_id]
    ).fetchall()
    return int(row[0])


def _finish(job: Load, reading: Reading, count: int) -> None:
    if not reading.spread:
        rows, shifts = map(list, zip(*(job.shifts or [(0, 1)]), strict=True))
        job.connection.execute(
            "INSERT INTO line_shift SELECT ?, unnest(?::BIGINT[]), unnest(?::BIGINT[])",
            [job.file_id, rows, shifts],
        )
    for note in reading.notes:
        job.connection.execute(
            "INSERT INTO notice VALUES (?, ?)", [job.source.name, f"{job.source.name}: {note}"]
        )
    faulty = reject_faults(job, reading)
    if reading.remarks:
        remark(job.connection, job.source.name, job.file_id, reading.remarks)
    if job.table is EVENTS and reading.format in {"csv", "jsonl", "parquet"}:
        note_words(job.connection, job.source.name, job.file_id)
    naive = _count(job, "is_naive AND fault IS NULL") if job.table.clocks else 0
    note_columns(job.connection, job.table.name, list(reading.cells))
    job.connection.execute(
        "INSERT INTO source_file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            job.file_id, job.source.name, job.table.name, job.scan.sha256, job.scan.size,
            reading.format, job.first_rid, count, faulty, job.broken, naive,
            ", ".join(reading.extra)[:500],
        ],
    )  # fmt: skip


def _check_rids(job: Load, count: int) -> None:
    """Row ids are the link to source lines, so they must be one unbroken run in file order."""
    (row,) = job.connection.execute(
        f"SELECT count(*), min(rowid), max(rowid) FROM {job.target} WHERE file_id = ?",
        [job.file_id],
    ).fetchall()
    expected = (count, job.first_rid, job.first_rid + count - 1) if count else (0, None, None)
    if row != expected:
        raise InputError(f"{job.source.name}: rows could not be numbered in file order; run ingest again.")
