"""The rules in one DuckDB database."""

from __future__ import annotations

import csv
import logging
import time
from typing import TYPE_CHECKING

from analyser.errors import AnalyserError
from analyser.rulebook.policy import variables
from analyser.rulebook.relations import in_order, last_uses, needed
from analyser.rulebook.wording import messages
from analyser.store import literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import duckdb

    from analyser.rulebook.clauses import Clause
    from analyser.rulebook.relations import Relation
    from analyser.rulebook.scheme import Scheme

log = logging.getLogger(__name__)

_FOUND = """
  found_id BIGINT, code VARCHAR, effect VARCHAR, level VARCHAR, pid INTEGER, participant_id VARCHAR,
  oid INTEGER, activity_id VARCHAR, module_id VARCHAR, row_no INTEGER, attempt_id VARCHAR,
  sess INTEGER, pos HUGEINT, at_us BIGINT, until_us BIGINT, value DECIMAL(18,3),
  limit_value DECIMAL(18,3), what VARCHAR, rid_table VARCHAR, rids BIGINT[]"""
_ASKED = """
  SELECT NULL::VARCHAR AS verdict, NULL::BOOLEAN AS is_finding, NULL::VARCHAR AS effect,
    NULL::VARCHAR AS level, NULL::INTEGER AS pid, NULL::VARCHAR AS participant_id,
    NULL::INTEGER AS oid, NULL::VARCHAR AS activity_id, NULL::VARCHAR AS module_id,
    NULL::INTEGER AS row_no, NULL::VARCHAR AS attempt_id, NULL::INTEGER AS sess,
    NULL::HUGEINT AS pos, NULL::BIGINT AS at_us, NULL::BIGINT AS until_us,
    NULL::DECIMAL(18,3) AS value, NULL::DECIMAL(18,3) AS limit_value, NULL::VARCHAR AS what, NULL::VARCHAR AS rid_table,
    NULL::BIGINT[] AS rids, NULL::VARCHAR AS why WHERE false"""
_HONG_KONG_US = 8 * 3600 * 1_000_000
_EVIDENCE_COUNT = 20


