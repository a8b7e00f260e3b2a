"""Row ids are the link to source lines: large files keep their order however many threads read them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from analyser.audit import Audit

# Large enough that two threads read different blocks of one file at once.
_LINES = 200_000
_TIME = "strftime(TIMESTAMP '2026-03-01' + to_seconds(n), '%Y-%m-%dT%H:%M:%SZ')"
_XAPI = f"""'{{"id":"' || format('{{:08x}}', n) || '-0000-4000-8000-000000000000",'
  || '"actor":{{"mbox":"mailto:p' || (n % 97) || '@example.org"}},"timestamp":"' || {_TIME} || '",'
  || '"verb":{{"id":"http://adlnet.gov/expapi/verbs/experienced"}},'
  || '"object":{{"id":"https://example.org/a/' || (n % 7) || '"}}}}'"""
_OPENEDX = f"""'{{"username":"p' || (n % 97) || '","event_type":"/courses/course-v1:X+Y+Z/courseware/",'
  || '"event":"{{}}",'
  || '"time":"' || {_TIME} || '","event_source":"server","context":{{"course_id":"course-v1:X+Y+Z"}}}}'"""
_CANONICAL = (
    f"""'{{"timestamp":"' || {_TIME} || '","participant_id":"p' || (n % 97) || '","event":"view"}}'"""
)


@pytest.mark.parametrize("threads", [1, 2, 4])
@pytest.mark.parametrize(
    ("name", "line"),
    [("exports/x.jsonl", _XAPI), ("exports/tracking.log", _OPENEDX), ("events.jsonl", _CANONICAL)],
)
def test_rows_stand_in_the_order_of_lines(name: str, line: str, threads: int, tmp_path: Path) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    duckdb.execute(
        f"COPY (SELECT {line} FROM range({_LINES}) t(n)) TO '{file}' "
        "(FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x1f')"
    )
    with Audit(reachable=[tmp_path], threads=threads) as audit:
        audit.ingest([tmp_path])
        answer = audit.connection.execute(
            "SELECT count(*), count(*) FILTER (at_us <= last_us) "
            "FROM (SELECT at_us, lag(at_us) OVER (ORDER BY rowid) AS last_us FROM event WHERE fault IS NULL)"
        )
        assert answer.fetchall() == [(_LINES, 0)]
