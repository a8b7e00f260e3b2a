"""What a hostile input is, and the small harmless case it is put into."""

from __future__ import annotations

from dataclasses import dataclass

NAME = "Chan Tai Man"
HEADER = b"timestamp,participant_id,event,session_id,activity_id,module_id,response,score,duration_s\n"
LOGIN = b"2025-09-01T10:00:00+08:00,P1,login,s1,,,,,\n"
VIEW = b"2025-09-01T10:05:00+08:00,P1,view,s1,A1,,,,\n"
LOGOUT = b"2025-09-01T10:10:00+08:00,P1,logout,s1,,,,,\n"
GOOD = HEADER + LOGIN + VIEW + LOGOUT
ACTIVITIES = (
    b"activity_id,title,approved_minutes,pass_mark,approved_from,approved_to\n"
    b"A1,Course,30,50,2025-01-01,2026-12-31\n"
)
PARTICIPANTS = f"participant_id,name,licence_no\nP1,{NAME},IA-1234\n".encode()

Reject = tuple[int, str, str]
"""Physical line, column, part of the reason."""


@dataclass(frozen=True)
class Hostile:
    """A case with one hostile file, the first of `files`.

    Attributes:
        name: what is wrong.
        files: path within the case -> bytes.
        says: part of the one sentence if the case cannot be used; else it can.
        counts: rows read, stored, duplicate and rejected of the hostile file.
        rejects: every reject of the hostile file, in order.
        unread: part of what is said about a file that is left unread.
    """

    name: str
    files: dict[str, bytes]
    says: str = ""
    counts: tuple[int, int, int, int] = (0, 0, 0, 0)
    rejects: tuple[Reject, ...] = ()
    unread: str = ""


def event(
    response: bytes = b"",
    *,
    at: bytes = b"2025-09-01T10:06:00+08:00",
    who: bytes = b"P1",
    word: bytes = b"view",
    session: bytes = b"s1",
    activity: bytes = b"A1",
    score: bytes = b"",
    duration: bytes = b"",
) -> bytes:
    """One line of events.csv."""
    return b",".join([at, who, word, session, activity, b"", response, score, duration]) + b"\n"


def stored(name: str, data: bytes, count: int, *, file: str = "events.csv", **more: bytes) -> Hostile:
    """A file all of whose rows are taken."""
    return Hostile(name, _case(file, data, more), counts=(count, count, 0, 0))


def refused(name: str, data: bytes, says: str, *, file: str = "events.csv", **more: bytes) -> Hostile:
    """A file that cannot be used at all."""
    return Hostile(name, _case(file, data, more), says=says)


def rejected(name: str, data: bytes, good: int, *rejects: Reject, file: str = "events.csv") -> Hostile:
    """A file some of whose rows cannot be used."""
    counts = (good + len(rejects), good, 0, len(rejects))
    return Hostile(name, _case(file, data, {}), counts=counts, rejects=rejects)


def _case(file: str, data: bytes, more: dict[str, bytes]) -> dict[str, bytes]:
    case = {file: data}
    for name, content in (("activities", ACTIVITIES), ("participants", PARTICIPANTS)):
        if not file.startswith(name):
            case[f"{name}.csv"] = more.get(name, content)
    return case if file.startswith("events") else case | {"events.csv": GOOD}
