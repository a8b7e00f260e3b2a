"""Row ids are the link to source lines: large files keep their order however many threads read them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from analyser.audit import Audit
from analyser.errors import InputError
from analyser.ingest import readings, rejects
from analyser.ingest.insertion import check_order
from analyser.ingest.readings import json_relation
from analyser.ingest.source import Source

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


def test_large_pieces_keep_lines_and_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "_PIECE", 2_100_000)  # the least that the longest line allows
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    file, long = tmp_path / "events.csv", "x" * 1_900_000
    duckdb.execute(
        f"""COPY (SELECT {_TIME} AS timestamp, 'p' || (n % 97) AS participant_id, 'view' AS event,
          CASE WHEN n = 100000 THEN '{long}' WHEN n % 5 = 0 THEN 'a, "b"' || chr(10) || 'c' END AS response
        FROM range({_LINES}) t(n)) TO '{file}' (FORMAT csv)"""
    )
    source = Source(file, file.name, "events")
    assert "buffer_size=2100000" in readings.csv_relation(source, 4)
    with Audit(reachable=[tmp_path], threads=2) as audit:
        audit.ingest([tmp_path])
        answer = audit.connection.execute(
            "SELECT count(*), count(*) FILTER (at_us <= last_us), max(length(response)) "
            "FROM (SELECT *, lag(at_us) OVER (ORDER BY rowid) AS last_us FROM event WHERE fault IS NULL)"
        )
        assert answer.fetchall() == [(_LINES, 0, len(long))]


def test_what_would_lose_the_order_of_lines_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"a":"1"}\n')
    source, columns = Source(file, file.name, None), "{'a': 'VARCHAR'}"
    read = f"read_json('{file}', format='newline_delimited', columns={columns})"
    connection = duckdb.connect()
    connection.execute("CREATE TABLE t (a VARCHAR)")
    check_order(connection, "x.jsonl", f"INSERT INTO t FROM {json_relation(source, columns)}")
    # Several threads may read, and a join may stand between.
    for rows in (read, f"(SELECT r.a FROM {json_relation(source, columns)} r JOIN t ON t.a = r.a)"):
        with pytest.raises(InputError, match=r"^x\.jsonl: rows would lose the order of their lines"):
            check_order(connection, "x.jsonl", f"INSERT INTO t FROM {rows}")


def test_only_what_kept_the_order_is_known_again(tmp_path: Path) -> None:
    """What was refused is refused again, and JSON is looked at each time: how it is read may change."""
    (tmp_path / "x.csv").write_text("a\n1\n")
    (tmp_path / "x.jsonl").write_text('{"a":"1"}\n')
    plain = f"(SELECT a FROM read_csv('{tmp_path / 'x.csv'}', all_varchar=true))"
    shared = f"read_json('{tmp_path / 'x.jsonl'}', format='newline_delimited', columns={{'a': 'VARCHAR'}})"
    limited = json_relation(Source(tmp_path / "x.jsonl", "x.jsonl", None), "{'a': 'VARCHAR'}")
    joined = f"(SELECT r.a FROM {plain} r JOIN t ON t.a = r.a)"
    connection = duckdb.connect()
    connection.execute("CREATE TABLE t (a VARCHAR)")

    def look(rows: str, shape: str) -> None:
        check_order(connection, "x", f"INSERT INTO t FROM {rows}", f"{tmp_path} {shape}")

    look(plain, "csv")
    look(joined, "csv")  # known by its shape, so not looked at
    look(limited, "json")
    for rows, shape in ((joined, "other"), (joined, "other"), (shared, "json")):
        with pytest.raises(InputError, match="would lose the order of their lines"):
            look(rows, shape)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("page", [2, 3, 100])
def test_each_reject_keeps_the_text_of_its_own_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, page: int
) -> None:
    monkeypatch.setattr(rejects, "_PAGE", page)
    bad = {1, 2, 5, 6, 7, 9}
    lines = [
        f"2026-03-01T00:00:{n:02}{'' if n in bad else 'Z'},p{n},view{'x' * 3000 if n == 7 else ''}".replace(
            "T", "T" if n not in bad else "?"
        )
        for n in range(10)
    ]
    text = end.join(["timestamp,participant_id,event", *lines]) + end
    (tmp_path / "events.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    with Audit(reachable=[tmp_path]) as audit:
        audit.ingest([tmp_path])
        found = audit.connection.execute("SELECT line, raw FROM reject ORDER BY line").fetchall()
    assert found == [(n + 2, lines[n][:2000]) for n in sorted(bad)]
