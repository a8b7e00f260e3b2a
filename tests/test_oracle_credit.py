"""Worked examples X-IA-12 to 29 by hand: assessments, approval, periods and repeats."""

from fractions import Fraction

import pytest

from tests.oracle.case import Cells
from tests.oracle.trail import (
    Row,
    Scene,
    approval,
    brief,
    codes,
    course,
    enter,
    event,
    item,
    learn,
    only,
    paper,
)


def retake(first: range, second: range) -> Row:
    """A failed first paper and a retake with every item right."""
    lines = [
        *enter("09:00"),
        *learn("09:00", 3600),
        "10:00 complete A",
        *paper("10:00", "t1", first, 2),
    ]
    return only(Scene([*lines, *paper("10:05", "t2", second, 99), "10:06 logout"]).assess())


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        (range(1, 11), range(6, 16), "awarded"),
        (range(1, 11), range(5, 15), "held"),
        (range(1, 11), range(7, 17), "awarded"),
        (range(1, 8), range(4, 11), "held"),
        (range(1, 8), range(5, 12), "awarded"),
        (range(1, 11), range(7, 15), "awarded"),
        (range(1, 11), range(6, 14), "held"),
    ],
)
def test_x_ia_12_13_14_half_new(first: range, second: range, status: str) -> None:
    row = retake(first, second)
    assert (row["status"], row["credited_minutes"]) == (status, 60)
    assert ("RETAKE_OVERLAP" in str(row["codes"])) == (status == "held")
    assert (row["passing_attempt_id"], row["attempts"]) == ("t2", 2)


@pytest.mark.parametrize(
    ("redone", "status", "attempts"),
    [(0, "not_earned", 3), (19, "not_earned", 3), (20, "awarded", 3)],
)
def test_x_ia_15_third_attempt_needs_restudy(redone: int, status: str, attempts: int) -> None:
    first = [f"10:00 complete A object=p{n}" for n in range(20)]
    again = [f"11:10 complete A object=p{n}" for n in range(redone)]
    lines = [
        *enter("09:00"),
        *learn("09:00", 3600),
        *first,
        *paper("10:00", "t1", range(1, 11), 4),
        *paper("10:10", "t2", range(11, 21), 5),
        *learn("10:10", 3600),
        *again,
        *paper("11:10:01", "t3", range(21, 31), 9),
    ]
    row = only(Scene(lines, items=[item("A", f"p{n}") for n in range(20)]).assess())
    assert (row["status"], row["attempts"]) == (status, attempts)
    assert ("RETAKE_LIMIT" in str(row["codes"])) == (status == "not_earned")
    if status == "awarded":
        assert row["credited_at"] == "2025-03-10T11:10:01+08:00"
        assert row["credited_minutes"] == 60


def yearly(pair: str = "A") -> list[Cells]:
    """One approval from 16 September 2024 to 15 September 2025."""
    return [approval(pair, 30, approved_from="2024-09-16", approved_to="2025-09-15")]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2025-09-15 23:29:59", ("awarded", 30, "")),
        ("2025-09-15 23:30:00", ("not_earned", 0, "OUTSIDE_APPROVAL")),
        ("2025-09-15 23:40:00", ("not_earned", 0, "OUTSIDE_APPROVAL")),
    ],
)
def test_x_ia_17_last_day_of_approval(start: str, expected: tuple[str, int, str]) -> None:
    assert brief(only(Scene(course(start, 1800), activities=yearly()).assess())) == expected


@pytest.mark.parametrize(
    ("day", "status"), [("04-15", "not_earned"), ("06-09", "not_earned"), ("06-10", "awarded")]
)
def test_x_ia_18_gap_between_approvals(day: str, status: str) -> None:
    rows = [
        approval("A", 30, approved_from="2024-04-01", approved_to="2025-03-31"),
        approval("A", 30, approved_from="2025-06-10", approved_to="2026-06-09"),
    ]
    assert only(Scene(course(f"2025-{day} 09:00", 1800), activities=rows).assess())["status"] == status


@pytest.mark.parametrize(
    ("start", "period"), [("23:29:59", "2024/25"), ("23:30:00", "2025/26"), ("23:30:01", "2025/26")]
)
def test_x_ia_19_period_edge(start: str, period: str) -> None:
    assert only(Scene(course(f"2025-07-31 {start}", 1800)).assess())["period"] == period


