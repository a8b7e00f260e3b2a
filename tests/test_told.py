"""What is taken as it stands but may be a slip is told: words, ids, a trail without a usable row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analyser.audit import Audit
from analyser.report.words import Words
from tests.hostile.kit import ACTIVITIES, HEADER, LOGIN, LOGOUT, NAME, PARTICIPANTS, VIEW, event

CERTIFICATES = b"certificate_no,participant_id,activity_id,hours,completed_on\nC1,P1,A1,0.5,2025-09-01\n"


def _told(folder: Path, **files: bytes) -> Audit:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / f"{name}.csv").write_bytes(data)
    audit = Audit(reachable=[folder], threads=1)
    audit.ingest([folder])
    return audit


def _notices(audit: Audit) -> list[str]:
    """The sentences; each of them is known in Chinese, and the same as before in English."""
    told = [s for (s,) in audit.connection.execute("SELECT sentence FROM notice ORDER BY ALL").fetchall()]
    for sentence in told:
        assert Words("en").noted(sentence) == {"en": sentence}
        assert "：" in Words("zh-Hant").noted(sentence)["zh-Hant"]
    return told


def test_words_outside_the_vocabulary(tmp_path: Path) -> None:
    words = [b"Login", b"completed", b"completed", NAME.encode()]
    events = HEADER + LOGIN + b"".join(event(word=word, response=b"%d" % n) for n, word in enumerate(words))
    (sentence,) = _notices(_told(tmp_path, events=events))
    assert sentence == (
        "events.csv: 4 rows name an event that is not in the vocabulary (3 different); they are kept and "
        "count as other: 2 say completed, which looks like complete; 1 say Login, which looks like login."
    )


def test_a_word_like_none_is_told_alone(tmp_path: Path) -> None:
    """Also in Chinese; data in a sentence is made harmless there as in English."""
    events = HEADER + LOGIN + event(word=b"zzz")
    (sentence,) = _notices(_told(tmp_path, events=events))
    words = Words("zh-Hant")
    assert words.noted(sentence) == {
        "zh-Hant": "events.csv：1 行的事件用語不在詞彙表內（共 1 種）；予以保留，並計作 other。"
    }
    assert words.noted("\u202ex.csv: something else") == {"zh-Hant": "\\u202ex.csv: something else"}


@pytest.mark.parametrize("names", [["a.txt"], ["a.txt", "b.txt"]])
def test_files_left_unread_are_told_in_chinese(tmp_path: Path, names: list[str]) -> None:
    events = HEADER + LOGIN
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    (sentence,) = _notices(_told(tmp_path, events=events))
    told = Words("zh-Hant").noted(sentence)["zh-Hant"]
    assert told.startswith(", ".join(names) + "：")
    assert "故未有讀取" in told


def test_known_words_are_no_news(tmp_path: Path) -> None:
    assert _notices(_told(tmp_path, events=HEADER + LOGIN + event(word=b"other") + LOGOUT)) == []


def test_ids_that_look_alike(tmp_path: Path) -> None:
    events = HEADER + LOGIN + event(who=b"p1 ") + event(who=b"P01") + event(who=b"007")
    audit = _told(tmp_path / "a", events=events, participants=b"participant_id,name\n7,X\nP2,Y\n")
    (sentence,) = _notices(audit)
    assert sentence.startswith(
        "participants: ids that differ only in spaces, letter case or leading zeros: 2;"
    )
    # Another file in which there is nothing odd leaves it as it is.
    audit.ingest([_file(tmp_path / "more.csv", PARTICIPANTS)], table="participants")
    assert _notices(audit) == [sentence]
    assert _notices(_told(tmp_path / "b", events=HEADER + LOGIN, participants=PARTICIPANTS)) == []


def _file(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_trail_without_a_usable_row_accuses_nobody(tmp_path: Path) -> None:
    """Of nothing that could be read nothing follows: neither breaches nor missing checks."""
    unreadable = HEADER + LOGIN.replace(b"2025-09-01T", b"1/9/2025 ") + VIEW.replace(b"2025-", b"25-")
    for number, events in enumerate((HEADER, unreadable)):
        audit = _told(
            tmp_path / str(number),
            events=events,
            activities=ACTIVITIES,
            participants=PARTICIPANTS,
            certificates=CERTIFICATES,
        )
        audit.assess()
        # That there is no check is true of nothing, too, and says of whom.
        found = audit.connection.execute("SELECT code, participant_id FROM findings").fetchall()
        assert found == [("NO_IDENTITY_EVENTS", None)]
        rows = audit.connection.execute(
            "SELECT failed, not_assessable FROM coverage "
            "WHERE code IN ('CERT_WITHOUT_CREDIT', 'RETENTION_BREACH')"
        ).fetchall()
        assert rows == [(0, 1)] * 2


def test_an_audit_date_before_everything_accuses_nobody(tmp_path: Path) -> None:
    audit = _told(tmp_path, events=HEADER + LOGIN + VIEW, activities=ACTIVITIES)
    audit.assess(as_of=date(2020, 1, 1))
    found = audit.connection.execute("SELECT code, participant_id FROM findings").fetchall()
    assert found == [("NO_IDENTITY_EVENTS", None)]


def test_columns_that_are_not_used_stand_in_the_report_once(tmp_path: Path) -> None:
    """Unknown extra columns are kept out and named once in the ingest report (contract, section 2)."""
    wide = HEADER.replace(b"\n", b",colour\n")
    rows = (LOGIN + LOGOUT).replace(b"\n", b",red\n")
    audit = _told(tmp_path, **{"events-1": wide + rows, "events-2": wide, "activities": ACTIVITIES})
    audit.assess(as_of=date(2026, 1, 1), case="wide")
    assert audit.results.info["unused"] == ["events-1.csv (+1): colour"]
    pack = tmp_path / "out"
    audit.report(pack, language="en")
    page = (pack / "inspection_report.html").read_text(encoding="utf-8")
    assert page.count("colour") == 1
    assert "events-1.csv (+1): colour" in page


def test_the_first_event_after_the_logout_is_shown_with_the_logout(tmp_path: Path) -> None:
    """Each close has its own: what came next, not what came last."""
    times = (
        "10:00,view",
        "10:10,logout",
        "11:00,view",
        "11:05,view",
        "11:10,logout",
        "12:00,view",
        "12:05,view",
    )
    rows = [f"2025-09-01T{at}:00+08:00,P1,{word},s" for at, word in (one.split(",") for one in times)]
    events = tmp_path / "events.csv"
    events.write_text("\n".join(["timestamp,participant_id,event,session_id", *rows]) + "\n", "utf-8")
    with Audit(reachable=[tmp_path], threads=1) as audit:
        audit.ingest([tmp_path])
        audit.assess(as_of=date(2026, 1, 31))
        found = audit.results.rows(
            "SELECT evidence FROM findings WHERE code = 'EVENT_AFTER_LOGOUT' ORDER BY finding_id"
        )
    assert [row["evidence"] for row in found] == ["events.csv:3;events.csv:4", "events.csv:6;events.csv:7"]
