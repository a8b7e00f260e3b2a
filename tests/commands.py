"""Runs the command line inside the test's own process."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from unittest import mock

import pytest

from analyser.cli import main


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one sentence on standard error, beside lines of progress."""
        (line,) = [line for line in self.err.splitlines() if not line.startswith("  ")]
        return line


def analyser(capfd: pytest.CaptureFixture[str], *words: object) -> Answer:
    """Run `analyser` with some words; what was captured before is dropped."""
    capfd.readouterr()
    status = 0
    with mock.patch.object(sys, "argv", ["analyser", *map(str, words)]):
        try:
            main()
        except SystemExit as stop:
            status = int(stop.code or 0)
    captured = capfd.readouterr()
    return Answer(status, captured.out, captured.err)
