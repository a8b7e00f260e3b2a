"""What the report says about each participant, fetched for all of them in a few queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from analyser.report.overview import names_of, unit_s
from analyser.report.query import ask, tables
from analyser.report.shape import shape_of
from analyser.report.text import day
from analyser.report.timeline import LANES, Day, day_picture
from analyser.report.waterfall import waterfall_picture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyser.report.words import Words
    from analyser.results import Results

DEFAULT_SHOWN = 200
# Bounds that keep the page printable; the tables beside it are always whole.
DAYS_SHOWN = 60
CARDS_SHOWN = 24
FINDINGS_OF_A_CODE = 5
DRAWN_GAP_S = 5

Row = dict[str, Any]


def persons(results: Results, words: Words, limit: int | None) -> dict[str, Any]:
    """The participants to show, each with all that its section needs.

    Args:
        results: the assessed database.
        words: in which language.
        limit: at most so many; without it at most `DEFAULT_SHOWN`.
    """
    most = DEFAULT_SHOWN if limit is None else max(limit, 0)
    chosen = ask(results, "people_chosen", [most])
    people = [row["participant_id"] for row in chosen]
    parts = _Parts(results, people)
    unit = unit_s(results.info) if shape_of(results.info).is_time else None
    return {
        "shown": [_person(row, parts, words, unit) for row in chosen],
        "has_titles": bool(parts.titles),
    }


class _Parts:
    """Everything about the chosen participants, by participant."""

    def __init__(self, results: Results, people: list[str]) -> None:
        def rows(relation: str, order: str) -> dict[str, list[Row]]:
            return _by_person(ask(results, "people_rows", [people], relation=relation, order=order))

        limit = str(FINDINGS_OF_A_CODE)
        self.names = names_of(results, people)
        self.titles = titles_of(results)
        self.periods = rows("periods", "participant_id, period")
        place = "participant_id, activity_id NULLS FIRST, module_id NULLS FIRST"
        self.credits = rows("credits", f"{place}, started_at NULLS FIRST")
        self.findings = _by_person(ask(results, "people_findings", [people], limit=limit))
        self.days = days_of(results, people)
        self.info = results.info
        note = shape_of(self.info).period_note
        notes = ask(results, "period_notes", [note, people]) if note else []
        self.noted = {(row["participant_id"], day(row["until"])) for row in notes}


def open_periods(periods: list[Row], info: dict[str, Any]) -> list[tuple[str, str]]:
    """Periods that were not over on the audit date, each with its last day.

    Args:
        periods: rows of `periods`, named by their two years (``2025/26``).
        info: what the run was.
    """
    as_of = info.get("as_of")
    if not as_of:
        return []
    ends = last_days(periods, info)
    return [(period, end.isoformat()) for period, end in ends if end.isoformat() > as_of]


def last_days(periods: list[Row], info: dict[str, Any]) -> list[tuple[str, datetime.date]]:
    """Periods with their last days, as far as their names and the policy tell them; arguments as above."""
    first_month = ((info.get("policy") or {}).get("period.first_month") or {}).get("value")
    if not first_month:
        return []
    ends = ((row["period"], _last_day(str(row["period"]), int(first_month))) for row in periods)
    return [(period, end) for period, end in ends if end]


def _last_day(period: str, first_month: int) -> datetime.date | None:
    year = period.partition("/")[0]
    if not year.isdecimal() or not 0 < int(year) < datetime.MAXYEAR:
        return None
    return datetime.date(int(year) + 1, first_month, 1) - datetime.timedelta(days=1)


def titles_of(results: Results) -> dict[tuple[str | None, str | None], Row]:
    """Titles by activity and module; empty without a register of activities."""
    if "activities" not in tables(results):
        return {}
    return {(row["activity_id"], row["module_id"]): row for row in ask(results, "titles")}


def days_of(results: Results, people: list[str]) -> dict[str, dict[str, Day]]:
    """The days of participants with what to draw on each."""
    days: dict[str, dict[str, Day]] = defaultdict(dict)
    for row in ask(results, "day_spans", [people], gap=str(DRAWN_GAP_S)):
        day = days[row["participant_id"]].setdefault(row["day"], Day(row["day"]))
        day.spans[row["lane"]] = [(int(a), int(b)) for a, b in row["spans"]]
        day.totals[row["lane"]] = row["total_s"]
    if "mark" in tables(results):
        for row in ask(results, "day_marks", [people]):
            day = days[row["participant_id"]].setdefault(row["day"], Day(row["day"]))
            day.marks.append((row["second"], row["kind"], row["outcome"]))
    return days


def _by_person(rows: Iterable[Row]) -> dict[str, list[Row]]:
    people: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        people[row["participant_id"]].append(row)
    return people


def _person(chosen: Row, parts: _Parts, words: Words, unit: int | None) -> Row:
    who = chosen["participant_id"]
    credits, findings = parts.credits.get(who, []), parts.findings.get(who, [])
    behind, others = placed(credits, findings)
    by_need = sorted(
        zip(credits, behind, strict=True),
        key=lambda pair: pair[0]["status"] == "awarded" and pair[0]["robust"],
    )
    cards = by_need[:CARDS_SHOWN]
    days = sorted(parts.days.get(who, {}).values(), key=lambda day: day.date)
    lanes = tuple(lane for lane in LANES if any(day.totals.get(lane) for day in days))
    return {
        **chosen,
        "register": parts.names.get(who, {}),
        "periods": parts.periods.get(who, []),
        "open_periods": open_periods(parts.periods.get(who, []), parts.info),
        "noted_periods": [
            period
            for period, end in last_days(parts.periods.get(who, []), parts.info)
            if (who, end.isoformat()) in parts.noted
        ],
        "cards": [_card(row, reasons, parts, words, unit) for row, reasons in cards],
        "more_cards": len(credits) - len(cards),
        "credit_rows": len(credits),
        "days": [(day.date, day_picture(day, lanes, words)) for day in days[:DAYS_SHOWN]],
        "more_days": max(len(days) - DAYS_SHOWN, 0),
        "others": others,
    }


def _card(row: Row, findings: list[Row], parts: _Parts, words: Words, unit: int | None) -> Row:
    """One credit row with its titles, its findings and its waterfall."""
    place = (row["activity_id"], row["module_id"])
    return {
        "row": row,
        "titles": parts.titles.get(place, {}),
        "codes": [code for code in (row["codes"] or "").split(";") if code],
        "findings": findings,
        "picture": waterfall_picture(row, unit, words) if unit and row.get("login_s") is not None else "",
    }


def placed(credits: list[Row], findings: list[Row]) -> tuple[list[list[Row]], list[Row]]:
    """The findings behind the codes of each credit row, and those that stand in no row.

    The latter are about sessions, certificates or whole activities. Of several completions of a
    module, a finding stands in the one that was under way at its time.

    Args:
        credits: one participant's credit rows, those of one module in time order.
        findings: the participant's findings.
    """
    places: dict[str | None, list[int]] = defaultdict(list)
    for number, row in enumerate(credits):
        places[row["activity_id"]].append(number)
    behind: list[list[Row]] = [[] for _ in credits]
    others = []
    for finding in findings:
        mine = [n for n in places[finding["activity_id"]] if _names(credits[n], finding)]
        for number in _under_way(mine, credits, finding):
            behind[number].append(finding)
        if not mine:
            others.append(finding)
    return behind, others


def _names(row: Row, finding: Row) -> bool:
    """Whether a credit row names the finding's code and is of its module."""
    is_of_module = finding["module_id"] in {None, row["module_id"]}
    return is_of_module and finding["code"] in (row["codes"] or "").split(";")


def _under_way(mine: list[int], credits: list[Row], finding: Row) -> list[int]:
    """Of the rows that name a finding, the one in whose time it lies."""
    if not finding["at"] or not finding["module_id"]:
        return mine
    # A session may begin before the row's first event, so what is too early is the first row's.
    begun = [n for n in mine if (credits[n]["started_at"] or "") <= finding["at"]]
    return begun[-1:] or mine[:1]
