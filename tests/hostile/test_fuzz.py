"""Damaged files never crash the readers, never hang them and never lose a line without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.fuzz import FORMATS, fuzz, fuzz_parsing

if TYPE_CHECKING:
    from pathlib import Path

# The full number is for the command line: see `tests.hostile.fuzz`.
FILES, LOADED, SEED = 200, 8, 7


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_files(name: str, tmp_path: Path) -> None:
    outcome = fuzz_parsing(name, FILES, SEED, tmp_path)
    assert outcome.refused + outcome.told + outcome.clean == FILES
    assert outcome.refused + outcome.told > 0


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_files_by_every_way_of_reading(name: str, tmp_path: Path) -> None:
    outcome = fuzz(name, LOADED, SEED, tmp_path)
    assert outcome.refused + outcome.told + outcome.clean == LOADED
