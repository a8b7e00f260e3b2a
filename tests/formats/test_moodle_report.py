"""Moodle's Logs report as people download it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from analyser.errors import InputError
from analyser.formats.recognise import recognise

from .support import ingest, ledger, real, rejects, rows
from .tools import export, notes, short

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ("Time", "User full name", "Affected user", "Event context", "Component", "Event name",
          "Description", "Origin", "IP address")  # fmt: skip
CHINESE = ("時間", "使用者全名", "受影響的使用者", "事件情境", "元件", "事件名稱", "描述", "來源", "IP位址")
SIMPLIFIED = ("时间", "用户全名", "受影响的用户", "事件上下文", "组件", "事件名称", "描述", "来源", "IP地址")
PAPER = "the attempt with id '9' for the quiz with course module id '77'"
LINES = (
    ("23/01/26, 12:12:05", "-", "User logged out", "The user with id '58' has logged out.", "web"),
    ("23/01/26, 12:11:05", "Quiz: End", "Quiz attempt submitted",
     f"The user with id '58' has submitted {PAPER}.", "web"),
    ("23/01/26, 12:10:05", "Quiz: End", "Quiz attempt started",
     f"The user with id '58' has started {PAPER}.", "web"),
    ("23/01/26, 12:09:35", "Course: X", "Course viewed",
     "The user with id '58' viewed the course with id '36'.", "web"),
    ("23/01/26, 12:09:05", "System", "User has logged in", "The user with id '58' has logged in.", "web"),
)  # fmt: skip
EXPECTED = [
    ("2026-01-23 04:12:05", "58", "logout", None, None, None),
    ("2026-01-23 04:11:05", "58", "assessment_submit", "36", "cm/77", "9"),
    ("2026-01-23 04:10:05", "58", "assessment_start", "36", "cm/77", "9"),
    ("2026-01-23 04:09:35", "58", "view", "36", None, None),
    ("2026-01-23 04:09:05", "58", "login", None, None, None),
]
COLUMNS = ("at", "participant_id", "kind", "activity_id", "object_id", "attempt_id")


def report(
    *lines: tuple[str, str, str, str, str],
    header: tuple[str, ...] = HEADER,
    name: str = "Chan Tai Man",
    end: str = "\n",
) -> str:
    """A report with these (time, context, event, description, origin)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(header)
    for time, context, event, description, origin in lines or LINES:
        writer.writerow([time, name, "-", context, "System", event, description, origin, "10.0.0.1"])
    return out.getvalue()


def test_the_usual_report(tmp_path: Path) -> None:
    audit = export(tmp_path, None, logs__csv=report())
    assert short(audit, *COLUMNS) == EXPECTED
    assert ledger(audit) == [("exports/logs.csv", "moodle-report", 5, 5, 0, 0)]
    assert notes(audit) == [
        "Dates are day/month/year: some day is above 12.",
        "It names one activity_id only, 36, which is taken where a line names none.",
    ]
    assert {row["ip"] for row in rows(audit)} == {"10.0.0.1"}


@pytest.mark.parametrize("header", [CHINESE, SIMPLIFIED])
@pytest.mark.parametrize("is_known", [True, False])
def test_chinese_reports(tmp_path: Path, header: tuple[str, ...], is_known: bool) -> None:
    """What a name of an event does not tell, the English description does."""
    names = {
        "User logged out": "使用者已登出",
        "User has logged in": "使用者已登入",
        "Quiz attempt started": "測驗作答已經開始",
        "Quiz attempt submitted": "測驗作答已經提交",
    }
    lines = [(t, c, names.get(e, "已檢視") if is_known else "某事件", d, o) for t, c, e, d, o in LINES]
    audit = export(tmp_path, None, logs__csv=report(*lines, header=header))
    assert short(audit, *COLUMNS) == EXPECTED


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_other_line_ends(tmp_path: Path, end: str) -> None:
    audit = export(tmp_path, None, logs__csv=report(end=end))
    assert short(audit, *COLUMNS) == EXPECTED


