"""Duplicates and ties across all files, and the ledger that must balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.errors import AnalyserError
from analyser.ingest import tables
from analyser.ingest.afterwards import give_grades, note_ids, take_back
from analyser.ingest.identify import identify
from analyser.ingest.project import stored_names
from analyser.ingest.tables import typed_table
from analyser.schema.inputs import EVENTS, IDENTITIES, REGISTERS
from analyser.store import run_again, transaction

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import numpy.typing as npt

# Only rows that share participant and instant can be duplicates or ties, so nothing else is sorted.
# Two of them share a hash; that others may too does no harm, the columns themselves decide.
_HASHES = """
SELECT hash(participant_id, at_us) AS who_when FROM event
WHERE fault IS NULL AND ($1 = 1 OR hash(participant_id, at_us) % $1::UBIGINT = $2::UBIGINT)
"""
# Rows that share both with another, of participants who have new rows: others cannot have got company.
# Rows are fetched by their numbers, which is quicker than by what they say.
_SHARED = """
SELECT rowid AS rid FROM event SEMI JOIN (
  SELECT participant_id, at_us FROM event
  WHERE fault IS NULL AND at_us BETWEEN {first} AND {last}
    AND participant_id IN (SELECT participant_id FROM event WHERE rowid >= {from_row} AND fault IS NULL)
  GROUP BY ALL HAVING count(*) > 1) USING (participant_id, at_us)
WHERE fault IS NULL
"""
_TIES = """
WITH member AS (
  SELECT e.rowid AS rid, e.* FROM event e SEMI JOIN crowded c ON {is_crowded} WHERE e.fault IS NULL),
copy AS (
  SELECT *, row_number() OVER (PARTITION BY {identity} ORDER BY rid) > 1 AS is_duplicate FROM member)
SELECT rid, is_duplicate,
  row_number() OVER (PARTITION BY participant_id, at_us, is_duplicate
    ORDER BY kind, {order}, rid)::INTEGER - 1 AS tie
