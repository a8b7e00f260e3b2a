"""The floor of tracking logs reads every field that our reader reads, so that the two do the same work."""

import ast
import json
from pathlib import Path

import duckdb
import pytest

from analyser.formats.openedx import BODY, PARTS
from benchmarks.formats import typed_read

INSIDE = {name: str(number) for number, name in enumerate(BODY.names)}


@pytest.mark.parametrize("body", [INSIDE, json.dumps(INSIDE)], ids=["object", "text"])
def test_the_floor_reads_the_same_fields(tmp_path: Path, body: object) -> None:
    outer = {"event_type": "play_video", "time": "2026-03-01T10:00:00Z", "context": {"course_id": "c"}}
    file = tmp_path / "tracking.log"
    file.write_text(json.dumps({**outer, "event": body}) + "\n")
    floor = duckdb.execute(typed_read("openedx", file, is_outer_only=False))
    names = [column[0] for column in floor.description or []]
    (row,) = floor.fetchall()
    values = dict(zip(names, row, strict=True))
    assert values.pop("body") == INSIDE
    # Whatever stands outside the body is there by its own name.
    assert set(values) == set(ast.literal_eval(PARTS.columns())) - {"event", "data"}
    assert (values["event_type"], values["context"]["course_id"]) == ("play_video", "c")
