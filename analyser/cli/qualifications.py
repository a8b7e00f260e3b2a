"""Commands about recognised qualifications."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analyser.cli.databases import reserved
from analyser.cli.options import options
from analyser.cli.output import Progress, count_breaches, show_ledger, show_summary
from analyser.errors import AnalyserError
from analyser.schemes.checklist import checklist, kinds

if TYPE_CHECKING:
    import datetime

SCHEME = "recognised-qualifications"


@click.group()
def qualifications() -> None:
    """Qualifications recognised by assessment: check claims, prepare an upload to the register.

    \b
    analyser qualifications check sample_data/claims.csv
    analyser qualifications upload-checklist --operator new
    """


@qualifications.command()
@click.argument("claims", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where reports go. Default: reports/<file name>/.",
)
@options("policy", "as_of", "lang", "fail_on", "quiet")
def check(
    claims: Path,
    out: Path | None,
    policy: Path | None,
    as_of: datetime.datetime | None,
    lang: str,
    fail_on: str | None,
    quiet: bool,
) -> None:
    """Check the claims of a table against the lists of appointed agencies and of qualifications.

    CLAIMS is a CSV, Parquet or JSON lines file with the columns holder, agency, mechanism, industry, class,
    qualification, level and award_date.

    \b
    analyser qualifications check sample_data/claims.csv --as-of 2026-11-22 --out reports/claims
    """
    from analyser.audit import Audit

    if not claims.is_file():
        raise AnalyserError(f"{claims}: there is no such file; name a table of claims.")
    folder = out or Path("reports") / claims.name.partition(".")[0]
    with reserved(folder), Audit(reachable=[claims, folder], progress=Progress(quiet)) as audit:
        unread = audit.ingest([claims], table="claims")
        audit.assess(SCHEME, policy=policy, as_of=as_of.date() if as_of else None, case=claims.stem)
        audit.report(folder, language=lang)
        breaches = count_breaches(audit)
        if not quiet:
            show_ledger(audit, unread)
            show_summary(audit)
            click.echo(f"\nRead {folder / 'inspection_report.html'} in a browser.")
    if fail_on and breaches:
        sys.exit(3)


@qualifications.command("upload-checklist")
@click.option(
    "--operator", type=click.Choice(kinds()), default="new", show_default=True, help="Kind of operator."
)
@options("lang")
def upload_checklist(operator: str, **settings: Any) -> None:
    """What is needed to put a qualification on the Qualifications Register.

    \b
    analyser qualifications upload-checklist --operator existing --lang en
    """
    for line in checklist(operator, settings["lang"]):
        click.echo(line)
