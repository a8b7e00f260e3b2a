"""One file into the audit database, in one transaction, with every line accounted for."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyser.errors import InputError
from analyser.ingest import readings, records, scan, staged
from analyser.ingest.decode import decoded
from analyser.ingest.project import describe_fault, projection, stored_names
from analyser.ingest.tables import typed_table
from analyser.schema.inputs import INPUTS
from analyser.store import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from analyser.formats.mapping.spec import Mapping
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


def load(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    export_format: str | None = None,
    mapping: Mapping | None = None,
) -> bool:
    """Load one file; False when the very same file is already there.

    Args:
        connection: the audit database.
        source: the file.
        export_format: the format an export is said to have.
        mapping: how exports are to be read where that differs from what the program knows.

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
        _load(connection, text, size, (export_format, mapping, original.notes if original else ()))
    return True


def _load(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    size: scan.Scan,
    how: tuple[str | None, Mapping | None, tuple[str, ...]],
) -> None:
    from analyser.formats import reading_for

    reading = reading_for(source, INPUTS[source.table or "events"], connection, *how[:2])
    table = INPUTS[reading.table or source.table or "events"]
    reading = dataclasses.replace(reading, notes=(*how[2], *reading.notes))
    try:
        if not size.is_regular and reading.has_lines:
            raise _NotAccountedFor
        with transaction(connection):
            job = _begin(connection, source, table, size)
            count = _fast(job, reading)
    except _NotAccountedFor:
        with transaction(connection):
            job = _begin(connection, source, table, size)
            count = _careful(job, reading)
    _check_rids(job, count)


def _begin(connection: duckdb.DuckDBPyConnection, source: Source, table: Table, size: scan.Scan) -> _Load:
    (row,) = connection.execute(
        "SELECT coalesce(max(file_id), 0) + 1, "
        "coalesce(sum(row_count) FILTER (WHERE table_name = ?), 0)::BIGINT FROM source_file",
        [table.name],
    ).fetchall()
    return _Load(connection, source, table, size, row[0], row[1])


def _fast(job: _Load, reading: Reading) -> int:
    import duckdb

    relation = reading.relation.replace("{lines}", readings.lines_relation(job.source))
    try:
        count = staged.stage(job.connection, relation, reading) if reading.spread else None
        count = _insert(job, reading, relation) if count is None else count
    except duckdb.Error as error:
        if isinstance(error, duckdb.OutOfMemoryException):
            raise
        if not reading.has_lines:
            # What DuckDB says may quote a cell, so it is not repeated.
            raise InputError(f"{job.source.name}: cannot be read to its end; export it again.") from error
        raise _NotAccountedFor from error
    if reading.has_lines and count != job.scan.lines - reading.header_lines:
        raise _NotAccountedFor
    if reading.spread:
        if reading.skip and staged.has_blank(job.connection, reading.skip):
            raise _NotAccountedFor
        return _finish_staged(job, reading)
    if reading.skip and _count(job, "fault = 2"):
        raise _NotAccountedFor
    job.shifts.append((0, reading.header_lines + 1))
    _finish(job, reading, count)
    return count


def _finish_staged(job: _Load, reading: Reading) -> int:
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


def _careful(job: _Load, reading: Reading) -> int:
    import pyarrow as pa

    count = 0
    for batch in _batches(job, reading):
        _reject_broken(job, batch.broken)
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
            arrays = [pa.array(list(column), pa.string()) for column in cells]
            job.connection.register("batch", pa.table(arrays, list(reading.raw_columns)))
            is_lines = "{lines}" in reading.relation
            _insert(job, reading, reading.relation.replace("{lines}", "batch") if is_lines else "batch")
            job.connection.unregister("batch")
    if reading.spread:
        return _finish_staged(job, reading)
    _finish(job, reading, count)
    return count


def _batches(job: _Load, reading: Reading) -> Iterator[records.Batch]:
    if "{lines}" in reading.relation:
        return records.line_batches(job.source.path)
    skip = reading.header_lines if reading.is_header_line else None
    return records.csv_batches(job.source.path, len(reading.raw_columns), reading.delimiter, skip)


def _insert(job: _Load, reading: Reading, relation: str) -> int:
    typed, fault = projection(job.table, reading.cells, reading.instant, reading.naive)
    broken = f"WHEN {reading.broken} THEN 1 " if reading.broken else ""
    skipped = f"WHEN {reading.skip} THEN 2 " if reading.skip else ""
    refused = "".join(
        f"WHEN {condition} THEN {number} "
        for number, (condition, _, _) in enumerate(reading.refusals, readings.FIRST_REFUSAL)
    )
    if broken or skipped or refused:
        fault = f"CASE {skipped}{refused}{broken}ELSE {fault} END"
    inner = f"SELECT *, {typed} FROM {reading.over.replace('{rows}', relation)}"
    names = ", ".join(f'"{name}"' for name in stored_names(job.table))
    (row,) = job.connection.execute(
        f"INSERT INTO {job.target} SELECT {job.file_id}, {names}, ({fault})::USMALLINT FROM ({inner})"
        + (" ORDER BY m_line, m_part" if reading.spread else "")
    ).fetchall()
    return int(row[0])


def _count(job: _Load, condition: str) -> int:
    (row,) = job.connection.execute(
        f"SELECT count(*) FROM {job.target} WHERE file_id = ? AND {condition}", [job.file_id]
    ).fetchall()
    return int(row[0])


def _finish(job: _Load, reading: Reading, count: int) -> None:
    if not reading.spread:
        job.connection.executemany(
            "INSERT INTO line_shift VALUES (?, ?, ?)",
            [[job.file_id, row, shift] for row, shift in job.shifts or [(0, 1)]],
        )
    for note in reading.notes:
        job.connection.execute("INSERT INTO notice VALUES (?, ?)", [job.source.name, note])
    faulty = _reject_faults(job, reading)
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
        f"SELECT n + shift, fault FROM (SELECT fault, file_id, "
        f"rowid - (SELECT min(rowid) FROM {job.target} WHERE file_id = $id) AS n "
        f"FROM {job.target} WHERE file_id = $id AND fault IS NOT NULL) r "
        "ASOF JOIN line_shift l ON l.file_id = r.file_id AND r.n >= l.row_no ORDER BY n",
        {"id": job.file_id},
    ).fetchall()
    if not found:
        return 0
    lines = [line for line, _ in found]
    raws = dict(_raw(job, lines)) if reading.has_lines else {}
    rejects = []
    for line, fault in found:
        rejects.append((line, *_explain(job, reading, fault), raws.get(line, "")))
    _insert_rejects(job, rejects)
    return len(found)


def _explain(job: _Load, reading: Reading, fault: int) -> tuple[str, str]:
    if fault >= 8:
        return describe_fault(job.table, fault)
    if fault >= readings.FIRST_REFUSAL:
        _, column, reason = reading.refusals[fault - readings.FIRST_REFUSAL]
        return column, reason
    return "", "is not a JSON object"


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
