"""The words: complete in both languages, and never an accusation."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import analyser.report
from analyser.report.text import clock, moment, number, plain, shortened
from analyser.report.words import Words
from analyser.schema.results import RESULTS

FOLDER = Path(analyser.report.__file__).parent
KEYS = sorted(Words("both").keys())


def raw(key: str) -> dict[str, str]:
    """A text by language with its places unfilled."""
    places = re.findall(r"{(\w+)}", str(Words("both").texts(key, **Everything())))
    assert not places
    return Words("both").texts(key, **Everything())


class Everything(dict[str, object]):
    """Fills any place."""

    def keys(self) -> list[str]:  # type: ignore[override]
        """Names that texts use."""
        return []


def places(text: str) -> set[str]:
    """Names of the places in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
