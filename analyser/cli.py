"""The command line: one thin function per command."""

from __future__ import annotations

import datetime
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

import analyser
from analyser.errors import AnalyserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyser.audit import Audit

Command = TypeVar("Command", bound="Callable[..., Any]")
_SCHEMES = ("ia-elearning",)
_LANGUAGES = ("en", "zh-Hant", "both")


class Progress:
    """What is being done, told on standard error once the work takes longer than two seconds."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._started = time.monotonic()

    def __call__(self, text: str) -> None:
        """Show one step."""
        seconds = time.monotonic() - self._started
        if not self._quiet and seconds > 2:
            click.echo(f"  {seconds:5.0f} s  {text}", err=True)


def _options(*names: str) -> Callable[[Command], Command]:
    every: dict[str, Callable[[Command], Command]] = {
        "scheme": click.option("--scheme", type=click.Choice(_SCHEMES), default=_SCHEMES[0], show_default=True,
                               help="Whose rules are applied."),
        "policy": click.option("--policy", type=click.Path(path_type=Path), help="TOML file that overrides single values."),
        "as_of": click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]),
                              help="Audit date; later events are left out. Default: today in Hong Kong."),
        "engine": click.option("--engine", type=click.Choice(["duckdb"]), default="duckdb", show_default=True,
                               help="What the rules run in."),
        "memory_limit": click.option("--memory-limit", default="4GB", show_default=True,
                                     help="Memory the engine may hold before it spills to disk."),
        "threads": click.option("--threads", type=click.IntRange(1), help="Worker threads. Default: every core."),
        "lang": click.option("--lang", type=click.Choice(_LANGUAGES), default="both", show_default=True,
                             help="Language of the reports."),
        "quiet": click.option("--quiet", is_flag=True, help="Say nothing but errors."),
        "db": click.option("--db", type=click.Path(path_type=Path, dir_okay=False), required=True,
                           help="The audit database."),
        "pages": click.option("--pages", type=click.IntRange(0),
                              help="How many participants get a page of their own (default: all up to 200)."),
        "fail_on": click.option("--fail-on", type=click.Choice(["breach"]),
                                help="Exit with status 3 when there is such a finding."),
    }  # fmt: skip

    def add(command: Command) -> Command:
        for name in reversed(names):
            command = every[name](command)
        return command

    return add


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(analyser.__version__, prog_name="analyser")
def cli() -> None:
    """Is this certificate's credit supported by the log, clause by clause, and can it be proved?

    \b
    analyser run sample_data/case            the main job: everything, into reports/case/
    analyser explain --db reports/case/audit.duckdb P0001
    analyser verify reports/case
    """


@cli.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where reports go. Default: reports/<case name>/.")
@click.option("--db", type=click.Path(path_type=Path, dir_okay=False), help="Audit database to add to. Default: a new one inside the report folder.")
@_options("scheme", "policy", "as_of", "engine", "memory_limit", "threads", "lang", "pages", "fail_on", "quiet")
def run(case: Path, out: Path | None, db: Path | None, lang: str, pages: int | None, fail_on: str | None, **options: Any) -> None:
    """Ingest the case folder CASE, assess it and write every report.

    \b
    analyser run sample_data/case
    analyser run cases/2026-q3 --as-of 2026-09-30 --policy strict.toml --fail-on breach
    """
    folder = out or Path("reports") / (case.resolve().name or "case")
    folder.mkdir(parents=True, exist_ok=True)
    database = db or folder / "audit.duckdb"
    working = database if db else folder / ".audit.duckdb.new"
    if not db:
        _remove(working)
    with _open(working, [case, folder], options) as audit:
        unread = audit.ingest([case])
        _assess(audit, case.resolve().name, options)
        audit.report(folder, language=lang, participants=pages)
        breaches = _summary(audit, options["quiet"], unread)
    if not db:
        working.replace(database)
        _remove(working)
    if not options["quiet"]:
        click.echo(f"\nRead {folder / 'inspection_report.html'} in a browser; tables and workbook.xlsx lie beside it.")
    _finish(fail_on, breaches)


@cli.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "export_format", help="Read the files as this export format (see analyser formats).")
@_options("db", "memory_limit", "threads", "quiet")
def ingest(sources: tuple[Path, ...], db: Path, export_format: str | None, **options: Any) -> None:
    """Add exports, registers or case folders to an audit database. Safe to repeat, safe to kill.

    \b
    analyser ingest events-2026-08.csv.gz activities.csv --db audit.duckdb
    analyser ingest tracking.log.gz --format openedx --db audit.duckdb
    """
    with _open(db, sources, options) as audit:
        unread = audit.ingest(sources, export_format=export_format)
        if not options["quiet"]:
            _ledger(audit, unread)


@cli.command()
@_options("db", "scheme", "policy", "as_of", "engine", "memory_limit", "threads", "fail_on", "quiet")
def assess(db: Path, fail_on: str | None, **options: Any) -> None:
    """Apply the scheme's rules to what is in the database.

    \b
    analyser assess --db audit.duckdb --as-of 2026-09-30
    """
    with _open(_existing(db), [], options) as audit:
        _assess(audit, db.stem, options)
        breaches = _summary(audit, options["quiet"], [])
    _finish(fail_on, breaches)


@cli.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Where reports go.")
@_options("db", "memory_limit", "threads", "lang", "pages", "quiet")
def report(db: Path, out: Path, lang: str, pages: int | None, **options: Any) -> None:
    """Write the reports from an assessed database.

    \b
    analyser report --db audit.duckdb --out reports/q3 --lang zh-Hant
    """
    out.mkdir(parents=True, exist_ok=True)
    with _open(_existing(db), [out], options) as audit:
        audit.report(out, language=lang, participants=pages)
    if not options["quiet"]:
        click.echo(f"Read {out / 'inspection_report.html'} in a browser.")


@cli.command()
@click.argument("participant")
@click.argument("activity", required=False)
@click.argument("module", required=False)
@_options("db", "lang")
def explain(db: Path, participant: str, activity: str | None, module: str | None, lang: str) -> None:
    """Why this credit: clause by clause, interval by interval, with source file and line.

    \b
    analyser explain --db reports/case/audit.duckdb P0001
    analyser explain --db audit.duckdb P0001 A1 M2 --lang zh-Hant
    """
    with _open(_existing(db), [], {}) as audit:
        for language in ("en", "zh-Hant") if lang == "both" else (lang,):
            click.echo(audit.explain(participant, activity, module, language))


@cli.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def formats(file: Path | None) -> None:
    """The export formats it reads, or how FILE is recognised and understood.

    \b
    analyser formats
    analyser formats exports/tracking.log.gz
    """
    from analyser.formats import describe_file, formats_table

    if file:
        for sentence in describe_file(file):
            click.echo(sentence)
        return
    for name, what, how in formats_table():
        click.echo(f"{name:<16} {what}\n{'':<16} recognised by: {how}")


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--participants", type=click.IntRange(1), default=24, show_default=True, help="How many people.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same bytes.")
@click.option("--events-format", type=click.Choice(["csv", "csv.gz", "parquet", "jsonl"]), default="csv", show_default=True, help="Format of the events.")
@click.option("--event-files", type=click.IntRange(1), default=1, show_default=True, help="How many event files.")
@click.option("--events", type=click.IntRange(1), help="At least this many events (people as needed).")
@click.option("--honest", is_flag=True, help="Plant no defects.")
@_options("quiet")
def synth(folder: Path, participants: int, seed: int, events_format: str, event_files: int, events: int | None, honest: bool, quiet: bool) -> None:
    """Write a labelled synthetic case of any size into FOLDER; its labels go beside it.

    \b
    analyser synth /tmp/case --participants 500 --seed 7
    analyser synth /tmp/large --events 20000000 --events-format parquet
    """
    from analyser.synth import synthesise

    summary = synthesise(
        folder, participants=participants, seed=seed, events_format=events_format, event_files=event_files,
        defects=not honest, scale_events=events, progress=Progress(quiet),
    )  # fmt: skip
    if not quiet:
        click.echo(f"{summary.events:,} events of {summary.participants:,} participants in {summary.seconds:.1f} s: {folder}")


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
def verify(folder: Path) -> None:
    """Re-check a written report pack: file hashes, and the digest of the results.

    \b
    analyser verify reports/case
    """
    from analyser.report.pack import verify_pack

    faults = verify_pack(folder)
    if faults:
        raise AnalyserError("\n".join(faults))
    click.echo(f"{folder}: every file and the digest of the results are as the manifest says.")


def _open(database: Path, reachable: Any, options: dict[str, Any]) -> Audit:
    from analyser.audit import Audit

    return Audit(
        database,
        memory_limit=options.get("memory_limit", "4GB"),
        threads=options.get("threads"),
        reachable=reachable,
        progress=Progress(options.get("quiet", False)),
    )


def _assess(audit: Audit, case: str, options: dict[str, Any]) -> None:
    day: datetime.datetime | None = options["as_of"]
    audit.assess(options["scheme"], policy=options["policy"], as_of=day.date() if day else None, case=case)


def _existing(database: Path) -> Path:
    if not database.is_file():
        raise AnalyserError(f"{database}: there is no such audit database; make it with analyser ingest or run.")
    return database


def _remove(database: Path) -> None:
    database.unlink(missing_ok=True)
    database.with_name(database.name + ".wal").unlink(missing_ok=True)


def _ledger(audit: Audit, unread: list[str]) -> None:
    sql = "SELECT file, rows_read, rows_stored, rows_duplicate, rows_rejected, naive_count, extra_columns FROM ingest_ledger ORDER BY file_id"
    for row in audit.results.rows(sql):
        line = "{file}: read {rows_read:,} = stored {rows_stored:,} + duplicate {rows_duplicate:,} + rejected {rows_rejected:,}"
        click.echo(line.format(**row))
        if row["naive_count"]:
            click.echo(f"  {row['naive_count']:,} times without an offset were read as Hong Kong time.")
        if row["extra_columns"]:
            click.echo(f"  columns not used: {row['extra_columns']}")
    for sentence in unread:
        click.echo(sentence, err=True)


def _summary(audit: Audit, quiet: bool, unread: list[str]) -> int:
    ((breaches,),) = audit.connection.execute("SELECT count(*) FROM findings WHERE tier = 'breach'").fetchall()
    if not quiet:
        _ledger(audit, unread)
        click.echo("")
        sql = "SELECT status, count(*) AS n, sum(credited_minutes) / 60 AS hours FROM credits GROUP BY ALL ORDER BY 1"
        for row in audit.results.rows(sql):
            click.echo(f"{row['status']:<12} {row['n']:>8,} rows {row['hours'] or 0:>10,.1f} h")
        click.echo(f"{'findings':<12} {breaches:>8,} breaches")
    return int(breaches)


def _finish(fail_on: str | None, breaches: int) -> None:
    if fail_on and breaches:
        sys.exit(3)


def main() -> None:
    """Run the command line; every failure is one plain sentence."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("Stopped. What was committed is kept; run the command again to go on.", err=True)
        sys.exit(130)
    except AnalyserError as error:
        click.echo(f"analyser: {error}", err=True)
        sys.exit(1)
    except Exception as error:
        if os.environ.get("ANALYSER_DEBUG"):
            raise
        click.echo(f"analyser: {_plain(error)}", err=True)
        sys.exit(1)


def _plain(error: Exception) -> str:
    name, text = type(error).__name__, (str(error).splitlines() or [""])[0][:300]
    if name == "OutOfMemoryException":
        return "the work did not fit; raise --memory-limit or free disk space for spilling, then run again."
    if isinstance(error, OSError):
        return f"{error.filename or ''}: {error.strerror}; check the folder and its permissions."
    return f"unexpected {name} ({text}); set ANALYSER_DEBUG=1 to see where, and report it."
