"""Moodle's log table: what each kind of row becomes."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from .support import Row, case, json_lines, ledger, rejects, rows

if TYPE_CHECKING:
    from pathlib import Path

HEADER = (
    "id", "eventname", "component", "action", "target", "objecttable", "objectid", "crud", "edulevel",
    "contextid", "contextlevel", "contextinstanceid", "userid", "courseid", "relateduserid", "anonymous",
    "other", "timecreated", "origin", "ip", "realuserid",
)  # fmt: skip
START = 1_700_000_000
BASE: Row = {"userid": "7", "courseid": "3", "timecreated": str(START), "origin": "web", "ip": "10.0.0.1"}


def dump(*entries: Row, header: tuple[str, ...] = HEADER, null: str = "NULL") -> str:
    """A table dump; columns an entry leaves out are null."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for entry in entries:
        full = {**BASE, **entry}
        writer.writerow([full.get(name, null) for name in header])
    return out.getvalue()


def one(tmp_path: Path, **entry: str) -> Row:
    audit = case(tmp_path, "log.csv", dump(entry))
    assert rejects(audit) == []
    (row,) = rows(audit)
    return row


def test_login_and_logout(tmp_path: Path) -> None:
    audit = case(
        tmp_path,
        "mdl_logstore.csv",
        dump(
            {"eventname": r"\core\event\user_loggedin", "courseid": "0"},
            {"eventname": r"\core\event\user_loggedout", "courseid": "1", "timecreated": str(START + 60)},
        ),
    )
    first, last = rows(audit)
    assert (first["kind"], last["kind"]) == ("login", "logout")
    assert (first["at_us"], last["at_us"]) == (START * 1_000_000, (START + 60) * 1_000_000)
    assert first["participant_id"] == "7"
    assert (first["activity_id"], last["activity_id"]) == (None, None)  # the site itself is no activity
    assert (first["ip"], first["session_id"]) == ("10.0.0.1", None)
    assert ledger(audit) == [("exports/mdl_logstore.csv", "moodle-log", 2, 2, 0, 0)]


def test_a_course_module_is_named_by_its_number(tmp_path: Path) -> None:
    row = one(
        tmp_path, eventname=r"\mod_page\event\course_module_viewed", contextlevel="70",
        contextinstanceid="57", objecttable="page", objectid="4",
    )  # fmt: skip
    assert (row["kind"], row["activity_id"], row["module_id"], row["object_id"]) == (
        "view",
        "3",
        None,
        "cm/57",
    )


def test_other_objects_carry_their_table(tmp_path: Path) -> None:
    row = one(
        tmp_path, eventname=r"\core\event\badge_viewed", objecttable="badge", objectid="9", contextlevel="50"
    )
    assert (row["kind"], row["object_id"]) == ("view", "badge/9")


def test_quiz_attempt_belongs_to_the_learner(tmp_path: Path) -> None:
    row = one(tmp_path, eventname=r"\mod_quiz\event\attempt_started", relateduserid="7", objectid="88")
    assert (row["kind"], row["participant_id"], row["attempt_id"]) == ("assessment_start", "7", "88")
    assert (row["actor_id"], row["session_id"]) == (None, None)


def test_scheduler_submits_for_the_learner(tmp_path: Path) -> None:
    row = one(
        tmp_path, eventname=r"\mod_quiz\event\attempt_submitted", userid="2", relateduserid="7",
        objectid="88", origin="cli",
    )  # fmt: skip
    assert (row["kind"], row["participant_id"], row["actor_id"]) == ("assessment_submit", "7", None)
    # Of a sitting of its own, so that it cannot lengthen the learner's.
    assert row["session_id"] == f"system/{START}"


def test_a_colleague_submits_for_the_learner(tmp_path: Path) -> None:
    row = one(
        tmp_path, eventname=r"\mod_quiz\event\attempt_submitted", userid="2", relateduserid="7", objectid="88"
    )
    assert (row["participant_id"], row["actor_id"]) == ("7", "2")


