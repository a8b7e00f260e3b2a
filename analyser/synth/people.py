"""Honest people: the kinds there are, and the story of each kind in each activity."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

from analyser.synth.catalogue import Catalogue, Unit, read_toml
from analyser.synth.script import OFFICE, Certificate, Expect, Script, Story
from analyser.synth.study import Manner, challenge, enter, exam, failing, passing, study

VARIANTS = 3  # tellings of one story; chance makes the rest of the difference
# The activity that lapsed once: honest people took it well before or after the gap.
_OPEN_WINDOWS = {
    "A08": (
        ("2024-08-05", "2025-01-20"),
        ("2025-04-20", "2026-07-22"),
        ("2025-04-20", "2026-07-22"),
    )
}


@dataclass(frozen=True)
class Kind:
    """One kind of honest person.

    `share`: of a hundred honest people. `activities`: fewest and most of them. `sitting_s`:
    learning at a stretch. `slack`: how much longer than required. `beat_s`: seconds between
    heartbeats of the page (0: none). `window`: when they begin (none: whenever it is approved).
    """

    name: str
    why: str
    share: int
    activities: tuple[int, int]
    sitting_s: int
    slack: tuple[float, float]
    manner: Manner
    beat_s: int = 60
    device: int = 0
    seconds: bool = False
    session_ids: bool = True
    retakes: bool = False
    hops: bool = False
    window: tuple[str, str] | None = None


def _kind(row: dict[str, Any]) -> Kind:
    """One kind; TOML knows no tuples."""

    def values(table: dict[str, Any]) -> dict[str, Any]:
        return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}

    return Kind(**values(row) | {"manner": Manner(**values(row["manner"]))})


KINDS = tuple(_kind(row) for row in read_toml("people.toml")["kind"])


def honest_story(catalogue: Catalogue, kind: Kind, activity: str, variant: int, seed: int) -> Script:
    """How somebody of a kind takes one activity and earns all of it."""
    rng = random.Random(f"{seed}/{kind.name}/{activity}/{variant}")  # noqa: S311 - chance, not secrecy
    story = Story(rng, beat_s=kind.beat_s, device=kind.device)
    units = catalogue.activity(activity)
    manner = _vary(kind.manner, rng)
    story.sit()
    enter(story, units[0], manner, first=True)
    if kind.hops and len(units) > 1:
        _hop(story, units, kind, manner)
    else:
        for n, unit in enumerate(units):
            # Two short modules at a stretch: more checks in one session might look regular by
            # chance.
            if n and (kind.sitting_s < 3600 or unit.minutes > 30 or n % 2 == 0):
                story.leave(manner.ends)
                story.sit()
                enter(story, unit, manner, first=False)
            _take(story, unit, kind, manner)
    story.leave(manner.ends)
    script = story.script
    script.seconds, script.session_ids = kind.seconds, kind.session_ids
    if kind.window:
        script.window = kind.window
    elif activity in _OPEN_WINDOWS:
        script.window = _OPEN_WINDOWS[activity][variant]
    script.certificates.append(Certificate(activity, tuple(range(len(units)))))
    for n, unit in enumerate(units):
        script.expects.append(Expect(kind.name, unit.index, "", "awarded", credit=n))
    return script


def _vary(manner: Manner, rng: random.Random) -> Manner:
    """The same habit on another day: other factors, a break or none."""
    if manner.factors == ("password", "otp_sms") and rng.random() < 0.3:
        manner = replace(manner, factors=rng.choice([("password", "otp_app"), ("pin", "hardware_token")]))
    return replace(manner, break_s=rng.choice([0, 0, 780, 1260]) if manner.break_s else 0)


def _seconds(unit: Unit, slack: tuple[float, float]) -> tuple[float, float]:
    return unit.minutes * 60 * slack[0], unit.minutes * 60 * slack[1]


def _take(story: Story, unit: Unit, kind: Kind, manner: Manner) -> None:
    seconds = _seconds(unit, kind.slack)
    study(story, unit, manner, seconds, sittings=max(1, round(unit.minutes * 60 / kind.sitting_s)))
    if unit.delivery == "onsite_assessment":
        visit_centre(story, unit, venue=story.rng.randrange(2))
        return
    sit_exam(story, unit, manner, retakes=kind.retakes)


def sit_exam(story: Story, unit: Unit, manner: Manner, *, retakes: bool = False) -> None:
    """Pass at the first or, after a failure, at the second paper; then the survey."""
    if retakes:
        exam(story, unit, failing(unit))
        story.add("view", unit, (20, 60), object=unit.items[0].index)
        story.leave(manner.ends)
        story.sit((1, 3))
        enter(story, unit, manner, first=False)
        story.add("view", unit, (60, 180), object=unit.items[-1].index)
        new = story.rng.randint(-(-unit.paper // 2), unit.paper)
        exam(story, unit, passing(unit), fresh=new, credit=story.credit(unit))
    else:
        exam(story, unit, passing(unit), credit=story.credit(unit))
    story.add("survey", unit, (10, 60))


def visit_centre(story: Story, unit: Unit, *, venue: int, supervised: bool = True) -> None:
    """Another day, at a centre: an authorised person checks who it is, then the paper.

    `venue`: its place in the catalogue, which is its object number too.
    """
    story.leave()
    story.sit((2, 6), OFFICE)
    story.add("login", None, (2, 8))
    story.verify("password", gap=(20, 90))
    if supervised:
        number = len(story.script.attempts)
        story.verify("supervised", "assessment", "pass", unit, (30, 120), object=venue, attempt=number)
    exam(story, unit, passing(unit), credit=story.credit(unit))


def _hop(story: Story, units: list[Unit], kind: Kind, manner: Manner) -> None:
    """Read two modules at once, on two devices, turn and turn about; then sit both papers."""
    for first in range(0, len(units), 2):
        pair = units[first : first + 2]
        if first:
            story.leave()
            story.sit()
            enter(story, pair[0], manner, first=False)
        if len(pair) == 1:
            _take(story, pair[0], kind, manner)
            continue
        here = story.now.session
        there = story.open_session(1)
        enter(story, pair[1], manner, first=False)
        _take_turns(story, pair, kind, manner, (here, there))
        for unit, session, device in ((pair[0], here, 0), (pair[1], there, 1)):
            story.switch(session, device)
            sit_exam(story, unit, manner)
        story.switch(there, 1)
        story.leave()
        story.switch(here, 0)


def _take_turns(
    story: Story, pair: list[Unit], kind: Kind, manner: Manner, sessions: tuple[int, int]
) -> None:
    turns = 4
    calm = replace(manner, clips="part")
    for turn in range(turns):
        for unit, session, device in zip(pair, sessions, (0, 1), strict=True):
            items = unit.required
            part = items[turn * len(items) // turns : (turn + 1) * len(items) // turns]
            seconds = _seconds(unit, kind.slack)
            share = (seconds[0] / turns, seconds[1] / turns)
            story.switch(session, device)
            study(story, unit, calm, share, items=part, challenges=0)
            if turn == 1:
                challenge(story, unit, manner.challenge)
