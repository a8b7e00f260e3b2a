"""Section 4 of the contract: just under, exactly on and just over each threshold."""

import pytest

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
    later,
    learn,
    only,
)

B = approval("B")


@pytest.mark.parametrize(
    ("score", "status"), [("69.9", "in_progress"), ("70", "awarded"), ("70.1", "awarded")]
)
def test_pass_mark(score: str, status: str) -> None:
    assert only(Scene(course("09:00", 1800, score=score)).assess())["status"] == status


def test_derived_score_rules_and_the_difference_is_told() -> None:
    lines = [
        *course("09:00", 1800)[:-2],
        "09:30 answer A attempt=t1 item=q1 score=0 max_score=1",
        "09:30 answer A attempt=t1 item=q1 response=b score=1 max_score=1",
        "09:30 assessment_submit A attempt=t1 score=20 max_score=100",
    ]
    assert brief(only(Scene(lines).assess())) == (
        "awarded",
        30,
        "SCORE_MISMATCH;SHORT_LEARNING_TIME",
    )


def test_no_pass_mark_holds_without_a_credit_date() -> None:
    rows = [approval("A", 30, pass_mark=None)]
    row = only(Scene(course("09:00", 1800), activities=rows).assess())
    assert brief(row) == ("held", 30, "PASS_MARK_MISSING")
    assert (row["credited_at"], row["period"]) == (None, None)


def test_unsubmitted_items_count_as_seen() -> None:
    lines = [
        *course("09:00", 1800)[:-2],
        "09:30 answer A attempt=t1 item=q1 score=0 max_score=1",
        "09:30 assessment_submit A attempt=t1",
        "09:31 question A attempt=t2 item=q2",
        "09:32 answer A attempt=t3 item=q2 score=1 max_score=1",
        "09:33 assessment_submit A attempt=t3",
    ]
    row = only(Scene(lines).assess())
    assert brief(row)[:2] == ("held", 30)
    assert "RETAKE_OVERLAP" in str(row["codes"])


def test_only_time_after_the_failure_counts_in_a_new_cycle() -> None:
    fails = [f"10:00 assessment_submit A attempt=t{n} score=1 max_score=9" for n in (1, 2)]
    first = [*enter("09:00"), *learn("09:00", 3600), *fails]
    redo = ["10:20 view A", "10:30 complete A", "10:30:00.5 view A"]
    limbo = only(Scene([*first, redo[0]]).assess())
    assert (limbo["status"], limbo["active_s"]) == ("not_earned", 3600 + 600)
    open_again = only(Scene([*first, "10:10 view A", *redo]).assess())
    assert (open_again["status"], open_again["active_s"]) == ("in_progress", 1800)


def test_unregistered_module_is_held_without_a_cap() -> None:
    row = only(Scene(course("09:00", 3600, "A/M1"), activities=[]).assess())
    assert brief(row) == ("held", 60, "NOT_REGISTERED")
    assert (row["stated_minutes"], row["floor_minutes"], row["attempts"]) == (None, None, 0)
    assert (row["completed_at"], row["period"], row["category"]) == (None, None, None)


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (0, ("awarded", 30, "")),
        (1, ("held", 30, "LEARNING_BEFORE_AUTH;TWO_FACTOR_MISSING")),
    ],
)
def test_both_factors_come_before_learning(late: int, expected: tuple[str, int, str]) -> None:
    lines = [line for line in course("09:00", 1800) if "otp_sms" not in line]
    lines.append(f"{later('09:00', late)} verify factor=otp_sms outcome=pass")
    scene = Scene(lines, activities=[approval("A", 30)])
    assert brief(only(scene.assess())) == expected


