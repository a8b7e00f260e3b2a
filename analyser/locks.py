"""Who has a folder or file: known by locks, which end with their process, however it ends."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

# Windows has none of these, and deletes no file that somebody has open.
if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from pathlib import Path


def lock(folder: Path) -> int | None:
    """Take a folder for this process alone; nothing is put into it.

    Returns:
        What `release` wants; None: it cannot be locked (some network drives lock no folders).

    Raises:
        BlockingIOError: somebody else has it.
    """
    if sys.platform == "win32":
        return None
    try:
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(number)
        if isinstance(error, BlockingIOError):
            raise
        return None
    return number


def release(number: int | None) -> None:
    """Give back what `lock` took."""
    if number is not None:
        os.close(number)


def is_locked(file: Path) -> bool:
    """Whether another process has locked a file, as DuckDB does with every database that it writes."""
    if sys.platform == "win32" or not file.is_file():
        return False
    with file.open("r+b") as stream:
        try:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return isinstance(error, BlockingIOError | PermissionError)
    return False
