"""The command line: one thin function per command."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import analyser
from analyser.cli.databases import existing, made_anew, reserved
from analyser.cli.options import options
from analyser.cli.output import Progress, count_breaches, show_ledger, show_summary, where_to_read
from analyser.cli.qualifications import qualifications
from analyser.errors import AnalyserError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from analyser.audit import Audit


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
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where reports go. Default: reports/<case name>/.",
)
@click.option(
    "--db",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Audit database to add to. Default: a new one inside the report folder.",
)
@options(
    "mapping", "scheme", "policy", "as_of", "engine", "memory_limit", "threads", "lang", "pages", "fail_on",
    "quiet",
)  # fmt: skip
def run(
    case: Path,
    out: Path | None,
    db: Path | None,
    mapping: Path | None,
    lang: str,
    pages: int | None,
    fail_on: str | None,
    **settings: Any,
) -> None:
    """Ingest the case folder CASE, assess it and write every report.

    \b
    analyser run sample_data/case
    analyser run cases/2026-q3 --as-of 2026-09-30 --policy strict.toml --fail-on breach
    """
    from analyser.ingest.source import find_case

    find_case(case)  # before anything is made on disk
    folder = out or Path("reports") / (case.resolve().name or "case")
    with (
        reserved(folder),
        nullcontext(db) if db else made_anew(folder / "audit.duckdb") as database,
        _open(database, [case], settings, folder) as audit,
    ):
        unread = audit.ingest([case], mapping=mapping)
        _assess(audit, case.resolve().name, settings)
        audit.report(folder, language=lang, participants=pages)
        breaches = count_breaches(audit)
        if not settings["quiet"]:
            show_ledger(audit, unread, lang)
            show_summary(audit, lang)
    if not settings["quiet"]:
        click.echo("\n" + where_to_read(folder, lang, "read_beside"))
    _finish(fail_on, breaches)


@cli.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "export_format", help="Read the files as this export format (see analyser formats)."
)
@options("mapping", "db", "memory_limit", "threads", "lang", "quiet")
def ingest(
    sources: tuple[Path, ...], db: Path, export_format: str | None, mapping: Path | None, **settings: Any
) -> None:
    """Add exports, registers or case folders to an audit database. Safe to repeat, safe to kill.

    \b
    analyser ingest events-2026-08.csv.gz activities.csv --db audit.duckdb
    analyser ingest tracking.log.gz --format openedx --db audit.duckdb
    analyser ingest export.csv --mapping our-lms.toml --db audit.duckdb
    """
    with _open(db, sources, settings) as audit:
        unread = audit.ingest(sources, export_format=export_format, mapping=mapping)
        if not settings["quiet"]:
            show_ledger(audit, unread, settings["lang"])


@cli.command()
@options(
    "db", "scheme", "policy", "as_of", "anew", "engine", "memory_limit", "threads", "lang", "fail_on", "quiet"
)
def assess(db: Path, fail_on: str | None, **settings: Any) -> None:
    """Apply the scheme's rules to what is in the database.

    After an earlier assessment by the same rules only participants with something new are looked at;
    the results are those of a whole run.

    \b
    analyser assess --db audit.duckdb --as-of 2026-09-30
    """
    with _open(existing(db), [], settings) as audit:
        _assess(audit, db.stem, settings)
        breaches = count_breaches(audit)
        if not settings["quiet"]:
            show_ledger(audit, [], settings["lang"])
            show_summary(audit, settings["lang"])
    _finish(fail_on, breaches)


@cli.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Where reports go."
)
@options("db", "memory_limit", "threads", "lang", "pages", "quiet")
def report(db: Path, out: Path, lang: str, pages: int | None, **settings: Any) -> None:
    """Write the reports from an assessed database.

    \b
    analyser report --db audit.duckdb --out reports/q3 --lang zh-Hant
    """
    with reserved(out), _open(existing(db), [], settings, out) as audit:
        audit.report(out, language=lang, participants=pages)
    if not settings["quiet"]:
        click.echo(where_to_read(out, lang, "read"))


@cli.command()
@click.argument("participant")
@click.argument("activity", required=False)
@click.argument("module", required=False)
@options("db", "memory_limit", "threads", "lang")
def explain(
    db: Path, participant: str, activity: str | None, module: str | None, lang: str, **settings: Any
) -> None:
    """Why this credit: clause by clause, interval by interval, with source file and line.

    \b
    analyser explain --db reports/case/audit.duckdb P0001
    analyser explain --db audit.duckdb P0001 A1 M2 --lang zh-Hant
    """
    with _open(existing(db), [], settings) as audit:
        for language in ("en", "zh-Hant") if lang == "both" else (lang,):
            click.echo(audit.explain(participant, activity, module, language))


@cli.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@options("mapping")
def formats(file: Path | None, mapping: Path | None) -> None:
    """The export formats it reads, or how FILE is recognised and understood.

    \b
    analyser formats
    analyser formats exports/tracking.log.gz
    analyser formats unknown.csv             proposes a mapping file, with its reasons
    """
    from analyser.formats import describe_file, formats_table
    from analyser.formats.mapping import load_mapping
    from analyser.report.text import plain

    changes = load_mapping(mapping) if mapping else None
    if file:
        for sentence in describe_file(file, changes):
            click.echo("\n".join(map(plain, sentence.splitlines())))
        return
    for name, what, how in formats_table():
        click.echo(f"{name:<16} {what}\n{'':<16} recognised by: {how}")


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--participants", type=click.IntRange(1), default=24, show_default=True, help="How many people."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same bytes.")
@click.option(
    "--events-format",
    type=click.Choice(["csv", "csv.gz", "parquet", "jsonl"]),
    default="csv",
    show_default=True,
    help="Format of the events.",
)
@click.option(
    "--event-files", type=click.IntRange(1), default=1, show_default=True, help="How many event files."
)
@click.option("--events", type=click.IntRange(1), help="At least this many events (people as needed).")
@click.option("--honest", is_flag=True, help="Plant no defects.")
@options("quiet")
def synth(
    folder: Path,
    participants: int,
    seed: int,
    events_format: str,
    event_files: int,
    events: int | None,
    honest: bool,
    quiet: bool,
) -> None:
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
        click.echo(
            f"{summary.events:,} events of {summary.participants:,} participants "
            f"in {summary.seconds:.1f} s: {folder}"
        )


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@options("quiet")
def verify(folder: Path, quiet: bool) -> None:
    """Re-check a written report pack: file hashes, and the digest of the results.

    \b
    analyser verify reports/case
    """
    from analyser.report.pack import verify_pack

    faults = verify_pack(folder)
    if faults:
        raise AnalyserError("\n".join(faults))
    if not quiet:
        click.echo(f"{folder}: every file and the digest of the results are as the manifest says.")


def _open(database: Path, inputs: Iterable[Path], settings: dict[str, Any], *outputs: Path) -> Audit:
    from analyser.audit import Audit
    from analyser.store import threads_for

    return Audit(
        database,
        memory_limit=settings["memory_limit"],
        threads=settings["threads"] or threads_for([*inputs, database]),
        reachable=[*inputs, *outputs],
        progress=Progress(settings.get("quiet", False)),
    )


def _assess(audit: Audit, case: str, settings: dict[str, Any]) -> None:
    day: datetime.datetime | None = settings["as_of"]
    audit.assess(
        settings["scheme"],
        policy=settings["policy"],
        as_of=day.date() if day else None,
        case=case,
        anew=settings.get("anew", False),
        engine=settings["engine"],
    )


def _finish(fail_on: str | None, breaches: int) -> None:
    if fail_on and breaches:
        sys.exit(3)


cli.add_command(qualifications)
