"""The rules on a trail that does not fit: the participants are taken in batches, one after the other.

An engine that spills what it sorts and joins slows down out of proportion once its tables are several
times its memory. A batch of participants is assessed as the whole would be, and its tables fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.engines.parted import PartedEngine
from analyser.store import memory_limit_mib

if TYPE_CHECKING:
    import duckdb

# What the tables of an assessment take for one event of the trail, so that a batch stays in memory.
_BYTES_AN_EVENT = 120
# Where a batch's own rows are copied to: a database in memory.
_APART = "batch"


class BatchedEngine(PartedEngine):
    """Runs a scheme in this database, in as many batches of participants as its memory limit asks for."""

    _certificates_of_nobody = "LIMIT 0"
    _is_batched = False

    def derive(self) -> None:
        """Make every relation and finding; the database itself is not touched."""
        # More would be a trail that does not fit, and only a whole run is taken in batches.
        most = _events_that_fit(self._connection)
        self._is_part_run = self._earlier.find(anew=self._anew, most_events=most)
        self._is_batched = self._scheme.keeps_parts and not self._is_part_run and self._batch_count() > 1
        if self._is_batched:
            self._derive_in_shares()
        else:
            self._derive_what_is_asked()

    def publish(self) -> None:
        """Replace the result tables (the caller holds the transaction)."""
        if self._is_batched:
            super().publish()
        else:
            self._publish_what_was_asked()

    def take_shares(self) -> list[str]:
        """Assess every batch; the names of the tables that came of them, now in ``staged_NAME``."""
        run, count = self._connection.execute, self._batch_count()
        run("CREATE OR REPLACE TEMP TABLE known_participant AS FROM participant_key")
        run("CREATE OR REPLACE TEMP TABLE known_owner AS SELECT activity_id, module_id, oid FROM owner_key")
        # A dozen relations read a batch's rows; compressed, these take a tenth of a temporary table's memory.
        run(f"ATTACH ':memory:' AS {_APART} (COMPRESS)")
        names: list[str] = []
        for number in range(count):
            mine = f"hash(participant_id) % {count} = {number}"
            self._progress(f"participants, batch {number + 1} of {count}")
            run(f"CREATE OR REPLACE TABLE {_APART}.event AS SELECT rowid AS rid, * FROM event WHERE {mine}")
            run(f"CREATE OR REPLACE TEMP VIEW stored_event AS FROM {_APART}.event")
            run(f"CREATE OR REPLACE TEMP VIEW own_certificate AS FROM certificates WHERE {mine}")
            names = self._derive_apart()
            for name in names:
                if number:
                    run(f"INSERT INTO staged_{name} BY NAME FROM temp.{name}")
                else:
                    run(f"CREATE OR REPLACE TEMP TABLE staged_{name} AS FROM temp.{name}")
                run(f"DROP TABLE temp.{name}")
        run("CREATE OR REPLACE TEMP VIEW stored_event AS SELECT rowid AS rid, * FROM event")
        run(f"DETACH {_APART}")
        return names

    def _batch_count(self) -> int:
        ((count,),) = self._connection.execute("SELECT count(*) FROM event").fetchall()
        return max(1, -(-int(count) // _events_that_fit(self._connection)))


def _events_that_fit(connection: duckdb.DuckDBPyConnection) -> int:
    return memory_limit_mib(connection) * 2**20 // _BYTES_AN_EVENT