def test_x_ia_20_session_across_the_period_edge() -> None:
    lines = [
        *enter("2025-07-31 22:45"),
        *learn("2025-07-31 22:45", 3900),
        "2025-07-31 23:50 complete A",
        "2025-07-31 23:52 assessment_start A attempt=t1",
        "2025-08-01 00:00 answer A attempt=t1 item=q1 score=1 max_score=1",
        "2025-08-01 00:05 assessment_submit A attempt=t1",
        "2025-08-01 00:05 logout",
    ]
    result = Scene(lines).assess()
    row = only(result)
    assert (row["login_s"], row["assessment_s"], row["active_s"]) == (4800, 780, 4020)
    assert (row["period"], row["credited_minutes"]) == ("2025/26", 60)
    assert [(p["period"], p["hours"]) for p in result.periods] == [("2025/26", 1)]


@pytest.mark.parametrize(
    ("licence", "ordinary", "ethics", "shortfalls", "compliant"),
    [
        ("individual", 720, 150, (Fraction(1, 2), Fraction(1, 2)), False),
        ("individual", 720, 180, (0, 0), True),
        ("individual", 750, 150, (0, Fraction(1, 2)), False),
        ("individual", 600, 300, (0, 0), True),
        ("travel", 180, 0, (0, 0), True),
        ("travel", 150, 0, (Fraction(1, 2), 0), False),
        (None, 900, 180, (None, None), None),
    ],
)
def test_x_ia_21_annual_test(
    licence: str | None,
    ordinary: int,
    ethics: int,
    shortfalls: tuple[object, object],
    compliant: bool | None,
) -> None:
    rows = [approval("A", ordinary), approval("E", ethics, category="ethics_or_regulations")]
    lines = course("08:00", ordinary * 60)
    if ethics:
        lines += course("2025-03-11 08:00", ethics * 60, "E", "t2")
    (total,) = Scene(lines, activities=rows, licence=licence).assess().periods
    assert (total["hours"], total["er_hours"]) == (
        Fraction(ordinary + ethics, 60),
        Fraction(ethics, 60),
    )
    assert (total["shortfall_hours"], total["shortfall_er_hours"]) == shortfalls
    assert total["compliant"] is compliant


def test_x_ia_22_a_module_named_ethics_in_an_ordinary_activity() -> None:
    rows = [approval("A/M1", 60, module_title="Ethics")]
    (total,) = Scene(course("09:00", 3600, "A/M1"), activities=rows).assess().periods
    assert (total["hours"], total["er_hours"]) == (1, 0)


@pytest.mark.parametrize(("day", "hours"), [("06-11", 25), ("06-12", 28), ("06-13", 31)])
def test_x_ia_23_hours_changed_in_one_approval(day: str, hours: int) -> None:
    spans = [(25, "02-08", "06-11"), (28, "06-12", "06-12"), (31, "06-13", "12-31")]
    rows = [
        approval("A", size * 60, approved_from=f"2025-{first}", approved_to=f"2025-{last}")
        for size, first, last in spans
    ]
    row = only(Scene(course(f"2025-{day} 09:00", 1800), activities=rows).assess())
    assert (row["stated_minutes"], row["credited_minutes"]) == (hours * 60, 30)


def test_x_ia_24_repeats() -> None:
    days = ("2024-09-10", "2025-06-01", "2025-08-05")
    lines = [line for n, day in enumerate(days) for line in course(f"{day} 09:00", 3540, attempt=f"t{n}")]
    result = Scene(lines, activities=[approval("A", 30)]).assess()
    assert [brief(row) for row in result.credits] == [
        ("awarded", 30, "NO_UNSCHEDULED_CHECK"),
        ("not_earned", 0, "NO_UNSCHEDULED_CHECK;REPEAT_NOT_COUNTED"),
        ("awarded", 30, "NO_UNSCHEDULED_CHECK"),
    ]
    assert [(p["period"], p["hours"]) for p in result.periods] == [
        ("2024/25", Fraction(1, 2)),
        ("2025/26", Fraction(1, 2)),
    ]


def test_x_ia_27_two_devices_are_one_login_time() -> None:
    lines = ["10:00 view A session=a", "11:00 logout session=a"]
    lines += ["10:30 view B session=b", "11:30 logout session=b"]
    result = Scene(lines, activities=[approval("A"), approval("B")]).assess({"idle": {"threshold_s": 9000}})
    assert result.login_us == {"P1": 90 * 60 * 1_000_000}
    assert [(r["activity_id"], r["active_s"]) for r in result.credits] == [("A", 1800), ("B", 3600)]


def test_x_ia_29_missing_logout_ends_at_the_last_event() -> None:
    more = [event(line, session=None) for line in ("14:00 login", "14:20 view A", "14:42 view A")]
    more += [event(f"2025-03-11 {line}", session=None) for line in ("09:00 login", "09:10 logout")]
    result = Scene(more=more).assess()
    assert result.login_us == {"P1": (42 + 10) * 60 * 1_000_000}
    assert codes(result).count("MISSING_LOGOUT") == 1
    assert ("MISSING_LOGOUT", "P1", None, None, None, "~1") in result.finding_codes
