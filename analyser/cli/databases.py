"""Database files that commands are given or make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.errors import AnalyserError

if TYPE_CHECKING:
    from pathlib import Path


def existing(database: Path) -> Path:
    """The same file, if it is there.

    Raises:
        AnalyserError: it is not.
    """
    if not database.is_file():
        raise AnalyserError(
            f"{database}: there is no such audit database; make it with analyser ingest or run."
        )
    return database


def remove(database: Path) -> None:
    """Delete a database that was not finished, with its log."""
    database.unlink(missing_ok=True)
    database.with_name(database.name + ".wal").unlink(missing_ok=True)
