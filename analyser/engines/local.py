"""The rules in one DuckDB database."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from analyser.engines.asking import GIVEN_BY_RULES, Asking
from analyser.engines.earlier import Earlier
from analyser.engines.prepare import missing_tables, prepare
from analyser.errors import AnalyserError
from analyser.rulebook.relations import in_order, last_uses, needed
from analyser.rulebook.wording import messages
from analyser.store import columns, run_again, stored

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import duckdb

    from analyser.rulebook.relations import Relation
    from analyser.rulebook.scheme import Scheme

log = logging.getLogger(__name__)

# Findings of now, and those of participants who were not assessed again, numbered like those of a whole run.
NUMBERED = """
SELECT * REPLACE ('F' || lpad((row_number() OVER (ORDER BY participant_id NULLS FIRST,
    activity_id NULLS FIRST, module_id NULLS FIRST, code, "at" NULLS FIRST, attempt_id NULLS FIRST,
    session_id NULLS FIRST, value, until, message, evidence))::VARCHAR, 7, '0') AS finding_id)
FROM (
  FROM temp.findings UNION ALL BY NAME FROM {table} o
  WHERE NOT EXISTS (FROM touched t WHERE t.participant_id = o.participant_id)
    AND code IN (SELECT code FROM finding_card WHERE NOT is_across))
