"""Learning time by DuckDB alone."""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks.peers.statements import RESULT, statements


def compute(events: Path, out: Path) -> None:
    """Read the events (Parquet), write the result as Parquet into a folder."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone='UTC'; SET memory_limit='4GB'; SET preserve_insertion_order=false")
    dialect = {"micros": "epoch_us(timestamp)", "bucket": "at_us // 600000000"}
    for step in statements(events=f"read_parquet('{events}')", **dialect):
        kind = "TABLE" if step.is_reused else "VIEW"
        connection.execute(f"CREATE TEMP {kind} {step.name} AS {step.sql}")
    connection.execute(f"COPY {RESULT} TO '{out}/part.parquet' (FORMAT parquet)")
