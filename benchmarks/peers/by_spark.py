"""Learning time by Spark SQL on the cores of this machine."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks.peers.statements import RESULT, statements


def compute(events: Path, out: Path) -> None:
    """Read the events (Parquet), write the result as Parquet into a folder."""
    from pyspark.sql import SparkSession

    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as scratch:
        session = (
            SparkSession.builder.master(f"local[{cores}]")
            .config("spark.driver.memory", "4g")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.local.dir", scratch)
            .config("spark.sql.warehouse.dir", f"{scratch}/warehouse")
            .config("spark.sql.session.timeZone", "UTC")
            # The usual two hundred are for a cluster; adaptive execution joins small ones.
            .config("spark.sql.shuffle.partitions", str(8 * cores))
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        dialect = {"micros": "unix_micros(timestamp)", "bucket": "at_us div 600000000"}
        for step in statements(events=f"parquet.`{events}`", **dialect):
            session.sql(step.sql).createOrReplaceTempView(step.name)
            if step.is_reused:
                session.sql(f"CACHE LAZY TABLE {step.name}")
        session.table(RESULT).write.mode("overwrite").parquet(str(out))
        session.stop()
