"""Learning time by chDB (ClickHouse in the process)."""

from __future__ import annotations

from pathlib import Path

from benchmarks.peers.statements import RESULT, statements


def compute(events: Path, out: Path) -> None:
    """Read the events (Parquet), write the result as Parquet into a folder."""
    from chdb.session import Session

    session = Session()
    # An aggregate of nothing is null, as in the other engines; windows are null there too.
    session.query("SET aggregate_functions_null_for_empty = 1, join_use_nulls = 1")
    dialect = {"micros": "toUnixTimestamp64Micro(timestamp)", "bucket": "intDiv(at_us, 600000000)"}
    for step in statements(events=f"file('{events}', 'Parquet')", **dialect):
        # A name of WITH or a view would be computed anew by every reader.
        kind = "TABLE" if step.is_reused else "VIEW"
        engine = "ENGINE = Memory " if step.is_reused else ""
        session.query(f"CREATE {kind} {step.name} {engine}AS {step.sql}")
    session.query(f"INSERT INTO FUNCTION file('{out}/part.parquet', 'Parquet') SELECT * FROM {RESULT}")
    session.close()
