"""The plots: what happens between the first login and the last logout of a planted story."""

from __future__ import annotations

from collections.abc import Callable

from analyser.synth.people import visit_centre
from analyser.synth.plot import Plot
from analyser.synth.study import challenge, exam, passing

_VENUES = {"V01": 0, "V02": 1, "V03": 2}


def plain(plot: Plot) -> None:
    """One sitting: learn, then the papers."""
    plot.enter()
    plot.late_factor()
    plot.learn()
    plot.papers()


def walk_away(plot: Plot) -> None:
    """Twelve minutes, fifty away, six minutes."""
    plot.enter()
    plot.learn((700, 730), slice(0, 5), challenges=0)
    plot.item("interact", 4, (2900, 3100))
    plot.learn((340, 370), slice(5, None), challenges=1)
    plot.papers()


def idle_records(plot: Plot) -> None:
    """Three absences of eight minutes, too short for the policy; the LMS recorded them."""
    plot.enter()
    for n in range(3):
        plot.learn((410, 430), slice(3 * n, 3 * n + 3), challenges=int(n == 1))
        plot.item("interact", 3 * n, (480, 480))
        plot.story.add("idle", plot.unit, (0.2, 0.5), duration_s=470, beat_ms=0)
        plot.item("interact", 3 * n, (3, 6))
    plot.papers()


def player(plot: Plot) -> None:
    """A clip that is in no manifest and says no length plays to nobody for eighty minutes."""
    plot.enter()
    plot.learn((700, 740), slice(0, -3))
    clip = plot.catalogue.object(f"{plot.unit.activity}-V9")
    plot.story.add("media_play", plot.unit, (4700, 4900), object=clip)
    plot.story.add("media_end", plot.unit, (2, 5), object=clip)
    plot.learn((80, 95), slice(-3, None), challenges=0)
    plot.papers()


def beats(plot: Plot) -> None:
    """Only the page is alive."""
    plot.enter()
    plot.item("view", 0, (3300, 3500))
    for n in range(len(plot.unit.required)):
        plot.item("complete", n, (0.5, 1.5))
    plot.papers()


def padded(plot: Plot) -> None:
    """Ten minutes of learning, five minutes for each question."""
    plot.enter()
    plot.learn((560, 640))
    exam(
        plot.story,
        plot.unit,
        passing(plot.unit),
        credit=plot.story.credit(plot.unit),
        answer_s=(280, 420),
    )


def two_tabs(plot: Plot) -> None:
    """Module 1 was learned properly.

    Its paper is answered in a tab beside module 2, which only seems to be read.
    """
    story, second = plot.story, plot.unit
    first = plot.catalogue.unit("A09/M1")
    plot.unit = first
    plot.enter()
    plot.learn()
    story.leave()
    story.sit()
    plot.unit = second
    plot.enter(first=False)
    here = story.now.session
    plot.learn((300, 360), slice(0, 2), challenges=0)
    there = story.open_session(0)
    plot.enter(first=False)
    start = len(story.script.steps)
    exam(story, first, passing(first), credit=story.credit(first), answer_s=(240, 280))
    paper = story.script.steps[start:]
    del story.script.steps[start:]
    for n, step in enumerate(paper):
        story.script.steps.append(step)
        if n % 2 == 0 and 2 + n // 2 < len(second.required):
            story.switch(here, 0)
            plot.item("view", 2 + n // 2, (3, 6))
            plot.item("complete", 2 + n // 2, (2, 4))
            story.switch(there, 0)
    story.leave()
    story.switch(here, 0)
    plot.papers()


def checked(plot: Plot) -> None:
    """One check half way: ignored, failed, or failed and made good two minutes later."""
    plot.enter()
    plot.learn((930, 990), slice(0, 4), challenges=0)
    outcome = "ignored" if plot.plant.word == "ignored" else "fail"
    challenge(plot.story, plot.unit, "otp_sms", outcome)
    if plot.plant.word == "retried":
        plot.item("interact", 3, (100, 130))
        challenge(plot.story, plot.unit, "otp_sms")
    plot.learn((930, 990), slice(4, None), challenges=0)
    plot.papers()


def regular(plot: Plot) -> None:
    """Five checks in one sitting, one every 22 minutes."""
    plot.enter()
    size = -(-len(plot.unit.required) // 6)
    for n in range(6):
        plot.learn((1310, 1330), slice(n * size, (n + 1) * size), challenges=0)
        if n < 5:
            challenge(plot.story, plot.unit, "pin")
    plot.papers()


def restudy(plot: Plot) -> None:
    """Two failures; days later everything again, and a pass."""
    plot.enter()
    plot.learn()
    plot.paper("fail")
    plot.item("view", 0, (30, 60))
    plot.paper("fail", 4)
    plot.story.leave()
    plot.story.sit((2, 9))
    plot.enter(first=False)
    plot.learn()
    plot.papers()


def incomplete(plot: Plot) -> None:
    """The last required page is read but never completed."""
    plot.enter()
    plot.learn(part=slice(0, -1))
    plot.item("view", -1, (20, 60))
    plot.papers()


def assessed_first(plot: Plot) -> None:
    """The paper before the last item."""
    plot.enter()
    plot.learn(part=slice(0, -1))
    exam(plot.story, plot.unit, passing(plot.unit))
    plot.item("view", -1, (40, 90))
    plot.story.add(
        "complete",
        plot.unit,
        (3, 9),
        object=plot.unit.required[-1].index,
        credit=plot.story.credit(plot.unit),
    )


def repeat(plot: Plot) -> None:
    """All of it twice, some weeks apart."""
    plain(plot)
    plot.story.leave()
    plot.story.sit((65, 80))
    plain(plot)


def onsite(plot: Plot) -> None:
    """Learn online, sit the paper at a centre."""
    plot.enter()
    plot.learn()
    venue = _VENUES.get(plot.plant.word, 0)
    visit_centre(plot.story, plot.unit, venue=venue, supervised=plot.plant.word != "alone")


def helped(plot: Plot) -> None:
    """Two pages are opened by somebody else."""
    plot.enter()
    plot.learn(part=slice(0, 4))
    for n in (2, 3):
        plot.story.add("view", plot.unit, (5, 15), object=plot.unit.required[n].index, actor=1)
    plot.learn(part=slice(4, None), challenges=0)
    plot.papers()


def edited(plot: Plot) -> None:
    """Somebody changes the record of a page by hand before the paper is sat."""
    plot.enter()
    plot.learn()
    plot.story.add("edit", plot.unit, (5, 30), object=plot.unit.items[0].index, actor=1)
    plot.papers()


def after_logout(plot: Plot) -> None:
    """An ordinary story; the event after the logout is added when it is over."""
    plain(plot)


def two_modules(plot: Plot) -> None:
    """Two modules, each with a certificate of its own."""
    second, plot.unit = plot.unit, plot.catalogue.unit("A09/M1")
    plain(plot)
    plot.story.leave()
    plot.story.sit()
    plot.unit = second
    plain(plot)


PLOTS: dict[str, Callable[[Plot], None]] = {
    plot.__name__: plot
    for plot in (
        plain,
        walk_away,
        idle_records,
        player,
        beats,
        padded,
        two_tabs,
        checked,
        regular,
        restudy,
        incomplete,
        edited,
        assessed_first,
        repeat,
        onsite,
        helped,
        after_logout,
        two_modules,
    )
}
