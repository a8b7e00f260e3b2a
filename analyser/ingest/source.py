"""Which file holds which table of a case folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath

from analyser.errors import InputError
from analyser.ingest.archives import is_archive, members
from analyser.ingest.partitions import case_above, is_partition, plain_parts, refuse_logged, values_of
from analyser.ingest.scan import printable
from analyser.schema.inputs import INPUTS, TRAILS

SUFFIXES = (".csv", ".csv.gz", ".csv.zst", ".parquet", ".jsonl", ".jsonl.gz", ".jsonl.zst")
# Of many files beside each other a sentence names so many.
_MOST_NAMES = 5


@dataclass(frozen=True)
class Source:
    """One file to read.

    Attributes:
        path: where it lies.
        name: how results name it: the path within the case.
        table: the table it holds, or None for an export in a learning system's own format.
    """

    path: Path
    name: str
    table: str | None

    @property
    def container(self) -> str:
        """csv, jsonl or parquet."""
        stem = self.path.name.lower().removesuffix(".gz").removesuffix(".zst")
        return stem.rpartition(".")[2]

    @property
    def values(self) -> dict[str, str | None]:
        """Column -> value of the folders named like ``day=2025-03-01`` in which it lies."""
        return values_of(PurePath(self.name))


def suffix_of(path: Path) -> str | None:
    """The table suffix a file name ends in, like ``.csv.gz``."""
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if path.name.lower().endswith(suffix):
            return suffix
    return None


def table_of(path: Path) -> str | None:
    """The table a file name stands for: NAME.csv, NAME-2026.csv, or any file in a folder NAME.

    Folders named after a value, like ``day=2025-03-01``, are looked through.
    """
    suffix = suffix_of(path)
    if not suffix:
        return None
    stem = path.name[: -len(suffix)].lower()
    for name in INPUTS:
        if stem == name or stem.startswith(f"{name}-"):
            return name
    folder = next((parent.name.lower() for parent in path.parents if not is_partition(parent.name)), "")
    return folder if folder in INPUTS else None


def find_case(folder: Path) -> tuple[list[Source], list[str]]:
    """The files of a case folder.

    Returns:
        The sources in a fixed order, and a sentence about every file that is not read.

    Raises:
        InputError: there is no such folder, nothing in it to read, or more than one case.
    """
    if not folder.is_dir():
        what = "is a file, not a case folder" if folder.exists() else "does not exist"
        raise InputError(f"{folder}: {what}; name the folder that holds events.csv.")
    _check_single(folder)
    sources: list[Source] = []
    unread: dict[PurePath, list[str]] = {}
    found = sorted(folder.rglob("*"))
    refuse_logged(folder, found)
    # Part of a lake: its files are named as from the lake.
    case = case_above(folder)
    for path in found:
        relative = path.relative_to(folder) if case is folder else path.absolute().relative_to(case)
        is_folder = path.is_dir() and not path.is_symlink()
        if is_folder or any(part.startswith(".") for part in relative.parts) or _is_mark(path):
            continue
        name, parts = printable(relative.as_posix()), plain_parts(relative)
        is_file = path.is_file() and name == relative.as_posix()
        if is_file and parts[0] == "exports" and len(parts) > 1:
            sources += _export(path, name)
        elif is_file and (table := table_of(path)) and len(parts) <= 2:
            sources.append(Source(path, name, table))
        else:
            unread.setdefault(PurePath(*parts).parent, []).append(name)
    if not any(source.table in (None, *TRAILS) for source in sources):
        raise InputError(
            f"{folder}: no events found; put events.csv or scans.csv (or .parquet, .jsonl) there, "
            "or a learning system's own export in exports/."
        )
    return sources, [_unread(names) for names in unread.values()]


def _is_mark(path: Path) -> bool:
    """Whether a file only says that a writer is done (``_SUCCESS``): it has a name and nothing else."""
    return path.name.startswith("_") and path.is_file() and not path.stat().st_size


def _check_single(folder: Path) -> None:
    """One folder too high would merge several cases without a word."""
    inner = [
        child.name
        for child in sorted(folder.iterdir())
        if child.is_dir()
        and not child.name.startswith(".")
        and child.name.lower() not in {*INPUTS, "exports"}
        # A lake may part its providers at the top; they are one case, or named one by one.
        and not is_partition(child.name)
        and any(_is_trail(path) for path in [*child.iterdir(), *child.glob("*/*")])
    ]
    is_case = any(
        _is_trail(path) for path in [*folder.iterdir(), *folder.glob("*/*")] if path.parent.name not in inner
    )
    if len(inner) > 1 or (inner and is_case):
        names = ", ".join(map(printable, inner[:5])) + " ..." * (len(inner) > 5)
        raise InputError(
            f"{folder}: holds several cases ({names}{' and the folder itself' * is_case}); name one of them, "
            "or put the files of one case into one folder."
        )


def _is_trail(path: Path) -> bool:
    """Whether a file is a trail of a case: events, scans or claims, or an export in its place."""
    in_exports = path.parent.name.lower() == "exports"
    return path.is_file() and not path.is_symlink() and (in_exports or table_of(path) in TRAILS)


def _export(path: Path, name: str, *, by_name: bool = False) -> list[Source]:
    """An export, or every file of an archive of exports.

    Args:
        path: the file.
        name: how results name it.
        by_name: a file in an archive may also be a table, by its name.
    """
    if not is_archive(path):
        return [Source(path, name, None)]
    found = sorted(members(path, name))
    return [
        Source(path / member, f"{name}/{member}", table_of(path / member) if by_name else None)
        for member in found
    ]


def _unread(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    fault = "not a table of a case" if len(names) == 1 else "no tables of a case"
    return (
        f"{', '.join(names[:_MOST_NAMES])}{more}: {fault}, so not read; put the file itself (no link) "
        f"into the case folder, named after its table ({', '.join(INPUTS)}), or into exports/."
    )


def find_sources(paths: list[Path], *, as_export: bool = False) -> tuple[list[Source], list[str]]:
    """Files and case folders named on the command line (see `find_case`)."""
    sources: list[Source] = []
    unread: list[str] = []
    for path in paths:
        if path.is_dir() and not as_export:
            more, sentences = find_case(path)
            sources += more
            unread += sentences
        elif path.is_file() and (as_export or is_archive(path)):
            sources += _export(path, path.name, by_name=not as_export)
        elif path.is_file():
            name = path.name
            if is_partition(path.absolute().parent.name):
                refuse_logged(path.parent, ())
                name = path.absolute().relative_to(case_above(path.parent)).as_posix()
            sources.append(Source(path, name, table_of(path.absolute())))
        elif path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.is_file())
            for file in files:
                sources += _export(file, file.relative_to(path).as_posix())
        else:
            raise InputError(f"{path}: there is no such file or folder.")
    return sources, unread
