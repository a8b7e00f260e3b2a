"""The command line; `main` turns every failure into one plain sentence."""

from __future__ import annotations

import os
import sys

import click

from analyser.cli.commands import cli
from analyser.errors import AnalyserError

__all__ = ["cli", "main"]


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
