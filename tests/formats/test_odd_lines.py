"""A few odd lines do not send a file the slow way, and whichever way it goes gives the same."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from analyser.audit import Audit
from analyser.errors import InputError
from analyser.ingest import load, odd_lines

from .support import json_lines
from .test_openedx import old
from .test_xapi import statement

if TYPE_CHECKING:
    from pathlib import Path

GOOD = json_lines(old("seq_next")).strip()
# What the quick reader can leave as it is, and what only the others can tell.
HARMLESS = {
    "empty": "",
    "spaces": " \t ",
    "cut short": GOOD[:90],
    "two at once": GOOD + GOOD,
    "no object": "[1]",
    "null": "null",
    "a word": "restarted",
    "context is a text": json.dumps({**old("seq_next"), "context": "x"}),
    "module is a list": json.dumps({**old("seq_next"), "context": {"user_id": 5, "module": [{"a": 1}]}}),
    "a name twice": GOOD[:-1] + ', "username": "bo"}',
    "half a pair": GOOD.replace("seq_next", "\\ud800"),
    "a tab": GOOD.replace("seq_next", "seq\tnext"),
}
OTHERS = {
    "comment": "# " + GOOD,
    "prefix": "2026-03-01 host - " + GOOD,
    "no event": '{"a": 1}',
    "not UTF-8": GOOD.replace("seq_next", "\udcff"),
    "a space of another kind": "\u00a0",
}


def taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lines: list[str], *ways: str, name: str = "openedx"
) -> list[Any]:
    """Everything that is kept of these lines when they are read in one of these ways."""
    path = folder / "tracking.log"
    path.write_bytes("\n".join([*lines, ""]).encode("utf-8", "surrogateescape"))
    with monkeypatch.context() as patch, Audit(None, reachable=[folder], threads=1) as audit:
        patch.setattr(load, "_ways", lambda *_: [getattr(load, way) for way in ways])
        audit.ingest([path], export_format=name)
        ask = audit.connection.execute
        return [
            ask("SELECT rowid, * FROM event ORDER BY rowid").fetchall(),
            ask("FROM reject ORDER BY ALL").fetchall(),
            ask("FROM line_shift ORDER BY ALL").fetchall(),
            ask("SELECT row_count, faulty_count, broken_count FROM source_file").fetchall(),
        ]


@pytest.mark.parametrize("place", [0, 1, 3])
@pytest.mark.parametrize("odd", HARMLESS.values(), ids=HARMLESS)
def test_the_quick_way_copes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str, place: int) -> None:
    lines = [GOOD, GOOD, GOOD]
    lines.insert(place, odd)
    quick = taken(tmp_path, monkeypatch, lines, "_quick")
    assert quick == taken(tmp_path, monkeypatch, lines, "_careful")
    stored = [row for row in quick[0] if row[-3] is None]
    assert len(stored) >= 3


@pytest.mark.parametrize("odd", OTHERS.values(), ids=OTHERS)
def test_what_is_more_than_odd_goes_another_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    lines = [GOOD, odd, GOOD]
    with pytest.raises(InputError, match="cannot be accounted for"):
        taken(tmp_path, monkeypatch, lines, "_quick")
    found = taken(tmp_path, monkeypatch, lines, "_quick", "_fast", "_careful")
    assert found == taken(tmp_path, monkeypatch, lines, "_careful")


@pytest.mark.parametrize("odd", ["", GOOD[:90]])
@pytest.mark.parametrize(("count", "is_quick"), [(1, True), (2, True), (3, False)])
def test_many_are_no_oddity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str, count: int, is_quick: bool
) -> None:
    monkeypatch.setattr(odd_lines, "MOST", 2)
    lines = [GOOD, *[odd, GOOD] * count]
    if is_quick:
        taken(tmp_path, monkeypatch, lines, "_quick")
    else:
        with pytest.raises(InputError, match="cannot be accounted for"):
            taken(tmp_path, monkeypatch, lines, "_quick")


@pytest.mark.parametrize("seed", range(12))
def test_mixtures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    rng = Random(seed)
    lines = [GOOD, *rng.choices([GOOD, *HARMLESS.values()], k=rng.randrange(2, 40)), GOOD]
    quick = taken(tmp_path, monkeypatch, lines, "_quick")
    assert quick == taken(tmp_path, monkeypatch, lines, "_careful")


@pytest.mark.parametrize("odd", ["", "  ", "null"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_xapi_copes_with_lines_that_hold_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str, place: int
) -> None:
    lines = [json.dumps(statement(number=number)) for number in range(2)]
    lines.insert(place, odd)
    quick = taken(tmp_path, monkeypatch, lines, "_quick", name="xapi")
    assert quick == taken(tmp_path, monkeypatch, lines, "_careful", name="xapi")
    assert quick[3] == [(2, 0, 0) if odd != "null" else (3, 1, 0)]
