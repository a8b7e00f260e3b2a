"""Mapping files: a format of one's own, changes to one of the program's, and every fault told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analyser.errors import InputError, PolicyError
from analyser.formats.mapping import load_mapping
from analyser.formats.mapping.spec import check
from analyser.formats.tables import FORMATS
from tests.commands import analyser

from .support import json_lines, ledger, rejects, rows
from .test_mapping_times import ONE
from .test_moodle_log import START, dump
from .tools import export, notes, scans, short

if TYPE_CHECKING:
    from pathlib import Path

OURS = """
name = "ours"
title = "our own system"
zone = "+08:00"
nulls = ["n/a"]
[columns]
timestamp = "When"
participant_id = { column = "Who", pattern = "^U([0-9]+)$", prefix = "P" }
event = "What"
activity_id = { any = ["Course", "Programme"] }
score = "Mark"
[[event]]
names = ["Signed on"]
word = "login"
[[rule]]
starts = ["Opened "]
word = "view"
[[refuse]]
when = { column = "Test", in = ["yes"] }
field = "Test"
reason = "is a trial"
"""
TABLE = (
    "When,Who,What,Course,Programme,Mark,Test\n"
    "2026-03-01 09:00:00,U7,Signed on,n/a,,,\n"
    "2026-03-01 09:01,U7,Opened page 1,C1,,,no\n"
    "2026-03-01T02:00:00Z,U7,Danced,,C2,1.5,\n"
    "2026-03-01 09:03:00,nobody,Danced,,C2,,\n"
    "2026-03-01 09:04:00,U8,Danced,,C2,,yes\n"
)


def test_a_format_of_ones_own(tmp_path: Path) -> None:
    audit = export(tmp_path, OURS, x__csv=TABLE)
    assert short(audit, "at", "participant_id", "kind", "word", "activity_id", "score") == [
        ("2026-03-01 01:00:00", "P7", "login", None, None, None),
        ("2026-03-01 01:01:00", "P7", "view", None, "C1", None),
        ("2026-03-01 02:00:00", "P7", "other", "Danced", "C2", 1.5),
    ]
    assert rejects(audit) == [(5, "participant_id is empty; every row needs it"), (6, "is a trial")]
    assert ledger(audit) == [("exports/x.csv", "ours", 5, 3, 0, 2)]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_other_separators_and_lines_above_the_names(tmp_path: Path, sign: str) -> None:
    text = "Report of March\n\n" + TABLE.replace(",", sign)
    audit = export(tmp_path, OURS, x__txt=text)
    assert len(rows(audit)) == 3
    assert [line for line, _ in rejects(audit)] == [7, 8]


def test_json_lines_with_objects_inside(tmp_path: Path) -> None:
    mapping = """
name = "ours"
title = "ours"
[columns]
timestamp = { column = "meta.at", unit = "milliseconds" }
participant_id = "who.id"
event = { text = "view" }
"""
    text = json_lines(
        {"meta": {"at": 1772326800123}, "who": {"id": 7}},
        {"meta": {"at": 0}, "who": {"id": 7}},
        {"meta": {"at": 1772326800124}},
        "{broken",
    )
    audit = export(tmp_path, mapping, x__jsonl=text)
    assert [(row["at_us"], row["participant_id"]) for row in rows(audit)] == [(1772326800123000, "7")]
    assert [line for line, _ in rejects(audit)] == [2, 3, 4]
    assert ledger(audit)[0][2:] == (4, 1, 0, 3)


def test_one_line_says_several_things(tmp_path: Path) -> None:
    mapping = """
name = "o"
title = "o"
[columns]
participant_id = "p"
[[row]]
timestamp = "start"
word = "login"
[[row]]
when = { column = "end", is = "present" }
timestamp = "end"
word = "logout"
"""
    text = "p,start,end\n1,2026-03-01 09:00:00,2026-03-01 10:00:00\n2,2026-03-01 09:00:00,\n3,bad,worse\n"
    audit = export(tmp_path, mapping, x__csv=text)
    assert short(audit, "participant_id", "kind") == [("1", "login"), ("1", "logout"), ("2", "login")]
    # Both rows of the line are counted, and both name it.
    assert [line for line, _ in rejects(audit)] == [4, 4]
    assert ledger(audit)[0][2:] == (5, 3, 0, 2)
    first = '[[row]]\ntimestamp = "start"'
    mapping = mapping.replace(first, first.replace("time", 'when = { column = "p", in = ["1"] }\ntime'))
    audit = export(tmp_path / "b", mapping, x__csv=text)
    assert rejects(audit)[0] == (3, "says nothing that happened, or a kind of record that is not read")


def test_scans_and_their_zone(tmp_path: Path) -> None:
    mapping = """
name = "door"
title = "our door"
table = "scans"
zone = "Z"
[columns]
timestamp = "at"
participant_id = "badge"
activity_id = { text = "EA-1" }
direction = { column = "way", values = { "1" = "in", "2" = "out" }, otherwise = "" }
"""
    text = "at,badge,way\n2026-03-01 01:00:00,B,1\n2026-03-01 02:00:00,B,2\n2026-03-01 02:00:00,B,3\n"
    audit = export(tmp_path, mapping, x__csv=text)
    assert scans(audit) == [
        ("2026-03-01 01:00:00", "B", "EA-1", "in"),
        ("2026-03-01 02:00:00", "B", "EA-1", "out"),
    ]
    assert rejects(audit) == [(4, "direction is empty; every row needs it")]


def test_words_of_a_known_format_can_be_changed(tmp_path: Path) -> None:
    log = dump(
        {"eventname": r"\core\event\course_viewed"},
        {"eventname": r"\mod_x\event\danced", "timecreated": str(START + 1)},
    )
    assert short(export(tmp_path, None, x__csv=log), "kind") == [("view",), ("other",)]
    mapping = r"""
