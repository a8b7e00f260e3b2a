"""Random worlds of attendance: many small activities in one case folder, with edges on purpose."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

Cells = dict[str, str | None]
Tables = dict[str, list[Cells]]
FIRST = date(2025, 3, 3)
POLICIES: tuple[dict[str, str], ...] = (
    {}, {"missing": "last_seen"}, {"missing": "full", "deduct": "non_core"}, {"t15": "strict"},
    {"within": "attended"}, {"straddle": "start", "in_force": "continues"}, {"straddle": "end"}, {},
)  # fmt: skip
NAMES = {
    "missing": "door.missing", "deduct": "eaa.deduct", "t15": "eaa.t15", "within": "multi.within",
    "straddle": "eaa.straddle", "in_force": "wx.in_force",
}  # fmt: skip


def world(seed: int, activities: int = 25, people: int = 8) -> tuple[Tables, dict[str, str], date]:
    """Tables, policy and audit date of one world."""
    rng = Random(seed)
    tables: Tables = {name: [] for name in ("activities", "sessions_timetable", "scans", "weather")}
    for number in range(activities):
        _activity(rng, f"A{number:02d}", [f"P{n}" for n in range(people)], tables)
    for _ in range(rng.randint(0, 6)):
        tables["weather"].append(_warning(rng))
    as_of = rng.choice([date(2025, 12, 31), date(2025, 12, 31), FIRST + timedelta(days=6)])
    return tables, POLICIES[seed % len(POLICIES)], as_of


def write_world(tables: Tables, folder: Path) -> None:
    """The case folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        if rows:
            columns = sorted({column for row in rows for column in row})
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


def _text(rng: Random, at: datetime) -> str:
    """An instant as files write it: with an offset, in another zone, or without any."""
    style = rng.random()
    if style < 0.6:
        return f"{at.isoformat()}+08:00"
    return at.isoformat() if style < 0.8 else f"{(at - timedelta(hours=8)).isoformat()}Z"


def _activity(rng: Random, name: str, people: list[str], tables: Tables) -> None:
    mode = rng.choice(["lecture", "lecture", "multi_session"])
    days = [
        FIRST + timedelta(days=2 * n)
        for n in range(rng.randint(3, 5) if mode != "lecture" else rng.choice([1, 1, 2]))
    ]
    segments = [part for day in days for part in _day(rng, day, mode)]
    if rng.random() < 0.06:
        segments = []
    for number, (kind, start, end) in enumerate(segments):
        tables["sessions_timetable"].append(
            {
                "activity_id": name, "segment_no": str(number), "kind": kind,
                "starts_at": _text(rng, start), "ends_at": _text(rng, end),
            }
        )  # fmt: skip
    _register(rng, name, mode, days, segments, tables)
    for person in people:
        for day in days:
            here = [(a, b) for _, a, b in segments if a.date() == day]
            _scans(rng, name, person, here or [(datetime(2025, 3, 3, 14), datetime(2025, 3, 3, 15))], tables)


def _day(rng: Random, day: date, mode: str) -> list[tuple[str, datetime, datetime]]:
    at = datetime(
        day.year, day.month, day.day, rng.choice([7, 9, 9, 12, 14, 14, 17, 18, 19]), rng.choice([0, 30])
    )
    parts = []
    for _ in range(rng.randint(1, 3)):
        end = at + timedelta(minutes=rng.choice([60, 90, 120] if mode != "lecture" else [30, 45, 60, 90]))
        parts.append(("contact", at, end))
        kind, pause = rng.choice([("break", 15), ("break", 60), ("assessment", 30), ("", 0)])
        if kind:
            parts.append((kind, end, end + timedelta(minutes=pause)))
        at = end + timedelta(minutes=pause)
    if rng.random() < 0.05:
        parts.append(
            rng.choice([("break", at - timedelta(minutes=20), at), ("lunch", at, at), ("contact", at, at)])
        )
    return parts


