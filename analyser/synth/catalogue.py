"""The invented provider.

Its activities, content, question banks and venues, from `catalogue.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

DAY_MS = 86_400_000
PASS_MARK = 60
# Bank sizes are prime, so that (a * n + b) mod size walks through a bank without repeating an item.
BANK_SIZES = {6: 13, 8: 17, 10: 23, 12: 29}


@dataclass(frozen=True)
class Item:
    """One piece of content: a page, a clip or an exercise."""

    index: int
    object_id: str
    kind: str
    required: bool
    length_s: int | None = None


@dataclass(frozen=True)
class Unit:
    """What earns credit by itself: a module, or an activity without modules.

    `approvals` holds (first day, last day, minutes, approval number); days count from 1970-01-01.
    `minutes` is the largest of them, so that whoever learns that long always has enough.
    """

    index: int
    activity: str
    module: str
    title: str
    module_title: str
    category: str
    delivery: str
    audience: str
    minutes: int
    stated_minutes: int | None
    paper: int
    pass_mark: int | None
    first_item: int
    items: tuple[Item, ...]
    approvals: tuple[tuple[int, int, int, str], ...]

    @property
    def bank(self) -> int:
        """Questions in the bank."""
        return BANK_SIZES[self.paper]

    @property
    def needed(self) -> int:
        """Right answers needed to pass a paper (rounded up)."""
        return -(-(self.pass_mark or PASS_MARK) * self.paper // 100)

    @property
    def required(self) -> tuple[Item, ...]:
        """The items that must be completed."""
        return tuple(item for item in self.items if item.required)


@dataclass
class Catalogue:
    """Everything that exists before anyone logs in.

    `objects` and `questions` are the texts behind the object and question numbers that scripts use.
    """

    provider: str
    units: list[Unit] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    venues: list[dict[str, Any]] = field(default_factory=list)

    def unit(self, name: str) -> Unit:
        """The unit called `A01/M1`, or `A02` for an activity without modules."""
        return next(u for u in self.units if name == (f"{u.activity}/{u.module}" if u.module else u.activity))

    def activity(self, activity: str) -> list[Unit]:
        """The registered units of one activity, in order."""
        return [u for u in self.units if u.activity == activity and u.approvals]

    def object(self, object_id: str) -> int:
        """The number of an object, given on first use."""
        if object_id not in self.objects:
            self.objects.append(object_id)
        return self.objects.index(object_id)


def day_number(text: str, shift: int = 0) -> int:
    """Days from 1970-01-01 to an ISO date, moved by `shift` whole years."""
    day = date.fromisoformat(text)
    # 28 February stays itself in every year; no date of the catalogue is 29 February.
    return day.replace(year=day.year + shift).toordinal() - date(1970, 1, 1).toordinal()


@cache
def read_toml(name: str) -> dict[str, Any]:
    """One of the data files beside this module."""
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def build_catalogue(shift: int) -> Catalogue:
    """The catalogue with every date moved by `shift` years."""
    data = read_toml("catalogue.toml")
    catalogue = Catalogue(data["provider"])
    for venue in data["venue"]:
        dates = {key: day_number(venue[key], shift) for key in ("approved_from", "approved_to")}
        catalogue.venues.append(venue | dates)
        # Venues are the first objects, so that a venue's place in the list is its object number.
        catalogue.object(venue["venue_id"])
    for activity in data["activity"]:
        for position, module in enumerate(activity["modules"]):
            _add_unit(catalogue, activity, module, _approvals(activity, position, module, shift))
    # A module that the register does not know; its content copies that of the last real one.
    known = catalogue.unit("A09/M4")
    _add_unit(catalogue, {"id": "A09", "title": known.title, "category": "general"}, _ghost(), ())
    return catalogue


def _ghost() -> dict[str, Any]:
    return {
        "id": "M9",
        "title": "Pilot module",
        "minutes": 30,
        "paper": 6,
        "pages": 6,
        "clips": [],
        "exercises": 1,
    }


def _approvals(
    activity: dict[str, Any], position: int, module: dict[str, Any], shift: int
) -> tuple[tuple[int, int, int, str], ...]:
    rows = []
    for row in activity["approvals"]:
        minutes = row[2 + position] if len(row) > 2 else module["minutes"]
        # A change inside one approval year keeps the number; the year of the first day tells them
        # apart.
        number = f"EL{int(row[0][2:4]) + shift:02d}-{activity['id'][1:]}"
        rows.append((day_number(row[0], shift), day_number(row[1], shift), minutes, number))
    return tuple(rows)


def _add_unit(
    catalogue: Catalogue,
    activity: dict[str, Any],
    module: dict[str, Any],
    approvals: tuple[tuple[int, int, int, str], ...],
) -> None:
    prefix = f"{activity['id']}-{module['id']}" if module["id"] else str(activity["id"])
    pass_mark = activity.get("pass_mark", PASS_MARK)
    unit = Unit(
        index=len(catalogue.units),
        activity=activity["id"],
        module=module["id"],
        title=activity["title"],
        module_title=module["title"],
        category=activity["category"],
        delivery=activity.get("delivery", "unsupervised"),
        audience=activity.get("audience", "public"),
        minutes=module["minutes"],
        stated_minutes=activity.get("stated_minutes"),
        paper=module["paper"],
        pass_mark=pass_mark or None,
        first_item=len(catalogue.questions),
        items=_items(catalogue, prefix, module),
        approvals=approvals,
    )
    catalogue.units.append(unit)
    catalogue.questions.extend(f"{prefix}-Q{n + 1:02d}" for n in range(unit.bank))


def _items(catalogue: Catalogue, prefix: str, module: dict[str, Any]) -> tuple[Item, ...]:
    """The content in the order it is studied: pages, with clips and exercises spread among them."""
    found = [("page", f"{prefix}-P{n + 1}", None) for n in range(module["pages"])]
    extra = [("video", f"{prefix}-V{n + 1}", length) for n, length in enumerate(module["clips"])]
    extra += [("exercise", f"{prefix}-E{n + 1}", None) for n in range(module["exercises"])]
    for n, thing in enumerate(extra):
        found.insert((n + 1) * len(found) // (len(extra) + 1) + 1, thing)
    items = [Item(catalogue.object(name), name, kind, True, length) for kind, name, length in found]
    glossary = f"{prefix}-G1"
    return (*items, Item(catalogue.object(glossary), glossary, "page", False))
