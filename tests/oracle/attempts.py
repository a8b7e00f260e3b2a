"""Scores, passing and item overlap of attempts: contract 4.2 and 4.3."""

from fractions import Fraction

from .model import Attempt, Event, is_item

Score = tuple[Fraction, Fraction]
"""Points reached and points of the whole."""


def score_of(attempt: Attempt) -> Score | None:
    """4.2: the score from the answers when every item has one, else from the submission."""
    return _derived(attempt) or _submitted(attempt)


def is_mismatch(attempt: Attempt) -> bool:
    """4.2: the derived and the submitted fraction differ."""
    derived, submitted = _derived(attempt), _submitted(attempt)
    if derived is None or submitted is None or submitted[1] <= 0:
        return False
    return derived[0] * submitted[1] != submitted[0] * derived[1]


def is_pass(attempt: Attempt, pass_mark: Fraction) -> bool:
    """4.2: exact, the mark itself passes; without a score not passed."""
    score = score_of(attempt)
    return score is not None and score[1] > 0 and 100 * score[0] >= pass_mark * score[1]


def _submitted(attempt: Attempt) -> Score | None:
    submission = attempt.submission
    if submission is None or submission.score is None or submission.max_score is None:
        return None
    return submission.score, submission.max_score


def _derived(attempt: Attempt) -> Score | None:
    last: dict[str, Event] = {}
    for event in attempt.events:
        if event.kind == "answer" and event.item_id is not None:
            last[event.item_id] = event
    scores = [answer.score for answer in last.values() if answer.score is not None]
    if not attempt.items or len(scores) < len(attempt.items):
        return None
    wholes = [answer.max_score for answer in last.values() if answer.max_score is not None]
    whole = attempt.submission.max_score if attempt.submission else None
    if len(wholes) == len(attempt.items):
        whole = sum(wholes, Fraction())
    # A full mark of nothing is no score.
    return None if whole is None or whole <= 0 else (sum(scores, Fraction()), whole)


def repeats_items(retake: Attempt, first: Attempt, unsubmitted: list[Attempt], after: int) -> bool:
    """4.3: fewer than half of the retake's items are new to this cycle.

    Args:
        retake: The passing retake.
        first: The first attempt of the cycle.
        unsubmitted: The module's attempts that were never submitted.
        after: The place of the event that began the cycle.
    """
    if not retake.items or not first.items:
        return False  # without item records not assessable
    seen = first.items | {
        event.item_id
        for attempt in unsubmitted
        for event in attempt.events
        if event.item_id is not None and is_item(event) and after < event.order < retake.begin.order
    }
    return 2 * len(retake.items - seen) < len(retake.items)
