"""Random registers for adversarial cases: approvals that change, manifests, venues, policies."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from .case import Cells
from .model import Pair

ANCHORS = ("2024-07-31", "2025-07-31", "2025-03-14", "2024-11-05", "2025-08-01")
CLIP_LENGTHS = ("300", "600", "900", "1500.5", "2400")


@dataclass
class World:
    """Everything around the events of one random case."""

    anchor: date
    pairs: list[Pair] = field(default_factory=list)
    onsite: set[str] = field(default_factory=set)
    required: dict[Pair, list[str]] = field(default_factory=dict)
    marks: dict[Pair, str] = field(default_factory=dict)
    activities: list[Cells] = field(default_factory=list)
    items: list[Cells] = field(default_factory=list)
    venues: list[Cells] = field(default_factory=list)
    participants: list[Cells] = field(default_factory=list)


def random_world(rng: Random) -> World:
    """The registers: 1 to 3 activities of 0 to 3 modules, some unregistered."""
    world = World(date.fromisoformat(rng.choice(ANCHORS)))
    for number in range(1, rng.choice((1, 2, 2, 3)) + 1):
        _add_activity(rng, world, f"A{number}")
    if rng.random() < 0.85:
        world.venues += _venues(world.anchor)
    return world


def _add_activity(rng: Random, world: World, activity: str) -> None:
    modules: list[str | None] = [f"M{n}" for n in range(1, rng.choice((0, 0, 1, 2, 3)) + 1)] or [None]
    is_registered = rng.random() < 0.93
    delivery = "onsite_assessment" if rng.random() < 0.22 else "unsupervised"
    if delivery == "onsite_assessment":
        world.onsite.add(activity)
    category = rng.choice(("general", "general", "ethics_or_regulations"))
    for module in modules:
        pair = (activity, module)
        world.pairs.append(pair)
        if is_registered and (module is None or rng.random() < 0.92):
            fixed = {"category": category, "delivery": delivery, "provider": "Provider"}
            rows = _approvals(rng, world.anchor, pair)
            world.activities += [{**fixed, **row} for row in rows]
            world.marks[pair] = rows[-1]["pass_mark"] or "70"
        if rng.random() < 0.55:
            _add_manifest(rng, world, pair)


def _minutes(rng: Random) -> str:
    return rng.choice(("30", "30", "30", "30", "60", "45", "90"))


def _approvals(rng: Random, anchor: date, pair: Pair) -> list[Cells]:
    """One to three register rows of a module, with edges at and beside the anchor date."""

    def row(first: date | None, last: date | None) -> Cells:
        return {
            "activity_id": pair[0],
            "module_id": pair[1],
            "title": f"Activity {pair[0]}",
            "approval_no": f"N-{pair[0]}",
            "approved_minutes": _minutes(rng),
            "stated_minutes": rng.choice((None, None, None, "20", "29", "31", "30")),
            "approved_from": first.isoformat() if first else None,
            "approved_to": last.isoformat() if last else None,
            "pass_mark": rng.choice(("70", "70", "60", "50", "66.7", "70.0", None)),
        }

    past, future = anchor - timedelta(days=300), anchor + timedelta(days=420)
    next_day = anchor + timedelta(days=1)
    shapes = (
        [(None, None)],
        [(past, future)],
        [(past, future)],
        [(past, future)],
        [(past, anchor)],
        [(next_day, future)],
        [(past, anchor), (next_day, future)],
        [(past, future), (anchor, None)],
        [(past, future), (past, anchor)],
        [(None, past), (next_day, future)],
        [(past, anchor), (anchor, anchor), (next_day, future)],
        [(None, future), (past, future)],
        [(past, None), (past, future)],
        [(past, future), (past, future)],
    )
    rows = [row(first, last) for first, last in rng.choice(shapes)]
    if rng.random() < 0.8:
        rows = [{**each, "pass_mark": each["pass_mark"] or "70"} for each in rows]
    return rows


def _add_manifest(rng: Random, world: World, pair: Pair) -> None:
    required = [f"p{n}" for n in range(1, rng.choice((0, 1, 1, 2, 3)) + 1)]
    if required:
        world.required[pair] = required
    rows: list[tuple[str, str, str, str | None]] = [(n, "page", "true", None) for n in required]
    rows.append(("extra", "page", "false", None))
    for clip in ("c1", "c2"):
        if rng.random() < 0.6:
            rows.append((clip, "media", "false", rng.choice((*CLIP_LENGTHS, None))))
    if rng.random() < 0.3:
        rows.append(("c1", "media", "false", rng.choice(CLIP_LENGTHS)))
    for thing, kind, is_required, length in rows:
        world.items.append(
            {
                "activity_id": pair[0],
                "module_id": pair[1],
                "object_id": thing,
                "kind": kind,
                "required": is_required,
                "length_s": length,
            }
        )


def _venues(anchor: date) -> list[Cells]:
    ended = (anchor - timedelta(days=1)).isoformat()
    return [
        {
            "venue_id": "V1",
            "name": "Hall",
            "capacity": "40",
            "approved_from": None,
            "approved_to": None,
        },
        {
            "venue_id": "V2",
            "name": "Old",
            "capacity": "9",
            "approved_from": None,
            "approved_to": ended,
        },
        {
            "venue_id": "V3",
            "name": "Edge",
            "capacity": "9",
            "approved_from": "2020-01-01",
            "approved_to": anchor.isoformat(),
        },
    ]


def random_policy(rng: Random) -> dict[str, Any]:
    """Mostly the defaults; else one or more switches changed."""
    policy: dict[str, Any] = {}
    if rng.random() < 0.45:
        return policy
    if rng.random() < 0.4:
        policy["time_basis"] = rng.choice(("completion", "floor", "evidenced"))
    if rng.random() < 0.4:
        policy["idle"] = {
            "threshold_s": rng.choice((300, 600, 900)),
            "count": rng.choice(("excess", "whole")),
        }
    if rng.random() < 0.2:
        policy["complete"] = {"rule": "event"}
    if rng.random() < 0.3:
        policy["factor_map"] = rng.choice(({"email_otp": "has"}, {"pin": "has"}, {"badge": "has"}))
    if rng.random() < 0.2:
        policy["session"] = {"gap_s": rng.choice((900, 3600))}
    if rng.random() < 0.2:
        policy["media"] = {"max_s": rng.choice((600, 3600))}
    if rng.random() < 0.2:
        policy["auth"] = {"pair_window_s": rng.choice((60, 600))}
    return policy
