"""`python -m benchmarks.json_exports FILE...`: CPU of taking in JSON lines against a bare typed read."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from pathlib import Path

from analyser.audit import Audit
from analyser.formats import openedx
from analyser.formats.recognise import recognise
from analyser.formats.xapi import meaning
from analyser.ingest import tables
from analyser.ingest.load import load
from analyser.ingest.readings import json_relation
from analyser.ingest.source import Source
from analyser.store import transaction

PARTS = {"xapi": meaning.PARTS, "openedx": openedx.PARTS}
RUNS = 3


def cpu_s(work: Callable[[], object]) -> float:
    """Seconds of CPU that a piece of work takes, all threads together."""

    def now() -> float:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return usage.ru_utime + usage.ru_stime

    started = now()
    work()
    return now() - started


def compare(path: Path) -> tuple[str, float, float]:
    """The format of a file, and the least CPU of the bare read and of taking it in."""
    name = recognise(path, path.name).format.name
    source = Source(path, path.name, None)
    bare, whole = [], []
    for _ in range(RUNS):
        with Audit(None, reachable=[path.parent]) as audit:
            with transaction(audit.connection):
                tables.create(audit.connection)
            read = f"CREATE TABLE bare AS FROM {json_relation(source, PARTS[name].columns())}"
            bare.append(cpu_s(lambda a=audit, sql=read: a.connection.execute(sql)))  # type: ignore[misc]
            whole.append(cpu_s(lambda a=audit: load(a.connection, source)))  # type: ignore[misc]
    return name, min(bare), min(whole)


if __name__ == "__main__":
    for file in sys.argv[1:]:
        name, bare, whole = compare(Path(file))
        print(f"{file}: {name}, typed read {bare:.2f} s, taken in {whole:.2f} s, ratio {whole / bare:.2f}")