def _register(
    rng: Random,
    name: str,
    mode: str,
    days: list[date],
    segments: list[tuple[str, datetime, datetime]],
    tables: Tables,
) -> None:
    if rng.random() < 0.05:
        return
    minutes = sum(int((b - a).total_seconds()) // 60 for kind, a, b in segments if kind == "contact")
    modules: list[str | None] = ["M1", "M2"] if rng.random() < 0.25 else [None]
    for module in modules:
        share = minutes if module is None else minutes // 2
        row: dict[str, str | None] = {"activity_id": name, "module_id": module, "mode": mode}
        row["category"] = rng.choice(["core", "non_core", None])
        row["contact_minutes"] = str(share) if rng.random() < 0.8 else None
        row["points"] = (
            str(rng.choice([0, 1, 2, 3, 6])) if rng.random() < 0.5 or not row["contact_minutes"] else None
        )
        row["min_attendance_pct"] = (
            rng.choice([None, None, "70", "90", "87.5"]) if mode != "lecture" else None
        )
        begin, end = (
            days[0] - timedelta(days=rng.choice([0, 30])),
            days[-1] + timedelta(days=rng.choice([0, 30])),
        )
        if rng.random() < 0.15:
            begin, end = rng.choice(
                [(begin, days[-1] - timedelta(days=1)), (days[0] + timedelta(days=1), end)]
            )
        row |= {"approved_from": begin.isoformat(), "approved_to": end.isoformat()}
        tables["activities"].append(row)
        if rng.random() < 0.15:
            later: dict[str, str | None] = {
                "approved_from": days[-1].isoformat(),
                "approved_to": "2026-03-01",
                "points": "2",
            }
            tables["activities"].append(row | later)


def _scans(
    rng: Random, name: str, person: str, segments: list[tuple[datetime, datetime]], tables: Tables
) -> None:
    if rng.random() < 0.05:
        return
    opens, ends = segments[0][0], max(b for _, b in segments)
    away = [0, 0, 0, -300, 300, 899, 900, 901, 450, 3599, 3600, 3601, 1799, 1800]
    line = [(opens + timedelta(seconds=rng.choice(away)), "in")]
    for start, end in segments[1:]:
        if rng.random() < 0.4:
            out = start - timedelta(seconds=rng.choice([0, 60, 300, 450, 899]))
            back = min(start, end) + timedelta(seconds=rng.choice([0, 60, 450, 900]))
            line += [(out, "out"), (rng.choice([back, back, out]), "in")]
    line.append((ends - timedelta(seconds=rng.choice(away)), "out"))
    if rng.random() < 0.2:
        line.pop(rng.randrange(len(line)))
    if rng.random() < 0.05:
        line.append((opens + timedelta(minutes=20, microseconds=1), rng.choice(["in", "out", "turnstile"])))
    for at, word in line:
        row: dict[str, str | None] = {
            "timestamp": _text(rng, at),
            "participant_id": person,
            "activity_id": name,
        }
        row |= {"direction": word, "venue_id": rng.choice(["V1", "V1", "V2"])}
        tables["scans"] += [row] * (2 if rng.random() < 0.03 else 1)


def _warning(rng: Random) -> dict[str, str | None]:
    day = FIRST + timedelta(days=rng.randint(0, 8))
    clock = rng.choice(
        [(4, 0), (6, 29), (6, 30), (9, 0), (11, 45), (12, 0), (15, 59), (16, 0), (18, 0), (20, 15)]
    )
    issued = datetime(day.year, day.month, day.day, *clock)
    told = issued - timedelta(minutes=rng.choice([0, 30, 100]))
    over = issued + timedelta(minutes=rng.choice([1, 15, 31, 120, 150, 600, 2000]))
    return {
        "signal": rng.choice(["T8", "T8", "T10", "black_rain", "black_rain", "red_rain"]),
        "announced_at": _text(rng, told) if rng.random() < 0.5 else None,
        "issued_at": _text(rng, issued) if rng.random() < 0.9 else None,
        "cancelled_at": _text(rng, over) if rng.random() < 0.9 else None,
    }
