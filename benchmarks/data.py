"""Cases of a wanted size, with identifiers as wide as real systems write them."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import duckdb

from analyser.synth import synthesise

HOME = Path(__file__).resolve().parent / "data"
# Real exports carry whole user agents and UUID sessions: about 220 bytes a row.
_WIDE = """
SELECT * REPLACE (
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/1' || device AS device,
  md5(session_id)[:8] || '-' || md5(session_id)[9:12] || '-4' || md5(session_id)[13:28] AS session_id,
  strftime(timezone('Asia/Hong_Kong', timestamp), '%Y-%m-%dT%H:%M:%S.%f+08:00') AS timestamp)
FROM read_parquet(?)
"""


def folders_of(events: int) -> dict[str, Path]:
    """The case folders of one size by name: ``csv``, ``parquet``."""
    return {kind: HOME / f"{events}-{kind}" for kind in ("csv", "parquet")}


def make_case(events: int) -> None:
    """A case of at least so many events as CSV and as Parquet, made once."""
    folders = folders_of(events)
    if all((folder / ".done").exists() for folder in folders.values()):
        return
    source = HOME / f"{events}-source"
    for folder in (source, *folders.values()):
        shutil.rmtree(folder, ignore_errors=True)
    synthesise(source, participants=1, seed=7, events_format="parquet", scale_events=events)
    files = [str(path) for path in sorted(source.rglob("events*.parquet"))]
    connection = duckdb.connect()
    connection.execute("SET TimeZone='UTC'; SET memory_limit='3GB'")
    for kind, options in (("csv", "FORMAT csv, HEADER"), ("parquet", "FORMAT parquet, COMPRESSION zstd")):
        folders[kind].mkdir(parents=True)
        target = folders[kind] / f"events.{kind}"
        connection.execute(f"COPY ({_WIDE}) TO '{target}' ({options})", [files])
        for path in source.glob("*.csv"):
            shutil.copy(path, folders[kind])
        (folders[kind] / ".done").touch()
    connection.close()
    shutil.rmtree(source, ignore_errors=True)
    shutil.rmtree(source.with_name(source.name + "-labels"), ignore_errors=True)


if __name__ == "__main__":
    make_case(int(sys.argv[1]))
