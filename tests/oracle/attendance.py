"""Attendance by hand: section 6 of the contract and EA-01 to EA-17, one participant at a time.

Slow and plain, on lists of (start, end) in microseconds; it shares no code with ``analyser``.
What it decides where the texts leave room stands in READINGS.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .attendance_registers import (
    HOUR,
    MINUTE,
    NEVER,
    SECOND,
    Held,
    Row,
    Seg,
    Span,
    common,
    day_of,
    describe,
    instant,
    length,
    midnight,
    union,
    without,
)

HOLDING = {
    "UNPAIRED_SCAN", "TIMETABLE_UNUSABLE", "NO_TIMETABLE", "CANCELLED_BY_WEATHER", "SUSPENDED_BY_WEATHER",
}  # fmt: skip
BARRING = {"OUTSIDE_APPROVAL", "ABSENT_TOO_LONG", "ABSENCE_LIMIT", "NO_WHOLE_POINT"}
Outcome = tuple[str, int, set[str], dict[str, int], int, list[Span]]


def presence(scans: list[tuple[int, str]], segments: list[Seg]) -> tuple[list[Span], list[Span], bool]:
    """Proven visits, what was assumed of unpaired scans at best, and whether there were any."""
    net: dict[int, int] = {}
    is_odd = False
    for at, direction in scans:
        if direction not in {"in", "out"}:
            is_odd = True
            continue
        net[at] = net.get(at, 0) + (1 if direction == "in" else -1)
    proven: list[Span] = []
    mild: list[Span] = []
    for day in sorted({day_of(at) for at in net}):
        line = [
            (at, "in" if net[at] > 0 else "out")
            for at in sorted(net)
            if day_of(at) == day
            for _ in range(abs(net[at]))
        ]
        here = [s for s in segments if day_of(s.start) == day]
        opens, ends = (min(s.start for s in here), max(s.end for s in here)) if here else (NEVER, 0)
        for n, (at, word) in enumerate(line):
            before = line[n - 1] if n else None
            after = line[n + 1] if n + 1 < len(line) else None
            if word == "in" and after and after[1] == "out":
                proven.append((at, after[0]))
            elif word == "in":
                is_odd = True
                mild.append((at, after[0] if after else ends))
            elif not (before and before[1] == "in"):
                is_odd = True
                mild.append((before[0] if before else opens, at))
    return proven, mild, is_odd


def base_points(held: Held) -> dict[str, int]:
    """Points by category ('core', 'non_core', '') that full attendance gives."""
    unit = 60 if min(str(p["mode"]) for p in held.parts) == "lecture" else 120
    points = {"core": 0, "non_core": 0, "": 0}
    for part in held.parts:
        category = part.get("category") if part.get("category") in {"core", "non_core"} else ""
        if part.get("points"):
            given = int(part["points"])
        elif part.get("contact_minutes"):
            given = int(part["contact_minutes"]) // unit
        else:
            given = length(held.contact) // (unit * MINUTE) if len(held.parts) == 1 else 0
        points[str(category)] += given
    return points


def reduced(points: dict[str, int], by: int, first: str) -> dict[str, int]:
    """Points after some are taken off, beginning with one category."""
    left = dict(points)
    for category in (first, "non_core" if first == "core" else "core", ""):
        taken = min(by, left[category])
        left[category] -= taken
        by -= taken
    return left


def judge(held: Held, present: list[Span], policy: Mapping[str, str]) -> tuple[set[str], dict[str, int], int]:
    """Codes, points and absence for one reading of somebody's presence."""
    absent = length(without(held.delivered, present))
    base = base_points(held)
    total = sum(base.values())
    codes = set() if total else {"NO_WHOLE_POINT"}
    if min(str(p["mode"]) for p in held.parts) == "lecture":
        edge = 15 * MINUTE
        if absent >= HOUR:
            return codes | {"ABSENT_TOO_LONG"}, reduced(base, total, "core"), absent
        if absent > edge or (absent == edge and policy.get("t15", "inclusive") == "inclusive"):
            return codes | {"POINT_DEDUCTED"}, reduced(base, 1, policy.get("deduct", "core")), absent
        return codes, base, absent
    asked = [Fraction(str(p["min_attendance_pct"])) for p in held.parts if p.get("min_attendance_pct")]
    limit = min([Fraction(20), *(100 - value for value in asked)])
    if 100 * absent > limit * length(held.contact):
        return codes | {"ABSENCE_LIMIT"}, reduced(base, total, "core"), absent
    if policy.get("within", "full") == "attended":
        attended = length(common(held.delivered, present)) // (120 * MINUTE)
        return codes, reduced(base, max(total - attended, 0), policy.get("deduct", "core")), absent
    return codes, base, absent


