"""What is planted, and what the scheme must say about it: `plants.toml` as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analyser.synth.catalogue import read_toml
from analyser.synth.script import IN_FORCE, UNSAID

TWO_FACTORS = ("password", "otp_sms")


@dataclass(frozen=True)
class Plant:
    """One planted story.

    `codes`: the findings that must be there; `status` and `minutes`: of the row of `unit`.
    `person`: the codes are about the person's session, not about a row. `seconds`: active learning
    time (none: a little more than required). `papers`: `pass`, `fail`, `pass:3` (a retake with
    three new questions). `alone`: nothing else is done by this person, so that the dates stay where
    they are.
    """

    name: str
    why: str
    unit: str = "A08"
    status: str = "awarded"
    codes: tuple[str, ...] = ()
    minutes: int = IN_FORCE
    person: bool = False
    seconds: tuple[float, float] | None = None
    factors: tuple[str, ...] = TWO_FACTORS
    factor_gap: tuple[float, float] = (4, 20)
    late_factor: bool = False
    warned: bool = True
    checks: int | None = None
    papers: tuple[str, ...] = ("pass",)
    ends: str = "logout"
    body: str = "plain"
    word: str = ""
    window: tuple[str, str] | None = None
    anchor: tuple[str, int] | None = None
    flaw: str = ""
    twice: bool = False

    @property
    def alone(self) -> bool:
        """Whether the person does nothing else."""
        return self.anchor is not None


def _plant(row: dict[str, Any]) -> Plant:
    """One plant; TOML knows no tuples."""
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    if values.get("minutes") == "unsaid":
        values["minutes"] = UNSAID
    return Plant(**values)


PLANTS = tuple(_plant(row) for row in read_toml("plants.toml")["plant"])
