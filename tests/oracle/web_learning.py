"""Web-based learning by hand (rule set EAA-2021): the video second by second, then the quizzes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Play:
    """A clip from one second of the day to another, with so many seconds of video left at its start."""

    begin: int
    end: int
    left: int | None


@dataclass(frozen=True)
class Quiz:
    """A quiz with the second it began, the right answers and all of them."""

    begin: int
    right: int
    answers: int


def seen_by(moment: int, plays: list[Play], length: int) -> int:
    """Distinct seconds of video shown before a moment; without its place a clip began at the start."""
    seen = set()
    for play in plays:
        place = 0 if play.left is None else max(length - play.left, 0)
        shown = min(play.end, moment) - play.begin
        longest = length if play.left is None else play.left
        seen |= {second for second in range(place, place + min(shown, longest)) if second < length}
    return len(seen)


def outcome(plays: list[Play], quizzes: list[Quiz], length: int, points: int) -> tuple[str, int, list[str]]:
    """Status, points and codes."""
    codes, counted = set(), 0
    for quiz in quizzes:
        is_early = 4 * seen_by(quiz.begin, plays, length) < 3 * length
        is_failed = 2 * quiz.right < quiz.answers
        codes |= {"QUIZ_TOO_EARLY"} if is_early else set()
        codes |= {"QUIZ_NOT_PASSED"} if is_failed else set()
        counted += not is_early and not is_failed
    if counted > 1:
        codes.add("REPEAT_NOT_COUNTED")
    return ("awarded", points, sorted(codes)) if counted else ("in_progress", 0, sorted(codes))
