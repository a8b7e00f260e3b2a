"""The one statement that puts a file's rows into their table, in the order of their lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyser.errors import InputError
from analyser.ingest.project import projection, stored_names
from analyser.ingest.readings import refusal_fault
from analyser.ingest.tables import typed_table
from analyser.schema.inputs import EVENTS

if TYPE_CHECKING:
    import duckdb

    from analyser.ingest.readings import Reading
    from analyser.schema.columns import Table


def insertion(table: Table, file_id: int, reading: Reading, rows: str) -> str:
    """SQL that types a file's rows and puts them in (see `selection`)."""
    return f"INSERT INTO {typed_table(table.name)} {selection(table, file_id, reading, rows)}"


def selection(table: Table, file_id: int, reading: Reading, rows: str) -> str:
    """SQL that types a file's rows.

    Args:
        table: the input table.
        file_id: the file's number.
        reading: what its columns mean.
        rows: SQL table expression giving the raw rows, in file order unless a line spreads to several.
    """
    typed, fault = projection(table, reading.cells, reading.instant, reading.naive, reading.kind)
    broken = f"WHEN {reading.broken} THEN 1 " if reading.broken else ""
    skipped = f"WHEN {reading.skip} THEN 2 " if reading.skip else ""
    refused = "".join(
        f"WHEN {condition} THEN {refusal_fault(number)} "
        for number, (condition, _, _) in enumerate(reading.refusals)
    )
    if broken or skipped or refused:
        fault = f"CASE {skipped}{refused}{broken}ELSE {fault} END"
    names = ", ".join(f'"{name}"' for name in stored_names(table))
    besides = _besides(reading) if table is EVENTS else ""
    order = " ORDER BY m_line, m_part" if reading.spread else ""
    return (
        f"SELECT {file_id}, {names}, ({fault})::USMALLINT AS fault{besides} "
        f"FROM (SELECT *, {typed} FROM {rows}){order}"
    )


def _besides(reading: Reading) -> str:
    """What an event carries besides its cells: what is odd about it, and its number in its own system."""
    cases = "".join(
        f"WHEN {condition} THEN {number} " for number, (condition, _) in enumerate(reading.remarks, 1)
    )
    remark = f"CASE {cases}END" if cases else "NULL"
    record = f"TRY_CAST({reading.record} AS UUID)" if reading.record else "NULL"
    return f", ({remark})::USMALLINT, {record}"


# Statements that were found to keep the order, but for their file's path and number.
_IN_ORDER: set[str] = set()


def check_order(
    connection: duckdb.DuckDBPyConnection, name: str, statement: str, shape: str | None = None
) -> None:
    """Rows keep the order of their lines only through scans, projections and filters.

    Args:
        connection: the audit database.
        name: how messages name the file.
        statement: what is to be executed.
        shape: what is the same for every file that is read in the same way; None looks at this one anyhow.

    Raises:
        InputError: a join or the like stands between, or several threads would read JSON (a defect of
            the format's reading).
    """
    if shape in _IN_ORDER:
        return
    ((_, plan),) = connection.execute(f"EXPLAIN (FORMAT json) {statement}").fetchall()
    is_joined = re.search(r'"name": *"[A-Z_]*(JOIN|GROUP_BY|UNION|DISTINCT|WINDOW|SAMPLE)', plan)
    # Below a limit one thread reads; see `json_relation`.
    is_json = re.search(r'"name": *"READ_JSON', plan)
    if is_joined or (is_json and '"STREAMING_LIMIT' not in plan):
        raise InputError(f"{name}: rows would lose the order of their lines; report this defect.")
    if shape and not is_json:
        # How JSON is read is the engine's choice each time; joins come of the text alone.
        _IN_ORDER.add(shape)
