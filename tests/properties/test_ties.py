"""Events of one instant and one word stand in the order of their other columns' texts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from analyser.audit import Audit
from analyser.ingest import reconcile


def _shortest(number: str) -> str:
    whole, _, part = format(Decimal(number), "f").partition(".")
    return whole + (f".{part.rstrip('0')}" if part.rstrip("0") else "")


@pytest.mark.parametrize(
    ("column", "numbers"),
    [
        ("duration_s", ["10", "0.00005", "0.000001", "5e-5", "9", "100", "0", "1.5", "1.50", "86400", "0.5"]),
        ("score", ["10", "0.00005", "-1", "9", "100.0", "100", "0", "1e3", "0.000000000000000001", "1e-7"]),
    ],
)
def test_numbers_compare_as_text_in_shortest_decimal_form(
    column: str, numbers: list[str], tmp_path: Path
) -> None:
    given = ["", *numbers]
    Random(1).shuffle(given)
    lines = [f"timestamp,participant_id,event,{column},ip"]
    # The address keeps equal numbers from being copies of each other.
    lines += [f"2026-01-05T10:00:00+08:00,P1,media_play,{n},192.0.2.{i}" for i, n in enumerate(given, 1)]
    (tmp_path / "events.csv").write_text("\n".join(lines) + "\n")
    with Audit(reachable=[tmp_path], threads=1) as audit:
        audit.ingest([tmp_path])
        found = audit.connection.execute(
            "SELECT e.ip FROM event e JOIN event_tie t ON t.rid = e.rowid ORDER BY t.tie"
        ).fetchall()
    order = sorted(range(len(given)), key=lambda i: (given[i] and _shortest(given[i]), f"192.0.2.{i + 1}"))
    assert [ip for (ip,) in found] == [f"192.0.2.{i + 1}" for i in order]


def _ties(folder: Path) -> list[tuple[int, int, bool]]:
    with Audit(reachable=[folder], threads=1) as audit:
        audit.ingest([folder])
        return audit.connection.execute("FROM event_tie ORDER BY rid").fetchall()


@pytest.mark.parametrize("instants", [1, 7, 400])
def test_many_events_are_compared_as_few_are(
    instants: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(instants)
    lines = ["timestamp,participant_id,event,object_id"]
    for _ in range(100):
        minute, second = divmod(random.randrange(instants), 60)
        who, what = random.randrange(2), random.randrange(3)
        lines.append(f"2026-01-05T10:{minute:02}:{second:02}+08:00,P{who},view,{what}")
    (tmp_path / "events.csv").write_text("\n".join(lines) + "\n")
    few = _ties(tmp_path)
    # Sorted outside the engine, in one pass and in several.
    for passes in (1_000, 30):
        monkeypatch.setattr(reconcile, "_FEW_HASHES", 0)
        monkeypatch.setattr(reconcile, "_HASHES_A_PASS", passes)
        assert _ties(tmp_path) == few
    assert few
