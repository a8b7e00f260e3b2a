"""Cases of a wanted size, with identifiers as wide as real systems write them."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from analyser.synth import synthesise

if TYPE_CHECKING:
    from collections.abc import Iterable

HOME = Path(__file__).resolve().parent / "data"
# Real exports carry whole user agents and UUID sessions: about 220 bytes a row.
_WIDE = """
SELECT * REPLACE (
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/1' || device AS device,
  md5(session_id)[:8] || '-' || md5(session_id)[9:12] || '-4' || md5(session_id)[13:28] AS session_id,
  strftime(timezone('Asia/Hong_Kong', timestamp), '%Y-%m-%dT%H:%M:%S.%f+08:00') AS timestamp)
FROM read_parquet(?)
"""


# Peers are not asked to read times from text, and a server writes its log in time order.
_TYPED = f"""
SELECT * REPLACE (timestamp::TIMESTAMPTZ AS timestamp) FROM ({_WIDE}) ORDER BY timestamp, participant_id
"""
_PARQUET = "FORMAT parquet, COMPRESSION zstd"
_KINDS = {
    "csv": ("csv", _WIDE, "FORMAT csv, HEADER"),
    "parquet": ("parquet", _WIDE, _PARQUET),
    "typed": ("parquet", _TYPED, _PARQUET),
}


def folders_of(events: int) -> dict[str, Path]:
    """The case folders of one size by name: ``csv``, ``parquet``, ``typed`` (Parquet with typed times)."""
    return {kind: HOME / f"{events}-{kind}" for kind in _KINDS}


def make_case(events: int, kinds: Iterable[str] = _KINDS) -> None:
    """A case of at least so many events, made once in every kind that is asked for."""
    folders = {kind: folders_of(events)[kind] for kind in kinds}
    if all((folder / ".done").exists() for folder in folders.values()):
        return
    source = HOME / f"{events}-source"
    for folder in (source, *folders.values()):
        shutil.rmtree(folder, ignore_errors=True)
    synthesise(source, participants=1, seed=7, events_format="parquet", scale_events=events)
    files = [str(path) for path in sorted(source.rglob("events*.parquet"))]
    connection = duckdb.connect()
    connection.execute(f"SET TimeZone='UTC'; SET memory_limit='3GB'; SET temp_directory='{source}.tmp'")
    for kind, folder in folders.items():
        suffix, query, options = _KINDS[kind]
        folder.mkdir(parents=True)
        connection.execute(f"COPY ({query}) TO '{folder}/events.{suffix}' ({options})", [files])
        for path in source.glob("*.csv"):
            shutil.copy(path, folder)
        (folder / ".done").touch()
    connection.close()
    shutil.rmtree(source, ignore_errors=True)
    shutil.rmtree(source.with_name(source.name + "-labels"), ignore_errors=True)


if __name__ == "__main__":
    make_case(int(sys.argv[1]), sys.argv[2:] or _KINDS)
