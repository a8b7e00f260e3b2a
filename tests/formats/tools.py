"""What the tests of exports that are tables share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.audit import Audit

from .support import Row, rows

if TYPE_CHECKING:
    from pathlib import Path


def export(folder: Path, mapping: str | None = None, **files: str | bytes) -> Audit:
    """A case whose exports are these files; a name's double underscore is its point.

    Args:
        folder: where the case is made.
        mapping: text of a mapping file.
        files: name -> content; a name that starts with ``case_`` lies beside the exports.
    """
    exports = folder / "case" / "exports"
    exports.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        place = exports if not name.startswith("case_") else exports.parent
        path = place / name.removeprefix("case_").replace("__", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    audit = Audit(None, reachable=[folder], threads=1)
    table = None
    if mapping is not None:
        table = folder / "mapping.toml"
        table.write_text(mapping)
    audit.ingest([folder / "case"], mapping=table)
    return audit


def short(audit: Audit, *names: str) -> list[tuple[Any, ...]]:
    """Some columns of the stored events, in file order; `at` is the time in UTC."""
    return [tuple(at(row) if name == "at" else row[name] for name in names) for row in rows(audit)]


def at(row: Row) -> str:
    """The time of an event, in UTC and whole seconds."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(row["at_us"] // 1_000_000, UTC).strftime("%Y-%m-%d %H:%M:%S")


def scans(audit: Audit) -> list[tuple[Any, ...]]:
    """(time in UTC, participant, activity, direction) of the stored scans, in file order."""
    return audit.connection.execute(
        "SELECT strftime(make_timestamp(at_us), '%Y-%m-%d %H:%M:%S'), participant_id, activity_id, direction "
        "FROM scans_row WHERE fault IS NULL ORDER BY rowid"
    ).fetchall()


def notes(audit: Audit) -> list[str]:
    """What was said about the files."""
    found = audit.connection.execute(
        "SELECT substr(sentence, length(file) + 3) FROM notice WHERE file <> '' ORDER BY ALL"
    )
    return [sentence for (sentence,) in found.fetchall()]
