"""One trail in several formats is one case: the results have the same digest."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from analyser.report.digest import digest

from .support import ledger
from .tools import export
from .writers import SITE, WRITERS, Event, Writer, trail

if TYPE_CHECKING:
    from pathlib import Path

ACTIVITIES = "activity_id,title,approved_minutes,pass_mark\n36,A,60,50\n41,B,90,50\n"
ITEMS = "activity_id,object_id,kind,required\n36,cm/57,page,true\n36,cm/58,page,true\n41,cm/91,page,true\n"
# A statement names people by account; the register says who they are.
IDENTITIES = "system,system_id,participant_id\n" + "".join(
    f"xapi,{SITE}|{person},{person}\n" for person in range(101, 104)
)


def assessed(folder: Path, writer: Writer, events: list[Event]) -> tuple[str, int]:
    """The digest of a trail in a format, and how many credit rows it has."""
    registers = {
        "case_activities__csv": ACTIVITIES, "case_items__csv": ITEMS, "case_identities__csv": IDENTITIES,
    }  # fmt: skip
    audit = export(folder, None, x__dat=writer.write(events), **registers)
    (entry,) = [line for line in ledger(audit) if line[0].startswith("exports/")]
    assert entry[1] == writer.name
    assert entry[2] == entry[3] + entry[4] == len(events)
    audit.assess(as_of=datetime.date(2026, 11, 22))
    ((count,),) = audit.connection.execute("SELECT count(*) FROM credits").fetchall()
    return digest(audit.results), int(count)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("writer", WRITERS[1:], ids=lambda writer: writer.name)
def test_the_same_trail_gives_the_same_digest(tmp_path: Path, writer: Writer, seed: int) -> None:
    events = trail(seed, writer.words)
    expected, count = assessed(tmp_path / "canonical", WRITERS[0], events)
    assert count > 3
    assert assessed(tmp_path / "other", writer, events) == (expected, count)
    # A word less is another trail.
    assert assessed(tmp_path / "less", writer, events[:-1])[0] != expected


@pytest.mark.parametrize("seed", [3, 4])
def test_one_case_written_in_three_formats_has_one_digest(tmp_path: Path, seed: int) -> None:
    formats = {writer.name: writer for writer in WRITERS if writer.name in {"csv", "moodle-log", "xapi"}}
    events = trail(seed, frozenset.intersection(*(writer.words for writer in formats.values())))
    found = {name: assessed(tmp_path / name, writer, events) for name, writer in formats.items()}
    assert len(found) == 3
    assert len(set(found.values())) == 1
    assert found["xapi"][1] > 3
