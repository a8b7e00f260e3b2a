"""The command line; `main` turns every failure into one plain sentence."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from analyser.cli.commands import cli
from analyser.errors import AnalyserError

__all__ = ["cli", "main"]


def main() -> None:
    """Run the command line; every failure is one plain sentence."""
    try:
        cli.main(prog_name="analyser", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        _stop()
    except AnalyserError as error:
        from analyser.report.text import plain

        # A name in a sentence may hold codes that a terminal obeys.
        click.echo("analyser: " + "\n".join(map(plain, str(error).splitlines())), err=True)
        sys.exit(1)
    except Exception as error:
        # This is how a running query answers Ctrl-C.
        if str(error) == "Query interrupted":
            _stop()
        if os.environ.get("ANALYSER_DEBUG"):
            raise
        click.echo(f"analyser: {_plain(error)}", err=True)
        sys.exit(1)


def _stop() -> NoReturn:
    click.echo("Stopped. What was committed is kept; run the command again to go on.", err=True)
    sys.exit(130)


def _plain(error: Exception) -> str:
    # The text of an unexpected error may quote the data, so only its kind is told.
    name = type(error).__name__
    if name == "OutOfMemoryException":
        return "the work did not fit; raise --memory-limit or free disk space for spilling, then run again."
    if "No space left" in str(error) or "File too large" in str(error):
        return "the disk is full; free some space and run again."
    if isinstance(error, OSError):
        return f"{error.filename or ''}: {error.strerror}; check the folder and its permissions."
    return f"unexpected {name}; set ANALYSER_DEBUG=1 to see where, and report it."
