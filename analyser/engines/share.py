"""A share of the participants, assessed in a database of its own; this is what runs inside Spark's tasks.

Nothing here knows Spark: batches of events come in, tables go out. The statements are those of
`LocalEngine`, so the results are the same by construction.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from analyser.engines.local import LocalEngine
from analyser.ingest import tables
from analyser.ingest.project import stored_names
from analyser.schema.inputs import EVENTS, REGISTERS
from analyser.store import connect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    import duckdb
    import pyarrow as pa

    from analyser.rulebook.scheme import Scheme

# What a share takes from the audit database whole; registers are small beside events.
_KNOWN = ("source_file", "line_shift", "given_column")
GIVEN = (*(table.name for table in REGISTERS), *_KNOWN)
_ROWS_A_BLOCK = 100_000
_OWN = ("pid", "rid", "tie", "is_duplicate")
_NEVER = {"record": "UUID", "remark": "USMALLINT", "fault": "USMALLINT"}


def event_columns() -> list[str]:
    """Columns of the events that a share is given, in order."""
    return [*_OWN, "file_id", *stored_names(EVENTS)]


@dataclass(frozen=True)
class Task:
    """What every share needs besides its events.

    Attributes:
        scheme: what to apply.
        as_of: the audit date.
        given: table -> its rows, as an Arrow stream.
        owners: the numbers of activities and modules, as an Arrow stream.
        memory_limit: what one share may hold before it spills.
        missing: the case's input tables without a usable row.
    """

    scheme: Scheme
    as_of: date
    given: dict[str, bytes]
    owners: bytes
    memory_limit: str
    missing: frozenset[str]


def packed(table: pa.Table) -> bytes:
    """A table as an Arrow stream."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as out:
        out.write_table(table)
    return bytes(sink.getvalue())


def unpacked(data: bytes) -> pa.Table:
    """The table of an Arrow stream."""
    import pyarrow as pa

    return pa.ipc.open_stream(data).read_all()


def answers(batches: Iterable[pa.RecordBatch], task: Task) -> Iterator[tuple[str, bytes]]:
    """Assess the participants of some events.

    Args:
        batches: all events of some participants, with `event_columns`.
        task: what every share needs besides.

    Yields:
        Table name and some of its rows: results, and parts for what runs across participants.
    """
    import pyarrow as pa

    connection = connect(None, memory_limit=task.memory_limit, threads=1)
    with contextlib.closing(connection):
        tables.create(connection)
        if not _take_in(connection, batches):
            return
        _give(connection, task)
        share = Share(connection, task.scheme, task.as_of, missing=task.missing)
        for name in share.assess():
            for batch in connection.sql(f"FROM temp.{name}").to_arrow_reader(_ROWS_A_BLOCK):
                yield name, packed(pa.Table.from_batches([batch]))


class Share(LocalEngine):
    """The relations that look at each participant alone, and the results that follow from them."""

    def assess(self) -> list[str]:
        """Make every table of the share; the names of those that the whole needs."""
        return self._derive_apart()


def _take_in(connection: duckdb.DuckDBPyConnection, batches: Iterable[pa.RecordBatch]) -> bool:
    """The events of a share in place of the whole trail, kept once; False if there are none."""
    import pyarrow as pa

    some = (batch for batch in batches if batch.num_rows)
    if not (first := next(some, None)):
        return False
    connection.register("given", pa.RecordBatchReader.from_batches(first.schema, chain([first], some)))
    besides = ", ".join(f"NULL::{kind} AS {name}" for name, kind in _NEVER.items())
    connection.execute(
        f"CREATE TEMP TABLE given_event AS SELECT * REPLACE (kind::event_kind AS kind), {besides} FROM given"
    )
    connection.unregister("given")
    own = ", ".join(name for name in _OWN if name != "rid")
    connection.execute(f"CREATE TEMP VIEW stored_event AS SELECT * EXCLUDE ({own}) FROM given_event")
    connection.execute(
        "INSERT INTO event_tie SELECT rid, tie, is_duplicate FROM given_event WHERE tie IS NOT NULL"
    )
    connection.execute(
        "CREATE TEMP TABLE known_participant AS SELECT DISTINCT participant_id, pid FROM given_event"
    )
    return True


def _give(connection: duckdb.DuckDBPyConnection, task: Task) -> None:
    for name, data in {**task.given, "known_owner": task.owners}.items():
        connection.register("given", unpacked(data))
        if name in _KNOWN:
            connection.execute(f"INSERT INTO {name} BY NAME FROM given")
        else:
            connection.execute(f"CREATE TEMP TABLE {name} AS FROM given")
        connection.unregister("given")
    connection.execute(
        "CREATE TEMP VIEW own_certificate AS "
        "FROM certificates SEMI JOIN known_participant USING (participant_id)"
    )