FROM copy
"""
# So few are grouped before numpy is loaded, which sorts more of them in half the time.
_FEW_HASHES = 1_000_000
# A large table is taken in several passes.
_HASHES_A_PASS = 16_000_000


def reconcile(connection: duckdb.DuckDBPyConnection) -> None:
    """Find duplicates and tie orders, rebuild the registers and check the ledger.

    Raises:
        AnalyserError: a file's rows do not add up (a defect of the program, never of the data).
    """
    with transaction(connection):
        has_changed = _settle(connection)
        if has_changed:
            tables.forget_assessment(connection)
        _order_ties(connection, from_row=0 if has_changed else tables.reconciled_count(connection))
        asked = {table.name for table in REGISTERS} if has_changed else tables.unreconciled(connection)
        for table in REGISTERS:
            if table is IDENTITIES or table.name not in asked:
                continue
            names = [name for name in stored_names(table) if name != "is_naive"]
            _rebuild(connection, table.name, names)
        note_ids(connection)
        _check(connection)
        tables.set_reconciled(connection)


def _settle(connection: duckdb.DuckDBPyConnection) -> bool:
    """What rows say of other rows is applied; whether rows that were there before may have changed."""
    has_changed = take_back(connection) | give_grades(connection)
    _rebuild(connection, IDENTITIES.name, stored_names(IDENTITIES))
    return identify(connection) | has_changed


def _order_ties(connection: duckdb.DuckDBPyConnection, from_row: int) -> None:
    """Duplicates and tie orders of the instants that rows from a number on have; 0 asks of all."""
    if from_row:
        ((first, last),) = connection.execute(
            "SELECT min(at_us), max(at_us) FROM event WHERE rowid >= ? AND fault IS NULL", [from_row]
        ).fetchall()
        if first is None:
            return
        shared = _SHARED.format(first=first, last=last, from_row=from_row)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE crowded AS {shared}")
        _make_ties(connection, "c.rid = e.rowid")
        connection.execute("DELETE FROM event_tie WHERE rid IN (SELECT rid FROM fresh_tie)")
        connection.execute("INSERT INTO event_tie BY NAME FROM fresh_tie")
    else:
        _find_crowded(connection)
        if not connection.execute("SELECT 1 FROM crowded LIMIT 1").fetchall():
            connection.execute("DELETE FROM event_tie")
            return
        _make_ties(connection, "c.who_when = hash(e.participant_id, e.at_us)")
        connection.execute(
            "CREATE OR REPLACE TABLE event_tie AS SELECT rid, tie, is_duplicate FROM fresh_tie"
        )
    connection.execute("DROP TABLE fresh_tie")


def _make_ties(connection: duckdb.DuckDBPyConnection, is_crowded: str) -> None:
    """The table ``fresh_tie``: every row of an instant that is crowded."""
    names = [name for name in stored_names(EVENTS) if name != "is_naive"]
    texts = [name for name in names if name not in {"at_us", "participant_id", "kind", "word"}]
    ties = _TIES.format(
        is_crowded=is_crowded,
        identity=", ".join(names),
        order=", ".join(f"{_shortest(name)} NULLS FIRST" for name in [*texts, "word"]),
    )
    run_again(connection, f"CREATE OR REPLACE TEMP TABLE fresh_tie AS {ties}")
    connection.execute("DROP TABLE crowded")


def _find_crowded(connection: duckdb.DuckDBPyConnection) -> None:
    """The table ``crowded``: hashes of participant and instant that more than one row has (``who_when``)."""
    ((count,),) = connection.execute("SELECT count(*) FROM event").fetchall()
    # As a table its size is known, so that the events are not what is held in memory.
    crowded = "CREATE OR REPLACE TEMP TABLE crowded AS"
    if count <= _FEW_HASHES:
        grouped = f"SELECT who_when FROM ({_HASHES}) GROUP BY who_when HAVING count(*) > 1"
        connection.execute(f"{crowded} {grouped}", [1, 0])
        return
    connection.register("doubled_hashes", {"who_when": _doubled(connection, 1 + count // _HASHES_A_PASS)})
    connection.execute(f"{crowded} FROM doubled_hashes")
    connection.unregister("doubled_hashes")


def _doubled(connection: duckdb.DuckDBPyConnection, passes: int) -> npt.NDArray[np.uint64]:
    """The hashes that more than one row has.

    Nearly every row has a hash of its own, which makes a GROUP BY as large as the table: sorting
    the bare numbers takes half the time.
    """
    import numpy as np

    found = []
    for number in range(passes):
        hashes = connection.execute(_HASHES, [passes, number]).fetchnumpy()["who_when"]
        hashes.sort()
        again = hashes[1:][hashes[1:] == hashes[:-1]]
        # `np.unique` would load numpy's masked arrays to see whether it was given one.
        found.append(again[np.append(True, again[1:] != again[:-1])[: len(again)]])
    return np.concatenate(found)


def _shortest(name: str) -> str:
    """Numbers compare as text in their shortest decimal form."""
    if name in {"score", "max_score"}:
        return f"regexp_replace({name}::VARCHAR, '\\.?0+$', '')"
    if name == "duration_us":
        # A product stays exact; a quotient would be a float, which writes 0.00005 as 5e-05.
        return "regexp_replace((duration_us::DECIMAL(19,0) * 0.000001)::VARCHAR, '\\.?0+$', '')"
    return name


def _rebuild(connection: duckdb.DuckDBPyConnection, table: str, names: list[str]) -> None:
    columns = ", ".join(f'"{name}"' for name in names)
    if not connection.execute(f"SELECT 1 FROM {typed_table(table)} LIMIT 1").fetchall():
        # Most cases have few of the registers, and planning is all that an empty one would cost.
        run_again(
            connection,
            f"CREATE OR REPLACE TABLE {table} AS SELECT {columns}, rowid AS rid FROM {typed_table(table)}",
        )
        return
    connection.execute("DELETE FROM register_duplicate WHERE table_name = ?", [table])
    connection.execute(
        f"INSERT INTO register_duplicate SELECT ?, rowid FROM {typed_table(table)} "
        f"WHERE fault IS NULL QUALIFY row_number() OVER (PARTITION BY {columns} ORDER BY rowid) > 1",
        [table],
    )
    run_again(
        connection,
        f"CREATE OR REPLACE TABLE {table} AS SELECT {columns}, min(rowid) AS rid "
        f"FROM {typed_table(table)} WHERE fault IS NULL GROUP BY ALL ORDER BY ALL",
    )


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    wrong = connection.execute(
        "SELECT file FROM ingest_ledger "
        "WHERE rows_read <> rows_stored + rows_duplicate + rows_rejected OR rows_stored < 0"
    ).fetchall()
    if wrong:
        raise AnalyserError(f"{wrong[0][0]}: rows do not add up; please report this defect.")
