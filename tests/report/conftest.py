"""Databases for the tests of the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .database import database

if TYPE_CHECKING:
    from analyser.results import Results


@pytest.fixture
def results() -> Results:
    """The sample case, assessed."""
    return database()


@pytest.fixture
def empty() -> Results:
    """A case in which nothing happened: every table is there and has no row."""
    return database({}, {}, has_registers=False, has_marks=False)