def test_who_looks_at_an_attempt_is_the_participant(tmp_path: Path) -> None:
    row = one(
        tmp_path, eventname=r"\mod_quiz\event\attempt_reviewed", userid="2", relateduserid="7", objectid="88"
    )
    assert (row["kind"], row["participant_id"], row["actor_id"], row["attempt_id"]) == (
        "view",
        "2",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("other", "kind", "actor"),
    [
        ('a:3:{s:13:"relateduserid";i:7;s:10:"overrideby";N;s:15:"completionstate";i:1;}', "complete", None),
        ('a:3:{s:13:"relateduserid";i:7;s:10:"overrideby";N;s:15:"completionstate";i:2;}', "complete", None),
        ('a:3:{s:13:"relateduserid";i:7;s:10:"overrideby";i:2;s:15:"completionstate";i:1;}', "complete", "2"),
        ('a:3:{s:13:"relateduserid";i:7;s:10:"overrideby";N;s:15:"completionstate";i:0;}', "interact", None),
        ('{"relateduserid":7,"overrideby":null,"completionstate":3}', "interact", None),
        ('{"relateduserid":7,"overrideby":"2","completionstate":"1"}', "complete", "2"),
        ("NULL", "interact", None),
    ],
)
def test_completion_needs_a_complete_state(tmp_path: Path, other: str, kind: str, actor: str | None) -> None:
    row = one(
        tmp_path, eventname=r"\core\event\course_module_completion_updated", relateduserid="7", other=other,
        contextlevel="70", contextinstanceid="57",
    )  # fmt: skip
    assert (row["kind"], row["actor_id"], row["object_id"]) == (kind, actor, "cm/57")


def test_course_completed_is_about_the_whole_course(tmp_path: Path) -> None:
    row = one(
        tmp_path, eventname=r"\core\event\course_completed", relateduserid="7", userid="2", origin="cli",
        objecttable="course_completions", objectid="5",
    )  # fmt: skip
    assert (row["kind"], row["participant_id"], row["object_id"]) == ("complete", "7", None)


def test_logged_in_as_names_who_really_acted(tmp_path: Path) -> None:
    row = one(tmp_path, eventname=r"\mod_page\event\course_module_viewed", realuserid="2")
    assert (row["participant_id"], row["actor_id"]) == ("7", "2")
    row = one(tmp_path / "as", eventname=r"\core\event\user_loggedinas", userid="2", relateduserid="7")
    assert (row["kind"], row["participant_id"], row["actor_id"]) == ("login", "7", "2")


@pytest.mark.parametrize(
    ("event", "other", "expected"),
    [
        ("user_passed_mfa", '{"userid":7,"debug":"<br> Factor totp status: pass"}', ("7", "pass", "otp_app")),
        (
            "user_passed_mfa",
            'a:2:{s:6:"userid";s:1:"7";s:5:"debug";s:58:'
            '"<br> Factor sms status: fail<br> Factor webauthn status: pass";}',
            ("7", "pass", "hardware_token"),
        ),
        (
            "user_failed_mfa",
            '{"userid":"7","debug":"<br> Factor sms status: fail"}',
            ("7", "fail", "otp_sms"),
        ),
        ("user_passed_mfa", '{"userid":7,"debug":"<br> Factor grace status: pass"}', ("7", "pass", "grace")),
        ("user_passed_mfa", '{"userid":7,"debug":""}', ("7", "pass", None)),
    ],
)
def test_second_factor(tmp_path: Path, event: str, other: str, expected: tuple[str, str, str | None]) -> None:
    row = one(tmp_path, eventname=rf"\tool_mfa\event\{event}", userid="0", other=other)
    assert (row["kind"], row["purpose"], row["session_id"]) == ("verify", "login", None)
    assert (row["participant_id"], row["outcome"], row["factor"]) == expected


