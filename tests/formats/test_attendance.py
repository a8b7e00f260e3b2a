"""Teams, Zoom and swipe cards: when somebody came and left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analyser.errors import InputError
from analyser.formats import describe_file

from .support import ingest, ledger, real, rejects
from .tools import export, notes, scans

if TYPE_CHECKING:
    from pathlib import Path

TEAMS = (
    "1. Summary\nMeeting title\tRules of 2026\nAttended participants\t2\nStart time\t15/11/26, 09:30:17\n\n"
    "2. Participants\nName\tFirst join\tLast leave\tIn-meeting duration\tEmail\tParticipant ID (UPN)\tRole\n"
    "A B\t15/11/26, 09:30:47\t15/11/26, 09:41:46\t10m 59s\ta@example.org\ta@example.org\tPresenter\n\n"
    "3. In-Meeting activities\nName\tJoin time\tLeave time\tDuration\tEmail\tRole\n"
    "A B\t15/11/26, 09:30:47\t15/11/26, 09:35:00\t4m 13s\ta@example.org\tPresenter\n"
    "A B\t15/11/26, 09:36:00\t15/11/26, 09:41:46\t5m 46s\ta@example.org\tPresenter\n"
    "Guest\t15/11/26, 09:30:47\t\t\t\tPresenter\n"
)
STAYS = [
    ("2026-11-15 01:30:47", "a@example.org", "Rules of 2026", "in"),
    ("2026-11-15 01:35:00", "a@example.org", "Rules of 2026", "out"),
    ("2026-11-15 01:36:00", "a@example.org", "Rules of 2026", "in"),
    ("2026-11-15 01:41:46", "a@example.org", "Rules of 2026", "out"),
    ("2026-11-15 01:30:47", "Guest", "Rules of 2026", "in"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_teams_report_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    for number, start in enumerate({mark, b""}):
        audit = export(tmp_path / str(number), None, x__csv=start + TEAMS.encode(encoding))
        assert scans(audit) == STAYS
        assert ledger(audit)[0][1:] == ("teams-report", 5, 5, 0, 0)
        evidence = audit.connection.execute("FROM line_shift ORDER BY row_no").fetchall()
        assert evidence[0] == (1, 0, 12)  # the first stay stands on line 12
        assert describe_file(tmp_path / str(number) / "case" / "exports" / "x.csv")[-1] == "Left out: Role."


def test_far_below_many_participants(tmp_path: Path) -> None:
    start, _, rest = TEAMS.partition("A B\t")
    many = "".join(f"P{n}\t15/11/26, 09:30:47\t15/11/26, 09:41:46\t10m\t\t\tPresenter\n" for n in range(3000))
    audit = export(tmp_path, None, x__csv=start + many + "A B\t" + rest)
    assert scans(audit) == STAYS


def test_a_report_in_chinese(tmp_path: Path) -> None:
    text = (
        TEAMS.replace("1. Summary", "1. 摘要")
        .replace("Join time", "加入時間")
        .replace("Leave time", "離開時間")
    )
    text = (
        text.replace("Meeting title", "會議標題")
        .replace("\nName\tJoin", "\n名稱\tJoin")
        .replace("Duration", "持續時間")
    )
    assert scans(export(tmp_path, None, x__csv=text)) == STAYS


def test_broken_lines_of_a_report_are_rejected_one_by_one(tmp_path: Path) -> None:
    text = TEAMS.replace("15/11/26, 09:36:00", "soon").replace("Guest\t15/11/26, 09:30:47\t\t", "Guest\t")
    audit = export(tmp_path, None, x__csv=text)
    assert [line for line, _ in rejects(audit)] == [13, 14]
    assert ledger(audit)[0][2:] == (5, 3, 0, 2)


NAMED = '[columns]\nactivity_id = { text = "EA-1" }\n'
OLD = "Full Name\tUser Action\tTimestamp\n"


def test_the_old_list(tmp_path: Path) -> None:
    stays = (("A B", "Joined before", "27:24"), ("A B", "Left", "45:18"), ("C", "Waved", "45:18"))
    text = OLD + "".join(f"{name}\t{what}\t13/12/2020, 12:{clock}\n" for name, what, clock in stays)
    with pytest.raises(InputError, match="it does not name the activity; say which in a mapping file"):
        export(tmp_path, None, x__csv=text.encode("utf-16"))
    audit = export(tmp_path, f'extends = "teams-list"\n{NAMED}', x__csv=text.encode("utf-16"))
    assert scans(audit) == [
        ("2020-12-13 04:27:24", "A B", "EA-1", "in"),
        ("2020-12-13 04:45:18", "A B", "EA-1", "out"),
    ]
    assert rejects(audit) == [(4, "direction is empty; every row needs it")]


def test_american_dates_are_found_by_evidence(tmp_path: Path) -> None:
    text = OLD + "A B\tJoined\t11/4/2020, 9:50:12 AM\nA B\tLeft\t11/13/2020, 1:50:12 PM\n"
    audit = export(tmp_path, f'extends = "teams-list"\n{NAMED}', x__csv=text)
    assert [scan[0] for scan in scans(audit)] == ["2020-11-04 01:50:12", "2020-11-13 05:50:12"]
    assert "Dates are month/day/year: some day is above 12." in notes(audit)


def test_zoom_with_and_without_the_lines_above(tmp_path: Path) -> None:
    lines = (
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room\n"
        "Ann (A),a@example.org,01/21/2026 08:58:30 PM,01/21/2026 09:58:30 PM,60,No,No\n"
        "Bo,,01/21/2026 08:50:30 PM,01/21/2026 08:58:30 PM,8,Yes,Yes\n"
        "Bo,,01/21/2026 08:58:30 PM,,60,Yes,No\n"
    )
    head = (
        "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n"
        "987 6543,Rules,01/21/2026 08:50:00 PM,01/21/2026 10:00:00 PM,h@example.org,70,2\n\n"
    )
    mine = f'extends = "zoom"\n{NAMED}'
    for number, (above, mapping, activity) in enumerate((("", mine, "EA-1"), (head, None, "987 6543"))):
        audit = export(tmp_path / str(number), mapping, x__csv=above + lines)
        assert scans(audit) == [
            ("2026-01-21 12:58:30", "a@example.org", activity, "in"),
            ("2026-01-21 13:58:30", "a@example.org", activity, "out"),
            ("2026-01-21 12:58:30", "Bo", activity, "in"),
        ]
        assert [reason for _, reason in rejects(audit)] == ["was in the waiting room, not in the meeting"]


def test_totals_of_zoom_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="export it again without Show unique users"):
        export(
            tmp_path,
            None,
            x__csv="Name (Original Name),User Email,Total Duration (Minutes),Guest\nA,,60,No\n",
        )


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        ("Date Time,Card No,In/Out,Room,Course", "IN", "OUT"),
        ("timestamp;badge;direction;Door;Class", "Entry", "Exit"),
        ("時間,卡號,進出,地點,課程", "進", "出"),
    ],
)
def test_swipe_cards(tmp_path: Path, header: str, first: str, second: str) -> None:
    text = f"{header}\n2026-03-01 09:00:00,77,{first},R1,EA-1\n2026-03-01 10:00:00,77,{second},R1,EA-1\n"
    text += "2026-03-01 10:00:00,77,maybe,R1,EA-1\n"
    audit = export(tmp_path, None, x__csv=text.replace(",", ";") if ";" in header else text)
    assert scans(audit) == [
        ("2026-03-01 01:00:00", "77", "EA-1", "in"),
        ("2026-03-01 02:00:00", "77", "EA-1", "out"),
    ]
    assert [line for line, _ in rejects(audit)] == [4]


def test_the_real_lists() -> None:
    files = sorted(real("teams").glob("IDL*.csv"))
    audit = ingest(*files, export_format="teams-report")
    # Seven and twice eight stays, each with a coming and a leaving.
    assert [counts for _, _, *counts in ledger(audit)] == [[14, 14, 0, 0], [16, 16, 0, 0], [16, 16, 0, 0]]
    with pytest.raises(InputError, match="it does not name the activity"):
        ingest(real("teams/meetingAttendanceList_dominikhoebert_utf16.csv"), export_format="teams-list")


def test_the_real_list_whose_dates_nothing_decides(tmp_path: Path) -> None:
    content = real("teams/meetingAttendanceList_dominikhoebert_utf16.csv").read_bytes()
    mapping = f'extends = "teams-list"\n{NAMED}'
    with pytest.raises(InputError, match="may be day/month or month/day"):
        export(tmp_path, mapping, x__csv=content)
    audit = export(tmp_path / "b", f'order = "dmy"\n{mapping}', x__csv=content)
    assert ledger(audit)[0][1:] == ("teams-list", 38, 38, 0, 0)
    assert scans(audit)[0][0] == "2020-12-11 04:27:24"
