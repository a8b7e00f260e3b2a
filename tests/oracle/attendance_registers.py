"""What the registers say of attendance: timetable, approval, weather (section 6, EA-01 to EA-17).

Slow and plain, on lists of (start, end) in microseconds; it shares no code with ``analyser``.
What it decides where the texts leave room stands in READINGS.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

HONG_KONG = timezone(timedelta(hours=8))
SECOND = 1_000_000
MINUTE, HOUR = 60 * SECOND, 3600 * SECOND
DAY = 24 * HOUR
NEVER = 1 << 62
Span = tuple[int, int]
Row = Mapping[str, str | None]
STORM, RAIN = ("T8", "T9", "T10", "extreme"), ("black_rain",)


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
    segments: list[Seg], weather: Sequence[Row], in_force: str
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
    return (
        max(begun, key=lambda r: (first(r), last(r)))
        if begun
        else max(rows, key=lambda r: (-first(r).toordinal(), last(r)))
    ), False


def describe(activity: str, tables: Mapping[str, Sequence[Row]], policy: Mapping[str, str]) -> Held | None:
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
