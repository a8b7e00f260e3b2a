"""The tables of a worked case, as the input tables of a case folder.

What a case leaves out is the usual; tests/clauses/case_format.md tells what that is.
"""

from __future__ import annotations

import datetime
from collections import Counter
from typing import TYPE_CHECKING

from analyser.rulebook.pipe_tables import Row, read_table, spread
from analyser.schema.inputs import INPUTS, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

DAY = "2025-03-10"
SHORT = {
    "who": "participant_id",
    "session": "session_id",
    "activity": "activity_id",
    "object": "object_id",
    "attempt": "attempt_id",
    "item": "item_id",
    "seconds": "duration_s",
    "actor": "actor_id",
    "minutes": "approved_minutes",
    "minimum": "stated_minutes",
    "from": "approved_from",
    "to": "approved_to",
    "length": "length_s",
    "no": "certificate_no",
    "modules": "module_ids",
    "venue": "venue_id",
    "contact": "contact_minutes",
    "pct": "min_attendance_pct",
    "way": "direction",
    "starts": "starts_at",
    "ends": "ends_at",
    "announced": "announced_at",
    "issued": "issued_at",
    "cancelled": "cancelled_at",
    "sent": "submitted_on",
}
# What a row leaves out in the cases of the time kernel; a scheme may say otherwise.
USUAL: dict[str, Row] = {
    "activities": {"activity_id": "A", "approved_minutes": "30", "pass_mark": "70"},
    "participants": {"participant_id": "P1", "licence_type": "individual"},
    "items": {"required": "true"},
    "certificates": {"participant_id": "P1"},
}
_PORTAL = ("login", "verify", "acknowledge", "logout", "timeout")
_STUDY_STEP = datetime.timedelta(minutes=5)
# By what a row is named where evidence is expected; no column of the input.
LABEL = "label"


def moment(text: str) -> datetime.datetime:
    """``[date ]hh:mm[:ss[.ffffff]]`` in Hong Kong, by default on the usual day."""
    full = text if " " in text else f"{DAY} {text}"
    return datetime.datetime.fromisoformat(f"{full}+08:00")


def case_tables(texts: dict[str, str], usual: Mapping[str, Row] = USUAL) -> dict[str, list[Row]]:
    """Table name -> rows with the columns of `analyser.schema.inputs`.

    Args:
        texts: table name -> its text.
        usual: table name -> cells that a row leaves out.

    Raises:
        ValueError: a column or an event that nobody knows, or a time that cannot be read.
    """
    given = {"activities": "activity\nA", "participants": "who\nP1", **texts}
    tables = {"activities": _register("activities", given["activities"], usual.get("activities", {}))}
    first = tables["activities"][0] if tables["activities"] else {"activity_id": "A"}
    home = (first["activity_id"], first.get("module_id", ""))
    of_home = {name: {"activity_id": home[0]} for name in ("certificates", "items", "questions")}
    tables |= {
        name: _register(name, text, {**of_home.get(name, {}), **usual.get(name, {})})
        for name, text in given.items()
        if name not in ("events", "activities")
    }
    tables["events"] = list(_Trail(home).events(read_table(texts.get("events", ""))))
    for name, rows in tables.items():
        _check_columns(name, rows)
    return {name: rows for name, rows in tables.items() if rows}


def long_names(row: Row) -> Row:
    """A row with every column's full name; ``A/M1`` is an activity and its module."""
    full = {SHORT.get(name, name): cell for name, cell in row.items()}
    if "/" in full.get("activity_id", ""):
        full["activity_id"], _, full["module_id"] = full["activity_id"].partition("/")
    return full


def _register(name: str, text: str, usual: Row) -> list[Row]:
    rows = [] if text.strip() == "none" else read_table(text)
    parts = [part for row in rows for part in spread(row, "object", "item")]
    clocks = {column.name for column in INPUTS[name].clocks}
    full = [{**usual, **_named_clock(row)} for row in map(long_names, parts)]
    return [
        {
            column: moment(cell).isoformat() if column in clocks else cell
            for column, cell in row.items()
            if cell != "-"
        }
        for row in full
    ]


