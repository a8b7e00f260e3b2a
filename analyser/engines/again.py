"""What lies behind one participant's credit, made once more from the database.

A database keeps results, not the relations that led to them (D3). To name the events behind a credit
row, they are made again for one participant, by the same relations, in temporary tables.
"""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from analyser.engines.asking import Asking
from analyser.engines.local import LocalEngine
from analyser.engines.prepare import no_known_keys, prepare
from analyser.errors import PolicyError
from analyser.ingest.tables import ASSESSED
from analyser.results import Results
from analyser.rulebook.relations import in_order, needed
from analyser.rulebook.scheme import load_scheme
from analyser.store import literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    import duckdb

    from analyser.rulebook.scheme import Scheme

# What the explanation asks; each rests on further ones.
WANTED = frozenset({
    "attempt_item", "boundary", "clip", "completion", "credit_fact", "cycle", "requirement", "row_session",
    "row_time", "segment", "session_proof", "source_run", "submission",
})  # fmt: skip


@contextmanager
def made_again(
    results: Results, connection: duckdb.DuckDBPyConnection, participant: str
) -> Iterator[Results | None]:
    """The relations behind a participant's credit, in the scheme and policy of the last assessment.

    Args:
        results: the last assessment.
        connection: its database; nothing is changed in it.
        participant: whose.

    Yields:
        What can be asked of them; None for a scheme that has other relations, or that this version
        of the program does not know as it was.
    """
    scheme = _scheme_of(results.info)
    names = {relation.name for relation in scheme.relations} if scheme and scheme.keeps_parts else set()
    seen = "SELECT 1 FROM duckdb_tables() WHERE table_name = ? AND NOT temporary"
    if scheme is None or not names >= WANTED or not connection.execute(seen, [ASSESSED]).fetchall():
        yield None
        return
    # Temporary tables and variables are a connection's own, so they hide nothing from others.
    apart = connection.cursor()
    try:
        as_of = datetime.date.fromisoformat(results.info["as_of"])
        Again(apart, scheme, as_of).make(participant)
        yield Results(apart)
    finally:
        apart.close()


def _scheme_of(info: dict[str, Any]) -> Scheme | None:
    """The scheme with the policy values that the run recorded."""
    try:
        scheme = load_scheme(str(info.get("scheme")))
    except PolicyError:
        return None
    recorded = info.get("policy") or {}
    if recorded.keys() != scheme.policy.keys() or not info.get("as_of"):
        return None
    policy = {name: replace(entry, value=recorded[name]["value"]) for name, entry in scheme.policy.items()}
    return replace(scheme, policy=policy)


class Again(LocalEngine):
    """Makes relations of one participant in temporary tables, and keeps every one of them."""

    def make(self, participant: str) -> None:
        """Make what the explanation asks.

        Args:
            participant: whose events are looked at, no others.
        """
        run = self._connection.execute
        no_known_keys(self._connection)
        run(
            "CREATE OR REPLACE TEMP TABLE stored_event AS SELECT rowid AS rid, * FROM event "
            f"WHERE participant_id = {literal(participant)} AND rowid < {self._assessed_rows()}"
        )
        run("CREATE OR REPLACE TEMP VIEW own_certificate AS FROM certificates LIMIT 0")
        prepare(self._connection, self._scheme, self._as_of)
        self._asking = Asking(self._connection)
        self._is_part_run, self._done_after = True, {}
        asked = [relation for relation in self._scheme.relations if relation.name in WANTED]
        others = [relation for relation in self._scheme.relations if relation not in asked]
        given = {"stored_event", "own_certificate"}
        self._run([relation for relation in in_order(needed(others, asked)) if relation.name not in given])

    def _assessed_rows(self) -> int:
        """How many rows of the trail the last assessment has seen; later ones have a higher number."""
        rows = self._connection.execute(f"SELECT value FROM {ASSESSED} WHERE key = 'event_count'").fetchall()
        return int(rows[0][0]) if rows else 0
