"""From a row to its credit: contract 4.4 to 4.8 and the credits table of section 5."""

from dataclasses import dataclass, field
from datetime import date

from .challenges import is_held_by_challenge
from .findings import Finding
from .identity import is_onsite_proven, session_codes, sessions_to_prove
from .model import SECOND, Event, IdleRule, hong_kong_date, iso
from .policy import LOWER, UPPER, Policy
from .register import Approval, Register
from .rows import ModuleFile, Row
from .time_kernel import Timeline

UNIT = 30
Cells = dict[str, int | bool | str | None]

NOT_EARNED = {"OUTSIDE_APPROVAL", "NO_UNIT_EVIDENCED", "REPEAT_NOT_COUNTED"}
HELD = {"RETAKE_OVERLAP", "TWO_FACTOR_MISSING", "ONSITE_UNPROVEN", "CHALLENGE_FAILED", "FLOOR"}


@dataclass
class Verdict:
    """A row under one of the three figures."""

    active: int
    stated: int | None
    evidenced: int
    floor: int | None
    failed: set[str] = field(default_factory=set)
    status: str = "in_progress"
    minutes: int | None = 0


def period_of(day: date) -> str:
    """4.4: the assessment period, 1 Aug to 31 Jul, named like 2024/25."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def figures(policy: Policy) -> tuple[IdleRule, IdleRule, IdleRule]:
    """3.9: likely, lower, upper."""
    return policy.idle, LOWER, UPPER


@dataclass
class Assessor:
    """Section 4 for one participant and registered module."""

    module: ModuleFile
    failures: list[Finding]
    used: tuple[set[str], set[str], set[str]] = field(default_factory=lambda: (set(), set(), set()))

    @property
    def timeline(self) -> Timeline:
        """The participant's time."""
        return self.module.timeline

    @property
    def register(self) -> Register:
        """The registers."""
        return self.module.register

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.module.policy

    def assess(self, row: Row) -> tuple[Cells, list[Finding]]:
        """The credits row (without codes) and the findings bound to it."""
        approval = self.approval_of(row)
        bound = self.find_bound(row, approval)
        failed = {finding.code for finding in bound}
        if is_held_by_challenge(row, self.failures, self.timeline):
            failed.add("CHALLENGE_FAILED")
        verdicts = [
            self.judge(row, approval, rule, used, set(failed))
            for rule, used in zip(figures(self.policy), self.used, strict=True)
        ]
        likely = verdicts[0]
        added = likely.failed - failed - {"FLOOR"}
        bound += [self.finding(code, row) for code in sorted(added)]
        row.codes = {finding.code for finding in bound}
        return self.describe(row, approval, verdicts), bound

    def finding(self, code: str, row: Row, attempt: str | None = None, session: str | None = None) -> Finding:
        """A finding bound to a row."""
        return Finding(code, self.timeline.events[0].participant, *row.pair, attempt, session)

    def approval_of(self, row: Row) -> Approval:
        """4.4: by the credit date, else by the date of the row's last event."""
        last = row.credit or [e for e in self.module.events if row.holds(e.order)][-1]
        return self.module.approval_at(last)

    def find_bound(self, row: Row, approval: Approval) -> list[Finding]:
        """The findings that are the same under all three figures."""
        bound = [self.finding("RETAKE_LIMIT", row, a.attempt_id) for a in row.uncounted]
        if row.unmarked:
            bound.append(self.finding("PASS_MARK_MISSING", row, row.unmarked.attempt_id))
        if row.is_overlapping and row.passing:
            bound.append(self.finding("RETAKE_OVERLAP", row, row.passing.attempt_id))
        if row.credit and not approval.covers(hong_kong_date(row.credit.at)):
            bound.append(self.finding("OUTSIDE_APPROVAL", row))
        if approval.delivery == "onsite_assessment":
            if row.passing and not is_onsite_proven(row, self.timeline, self.register):
                bound.append(self.finding("ONSITE_UNPROVEN", row, row.passing.attempt_id))
            return bound
        for session in sessions_to_prove(row, self.timeline):
            codes = session_codes(session, self.policy)
            bound += [self.finding(code, row, session=session.name) for code in codes]
        return bound

    def judge(
        self, row: Row, approval: Approval, rule: IdleRule, used: set[str], failed: set[str]
    ) -> Verdict:
        """4.5, 4.7 and 4.8 under one figure; `used` are the periods it has awarded so far."""
        active = self.timeline.measure(row.pair, rule, *row.window).active
        stated, enough = approval.approved_minutes, approval.minimum_minutes * 60 * SECOND
        evidenced = min(stated, UNIT * (active // (UNIT * 60 * SECOND)))
        floor = stated if active >= enough else 0
        verdict = Verdict(active, stated, evidenced, floor, failed)
        basis = self.policy.time_basis
        if row.credit:
            if active < enough:
                failed.add("SHORT_LEARNING_TIME")
                failed |= {"FLOOR"} if basis == "floor" else set()
            if basis == "evidenced" and evidenced == 0:
                failed.add("NO_UNIT_EVIDENCED")
            if period_of(hong_kong_date(row.credit.at)) in used:
                failed.add("REPEAT_NOT_COUNTED")
        verdict.status = _status(row, failed)
        if verdict.status in ("awarded", "held"):
            verdict.minutes = {"evidenced": evidenced, "completion": stated, "floor": floor}[basis]
        if row.credit and verdict.status == "awarded":
            used.add(period_of(hong_kong_date(row.credit.at)))
        return verdict

    def describe(self, row: Row, approval: Approval, verdicts: list[Verdict]) -> Cells:
        """The columns of section 5."""
        likely, lower, upper = verdicts
        time = self.timeline.measure(row.pair, self.policy.idle, *row.window)
        credit, passing = row.credit, row.passing
        own = [event for event in self.module.events if row.holds(event.order)]
        submitted = [a for a in self.module.submitted if a.submission and row.holds(a.submission.order)]
        return {
            "participant_id": self.timeline.events[0].participant,
            "activity_id": row.pair[0],
            "module_id": row.pair[1],
            "period": period_of(hong_kong_date(credit.at)) if credit else None,
            "category": approval.category,
            "status": likely.status,
            "credited_minutes": likely.minutes,
            "stated_minutes": likely.stated,
            "evidenced_minutes": likely.evidenced,
            "completion_minutes": likely.stated,
            "floor_minutes": likely.floor,
            "active_s": likely.active // SECOND,
            "active_lower_s": lower.active // SECOND,
            "active_upper_s": upper.active // SECOND,
            "login_s": time.login // SECOND,
            "idle_s": time.idle // SECOND,
            "assessment_s": time.assessment // SECOND,
            "media_s": time.media // SECOND,
            "started_at": iso(own[0].at),
            "completed_at": _iso_or_none(row.content),
            "passed_at": _iso_or_none(passing.submission if passing else None),
            "credited_at": _iso_or_none(credit),
            "attempts": len(submitted),
            "passing_attempt_id": passing.attempt_id if passing else None,
            "robust": len({(verdict.status, verdict.minutes) for verdict in verdicts}) == 1,
        }


def _iso_or_none(event: Event | None) -> str | None:
    return None if event is None else iso(event.at)


def _status(row: Row, failed: set[str]) -> str:
    """4.8: `not_earned` wins, then `held`, then `awarded`; else by what is still open."""
    if row.credit:
        if failed & NOT_EARNED:
            return "not_earned"
        return "held" if failed & HELD else "awarded"
    if row.is_exhausted:
        return "not_earned"
    return "held" if row.unmarked else "in_progress"
