"""Ids of learning systems become participants, by the register `identities`.

The id a file holds is kept beside, so that a later register is applied to what was handed over and not
to what an earlier one made of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.errors import InputError

if TYPE_CHECKING:
    import duckdb

# A system is a format (moodle-log) or what a format's name begins with (moodle); empty is any export.
# The more it says, the sooner it counts. The case's own tables already name participants.
_KNOWN = """
CREATE OR REPLACE TEMP TABLE identity_known AS
SELECT f.file_id, i.system_id,
  arg_max(i.participant_id, (length(coalesce(i.system, '')), i.participant_id)) AS participant_id
FROM source_file f JOIN identities i
  ON i.system IS NULL OR f.format = i.system OR starts_with(f.format, i.system || '-')
WHERE f.table_name IN ('events', 'scans') AND f.format NOT IN ('csv', 'jsonl', 'parquet')
GROUP BY ALL
"""
_NONE = "NULL::VARCHAR"
_TARGETS = (("events", "event", "t.actor_id"), ("scans", "scans_row", _NONE))


def identify(connection: duckdb.DuckDBPyConnection) -> bool:
    """Name participants as the register `identities` says; ids that it does not know stay as they are.

    Returns:
        Whether rows may have changed.

    Raises:
        InputError: the register gives one id of one system to two participants.
    """
    has_register = bool(connection.execute("SELECT 1 FROM identities LIMIT 1").fetchall())
    if has_register:
        _check(connection)
    had_names = bool(connection.execute("SELECT 1 FROM identity_original LIMIT 1").fetchall())
    if had_names:
        for name, table, actor in _TARGETS:
            _restore(connection, name, table, has_actor=actor != _NONE)
        connection.execute("DELETE FROM identity_original")
    if not has_register:
        return had_names
    connection.execute(_KNOWN)
    for name, table, actor in _TARGETS:
        connection.execute(
            f"INSERT INTO identity_original SELECT '{name}', t.rowid, t.participant_id, {actor} "
            f"FROM {table} t "
            "LEFT JOIN identity_known p ON p.file_id = t.file_id AND p.system_id = t.participant_id "
            f"LEFT JOIN identity_known a ON a.file_id = t.file_id AND a.system_id = {actor} "
            "WHERE p.system_id IS NOT NULL OR a.system_id IS NOT NULL"
        )
        sets = ["participant_id"] if actor == _NONE else ["participant_id", "actor_id"]
        for column in sets:
            connection.execute(
                f"UPDATE {table} SET {column} = k.participant_id FROM identity_known k "
                f"WHERE k.file_id = {table}.file_id AND k.system_id = {table}.{column}"
            )
    connection.execute("DROP TABLE identity_known")
    return True


def _restore(connection: duckdb.DuckDBPyConnection, name: str, table: str, *, has_actor: bool) -> None:
    more = ", actor_id = o.actor_id" if has_actor else ""
    connection.execute(
        f"UPDATE {table} SET participant_id = o.participant_id{more} FROM identity_original o "
        f"WHERE o.table_name = '{name}' AND o.rid = {table}.rowid"
    )


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    twice = connection.execute(
        "SELECT system FROM identities GROUP BY system, system_id "
        "HAVING count(DISTINCT participant_id) > 1 ORDER BY ALL LIMIT 1"
    ).fetchall()
    if twice:
        raise InputError(
            f"identities: one id of the system {twice[0][0] or '(any)'} belongs to two participants; "
            "keep one row for each system and id."
        )
