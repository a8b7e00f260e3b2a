"""What a run stands on before its first relation: variables, policy, lists, cards and numbers."""

from __future__ import annotations

import csv
import datetime
from typing import TYPE_CHECKING

from analyser.arrays import arrow_table, texts
from analyser.ingest.tables import typed_table
from analyser.rulebook.policy import variables
from analyser.schema.inputs import EVENTS, INPUTS
from analyser.store import literal, run_again

if TYPE_CHECKING:
    import duckdb

    from analyser.rulebook.scheme import Scheme

HONG_KONG_US = 8 * 3600 * 1_000_000
_DAY_US = 86_400 * 1_000_000
_EVIDENCE_COUNT = 20

_CARD = (
    "code VARCHAR, clause VARCHAR, tier VARCHAR, severity VARCHAR, benign VARCHAR, subject VARCHAR, "
    "is_across BOOLEAN"
)
_KEYS = {
    "known_participant": "participant_id VARCHAR, pid INTEGER",
    "known_owner": "activity_id VARCHAR, module_id VARCHAR, oid INTEGER",
}


def end_of(as_of: datetime.date) -> int:
    """The first microsecond after an audit date in Hong Kong."""
    midnight = datetime.datetime.combine(as_of, datetime.time.min, datetime.UTC)
    return int(midnight.timestamp()) * 1_000_000 + _DAY_US - HONG_KONG_US


def prepare(connection: duckdb.DuckDBPyConnection, scheme: Scheme, as_of: datetime.date) -> None:
    """Everything that the scheme's relations take for given, but the trail and the known keys."""
    values = variables(scheme.policy) | {
        "hong_kong_us": HONG_KONG_US,
        "as_of_end_us": end_of(as_of),
        "evidence_count": _EVIDENCE_COUNT,
    }
    for name, value in values.items():
        text = f"{value}::BIGINT" if isinstance(value, int) else literal(value)
        connection.execute(f"SET VARIABLE {name} = {text}")
    connection.execute(f"SET VARIABLE as_of = DATE '{as_of.isoformat()}'")
    _positions(connection, end_of(as_of))
    for statement in scheme.macros.split(";\n"):
        if "CREATE" in statement:
            run_again(connection, statement)
    _policy_map(connection, scheme)
    _cards(connection, scheme)
    _reference_tables(connection, scheme)
    _derived_variables(connection, scheme)


def missing_tables(connection: duckdb.DuckDBPyConnection, as_of: datetime.date) -> frozenset[str]:
    """Names of the input tables without any row that can be used (of the events: up to the audit date)."""
    names = {name: name for name in INPUTS}
    names[EVENTS.name] = f"{typed_table(EVENTS.name)} WHERE fault IS NULL AND at_us < {end_of(as_of)}"
    there = ", ".join(f"EXISTS (FROM {table})" for table in names.values())
    (row,) = connection.execute(f"SELECT {there}").fetchall()
    return frozenset(name for name, is_there in zip(names, row, strict=True) if not is_there)


def no_known_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Participants and modules are numbered anew."""
    for name, columns in _KEYS.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")


def _positions(connection: duckdb.DuckDBPyConnection, end_us: int) -> None:
    """How an instant and its tie order become one number, in the narrowest type that holds all."""
    ((least, most),) = connection.execute(
        "SELECT coalesce(min(at_us), 0), coalesce(max(at_us), 0) FROM stored_event "
        "WHERE fault IS NULL AND at_us < ?", [end_us]
    ).fetchall()  # fmt: skip
    ((ties,),) = connection.execute("SELECT coalesce(max(tie), 0) FROM event_tie").fetchall()
    # A day either side leaves room for positions just before and after an instant.
    span, base = 1 << int(ties + 1).bit_length(), least - _DAY_US
    wide = "HUGEINT" if span > 1 << 40 or (most - least + 2 * _DAY_US) * span > 1 << 62 else "BIGINT"
    connection.execute(f"SET VARIABLE pos_base = {base}::{wide}")
    connection.execute(f"SET VARIABLE pos_span = {span}::{wide}")


def _policy_map(connection: duckdb.DuckDBPyConnection, scheme: Scheme) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE policy_map (name VARCHAR, key VARCHAR, value VARCHAR)")
    entries = [
        f"({literal(name)}, {literal(str(key))}, {literal(str(value))})"
        for name, entry in scheme.policy.items()
        if isinstance(entry.value, dict)
        for key, value in entry.value.items()
    ]
    if entries:
        connection.execute(f"INSERT INTO policy_map VALUES {', '.join(entries)}")


def _cards(connection: duckdb.DuckDBPyConnection, scheme: Scheme) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE finding_card ({_CARD})")
    cards = [
        ", ".join(map(literal, (c.code, c.clause, c.tier, c.effect, _both(c.texts["benign"]), c.subject)))
        + f", {c.rule.is_across}"
        for c in scheme.clauses
    ]
    if cards:
        run_again(connection, f"INSERT INTO finding_card VALUES ({'), ('.join(cards)})")


def _both(texts: dict[str, str]) -> str:
    return f"{texts['en']} / {texts['zh']}"


def _reference_tables(connection: duckdb.DuckDBPyConnection, scheme: Scheme) -> None:
    """The scheme's lists as tables; the files are the program's own, out of the database's reach."""
    for path in scheme.reference:
        with path.open(encoding="utf-8", newline="") as file:
            names, *rows = csv.reader(file)
        cells = [[row[place] or None for row in rows] for place in range(len(names))]
        connection.register("listed", arrow_table(names, map(texts, cells)))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {path.stem} AS FROM listed")
        connection.unregister("listed")


def _derived_variables(connection: duckdb.DuckDBPyConnection, scheme: Scheme) -> None:
    """Values that follow from policy and registers; one row, a variable for each column."""
    cursor = run_again(connection, scheme.variables.sql)
    names = [column[0] for column in cursor.description or []]
    (row,) = cursor.fetchall()
    for name, value in zip(names, row, strict=True):
        connection.execute(f"SET VARIABLE {name} = {'NULL' if value is None else int(value)}::BIGINT")
