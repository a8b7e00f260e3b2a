"""Broken files of every format, a few of each; `python -m tests.formats.fuzz` runs the full number."""

from __future__ import annotations

import pytest

from analyser.formats.tables import FORMATS

from .fuzz import run
from .seeds import SEEDS, Seed

COUNT, NUMBER = 6, 7
REFUSED = {"d2l-course-access", "totara-seminar", "zoom-totals"}


def test_every_table_has_a_seed() -> None:
    named = {seed.name.split(" ")[0] for seed in SEEDS}
    assert {entry.name for entry in FORMATS} <= named


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_broken_files_end_in_a_sentence_or_a_full_account(seed: Seed) -> None:
    ends = run(seed, COUNT, NUMBER)
    assert ends.total() == COUNT
    assert set(ends) <= {"read", "refused", "refused for what it is"}
    # Most of what is broken a little is still what it was, and goes the whole way.
    assert ends["refused for what it is" if seed.name in REFUSED else "read"] > 0


def test_formats_without_times_are_the_ones_that_are_refused() -> None:
    assert {entry.name for entry in FORMATS if "refused" in entry.table} == REFUSED
