"""Section 3 of the contract: sessions, attention and states, on and beside each threshold."""

import pytest

from tests.oracle.case import Cells
from tests.oracle.model import Result
from tests.oracle.trail import (
    Scene,
    approval,
    brief,
    codes,
    course,
    event,
    later,
    only,
)

B = approval("B")


def active(result: Result) -> dict[str, object]:
    """Active seconds by activity."""
    return {str(row["activity_id"]): row["active_s"] for row in result.credits}


def states(result: Result) -> list[tuple[object, ...]]:
    """Session, activity, module, seconds and state of each interval."""
    return [
        (
            i["session_id"],
            i["activity_id"],
            i["module_id"],
            (int(i["end_us"] or 0) - int(i["start_us"] or 0)) / 1_000_000,
            i["state"],
        )
        for i in result.intervals
    ]


def bare(*lines: str) -> list[Cells]:
    """Events without a session id."""
    return [event(line, session=None) for line in lines]


# Section 3.1: sessions


@pytest.mark.parametrize(("gap", "sessions"), [(1799, 1), (1800, 1), (1800.000001, 2), (1801, 2)])
def test_gap_cuts_derived_sessions(gap: float, sessions: int) -> None:
    more = bare("09:00 view A", f"{later('09:00', gap)} view A")
    result = Scene(more=more).assess()
    assert codes(result).count("MISSING_LOGOUT") == sessions


def test_gap_never_cuts_a_session_with_an_id() -> None:
    result = Scene(["09:00 view A", "12:00 logout"]).assess()
    assert result.login_us["P1"] == 3 * 3600 * 1_000_000


@pytest.mark.parametrize(("delay", "sessions"), [(59, 1), (60, 1), (60.000001, 2), (61, 2)])
def test_events_after_the_close(delay: float, sessions: int) -> None:
    lines = ["09:00 view A", "09:05 logout", f"{later('09:05', delay)} view A", "09:30 view A"]
    result = Scene(lines[:3]).assess()
    assert codes(result).count("EVENT_AFTER_LOGOUT") == 1
    assert codes(result).count("MISSING_LOGOUT") == sessions - 1
    assert active(result) == {"A": 300}


@pytest.mark.parametrize(("delay", "login", "late"), [(60, 360, 0), (60.000001, 300, 1)])
def test_logout_after_timeout(delay: float, login: int, late: int) -> None:
    lines = ["09:00 view A", "09:05 timeout", f"{later('09:05', delay)} logout"]
    result = Scene(lines).assess()
    assert result.login_us["P1"] // 1_000_000 == login
    assert codes(result).count("EVENT_AFTER_LOGOUT") == late
    assert active(result) == {"A": 300}
    assert states(result)[1:] == ([("s1", None, None, 60, "portal")] if not late else [])


def test_logout_is_not_of_the_same_close_when_something_came_between() -> None:
    lines = ["09:00 view A", "09:05 timeout", "09:05:20 heartbeat", "09:05:40 logout"]
    assert Scene(lines).assess().login_us["P1"] == 300_000_000


def test_bare_event_joins_the_one_session_it_lies_in() -> None:
    scene = Scene(["09:00 view A", "09:30 logout"], more=bare("09:10 view A", "09:20 logout"))
    result = scene.assess()
    # The joined logout closes the session; the one with the id comes ten minutes later.
    assert codes(result).count("EVENT_AFTER_LOGOUT") == 1
    assert result.login_us["P1"] == 20 * 60 * 1_000_000


@pytest.mark.parametrize(("at", "derived"), [("09:00", 0), ("09:29:59", 0), ("09:30", 1)])
def test_bare_event_at_the_ends_of_a_session(at: str, derived: int) -> None:
    result = Scene(["09:00 view A", "09:30 logout"], more=bare(f"{at} view A")).assess()
    assert codes(result).count("MISSING_LOGOUT") == derived


# Section 3.4: one attention


def test_two_tabs_never_earn_the_same_second() -> None:
    lines = ["09:00 view A", "09:10 view A", "09:20 logout"]
    lines += [f"{at} session=s2" for at in ("09:05 view B", "09:08 view B", "09:15 logout")]
    result = Scene(lines, activities=[approval("A"), B]).assess()
    # s2's logout at 09:15 is left out of the sequence, for s1 is open then.
    assert active(result) == {"A": 300 + 600, "B": 300}


def test_last_event_of_a_session_owns_nothing_while_another_is_open() -> None:
    lines = ["09:00 view A", "09:09 logout", "09:02 view B session=s2", "09:04 view B session=s2"]
    result = Scene(lines, activities=[approval("A"), B]).assess()
    assert active(result) == {"A": 120, "B": 420}


def test_identity_events_keep_the_owner_and_other_inputs_make_portal_time() -> None:
    lines = ["09:00 view A", "09:05 verify factor=face outcome=pass", "09:10 view", "09:15 logout"]
    result = Scene(lines).assess()
    assert active(result) == {"A": 600}
    assert states(result)[-1] == ("s1", None, None, 300, "portal")


