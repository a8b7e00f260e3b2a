"""Seeded small adversarial cases: `random_case`, and `write_case` to lay one down as files."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from .case import TABLES, Case, Cells
from .model import HONG_KONG, SECOND
from .random_mutations import mutate
from .random_plans import PLANS
from .random_walk import Draft, Walk
from .random_world import World, random_policy, random_world

EVENT_COLUMNS = (
    *(
        "timestamp",
        "participant_id",
        "event",
        "session_id",
        "activity_id",
        "module_id",
        "object_id",
    ),
    *("attempt_id", "item_id", "response", "score", "max_score", "factor", "purpose", "outcome"),
    *("duration_s", "actor_id", "ip", "device"),
)
MOST_EVENTS = 150


def random_case(seed: int) -> tuple[Case, dict[str, Any], date]:
    """The case, the policy tables and the audit date of one seed."""
    rng = Random(seed)
    world = random_world(rng)
    people = [f"P{n}" for n in range(1, rng.choice((1, 1, 2, 2, 3, 4)) + 1)]
    drafts: list[Draft] = []
    for person in people:
        drafts += _live(rng, world, person)
    if rng.random() < 0.04:
        drafts = [draft for draft in drafts if draft["event"] != "verify"]
    rows = [_write_event(rng, draft) for draft in drafts]
    if seed % 10 == 7:
        rows = [_named_like_derived(row) for row in rows]
    rng.shuffle(rows)
    case = Case(
        events=rows,
        activities=world.activities,
        items=world.items,
        venues=world.venues,
        participants=_participants(rng, people),
    )
    late = rng.choice((800, 800, 800, 800, 800, 0, 1))
    return case, random_policy(rng), world.anchor + timedelta(days=late)


def _named_like_derived(row: Cells) -> Cells:
    """The system itself calls its sessions ~1, ~2."""
    return {**row, "session_id": (row["session_id"] or "").replace("s", "~") or None}


def _participants(rng: Random, people: list[str]) -> list[Cells]:
    if rng.random() < 0.1:
        return []
    kinds = ("individual", "individual", "travel", None)
    return [
        {"participant_id": person, "name": f"Name {person}", "licence_type": rng.choice(kinds)}
        for person in people
        if rng.random() < 0.95
    ]


def _live(rng: Random, world: World, person: str) -> list[Draft]:
    """What one participant does, mutated, 20 to 150 events."""
    midnight = datetime.combine(world.anchor + timedelta(days=1), datetime.min.time(), HONG_KONG)
    start = round(midnight.timestamp()) * SECOND
    start -= rng.choice((2700, 3600, 5400, 7200, 40000, 90000, 20 * 86400, -3600)) * SECOND
    walk = Walk(rng, world, person, start)
    while len(walk.drafts) < rng.choice((20, 30, 60, 90)):
        pair = rng.choice(world.pairs)
        rng.choice(PLANS)(walk, pair)
        if rng.random() < 0.15:
            walk.wait(rng.choice((86400, 200 * 86400, 366 * 86400)))
    return mutate(rng, world, walk.drafts[:MOST_EVENTS])


def _write_event(rng: Random, draft: Draft) -> Cells:
    """The cells of an event; the offset and the spelling of numbers vary."""
    cells: dict[str, str | None] = dict.fromkeys(EVENT_COLUMNS)
    at = draft["at"]
    cells |= {name: str(cell) for name, cell in draft.items() if name != "at" and cell is not None}
    cells["timestamp"] = _write_instant(rng, at if isinstance(at, int) else 0)
    for column in ("score", "max_score", "duration_s"):
        text = cells[column]
        if text is not None and rng.random() < 0.1:
            cells[column] = text + ("0" if "." in text else ".0")
    return cells


def _write_instant(rng: Random, at: int) -> str:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)
    way = rng.random()
    if way < 0.15:
        return moment.isoformat().replace("+00:00", "Z")
    local = moment.astimezone(HONG_KONG)
    if way < 0.3:
        return local.replace(tzinfo=None).isoformat()
    if way < 0.33:
        return local.replace(tzinfo=None).isoformat(timespec="microseconds") + "9+08:00"
    return local.isoformat()


def write_case(case: Case, folder: Path) -> None:
    """Write the tables that have rows as NAME.csv files."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        rows: list[Cells] = getattr(case, table)
        if not rows and table != "events":
            continue
        names = EVENT_COLUMNS if table == "events" else tuple(dict.fromkeys(n for r in rows for n in r))
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(rows)
