"""Tables kept as many files in folders named after values: the same results, every row accounted for."""

from __future__ import annotations

from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest

from analyser.audit import Audit
from analyser.errors import InputError
from tests.commands import analyser
from tests.hostile.kit import GOOD, HEADER, VIEW
from tests.properties.support import Cells, Given, digest_of, lay_down, random_given, synth_given, write

NOTHING = "__HIVE_DEFAULT_PARTITION__"
LEDGER = "SELECT file, rows_read, rows_stored, rows_duplicate, rows_rejected FROM ingest_ledger ORDER BY file"
Row = tuple[object, ...]


def _partitioned(given: Given, folder: Path, *, by: str, suffix: str) -> Path:
    """The case with its events by day and by a column that then stands in the folder's name only."""
    parts: dict[tuple[str, str | None], list[Cells]] = {}
    for row in given.tables["events"]:
        day = (row["timestamp"] or "")[:10]
        parts.setdefault((day, row.get(by)), []).append({k: v for k, v in row.items() if k != by})
    names = list(dict.fromkeys(k for row in given.tables["events"] for k in row if k != by))
    for number, ((day, value), rows) in enumerate(parts.items()):
        label = NOTHING if value is None else quote(value, safe="")
        write(folder / "events" / f"day={day}" / f"{by}={label}" / f"part-{number}.{suffix}", rows, names)
    return lay_down(given.having(events=[]), folder)


def _ingested(*paths: Path, reachable: Path) -> tuple[list[Row], list[str], list[Row]]:
    """The ledger, what was said, and the stored events, after taking in each path by itself."""
    with Audit(reachable=[reachable], threads=1) as audit:
        said = [sentence for path in paths for sentence in audit.ingest([path])]
        events = audit.connection.execute(
            "SELECT at_us, participant_id, session_id, activity_id FROM event "
            "WHERE fault IS NULL ORDER BY ALL"
        ).fetchall()
        return audit.connection.execute(LEDGER).fetchall(), said, events


@pytest.mark.parametrize(
    ("by", "suffix"), [("activity_id", "parquet"), ("participant_id", "csv"), ("session_id", "jsonl.zst")]
)
def test_same_results_from_a_lake(by: str, suffix: str, tmp_path: Path) -> None:
    given = random_given(17)
    plain = digest_of(lay_down(given, tmp_path / "plain"), given=given)
    folder = _partitioned(given, tmp_path / "lake", by=by, suffix=suffix)
    assert len(list(folder.rglob("part-*"))) >= 5
    assert digest_of(folder, given=given) == plain


def test_a_table_below_its_provider(tmp_path: Path) -> None:
    given = synth_given(tmp_path / "synth", 6, 4)
    plain = digest_of(lay_down(given, tmp_path / "plain"), given=given)
    rows, lake = given.tables["events"], tmp_path / "lake"
    for number, provider in enumerate(("one", "two")):
        write(lake / f"provider={provider}" / "events.parquet", rows[number::2])
    assert digest_of(lay_down(given.having(events=[]), lake), given=given) == plain


def test_a_part_by_itself_is_known_again(tmp_path: Path) -> None:
    given = random_given(17)
    lake = _partitioned(given, tmp_path / "lake", by="activity_id", suffix="parquet")
    whole, _, events = _ingested(lake, reachable=lake)
    day = next((lake / "events").iterdir())
    file = next(day.rglob("part-*"))
    again, _, same = _ingested(file, day, lake / "events", lake, reachable=lake)
    assert same == events
    assert again == whole
    one, _, _ = _ingested(file, reachable=lake)
    assert one == [row for row in whole if row[0] == file.relative_to(lake).as_posix()]


@pytest.mark.parametrize(
    ("folder", "value"),
    [
        ("A1", "A1"),
        ("a b", "a b"),
        ("%3D1%2B1", "=1+1"),
        ("=1+1", "=1+1"),
        ("'; DROP TABLE event; --", "'; DROP TABLE event; --"),
        ("{rows}", "{rows}"),
        ("{lines} {x} %s", "{lines} {x} %s"),
        ("<b>&amp;", "<b>&amp;"),
        ("*[a]?", "*[a]?"),
        ("%E8%AA%B2", "課"),
        ("課", "課"),
        ("%2E%2E%2Fx", "../x"),
        ("50%", "50%"),
        ("%00", "\\0"),
        ("%FF", "\\udcff"),
        ("", None),
        (NOTHING, None),
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "parquet", "jsonl"])
def test_values_fill_a_column_the_file_lacks(
    folder: str, value: str | None, suffix: str, tmp_path: Path
) -> None:
    row = {"timestamp": "2025-09-01T10:05:00+08:00", "participant_id": "P1", "event": "view"}
    write(tmp_path / "events" / f"activity_id={folder}" / f"x.{suffix}", [row])
    ledger, _, events = _ingested(tmp_path, reachable=tmp_path)
    assert [counts[1:] for counts in ledger] == [(1, 1, 0, 0)]
    assert [event[3] for event in events] == [value]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_the_file_counts_where_both_have_a_column(suffix: str, tmp_path: Path) -> None:
    at = "2025-09-01T10:05:00+08:00"
    rows: list[Cells] = [
        {"timestamp": at, "participant_id": "P1", "event": "view", "activity_id": "A1"},
        {"timestamp": at, "participant_id": "P1", "event": "post", "activity_id": None},
    ]
    write(tmp_path / "events" / "activity_id=A2" / f"x.{suffix}", rows)
    _, _, events = _ingested(tmp_path, reachable=tmp_path)
    assert [event[3] for event in events] == ["A1", None]


