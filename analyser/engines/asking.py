"""Putting the rules' questions: failures become findings, every answer is counted for the coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.rulebook.clauses import NO_TABLE
from analyser.store import literal, run_again

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

    from analyser.rulebook.clauses import Clause

# What a rule may say of a subject; what it leaves out is null.
_ASKED = """
  code VARCHAR, own_effect VARCHAR, is_across BOOLEAN, verdict VARCHAR, is_finding BOOLEAN, effect VARCHAR,
  level VARCHAR, pid INTEGER, participant_id VARCHAR, oid INTEGER, activity_id VARCHAR, module_id VARCHAR,
  row_no INTEGER, attempt_id VARCHAR, sess INTEGER, pos HUGEINT, at_us BIGINT, until_us BIGINT,
  value DECIMAL(18,3), limit_value DECIMAL(18,3), what VARCHAR, texts MAP(VARCHAR, VARCHAR),
  rid_table VARCHAR, rids BIGINT[], why VARCHAR"""
_FOUND = """
  found_id BIGINT, code VARCHAR, effect VARCHAR, level VARCHAR, pid INTEGER, participant_id VARCHAR,
  oid INTEGER, activity_id VARCHAR, module_id VARCHAR, row_no INTEGER, attempt_id VARCHAR,
  sess INTEGER, pos HUGEINT, at_us BIGINT, until_us BIGINT, value DECIMAL(18,3),
  limit_value DECIMAL(18,3), what VARCHAR, texts MAP(VARCHAR, VARCHAR), rid_table VARCHAR, rids BIGINT[]"""
# One row per rule, participant (none, where it asks across them), verdict and reason: how many subjects.
_ANSWER = "code VARCHAR, pid INTEGER, participant_id VARCHAR, verdict VARCHAR, why VARCHAR, n BIGINT"
_NEW_FINDINGS = """
INSERT INTO found SELECT (SELECT count(*) FROM found) + row_number() OVER (), code,
  coalesce(effect, own_effect), level, pid, participant_id, oid, activity_id, module_id, row_no,
  attempt_id, sess, pos, at_us, until_us, value, limit_value, what, texts, coalesce(rid_table, 'events'),
  coalesce(rids, [])
FROM asked WHERE coalesce(is_finding, verdict = 'failed')
"""
_NEW_ANSWERS = """
INSERT INTO rule_answer SELECT code, CASE WHEN NOT is_across THEN pid END,
  CASE WHEN NOT is_across THEN participant_id END, verdict,
  CASE WHEN verdict = 'not_assessable' THEN why END, count(*)
FROM asked GROUP BY ALL
"""
# Few answers wait for those of further rules, as a statement costs more than they do.
_MOST_WAITING = 100_000
GIVEN_BY_RULES = frozenset({"found", "rule_answer"})


class Asking:
    """The tables ``found`` and ``rule_answer``, which the rules fill."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make both, empty."""
        self._connection = connection
        self._waiting = 0
        for name, columns in (("asked", _ASKED), ("found", _FOUND), ("rule_answer", _ANSWER)):
            connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")

    def ask(self, clause: Clause) -> None:
        """Put a rule's question to every subject."""
        rule = clause.rule
        ((count,),) = run_again(
            self._connection,
            f"INSERT INTO asked BY NAME SELECT {literal(clause.code)} AS code, {literal(clause.effect)} AS "
            f"own_effect, {rule.is_across} AS is_across, * FROM ({rule.sql})",
        ).fetchall()
        self._waiting += count
        if self._waiting > _MOST_WAITING:
            self.settle()

    def settle(self) -> None:
        """Turn what was asked into findings and counts; before that nobody may read them."""
        if self._waiting:
            run_again(self._connection, _NEW_FINDINGS)
            run_again(self._connection, _NEW_ANSWERS)
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE asked ({_ASKED})")
        self._waiting = 0

    def say_unasked(self, unasked: Mapping[str, Iterable[str]]) -> None:
        """Rules whose tables are missing are not assessable, once for the case and table."""
        said = [
            f"({literal(code)}, NULL, NULL, 'not_assessable', {literal(NO_TABLE + name)}, 1)"
            for code, names in unasked.items()
            for name in sorted(names)
        ]
        if said:
            self._connection.execute(f"INSERT INTO rule_answer VALUES {', '.join(said)}")
