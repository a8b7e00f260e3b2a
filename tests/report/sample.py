"""A small assessed case, made by hand: five people, three modules, hostile names."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

Row = dict[str, Any]
HK = timezone(timedelta(hours=8))
SCRIPT = "<script>alert('x')</script>"
FORMULA = '=HYPERLINK("http://example.test","Click")'
OVERRIDE = "Lee \u202egnim\u202c \x1b[31mred\x1b[0m"
LONG = "Wong " + "Very " * 80 + "Long"


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant of March 2025 in Hong Kong."""
    return datetime(2025, 3, day, hour, minute, second, tzinfo=HK)


def iso(moment: datetime) -> str:
    """The instant as the results write it."""
    return moment.astimezone(HK).isoformat()


def us(moment: datetime) -> int:
    """The instant in microseconds since 1970."""
    return int(moment.timestamp()) * 1_000_000


HOURS = {"P001": 9, "P002": 12, "@P3": 15, "P004": 18, "P005": 9}


def credit(who: str, activity: str, module: str | None, status: str, **more: object) -> Row:
    """A credit row of a tidy 60-minute module, changed by `more`."""
    hour = HOURS[who]
    row: Row = {
        "participant_id": who,
        "activity_id": activity,
        "module_id": module,
        "period": "2024/25",
        "category": "general",
        "status": status,
        "credited_minutes": 60,
        "stated_minutes": 60,
        "evidenced_minutes": 60,
        "completion_minutes": 60,
        "floor_minutes": 60,
        "active_s": 4210,
        "active_lower_s": 3900,
        "active_upper_s": 4800,
        "login_s": 6000,
        "idle_s": 890,
        "assessment_s": 900,
        "media_s": 1200,
        "started_at": iso(at(3, hour)),
        "completed_at": iso(at(3, hour + 1, 20)),
        "passed_at": iso(at(3, hour + 1, 29, 30)),
        "credited_at": iso(at(3, hour + 1, 29, 30)),
        "attempts": 1,
        "passing_attempt_id": f"T-{who}",
        "robust": True,
        "codes": None,
    }
    return row | more


def finding(number: int, code: str, tier: str, who: str | None, **more: object) -> Row:
    """A finding on module M1 of activity A1, changed by `more`."""
    row: Row = {
        "finding_id": f"F{number:05d}",
        "code": code,
        "clause": "2.29",
        "tier": tier,
        "severity": "hold" if tier == "breach" else "note",
        "participant_id": who,
        "activity_id": "A1",
        "module_id": "M1",
        "attempt_id": None,
        "session_id": None,
        "at": iso(at(3, HOURS.get(who or "", 9), 30)),
        "until": None,
        "value": None,
        "limit_value": None,
        "message": f"The records show {code}.",
        "message_zh": f"紀錄顯示 {code}。",
        "benign": "The export may leave out the events of another system.",
        "evidence": "events.csv:12;events.csv:15",
    }
    return row | more


def span(who: str, start: datetime, minutes: float, state: str, module: str | None = "M1") -> Row:
    """An interval of activity A1, or of the portal."""
    portal = state == "portal"
    return {
        "participant_id": who,
        "session_id": f"S-{who}-{start:%d}",
        "activity_id": None if portal else "A1",
        "module_id": None if portal else module,
        "start_at": iso(start),
        "end_at": iso(start + timedelta(minutes=minutes)),
        "state": state,
        "evidence": "events.csv:10;events.csv:20",
    }


def _spans(who: str, day: int, hour: int) -> list[Row]:
    """A session of an hour and a half."""
    start, rows = at(day, hour), []
    plan = [
        (2, "portal"),
        (22, "learning"),
        (18, "media"),
        (12.5, "idle"),
        (20, "learning"),
        (15, "assessment"),
    ]
    for minutes, state in plan:
        rows.append(span(who, start, minutes, state))
        start += timedelta(minutes=minutes)
    return rows