def credit_rows(
    tables: Mapping[str, Sequence[Row]], as_of: date, policy: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """One row per participant and activity with a scan, sorted."""
    values = policy or {}
    limit = midnight(as_of + timedelta(days=1))
    by_key: dict[tuple[str, str], set[tuple[int, str, str]]] = {}
    for row in tables.get("scans", []):
        at = instant(str(row["timestamp"]))
        if at < limit:
            key = (str(row["participant_id"]), str(row["activity_id"]))
            by_key.setdefault(key, set()).add((at, str(row["direction"]), row.get("venue_id") or ""))
    described = {a: describe(a, tables, values) for a in {activity for _, activity in by_key}}
    return [
        _row(person, activity, described[activity], [(at, w) for at, w, _ in scans], limit, values)
        for (person, activity), scans in sorted(by_key.items())
    ]


def _row(
    person: str,
    activity: str,
    held: Held | None,
    scans: list[tuple[int, str]],
    limit: int,
    policy: Mapping[str, str],
) -> dict[str, Any]:
    proven, mild, is_odd = presence(scans, held.segments if held else [])
    missing = policy.get("missing", "hold")
    codes = {"UNPAIRED_SCAN"} if is_odd else set()
    row: dict[str, Any] = {"participant_id": person, "activity_id": activity, "period": None, "points": 0}
    row |= {"core_points": 0, "non_core_points": 0, "absence_s": 0, "contact_s": 0, "active_s": 0}
    row |= {"approved_points": None, "status": "held", "robust": True, "spans": []}
    if held is None:
        row["spans"] = [(a, b, "portal") for a, b in union(proven)]
        return row | {"codes": sorted(codes | {"NOT_REGISTERED"}), "contact_s": None, "absence_s": None}
    row["approved_points"] = sum(base_points(held).values())
    row["spans"] = _states(held, proven)
    if held.is_broken:
        codes.add("TIMETABLE_UNUSABLE")
    if not length(held.contact):
        return row | {"codes": sorted(codes | {"NO_TIMETABLE"}), "contact_s": 0}
    codes |= {word for _, word in held.cuts.values()}
    whole = held.delivered
    row["contact_s"] = length(held.contact) // SECOND
    outcomes: dict[str, Outcome] = {}
    for name, present in (("lower", proven), ("upper", [*proven, *mild])):
        if held.end > limit:
            seen = common(whole, [(0, limit)])
            outcomes[name] = ("in_progress", 0, set[str](), {}, length(without(seen, present)), present)
            continue
        found, points, absent = judge(held, present, policy)
        if not held.is_approved:
            found = found | {"OUTSIDE_APPROVAL"}
        holds = codes & HOLDING - ({"UNPAIRED_SCAN"} if missing != "hold" else set())
        is_lost = bool(found & BARRING) or not sum(points.values())
        status = "not_earned" if is_lost else "held" if holds else "awarded"
        left = points if not is_lost else dict.fromkeys(points, 0)
        outcomes[name] = (status, sum(left.values()), found, left, absent, present)
    likely = outcomes["lower" if missing == "last_seen" else "upper"]
    row["status"], row["points"], found, left, absent, present = likely
    row["core_points"], row["non_core_points"] = left.get("core", 0), left.get("non_core", 0)
    row["absence_s"] = absent // SECOND
    seen = common(whole, [(0, limit)])
    row["active_s"] = length(common(seen, present)) // SECOND
    row["robust"] = len({outcome[:2] for outcome in outcomes.values()}) == 1
    if held.end <= limit:
        day = day_of(held.end - 1)
        first = day.year - (day.month < 10)
        row["period"] = f"{first}/{(first + 1) % 100:02d}"
    return row | {"codes": sorted(codes | found)}


def _states(held: Held, proven: list[Span]) -> list[tuple[int, int, str]]:
    """Each proven visit cut into contact, break, assessment and the rest."""
    test = [(s.start, s.end) for s in held.segments if s.kind == "assessment"]
    pause = without([(s.start, s.end) for s in held.segments if s.kind == "break"], test)
    found: list[tuple[int, int, str]] = []
    for visit in union(proven):
        pieces = {
            "learning": common([visit], held.delivered),
            "assessment": common([visit], test),
            "break": common([visit], pause),
        }
        rest = without([visit], [span for spans in pieces.values() for span in spans])
        found += [(a, b, state) for state, spans in {**pieces, "portal": rest}.items() for a, b in spans]
    return sorted(found)
