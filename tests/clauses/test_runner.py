"""The runner of worked cases tells what differs, and which case cannot be read."""

from pathlib import Path

import pytest

from analyser.errors import PolicyError
from analyser.rulebook.case_tables import case_tables
from analyser.rulebook.cases import load_cases
from analyser.rulebook.pipe_tables import read_table, spread
from analyser.worked_cases import check

EVENTS = 'events = """\ntime | event\n10:00 | view\n10:10 | logout\n"""\n'


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "cases.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_differences_are_sentences(tmp_path: Path) -> None:
    text = f'[[case]]\nname = "x"\nexpect = "passed"\n{EVENTS}'
    text += 'credits = """\nlogin_s | minutes\n600 | 30\n"""\nfindings = """\ncode\nMISSING_LOGOUT\n"""'
    (case,) = load_cases(write(tmp_path, text), "NO_IDENTITY_EVENTS")
    assert check(case) == [
        "NO_IDENTITY_EVENTS: expected passed, but of 1 asked: 0 passed, 1 failed, 0 not_assessable.",
        "credits row 1: credited_minutes is 0, expected 30.",
        "findings: 0 rows, expected 1.",
    ]


def test_each_row_makes_a_case(tmp_path: Path) -> None:
    text = '[[case]]\nname = "at {at}"\neach = """\nat\n10:00\n10:10\n"""\n'
    text += 'events = """\ntime | event\n{at} | view\n"""'
    assert [case.name for case in load_cases(write(tmp_path, text))] == ["at 10:00", "at 10:10"]


def test_evidence_is_named_by_labels(tmp_path: Path) -> None:
    text = '[[case]]\nname = "x"\nexpect = "finding"\n'
    text += 'events = """\ntime | event | label\n10:00 | view |\n10:10 | view | a\n"""\n'
    (case,) = load_cases(write(tmp_path, f'{text}findings = """\nevidence\na\n"""'), "MISSING_LOGOUT")
    assert check(case) == []
    (wrong,) = load_cases(
        write(tmp_path, f'{text}findings = """\nevidence\nevents.csv:2\n"""'), "MISSING_LOGOUT"
    )
    assert check(wrong) == ["findings row 1: evidence is a, expected events.csv:2."]
    # Rows of one label are named once; a row that is cited twice shows.
    both = text.replace("view |\n", "view | a\n")
    (one,) = load_cases(write(tmp_path, f'{both}findings = """\nevidence\na\n"""'), "MISSING_LOGOUT")
    rows = [{"evidence": "events.csv:2;events.csv:3;events.csv:4;+4"}]
    assert one.labelled({"findings": rows})["findings"] == [{"evidence": "a;events.csv:4;+4"}]
    rows = [{"evidence": "events.csv:2;events.csv:3;events.csv:3"}]
    assert case.labelled({"findings": rows})["findings"] == [{"evidence": "events.csv:2;a;a"}]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('name = "x"\nresult = "y"', "case 'x': has no place for result."),
        (f'name = "x"\nexpect = "fail"\n{EVENTS}', "expect must be one of: finding, passed"),
        ('name = "x"\nexpect = "passed"\nevents = "time | event\\n10:00 | read"', "no event read is known"),
        ('name = "x"\nexpect = "passed"\nitems = "object | colour\\np1 | red"', "items has no column colour"),
        ('name = "x"\nexpect = "passed"\nevents = "time | event\\n{at} | view"', "nothing for {at}"),
        ('name = "x"\nexpect = "passed"\nevents = "time | event\\n25:00 | view"', "hour must be in"),
        (
            'name = "x"\nexpect = "passed"\nevents = "time | event\\n10:00 | view | A"',
            "3 cells for 2 columns",
        ),
    ],
)
def test_faults_name_file_and_case(tmp_path: Path, text: str, fault: str) -> None:
    path = write(tmp_path, f"[[case]]\n{text}\n")
    with pytest.raises(PolicyError) as error:
        load_cases(path, "CODE")
    assert str(error.value).startswith(f"{path}: case 'x': ")
    assert fault in str(error.value)


def test_short_words_become_events() -> None:
    text = """
    time  | event | until | items | score
    10:00 | enter |
    10:00 | study | 10:10 |
    10:10 | paper | 10:20 | q1-q2 | 1/2
    """
    events = case_tables({"events": text})["events"]
    assert [event["event"] for event in events] == [
        *(
            "login",
            "verify",
            "verify",
            "view",
            "view",
            "assessment_start",
            "answer",
            "answer",
            "assessment_submit",
        )
    ]
    assert [event.get("activity_id") for event in events[2:4]] == [None, "A"]
    assert [event.get("score") for event in events[6:]] == ["1", "0", "1"]
    assert {event["session_id"] for event in events} == {"s1"}
    assert events[-1]["timestamp"] == "2025-03-10T10:20:00+08:00"


def test_tables_keep_empty_cells_in_place() -> None:
    assert read_table("a | b | c\n | 2 |\n# a remark\n1 | | 3") == [{"b": "2"}, {"a": "1", "c": "3"}]
    assert spread({"object": "p9-p11"}, "object") == [{"object": "p9"}, {"object": "p10"}, {"object": "p11"}]