def _credits() -> list[Row]:
    short = {"evidenced_minutes": 0, "floor_minutes": 0, "active_s": 1500, "active_lower_s": 1200}
    return [
        credit("P001", "A1", "M1", "awarded"),
        credit("P001", "A1", "M2", "awarded", robust=False, evidenced_minutes=30, credited_minutes=30),
        credit("P002", "A1", "M1", "held", codes="CHALLENGE_FAILED;TWO_FACTOR_MISSING"),
        credit("@P3", "A1", "M1", "not_earned", codes="NO_UNIT_EVIDENCED", credited_minutes=0, **short),
        credit(
            "P004",
            "A1",
            "M2",
            "in_progress",
            credited_minutes=0,
            period=None,
            passed_at=None,
            credited_at=None,
            completed_at=None,
            passing_attempt_id=None,
            attempts=0,
        ),
        credit(
            "P005",
            "A9",
            None,
            "held",
            period=None,
            category=None,
            stated_minutes=None,
            credited_at=None,
            completion_minutes=None,
            floor_minutes=None,
            completed_at=None,
            passed_at=None,
            passing_attempt_id=None,
            attempts=0,
            codes="NOT_REGISTERED",
        ),
    ]


def _findings() -> list[Row]:
    nowhere = {"activity_id": None, "module_id": None}
    return [
        finding(1, "TWO_FACTOR_MISSING", "breach", "P002", session_id="S-P002-03"),
        finding(
            2,
            "CHALLENGE_FAILED",
            "breach",
            "P002",
            value=Decimal("412.5"),
            limit_value=Decimal(300),
        ),
        finding(
            3,
            "NO_UNIT_EVIDENCED",
            "breach",
            "@P3",
            clause="2.10",
            severity="not_earned",
            value=Decimal(1500),
            limit_value=Decimal(1800),
        ),
        finding(4, "NOT_REGISTERED", "breach", "P005", clause="1.8", activity_id="A9", module_id=None),
        finding(
            5,
            "CHECKS_REGULAR",
            "indicator",
            "P001",
            module_id=None,
            value=Decimal("0.04"),
            limit_value=Decimal("0.10"),
        ),
        finding(6, "MISSING_LOGOUT", "observation", "P004", clause="2.14", **nowhere),
        finding(7, "A_NEW_CODE", "observation", None, at=None, **nowhere),
    ]


def _periods() -> list[Row]:
    def period(who: str, hours: str, held: str, required: int | None = 15) -> Row:
        return {
            "participant_id": who,
            "period": "2024/25",
            "hours": Decimal(hours),
            "er_hours": Decimal("0.5"),
            "required_hours": required,
            "required_er_hours": required and 3,
            "shortfall_hours": required and required - Decimal(hours),
            "shortfall_er_hours": required and Decimal("2.5"),
            "compliant": None if required is None else False,
            "held_hours": Decimal(held),
        }

    return [period("P001", "1.5", "0"), period("P002", "0", "1"), period("@P3", "0", "0", None)]


def tables() -> dict[str, list[Row]]:
    """All rows of the sample by table."""
    people = ["P001", "P002", "@P3", "P004"]
    names = ["Chan Tai Man", SCRIPT, OVERRIDE, LONG]
    written = tomllib.loads(Path(__file__).with_name("sample.toml").read_text("utf-8"))
    return written | {
        "credits": _credits(),
        "findings": _findings(),
        "periods": _periods(),
        "intervals": [row for who in people for day in (3, 5) for row in _spans(who, day, HOURS[who])]
        + [span("P001", at(7, 23, 30), 60, "learning", "M2")],
        "rejects": [
            {
                "file": "events.csv",
                "line": line,
                "column": "timestamp",
                "reason": "not a time",
                "raw": f"-1+2,{FORMULA},{SCRIPT}",
            }
            for line in (44, 91, 203)
        ],
        "participants": [
            {
                "participant_id": who,
                "name": name,
                "name_zh": "陳大文",
                "licence_no": FORMULA,
                "licence_type": "individual",
                "employer": "=1+1 Brokers <b>Ltd</b>",
                "first_licensed": date(2020, 1, 1),
            }
            for who, name in zip(people, names, strict=True)
        ],
    }
