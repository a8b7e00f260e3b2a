"""Formats are recognised by what is in a file, never by its name alone."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from analyser.audit import Audit
from analyser.errors import InputError
from analyser.formats import describe_file, formats_table
from analyser.formats.recognise import FORMATS, recognise
from analyser.schema.inputs import INPUTS, VOCABULARY

from .support import case, ingest, json_lines, ledger
from .test_moodle_log import dump
from .test_openedx import new, old

if TYPE_CHECKING:
    from pathlib import Path

CANONICAL = "timestamp,participant_id,event\n2026-03-01T09:00:00Z,anna,login\n"
MOODLE = dump({"eventname": r"\core\event\user_loggedin"})
EDX = json_lines(old("seq_next"))


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.log", "a", "tracking.log-20170502-1493709421"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CANONICAL, "events"),
        (json_lines({"timestamp": "2026-03-01T09:00:00Z", "participant_id": "a", "event": "x"}), "events"),
        (MOODLE, "moodle-log"),
        (json_lines({"eventname": "x", "userid": 1, "timecreated": 1}), "moodle-log"),
        (EDX, "openedx"),
        (json_lines(new("play_video", {})), "openedx"),
        ("2026-03-01 01:02:03 INFO x - " + EDX, "openedx"),
        ("# comment\n\n" + EDX[:-5] + "\n" + EDX * 3, "openedx"),
    ],
)
def test_any_name(tmp_path: Path, name: str, text: str, expected: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    found = recognise(path, name)
    assert found.format.name == expected
    assert all(reason.endswith(".") for reason in found.reasons)
    packed = tmp_path / f"{name}.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    assert recognise(packed, name).format.name == expected


def test_a_long_first_line(tmp_path: Path) -> None:
    path = tmp_path / "x.log"
    path.write_text(json_lines(old("problem_graded", {"html": "x" * 200_000})))
    assert recognise(path, "x.log").format.name == "openedx"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (b"", "the file is empty"),
        (b"a,b\n1,2\n", "the format is not recognised"),
        (b'{"a": 1}\n', "JSON objects with a;"),
        (b"Time,User full name,Event context,Component,Event name\n", "mdl_logstore_standard_log instead"),
        (b"eventname;userid;timecreated\n", "not separated by commas"),
        (b"\xff\xfea\0,\0b\0", "UTF-16"),
        (gzip.compress(b"x", mtime=0), "give its name the ending .gz"),
        (b"PAR1nonsense", "cannot be read as Parquet"),
        (bytes(range(256)), "the format is not recognised"),
    ],
)
def test_what_is_not_recognised_is_one_clear_sentence(tmp_path: Path, text: bytes, part: str) -> None:
    path = tmp_path / "strange.dat"
    path.write_bytes(text)
    with pytest.raises(InputError) as error:
        recognise(path, "strange.dat")
    assert str(error.value).startswith("strange.dat: ")
    assert part in str(error.value)
    assert "\n" not in str(error.value)


def test_an_export_format_by_name(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(MOODLE)
    assert ledger(ingest(path, export_format="moodle-log"))[0][1] == "moodle-log"
    with pytest.raises(InputError, match="looked for Open edX"):
        ingest(path, export_format="openedx")
    with pytest.raises(InputError, match="there is no such format; choose one of events, moodle-log, "):
        ingest(path, export_format="blackboard")


def test_exports_beside_events(tmp_path: Path) -> None:
    case(tmp_path, "edx.log", EDX)
    case(tmp_path, "more.csv", CANONICAL)
    (tmp_path / "case" / "events.csv").write_text(CANONICAL.replace("anna", "bo"))
    audit = Audit(None, reachable=[tmp_path], threads=1)
    audit.ingest([tmp_path / "case"])
    assert [(file, kind) for file, kind, *_ in ledger(audit)] == [
        ("events.csv", "csv"),
        ("exports/edx.log", "openedx"),
        ("exports/more.csv", "csv"),
    ]


def test_formats_are_described(tmp_path: Path) -> None:
    names = [name for name, _, _ in formats_table()]
    assert names[:2] == ["events", "moodle-log"]
    assert {
        "openedx",
        "xapi",
        "caliper",
        "scorm",
        "aicc",
        "moodle-report",
        "teams-report",
        "canvas-web-logs",
    } <= set(names)
    assert len(names) == len(set(names))
    path = tmp_path / "x.csv"
    path.write_text(MOODLE)
    sentences = describe_file(path)
    assert sentences[0] == "x.csv: recognised as moodle-log (Moodle standard log)."
    assert any(sentence.startswith("participant_id <- userid") for sentence in sentences)
    assert sentences[-1].startswith("Left out: id, component,")
    log = tmp_path / "tracking.log-1"
    log.write_text("2026-03-01 INFO x - " + EDX)
    sentences = describe_file(log)
    assert sentences[2] == "The objects stand after a logger's prefix, which is cut off."
    assert any(sentence.startswith("activity_id <- context.course_id") for sentence in sentences)
    assert sentences[-1].startswith("Left out: accept_language,")


def test_every_word_of_the_tables_is_of_the_vocabulary() -> None:
    for entry in FORMATS:
        table = entry.table
        for rule in [
            *table.get("event", []),
            *table.get("rule", []),
            *table.get("family", []),
            *table.get("path", []),
            *(row for row in table.get("row", []) if "word" in row),
        ]:
            assert {rule["word"], rule.get("otherwise", "view"), rule.get("server_word", "view")} <= set(
                VOCABULARY
            )
        names = [name for rule in table.get("event", []) for name in rule["names"]]
        assert len(names) == len(set(names))
        assert set(table["columns"]) <= set(INPUTS[table.get("table", "events")].names)