def test_a_json_line_without_the_name_is_filled(tmp_path: Path) -> None:
    common = '"timestamp":"2025-09-01T10:05:00+08:00","participant_id":"P1"'
    file = tmp_path / "events" / "activity_id=A2" / "x.jsonl"
    file.parent.mkdir(parents=True)
    file.write_text(f'{{{common},"event":"post"}}\n{{{common},"event":"view","activity_id":"A1"}}\n')
    _, _, events = _ingested(tmp_path, reachable=tmp_path)
    assert sorted(str(event[3]) for event in events) == ["A1", "A2"]


def test_an_instant_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "events" / "timestamp=2025-09-01" / "x.csv"
    write(file, [{"participant_id": "P1", "event": "view"}])
    with pytest.raises(InputError, match="column timestamp is missing"):
        _ingested(tmp_path, reachable=tmp_path)


def test_a_needed_value_that_is_empty_rejects_rows(tmp_path: Path) -> None:
    row = {"timestamp": "2025-09-01T10:05:00+08:00", "event": "view"}
    write(tmp_path / "events" / f"participant_id={NOTHING}" / "x.parquet", [row, row])
    ledger, _, _ = _ingested(tmp_path, reachable=tmp_path)
    assert [counts[1:] for counts in ledger] == [(2, 0, 0, 2)]


def test_the_careful_reader_fills_too(tmp_path: Path) -> None:
    header, line = b"timestamp,participant_id,event,response\n", b"2025-09-01T10:05:00+08:00,P1,"
    folder = tmp_path / "events" / "activity_id={rows}"
    folder.mkdir(parents=True)
    (folder / "x.csv").write_bytes(header + line + b"view,a\n" + line + b'post,"open\n' + line + b"view,b\n")
    ledger, _, events = _ingested(tmp_path, reachable=tmp_path)
    assert [counts[1:] for counts in ledger] == [(3, 1, 0, 2)]
    assert [event[3] for event in events] == ["{rows}"]


def test_registers_are_partitioned_too(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_bytes(GOOD)
    rows = [{"title": "Course", "approved_minutes": "30"}]
    write(tmp_path / "activities" / "approved_from=2025-01-01" / "activity_id=A1" / "x.csv", rows)
    with Audit(reachable=[tmp_path], threads=1) as audit:
        audit.ingest([tmp_path])
        found = audit.connection.execute("SELECT activity_id, approved_from::VARCHAR FROM activities")
        assert found.fetchall() == [("A1", "2025-01-01")]


@pytest.mark.parametrize("part", ["", "events", "events/day=1"])
@pytest.mark.parametrize(
    ("log", "kind"),
    [("_delta_log/0.json", "Delta"), (".hoodie/x.commit", "Hudi"), ("metadata/v1.metadata.json", "Iceberg")],
)
def test_tables_with_a_log_are_refused(log: str, kind: str, part: str, tmp_path: Path) -> None:
    for name, data in (("day=1/x.csv", GOOD), (log, b"{}")):
        (tmp_path / "events" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "events" / name).write_bytes(data)
    if kind == "Iceberg" and part.endswith("=1"):
        pytest.skip("Iceberg keeps its data in a folder that is no value")
    with pytest.raises(InputError, match=f"events: is a {kind} table"):
        _ingested(tmp_path / part, reachable=tmp_path)


def test_other_files_are_told_once(tmp_path: Path) -> None:
    for day in range(7):
        folder = tmp_path / "events" / f"day={day}"
        folder.mkdir(parents=True)
        (folder / "x.csv").write_bytes(HEADER + VIEW.replace(b"P1", b"P%d" % day))
        (folder / "_SUCCESS").touch()
        (folder / "_metadata").write_bytes(b"PAR1")
    ledger, said, _ = _ingested(tmp_path, reachable=tmp_path)
    assert [counts[1:] for counts in ledger] == [(1, 1, 0, 0)] * 7
    (sentence,) = said
    # Five are named, however many lie there.
    named = ", ".join(f"events/day={day}/_metadata" for day in range(5))
    assert sentence.startswith(f"{named} and 2 more: no tables of a case, so not read;")


def test_folders_that_are_no_values_stay_unread(tmp_path: Path) -> None:
    for name in ("events/day=1/x.csv", "events/2025/08.csv", "events/day=1/sub/y.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(GOOD)
    ledger, said, _ = _ingested(tmp_path, reachable=tmp_path)
    assert [counts[0] for counts in ledger] == ["events/day=1/x.csv"]
    assert len(said) == 2


def test_a_lake_of_many_files_is_one_line_on_the_screen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    given, rng = random_given(42), Random(1)
    rows = given.tables["events"]
    lake = lay_down(given.having(events=[]), tmp_path / "lake")
    for number in range(60):
        part = rng.sample(rows, min(len(rows), 20))
        write(lake / "events" / f"day={number}" / "x.parquet", part)
    database = tmp_path / "a.duckdb"
    first = analyser(capfd, "ingest", lake, "--db", database)
    (line,) = [line for line in first.out.splitlines() if "(60 files)" in line]
    assert line.startswith("events/ (60 files): read 1,200 = stored ")
    assert "  columns not used: day" in first.out
    assert "day=" not in first.out
    # Nothing is read twice, and nothing is added by trying.
    assert analyser(capfd, "ingest", lake, "--db", database).out == first.out