@pytest.mark.parametrize(
    ("delay", "status"), [(0, "awarded"), (300, "awarded"), (300.000001, "held"), (301, "held")]
)
def test_a_failed_challenge_is_cleared_within_300_s(delay: float, status: str) -> None:
    check = "verify factor=face purpose=challenge"
    lines = [*course("09:00", 1800), f"09:15 {check} outcome=ignored"]
    lines.append(f"{later('09:15', delay)} {check} outcome=pass")
    assert only(Scene(lines).assess())["status"] == status


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("09:15", ("held", "A", "CHALLENGE_FAILED")),
        ("09:30:30", ("awarded", None, "CHALLENGE_FAILED")),
    ],
)
def test_where_a_failed_challenge_stands(at: str, expected: tuple[str, str | None, str]) -> None:
    lines = course("09:00", 1800, "A/A")[:-1]
    lines += [f"{at} verify factor=face purpose=challenge outcome=fail", "09:40 logout"]
    lines.append("09:30:20 view B")
    result = Scene(lines, activities=[approval("A/A", 30)]).assess()
    (key,) = [key for key in result.finding_codes if key[0] == "CHALLENGE_FAILED"]
    row: Row = next(row for row in result.credits if row["activity_id"] == "A")
    assert (row["status"], key[3], row["codes"]) == expected
    assert key[5] == "s1"


@pytest.mark.parametrize(
    ("gaps", "is_regular"),
    [
        ((180, 220, 180, 220), False),
        ((181, 219, 181, 219), True),
        ((200, 200), False),
        ((0, 0, 0), False),
    ],
)
def test_regular_checks(gaps: tuple[int, ...], is_regular: bool) -> None:
    lines, second = [*course("09:00", 1800)], 60
    for gap in (0, *gaps):
        second += gap
        check = "verify factor=face purpose=challenge outcome=pass"
        lines.append(f"{later('09:00', second)} {check} device={len(lines)}")
    assert ("CHECKS_REGULAR" in codes(Scene(lines).assess())) is is_regular


@pytest.mark.parametrize(("seconds", "found"), [(3599, False), (3599.999999, False), (3600, True)])
def test_an_hour_without_a_check(seconds: float, found: bool) -> None:
    result = Scene(course("09:00", seconds)).assess()
    assert (("NO_UNSCHEDULED_CHECK", "P1", "A", None, None, None) in result.finding_codes) is found


@pytest.mark.parametrize(
    ("seconds", "floor", "code"),
    [(1739, 0, "SHORT_LEARNING_TIME"), (1740, 30, ""), (1741, 30, "")],
)
def test_minimum_learning_time(seconds: int, floor: int, code: str) -> None:
    rows = [approval("A", 30, stated_minutes="29")]
    row = only(Scene(course("09:00", seconds), activities=rows).assess({"time_basis": "floor"}))
    assert (row["floor_minutes"], row["credited_minutes"], row["codes"]) == (floor, floor, code)
    assert row["status"] == ("awarded" if floor else "held")


def test_robust_only_when_all_three_figures_agree() -> None:
    steady = [f"{later('09:00', n)} view A" for n in range(0, 1800, 300)]
    lines = course("09:00", 1800)
    rows = [approval("A", 30)]
    fragile = only(Scene(lines, activities=rows).assess())
    assert (fragile["active_lower_s"], fragile["active_upper_s"], fragile["robust"]) == (
        0,
        1800,
        False,
    )
    assert only(Scene([*lines, *steady], activities=rows).assess())["robust"] is True


def test_overlapping_approvals_the_latest_first_day_rules() -> None:
    rows = [
        approval("A", 30, approved_from="2025-01-01"),
        approval("A", 60, approved_from="2025-03-01", approved_to="2025-03-10"),
        approval("A", 90),
    ]
    for day, stated in (
        ("2025-02-28", 30),
        ("2025-03-10", 60),
        ("2025-03-11", 30),
        ("2024-12-31", 90),
    ):
        row = only(Scene(course(f"{day} 09:00", 1800), activities=rows).assess())
        assert row["stated_minutes"] == stated


def test_duplicates_are_one_event_and_later_dates_are_left_out() -> None:
    lines = course("09:00", 1800)
    scene = Scene([*lines, *lines], more=[event("2027-01-01 00:00 view A")])
    twice = [{**cells, "score": "80.0"} for cells in scene.more if cells.get("score")]
    scene.more += twice
    assert scene.assess() == Scene(lines).assess()


def test_event_rule_lets_one_complete_suffice() -> None:
    scene = Scene(course("09:00", 1800), items=[item("A", "p1"), item("A", "p2")])
    assert only(scene.assess())["status"] == "in_progress"
    assert only(scene.assess({"complete": {"rule": "event"}}))["status"] == "awarded"
