"""Why a credit row says what it says: one line per clause with its reading and its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.report.conditions import approval, assessment, content, identity, registered, retake
from analyser.report.matter import Line, Matter
from analyser.report.overview import unit_s
from analyser.report.shape import shape_of
from analyser.report.text import clock, day, moment, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from analyser.report.words import Words


def lines(matter: Matter, words: Words) -> Iterator[Line]:
    """The argument in the order in which a person would make it.

    A scheme that describes its argument (report.toml) is argued from that.
    """
    if described := shape_of(matter.info).argument:
        for entry in described:
            yield from _described(matter, words, entry)
        return
    parts: tuple[Callable[[Matter, Words], Iterator[Line]], ...] = (
        registered, approval, content, assessment, retake, _time, _units, _bases,
        identity, _period, _repeat, _readings,
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
    is_open = not matter.row["robust"] and not set(part.get("open_with", ())).isdisjoint(matter.codes)
    said = part["open" if is_open else "met"]
    values = {name: _shown(name, value) for name, value in matter.row.items()}
    mine = {"en": said["en"], "zh-Hant": said["zh"]}
    text = " / ".join(mine[language].format_map(values) for language in words.languages)
    yield Line(part["clause"], "open" if is_open else "info" if part.get("is_figure") else "ok", text)


def _shown(column: str, value: object) -> str:
    if column.endswith("_s") and isinstance(value, int):
        return clock(value)
    return moment(str(value)) if column.endswith("_at") and value else number(value)


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
    # Before the credit date nothing is asked of the time yet.
    is_asked = is_approved and row["credited_at"]
    mark = "no" if "NO_UNIT_EVIDENCED" in matter.codes else "ok"
    yield Line("2.10", mark if is_asked else "info", text)


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
