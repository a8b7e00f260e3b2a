"""Plausible learning of one participant, dense in edges: the material that is then mutated."""

from dataclasses import dataclass, field
from random import Random

from .model import SECOND, Pair
from .random_world import World

Draft = dict[str, str | int | None]
"""An event before it is written; `at` is in microseconds."""

EDGES = (60, 300, 600, 1800)
NUDGES = (-SECOND, -1, 0, 0, 0, 1, SECOND, SECOND // 2)
GOOD_PAIRS = (("password", "otp_sms"), ("face", "otp_app"), ("pin", "fingerprint"))
REGULAR_GAPS = (
    (200, 200, 200, 10),
    (180, 220, 180, 220, 10),
    (181, 219, 181, 219, 10),
    (200, 200, 10),
    (200, 201, 210, 240),
    (0, 0, 0, 0),
)
"""Waits after each check: even, exactly a tenth, just below it, too few, uneven, all at once."""

BAD_PAIRS = (("password", "pin"), ("face", "voice"), ("password", "email_otp"), ("badge", "pin"))


def edge(rng: Random) -> int:
    """A length on, just under or just over a threshold, in microseconds."""
    return rng.choice(EDGES) * SECOND + rng.choice(NUDGES)


@dataclass
class Walk:
    """A participant who walks through sessions; every method moves the clock."""

    rng: Random
    world: World
    person: str
    now: int
    session: str | None = None
    sessions: int = 0
    papers: int = 0
    drafts: list[Draft] = field(default_factory=list)

    def chance(self, share: float) -> bool:
        """True in this share of the calls."""
        return self.rng.random() < share

    def wait(self, seconds: float) -> None:
        """Let whole or broken seconds pass."""
        self.now += round(seconds * SECOND)

    def emit(self, kind: str, pair: Pair | None = None, **cells: str | None) -> None:
        """Write one event at the present instant."""
        activity, module = pair or (None, None)
        self.drafts.append(
            {
                "at": self.now,
                "participant_id": self.person,
                "event": kind,
                "session_id": self.session,
                "activity_id": activity,
                "module_id": module,
                **cells,
            }
        )

    def enter(self, pair: Pair) -> None:
        """Open a session, with or without an id, and prove identity well or badly."""
        self.sessions += 1
        self.session = f"s{self.sessions}" if self.chance(0.65) else None
        self.emit("login")
        self.wait(self.rng.choice((0, 3, 20)))
        if self.chance(0.06):
            self.emit("view", pair, object_id="p1")
        good = self.chance(0.9)
        one, other = self.rng.choice(GOOD_PAIRS if good else BAD_PAIRS)
        stamp = pair if self.chance(0.2) else None
        self.emit("verify", stamp, factor=one, purpose="login", outcome="pass")
        self.wait(self.rng.choice((5, 5, 5, 20, 299, 300, 300.5, 301)) if self.chance(0.3) else 5)
        if self.chance(0.95):
            outcome = "pass" if self.chance(0.96) else "fail"
            self.emit("verify", stamp, factor=other, purpose="login", outcome=outcome)
        if self.chance(0.5):
            self.wait(self.rng.choice((0, 1)))
            self.emit("acknowledge", pair if self.chance(0.5) else None)

    def leave(self) -> None:
        """Close the session in one of the many ways sessions close."""
        way = self.rng.choice(("logout", "logout", "logout", "timeout", "both", "none", "late", "untidy"))
        if way in ("timeout", "both", "untidy"):
            self.emit("timeout")
        if way == "untidy":
            self.wait(20)
            self.emit(self.rng.choice(("view", "heartbeat")))
            self.wait(20)
        if way == "both":
            self.wait(self.rng.choice((59, 60, 60.000001, 61)))
        if way in ("logout", "both", "late", "untidy"):
            self.emit("logout")
        if way == "late":
            self.wait(self.rng.choice((0, 30, 60, 60.000001, 61)))
            kind = self.rng.choice(("view", "interact", "complete", "logout", "heartbeat", "idle"))
            self.emit(kind, self.any_pair(), duration_s="400" if kind == "idle" else None)
        self.wait(self.rng.choice((30, 61, 600, 1800, 1801, 7200, 40000)))

    def any_pair(self) -> Pair:
        """Some activity and module, now and then a module that is in no register."""
        pair = self.rng.choice(self.world.pairs)
        return (pair[0], "M9") if self.chance(0.02) else pair

    def learn(self, pair: Pair, seconds: float) -> None:
        """Spend a given time in a module, ending at an instant known to the microsecond."""
        end = self.now + round(seconds * SECOND)
        while self.now < end:
            self._learn_piece(pair, end)

    def _learn_piece(self, pair: Pair, end: int) -> None:
        way = self.rng.random()
        if way < 0.2:
            self._watch(pair, end)
            return
        kind = self.rng.choice(("view", "interact", "interact", "post", "survey"))
        self.emit(kind, pair, object_id=self.rng.choice(("p1", "p2", "game")))
        length = edge(self.rng) if way < 0.4 else self.rng.randrange(240, 601) * SECOND
        if way > 0.97:
            length += self.rng.choice((1200, 1201)) * SECOND
        idle = length // 3 if way > 0.92 else 0
        self.now = min(end, self.now + length)
        if idle:
            self.emit("idle", pair, duration_s=_seconds(idle))
        elif way > 0.85:
            self.emit("heartbeat", pair)

    def _watch(self, pair: Pair, end: int) -> None:
        clip = self.rng.choice(("c1", "c2", "c3", None))
        left = self.rng.choice((None, None, "300", "840", "900.5", "1200", "2000"))
        self.emit("media_play", pair, object_id=clip, duration_s=left)
        length = self.rng.choice((200, 600, 840, 1200, 1500)) * SECOND + self.rng.choice(NUDGES)
        self.now = min(end, self.now + max(0, length))
        if self.chance(0.6):
            stopped = clip if self.chance(0.85) else "c2"
            self.emit(self.rng.choice(("media_pause", "media_end")), pair, object_id=stopped)

    def complete(self, pair: Pair, is_partial: bool = False) -> None:
        """Complete the content, or all of it but one item."""
        items = list(self.world.required.get(pair, []))
        if is_partial and items:
            items.pop()
        self.rng.shuffle(items)
        for item in items:
            self.emit("complete", pair, object_id=item)
            self.wait(self.rng.choice((0, 1, 20)))
        if self.chance(0.3) if is_partial else pair not in self.world.required or self.chance(0.2):
            self.emit("complete", pair)

    def challenge(self, pair: Pair) -> None:
        """One unscheduled check or an evenly spaced series, while learning goes on."""
        stamp = self.rng.choice((pair, (pair[0], None), None, None))
        if self.chance(0.15):
            gaps = self.rng.choice(REGULAR_GAPS)
            for gap in gaps:
                self.emit("verify", stamp, factor="face", purpose="challenge", outcome="pass")
                self.wait(gap)
            return
        outcome = self.rng.choice(("pass", "pass", "fail", "ignored"))
        self.emit("verify", stamp, factor="face", purpose="challenge", outcome=outcome)
        if outcome != "pass" and self.chance(0.75):
            self.wait(self.rng.choice((0, 10, 299, 300, 300.000001, 301)))
            self.emit("verify", stamp, factor="face", purpose="challenge", outcome="pass")

    def sit(self, pair: Pair, is_pass: bool, questions: list[int], is_abandoned: bool = False) -> None:
        """Sit one paper: the shape of its score records varies, the outcome is as asked."""
        self.papers += 1
        paper = f"t{self.papers}"
        if self.chance(0.9):
            self.emit("assessment_start", pair, attempt_id=paper)
        if pair[0] in self.world.onsite or self.chance(0.05):
            self._supervise(pair, paper)
        shape = self.rng.choice(("answers", "answers", "submit", "both", "both", "mismatch", "half", "exact"))
        pace = (0,) if self.chance(0.1) else (10, 30, 60)
        right = len(questions) if is_pass else len(questions) // 4
        for place, question in enumerate(questions):
            item = f"q{question}"
            if self.chance(0.4):
                self.emit("question", pair, attempt_id=paper, item_id=item)
                self.wait(self.rng.choice((0, 20)))
            score = "1" if place < right else "0"
            cells = {"score": score, "max_score": "1"} if shape not in ("submit", "half", "exact") else {}
            if shape == "half":
                cells = {"score": score}
            if self.chance(0.1):
                self.emit("answer", pair, attempt_id=paper, item_id=item, **{**cells, "score": "0.5"})
                self.wait(1)
            self.emit("answer", pair, attempt_id=paper, item_id=item, response="b", **cells)
            self.wait(self.rng.choice(pace))
        if self.chance(0.15):
            self.now += edge(self.rng)
        if not is_abandoned and not self.chance(0.05):
            self._submit(pair, paper, shape, right, len(questions))

    def _submit(self, pair: Pair, paper: str, shape: str, right: int, size: int) -> None:
        cells: dict[str, str | None] = {}
        if shape in ("submit", "both", "half"):
            cells = {"score": str(right), "max_score": str(size)}
        if shape == "mismatch":
            whole = self.rng.choice(("100.0", "100.0", "100.0", "0", "-1"))
            cells = {"score": self.rng.choice(("0", "50", "100")), "max_score": whole}
        if shape == "exact":
            mark = self.world.marks.get(pair, "70")
            cells = {
                "score": mark if right == size else f"{float(mark) - 0.1:.1f}",
                "max_score": "100",
            }
        self.emit("assessment_submit", pair, attempt_id=paper, **cells)
        if self.chance(0.05):
            self.wait(5)
            self.emit("answer", pair, attempt_id=paper, item_id="q19", score="1", max_score="1")
            self.emit("assessment_submit", pair, attempt_id=paper, score="1", max_score="1")

    def _supervise(self, pair: Pair, paper: str) -> None:
        stamp = self.rng.choice((pair, pair, None, (pair[0], None)))
        self.emit(
            "verify",
            stamp,
            object_id=self.rng.choice(("V1", "V1", "V1", "V2", "V3", "VX")),
            attempt_id=self.rng.choice((paper, paper, None, "t99")),
            factor="supervised",
            purpose=self.rng.choice(("assessment", "assessment", "assessment", "login")),
            outcome="pass" if self.chance(0.9) else "fail",
            actor_id=self.rng.choice(("invigilator", None)),
        )
        self.wait(self.rng.choice((0, 30)))


def _seconds(micros: int) -> str:
    whole, rest = divmod(micros, SECOND)
    return f"{whole}.{rest:06d}" if rest else str(whole)