def test_ties_go_by_vocabulary_then_by_columns_with_null_first() -> None:
    lines = ["09:00 view B", "09:00 view A", "09:05 logout"]
    assert active(Scene(lines, activities=[approval("A"), B]).assess()) == {"A": 0, "B": 300}
    lines = ["09:00 view B", "09:00 interact A", "09:05 logout"]
    assert active(Scene(lines, activities=[approval("A"), B]).assess()) == {"A": 300, "B": 0}


def test_portal_time_in_no_stretch_is_of_the_session_that_started_first() -> None:
    lines = [
        "09:02 heartbeat",
        "09:10 logout",
        "09:00 heartbeat session=s2",
        "09:06 logout session=s2",
    ]
    assert states(Scene(lines).assess()) == [
        ("s2", None, None, 360, "portal"),
        ("s1", None, None, 240, "portal"),
    ]


# Sections 3.5 to 3.8


@pytest.mark.parametrize(
    ("stop", "media"),
    [
        ("media_pause A object=c1", 300),
        ("media_end A object=c2", 900),
        ("media_play A object=c2 duration_s=60", 360),
        ("media_pause A object=c1 session=s2", 900),
        ("verify outcome=pass factor=pin", 900),
    ],
)
def test_what_stops_a_clip(stop: str, media: int) -> None:
    lines = ["09:00 media_play A object=c1", f"09:05 {stop}", "09:15 logout"]
    assert only(Scene(lines).assess())["media_s"] == media


@pytest.mark.parametrize(("until", "idle"), [("09:40", 0), ("09:40:01", 1)])
def test_unknown_length_plays_half_an_hour_at_most(until: str, idle: int) -> None:
    lines = ["09:00 media_play A object=c1", f"{until} logout"]
    assert only(Scene(lines).assess())["idle_s"] == idle


def test_a_clip_of_another_module_does_not_keep_idle_away() -> None:
    lines = ["09:00 media_play B object=c1", "09:05 view A", "09:25 logout"]
    rows = {r["activity_id"]: r for r in Scene(lines, activities=[approval("A"), B]).assess().credits}
    assert (rows["A"]["idle_s"], rows["A"]["media_s"], rows["B"]["media_s"]) == (600, 0, 300)


def test_idle_record_counts_even_while_a_clip_plays_and_only_in_its_session() -> None:
    lines = ["09:00 media_play A object=c1", "09:10 logout"]
    for session, idle in (("s1", 120), ("s2", 0)):
        record = f"09:05 idle duration_s=120 session={session}"
        assert only(Scene([*lines, record]).assess())["idle_s"] == idle


def test_each_instant_has_one_state() -> None:
    lines = [
        "09:00 media_play A object=c1 duration_s=400",
        "09:05 idle A duration_s=60",
        "09:06 assessment_start A attempt=t1",
        "09:08 assessment_submit A attempt=t1 score=1 max_score=1",
        "09:20 logout",
    ]
    assert states(Scene(lines).assess()) == [
        ("s1", "A", None, 240, "media"),
        ("s1", "A", None, 60, "idle"),
        ("s1", "A", None, 60, "media"),
        ("s1", "A", None, 120, "assessment"),
        ("s1", "A", None, 600, "learning"),
        ("s1", "A", None, 120, "idle"),
    ]


def test_unsubmitted_attempt_runs_to_its_last_event() -> None:
    lines = ["09:00 view A", "09:05 question A attempt=t1 item=q1"]
    lines += ["09:07 heartbeat A attempt=t1", "09:10 logout"]
    result = Scene(lines).assess()
    row = only(result)
    assert (row["assessment_s"], row["active_s"], row["attempts"]) == (120, 480, 0)
    assert brief(row) == ("in_progress", 0, "ATTEMPT_NOT_SUBMITTED;TWO_FACTOR_MISSING")


def test_what_another_person_did_counts_for_nothing() -> None:
    lines = course("09:00", 1800)
    done = [line + " actor_id=admin" if "complete" in line else line for line in lines]
    assert brief(only(Scene(done).assess())) == ("in_progress", 0, "ACTED_BY_OTHER")
    self_done = [line + " actor_id=P1" for line in lines]
    assert brief(only(Scene(self_done).assess()))[:2] == ("awarded", 30)
    result = Scene(["09:00 view A actor_id=admin"]).assess()
    assert (result.credits, codes(result)) == ([], ["ACTED_BY_OTHER", "NO_IDENTITY_EVENTS"])


def test_module_without_name_of_a_modular_activity_makes_no_row() -> None:
    lines = ["09:00 view A", "09:10 view A/M1", "09:20 logout"]
    result = Scene(lines, activities=[approval("A/M1")]).assess()
    assert [(r["module_id"], r["active_s"]) for r in result.credits] == [("M1", 600)]
    assert states(result)[0] == ("s1", "A", None, 600, "learning")
