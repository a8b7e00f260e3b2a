"""Small hostile changes to a plausible audit trail."""

from collections.abc import Callable
from random import Random

from .model import SECOND
from .random_walk import Draft, edge
from .random_world import World

Mutation = Callable[[Random, World, list[Draft]], None]


def mutate(rng: Random, world: World, drafts: list[Draft]) -> list[Draft]:
    """The drafts after a few random mutations."""
    changed = [dict(draft) for draft in drafts]
    for _ in range(rng.choice((0, 0, 0, 1, 2, 4))):
        rng.choice(MUTATIONS)(rng, world, changed)
    return changed


def _at(draft: Draft) -> int:
    at = draft["at"]
    return at if isinstance(at, int) else 0


def _duplicate(rng: Random, world: World, drafts: list[Draft]) -> None:
    drafts.extend(dict(rng.choice(drafts)) for _ in range(3))
    numbers = [draft for draft in drafts if draft.get("score") or draft.get("duration_s")]
    drafts.extend(dict(draft) for draft in numbers[:4])


def _drop(rng: Random, world: World, drafts: list[Draft]) -> None:
    drafts.pop(rng.randrange(len(drafts)))


def _act_for(rng: Random, world: World, drafts: list[Draft]) -> None:
    for draft in rng.sample(drafts, min(3, len(drafts))):
        draft["actor_id"] = rng.choice(("admin", "admin", draft["participant_id"]))


def _act_without_module(rng: Random, world: World, drafts: list[Draft]) -> None:
    draft = rng.choice(drafts)
    drafts.append({**draft, "event": "view", "module_id": None, "actor_id": "admin"})


def _quiet_tabs(rng: Random, world: World, drafts: list[Draft]) -> None:
    """Two overlapping sessions that begin with what is no input, or with a login."""
    start = max(_at(draft) for draft in drafts) + rng.choice((30, 61, 9000)) * SECOND
    for name, begin, end in (("y2", 0, 500), ("y1", rng.choice((0, 100)), rng.choice((400, 700)))):
        opening = rng.choice(("heartbeat", "idle", "login", "view"))
        drafts.append(_beside(drafts[0], start + begin * SECOND, opening, name, None, None))
        activity, module = rng.choice(world.pairs)
        middle = start + rng.choice((200, 300)) * SECOND
        drafts.append(_beside(drafts[0], middle, "view", name, activity, module))
        drafts.append(_beside(drafts[0], start + end * SECOND, "logout", name, None, None))


def _sticky_visitor(rng: Random, world: World, drafts: list[Draft]) -> None:
    """A second session of identity events only, which carry on the owner of the first."""
    host = rng.choice(drafts)
    at, name = _at(host), rng.choice(("z1", None))
    for factor, purpose in rng.sample((("face", "login"), ("pin", "login"), ("voice", "challenge")), 2):
        at += rng.choice((1, 20, 299)) * SECOND
        check = _beside(host, at, "verify", name, None, None)
        drafts.append({**check, "factor": factor, "purpose": purpose, "outcome": "pass"})
    drafts.append(_beside(host, at + 30 * SECOND, "logout", name, None, None))
    late = _beside(host, at + rng.choice((40, 90, 91)) * SECOND, "view", name, *rng.choice(world.pairs))
    check = {"event": "verify", "factor": "otp_app", "purpose": "login", "outcome": "pass"}
    drafts.append(late if rng.random() < 0.5 else {**late, "activity_id": None, **check})


def _edit_by_hand(rng: Random, world: World, drafts: list[Draft]) -> None:
    drafts.append({**rng.choice(drafts), "event": "edit", "actor_id": rng.choice(("admin", None))})


def _lose_session(rng: Random, world: World, drafts: list[Draft]) -> None:
    for draft in rng.sample(drafts, min(4, len(drafts))):
        draft["session_id"] = None


def _lose_whole_session(rng: Random, world: World, drafts: list[Draft]) -> None:
    lost = rng.choice(drafts)["session_id"]
    for draft in drafts:
        if draft["session_id"] == lost:
            draft["session_id"] = None


def _lose_logins(rng: Random, world: World, drafts: list[Draft]) -> None:
    for draft in list(drafts):
        if draft["event"] in ("login", "logout") and rng.random() < 0.5:
            drafts.remove(draft)


