"""What one kind of person does in one activity, step by step, before any clock or chance.

A `Script` is data: the timeline turns it into events for thousands of people at once. A `Story`
writes one. Gaps are milliseconds *after* a step. A step inside a block with a `median_s` is
elastic: its gap is drawn and then all elastic gaps of the block are stretched so that they add up
to the block's target exactly. That is how a story can say "1,800 seconds of learning, not one
millisecond less" and still look like a person.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from analyser.synth.catalogue import Unit
from analyser.synth.words import EVENTS, FACTORS, OUTCOMES, PURPOSES

NONE = -1
IN_FORCE = -1  # expected minutes: those of the register row in force
UNSAID = -2  # expected minutes: the label does not say
HABIT, OFFICE = 0, 1  # clocks: when this person likes to learn; when a centre is open
RIGHT_OR_WRONG, TOTAL = 1, 2  # scores: of one answer; of the paper


@dataclass(frozen=True, slots=True)
class Step:
    """One event (or `reps` like events) and the gap after it."""

    event: int
    unit: int = NONE
    object: int = NONE
    factor: int = NONE
    purpose: int = NONE
    outcome: int = NONE
    attempt: int = NONE
    paper: int = NONE  # place in the walk through the question bank
    scored: int = 0
    duration_s: int = NONE
    session: int = 0
    device: int = 0
    actor: int = 0  # 1: an administrator did it
    sitting: int = 0
    block: int = NONE
    gap_lo: int = 0
    gap_hi: int = 0
    median_s: float = 0.0
    sigma: float = 0.0
    reps_lo: int = 1
    reps_hi: int = 1
    beat_ms: int = 0
    credit: int = NONE  # the credit this step completes
    anchored: int = 0  # 1: falls on the script's anchor to the millisecond


@dataclass(frozen=True)
class Attempt:
    """One paper: how many answers are right, and what the submission claims (none: the truth)."""

    unit: int
    size: int
    right_lo: int
    right_hi: int
    claim: int = NONE


@dataclass(frozen=True)
class Sitting:
    """Days to wait since the sitting before, and the clock it follows."""

    wait_lo: int
    wait_hi: int
    clock: int = HABIT


@dataclass(frozen=True)
class Expect:
    """What the assessment must say about a unit (none: about the person as a whole)."""

    plant: str
    unit: int
    code: str
    status: str
    minutes: int = IN_FORCE
    credit: int = NONE


@dataclass(frozen=True)
class Certificate:
    """One certificate for some credits.

    `flaw`: nothing, 'hours', 'early', 'number', or 'none' (no credit).
    """

    activity: str
    credits: tuple[int, ...]
    flaw: str = ""
    minutes: int = IN_FORCE


@dataclass
class Script:
    """A finished story."""

    steps: list[Step] = field(default_factory=list)
    blocks: list[tuple[int, int]] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)
    expects: list[Expect] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    credits: list[int] = field(default_factory=list)  # the unit of each credit
    sessions: int = 0
    seconds: bool = False  # times are cut to whole seconds
    session_ids: bool = True
    twice: bool = False  # every row is exported twice
    # The first and the last day that the first sitting may have.
    window: tuple[str, str] = ("2024-08-05", "2026-07-22")
    anchor: tuple[str, int] | None = None  # Hong Kong day and millisecond of the day


class Story:
    """Writes a script. `now` holds what the next step inherits: sitting, session, device, block."""

    def __init__(self, rng: random.Random, *, beat_s: int = 0, device: int = 0) -> None:
        """Start an empty story; `rng` decides what differs between tellings of it."""
        self.rng = rng
        self.script = Script()
        self.now = Step(event=NONE, device=device, beat_ms=beat_s * 1000)

    def add(
        self, event: str, unit: Unit | None = None, gap: tuple[float, float] = (1, 4), **fields: int
    ) -> None:
        """One step with a gap between the two given numbers of seconds."""
        self.script.steps.append(
            replace(
                self.now,
                event=EVENTS.index(event),
                unit=NONE if unit is None else unit.index,
                gap_lo=round(gap[0] * 1000),
                gap_hi=round(gap[1] * 1000),
                **fields,
            )
        )

    def drawn(
        self, event: str, unit: Unit, median_s: float, reps: tuple[int, int] = (1, 1), **fields: int
    ) -> None:
        """One elastic step: a log-normal gap between 3 and 200 seconds."""
        self.add(event, unit, (3, 200), reps_lo=reps[0], reps_hi=reps[1], **fields)
        self.script.steps[-1] = replace(self.script.steps[-1], median_s=median_s, sigma=0.7)

    def sit(self, wait: tuple[int, int] = (1, 4), clock: int = HABIT) -> None:
        """Begin a new sitting on a later day, in a new session."""
        self.script.sittings.append(Sitting(*wait, clock))
        self.now = replace(self.now, sitting=len(self.script.sittings) - 1, block=NONE)
        self.open_session(self.now.device)

    def open_session(self, device: int) -> int:
        """A new session; what follows happens in it. Returns its number."""
        self.script.sessions += 1
        self.now = replace(self.now, session=self.script.sessions - 1, device=device)
        return self.now.session

    def switch(self, session: int, device: int) -> None:
        """Go on in another session that is open: another tab or device."""
        self.now = replace(self.now, session=session, device=device)

    def block(self, seconds: tuple[float, float]) -> None:
        """What follows lasts, elastic gaps together, so many seconds."""
        self.script.blocks.append((round(seconds[0] * 1000), round(seconds[1] * 1000)))
        self.now = replace(self.now, block=len(self.script.blocks) - 1)

    def end_block(self) -> None:
        """Nothing that follows is elastic."""
        self.now = replace(self.now, block=NONE)

    def adopt_warning(self, unit: Unit) -> None:
        """Count the warning just shown into the block: it carries the activity."""
        last = self.script.steps[-1]
        if last.event == EVENTS.index("acknowledge") and not unit.module:
            self.script.steps[-1] = replace(last, block=self.now.block)

    def resume_block(self, block: int) -> None:
        """Go on in a block that was left."""
        self.now = replace(self.now, block=block)

    def verify(
        self,
        factor: str,
        purpose: str = "login",
        outcome: str = "pass",
        unit: Unit | None = None,
        gap: tuple[float, float] = (4, 20),
        **fields: int,
    ) -> None:
        """One identity check."""
        self.add(
            "verify",
            unit,
            gap,
            factor=FACTORS.index(factor),
            purpose=PURPOSES.index(purpose),
            outcome=OUTCOMES.index(outcome),
            **fields,
        )

    def credit(self, unit: Unit) -> int:
        """A new credit for a unit; returns its number for the step that completes it."""
        self.script.credits.append(unit.index)
        return len(self.script.credits) - 1

    def leave(self, how: str = "logout", gap: tuple[float, float] = (0, 0)) -> None:
        """End the session: by `logout`, by `timeout` and logout, or `dropped` without a word."""
        self.end_block()
        if how == "timeout":
            self.add("timeout", None, (1, 3), beat_ms=0)
        if how != "dropped":
            self.add("logout", None, gap, beat_ms=0)
