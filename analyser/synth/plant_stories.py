"""From a plant to its script: the plot, the labels and the certificates."""

from __future__ import annotations

from analyser.synth.catalogue import Catalogue
from analyser.synth.plants import Plant
from analyser.synth.plot import Plot
from analyser.synth.plots import PLOTS
from analyser.synth.script import NONE, Certificate, Expect, Script

_OPEN_WINDOW = ("2025-04-20", "2026-07-15")  # every activity is approved throughout


def planted_story(catalogue: Catalogue, plant: Plant, seed: int) -> Script:
    """The script of one plant, with its labels and certificates."""
    plot = Plot(catalogue, plant, seed)
    PLOTS[plant.body](plot)
    if plant.body == "after_logout":
        plot.story.leave(gap=(600, 700) if plant.word == "late" else (20, 40))
        plot.item("interact", 0, (1, 2))
    else:
        plot.story.leave(plant.ends)
    script = plot.story.script
    script.window = plant.window or _OPEN_WINDOW
    script.anchor = plant.anchor
    script.twice = plant.twice
    _label(plot, script)
    _certify(plot, script)
    return script


def _label(plot: Plot, script: Script) -> None:
    """The plant's own labels, then those of whatever else the story earns on the way."""
    plant, unit = plot.plant, plot.unit.index
    last = max((n for n, owner in enumerate(script.credits) if owner == unit), default=NONE)
    # A passed paper is no credit yet: it may not count, or something may be missing.
    dated = NONE if plant.status == "in_progress" or "RETAKE_LIMIT" in plant.codes else last
    for code in plant.codes or ("",):
        about = NONE if plant.person else unit
        script.expects.append(
            Expect(plant.name, about, code, "" if plant.person else plant.status, plant.minutes, dated)
        )
    if plant.person:
        script.expects.append(Expect(plant.name, unit, "", plant.status, plant.minutes, dated))
    for n, owner in enumerate(script.credits):
        if n != last:
            script.expects.append(Expect(plant.name, owner, "", "awarded", credit=n))


def _certify(plot: Plot, script: Script) -> None:
    plant, activity = plot.plant, plot.unit.activity
    if plant.flaw == "none":
        script.certificates.append(Certificate(activity, (), "none"))
    earned = {e.credit: e.minutes for e in script.expects if e.status == "awarded" and e.credit != NONE}
    for n in sorted(earned):
        script.certificates.append(Certificate(activity, (n,), plant.flaw, earned[n]))