def _named_clock(row: Row) -> Row:
    """A row whose short column `time` has its full name."""
    return {"timestamp" if name == "time" else name: cell for name, cell in row.items()}


def _check_columns(name: str, rows: list[Row]) -> None:
    known = (*INPUTS[name].names, LABEL)
    for row in rows:
        if unknown := sorted(set(row) - set(known)):
            raise ValueError(f"{name} has no column {unknown[0]}")


class _Trail:
    """Makes events of the short lines of a case."""

    def __init__(self, home: tuple[str, str]) -> None:
        self._home = home
        self._logins: Counter[str] = Counter()
        self._papers: Counter[tuple[str, ...]] = Counter()
        self._words: dict[str, Callable[[Row], Iterator[Row]]] = {
            "enter": self._enter,
            "study": self._study,
            "paper": self._paper,
            "challenge": self._challenge,
        }

    def events(self, lines: list[Row]) -> Iterator[Row]:
        """Canonical events of the lines, in the order written."""
        for line in lines:
            word = line.get("event", "")
            if word not in self._words and word not in VOCABULARY:
                raise ValueError(f"no event {word or 'at all'} is known (row at {line.get('time')})")
            for part in spread(line, "object", "item") if word != "paper" else [line]:
                made = self._words.get(word, self._plain)(part)
                yield from (self._finish(event) for event in made)

    def _plain(self, line: Row) -> Iterator[Row]:
        marks = line.get("score", "")
        if "/" in marks:
            line = {**line, "score": marks.partition("/")[0], "max_score": marks.partition("/")[2]}
        yield {"outcome": "pass", "purpose": "login", **line} if line["event"] == "verify" else line

    def _enter(self, line: Row) -> Iterator[Row]:
        yield {**line, "event": "login"}
        for factor in ("password", "otp_sms"):
            yield {**line, "event": "verify", "factor": factor, "purpose": "login", "outcome": "pass"}

    def _challenge(self, line: Row) -> Iterator[Row]:
        yield {"factor": "face", "outcome": "pass", **line, "event": "verify", "purpose": "challenge"}

    def _study(self, line: Row) -> Iterator[Row]:
        at, until = moment(line["time"]), moment(line["until"])
        rest = {name: cell for name, cell in line.items() if name != "until"}
        while at < until:
            yield {**rest, "time": f"{at:%Y-%m-%d %H:%M:%S.%f}", "event": "view"}
            at += _STUDY_STEP

    def _paper(self, line: Row) -> Iterator[Row]:
        """Start at its time; answers of one mark each and the submission at ``until`` (or at once)."""
        line = {**line}
        until, items, marks = line.pop("until", line["time"]), line.pop("items", ""), line.pop("score", "")
        key = (line.get("who", "P1"), line.get("activity", ""))
        self._papers[key] += 1
        line.setdefault("attempt", f"t{self._papers[key]}")
        asked = spread({"item": items}, "item") if items else []
        gained, _, whole = (marks or f"{len(asked) or 100}/{len(asked) or 100}").partition("/")
        yield {**line, "event": "assessment_start"}
        for place, named in enumerate(asked):
            mark = "1" if place < int(gained) else "0"
            yield {**line, "time": until, "event": "answer", **named, "score": mark, "max_score": "1"}
        yield {**line, "time": until, "event": "assessment_submit", "score": gained, "max_score": whole}

    def _finish(self, line: Row) -> Row:
        event = long_names(line)
        at = moment(event.pop("time"))
        who, word = event.setdefault("participant_id", "P1"), event["event"]
        self._logins[who] += word == "login"
        event.setdefault("session_id", f"s{max(self._logins[who], 1)}")
        if word not in _PORTAL and "activity_id" not in event:
            event["activity_id"] = self._home[0]
            event["module_id"] = self._home[1] or "-"
        kept = {name: cell for name, cell in event.items() if cell != "-"}
        return {"timestamp": at.isoformat(), **kept}