def test_the_order_of_columns_and_lines_decides_nothing(tmp_path: Path) -> None:
    text = report()
    table = list(csv.reader(io.StringIO(text)))
    out = io.StringIO()
    writer = csv.writer(out)
    for number, row in enumerate(table):
        writer.writerow([str(number) if number else "", *reversed(row)])
    audit = export(tmp_path, None, logs__csv=out.getvalue())
    assert short(audit, *COLUMNS) == EXPECTED
    upside_down = report(*reversed(LINES))
    assert short(export(tmp_path / "b", None, logs__csv=upside_down), *COLUMNS) == EXPECTED[::-1]


def test_times_without_a_year_are_asked_for_it(tmp_path: Path) -> None:
    line = ("11 May, 09:44", "System", "User has logged in", "The user with id '58' has logged in.", "web")
    with pytest.raises(InputError, match="its times have no year; say in a mapping file when they begin"):
        export(tmp_path, None, logs__csv=report(line))
    audit = export(tmp_path, 'extends = "moodle-report"\nfirst_day = 2025-08-01\n', logs__csv=report(line))
    assert short(audit, "at") == [("2026-05-11 01:44:00",)]


@pytest.mark.parametrize(
    ("description", "name", "expected"),
    [
        ("The user with id '2' has logged in as the user with id '7'.", "A", ("7", "login", "2")),
        ("The user with id '7' viewed the profile for the user with id '9'.", "A", ("7", "view", None)),
        ("The user with id '2' updated the completion state for the course module with id '5' for "
         "the user with id '7'.", "A", ("7", "other", None)),
        ("The user with id '2' overrode the completion state to '1' for the course module with id '5' for "
         "the user with id '7'.", "A", ("7", "other", "2")),
        ("The user with id '7' viewed the course with id '3'.", "Admin as Chan", ("7", "view", "Admin")),
    ],
)  # fmt: skip
def test_whose_record_and_who_acted(
    tmp_path: Path, description: str, name: str, expected: tuple[str, ...]
) -> None:
    line = ("23/01/26, 12:09:05", "System", "Something", description, "web")
    audit = export(tmp_path, None, logs__csv=report(line, name=name))
    assert short(audit, "participant_id", "kind", "actor_id") == [expected]


def test_nobody_is_nobody_and_the_scheduler_has_a_sitting_of_its_own(tmp_path: Path) -> None:
    when = "23/01/26, 12:09:05"
    viewed, completed = "viewed the course with id '1'.", "completed the course with id '36'."
    lines = (
        (when, "System", "Course viewed", f"The user with id '0' {viewed}", "web"),
        (when, "System", "Course viewed", f"The user with id '-1' {viewed}", "cli"),
        (when, "System", "Course completed", f"The user with id '7' {completed}", "cli"),
        (when, "System", "Backup", "A backup was made.", "web"),
    )
    audit = export(tmp_path, None, logs__csv=report(*lines))
    assert short(audit, "kind", "session_id", "object_id", "activity_id") == [
        ("complete", "system/23/01/26, 12:09:05", None, "36")
    ]
    assert [(line, reason.partition(":")[0]) for line, reason in rejects(audit)] == [
        (2, "no participant"), (3, "no participant"), (5, "participant_id is empty; every row needs it"),
    ]  # fmt: skip


def test_a_state_of_completion_that_is_not_told_proves_nothing(tmp_path: Path) -> None:
    line = ("23/01/26, 12:09:05", "Page: X", "Course activity completion updated",
            "The user with id '7' updated the completion state for the course module with id '5' for "
            "the user with id '7'.", "web")  # fmt: skip
    assert short(export(tmp_path, None, logs__csv=report(line)), "kind") == [("interact",)]


def test_a_report_that_lacks_the_description_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="export the report Logs whole"):
        export(tmp_path, None, logs__csv="Time,User full name,Event context,Component,Event name\n")


def test_the_real_report() -> None:
    audit = ingest(real("moodle/example_platform_logs.csv"), export_format="moodle-report")
    assert ledger(audit) == [("example_platform_logs.csv", "moodle-report", 20, 5, 2, 13)]
    assert {row["kind"] for row in rows(audit)} == {"login", "view"}
    assert all(reason.startswith("no participant") for _, reason in rejects(audit))


def test_the_real_list_of_roles_is_no_log() -> None:
    path = real("moodle/example_student_role.csv")
    with pytest.raises(InputError, match=r"the format is not recognised .*a mapping file"):
        recognise(path, path.name)
