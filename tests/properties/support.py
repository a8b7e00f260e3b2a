"""Cases as rows in memory, written as files of any format, and assessed."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from analyser.audit import Audit
from analyser.report import digest
from analyser.synth import AS_OF, synthesise
from tests.agreement.compare import scheme_with
from tests.oracle import load_case
from tests.oracle.case import TABLES
from tests.oracle.random_cases import random_case

Cells = Mapping[str, str | None]
SUFFIXES = ("csv", "csv.gz", "csv.zst", "parquet", "jsonl", "jsonl.gz", "jsonl.zst")


@dataclass(frozen=True)
class Given:
    """A case as rows of text, with its policy and audit date."""

    tables: dict[str, list[Cells]]
    policy: Mapping[str, Any]
    as_of: date

    def having(self, **tables: list[Cells]) -> Given:
        """The same case with other tables."""
        return replace(self, tables=self.tables | tables)


def random_given(seed: int) -> Given:
    """A small adversarial case."""
    case, policy, as_of = random_case(seed)
    return Given({table: list(getattr(case, table)) for table in TABLES}, policy, as_of)


def synth_given(folder: Path, participants: int, seed: int) -> Given:
    """A synthetic case."""
    synthesise(folder, participants=participants, seed=seed)
    case = load_case(folder)
    return Given({table: list(getattr(case, table)) for table in TABLES}, {}, AS_OF)


def write(path: Path, rows: Sequence[Cells], names: Sequence[str] | None = None) -> Path:
    """One table as one file, in the format its name ends in."""
    columns = list(names or dict.fromkeys(name for row in rows for name in row))
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        cells = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in columns}
        pq.write_table(pa.table(cells), path)
        return path
    text = io.StringIO(newline="")
    if ".jsonl" in path.name:
        text.writelines(json.dumps(dict(row), ensure_ascii=False) + "\n" for row in rows)
    else:
        writer = csv.DictWriter(text, columns)
        writer.writeheader()
        writer.writerows(rows)
    data = text.getvalue().encode()
    if path.suffix == ".gz":
        data = gzip.compress(data)
    if path.suffix == ".zst":
        data = zstandard.compress(data)
    path.write_bytes(data)
    return path


def lay_down(given: Given, folder: Path, events: Sequence[Path] = ()) -> Path:
    """The case folder; `events` are files that hold the events already."""
    for table, rows in given.tables.items():
        if rows and not (table == "events" and events):
            write(folder / f"{table}.csv", rows)
    return folder


def in_parts(given: Given, folder: Path, rng: Random, count: int = 3) -> Path:
    """The case folder with every table cut into files of different formats."""
    for table, rows in given.tables.items():
        names = list(dict.fromkeys(name for row in rows for name in row))
        parts: list[list[Cells]] = [[] for _ in range(count)]
        for row in rows:
            rng.choice(parts).append(row)
        for suffix, part in zip(rng.sample(SUFFIXES, count), parts, strict=True):
            place = folder / (f"{table}-{suffix[:3]}.{suffix}" if suffix != "jsonl" else f"{table}/x.jsonl")
            if part:
                write(place, part, names)
    return folder


def digest_of(*folders: Path, given: Given, threads: int = 1, memory_limit: str = "1GB") -> str:
    """The digest of the results, the folders ingested one after the other."""
    with Audit(reachable=folders, threads=threads, memory_limit=memory_limit) as audit:
        for folder in folders:
            audit.ingest([folder])
        audit.assess(scheme_with(given.policy), as_of=given.as_of)
        return digest(audit.results)


def credits_of(folder: Path, given: Given) -> list[dict[str, Any]]:
    """The credit rows in order of participant, module and time."""
    with Audit(reachable=[folder], threads=1) as audit:
        audit.ingest([folder])
        audit.assess(scheme_with(given.policy), as_of=given.as_of)
        return audit.results.rows(
            "FROM credits ORDER BY participant_id, activity_id, module_id, started_at, credited_at"
        )
