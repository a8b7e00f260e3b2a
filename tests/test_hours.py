"""Hours of `periods`: exact where four decimal places hold them, else to the nearest."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from analyser.rulebook.scheme import load_scheme


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [
        (None, None),
        (0, "0"),
        (1, "0.0167"),
        (3, "0.05"),
        (20, "0.3333"),
        (30, "0.5"),
        (40, "0.6667"),
        (160, "2.6667"),
        (900, "15"),
    ],
)
def test_hours_of_minutes(minutes: int | None, hours: str | None) -> None:
    (macro,) = (m for m in load_scheme("ia-elearning").macros.split(";\n") if "MACRO hours(" in m)
    connection = duckdb.connect()
    connection.execute(macro)
    ((found,),) = connection.execute("SELECT hours(?)", [minutes]).fetchall()
    assert found == (None if hours is None else Decimal(hours))
