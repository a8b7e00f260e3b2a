"""Why a credit row says what it says: one line per clause with its reading and its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyser.report.overview import unit_s
from analyser.report.shape import shape_of
from analyser.report.text import clock, day, moment, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from analyser.report.cards import Cards
    from analyser.report.words import Words

Row = dict[str, Any]
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


@dataclass(frozen=True)
class Line:
    """One clause's part in the verdict.

    Attributes:
        clause: the paragraph.
        mark: ``ok``, ``no`` (a condition fails), ``held``, ``open`` or ``info``.
        text: the reading with its figures.
    """

    clause: str
    mark: str
    text: str


@dataclass(frozen=True)
class Matter:
    """What is known about one credit row.

    Attributes:
        row: the row of `credits`.
        register: the register row in force at the credit date, if there is one.
        info: what the run was.
        unproven: codes of rules that could be applied to nobody, with the reason why.
        cards: what the scheme says about each code.
    """

    row: Row
    register: Row | None
    info: Row
    unproven: dict[str, str]
    cards: Cards

    @property
    def effects(self) -> dict[str, str]:
        """What each code of the scheme does to credit."""
        return {card["code"]: card["effect"] for card in self.info.get("clauses") or []}

    @property
    def codes(self) -> list[str]:
        """The row's codes."""
        return [code for code in (self.row["codes"] or "").split(";") if code]

    def says(self, code: str) -> str:
        """What was found, and how the clause behind it is read."""
        return self.cards.plain(code, "title", "reading")


def lines(matter: Matter, words: Words) -> Iterator[Line]:
    """The argument in the order in which a person would make it.

    A scheme that describes its argument (report.toml) is argued from that.
    """
    if described := shape_of(matter.info).argument:
        for entry in described:
            yield from _described(matter, words, entry)
        return
    parts: tuple[Callable[[Matter, Words], Iterator[Line]], ...] = (
        _registered, _approval, _content, _assessment, _retake, _time, _units, _bases,
        _identity, _period, _repeat, _readings,
    )  # fmt: skip
    for part in parts:
        yield from part(matter, words)


def _described(matter: Matter, words: Words, part: dict[str, Any]) -> Iterator[Line]:
    """The lines of one entry of a described argument."""
    found = [code for code in part["codes"] if code in matter.codes]
    for code in found:
        effect = matter.effects.get(code, "note")
        mark = {"not_earned": "no", "reduce": "no", "hold": "held"}.get(effect, "info")
        yield Line(part["clause"], mark, matter.says(code))
    unproven = [code for code in part["codes"] if code in matter.unproven]
    for code in unproven:
        text = words.plain("why.not_assessable", code=code, why=words.reasons(matter.unproven[code]))
        yield Line(part["clause"], "open", text)
    if found or unproven or ("needs" in part and matter.row.get(part["needs"]) is None):
        return
    values = {name: _shown(name, value) for name, value in matter.row.items()}
    mine = {"en": part["met"]["en"], "zh-Hant": part["met"]["zh"]}
    text = " / ".join(mine[language].format_map(values) for language in words.languages)
    yield Line(part["clause"], "info" if part.get("is_figure") else "ok", text)


def _shown(column: str, value: object) -> str:
    if column.endswith("_s") and isinstance(value, int):
        return clock(value)
    return moment(str(value)) if column.endswith("_at") and value else number(value)


def _registered(matter: Matter, words: Words) -> Iterator[Line]:
    if "NOT_REGISTERED" in matter.codes:
        yield Line("1.8", "held", matter.says("NOT_REGISTERED"))


def _approval(matter: Matter, words: Words) -> Iterator[Line]:
    row, register = matter.row, matter.register
    if "NOT_REGISTERED" in matter.codes:
        return
    if "OUTSIDE_APPROVAL" in matter.codes:
        text = words.plain("why.outside", date=day(row["credited_at"]))
        yield Line("1.8, 2.46", "no", text)
    elif not row["credited_at"]:
        yield Line("1.8, 2.46", "open", words.plain("why.approval_open"))
    elif register:
        text = words.plain(
            "why.approval",
            date=day(row["credited_at"]),
            number=register["approval_no"] or "–",
            first=register["approved_from"] or "–",
            last=register["approved_to"] or "–",
            minutes=number(row["stated_minutes"]),
        )
        yield Line("1.8, 2.46", "ok", text)


def _content(matter: Matter, words: Words) -> Iterator[Line]:
    done = matter.row["completed_at"]
    if done:
        yield Line("2.11, 2.24", "ok", words.plain("why.complete", at=moment(done)))
    elif "NOT_REGISTERED" not in matter.codes:
        yield Line("2.11, 2.24", "open", words.plain("why.not_complete"))


