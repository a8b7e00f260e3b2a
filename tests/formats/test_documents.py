"""JSON documents taken apart: every record once, every line accounted for."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from analyser.ingest.documents import Documents, Record
from analyser.ingest.records import Broken

from .support import ledger, rejects
from .tools import export, short

if TYPE_CHECKING:
    from pathlib import Path

A, B = {"id": 1, "verb": 2, "object": 3}, {"id": 4, "data": {"x": 5}, "name": "n"}


def apart(text: str) -> tuple[list[int], list[int]]:
    """(lines on which records start, lines set aside)."""
    found = list(Documents(io.StringIO(text)))
    records = [entry.line for entry in found if isinstance(entry, Record)]
    return records, [entry.line for entry in found if isinstance(entry, Broken)]


a, b = json.dumps(A), json.dumps(B)
# A record whose end is lost, but with members that can be read: it must not take the next line with it.
CUT = b[:-1]


@pytest.mark.parametrize(
    ("text", "records", "aside"),
    [
        (f"[{a},{b}]", [1, 1], []),
        (f"[\n{a},\n{b}\n]\n", [2, 3], []),
        (f"{a}\n{b}\n", [1, 2], []),
        (f"{a} {b}", [1, 1], []),
        (f'{{"statements": [{a},\n{b}], "more": ""}}', [1, 2], []),
        (f'{{"more": "", "statements": []}}\n{{"statements": [{a}]}}', [2], []),
        (f'[{{"sensor": "s", "data": [\n{a}]}},\n{b}]', [2, 3], []),
        ("[]", [], []),
        (f"[{a},", [1], [1]),
        (f"[\n{a}\n", [2], [3]),
        (f'{{"data": [{a}\n', [1], [2]),
        (f"[\n{a},\noops\n{b}]", [2, 4], [3]),
        (f"{CUT}\n{a}\n{b}\n", [2, 3], [1]),
        (f"{CUT}\r\n{a}\r{b}", [2, 3], [1]),
        (f"{a}\n{CUT}", [1], [2]),
        ("[" * 3000, [], [1]),
    ],
)
def test_records_and_lines(text: str, records: list[int], aside: list[int]) -> None:
    assert apart(text) == (records, aside)


def test_a_window_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records torn apart by the window's edge, line ends too, are read as they are."""
    monkeypatch.setattr("analyser.ingest.documents._CHUNK", 7)
    text = f"[\r\n{a},\r\n{b}\r\n,{json.dumps(A, indent=1)}]\r\n{a}"
    found = [
        (entry.line, entry.value)
        for entry in Documents(io.StringIO(text, newline=""))
        if isinstance(entry, Record)
    ]
    assert [line for line, _ in found] == [2, 3, 4, 9]
    assert found[1][1]["data"] == {"x": "5"}


OWN = {"timestamp": "2026-03-01T09:00:00Z", "participant_id": "anna", "event": "view"}
MOODLE = {"eventname": "\\core\\event\\user_loggedin", "userid": 7, "timecreated": 1772323200}


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize(
    ("good", "bad", "name", "kind"),
    [
        (OWN, {**OWN, "timestamp": "soon"}, "jsonl", "view"),
        (MOODLE, {**MOODLE, "timecreated": "soon"}, "moodle-log", "login"),
    ],
)
def test_tables_come_as_documents_too(
    tmp_path: Path, good: dict[str, Any], bad: dict[str, Any], name: str, kind: str, indent: int | None
) -> None:
    audit = export(tmp_path, None, x__json=json.dumps([good, bad], indent=indent))
    assert ledger(audit)[0][1:] == (name, 2, 1, 0, 1)
    assert short(audit, "kind") == [(kind,)]
    assert [line for line, _ in rejects(audit)] == [1 if indent is None else 7]
