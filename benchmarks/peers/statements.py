"""The computation as SQL, for the engines that speak it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

RESULT = "learned"


class Statement(NamedTuple):
    """One step: the name it gives its rows, the query, and whether more than one step reads them."""

    name: str
    sql: str
    is_reused: bool


def statements(*, events: str, micros: str, bucket: str) -> list[Statement]:
    """The steps in order, the last one named `RESULT`.

    Args:
        events: what stands after FROM for the events.
        micros: microseconds since 1970 of the column ``timestamp``.
        bucket: the number of the bucket in which ``at_us`` lies.
    """
    text = Path(__file__).with_name("time.sql").read_text(encoding="utf-8")
    text = text.replace("{events}", events).replace("{micros}", micros).replace("{bucket}", bucket)
    steps = [step.strip() for step in text.split(";\n") if step.strip()]
    return [
        Statement(step.removeprefix("-- ").partition(":")[0], step, "\n-- read twice" in step)
        for step in steps
    ]
