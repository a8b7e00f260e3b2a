"""The register `identities`: which participant a learning system's id is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analyser.audit import Audit
from analyser.errors import InputError

from .support import rows
from .test_attendance import TEAMS
from .test_moodle_log import START, dump
from .tools import export, scans

if TYPE_CHECKING:
    from pathlib import Path

LOG = dump(
    {"eventname": r"\core\event\course_viewed"},
    {
        "eventname": r"\core\event\course_viewed",
        "userid": "8",
        "timecreated": str(START + 1),
        "realuserid": "7",
    },
)
KNOWN = (
    "system,system_id,participant_id\nmoodle,7,P7\nteams-report,a@example.org,P7\n,8,P8\nmoodle-log,8,P88\n"
)


def people(audit: Audit) -> list[tuple[str, str | None]]:
    return [(row["participant_id"], row["actor_id"]) for row in rows(audit)]


def test_ids_become_participants(tmp_path: Path) -> None:
    events = "timestamp,participant_id,event\n2026-03-01T09:00:00Z,7,view\n"
    audit = export(
        tmp_path, None, log__csv=LOG, teams__csv=TEAMS, case_identities__csv=KNOWN, case_events__csv=events
    )
    # What says more about the system counts before what says less; the case's own events name participants.
    assert people(audit) == [("7", None), ("P7", None), ("P88", "P7")]
    assert [scan[1] for scan in scans(audit)] == ["P7"] * 4 + ["Guest"]


def test_a_later_register_is_applied_to_what_was_handed_over(tmp_path: Path) -> None:
    audit = export(tmp_path, None, log__csv=LOG)
    numbers = audit.connection.execute("SELECT rowid, at_us FROM event ORDER BY rowid").fetchall()
    assert people(audit) == [("7", None), ("8", "7")]
    register = tmp_path / "identities.csv"
    for text, expected in (
        ("moodle,7,P7\n", [("P7", None), ("8", "P7")]),
        ("moodle,8,P8\nmoodle,P7,P9\n", [("P7", None), ("P8", "P7")]),
    ):
        register.write_text("system,system_id,participant_id\n" + text)
        audit.ingest([register])
        audit.ingest([register])
        assert people(audit) == expected
    # Row numbers are evidence and stay.
    assert audit.connection.execute("SELECT rowid, at_us FROM event ORDER BY rowid").fetchall() == numbers


def test_one_id_of_two_participants_is_refused(tmp_path: Path) -> None:
    table = "system,system_id,participant_id\nmoodle,7,P7\nmoodle,7,P8\n"
    with pytest.raises(InputError, match="one id of the system moodle belongs to two participants"):
        export(tmp_path, None, log__csv=LOG, case_identities__csv=table)


def test_two_systems_of_one_person_are_one_record(tmp_path: Path) -> None:
    """Equal acts told under two ids of one participant are duplicates."""
    other = dump({"eventname": r"\core\event\course_viewed", "userid": "70"})
    table = "system,system_id,participant_id\nmoodle,7,P7\nmoodle,70,P7\n"
    audit = export(tmp_path, None, log__csv=dump({"eventname": r"\core\event\course_viewed"}), b__csv=other,
                   case_identities__csv=table)  # fmt: skip
    found = audit.connection.execute("SELECT sum(rows_stored)::INT, sum(rows_duplicate)::INT "
                                     "FROM ingest_ledger "
                                     "WHERE table_name = 'events'").fetchall()  # fmt: skip
    assert found == [(1, 1)]