extends = 'moodle-log'
[[event]]
names = ['\mod_x\event\danced', '\core\event\course_viewed']
word = 'interact'
"""
    assert short(export(tmp_path / "b", mapping, x__csv=log), "kind") == [("interact",), ("interact",)]


def test_words_of_a_tracking_log_can_be_changed(tmp_path: Path) -> None:
    line = '{"username": "u", "event_type": "%s", "event_source": "browser", "time": "2026-03-01T01:0%d:00Z"}'
    log = "\n".join(
        line % (name, n) for n, name in enumerate(("own.danced", "seq_next", "own.sang", "/logout"))
    )
    before = [("other", "own.danced"), ("view", None), ("other", "own.sang"), ("logout", None)]
    assert short(export(tmp_path, None, x__log=log), "kind", "word") == before
    mapping = "extends = 'openedx'\n[[event]]\nnames = ['own.danced', 'view']\nword = 'interact'\n"
    after = [("interact", None), ("interact", None), *before[2:]]
    assert short(export(tmp_path / "b", mapping, x__log=log), "kind", "word") == after


def test_a_known_table_can_be_told_its_zone_and_order(tmp_path: Path) -> None:
    text = "Full Name\tUser Action\tTimestamp\nA B\tJoined\t11/4/2020, 9:50:12 AM\n"
    mapping = (
        'extends = "teams-list"\norder = "mdy"\nzone = "-05:00"\n[columns]\nactivity_id = { text = "EA-1" }\n'
    )
    assert scans(export(tmp_path, mapping, x__csv=text)) == [("2020-11-04 14:50:12", "A B", "EA-1", "in")]


def test_only_the_words_of_other_formats_can_be_changed(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text('extends = "openedx"\nzone = "Z"\n')
    with pytest.raises(PolicyError, match="only the words of events can be changed"):
        export(tmp_path, 'extends = "openedx"\nzone = "Z"\n', x__csv=TABLE)
    with pytest.raises(PolicyError, match="'klingon' is no format; choose one of"):
        export(tmp_path, 'extends = "klingon"\n', x__csv=TABLE)


def test_every_fault_of_a_mapping_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(
        'zone = "Mars"\norder = "ydm"\nfirst_day = "x"\ncolour = 1\nnulls = "x"\n'
        '[columns]\ntimestamp = { column = "a", any = ["b"] }\nparticipant = "p"\n'
        'response = { column = "a", pattern = "(a)(b)" }\n'
        '[[event]]\nnames = ["a"]\nword = "dance"\n[[event]]\nnames = ["a"]\nword = "view"\n'
        '[[refuse]]\nwhen = { column = "a", near = "b" }\n'
    )
    with pytest.raises(PolicyError) as error:
        load_mapping(path)
    told = str(error.value).splitlines()
    assert all(line.startswith(f"{path}: ") for line in told)
    parts = (
        "zone is 'Mars'", "order is 'ydm'", "first_day is 'x'", "colour is no key", "nulls must be",
        "exactly one of column", "participant is no column", "one pair of brackets", "'dance' is not",
        "stands in two entries", "near is no test", "needs a reason", "participant_id is missing",
    )  # fmt: skip
    for part in parts:
        assert any(part in line for line in told), part


def test_a_mapping_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    for content in (b"a = ", b"\xff", None):
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)
        with pytest.raises(PolicyError, match="cannot be read as TOML"):
            load_mapping(path)


def test_the_programs_own_tables_have_no_fault() -> None:
    import tomllib
    from pathlib import Path

    import analyser.formats.tables as tables

    files = sorted(Path(str(tables.__file__)).parent.glob("*.toml"))
    assert len(files) == len(FORMATS) >= 30
    for file in files:
        assert list(check(tomllib.loads(file.read_text(encoding="utf-8")))) == [], file.name


def test_a_column_that_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 1: column t stands there 2 times; keep one"):
        export(tmp_path, ONE, x__csv="t,p,e,t\n2026-03-01 09:00:00,1,view,x\n")


def test_whole_minutes_are_told(tmp_path: Path) -> None:
    audit = export(tmp_path, ONE, x__csv="t,p,e\n13/03/2026 09:00,1,view\n")
    assert notes(audit) == [
        "Dates are day/month/year: some day is above 12.",
        "Its times are whole minutes, so what happened within a minute has no order.",
    ]


def test_on_the_command_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ours.toml").write_text(OURS)
    (tmp_path / "case" / "exports").mkdir(parents=True)
    file = tmp_path / "case" / "exports" / "x.csv"
    file.write_text(TABLE)
    said = analyser(capfd, "formats", file, "--mapping", tmp_path / "ours.toml")
    assert said.out.startswith("x.csv: recognised as ours (our own system).")
    assert 'name = "our-lms"' in analyser(capfd, "formats", file).out
    answer = analyser(
        capfd, "run", tmp_path / "case", "--out", tmp_path / "out", "--mapping", tmp_path / "ours.toml"
    )
    assert answer.status == 0, answer
    assert "exports/x.csv: read 5 = stored 3 + duplicate 0 + rejected 2" in answer.out
    (tmp_path / "ours.toml").write_text("zone = 1")
    answer = analyser(capfd, "formats", file, "--mapping", tmp_path / "ours.toml")
    assert answer.status == 1
    assert "zone is 1" in answer.err
