"""Many participants come to exactly as much as few: tables that outgrow one row group lose nothing."""

from __future__ import annotations

import datetime
from pathlib import Path

import duckdb

from analyser.audit import Audit

# More rows than DuckDB keeps in one group (122,880), so that every table is written in several steps.
_COPIES = 125_000
_AS_OF = datetime.date(2026, 1, 31)
# Everybody passes; a few fail twice, study again and pass, which opens another cycle.
_ALL = [
    (0, "login", ""), (10, "view", ""), (600, "view", ""), (1200, "view", ""), (1800, "complete", ""),
    (1900, "assessment_submit", "a1"),
]  # fmt: skip
_AGAIN = [
    (2000, "assessment_submit", "a2"), (2100, "complete", ""), (2200, "assessment_submit", "a3"),
    (2300, "logout", ""),
]  # fmt: skip


def _write(folder: Path, copies: int) -> Path:
    folder.mkdir()
    (folder / "activities.csv").write_text("activity_id,approved_minutes,pass_mark\nA1,30,60\n")
    connection = duckdb.connect()
    connection.execute("CREATE TABLE step (second INTEGER, event VARCHAR, attempt VARCHAR, is_again BOOLEAN)")
    for steps, is_again in ((_ALL, False), (_AGAIN, True)):
        connection.executemany("INSERT INTO step VALUES (?, ?, ?, ?)", [(*step, is_again) for step in steps])
    connection.execute(
        f"""COPY (
          SELECT TIMESTAMP '2026-01-01 09:00:00' + to_seconds(second) AS timestamp,
            'P' || lpad(n::VARCHAR, 6, '0') AS participant_id, event, 'S' || n AS session_id,
            'A1' AS activity_id, nullif(attempt, '') AS attempt_id,
            CASE event WHEN 'assessment_submit' THEN
              CASE WHEN n % 100 = 0 AND attempt IN ('a1', 'a2') THEN 20 ELSE 80 END END AS score,
            CASE event WHEN 'assessment_submit' THEN 100 END AS max_score
          FROM range({copies}) t(n), step WHERE NOT is_again OR n % 100 = 0
          ORDER BY n, second
        ) TO '{folder / "events.csv"}' (HEADER)"""
    )
    return folder


def _figures(folder: Path) -> tuple[dict[str, int], dict[str, int]]:
    """How many credit rows of each kind, and how many findings of each code."""
    with Audit(folder / "audit.duckdb", reachable=[folder]) as audit:
        audit.ingest([folder])
        audit.assess(as_of=_AS_OF)
        kinds = audit.results.rows(
            "SELECT concat_ws(',', status, credited_minutes, active_s, attempts, codes) AS kind, "
            "count(*) AS n FROM credits GROUP BY ALL"
        )
        found = audit.results.rows("SELECT code, count(*) AS n FROM findings GROUP BY ALL")
    return {row["kind"]: row["n"] for row in kinds}, {row["code"]: row["n"] for row in found}


def test_many_participants_come_to_as_much_as_few(tmp_path: Path) -> None:
    kinds, found = _figures(_write(tmp_path / "few", 1000))
    many_kinds, many_found = _figures(_write(tmp_path / "many", _COPIES))
    assert len(kinds) == 2
    assert sum(many_kinds.values()) == _COPIES
    assert many_kinds == {kind: n * _COPIES // 1000 for kind, n in kinds.items()}
    # A duty of the provider is one finding however many participants it concerns.
    assert many_found == {code: n if n == 1 else n * _COPIES // 1000 for code, n in found.items()}
    assert sum(many_found.values()) > _COPIES


def test_rows_of_a_table_filled_twice_are_seen_before_the_commit(tmp_path: Path) -> None:
    """What the ingest relies on: tables that were there before the transaction show all they hold."""
    connection = duckdb.connect(tmp_path / "audit.duckdb")
    connection.execute("CREATE TABLE event (n BIGINT)")
    connection.execute("BEGIN")
    connection.execute("INSERT INTO event FROM range(200000)")
    connection.execute("INSERT INTO event FROM range(5)")
    assert connection.execute("SELECT count(*) FROM event").fetchall() == [(200_005,)]
    connection.execute("COMMIT")
    assert connection.execute("SELECT count(*) FROM event").fetchall() == [(200_005,)]
