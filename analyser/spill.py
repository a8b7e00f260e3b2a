"""Folders for what does not fit into memory. They hold people's data, so those of killed processes go too."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from functools import cache
from pathlib import Path

from analyser.locks import lock, release

_PREFIX = "analyser-spilled-"


def spill_for(user: object) -> str:
    """A new folder, deleted with the object that uses it.

    Args:
        user: a connection, say.
    """
    _clear_once(tempfile.gettempdir())
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        try:
            number = lock(folder)
        except BlockingIOError:
            continue
        # Until it was locked it looked like one of a killed process.
        if folder.is_dir():
            weakref.finalize(user, _delete, folder, number)
            return str(folder)
        release(number)


@cache
def _clear_once(parent: str) -> None:
    """What a killed process left behind is locked by nobody."""
    for folder in Path(parent).glob(_PREFIX + "*"):
        try:
            number = None if folder.is_symlink() else lock(folder)
        except BlockingIOError:
            continue
        if number is not None:
            _delete(folder, number)


def _delete(folder: Path, number: int | None) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    release(number)
