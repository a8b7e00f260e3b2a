"""What an earlier assessment left, and how much of it still holds.

New events concern few participants. Everything the rules say of one participant rests on that
participant's events, the registers and the policy; so if the latter are as they were, only the
participants with something new are assessed again, and what asks across participants is asked of the
parts that all of them keep in the database.
"""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from typing import TYPE_CHECKING

from analyser.engines.prepare import end_of, no_known_keys
from analyser.ingest.tables import ASSESSED
from analyser.schema.inputs import CERTIFICATES, PARTICIPANTS, REGISTERS
from analyser.store import columns, stored

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from analyser.rulebook.relations import Relation
    from analyser.rulebook.scheme import Scheme

# Above this share of the participants a whole run costs no more.
_MOST_PERCENT = 30
# Registers whose rows each concern one participant only.
_BY_PERSON = (PARTICIPANTS.name, CERTIFICATES.name)


class Earlier:
    """The assessment that a database already holds, set against the one that is asked for."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        scheme: Scheme,
        as_of: date,
        alone: list[Relation],
        missing: frozenset[str],
    ) -> None:
        """Compare.

        Args:
            connection: the audit database.
            scheme: the scheme asked for.
            as_of: the audit date asked for.
            alone: the relations that look at each participant alone.
            missing: the input tables without any row.
        """
        self._connection = connection
        self._end_us = end_of(as_of)
        read = {name for relation in alone for name in relation.reads}
        given = {table.name for table in REGISTERS} | {"given_column"}
        self._registers = sorted(given & read)
        self._state = {
            "rules": _fingerprint(scheme),
            # What is handed over for the first time opens questions about everybody.
            "missing": " ".join(sorted(missing)),
        } | {f"register {name}": self._digest(name) for name in self._registers if name not in _BY_PERSON}
        self._keeps_parts = scheme.keeps_parts

    def find(self, *, anew: bool = False, most_events: int | None = None) -> bool:
        """Whether the earlier results hold but for some participants, listed in the table ``touched``.

        If not, everything is to be assessed. Either way ``stored_event``, the trail to look at,
        ``own_certificate`` and the numbers already given are there afterwards.

        Args:
            anew: assess everything, whatever holds.
            most_events: assess everything, too, if more events than these are to be looked at.
        """
        for name in ("stored_event", "own_certificate"):
            for kind in ("VIEW", "TABLE"):
                self._drop_temporary(name, kind)
        if self._keeps_parts and not anew and self._holds():
            self._connection.execute("CREATE OR REPLACE TEMP TABLE touched AS " + self._touched())
            if self._is_worth_it(most_events):
                self._take_over()
                return True
        no_known_keys(self._connection)
        self._connection.execute(
            "CREATE OR REPLACE TEMP VIEW stored_event AS SELECT rowid AS rid, * FROM event"
        )
        self._connection.execute("CREATE OR REPLACE TEMP VIEW own_certificate AS FROM certificates")
        return False

    def remember(self) -> None:
        """What the results now rest on (the caller holds the transaction)."""
        if not self._keeps_parts:
            self._connection.execute(f"DROP TABLE IF EXISTS {stored(self._connection, ASSESSED)}")
            return
        ((count,),) = self._connection.execute("SELECT count(*) FROM event").fetchall()
        state = self._state | {"end_us": str(self._end_us), "event_count": str(count)}
        self._replace(
            ASSESSED, f"SELECT unnest({list(state)}) AS key, unnest({list(state.values())}) AS value"
        )
        self._replace("assessed_person", _PERSONS)

    def _replace(self, name: str, sql: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE TABLE {stored(self._connection, name)} AS {sql}")

    def _drop_temporary(self, name: str, kind: str) -> None:
        catalog = "duckdb_views()" if kind == "VIEW" else "duckdb_tables()"
        there = f"SELECT 1 FROM {catalog} WHERE {kind.lower()}_name = ? AND temporary"
        if self._connection.execute(there, [name]).fetchall():
            self._connection.execute(f"DROP {kind} temp.{name}")

    def _holds(self) -> bool:
        if not self._exists(ASSESSED):
            return False
        rows = self._connection.execute(f"FROM {stored(self._connection, ASSESSED)}").fetchall()
        self._before = dict(rows)
        return {key: value for key, value in rows if key not in {"end_us", "event_count"}} == self._state

    def _exists(self, name: str) -> bool:
        there = "SELECT 1 FROM duckdb_tables() WHERE table_name = ? AND NOT temporary"
        return bool(self._connection.execute(there, [name]).fetchall())

    def _touched(self) -> str:
        """Participants with new events, with events between the two audit dates, or registered anew."""
        first, last = sorted((int(self._before["end_us"]), self._end_us))
        # Apart, since new rows and those of a time are found without looking at all others.
        return (
            "SELECT participant_id FROM event "
            f"WHERE fault IS NULL AND rowid >= {int(self._before['event_count'])} "
            "UNION SELECT participant_id FROM event "
            f"WHERE fault IS NULL AND at_us >= {first} AND at_us < {last} "
            f"UNION SELECT participant_id FROM (({_PERSONS}) EXCEPT FROM {self._main('assessed_person')}) "
            f"UNION SELECT participant_id FROM (FROM {self._main('assessed_person')} EXCEPT ({_PERSONS}))"
        )

    def _main(self, name: str) -> str:
        return stored(self._connection, name)

    def _is_worth_it(self, most_events: int | None) -> bool:
        ((count, known),) = self._connection.execute(
            f"SELECT (SELECT count(*) FROM touched), (SELECT count(*) FROM {self._main('participant_key')})"
        ).fetchall()
        if int(count) * 100 > int(known) * _MOST_PERCENT:
            return False
        return (
            most_events is None
            or not self._are_more("event", most_events)
            or not self._are_more("event SEMI JOIN touched USING (participant_id)", most_events)
        )

    def _are_more(self, rows: str, most: int) -> bool:
        ((count,),) = self._connection.execute(f"SELECT count(*) FROM {rows}").fetchall()
        return int(count) > most

    def _take_over(self) -> None:
        run = self._connection.execute
        run(f"CREATE OR REPLACE TEMP TABLE known_participant AS FROM {self._main('participant_key')}")
        run(
            "CREATE OR REPLACE TEMP TABLE known_owner AS "
            f"SELECT activity_id, module_id, oid FROM {self._main('owner_key')}"
        )
        # Fetching rows by their numbers is two to three times quicker than by whose they are.
        run(
            "CREATE OR REPLACE TEMP TABLE touched_row AS "
            "SELECT rowid AS rid FROM event SEMI JOIN touched USING (participant_id)"
        )
        run(
            "CREATE OR REPLACE TEMP TABLE stored_event AS "
            "SELECT e.rowid AS rid, e.* FROM event e SEMI JOIN touched_row r ON r.rid = e.rowid"
        )
        run("DROP TABLE touched_row")
        run(
            "CREATE OR REPLACE TEMP TABLE own_certificate AS "
            "FROM certificates SEMI JOIN touched USING (participant_id)"
        )

    def _digest(self, table: str) -> str:
        cells = ", ".join(f'"{name}"' for name in columns(self._connection, table))
        ((digest,),) = self._connection.execute(
            f"SELECT concat_ws(' ', count(*), sum(hash({cells})::HUGEINT)) FROM {table}"
        ).fetchall()
        return str(digest)


# One row per register and participant in it: a digest of what it says of them.
_PERSONS = " UNION ALL ".join(
    f"SELECT '{table}' AS register, participant_id, sum(hash({table})::HUGEINT) AS digest FROM {table} "
    "WHERE participant_id IS NOT NULL GROUP BY ALL"
    for table in _BY_PERSON
)


def _fingerprint(scheme: Scheme) -> str:
    """What the results rest on besides data: the rules, the policy, and what runs them."""
    import duckdb

    from analyser.rulebook.policy import variables

    relations = [*scheme.relations, *scheme.results, *(clause.rule for clause in scheme.clauses)]
    said = {
        "analyser": metadata.version("analyser"),
        "duckdb": duckdb.__version__,
        "scheme": scheme.name,
        "policy": {name: str(entry.value) for name, entry in scheme.policy.items()},
        "variables": {name: str(value) for name, value in variables(scheme.policy).items()},
        "macros": scheme.macros,
        "sql": {relation.name: relation.sql for relation in relations},
        "cards": [[c.code, c.clause, c.tier, c.effect, c.subject, c.needs, c.texts] for c in scheme.clauses],
        "reference": [path.read_text(encoding="utf-8") for path in scheme.reference],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
