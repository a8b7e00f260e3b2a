"""The pen for planted stories: the story, its unit, and the chapters that several plots share."""

from __future__ import annotations

import random

from analyser.synth.catalogue import Catalogue, Unit
from analyser.synth.plants import Plant
from analyser.synth.script import NONE, Story
from analyser.synth.study import Manner, exam, failing, passing, study

MANNER = Manner(30, "part")


class Plot:
    """One plant being written: the story, its unit, and what several chapters need."""

    def __init__(self, catalogue: Catalogue, plant: Plant, seed: int) -> None:
        """Begin the first sitting, not yet logged in."""
        self.catalogue, self.plant = catalogue, plant
        self.unit = catalogue.unit(plant.unit)
        rng = random.Random(f"{seed}/{plant.name}")  # noqa: S311 - chance, not secrecy
        self.story = Story(rng, beat_s=60)
        self.story.sit()

    def enter(self, *, first: bool = True, unit: Unit | None = None) -> None:
        """Log in with the plant's factors."""
        plant, story = self.plant, self.story
        story.add("login", None, (1, 4))
        early = plant.factors[:1] if plant.late_factor else plant.factors
        for n, factor in enumerate(early):
            story.verify(factor, gap=plant.factor_gap if n == 0 else (4, 20))
        if first and plant.warned:
            story.add("acknowledge", unit or self.unit, (3, 15))

    def learn(
        self,
        seconds: tuple[float, float] | None = None,
        part: slice = slice(None),
        **options: int | None,
    ) -> None:
        """Study some of the required items; by default all, a little longer than required."""
        least = self.unit.minutes * 60
        seconds = seconds or self.plant.seconds or (least * 1.04, least * 1.15)
        checks = options.get("challenges", self.plant.checks)
        study(
            self.story,
            self.unit,
            MANNER,
            seconds,
            items=self.unit.required[part],
            challenges=checks,
        )

    def papers(self) -> None:
        """The papers of the plant, one after the other, on the same evening."""
        for word in self.plant.papers:
            kind, _, fresh = word.rstrip("+").partition(":")
            self.paper(kind, int(fresh) if fresh else None, inflated=word.endswith("+"))
            self.story.add("view", self.unit, (15, 50), object=self.unit.items[0].index)

    def paper(self, kind: str, fresh: int | None = None, *, inflated: bool = False) -> None:
        """One paper.

        `pass`, `fail`, `open` (never submitted) or `other` (an administrator passes it).
        """
        unit, story = self.unit, self.story
        passes = kind in ("pass", "other")
        right = passing(unit) if passes else failing(unit)
        if passes and inflated:
            right = (unit.needed, unit.paper - 1)
        credit = story.credit(unit) if kind == "pass" else NONE
        claim = unit.paper if inflated else NONE
        exam(
            story,
            unit,
            right,
            fresh=fresh,
            credit=credit,
            claim=claim,
            submit=kind != "open",
            anchored=int(self.plant.anchor is not None),
            actor=int(kind == "other"),
        )

    def late_factor(self) -> None:
        """A first page, and only then the second factor."""
        if self.plant.late_factor:
            self.story.add("view", self.unit, (20, 40), object=self.unit.items[0].index)
            self.story.verify(self.plant.factors[1])

    def item(self, event: str, number: int, gap: tuple[float, float]) -> None:
        """One event on one required item."""
        self.story.add(event, self.unit, gap, object=self.unit.required[number].index)
