"""The audit database: open it, lock it down, run things in one transaction."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from analyser.errors import AnalyserError
from analyser.spill import spill_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

DEFAULT_MEMORY_LIMIT = "4GB"
# With so few bytes to read or open, further threads would only wait for the first.
_FEW_BYTES = 4 << 20


def connect(
    database: Path | None,
    *,
    memory_limit: str = DEFAULT_MEMORY_LIMIT,
    threads: int | None = None,
    reachable: Iterable[Path] = (),
    read_only: bool = False,
) -> duckdb.DuckDBPyConnection:
    """A locked-down connection: no network, no extensions, only the named folders.

    Args:
        database: the file; None keeps everything in memory.
        memory_limit: what DuckDB may hold before it spills, like ``4GB``.
        threads: worker threads; None leaves DuckDB's choice.
        reachable: folders or files it may read and write besides the database.
        read_only: open a published database that nobody may change.

    Raises:
        AnalyserError: the file is no database, is in use, or a setting is wrong.
    """
    import duckdb

    # DuckDB takes what follows for settings, and puts its log file elsewhere.
    if database and "?" in str(database.absolute()):
        raise AnalyserError(f"{database}: a database cannot lie below a name with ?; choose another place.")
    if database:
        _refuse_other_files(database)
    try:
        if database and not read_only:
            _create(database)
        connection = duckdb.connect(
            str(database) if database else ":memory:",
            read_only=read_only,
            config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"},
        )
        _configure(connection, memory_limit, threads, reachable)
    except duckdb.Error as error:
        raise AnalyserError(_explain(database, error)) from error
    return connection


def threads_for(paths: Iterable[Path]) -> int | None:
    """How many threads suit a piece of work: one if it is small, else None, which is every core.

    Args:
        paths: the files and folders that are read, and the database.
    """
    left = _FEW_BYTES
    for path in paths:
        for file in path.rglob("*") if path.is_dir() else [path]:
            left -= file.stat().st_size if file.is_file() else 0
            if left < 0:
                return None
    return 1


def _refuse_other_files(database: Path) -> None:
    """DuckDB opens a CSV, JSON or Parquet file as a database in memory: what is put there would be lost."""
    if not database.is_file():
        return
    with database.open("rb") as file:
        start = file.read(12)
    if start and start[8:] != b"DUCK":
        raise AnalyserError(
            f"{database}: cannot be opened as an audit database "
            "(it is not a valid DuckDB database file); name another."
        )


def _create(database: Path) -> None:
    """A new database appears whole under its name, so that a killed process leaves none half made."""
    import duckdb

    if database.is_file() and not database.stat().st_size:
        database.unlink()
    if not database.exists() and database.parent.is_dir():
        unfinished = database.with_name(f".{database.name}.new")
        unfinished.unlink(missing_ok=True)
        duckdb.connect(str(unfinished)).close()
        unfinished.replace(database)


def _configure(
    connection: duckdb.DuckDBPyConnection,
    memory_limit: str,
    threads: int | None,
    reachable: Iterable[Path],
) -> None:
    spill = spill_for(connection)
    settings: dict[str, object] = {
        "TimeZone": "UTC",
        "memory_limit": memory_limit,
        "temp_directory": spill,
        # Row numbers are evidence: a table keeps the order of its file.
        "preserve_insertion_order": True,
        # Its checkpoints would write half a bulk load again for the sake of fuller row groups.
        "max_vacuum_tasks": 0,
        # It turns a long list of words into a join, and after a join rows stand in any order.
        "disabled_optimizers": "in_clause",
        # Where it expects few rows it would compare each with each, and what it expects is often wrong.
        "asof_loop_join_threshold": 0,
    }
    if threads:
        settings["threads"] = threads
    # Standard output is for what was asked, and a log of it must hold no line that is drawn anew.
    # In a notebook the engine draws with widgets, and the setting itself asks for them.
    if "IPython" not in sys.modules:
        settings["enable_progress_bar_print"] = False
        # Only asked for, by `analyser.progress`.
        settings["enable_progress_bar"] = True
    for name, value in settings.items():
        connection.execute(f"SET {name} = ?", [value])
    folders = [_folder(path) for path in reachable]
    # A name with wildcards is checked as it is written in the statement.
    written = {name for folder in folders for name in (folder, without_wildcards(folder))}
    connection.execute("SET allowed_directories = ?", [[*sorted(written), spill + "/"]])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _folder(path: Path) -> str:
    resolved = path.resolve()
    return f"{resolved if resolved.is_dir() else resolved.parent}/"


def _explain(database: Path | None, error: Exception) -> str:
    text = str(error).splitlines()[0]
    if "lock" in text.lower() and database:
        return f"{database}: another process is using this database; wait for it or stop it."
    if "memory" in text.lower() and "parse" in text.lower():
        return f"--memory-limit is not a size DuckDB understands, like 4GB: {text}"
    return f"{database or 'memory'}: cannot be opened as an audit database ({text})."


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Put all that was committed into the database file; closing alone says nothing when that fails.

    Raises:
        AnalyserError: it could not be written.
    """
    import duckdb

    try:
        connection.execute("CHECKPOINT")
    except duckdb.Error as error:
        raise AnalyserError(
            "The database could not be written to its end (is the disk full?); free some space and run again."
        ) from error


