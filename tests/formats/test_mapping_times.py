"""Times in mapping files: what the text decides is read, what it leaves open is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analyser.errors import InputError

from .support import rejects
from .tools import export, short

if TYPE_CHECKING:
    from pathlib import Path

ONE = 'name = "o"\ntitle = "o"\n[columns]\ntimestamp = "t"\nparticipant_id = "p"\nevent = "e"\n'


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("13/03/2026 09:00", "evidence", "2026-03-13 01:00:00"),
        ("03/13/2026 9:00 PM", "evidence", "2026-03-13 13:00:00"),
        ("03/04/2026 09:00:01", "dmy", "2026-04-03 01:00:01"),
        ("03/04/2026 09:00:01", "mdy", "2026-03-04 01:00:01"),
        ("03/03/2026 12:00 AM", "evidence", "2026-03-02 16:00:00"),
        ("3/3/26, 12:30 pm", "evidence", "2026-03-03 04:30:00"),
        ("2026/3/4 09:00", "evidence", "2026-03-04 01:00:00"),
        ("2026年3月4日 下午2:05", "evidence", "2026-03-04 06:05:00"),
        ("2026年03月04日 上午12:05", "evidence", "2026-03-03 16:05:00"),
        ("4 March 2026, 2:05 PM", "evidence", "2026-03-04 06:05:00"),
        ("Wednesday, 4 March 2026, 2:05 PM", "evidence", "2026-03-04 06:05:00"),
        ("Mar 4, 2026 14:05:06", "evidence", "2026-03-04 06:05:06"),
        ("4.3.2026 09:00", "dmy", "2026-03-04 01:00:00"),
        ("2026-03-04T09:00:00+09:00", "evidence", "2026-03-04 00:00:00"),
    ],
)
def test_times_as_people_write_them(tmp_path: Path, text: str, order: str, expected: str) -> None:
    audit = export(tmp_path, f'order = "{order}"\n{ONE}', x__csv=f't,p,e\n"{text}",1,view\n')
    assert short(audit, "at") == [(expected,)]


@pytest.mark.parametrize(
    "text",
    ["31/02/2026 09:00", "13/13/2026 09:00", "13/03/2026 24:00", "13/03/2026 13:00 PM", "13/03/2026 0:10 am",
     "13/03/2026", "soon", "13/03/126 09:00", "13/Foo/2026 09:00", "13/03/2026 09:60"],
)  # fmt: skip
def test_no_time_is_guessed(tmp_path: Path, text: str) -> None:
    audit = export(tmp_path, f'order = "dmy"\n{ONE}', x__csv=f"t,p,e\n{text},1,view\n")
    assert [line for line, reason in rejects(audit) if "ISO 8601" in reason] == [2]


def test_what_the_dates_do_not_decide_is_asked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="may be day/month or month/day"):
        export(tmp_path, ONE, x__csv="t,p,e\n03/04/2026 09:00,1,view\n")
    with pytest.raises(InputError, match="some dates can only be day/month and others only month/day"):
        export(tmp_path, ONE, x__csv="t,p,e\n13/04/2026 09:00,1,view\n04/13/2026 09:00,1,view\n")


def test_times_without_a_year(tmp_path: Path) -> None:
    table = 't,p,e\n"31 July, 09:44",1,view\n"1 August, 09:44",1,view\n"29 February, 09:44",1,view\n'
    table += "5月11日 09:44,1,view\n"
    with pytest.raises(InputError, match="its times have no year"):
        export(tmp_path, ONE, x__csv=table)
    audit = export(tmp_path, f"first_day = 2023-08-01\n{ONE}", x__csv=table)
    assert short(audit, "at") == [
        ("2024-07-31 01:44:00",),
        ("2023-08-01 01:44:00",),
        ("2024-02-29 01:44:00",),
        ("2024-05-11 01:44:00",),
    ]
