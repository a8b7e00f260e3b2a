"""What the tests of the formats share: reading a few hand-written lines, and real files if present."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analyser.audit import Audit

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "real_data"
COLUMNS = (
    "at_us, participant_id, kind::VARCHAR AS kind, word, session_id, activity_id, module_id, object_id, "
    "attempt_id, item_id, response, score::DOUBLE AS score, max_score::DOUBLE AS max_score, factor, purpose, "
    "outcome, duration_us, actor_id, ip, device"
)
Row = dict[str, Any]


def real(path: str) -> Path:
    """A real file or folder; the test is skipped where it is not there."""
    found = REAL / path
    if not found.exists():
        pytest.skip(f"no real data here ({path}): only the project's own machines have it")
    return found


def ingest(*paths: Path, export_format: str | None = None) -> Audit:
    """Files taken in as exports."""
    audit = Audit(None, reachable=[path.parent for path in paths], threads=1)
    audit.ingest(paths, export_format=export_format)
    return audit


def case(tmp_path: Path, name: str, text: str | bytes) -> Audit:
    """A case whose only file is an export; its format is found by content."""
    exports = tmp_path / "case" / "exports"
    exports.mkdir(parents=True, exist_ok=True)
    (exports / name).write_bytes(text.encode() if isinstance(text, str) else text)
    audit = Audit(None, reachable=[tmp_path / "case"], threads=1)
    audit.ingest([tmp_path / "case"])
    return audit


def rows(audit: Audit) -> list[Row]:
    """The stored events in file order."""
    found = audit.connection.execute(f"SELECT {COLUMNS} FROM event WHERE fault IS NULL ORDER BY rowid")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def rejects(audit: Audit) -> list[tuple[int, str]]:
    """(line, reason) of every reject."""
    return audit.connection.execute("SELECT line, reason FROM reject ORDER BY line").fetchall()


def ledger(audit: Audit) -> list[tuple[str, str, int, int, int, int]]:
    """(file, format, read, stored, duplicate, rejected) of every file."""
    return audit.connection.execute(
        "SELECT file, format, rows_read::INTEGER, rows_stored::INTEGER, rows_duplicate::INTEGER, "
        "rows_rejected::INTEGER FROM ingest_ledger ORDER BY file"
    ).fetchall()


def json_lines(*entries: Row | str) -> str:
    """Objects as lines; texts stay as they are."""
    return "".join((entry if isinstance(entry, str) else json.dumps(entry)) + "\n" for entry in entries)
