"""Times as people and exports write them, turned into ISO 8601 by SQL; nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.errors import InputError
from analyser.store import literal

if TYPE_CHECKING:
    from collections.abc import Iterable

_MONTHS = "['jan','feb','mar','apr','may','jun','jul','aug','sep','oct','nov','dec']"
_PLACE = r"(?:\d{1,4}|[A-Za-z]{3,9})"
# A weekday may stand before it; noon may be told in two languages, before or after the clock.
_PATTERN = (
    rf"^(?:[A-Za-z]{{3,9}},\s*)?({_PLACE})[-/. ,年月]+({_PLACE})"
    r"(?:[-/. ,月]+(\d{1,4})(?:日[T,\s]*|[T,\s]+))?[日T,\s]*"
    r"(上午|下午)?\s*(\d{1,2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)?\s*([AaPp]\.?[Mm]\.?)?$"
)
_NAMES = "['a','b','c','noon','h','m','s','f','half']"
_OFFSETS = {"UTC": "Z", "Asia/Hong_Kong": "+08:00"}
_FACTORS = {"seconds": 1_000_000, "milliseconds": 1_000, "microseconds": 1}
_ISO = "'^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]|$)'"
_ZONED = "'[zZ]$|[+-][0-9][0-9](:?[0-9][0-9])?$'"


def epoch_sql(cell: str, unit: str) -> str:
    """Microseconds since 1970 of a counted time; null if it is no number. Nought stands for never."""
    number = f"trunc(TRY_CAST({cell} AS DECIMAL(29,9)) * {_FACTORS[unit]})"
    return f"CASE WHEN {number} > 0 AND {number} < 7258118400000000 THEN {number}::BIGINT END"


def parts_sql(cell: str) -> str:
    """A struct of the parts of a written time; empty texts where there is none."""
    return f"regexp_extract({cell}, {literal(_PATTERN)}, {_NAMES})"


def iso_sql(cell: str, p: str, order: str, zone: str | None, first_day: str | None = None) -> str:
    """ISO 8601 text of a time, or its text as it is when it cannot be read.

    Args:
        cell: name of the column with its text.
        p: name of the column with its parts.
        order: how day, month and year follow each other where no four digits and no name tell.
        zone: offset of times that carry none; None leaves them without.
        first_day: ISO date; a time without a year lies in the year that begins there.
    """
    offset = literal(_OFFSETS.get(zone or "", zone or ""))
    iso = f"regexp_matches({cell}, {_ISO})"
    has_zone = f"regexp_matches(substr({cell}, 11), {_ZONED})"
    zoned = f"CASE WHEN {has_zone} THEN {cell} ELSE {cell} || {offset} END"
    year, month, day = _places(p, order, cell)
    if first_day:
        year = f"CASE WHEN {p}.c = '' THEN {_year_of(p, first_day, cell)} ELSE {year} END"
    hour = f"TRY_CAST({p}.h AS INTEGER)"
    noon = f"({p}.noon <> '' OR {p}.half <> '')"
    late = f"({p}.noon = '下午' OR lower({p}.half[1:1]) = 'p')"
    clock = (
        f"CASE WHEN NOT {noon} THEN {hour} WHEN {hour} NOT BETWEEN 1 AND 12 THEN NULL "
        f"WHEN {late} THEN {hour} % 12 + 12 ELSE {hour} % 12 END"
    )
    full = f"CASE length({year}) WHEN 2 THEN '20' || {year} WHEN 4 THEN {year} END"
    text = (
        f"{full} || printf('-%02d-%02dT%02d:', {_month(month)}, TRY_CAST({day} AS INTEGER), {clock}) "
        f"|| {p}.m || ':' || CASE WHEN {p}.s = '' THEN '00' ELSE {p}.s END "
        f"|| replace({p}.f, ',', '.') || {offset}"
    )
    return f"CASE WHEN {iso} THEN {zoned} WHEN {p}.h <> '' THEN coalesce({text}, {cell}) ELSE {cell} END"


def _month(part: str) -> str:
    return f"coalesce(TRY_CAST({part} AS INTEGER), list_position({_MONTHS}, lower({part})[1:3]))"


def _year_of(p: str, first_day: str, cell: str) -> str:
    """The year in which a day and month lie in the twelve months from a day on."""
    _, month, day = _places(p, "dmy", cell)
    number = f"{_month(month)} * 100 + TRY_CAST({day} AS INTEGER)"
    turn = int(first_day[5:7] + first_day[8:])
    return f"({first_day[:4]} + CASE WHEN {number} >= {turn} THEN 0 ELSE 1 END)::VARCHAR"


def _places(p: str, order: str, cell: str) -> tuple[str, str, str]:
    """SQL of year, month and day: four digits and names of months decide before the order does."""
    spelt = (
        f"CASE WHEN length({p}.a) = 4 AND TRY_CAST({p}.a AS INTEGER) IS NOT NULL THEN 'ymd' "
        f"WHEN TRY_CAST({p}.a AS INTEGER) IS NULL OR ({p}.c = '' AND contains({cell}, '月')) THEN 'mdy' "
        f"WHEN TRY_CAST({p}.b AS INTEGER) IS NULL THEN 'dmy' ELSE {literal(order)} END"
    )
    year, month, day = (f"([{p}.a, {p}.b, {p}.c])[strpos({spelt}, '{sign}')]" for sign in "ymd")
    return year, month, day


def evidence_sql(cells: Iterable[str]) -> str:
    """SELECT list of truths about written times, each whether there is one such.

    In this order: only day first, only month first, either, without a year, without seconds.
    """
    tests: tuple[list[str], ...] = ([], [], [], [], [])
    for cell in cells:
        p = parts_sql(cell)
        a, b = f"TRY_CAST({p}.a AS INTEGER)", f"TRY_CAST({p}.b AS INTEGER)"
        is_short = f"length({p}.a) <= 2 AND {p}.h <> ''"
        tests[0].append(f"{is_short} AND {p}.c <> '' AND {a} > 12 AND {b} <= 12")
        tests[1].append(f"{is_short} AND {p}.c <> '' AND {b} > 12 AND {a} <= 12")
        tests[2].append(f"{is_short} AND {p}.c <> '' AND {a} <= 12 AND {b} <= 12 AND {a} <> {b}")
        tests[3].append(f"{p}.h <> '' AND {p}.c = ''")
        tests[4].append(f"{p}.h <> '' AND {p}.s = ''")
    return ", ".join(f"coalesce(bool_or({' OR '.join(f'({t})' for t in some)}), false)" for some in tests)


def order_of(name: str, day_first: bool, month_first: bool, is_open: bool) -> tuple[str, str]:
    """The order the evidence gives, and a sentence about it.

    Raises:
        InputError: nothing decides, or the rows disagree.
    """
    if day_first and month_first:
        raise InputError(
            f"{name}: some dates can only be day/month and others only month/day; "
            "export the file again with one kind of date."
        )
    if day_first:
        return "dmy", "Dates are day/month/year: some day is above 12."
    if month_first:
        return "mdy", "Dates are month/day/year: some day is above 12."
    if is_open:
        raise InputError(
            f"{name}: its dates may be day/month or month/day, and none of them decides; say which in a "
            'mapping file (order = "dmy" or order = "mdy") given with --mapping.'
        )
    return "dmy", ""
