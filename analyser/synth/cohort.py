"""Who is in the case: every participant's kind or plant, and the journeys they make.

Participants come in blocks of 200; a block holds every plant once and honest people in the shares
of their kinds, in an order that the seed decides. A small case takes plants in the order of their
table instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyser.synth.catalogue import Catalogue
from analyser.synth.people import KINDS, VARIANTS
from analyser.synth.plants import PLANTS

if TYPE_CHECKING:
    import numpy as np

BLOCK = 200
_PLANTED_SHARE = 0.6  # of a small case
STAFF_KIND = next(n for n, kind in enumerate(KINDS) if kind.name == "keen_staff")
_CENTRE_KIND = next(n for n, kind in enumerate(KINDS) if kind.name == "centre_goer")
_RETAKING_KIND = next(n for n, kind in enumerate(KINDS) if kind.retakes)
_HOPPING_KIND = next(n for n, kind in enumerate(KINDS) if kind.hops)
# What planted people do besides, honestly; both kinds log out and name their sessions.
_SIDE_KINDS = [n for n, kind in enumerate(KINDS) if kind.name in ("careful_reader", "fast_worker")]


@dataclass
class Journeys:
    """One row per journey, sorted by participant (numbered within the chunk)."""

    participant: np.ndarray
    script: np.ndarray


def honest_scripts(catalogue: Catalogue) -> list[tuple[int, str, int]]:
    """Kind, activity and variant of every honest script, in the order of their numbers."""
    return [(k, a, v) for k in range(len(KINDS)) for a in open_activities(catalogue) for v in range(VARIANTS)]


def open_activities(catalogue: Catalogue) -> list[str]:
    """The activities that honest people take: registered, with a pass mark."""
    known = dict.fromkeys(u.activity for u in catalogue.units if u.pass_mark is not None and u.approvals)
    return list(known)


def slots(rng: np.random.Generator, count: int, total: int, planted: bool) -> np.ndarray:
    """The roles of the next `count` of `total` people: a kind's number, or -1 - a plant's."""
    import numpy as np

    if total < BLOCK:
        return rng.permutation(np.array(_small_block(total, planted)))[:count]
    block = np.array(_full_block(planted))
    blocks = [rng.permutation(block) for _ in range(-(-count // BLOCK))]
    return np.concatenate(blocks)[:count]


def _full_block(planted: bool) -> list[int]:
    plants = [-1 - n for n in range(len(PLANTS))] if planted else []
    return plants + _honest(BLOCK - len(plants))


def _small_block(total: int, planted: bool) -> list[int]:
    count = min(len(PLANTS), int(total * _PLANTED_SHARE)) if planted else 0
    honest = total - count
    # One of each kind first, the keen one among them, then by share.
    every = list(range(len(KINDS)))[:honest]
    return [-1 - n for n in range(count)] + every + _honest(honest - len(every))


def _honest(count: int) -> list[int]:
    """Kinds in their shares; what rounding leaves goes to the first kind."""
    kinds = [n for n, kind in enumerate(KINDS) for _ in range(count * kind.share // 100)]
    return kinds + [0] * (count - len(kinds))


def journeys(rng: np.random.Generator, roles: np.ndarray, catalogue: Catalogue, light: bool) -> Journeys:
    """The journeys of participants with these roles. `light`: as few as their kind allows."""
    import numpy as np

    names = open_activities(catalogue)
    people = len(roles)
    kinds = np.where(roles >= 0, roles, rng.choice(_SIDE_KINDS, people))
    least = np.array([kind.activities[0] for kind in KINDS])[kinds]
    most = np.array([kind.activities[1] for kind in KINDS])[kinds]
    wanted = least if light else rng.integers(least, most + 1)
    plants = -1 - roles
    alone = np.array([plant.alone for plant in PLANTS])[np.maximum(plants, 0)]
    wanted = np.where(roles >= 0, wanted, np.where(alone, 0, 0 if light else rng.integers(1, 3, people)))

    # A random order of the activities for everyone; the first ones are taken.
    key = rng.random((people, len(names)))
    key[kinds != STAFF_KIND, names.index("A05")] = 2.0
    key[kinds == _CENTRE_KIND, names.index("A04")] = -1.0
    # A paper at a centre has no retake.
    key[kinds == _RETAKING_KIND, names.index("A04")] = 2.0
    modular = [n for n, name in enumerate(names) if len(catalogue.activity(name)) > 1]
    key[np.ix_(kinds == _HOPPING_KIND, modular)] -= 1.0
    own = np.array([names.index(p.unit[:3]) if p.unit[:3] in names else -1 for p in PLANTS])[
        np.maximum(plants, 0)
    ]
    planted = np.flatnonzero((roles < 0) & (own >= 0))
    key[planted, own[planted]] = 3.0
    order = np.argsort(key, axis=1)
    taken = np.arange(len(names))[None, :] < wanted[:, None]
    who, place = np.nonzero(taken)
    script = (kinds[who] * len(names) + order[who, place]) * VARIANTS + rng.integers(0, VARIANTS, len(who))

    first_plant = len(KINDS) * len(names) * VARIANTS
    schemers = np.flatnonzero(roles < 0)
    participant = np.concatenate([who, schemers])
    scripts = np.concatenate([script, first_plant + plants[schemers]])
    rank = np.argsort(participant, kind="stable")
    return Journeys(participant[rank].astype(np.int32), scripts[rank].astype(np.int32))
