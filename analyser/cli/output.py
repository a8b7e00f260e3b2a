"""What the command line says."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from analyser.audit import Audit
    from analyser.report.shape import Shape
    from analyser.report.words import Words

# The files of a lake (in folders like day=2025-03-01) are one line together; the report has each.
_LEDGER = """
WITH told AS (
  SELECT *, regexp_replace(file, '(^|/)[\\w.-]+=[^/]*/.*$', '\\1') AS place, place = file AS is_plain
  FROM ingest_ledger)
SELECT CASE WHEN count(*) = 1 THEN min(file) ELSE place END AS file, count(*) AS file_count,
  sum(rows_read)::BIGINT AS rows_read, sum(rows_stored)::BIGINT AS rows_stored,
  sum(rows_duplicate)::BIGINT AS rows_duplicate, sum(rows_rejected)::BIGINT AS rows_rejected,
  sum(naive_count)::BIGINT AS naive_count,
  string_agg(DISTINCT nullif(extra_columns, ''), ', ' ORDER BY nullif(extra_columns, '')) AS extra_columns
FROM told GROUP BY place, table_name, CASE WHEN is_plain THEN file_id END ORDER BY min(file_id)"""
_STATUS = """
SELECT status, count(*) AS n, coalesce(sum({credit}), 0) AS credit
FROM credits GROUP BY ALL ORDER BY 1"""
_COUNTS = ("rows_read", "rows_stored", "rows_duplicate", "rows_rejected")


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


def show_ledger(audit: Audit, unread: list[str], language: str = "en") -> None:
    """One line per source file, and a sentence for each file left unread."""
    from analyser.results import Results

    words = _words(language)
    for row in Results(audit.connection).rows(_LEDGER):
        file = row["file"]
        if row["file_count"] > 1:
            file = words.plain("console.files", place=file, count=f"{row['file_count']:,}")
        counts = {name: f"{row[name]:,}" for name in _COUNTS}
        click.echo(words.plain("console.file", file=file, **counts))
        if row["naive_count"]:
            click.echo("  " + words.plain("console.naive", count=f"{row['naive_count']:,}"))
        if row["extra_columns"]:
            click.echo("  " + words.plain("console.unused", names=row["extra_columns"]))
    for sentence in unread:
        click.echo(" ".join(words.noted(sentence).values()), err=True)


def show_summary(audit: Audit, language: str = "en") -> None:
    """What was left out, rows and credit by status, and how many rules failed."""
    from analyser.report.shape import shape_of
    from analyser.report.words import Words

    click.echo("")
    info = audit.results.info
    shape = shape_of(info)
    if language == "zh-Hant":
        for line in _summary_in_chinese(audit, Words(language, shape.words), shape):
            click.echo(line)
        return
    if later := info["events"]["after_as_of"]:
        click.echo(
            f"{later:,} rows of the trail are later than the audit date {info['as_of']} and were left out."
        )
    if not info["events"]["stored"]:
        click.echo("The trail holds no row that can be used, so nothing could be assessed.")
    for row in audit.results.rows(_STATUS.format(credit=shape.credit)):
        total = f"{row['credit'] / 60:>10,.1f} h" if shape.is_time else f"{row['credit']:>10,} {shape.credit}"
        click.echo(f"{row['status']:<12} {row['n']:>8,} rows {total}")
    click.echo(f"{'findings':<12} {count_breaches(audit):>8,} breaches")


def _summary_in_chinese(audit: Audit, words: Words, shape: Shape) -> Iterator[str]:
    """The same lines; the columns of a terminal do not fit both scripts, so nothing is aligned."""
    info = audit.results.info
    if later := info["events"]["after_as_of"]:
        yield words.plain("console.later", count=f"{later:,}", day=info["as_of"])
    if not info["events"]["stored"]:
        yield words.plain("console.nothing")
    for row in audit.results.rows(_STATUS.format(credit=shape.credit)):
        credit = f"{row['credit'] / 60:,.1f}" if shape.is_time else f"{row['credit']:,}"
        unit = words.plain("totals.hours_unit" if shape.is_time else shape.unit)
        status = words.named("status", row["status"])["zh-Hant"]
        yield words.plain("console.status", status=status, count=f"{row['n']:,}", credit=f"{credit} {unit}")
    yield words.plain("console.breaches", count=f"{count_breaches(audit):,}")


def where_to_read(folder: Path, language: str, key: str) -> str:
    """The last line of a run."""
    return _words(language).plain(f"console.{key}", page=folder / "inspection_report.html")


def _words(language: str) -> Words:
    """Words of the console: English but where Chinese alone is asked for."""
    from analyser.report.words import Words

    return Words("zh-Hant" if language == "zh-Hant" else "en")


def count_breaches(audit: Audit) -> int:
    """Findings of a rule that failed."""
    rows = audit.results.rows("SELECT count(*) AS n FROM findings WHERE tier = 'breach'")
    return int(rows[0]["n"])