@contextlib.contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Everything inside happens, or nothing does.

    Inside, never create a table empty and fill it by more than one statement: once the first rows
    are many, DuckDB 2.0.0 shows none of them until the commit (a test keeps watch).
    """
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        # A failed statement may already have ended the transaction.
        with contextlib.suppress(Exception):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def threads_of(connection: duckdb.DuckDBPyConnection) -> int:
    """How many threads a connection's statements may use."""
    ((threads,),) = connection.execute("SELECT current_setting('threads')").fetchall()
    return int(threads)


def memory_limit_mib(connection: duckdb.DuckDBPyConnection) -> int:
    """What a connection may hold before it spills, in MiB."""
    ((text,),) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
    number, unit = str(text).split()
    power = ("bytes", "KiB", "MiB", "GiB", "TiB").index(unit)
    return max(1, int(float(number) * 1024**power / 1024**2))


_PARSED: dict[str, list[duckdb.Statement]] = {}
_MOST_PARSED = 2_000


def run_again(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyConnection:
    """Execute what this process is likely to execute again, on whatever database.

    Parsing the rules takes a tenth of what a small assessment does.
    """
    if sql not in _PARSED:
        if len(_PARSED) >= _MOST_PARSED:
            _PARSED.clear()
        _PARSED[sql] = connection.extract_statements(sql)
    for statement in _PARSED[sql]:
        connection.execute(statement)
    return connection


def columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[str]:
    """Column names of a table or view, in order."""
    return [row[0] for row in connection.execute(f'DESCRIBE "{relation}"').fetchall()]


def stored(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """The table of this name in the database file, even while a temporary one hides it."""
    ((catalog,),) = connection.execute("SELECT current_catalog()").fetchall()
    quoted = str(catalog).replace('"', '""')
    return f'"{quoted}".main."{table}"'


def literal(value: str) -> str:
    """A text as an SQL literal (only for what cannot be a bound parameter, like file paths)."""
    return "'" + value.replace("'", "''") + "'"


def path_literal(path: Path) -> str:
    """A file's path as an SQL literal that means this one file, whatever its name."""
    return literal(without_wildcards(str(path)))


def without_wildcards(path: str) -> str:
    """A path whose ``*``, ``?`` and ``[`` stand for themselves; DuckDB would search for others.

    So does ``{``, in which statements that are put together later mark the places for their parts.
    """
    return "".join(f"[{sign}]" if sign in "*?[{" else sign for sign in path)
