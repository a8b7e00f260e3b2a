"""The events behind one credit row: what is missing, its attempts, its checks and its time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyser.report.query import ask

if TYPE_CHECKING:
    from analyser.results import Results

Row = dict[str, Any]


@dataclass(frozen=True)
class Behind:
    """What the rules looked at for one credit row.

    Attributes:
        approval: the register row in force at the credit date: number, first and last day.
        attempts: its submissions in time order, each with score, pass mark used and source line.
        missing: ids of requirements without a completion; an empty one is the module as a whole.
        strange: ids of completions that the list of contents lacks.
        completion: the event that met the last requirement; empty without one.
        checks: identity checks passed in its sessions.
        spans: its time, run by run, lengths in microseconds.
        elsewhere: time of its sessions that belongs to other modules or to none, in microseconds.
        clips: clips of unknown length that were cut at the longest time allowed.
    """

    approval: Row
    attempts: list[Row]
    missing: list[str]
    strange: list[str]
    completion: Row
    checks: list[Row]
    spans: list[Row]
    elsewhere: list[Row]
    clips: list[Row]

    def passing(self, attempt_id: str | None) -> Row | None:
        """The attempt that a row was passed with."""
        return next((row for row in self.attempts if row["attempt_id"] == attempt_id), None)


def behind_of(again: Results, row: Row) -> Behind | None:
    """What lies behind a credit row; None if what was made again is not what was written.

    Args:
        again: the relations of the row's participant (see `analyser.engines.again`).
        row: the row of `credits`.
    """
    names = ("activity_id", "module_id", "started_at", "completed_at", "passed_at", "passing_attempt_id",
             "login_s", "active_s")  # fmt: skip
    found = ask(again, "behind_row", [row[name] for name in names])
    if len(found) != 1:
        return None
    place = {"oid": str(found[0]["oid"]), "row_no": str(found[0]["row_no"])}

    def rows(name: str) -> list[Row]:
        return ask(again, f"behind_{name}", **place)

    completion = rows("completion")
    return Behind(
        approval=found[0],
        attempts=rows("attempts"),
        missing=[one["object_id"] for one in rows("missing")],
        strange=[one["object_id"] for one in ask(again, "behind_strange", oid=place["oid"])],
        completion=completion[0] if completion else {},
        checks=rows("checks"),
        spans=rows("spans"),
        elsewhere=rows("elsewhere"),
        clips=rows("clips"),
    )
