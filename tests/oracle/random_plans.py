"""What a participant sets out to do in one module: plans from enrolment to repeat."""

from collections.abc import Callable
from random import Random

from .model import Pair
from .random_walk import Walk


def _study(walk: Walk, pair: Pair) -> None:
    """Learn about half an hour, on or beside the 30-minute edge."""
    rng = walk.rng
    length = rng.choice((1800, 1799, 1801, 1799.999999, 2000, 2400, 2400, 3700, 3700, 900))
    walk.learn(pair, length / 2)
    if walk.chance(0.35):
        walk.challenge(pair)
    if walk.chance(0.2):
        other = walk.any_pair()
        walk.learn(other, rng.choice((60, 300, 601)))
    if walk.chance(0.1):
        walk.emit(rng.choice(("view", "other", "edit", "survey")))
        walk.wait(rng.choice((5, 200)))
    walk.learn(pair, length / 2)


def _paper(rng: Random, size: int, shared: int = 0) -> list[int]:
    """A paper of `size` questions, `shared` of them from the first paper 1..size."""
    return list(range(1, shared + 1)) + rng.sample(range(10, 19), size - shared)


def _plan_clean(walk: Walk, pair: Pair) -> None:
    walk.enter(pair)
    _study(walk, pair)
    walk.complete(pair)
    walk.sit(pair, is_pass=True, questions=[1, 2, 3, 4])
    walk.leave()


def _plan_early_exam(walk: Walk, pair: Pair) -> None:
    walk.enter(pair)
    walk.complete(pair, is_partial=True)
    walk.sit(pair, is_pass=True, questions=[1, 2])
    _study(walk, pair)
    if walk.chance(0.5):
        walk.leave()
        walk.enter(pair)
    walk.complete(pair, is_partial=walk.chance(0.2))
    walk.leave()


def _plan_retake(walk: Walk, pair: Pair) -> None:
    size = walk.rng.choice((2, 3, 4, 7))
    walk.enter(pair)
    _study(walk, pair)
    walk.complete(pair)
    walk.sit(pair, is_pass=False, questions=list(range(1, size + 1)))
    if walk.chance(0.3):
        walk.sit(pair, is_pass=True, questions=[10, 11, 12, 13], is_abandoned=True)
    shared = size // 2 + walk.rng.choice((0, 0, 1, 0))
    walk.sit(pair, is_pass=True, questions=_paper(walk.rng, size, shared))
    walk.leave()


def _plan_restudy(walk: Walk, pair: Pair) -> None:
    walk.enter(pair)
    walk.learn(pair, walk.rng.choice((600, 1800)))
    if walk.chance(0.4):
        walk.challenge(pair)
        walk.learn(pair, 100)
    walk.complete(pair, is_partial=walk.chance(0.2))
    walk.sit(pair, is_pass=False, questions=[1, 2])
    walk.sit(pair, is_pass=False, questions=[3, 4])
    if walk.chance(0.4):
        walk.sit(pair, is_pass=True, questions=[5, 6])
    if walk.chance(0.5):
        walk.leave()
        walk.enter(pair)
    if walk.chance(0.75):
        _study(walk, pair)
        walk.complete(pair, is_partial=walk.chance(0.3))
    if walk.chance(0.7):
        walk.sit(pair, is_pass=walk.chance(0.7), questions=[7, 8])
    walk.leave()


def _plan_fail_check(walk: Walk, pair: Pair) -> None:
    """Checks that fail in a failed cycle, at its end, or after the credit date."""
    walk.enter(pair)
    _study(walk, pair)
    walk.complete(pair)
    if walk.chance(0.5):
        walk.challenge(pair)
        walk.sit(pair, is_pass=False, questions=[1, 2])
        walk.sit(pair, is_pass=False, questions=[3, 4])
        walk.challenge(pair)
        _study(walk, pair)
        walk.complete(pair)
    walk.sit(pair, is_pass=True, questions=[5, 6])
    walk.learn(pair, 200)
    walk.challenge(pair)
    walk.learn(pair, 200)
    walk.leave()


def _plan_hour(walk: Walk, pair: Pair) -> None:
    """An hour in one activity without a check, to the second or the microsecond."""
    walk.enter(pair)
    stray = walk.rng.choice((None, None, 3))
    for place in range(6):
        walk.emit("interact", (pair[0], None) if place == stray else pair)
        walk.wait(600)
    walk.wait(walk.rng.choice((-1, -0.000001, 0, 0, 1)))
    walk.complete(pair)
    walk.leave()


def _plan_browse(walk: Walk, pair: Pair) -> None:
    walk.enter(pair)
    walk.learn(pair, walk.rng.choice((300, 900, 4000)))
    if walk.chance(0.5):
        walk.sit(pair, is_pass=False, questions=[1, 2])
    walk.leave()


def _plan_twice(walk: Walk, pair: Pair) -> None:
    _plan_clean(walk, pair)
    if walk.chance(0.4):
        walk.wait(86400 * walk.rng.choice((1, 30, 300)))
    _plan_clean(walk, pair)


PLANS: tuple[Callable[[Walk, Pair], None], ...] = (
    *(_plan_clean, _plan_clean, _plan_clean, _plan_early_exam, _plan_retake, _plan_retake),
    *(_plan_restudy, _plan_restudy, _plan_browse, _plan_twice, _plan_fail_check, _plan_hour),
)