def _snap(rng: Random, world: World, drafts: list[Draft]) -> None:
    for _ in range(3):
        place = rng.randrange(1, len(drafts))
        drafts[place]["at"] = _at(drafts[place - 1])


def _shift(rng: Random, world: World, drafts: list[Draft]) -> None:
    place = rng.randrange(1, len(drafts))
    drafts[place]["at"] = _at(drafts[place - 1]) + edge(rng)


def _stretch_time(rng: Random, world: World, drafts: list[Draft]) -> None:
    place = rng.randrange(1, len(drafts))
    for draft in drafts[place:]:
        draft["at"] = _at(draft) + rng.choice((edge(rng),))


def _lose_module(rng: Random, world: World, drafts: list[Draft]) -> None:
    for draft in rng.sample(drafts, min(3, len(drafts))):
        draft["module_id"] = None


def _swap_module(rng: Random, world: World, drafts: list[Draft]) -> None:
    for draft in rng.sample(drafts, min(2, len(drafts))):
        if draft["activity_id"] is not None:
            draft["activity_id"], draft["module_id"] = rng.choice(world.pairs)


def _foreign_word(rng: Random, world: World, drafts: list[Draft]) -> None:
    draft = rng.choice(drafts)
    drafts.append({**draft, "event": "hover"})
    if rng.random() < 0.3:
        drafts.append({**draft, "event": "zoomed"})


def _quiet_word(rng: Random, world: World, drafts: list[Draft]) -> None:
    for draft in rng.sample(drafts, min(2, len(drafts))):
        draft["event"] = rng.choice(("heartbeat", "timeout", "logout", "login", "view"))


def _second_tab(rng: Random, world: World, drafts: list[Draft]) -> None:
    """Another session of the same person beside the first, sometimes without an id."""
    start, end = sorted(_at(draft) for draft in rng.sample(drafts, 2))
    end = min(end, start + rng.choice((300, 2000, 6000)) * SECOND)
    name = rng.choice(("x1", "x2", None))
    times = sorted(rng.randrange(start, end + 1) for _ in range(rng.randrange(1, 6)))
    if rng.random() < 0.5:
        times[0], times[-1] = start, end
    kinds = ("view", "interact", "media_play", "login", "heartbeat", "post")
    for at in times:
        activity, module = rng.choice(world.pairs)
        drafts.append(_beside(drafts[0], at, rng.choice(kinds), name, activity, module))
    if rng.random() < 0.6:
        drafts.append(_beside(drafts[0], end, rng.choice(("logout", "timeout")), name, None, None))


def _beside(
    like: Draft, at: int, kind: str, session: str | None, activity: str | None, module: str | None
) -> Draft:
    return {
        "at": at,
        "participant_id": like["participant_id"],
        "event": kind,
        "session_id": session,
        "activity_id": activity,
        "module_id": module,
        "device": "d2",
    }


def _join_sessions(rng: Random, world: World, drafts: list[Draft]) -> None:
    """One id used again after it was closed."""
    names = sorted({str(d["session_id"]) for d in drafts if d["session_id"] is not None})
    if len(names) > 1:
        kept, renamed = rng.sample(names, 2)
        for draft in drafts:
            if draft["session_id"] == renamed:
                draft["session_id"] = kept


def _abandon_paper(rng: Random, world: World, drafts: list[Draft]) -> None:
    submits = [draft for draft in drafts if draft["event"] == "assessment_submit"]
    if submits:
        drafts.remove(rng.choice(submits))


def _lone_attempt(rng: Random, world: World, drafts: list[Draft]) -> None:
    draft = rng.choice(drafts)
    draft["attempt_id"] = rng.choice(("t1", "t2", "t77"))


def _break_seconds(rng: Random, world: World, drafts: list[Draft]) -> None:
    for draft in rng.sample(drafts, min(5, len(drafts))):
        draft["at"] = _at(draft) + rng.choice((-1, 1, 250_000, 999_999))


MUTATIONS: tuple[Mutation, ...] = (
    *(_duplicate, _drop, _act_for, _edit_by_hand, _lose_session, _lose_whole_session, _lose_logins),
    *(_snap, _shift, _stretch_time, _lose_module, _swap_module, _foreign_word, _quiet_word),
    *(_act_without_module, _quiet_tabs, _sticky_visitor, _sticky_visitor),
    *(_second_tab, _second_tab, _join_sessions, _abandon_paper, _lone_attempt, _break_seconds),
)
