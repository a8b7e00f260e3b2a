"""The conditions of a credit row: approval, content, assessment, identity, with what they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.report.matter import Line, Matter, Row
from analyser.report.text import day, moment, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyser.report.words import Words

IDENTITY = (
    "TWO_FACTOR_MISSING",
    "LEARNING_BEFORE_AUTH",
    "CHALLENGE_FAILED",
    "NO_UNSCHEDULED_CHECK",
    "CHECKS_REGULAR",
    "ONSITE_UNPROVEN",
    "ACTED_BY_OTHER",
)
# Findings that hold nothing by themselves.
NOTES = frozenset({"LEARNING_BEFORE_AUTH", "NO_UNSCHEDULED_CHECK", "CHECKS_REGULAR", "ACTED_BY_OTHER"})
RETAKE = ("RETAKE_OVERLAP", "RETAKE_LIMIT")
IDS_SHOWN = 10
ATTEMPTS_SHOWN = 20
CHECKS_SHOWN = 10


def registered(matter: Matter, words: Words) -> Iterator[Line]:
    """Whether the activity is in the register."""
    if "NOT_REGISTERED" in matter.codes:
        yield Line("1.8", "held", matter.says("NOT_REGISTERED"))


def approval(matter: Matter, words: Words) -> Iterator[Line]:
    """Whether the credit date lies in an approval."""
    row = matter.row
    in_force = matter.behind.approval if matter.behind else matter.register
    if "NOT_REGISTERED" in matter.codes:
        return
    if "OUTSIDE_APPROVAL" in matter.codes:
        text = words.plain("why.outside", date=day(row["credited_at"]))
        yield Line("1.8, 2.46", "no", text)
    elif not row["credited_at"]:
        yield Line("1.8, 2.46", "open", words.plain("why.approval_open"))
    elif in_force:
        text = words.plain(
            "why.approval",
            date=day(row["credited_at"]),
            number=in_force["approval_no"] or "–",
            first=in_force["approved_from"] or "–",
            last=in_force["approved_to"] or "–",
            minutes=number(row["stated_minutes"]),
        )
        yield Line("1.8, 2.46", "ok", text)


def content(matter: Matter, words: Words) -> Iterator[Line]:
    """Whether every requirement was met, and which was not."""
    done, behind = matter.row["completed_at"], matter.behind
    if done:
        source = behind.completion.get("source") if behind else None
        yield Line("2.11, 2.24", "ok", words.plain("why.complete", at=moment(done)), source or "")
        return
    if "NOT_REGISTERED" in matter.codes:
        return
    missing = behind.missing if behind else []
    if [one for one in missing if one]:
        text = words.plain("why.missing", ids=_listed(missing, words), count=number(len(missing)))
    else:
        text = words.plain("why.missing_whole" if missing else "why.not_complete")
    yield Line("2.11, 2.24", "open", text)
    if behind and behind.strange:
        yield Line("2.11, 2.24", "info", words.plain("why.strange", ids=_listed(behind.strange, words)))


def _listed(ids: list[str], words: Words) -> dict[str, str]:
    """The first of some ids, and how many more there are, by language."""
    first, more = ids[:IDS_SHOWN], len(ids) - IDS_SHOWN
    listed = words.listed(first)
    if more <= 0:
        return listed
    rest = words.texts("why.and_more", count=number(more))
    return {language: listed[language] + rest[language] for language in words.languages}


def assessment(matter: Matter, words: Words) -> Iterator[Line]:
    """Whether it was passed, by which pass mark, and what became of every attempt."""
    row, behind = matter.row, matter.behind
    passing = behind.passing(row["passing_attempt_id"]) if behind else None
    if "PASS_MARK_MISSING" in matter.codes:
        yield Line("2.32", "held", matter.says("PASS_MARK_MISSING"))
    elif row["passed_at"]:
        yield _passed(row, passing, words)
    elif "NOT_REGISTERED" not in matter.codes:
        key = "why.not_passed" if row["attempts"] else "why.no_attempt"
        text = words.plain(key, attempts=number(row["attempts"]))
        yield Line("2.32", "no" if row["status"] == "not_earned" else "open", text)
    if behind and (not passing or len(behind.attempts) > 1):
        for attempt in behind.attempts[:ATTEMPTS_SHOWN]:
            yield _attempt(attempt, attempt is passing, has_passed=bool(row["passed_at"]), words=words)
        if (more := len(behind.attempts) - ATTEMPTS_SHOWN) > 0:
            yield Line("2.32", "info", words.plain("why.more_attempts", count=number(more)))
    if "SCORE_MISMATCH" in matter.codes:
        yield Line("2.32", "info", matter.says("SCORE_MISMATCH"))


def _passed(row: Row, passing: Row | None, words: Words) -> Line:
    known = {
        "at": moment(row["passed_at"]),
        "attempt": row["passing_attempt_id"] or "–",
        "attempts": number(row["attempts"]),
    }
    if not passing:
        return Line("2.32", "ok", words.plain("why.passed_alone", **known))
    text = words.plain("why.passed", mark=number(passing["pass_mark"]), **_score(passing), **known)
    return Line("2.32", "ok", text, passing["source"] or "")


def _attempt(attempt: Row, is_passing: bool, *, has_passed: bool, words: Words) -> Line:
    """What one submission scored and what it counts for."""
    if attempt["pass_mark"] is None:
        key = "why.unmarked"
    elif not attempt["is_passed"]:
        key = "why.failed"
    elif is_passing or has_passed:
        key = "why.reached"
    else:
        key = "why.uncounted_for" if attempt["codes"] else "why.uncounted"
    outcome = words.texts(key, mark=number(attempt["pass_mark"]), codes=attempt["codes"] or "")
    text = words.plain(
        "why.attempt",
        attempt=attempt["attempt_id"],
        at=moment(attempt["at"]),
        outcome=outcome,
        **_score(attempt),
    )
    return Line("2.32", "info", text, attempt["source"] or "")


def _score(attempt: Row) -> dict[str, str]:
    return {"score": number(attempt["score"]), "full": number(attempt["max_score"])}


def retake(matter: Matter, words: Words) -> Iterator[Line]:
    """Whether further attempts stand within the limit."""
    found = [code for code in RETAKE if code in matter.codes]
    for code in found:
        yield Line("2.33", _mark(matter, code), matter.says(code))
    if not found and (matter.row["attempts"] or 0) > 1:
        yield Line("2.33", "ok", words.plain("why.retake"))
    attempts = matter.behind.attempts if matter.behind else []
    if any(attempt["lacks_items"] for attempt in attempts):
        why = words.reasons("the papers carry no item records")
        yield Line("2.33", "open", words.plain("why.not_assessable", code="RETAKE_OVERLAP", why=why))


def _mark(matter: Matter, code: str) -> str:
    """What the findings of a code do to the row; the same code may refuse, hold or only be told."""
    if matter.does(code, "not_earned"):
        return "no"
    return "held" if matter.does(code, "hold") else "info"


def identity(matter: Matter, words: Words) -> Iterator[Line]:
    """What was found on identity, or the checks that were passed."""
    found = [code for code in IDENTITY if code in matter.codes]
    for code in found:
        is_open = matter.row["status"] not in {"held", "not_earned"}
        mark = "info" if code in NOTES or is_open else _mark(matter, code)
        yield Line("2.27–2.31", mark, matter.says(code))
    unproven = [code for code in IDENTITY if code in matter.unproven]
    for code in unproven:
        text = words.plain("why.not_assessable", code=code, why=words.reasons(matter.unproven[code]))
        yield Line("2.27–2.31", "open", text)
    if not found and not unproven and "NOT_REGISTERED" not in matter.codes:
        yield _proven(matter, words)


def _proven(matter: Matter, words: Words) -> Line:
    checks = matter.behind.checks if matter.behind else []
    if not checks:
        return Line("2.27–2.31", "ok", words.plain("why.identity"))
    first = checks[:CHECKS_SHOWN]
    names = words.listed(check["factor"] or "–" for check in first)
    text = words.plain("why.identity_checked", checks=names, count=number(len(checks)))
    return Line("2.27–2.31", "ok", text, ";".join(check["source"] for check in first if check["source"]))
