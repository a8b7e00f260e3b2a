"""The tables an audit database starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.errors import AnalyserError
from analyser.ingest.project import ddl, event_kind_ddl
from analyser.schema.inputs import EVENTS, INPUTS, REGISTERS
from analyser.store import run_again

if TYPE_CHECKING:
    import duckdb

_OWN = """
CREATE TABLE source_file (
  file_id INTEGER PRIMARY KEY, file VARCHAR, table_name VARCHAR, sha256 VARCHAR, bytes BIGINT,
  format VARCHAR, first_rid BIGINT, row_count BIGINT, faulty_count BIGINT, broken_count BIGINT,
  naive_count BIGINT, extra_columns VARCHAR);
CREATE TABLE line_shift (file_id INTEGER, row_no BIGINT, shift BIGINT);
CREATE TABLE reject (file_id INTEGER, line BIGINT, "column" VARCHAR, reason VARCHAR, raw VARCHAR);
CREATE TABLE notice (file VARCHAR, sentence VARCHAR);
CREATE TABLE event_tie (rid BIGINT, tie INTEGER, is_duplicate BOOLEAN);
CREATE TABLE side_reference (kind VARCHAR, key VARCHAR, parent VARCHAR, activity_id VARCHAR,
  participant_id VARCHAR, attempt_id VARCHAR, item_id VARCHAR, max_score VARCHAR, response VARCHAR);
CREATE TABLE identity_original (table_name VARCHAR, rid BIGINT, participant_id VARCHAR, actor_id VARCHAR);
CREATE TABLE register_duplicate (table_name VARCHAR, rid BIGINT);
CREATE TABLE given_column (table_name VARCHAR, column_name VARCHAR);
"""

# One row per record of an export that its other files refer to. Of exports that disagree the greatest value
# counts, so that the order of files decides nothing.
_REFERENCE = """
CREATE VIEW export_reference AS
SELECT kind, key, max(parent) AS parent, max(activity_id) AS activity_id,
  max(participant_id) AS participant_id, max(attempt_id) AS attempt_id,
  max(item_id) AS item_id, max(max_score) AS max_score, max(response) AS response
FROM (SELECT * EXCLUDE (file_id, fault) FROM export_keys_row WHERE fault IS NULL
  UNION ALL BY NAME FROM side_reference) GROUP BY kind, key
"""

# One row per source file; every figure comes from the rows themselves, not from the loader.
_LEDGER = """
CREATE VIEW ingest_ledger AS
WITH twin AS (
  SELECT 'events' AS table_name, rid FROM event_tie WHERE is_duplicate
  UNION ALL FROM register_duplicate),
twins AS (
  SELECT f.file_id, count(*) AS n FROM source_file f JOIN twin t
    ON t.table_name = f.table_name AND t.rid >= f.first_rid AND t.rid < f.first_rid + f.row_count
  GROUP BY ALL),
rejected AS (SELECT file_id, count(*) AS n FROM reject GROUP BY ALL),
extent AS (
  SELECT file_id, true AS is_event, min(at_us) AS first_us, max(at_us) AS last_us, count(*) AS good
  FROM event WHERE fault IS NULL GROUP BY ALL
  UNION ALL
  SELECT file_id, false, min(at_us), max(at_us), count(*) FROM scans_row WHERE fault IS NULL GROUP BY ALL)
SELECT f.file_id, f.file, f.table_name, f.sha256, f.bytes, f.format,
  f.row_count + f.broken_count AS rows_read,
  CASE f.table_name WHEN 'events' THEN coalesce(x.good, 0) ELSE f.row_count - f.faulty_count END
    - coalesce(w.n, 0) AS rows_stored,
  coalesce(w.n, 0) AS rows_duplicate, coalesce(r.n, 0) AS rows_rejected,
  x.first_us, x.last_us, f.naive_count, f.extra_columns
FROM source_file f LEFT JOIN twins w USING (file_id) LEFT JOIN rejected r USING (file_id)
LEFT JOIN extent x ON x.file_id = f.file_id AND (f.table_name = 'events') = x.is_event
"""


def is_audit_database(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the ingest tables are there."""
    found = connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name IN ('source_file', 'event')"
    ).fetchone()
    return found is not None and found[0] == 2


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Create them in an empty database; nothing happens when they exist.

    Raises:
        AnalyserError: the database holds something else.
    """
    if is_audit_database(connection):
        return
    if other := connection.execute("SELECT table_name FROM duckdb_tables() LIMIT 1").fetchall():
        raise AnalyserError(
            f"The database already holds a table {other[0][0]} and is no audit database; name another file."
        )
    run_again(connection, event_kind_ddl())
    run_again(connection, f"CREATE TABLE event ({ddl(EVENTS)})")
    for table in REGISTERS:
        run_again(connection, f"CREATE TABLE {table.name}_row ({ddl(table)})")
    run_again(connection, _OWN)
    run_again(connection, _LEDGER)
    run_again(connection, _REFERENCE)


# What an assessment left for the next one (see `analyser.engines.earlier`), and up to which row the
# events have been compared with each other.
ASSESSED, _RECONCILED = "assessed", "reconciled"


def forget_assessment(connection: duckdb.DuckDBPyConnection) -> None:
    """Rows that were there have changed: the next assessment looks at everything."""
    connection.execute(f"DROP TABLE IF EXISTS {ASSESSED}")


def reconciled_count(connection: duckdb.DuckDBPyConnection) -> int:
    """How many events have been compared with each other; 0 in a database that does not say."""
    return _reconciled(connection)[0]


def is_reconciled(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether every file that is in has been reconciled; not after a kill between the two."""
    return _reconciled(connection)[1] == _file_count(connection)


def unreconciled(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Names of the input tables that files came to since, or any table of a database that does not say."""
    count = _reconciled(connection)[1]
    if not count:
        return set(INPUTS)
    rows = connection.execute("SELECT DISTINCT table_name FROM source_file WHERE file_id > ?", [count])
    return {name for (name,) in rows.fetchall()}


def set_reconciled(connection: duckdb.DuckDBPyConnection) -> None:
    """All files that are in have been reconciled."""
    connection.execute(
        f"CREATE OR REPLACE TABLE {_RECONCILED} AS SELECT (SELECT count(*) FROM event) AS event_count, "
        "(SELECT count(*) FROM source_file) AS file_count"
    )


def _reconciled(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    there = "SELECT 1 FROM duckdb_tables() WHERE table_name = ?"
    if not connection.execute(there, [_RECONCILED]).fetchall():
        return (0, 0)
    (row,) = connection.execute(f"SELECT event_count, file_count FROM {_RECONCILED}").fetchall()
    return (row[0], row[1])


def _file_count(connection: duckdb.DuckDBPyConnection) -> int:
    ((count,),) = connection.execute("SELECT count(*) FROM source_file").fetchall()
    return int(count)


def typed_table(table: str) -> str:
    """Name of the table that holds the typed rows of an input table."""
    return "event" if table == "events" else f"{table}_row"
