"""What `analyser formats FILE` says of a table nobody knows can be used as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analyser.errors import InputError
from analyser.formats import describe_file

from .support import json_lines
from .tools import export, scans, short

if TYPE_CHECKING:
    from pathlib import Path

TABLE = (
    "Monthly report\n\nStaff ID,Staff name,Date and time,Action,Course code,IP\n"
    "U7,Chan,13/03/2026 09:00,User login,C1,1.1.1.1\nU7,Chan,13/03/2026 09:01,Viewed page,C1,1.1.1.1\n"
    "U7,Chan,13/03/2026 09:02,Danced,C1,1.1.1.1\n"
)


def proposal(path: Path, content: str) -> tuple[str, str]:
    """What is said, and the mapping in it."""
    path.write_text(content)
    said = "\n".join(describe_file(path))
    return said, said[said.index('name = "our-lms"') :]


def test_a_proposal_works_as_it_is(tmp_path: Path) -> None:
    said, mapping = proposal(tmp_path / "x.csv", TABLE)
    assert "the format is not recognised" in said
    assert "its values are dates and times" in said
    assert "# not used: Staff name" in said
    assert "the names of the columns stand on line 3" in said
    # People's data are not repeated; the system's own words are.
    assert "Chan" not in said
    assert "U7" not in said
    assert '"Viewed page"' in said
    audit = export(tmp_path, mapping, x__csv=TABLE)
    assert short(audit, "at", "participant_id", "kind", "word", "activity_id") == [
        ("2026-03-13 01:00:00", "U7", "login", None, "C1"),
        ("2026-03-13 01:01:00", "U7", "view", None, "C1"),
        ("2026-03-13 01:02:00", "U7", "other", "Danced", "C1"),
    ]


def test_counted_times_and_json(tmp_path: Path) -> None:
    text = json_lines({"ts": 1772326800, "user": "a", "verb": "opened", "x": 1})
    _, mapping = proposal(tmp_path / "x.jsonl", text)
    assert 'unit = "seconds"' in mapping
    assert short(export(tmp_path, mapping, x__jsonl=text), "at", "participant_id", "kind") == [
        ("2026-03-01 01:00:00", "a", "view")
    ]


def test_doors(tmp_path: Path) -> None:
    text = "when?;badge holder;reader\n2026-03-01 09:00:00;7;Door in\n2026-03-01 10:00:00;7;Door out\n"
    _, mapping = proposal(tmp_path / "x.csv", text.replace("badge holder", "employee"))
    assert 'table = "scans"' in mapping
    assert "no column names it; put its id here" in mapping
    audit = export(tmp_path, mapping, x__csv=text.replace("badge holder", "employee"))
    assert [(who, way) for _, who, _, way in scans(audit)] == [("7", "in"), ("7", "out")]


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n", "just a letter\n", "time,colour\n2026-03-01 09:00:00,red\n", ""]
)
def test_what_is_no_log_gets_no_proposal(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text)
    with pytest.raises(InputError):
        describe_file(path)


def test_names_cannot_break_out_of_the_file(tmp_path: Path) -> None:
    text = 'time,user,"act""ion\\ ] #",event\n2026-03-01 09:00:00,7,x,"lo""gin\\"\n'
    _, mapping = proposal(tmp_path / "x.csv", text)
    assert short(export(tmp_path, mapping, x__csv=text), "kind", "word") in (
        [("other", 'lo"gin\\')],
        [("login", None)],
    )
