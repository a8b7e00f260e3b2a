"""The chapters that stories are made of: entering, studying, being challenged, sitting a paper."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analyser.synth.catalogue import Item, Unit
from analyser.synth.script import NONE, RIGHT_OR_WRONG, TOTAL, Attempt, Story

_SPREAD = math.exp(0.7**2 / 2)  # mean of a log-normal gap over its median


@dataclass(frozen=True)
class Manner:
    """How somebody studies.

    `pace_s` is the median gap between two inputs, `clips` how clips are watched: `through`,
    `paused`, or `part`. `break_s`: a coffee break of so many seconds, which the LMS records as
    idle.
    """

    pace_s: float = 26
    clips: str = "through"
    ends: str = "logout"
    break_s: int = 0
    forum: bool = False
    factors: tuple[str, ...] = ("password", "otp_sms")
    challenge: str = "pin"


def enter(story: Story, unit: Unit, manner: Manner, *, first: bool) -> None:
    """Log in, prove who it is, read the warning before a new activity, look at the portal."""
    story.add("login", None, (1, 5))
    for factor in manner.factors:
        story.verify(factor)
    if first:
        story.add("acknowledge", unit, (3, 15))
    elif story.rng.random() < 0.4:
        story.add("view", None, (2, 12))


def study(
    story: Story,
    unit: Unit,
    manner: Manner,
    seconds: tuple[float, float],
    *,
    sittings: int = 1,
    items: tuple[Item, ...] | None = None,
    challenges: int | None = None,
) -> None:
    """Study the items for so many seconds of active time in all, over some sittings.

    The first sitting is open already and the last one stays open. `challenges`: in each sitting;
    none: as the length of the sitting asks, three at most.
    """
    items = unit.required if items is None else items
    size = -(-len(items) // sittings)
    parts = [items[n : n + size] for n in range(0, len(items), size)]
    for n, part in enumerate(parts):
        if n:
            _pause_until_next_day(story, unit, manner)
        share = (seconds[0] / len(parts), seconds[1] / len(parts))
        asked = min(3, max(1, round(share[0] / 1400))) if challenges is None else challenges
        _study_part(story, unit, manner, share, part, asked)
    story.end_block()


def _pause_until_next_day(story: Story, unit: Unit, manner: Manner) -> None:
    if manner.ends == "timeout":
        # The page gives up a quarter of an hour after the last input.
        story.end_block()
        story.add("interact", unit, (900, 903))
    story.leave(manner.ends)
    story.sit()
    enter(story, unit, manner, first=False)


def _study_part(
    story: Story,
    unit: Unit,
    manner: Manner,
    share: tuple[float, float],
    part: tuple[Item, ...],
    asked: int,
) -> None:
    fixed = sum(watched_s(manner, item) for item in part)
    # Room for the clips, the checks and a few seconds for everything else, however short the story
    # wants it.
    least = fixed + 20.0 * (asked + 1) + 12.0 * len(part)
    block = (max(least, share[0]), max(least, share[1]))
    story.block(block)
    story.adopt_warning(unit)
    spare = (sum(block) / 2 - fixed) / len(part) - manner.pace_s * _SPREAD * 1.4 - 6
    mean = max(1.0, spare / (manner.pace_s * _SPREAD))
    reps = (max(1, math.floor(mean * 0.65)), max(1, math.ceil(mean * 1.3)))
    checked = set(story.rng.sample(range(len(part)), min(asked, len(part))))
    rest = len(part) // 2 if manner.break_s else NONE
    for n, item in enumerate(part):
        _study_item(story, unit, manner, item, reps)
        if n in checked:
            story.drawn("interact", unit, manner.pace_s, object=item.index)
            challenge(story, unit, manner.challenge)
        if n == rest:
            coffee(story, unit, item, manner.break_s)


def _study_item(story: Story, unit: Unit, manner: Manner, item: Item, reps: tuple[int, int]) -> None:
    story.drawn("view", unit, manner.pace_s * 1.4, object=item.index)
    if item.kind == "video":
        watch(story, unit, manner, item)
    story.drawn(
        "interact",
        unit,
        manner.pace_s,
        (max(1, reps[0] * 3 // 4), max(1, reps[1] * 3 // 4)),
        object=item.index,
    )
    # Back and forth between pages.
    story.drawn("view", unit, manner.pace_s, (max(1, reps[0] // 4), max(1, reps[1] // 4)), object=item.index)
    if manner.forum and item.kind == "exercise":
        story.drawn("post", unit, manner.pace_s * 1.5, object=item.index)
    story.drawn("complete", unit, 4, object=item.index)


def watched_s(manner: Manner, item: Item) -> int:
    """Seconds of a clip that somebody of this manner watches (0 for what is no clip)."""
    length = item.length_s or 0
    return length * 3 // 5 if manner.clips == "part" else length


def watch(story: Story, unit: Unit, manner: Manner, item: Item) -> None:
    """Play a clip; nobody touches anything while it plays."""
    length, seen = item.length_s or 0, watched_s(manner, item)
    says_left = story.rng.random() < 0.5
    if manner.clips == "paused":
        seen = round(length * story.rng.uniform(0.25, 0.75))
        left = length if says_left else NONE
        story.add("media_play", unit, (seen, seen), object=item.index, duration_s=left)
        story.drawn("media_pause", unit, 20, object=item.index)
        # The rest always says what is left: the manifest's length would count the first part twice.
        seen, says_left = length - seen, True
    left = (length if manner.clips != "paused" else seen) if says_left else NONE
    over = 1.5 if manner.clips != "part" else 0.0
    story.add("media_play", unit, (seen, seen + over), object=item.index, duration_s=left)
    story.drawn("media_pause" if manner.clips == "part" else "media_end", unit, 5, object=item.index)


def coffee(story: Story, unit: Unit, item: Item, seconds: int) -> None:
    """Away for some minutes; the LMS counts what is over five minutes as idle."""
    block = story.now.block
    story.end_block()
    story.add("interact", unit, (seconds, seconds), object=item.index)
    story.add("idle", unit, (0.2, 0.4), duration_s=seconds - 300, beat_ms=0)
    story.resume_block(block)


def challenge(story: Story, unit: Unit, factor: str, outcome: str = "pass") -> None:
    """An unscheduled check in the middle of the work."""
    story.verify(factor, "challenge", outcome, unit, (4, 14))


def exam(
    story: Story,
    unit: Unit,
    right: tuple[int, int],
    *,
    fresh: int | None = None,
    credit: int = NONE,
    claim: int = NONE,
    submit: bool = True,
    answer_s: tuple[float, float] = (8, 45),
    anchored: int = 0,
    actor: int = 0,
) -> None:
    """Sit a paper with so many right answers.

    `fresh`: how many of its questions the first paper did not have (none: this is a first paper).
    Without `submit` the person walks away after half of it.
    """
    number = len(story.script.attempts)
    story.script.attempts.append(Attempt(unit.index, unit.paper, *right, claim))
    size = unit.paper
    paper = list(range(size)) if fresh is None else [*range(size, size + fresh), *range(size - fresh)]
    story.add("assessment_start", unit, (2, 6), attempt=number, actor=actor)
    for place in paper if submit else paper[: size // 2]:
        story.add("question", unit, answer_s, attempt=number, paper=place, actor=actor)
        story.add("answer", unit, (1, 4), attempt=number, paper=place, scored=RIGHT_OR_WRONG, actor=actor)
    if submit:
        story.add(
            "assessment_submit",
            unit,
            (5, 25),
            attempt=number,
            scored=TOTAL,
            credit=credit,
            anchored=anchored,
            actor=actor,
        )


def passing(unit: Unit) -> tuple[int, int]:
    """Right answers of somebody who passes."""
    return unit.needed, unit.paper


def failing(unit: Unit) -> tuple[int, int]:
    """Right answers of somebody who does not."""
    return 1, unit.needed - 1
