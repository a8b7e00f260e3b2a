"""Program and oracle agree on web-based learning: 240 random people with replays, jumps and quizzes."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from analyser.audit import Audit
from analyser.report import verify_pack
from tests.oracle.web_learning import Play, Quiz, outcome, seen_by

LENGTH, POINTS, PEOPLE = 1200, 2, 240
MIDNIGHT = datetime.fromisoformat("2025-03-10T00:00:00+08:00")
Row = dict[str, object]


def story(rng: Random) -> tuple[list[Play], list[Quiz]]:
    """Plays and quizzes of one person, one after the other."""
    at, plays, quizzes = 36_000, [], []
    for _ in range(rng.randint(1, 6)):
        left = rng.choice([None, 1200, 1200, 900, 600, 301, 300, 299, 150])
        length = rng.choice([100, 300, 450, 600, 899, 900, 901, 1200, 1500])
        # A clip ends by itself when nothing is left of it.
        plays.append(Play(at, at + min(length, LENGTH if left is None else left), left))
        at += length + rng.choice([0, 30])
        if rng.random() < 0.4:
            answers = rng.choice([9, 10])
            quizzes.append(Quiz(at, rng.choice([3, 4, 5, 6]), answers))
            at += 120
    return plays, quizzes


def events(who: str, plays: list[Play], quizzes: list[Quiz]) -> list[Row]:
    """Events of one session."""

    def event(second: int, word: str, **cells: object) -> Row:
        at = (MIDNIGHT + timedelta(seconds=second)).isoformat()
        return {
            "timestamp": at,
            "participant_id": who,
            "event": word,
            "session_id": who,
            "activity_id": "A",
            **cells,
        }

    rows = []
    for play in plays:
        rows.append(event(play.begin, "media_play", object_id="v1", duration_s=play.left))
        rows.append(event(play.end, "media_end", object_id="v1"))
    for number, quiz in enumerate(quizzes):
        marks: Row = {"attempt_id": f"t{number}", "score": quiz.right, "max_score": quiz.answers}
        rows.append(event(quiz.begin, "assessment_start", attempt_id=f"t{number}"))
        rows.append(event(quiz.begin + 60, "assessment_submit", **marks))
    return rows


def write(path: Path, rows: list[Row]) -> None:
    names = sorted({name for row in rows for name in row})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)


def test_program_agrees_with_the_oracle(tmp_path: Path) -> None:
    stories = {f"P{number:03d}": story(Random(number)) for number in range(PEOPLE)}
    write(tmp_path / "events.csv", [row for who, (p, q) in stories.items() for row in events(who, p, q)])
    write(tmp_path / "activities.csv", [{"activity_id": "A", "points": POINTS, "category": "core"}])
    write(
        tmp_path / "items.csv", [{"activity_id": "A", "object_id": "v1", "kind": "media", "length_s": LENGTH}]
    )
    with Audit(reachable=[tmp_path], threads=1) as audit:
        audit.ingest([tmp_path])
        audit.assess("eaa-2021", as_of=date(2025, 12, 31))
        rows = {row["participant_id"]: row for row in audit.results.rows("FROM credits")}
        audit.report(tmp_path / "out", participants=5)
        text = audit.explain("P001")
    expected = {who: outcome(plays, quizzes, LENGTH, POINTS) for who, (plays, quizzes) in stories.items()}
    got = {
        who: (row["status"], row["points"], [c for c in row["codes"].split(";") if c])
        for who, row in rows.items()
    }
    assert {who: (got[who], expected[who]) for who in stories if got[who] != expected[who]} == {}
    open_rows = [who for who in stories if rows[who]["status"] == "in_progress"]
    assert [rows[who]["watched_s"] for who in open_rows] == [
        seen_by(1 << 30, stories[who][0], LENGTH) for who in open_rows
    ]
    codes = Counter(code for _, _, found in expected.values() for code in found)
    assert min(codes.values()) > 10
    assert len(codes) == 3
    assert verify_pack(tmp_path / "out") == []
    assert re.search(r"VERDICT: .* Points: [02] \(approved: 2\)", text)
    assert "seconds seen twice count once" in text or "Quiz before enough of the video" in text