class LocalEngine:
    """Runs a scheme's relations and clauses in a database, each as soon as what it reads is there."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        scheme: Scheme,
        as_of: date,
        progress: Callable[[str], None] | None = None,
    ) -> None:
        self._connection = connection
        self._scheme = scheme
        self._as_of = as_of
        self._progress = progress or (lambda _: None)
        self._clauses = {clause.rule.name: clause for clause in scheme.clauses}
        rules = [clause.rule for clause in scheme.clauses]
        made = needed(scheme.relations, [*scheme.results, *rules, *scheme.checks])
        order = in_order([r for r in made if r not in scheme.checks], frozenset(self._clauses))
        self._derived = [relation for relation in order if relation not in scheme.results]
        self._published = [relation for relation in order if relation in scheme.results]
        self._done_after = last_uses([*self._derived, *self._published], scheme.results, scheme.checks)

    def derive(self) -> None:
        """Make every relation and finding; the database itself is not touched.

        Run it outside a transaction: DuckDB 2.0.0 does not show the rows of a table that was
        created empty, filled in bulk and then added to in the same transaction.
        """
        self._prepare()
        self._run(self._derived)

    def publish(self) -> None:
        """Replace the result tables and check them (the caller holds the transaction).

        Raises:
            AnalyserError: the results contradict what they were made from (a defect of the program).
        """
        self._run(self._published)
        for check in self._scheme.checks:
            ((count,),) = self._connection.execute(f"SELECT count(*) FROM ({check.sql})").fetchall()
            if count:
                raise AnalyserError(
                    f"The results contradict what they were made from ({check.name}, {count} times), so "
                    "nothing was written; please report this defect."
                )

    def _run(self, relations: list[Relation]) -> None:
        import duckdb

        for relation in relations:
            started = time.perf_counter()
            try:
                self._make(relation)
            except duckdb.Error as error:
                error.add_note(f"in {relation.path}")
                raise
            log.debug("%s: %.3f s", relation.name, time.perf_counter() - started)
            # What nobody reads any more makes room; the largest tables are the first ones.
            for name in self._done_after.get(relation.name, ()):
                self._connection.execute(f"DROP TABLE {name}")

    def _prepare(self) -> None:
        import datetime

        midnight = datetime.datetime.combine(self._as_of, datetime.time.min, datetime.UTC)
        after_midnight = (int(midnight.timestamp()) + 86_400) * 1_000_000 - _HONG_KONG_US
        base, span = self._positions(after_midnight)
        values = variables(self._scheme.policy) | {
            "hong_kong_us": _HONG_KONG_US,
            "as_of_end_us": after_midnight,
            "evidence_count": _EVIDENCE_COUNT,
        }
        for name, value in values.items():
            self._set(name, value)
        wide = "HUGEINT" if span > 1 << 40 or self._range * span > 1 << 62 else "BIGINT"
        self._connection.execute(f"SET VARIABLE pos_base = {base}::{wide}")
        self._connection.execute(f"SET VARIABLE pos_span = {span}::{wide}")
        self._connection.execute(f"SET VARIABLE as_of = DATE '{self._as_of.isoformat()}'")
        for statement in self._scheme.macros.split(";\n"):
            if "CREATE" in statement:
                self._connection.execute(statement)
        self._policy_tables()
        self._reference_tables()
        self._derived_variables()

    def _set(self, name: str, value: int | str) -> None:
        text = f"{value}::BIGINT" if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
        self._connection.execute(f"SET VARIABLE {name} = {text}")

    def _positions(self, end_us: int) -> tuple[int, int]:
        ((least, most),) = self._connection.execute(
            "SELECT coalesce(min(at_us), 0), coalesce(max(at_us), 0) FROM event "
            "WHERE fault IS NULL AND at_us < ?", [end_us]
        ).fetchall()  # fmt: skip
        ((ties,),) = self._connection.execute("SELECT coalesce(max(tie), 0) FROM event_tie").fetchall()
        # A day either side leaves room for positions just before and after an instant.
        self._range = most - least + 2 * 86_400_000_000
        return least - 86_400_000_000, 1 << int(ties + 1).bit_length()

    def _policy_tables(self) -> None:
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE policy_map (name VARCHAR, key VARCHAR, value VARCHAR)"
        )
        entries = [
            f"({literal(name)}, {literal(str(key))}, {literal(str(value))})"
            for name, entry in self._scheme.policy.items()
            if isinstance(entry.value, dict)
            for key, value in entry.value.items()
        ]
        if entries:
            self._connection.execute(f"INSERT INTO policy_map VALUES {', '.join(entries)}")
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE found ({_FOUND})")
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE rule_coverage (clause VARCHAR, code VARCHAR, subject VARCHAR, "
            "subjects BIGINT, passed BIGINT, failed BIGINT, not_assessable BIGINT, why VARCHAR)"
        )
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE finding_card "
            "(code VARCHAR, clause VARCHAR, tier VARCHAR, severity VARCHAR, benign VARCHAR)"
        )
        cards = [
            ", ".join(map(literal, (c.code, c.clause, c.tier, c.effect, _both(c.texts["benign"]))))
            for c in self._scheme.clauses
        ]
        if cards:
            self._connection.execute(f"INSERT INTO finding_card VALUES ({'), ('.join(cards)})")

    def _reference_tables(self) -> None:
        """The scheme's lists as tables; the files are the program's own, out of the database's reach."""
        import pyarrow as pa

        for path in self._scheme.reference:
            with path.open(encoding="utf-8", newline="") as file:
                names, *rows = csv.reader(file)
            cells = [[row[place] or None for row in rows] for place in range(len(names))]
            self._connection.register("listed", pa.table([pa.array(c, pa.string()) for c in cells], names))
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {path.stem} AS FROM listed")
            self._connection.unregister("listed")

    def _derived_variables(self) -> None:
        """Values that follow from policy and registers; one row, a variable for each column."""
        cursor = self._connection.execute(self._scheme.variables.sql)
        names = [column[0] for column in cursor.description or []]
        (row,) = cursor.fetchall()
        for name, value in zip(names, row, strict=True):
            self._connection.execute(
                f"SET VARIABLE {name} = {'NULL' if value is None else int(value)}::BIGINT"
            )

    def _make(self, relation: Relation) -> None:
        if clause := self._clauses.get(relation.name):
            self._ask(clause)
        elif relation.is_repeated:
            self._repeat(relation)
        else:
            self._create(relation)

    def _create(self, relation: Relation) -> None:
        sql = relation.sql
        if "{message_en}" in sql:
            sql = sql.replace("{message_en}", messages(self._scheme.clauses, "en"))
            sql = sql.replace("{message_zh}", messages(self._scheme.clauses, "zh"))
        # Only results are kept in the file: what leads to them is made anew by every run, and not
        # compressing it saves a third of the work.
        scope = "" if relation in self._scheme.results else "TEMP"
        kind = f"{scope} {'VIEW' if relation.is_view else 'TABLE'}"
        self._progress(relation.name)
        self._connection.execute(f"CREATE OR REPLACE {kind} {relation.name} AS\n{sql}")

    def _repeat(self, relation: Relation) -> None:
        """Run a relation on its own newest rows until nothing new comes of them."""
        name = relation.name
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE frontier AS FROM {name}_seed")
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM ({relation.sql}) LIMIT 0")
        while True:
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE fresh AS {relation.sql}")
            ((count,),) = self._connection.execute("SELECT count(*) FROM fresh").fetchall()
            if not count:
                break
            self._connection.execute(f"INSERT INTO {name} BY NAME FROM fresh")
            self._connection.execute("CREATE OR REPLACE TEMP TABLE frontier AS FROM fresh")
        self._connection.execute("DROP TABLE fresh")
        self._connection.execute("DROP TABLE frontier")

    def _ask(self, clause: Clause) -> None:
        """Put a rule's question to every subject; failures become findings, counts the coverage."""
        self._progress(clause.code)
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE asked AS {_ASKED.strip()} UNION ALL BY NAME ({clause.rule.sql})"
        )
        self._connection.execute(
            "INSERT INTO found SELECT (SELECT count(*) FROM found) + row_number() OVER (), ?, "
            "coalesce(effect, ?), level, pid, participant_id, oid, activity_id, module_id, row_no, "
            "attempt_id, sess, pos, at_us, until_us, "
            "value, limit_value, what, coalesce(rid_table, 'events'), coalesce(rids, []) FROM asked "
            "WHERE coalesce(is_finding, verdict = 'failed')",
            [clause.code, clause.effect],
        )
        self._connection.execute(
            "INSERT INTO rule_coverage SELECT ?, ?, ?, count(*), count(*) FILTER (verdict = 'passed'), "
            "count(*) FILTER (verdict = 'failed'), count(*) FILTER (verdict = 'not_assessable'), "
            "string_agg(DISTINCT why, '; ' ORDER BY why) FILTER (verdict = 'not_assessable') FROM asked",
            [clause.clause, clause.code, clause.subject],
        )


def _both(texts: dict[str, str]) -> str:
    return f"{texts['en']} / {texts['zh']}"
