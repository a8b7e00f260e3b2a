"""The rules with the participants shared out: whoever assesses the shares, the driver puts them together.

The audit database stays with the driver. It numbers participants and modules, hands out their events,
and asks what runs across participants of the small parts that the shares hand back.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from analyser.engines.local import NUMBERED, LocalEngine
from analyser.engines.share import GIVEN, Task, event_columns, packed, unpacked
from analyser.errors import AnalyserError
from analyser.rulebook.relations import needed
from analyser.store import memory_limit_mib, stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

_EXPORT = """
SELECT {names} FROM stored_event e JOIN participant_key p USING (participant_id)
LEFT JOIN event_tie t ON t.rid = e.rid WHERE e.fault IS NULL
"""
_SOURCES = {
    "pid": "p.pid",
    "tie": "t.tie",
    "is_duplicate": "t.is_duplicate",
    "kind": "e.kind::VARCHAR AS kind",
}


class PartedEngine(LocalEngine, ABC):
    """Runs a scheme on shares of the participants; the results stand as after a run on all of them."""

    # Certificates of those who are in no share, as they have no event.
    _certificates_of_nobody = "ANTI JOIN participant_key USING (participant_id)"

    @abstractmethod
    def take_shares(self) -> list[str]:
        """Assess every share; the names of the tables that came of them, now in ``staged_NAME``."""

    def derive(self) -> None:
        """Make every relation and finding; the database itself is not touched.

        Raises:
            AnalyserError: the scheme's participants cannot be assessed apart.
        """
        if not self._scheme.keeps_parts:
            raise AnalyserError(
                f"The scheme {self._scheme.name} rests on {self._scheme.trail}, whose participants are not "
                "shared out; use --engine duckdb."
            )
        self._earlier.find(anew=True)
        self._derive_in_shares()

    def _derive_in_shares(self) -> None:
        self._prepare()
        keys = [relation for relation in self._alone if relation.is_key]
        made = needed(self._alone, keys)
        self._run([relation for relation in self._alone if relation in made])
        self._assess_nobody(self.take_shares())

    def publish(self) -> None:
        """Replace the result tables (the caller holds the transaction)."""
        for name in (relation.name for relation in self._published):
            table = stored(self._connection, name)
            self._connection.execute(f"CREATE OR REPLACE TABLE {table} AS FROM temp.{name}")
            self._connection.execute(f"DROP TABLE temp.{name}")
        # The shares together are everybody.
        self._is_part_run = False
        self._keep()

    def _assess_nobody(self, staged: list[str]) -> None:
        """A run over no participant makes every table; the shares' rows go in, then comes what is across."""
        run = self._connection.execute
        run("CREATE OR REPLACE TEMP TABLE known_participant AS FROM participant_key")
        run("CREATE OR REPLACE TEMP TABLE known_owner AS SELECT activity_id, module_id, oid FROM owner_key")
        run("DROP VIEW temp.stored_event")
        run("CREATE TEMP TABLE stored_event AS SELECT rowid AS rid, * FROM event LIMIT 0")
        run("DROP VIEW temp.own_certificate")
        run(f"CREATE TEMP TABLE own_certificate AS FROM certificates {self._certificates_of_nobody}")
        run("CREATE OR REPLACE TEMP TABLE touched (participant_id VARCHAR)")
        self._is_part_run = True
        self._prepare()
        self._run(self._alone)
        for name in staged:
            if name in self._parts:
                run(f"INSERT INTO temp.{name} BY NAME FROM staged_{name}")
        self._asking.say_unasked(self._unasked)
        self._run(self._across)
        self._run(self._published)
        self._check()
        for name in (relation.name for relation in self._published if relation.name in staged):
            if name == "findings":
                every = NUMBERED.format(table="staged_findings")
                run(f"CREATE OR REPLACE TEMP TABLE every_finding AS {every}")
                run("DROP TABLE temp.findings")
                run("ALTER TABLE temp.every_finding RENAME TO findings")
            else:
                run(f"INSERT INTO temp.{name} BY NAME FROM staged_{name}")
        for name in staged:
            run(f"DROP TABLE staged_{name}")


class SendingEngine(PartedEngine):
    """Hands the shares' events to somebody, who hands back their answers."""

    @abstractmethod
    def answers(self) -> Iterator[tuple[str, bytes]]:
        """What `analyser.engines.share.answers` gives for every share, in any order."""

    def take_shares(self) -> list[str]:
        """Assess every share; the names of the tables that came of them, now in ``staged_NAME``."""
        return self._stage(self.answers())

    def _count(self, table: str) -> int:
        ((count,),) = self._connection.execute(f"SELECT count(*) FROM {table}").fetchall()
        return int(count)

    def _events(self, rows_a_batch: int) -> Iterator[pa.RecordBatch]:
        """Every usable event with its participant's number, its row and its tie order."""
        names = ", ".join(_SOURCES.get(name, f"e.{name}") for name in event_columns())
        yield from self._connection.sql(_EXPORT.format(names=names)).to_arrow_reader(rows_a_batch)

    def _task(self, at_once: int = 1) -> Task:
        """What every share needs; so many of them divide this database's memory limit."""

        def rows(query: str) -> bytes:
            return packed(self._connection.sql(query).to_arrow_table())

        return Task(
            scheme=self._scheme,
            as_of=self._as_of,
            given={name: rows(f"FROM {name}") for name in GIVEN},
            owners=rows("SELECT activity_id, module_id, oid FROM owner_key"),
            memory_limit=f"{memory_limit_mib(self._connection) // at_once}MiB",
            missing=self._missing,
        )

    def _stage(self, answers: Iterable[tuple[str, bytes]]) -> list[str]:
        """The answers as temporary tables ``staged_NAME``; which there are."""
        staged: list[str] = []
        for name, data in answers:
            self._connection.register("answer", unpacked(data))
            if name in staged:
                self._connection.execute(f"INSERT INTO staged_{name} BY NAME FROM answer")
            else:
                self._connection.execute(f"CREATE OR REPLACE TEMP TABLE staged_{name} AS FROM answer")
                staged.append(name)
            self._connection.unregister("answer")
        return staged
