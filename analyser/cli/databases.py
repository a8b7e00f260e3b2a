"""Database files that commands are given or make, and the folders they write into."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from analyser.errors import AnalyserError
from analyser.locks import is_locked, lock, release

if TYPE_CHECKING:
    from collections.abc import Iterator
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


@contextmanager
def reserved(folder: Path) -> Iterator[Path]:
    """The folder, made if need be, for one command alone: two packs in one folder would be mixed.

    Raises:
        AnalyserError: another command is writing into it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        number = lock(folder)
    except BlockingIOError as error:
        raise _taken(folder) from error
    try:
        yield folder
    finally:
        release(number)


@contextmanager
def made_anew(database: Path) -> Iterator[Path]:
    """Gives the name to make a database under; it takes the place of an older one when all went well.

    What a killed run left there is deleted.

    Raises:
        AnalyserError: another run is at work on it.
    """
    unfinished = database.with_name(f".{database.name}.new")
    # The folder's lock says the same, but not every network drive locks folders.
    if is_locked(unfinished):
        raise _taken(database.parent)
    _remove(unfinished)
    try:
        yield unfinished
    except BaseException:
        _remove(unfinished)
        raise
    unfinished.replace(database)
    _remove(unfinished)


def _remove(database: Path) -> None:
    """Delete a database that was not finished, with its log."""
    database.unlink(missing_ok=True)
    database.with_name(database.name + ".wal").unlink(missing_ok=True)


def _taken(folder: Path) -> AnalyserError:
    return AnalyserError(
        f"{folder}: another analyser command is writing into this folder; wait for it, or name another "
        "with --out."
    )