def test_failed_login_of_a_known_person(tmp_path: Path) -> None:
    row = one(tmp_path, eventname=r"\core\event\user_login_failed", other='{"username":"x","reason":3}')
    assert (row["kind"], row["factor"], row["outcome"]) == ("verify", "password", "fail")


def test_an_unknown_name_is_kept(tmp_path: Path) -> None:
    row = one(tmp_path, eventname=r"\mod_x\event\thing_done")
    assert (row["kind"], row["word"]) == ("other", r"\mod_x\event\thing_done")


def test_escaped_and_bare_names_are_the_same(tmp_path: Path) -> None:
    assert one(tmp_path, eventname=r"\\core\\event\\user_loggedin")["kind"] == "login"
    assert one(tmp_path / "b", eventname=r"core\event\user_loggedin")["kind"] == "login"


def test_rows_without_a_participant_or_a_time_are_rejected(tmp_path: Path) -> None:
    name = r"\core\event\course_viewed"
    audit = case(
        tmp_path,
        "log.csv",
        dump(
            {"eventname": name},
            {"eventname": name, "userid": "0"},
            {"eventname": name, "userid": "-1", "origin": "cron"},
            {"eventname": name, "userid": "NULL"},
            {"eventname": name, "timecreated": "11 May, 09:44"},
            {"eventname": name, "timecreated": "1700000000000"},
        ),
    )
    assert [(line, reason.partition(":")[0]) for line, reason in rejects(audit)] == [
        (3, "no participant"),
        (4, "no participant"),
        (5, "no participant"),
        (6, "timecreated is not a number of seconds since 1970"),
        (7, "timecreated is not a number of seconds since 1970"),
    ]
    assert ledger(audit)[0][2:] == (6, 1, 0, 5)


def test_other_nulls_missing_columns_and_header_case(tmp_path: Path) -> None:
    header = ("EventName", "UserID", "CourseID", "TimeCreated", "relateduserid")
    text = "\n".join([",".join(header), rf"\core\event\course_viewed,7.0,3.0,{START}.0,\N", ""])
    (row,) = rows(case(tmp_path, "export.txt", text))
    assert (row["participant_id"], row["activity_id"], row["at_us"]) == ("7", "3", START * 1_000_000)


def test_line_break_in_a_cell_keeps_the_lines_right(tmp_path: Path) -> None:
    audit = case(
        tmp_path,
        "log.csv",
        dump(
            {"eventname": r"\tool_mfa\event\user_failed_mfa", "other": '{"userid":7,\n"debug":"x"}'},
            {"eventname": r"\core\event\course_viewed", "userid": "0"},
        ),
    )
    assert [line for line, _ in rejects(audit)] == [4]
    assert rows(audit)[0]["participant_id"] == "7"


def test_json_lines_and_parquet_give_the_same(tmp_path: Path) -> None:
    import duckdb

    entries: list[Row] = [
        {"eventname": r"\core\event\user_loggedin", "userid": 7, "timecreated": START},
        {"eventname": r"\mod_quiz\event\attempt_started", "userid": 7, "relateduserid": 7, "courseid": 3,
         "objectid": 88, "contextlevel": 70, "contextinstanceid": 57, "timecreated": START + 5},
    ]  # fmt: skip
    from_lines = rows(case(tmp_path / "a", "x.jsonl", json_lines(*entries)))
    assert [row["kind"] for row in from_lines] == ["login", "assessment_start"]
    assert from_lines[1]["attempt_id"] == "88"
    target = tmp_path / "x.jsonl"
    target.write_text(json_lines(*entries))
    duckdb.sql(f"COPY (FROM read_json('{target}')) TO '{tmp_path / 'x.parquet'}'")
    packed = (tmp_path / "x.parquet").read_bytes()
    assert rows(case(tmp_path / "b", "any.name", packed)) == from_lines
