"""Attendance by hand: section 6 of the contract and EA-01 to EA-17, one participant at a time.

Slow and plain, on lists of (start, end) in microseconds; it shares no code with ``analyser``.
What it decides where the texts leave room stands in READINGS.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

HONG_KONG = timezone(timedelta(hours=8))
SECOND = 1_000_000
MINUTE, HOUR = 60 * SECOND, 3600 * SECOND
DAY = 24 * HOUR
NEVER = 1 << 62
Span = tuple[int, int]
Row = Mapping[str, str | None]
STORM, RAIN = ("T8", "T9", "T10", "extreme"), ("black_rain",)
HOLDING = {
    "UNPAIRED_SCAN", "TIMETABLE_UNUSABLE", "NO_TIMETABLE", "CANCELLED_BY_WEATHER", "SUSPENDED_BY_WEATHER",
}  # fmt: skip
BARRING = {"OUTSIDE_APPROVAL", "ABSENT_TOO_LONG", "ABSENCE_LIMIT", "NO_WHOLE_POINT"}


def instant(text: str) -> int:
    """Microseconds since 1970 UTC; Hong Kong time if nothing else is said."""
    at = datetime.fromisoformat(text)
    at = at if at.tzinfo else at.replace(tzinfo=HONG_KONG)
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def midnight(day: date) -> int:
    """The instant at which a Hong Kong day begins."""
    return instant(f"{day.isoformat()}T00:00:00+08:00")


def day_of(at: int) -> date:
    """The Hong Kong date of an instant."""
    return date(1970, 1, 1) + timedelta(days=(at + 8 * HOUR) // DAY)


def union(spans: Iterable[Span]) -> list[Span]:
    """The same time without overlaps."""
    made: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made


def common(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """Time in both."""
    return union((max(a, c), min(b, d)) for a, b in union(one) for c, d in union(other))


def without(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """Time in the first but not in the second."""
    left = union(one)
    for start, end in union(other):
        left = [p for a, b in left for p in ((a, min(b, start)), (max(a, end), b)) if p[1] > p[0]]
    return left


def length(spans: Iterable[Span]) -> int:
    """How long it is."""
    return sum(end - start for start, end in union(spans))


@dataclass(frozen=True)
class Seg:
    """One line of the timetable."""

    kind: str
    start: int
    end: int

    @property
    def part(self) -> int:
        """0 morning, 1 afternoon, 2 evening: by when it begins."""
        clock = self.start - midnight(day_of(self.start))
        return 0 if clock < 13 * HOUR else 1 if clock < 18 * HOUR else 2


@dataclass
class Held:
    """One activity as its registers describe it."""

    segments: list[Seg]
    is_broken: bool
    cuts: dict[tuple[date, int], tuple[int, str]]
    parts: list[dict[str, Any]]
    is_approved: bool

    @property
    def contact(self) -> list[Span]:
        """Contact time of the timetable; what is also break or assessment is none."""
        rest = [(s.start, s.end) for s in self.segments if s.kind != "contact"]
        return without([(s.start, s.end) for s in self.segments if s.kind == "contact"], rest)

    @property
    def delivered(self) -> list[Span]:
        """Contact time that the weather left."""
        lost = [
            (max(s.start, self.cuts[day_of(s.start), s.part][0]), s.end)
            for s in self.segments
            if s.kind == "contact" and (day_of(s.start), s.part) in self.cuts
        ]
        return without(self.contact, lost)

    @property
    def end(self) -> int:
        """When it was over."""
        return max(s.end for s in self.segments)


def weather_cuts(
    segments: list[Seg], weather: list[Row], in_force: str
) -> dict[tuple[date, int], tuple[int, str]]:
    """For each day and part of it: from when nothing is delivered, and why."""
    cuts: dict[tuple[date, int], tuple[int, str]] = {}
    for key in sorted({(day_of(s.start), s.part) for s in segments}):
        mine = [s for s in segments if (day_of(s.start), s.part) == key]
        if not any(s.kind == "contact" for s in mine):
            continue
        start, end = min(s.start for s in mine), max(s.end for s in mine)
        check = midnight(key[0]) + (390, 720, 960)[key[1]] * MINUTE
        found: list[tuple[int, str]] = []
        for row in weather:
            told = [instant(str(row[n])) for n in ("announced_at", "issued_at") if row.get(n)]
            if not told or row["signal"] not in STORM + RAIN:
                continue
            over = instant(str(row["cancelled_at"])) if row.get("cancelled_at") else NEVER
            first, is_rain = min(told), row["signal"] in RAIN
            if first > start:
                if not is_rain and first < end:
                    found.append((first, "SUSPENDED_BY_WEATHER"))
                continue
            earlier = [
                min(s.start for s in segments if (day_of(s.start), s.part) == (key[0], part))
                for part in range(key[1])
                if any((day_of(s.start), s.part, s.kind) == (key[0], part, "contact") for s in segments)
                and cuts.get((key[0], part), (0, ""))[1] != "CANCELLED_BY_WEATHER"
            ]
            if is_rain and any(begun < first for begun in earlier):
                continue
            is_issued_late = any(check <= at <= start for at in told)
            is_pending = first < check < over and in_force == "cancelled"
            if is_issued_late or is_pending:
                found.append((start, "CANCELLED_BY_WEATHER"))
        if found:
            cuts[key] = min(found)
    return cuts


def row_on(rows: list[Row], day: date) -> tuple[Row, bool]:
    """The approval of a day, and whether it covers it."""

    def first(row: Row) -> date:
        return date.fromisoformat(str(row["approved_from"])) if row.get("approved_from") else date.min

    def last(row: Row) -> date:
        return date.fromisoformat(str(row["approved_to"])) if row.get("approved_to") else date.max

    inside = [row for row in rows if first(row) <= day <= last(row)]
    if inside:
        return max(inside, key=lambda row: (first(row), last(row))), True
    begun = [row for row in rows if first(row) <= day]
    return (max(begun, key=lambda r: (first(r), last(r))) if begun else min(rows, key=first)), False


def describe(activity: str, tables: Mapping[str, list[Row]], policy: Mapping[str, str]) -> Held | None:
    """What the registers say of an activity; None if it is in no register of attendance."""
    listed = [r for r in tables.get("sessions_timetable", []) if r["activity_id"] == activity]
    segments, is_broken = [], False
    for row in listed:
        seg = Seg(str(row["kind"]), instant(str(row["starts_at"])), instant(str(row["ends_at"])))
        if seg.kind in {"contact", "break", "assessment"} and seg.end > seg.start:
            segments.append(seg)
        else:
            is_broken = True
    segments = sorted(set(segments), key=lambda s: (s.start, s.end, s.kind))
    is_broken = is_broken or any(
        a.start < b.end and b.start < a.end for n, a in enumerate(segments) for b in segments[n + 1 :]
    )
    own = [
        r
        for r in tables.get("activities", [])
        if r["activity_id"] == activity and r.get("mode") in {"lecture", "multi_session"}
    ]
    if not own:
        return None
    contact_days = sorted({day_of(s.start) for s in segments if s.kind == "contact"})
    tested = {"all_inside": contact_days, "start": contact_days[:1], "end": contact_days[-1:]}
    parts, is_approved = [], True
    for module in sorted({r.get("module_id") or "" for r in own}):
        rows = [r for r in own if (r.get("module_id") or "") == module]
        last = day_of(max(s.end for s in segments) - 1) if segments else date(1970, 1, 1)
        parts.append(dict(row_on(rows, last)[0]))
        days = tested[policy.get("straddle", "all_inside")]
        is_approved = is_approved and all(row_on(rows, day)[1] for day in days)
    cuts = weather_cuts(segments, tables.get("weather", []), policy.get("in_force", "cancelled"))
    return Held(segments, is_broken, cuts, parts, is_approved)


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
        opens, ends = (min(s.start for s in here), max(s.end for s in here)) if here else (0, 0)
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
    tables: Mapping[str, list[Row]], as_of: date, policy: Mapping[str, str] | None = None
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
    outcomes = {}
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