def _assessment(matter: Matter, words: Words) -> Iterator[Line]:
    row = matter.row
    mark = (matter.register or {}).get("pass_mark")
    if "PASS_MARK_MISSING" in matter.codes:
        yield Line("2.32", "held", matter.says("PASS_MARK_MISSING"))
    elif row["passed_at"]:
        text = words.plain(
            "why.passed",
            at=moment(row["passed_at"]),
            attempt=row["passing_attempt_id"] or "–",
            attempts=number(row["attempts"]),
            mark=number(mark),
        )
        yield Line("2.32", "ok", text)
    elif "NOT_REGISTERED" not in matter.codes:
        text = words.plain("why.not_passed", attempts=number(row["attempts"]))
        yield Line("2.32", "no" if row["status"] == "not_earned" else "open", text)
    if "SCORE_MISMATCH" in matter.codes:
        yield Line("2.32", "info", matter.says("SCORE_MISMATCH"))


def _retake(matter: Matter, words: Words) -> Iterator[Line]:
    found = [code for code in RETAKE if code in matter.codes]
    for code in found:
        is_refused = code == "RETAKE_LIMIT" and matter.row["status"] == "not_earned"
        yield Line("2.33", "no" if is_refused else "held", matter.says(code))
    if not found and (matter.row["attempts"] or 0) > 1:
        yield Line("2.33", "ok", words.plain("why.retake"))


def _time(matter: Matter, words: Words) -> Iterator[Line]:
    row = matter.row
    if row.get("login_s") is None or row.get("active_s") is None:
        return
    yield Line(
        "2.13, 2.14",
        "info",
        words.plain(
            "why.time",
            login=clock(row["login_s"]),
            assessment=clock(row["assessment_s"]),
            idle=clock(row["idle_s"]),
            active=clock(row["active_s"]),
            media=clock(row["media_s"]),
        ),
    )
    text = words.plain(
        "why.three",
        lower=clock(row["active_lower_s"]),
        likely=clock(row["active_s"]),
        upper=clock(row["active_upper_s"]),
    )
    yield Line("2.14", "info", text)


def _units(matter: Matter, words: Words) -> Iterator[Line]:
    row = matter.row
    if row.get("active_s") is None or row.get("evidenced_minutes") is None:
        return
    unit = unit_s(matter.info)
    is_approved = row["stated_minutes"] is not None
    text = words.plain(
        "why.units" if is_approved else "why.units_alone",
        units=row["active_s"] // unit,
        unit=unit // 60,
        stated=number(row["stated_minutes"]),
        evidenced=number(row["evidenced_minutes"]),
    )
    mark = "no" if "NO_UNIT_EVIDENCED" in matter.codes else "ok"
    yield Line("2.10", mark if is_approved else "info", text)


def _bases(matter: Matter, words: Words) -> Iterator[Line]:
    row = matter.row
    if row.get("completion_minutes") is None:
        return
    entry = (matter.info.get("policy") or {}).get("time_basis") or {}
    text = words.plain(
        "why.bases",
        evidenced=number(row["evidenced_minutes"]),
        completion=number(row["completion_minutes"]),
        floor=number(row["floor_minutes"]),
        basis=words.named("basis", entry.get("value") or "–"),
    )
    yield Line("2.12", "info", text)
    if "SHORT_LEARNING_TIME" in matter.codes:
        is_floor = entry.get("value") == "floor"
        text = matter.says("SHORT_LEARNING_TIME")
        yield Line("2.12", "held" if is_floor else "info", text)


def _identity(matter: Matter, words: Words) -> Iterator[Line]:
    found = [code for code in IDENTITY if code in matter.codes]
    for code in found:
        mark = "info" if code in NOTES or matter.row["status"] not in {"held", "not_earned"} else "held"
        yield Line("2.27–2.31", mark, matter.says(code))
    unproven = [code for code in IDENTITY if code in matter.unproven]
    for code in unproven:
        text = words.plain("why.not_assessable", code=code, why=words.reasons(matter.unproven[code]))
        yield Line("2.27–2.31", "open", text)
    if not found and not unproven and "NOT_REGISTERED" not in matter.codes:
        yield Line("2.27–2.31", "ok", words.plain("why.identity"))


def _period(matter: Matter, words: Words) -> Iterator[Line]:
    row = matter.row
    if row["period"]:
        text = words.plain(
            "why.period",
            date=day(row["credited_at"]),
            period=row["period"],
            category=words.named("category", row["category"]) if row["category"] else "–",
        )
        yield Line("1.3", "info", text)


def _repeat(matter: Matter, words: Words) -> Iterator[Line]:
    if "REPEAT_NOT_COUNTED" in matter.codes:
        yield Line("1.3", "no", matter.says("REPEAT_NOT_COUNTED"))


def _readings(matter: Matter, words: Words) -> Iterator[Line]:
    robust = matter.row.get("robust")
    if robust is not None:
        yield Line("2.14", "info", words.plain("why.robust" if robust else "why.fragile"))