ORDER BY finding_id
"""
# Given by `prepare` and by what is known of an earlier assessment.
_GIVEN = frozenset({"stored_event", "own_certificate"})
_ANSWERS = "rule_answer"


class LocalEngine:
    """Runs a scheme's relations and clauses in a database, each as soon as what it reads is there."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        scheme: Scheme,
        as_of: date,
        progress: Callable[[str], None] | None = None,
        *,
        anew: bool = False,
        missing: frozenset[str] | None = None,
    ) -> None:
        """Plan a run.

        Args:
            connection: the audit database.
            scheme: what to apply.
            as_of: the audit date.
            progress: told each relation's name.
            anew: assess every participant, whatever an earlier assessment left.
            missing: the input tables without a usable row, if this database does not hold the case's.
        """
        self._connection = connection
        self._scheme = scheme
        self._as_of = as_of
        self._anew = anew
        self._progress = progress or (lambda _: None)
        missing = missing_tables(connection, as_of) if missing is None else missing
        self._missing = missing
        self._unasked = {
            clause.code: wanted for clause in scheme.clauses if (wanted := missing.intersection(clause.needs))
        }
        self._clauses = {c.rule.name: c for c in scheme.clauses if c.code not in self._unasked}
        rules = [clause.rule for clause in self._clauses.values()]
        # Parts are kept whoever asks today: the next assessment may have more tables.
        parts = [r for r in scheme.relations if scheme.keeps_parts and r.is_part]
        others = [relation for relation in scheme.relations if relation not in parts]
        made = needed(others, [*scheme.results, *rules, *parts, *scheme.checks])
        order = in_order([r for r in made if r not in scheme.checks], frozenset(self._clauses))
        order = [relation for relation in order if relation.name not in _GIVEN]
        late = scheme.across
        self._views = {relation.name: relation for relation in order if relation.is_view}
        self._alone = [r for r in order if r not in scheme.results and r.name not in late]
        self._across = [r for r in order if r not in scheme.results and r.name in late]
        self._published = [relation for relation in order if relation in scheme.results]
        self._kept = [r for r in order if r.is_part or r.is_key] if scheme.keeps_parts else []
        alone = [relation for relation in order if relation.name not in late]
        self._earlier = Earlier(connection, scheme, as_of, alone, missing)
        self._is_part_run = False
        self._done_after = last_uses(
            [*self._alone, *self._across, *self._published], [*scheme.results, *self._kept], scheme.checks
        )

    def derive(self) -> None:
        """Make every relation and finding; the database itself is not touched.

        Run it outside a transaction: DuckDB 2.0.0 does not show the rows of a table that was
        created empty, filled in bulk and then added to in the same transaction.
        """
        self._is_part_run = self._earlier.find(anew=self._anew)
        self._derive_what_is_asked()

    def _derive_what_is_asked(self) -> None:
        if self._is_part_run:
            ((count,),) = self._connection.execute("SELECT count(*) FROM touched").fetchall()
            self._progress(f"assessing again: {count} participants")
        self._prepare()
        self._run(self._alone)
        if self._is_part_run:
            self._join_parts()
        self._asking.say_unasked(self._unasked)
        self._run(self._across)
        if self._is_part_run:
            self._run(self._published)
            self._check()

    def _prepare(self) -> None:
        prepare(self._connection, self._scheme, self._as_of)
        self._asking = Asking(self._connection)

    def publish(self) -> None:
        """Replace the result tables and check them (the caller holds the transaction).

        Raises:
            AnalyserError: the results contradict what they were made from (a defect of the program).
        """
        self._publish_what_was_asked()

    def _publish_what_was_asked(self) -> None:
        if self._is_part_run:
            for relation in self._published:
                self._renew(relation.name)
        else:
            self._run(self._published)
            self._check()
        self._keep()

    def _keep(self) -> None:
        """What the next assessment can rest on."""
        run = self._connection.execute
        for name in self._parts:
            table, who = stored(self._connection, name), self._who(name)
            if not self._is_part_run or not who or self._is_worn(table):
                run(f"CREATE OR REPLACE TABLE {table} AS FROM temp.{name}")
                continue
            fresh = f"LEFT JOIN participant_key p USING (pid) WHERE {who} IS NULL OR {who} IN (FROM touched)"
            run(f"DELETE FROM {table} WHERE rowid IN (SELECT o.rowid FROM {table} o {fresh})")
            run(f"INSERT INTO {table} BY NAME SELECT o.* FROM temp.{name} o {fresh}")
        self._earlier.remember()

    @property
    def _parts(self) -> list[str]:
        """Tables that are kept beside the results, for the next assessment."""
        return [*(relation.name for relation in self._kept), _ANSWERS] if self._scheme.keeps_parts else []

    def _derive_apart(self) -> list[str]:
        """Make every table of some participants; the names of those that the whole needs of them."""
        self._is_part_run = True
        self._prepare()
        # Of what runs across participants only words for results are made here, no rule is asked.
        others = [relation for relation in self._across if relation.name not in self._clauses]
        used = needed(others, self._published)
        self._run([*self._alone, *(relation for relation in others if relation in used), *self._published])
        self._check()
        parts = [name for name in self._parts if name != "participant_key" and "pid" in self._columns(name)]
        return parts + [r.name for r in self._published if "participant_id" in self._columns(r.name)]

    def _columns(self, name: str) -> list[str]:
        return columns(self._connection, name)

    def _check(self) -> None:
        for check in self._scheme.checks:
            ((count,),) = run_again(self._connection, f"SELECT count(*) FROM ({check.sql})").fetchall()
            if count:
                raise AnalyserError(
                    f"The results contradict what they were made from ({check.name}, {count} times), so "
                    "nothing was written; please report this defect."
                )

    def _join_parts(self) -> None:
        """To the parts of the participants assessed again come those of all others."""
        run = self._connection.execute
        for name in self._parts:
            if not (who := self._who(name)):
                continue
            run(
                f"CREATE OR REPLACE TEMP TABLE joined_part AS FROM temp.{name} UNION ALL BY NAME "
                f"SELECT o.* FROM {stored(self._connection, name)} o LEFT JOIN participant_key p USING (pid) "
                f"ANTI JOIN touched t ON t.participant_id = {who} WHERE {who} IS NOT NULL"
            )
            run(f"DROP TABLE temp.{name}")
            run(f"ALTER TABLE temp.joined_part RENAME TO {name}")

    def _who(self, name: str) -> str | None:
        """Whose a row ``o`` of a part is, with ``p`` for its number; None of a table that is made anew."""
        names = self._columns(name)
        if "pid" not in names or name == "participant_key":
            return None
        # Who has a certificate but no event has no number.
        return (
            "coalesce(o.participant_id, p.participant_id)"
            if "participant_id" in names
            else "p.participant_id"
        )

    def _renew(self, name: str) -> None:
        """Put fresh rows in the place of those they stand for."""
        run, table = self._connection.execute, stored(self._connection, name)
        names = columns(self._connection, name)
        if name == "findings":
            run(f"CREATE OR REPLACE TABLE {table} AS {NUMBERED.format(table=table)}")
        elif "participant_id" in names and self._is_worn(table):
            run(
                f"CREATE OR REPLACE TABLE {table} AS FROM {table} ANTI JOIN touched USING (participant_id) "
                f"UNION ALL BY NAME FROM temp.{name}"
            )
        elif "participant_id" in names:
            run(f"DELETE FROM {table} WHERE participant_id IN (SELECT participant_id FROM touched)")
            run(f"INSERT INTO {table} BY NAME FROM temp.{name}")
        else:
            run(f"CREATE OR REPLACE TABLE {table} AS FROM temp.{name}")
        run(f"DROP TABLE temp.{name}")

    def _is_worn(self, table: str) -> bool:
        """Whether more rows were taken from a table than it has (a deleted row keeps its place)."""
        ((rows, places),) = self._connection.execute(
            f"SELECT count(*), coalesce(max(rowid) + 1, 0) FROM {table}"
        ).fetchall()
        return int(places) > 2 * int(rows)

    def _run(self, relations: list[Relation]) -> None:
        import duckdb

        for relation in relations:
            started = time.perf_counter()
            try:
                if self._reads_answers(relation):
                    self._asking.settle()
                self._make(relation)
            except duckdb.Error as error:
                error.add_note(f"in {relation.path}")
                raise
            log.debug("%s: %.3f s", relation.name, time.perf_counter() - started)
            # What nobody reads any more makes room; the largest tables are the first ones.
            for name in self._done_after.get(relation.name, ()):
                self._connection.execute(f"DROP TABLE {name}")
        self._asking.settle()

    def _reads_answers(self, relation: Relation) -> bool:
        """Whether it looks at what rules found, itself or through a view."""
        views = [self._views[name] for name in relation.reads if name in self._views]
        return not GIVEN_BY_RULES.isdisjoint(relation.reads) or any(map(self._reads_answers, views))

    def _make(self, relation: Relation) -> None:
        if clause := self._clauses.get(relation.name):
            self._progress(clause.code)
            self._asking.ask(clause)
        elif relation.is_repeated:
            self._repeat(relation)
        else:
            self._create(relation)

    def _create(self, relation: Relation) -> None:
        sql = relation.sql
        if "{message_en}" in sql:
            # The sentences of every rule would take longer to plan than all else of a small case.
            codes = self._connection.execute("SELECT DISTINCT code FROM found").fetchall()
            told = [clause for clause in self._scheme.clauses if (clause.code,) in codes]
            sql = sql.replace("{message_en}", messages(told, "en"))
            sql = sql.replace("{message_zh}", messages(told, "zh"))
        # Only results are kept in the file: what leads to them is made anew by every run, and not
        # compressing it saves a third of the work.
        is_kept = relation in self._scheme.results and not self._is_part_run
        kind = f"{'' if is_kept else 'TEMP'} {'VIEW' if relation.is_view else 'TABLE'}"
        self._progress(relation.name)
        run_again(self._connection, f"CREATE OR REPLACE {kind} {relation.name} AS\n{sql}")

    def _repeat(self, relation: Relation) -> None:
        """Run a relation on its own newest rows until nothing new comes of them."""
        run, name = self._connection.execute, relation.name
        run(f"CREATE OR REPLACE TEMP TABLE frontier AS FROM {name}_seed")
        made = f"AS {relation.sql}"
        run_again(self._connection, f"CREATE OR REPLACE TEMP TABLE {name} {made}")
        run(f"CREATE OR REPLACE TEMP TABLE frontier AS FROM {name}")
        while run("SELECT 1 FROM frontier LIMIT 1").fetchall():
            run_again(self._connection, f"CREATE OR REPLACE TEMP TABLE fresh {made}")
            run(f"INSERT INTO {name} BY NAME FROM fresh")
            run("CREATE OR REPLACE TEMP TABLE frontier AS FROM fresh")
        run("DROP TABLE IF EXISTS fresh")
        run("DROP TABLE frontier")
