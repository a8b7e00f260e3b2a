"""The synthetic case is reproducible, consistent in itself and complete in what it plants."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest

from analyser.errors import AnalyserError
from analyser.synth import SynthSummary, synthesise
from analyser.synth.plants import PLANTS
from analyser.synth.words import EVENT_COLUMNS, EVENTS, FACTORS, OUTCOMES, PURPOSES, UNKNOWN_EVENTS

Record = dict[str, str]
HONG_KONG = timezone(timedelta(hours=8))
REGISTERS = ("activities", "participants", "items", "questions", "certificates", "venues")


def rows(path: Path) -> list[Record]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=HONG_KONG)


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of 200 people, everything planted, events in three CSV files."""
    folder = tmp_path_factory.mktemp("synth") / "case"
    synthesise(folder, participants=200, seed=5, event_files=3)
    return folder


@pytest.fixture(scope="module")
def events(case: Path) -> list[Record]:
    return [row for path in sorted(case.glob("events-*.csv")) for row in rows(path)]


@pytest.fixture(scope="module")
def labels(case: Path) -> list[Record]:
    return rows(case.with_name("case-labels") / "labels.csv")


@pytest.mark.parametrize("file_format", ["csv", "csv.gz", "parquet", "jsonl"])
def test_same_seed_same_bytes(tmp_path: Path, file_format: str) -> None:
    for name, seed in (("one", 3), ("two", 3), ("three", 4)):
        synthesise(
            tmp_path / name / "case", participants=30, seed=seed, events_format=file_format, event_files=2
        )
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")
    one, three = hashes(tmp_path / "one"), hashes(tmp_path / "three")
    assert one.keys() == three.keys()
    assert all(one[name] != three[name] for name in one if "event" in name or "labels.csv" in name)


def test_same_bytes_in_another_process_with_another_thread_count(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, pyarrow; pyarrow.set_cpu_count(int(sys.argv[2]))\n"
        "from analyser.synth import synthesise\n"
        "synthesise(pathlib.Path(sys.argv[1]), participants=20, seed=1, events_format='parquet')"
    )
    for threads in ("1", "3"):
        subprocess.run([sys.executable, "-c", code, str(tmp_path / threads / "case"), threads], check=True)
    assert hashes(tmp_path / "1") == hashes(tmp_path / "3")


def test_import_is_cheap() -> None:
    code = "import sys, analyser.synth; print(sorted({'numpy', 'duckdb', 'pyarrow'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"


def test_summary_counts_what_was_written(tmp_path: Path) -> None:
    told: list[str] = []
    summary = synthesise(tmp_path / "case", participants=12, seed=2, progress=told.append)
    assert isinstance(summary, SynthSummary)
    assert (summary.participants, bool(told)) == (12, True)
    assert summary.events == len(rows(tmp_path / "case" / "events.csv"))
    assert all(path.exists() for path in summary.files)
    assert {path.name for path in summary.files} >= {"labels.csv", "README.md", "events.csv"}


@pytest.mark.parametrize("wanted", [10, 3000, 60_000])
def test_scale_gives_at_least_so_many_events(tmp_path: Path, wanted: int) -> None:
    summary = synthesise(
        tmp_path / "case", participants=1, seed=2, scale_events=wanted, events_format="parquet"
    )
    assert wanted <= summary.events < wanted * 1.5 + 5000
    ids = [row["participant_id"] for row in rows(tmp_path / "case" / "participants.csv")]
    assert len(ids) == len(set(ids)) == summary.participants


def test_formats_hold_the_same_events(tmp_path: Path) -> None:
    for file_format in ("csv", "csv.gz", "parquet", "jsonl"):
        synthesise(tmp_path / file_format, participants=15, seed=8, events_format=file_format)
    plain = (tmp_path / "csv" / "events.csv").read_bytes()
    assert gzip.decompress((tmp_path / "csv.gz" / "events.csv.gz").read_bytes()) == plain
    table = rows(tmp_path / "csv" / "events.csv")
    with (tmp_path / "jsonl" / "events.jsonl").open(encoding="utf-8") as lines:
        found = [
            {key: "" if value is None else str(value) for key, value in json.loads(line).items()}
            for line in lines
        ]
    assert found == table
    query = "SELECT epoch_ms(timestamp), participant_id, event, score FROM read_parquet(?)"
    parquet = duckdb.execute(query, [str(tmp_path / "parquet" / "events.parquet")]).fetchall()
    assert parquet == [
        (
            round(datetime.fromisoformat(row["timestamp"]).timestamp() * 1000),
            row["participant_id"],
            row["event"],
            int(row["score"]) if row["score"] else None,
        )
        for row in table
    ]


def test_without_defects_all_are_honest_and_the_export_is_clean(tmp_path: Path) -> None:
    synthesise(tmp_path / "case", participants=40, seed=6, event_files=2, defects=False)
    table = [tuple(row.values()) for n in (1, 2) for row in rows(tmp_path / "case" / f"events-0{n}.csv")]
    assert len(table) == len(set(table))
    assert all(row[0].endswith("+08:00") for row in table)
    assert {row[2] for row in table} <= set(EVENTS)
    assert {row["expected_status"] for row in rows(tmp_path / "case-labels" / "labels.csv")} == {"awarded"}


def test_events_use_the_vocabulary(events: list[Record]) -> None:
    assert set(events[0]) == set(EVENT_COLUMNS)
    words = {row["event"] for row in events}
    assert words - set(EVENTS) == set(UNKNOWN_EVENTS)
    assert set(EVENTS) - words == {"other"}
    for column, known in (("factor", FACTORS), ("purpose", PURPOSES), ("outcome", OUTCOMES)):
        assert {row[column] for row in events} == {"", *known}
    assert all(bool(row["factor"]) == (row["event"] == "verify") for row in events)


def test_times_are_valid_and_in_the_two_periods(case: Path) -> None:
    styles = []
    for path in sorted(case.glob("events-*.csv")):
        texts = [row["timestamp"] for row in rows(path)]
        styles.append({re.sub(r"^[\d:.T-]{19,23}?(?=Z|\+|$)", "", text) for text in texts})
        local = [instant(text).astimezone(HONG_KONG) for text in texts]
        assert min(local).date() >= date(2024, 8, 1)
        assert max(local).date() <= date(2026, 11, 22)
    assert styles == [{"+08:00"}, {""}, {"Z"}]


def test_dirt_is_there_and_little(events: list[Record]) -> None:
    twice = Counter(tuple(row[column] for column in EVENT_COLUMNS[1:]) for row in events)
    assert 0 < sum(row["event"] in UNKNOWN_EVENTS for row in events) < len(events) / 500
    assert sum(count > 1 for count in twice.values()) > 10


def test_nobody_is_in_two_sittings_at_once(events: list[Record], labels: list[Record]) -> None:
    """Sessions of one person overlap only where two devices or tabs are the story."""
    may = {row["participant_id"] for row in labels if row["plant"] in ("tab_hopper", "overlapping_tab")}
    spans: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for row in events:
        if row["session_id"]:
            spans[row["participant_id"], row["session_id"]].append(instant(row["timestamp"]))
    last: dict[str, datetime] = {}
    for (person, _), times in sorted(spans.items(), key=lambda item: min(item[1])):
        if person in last and person not in may:
            assert min(times) > last[person]
        last[person] = max(times)


def test_registers_are_consistent(case: Path, events: list[Record]) -> None:
    tables = {name: rows(case / f"{name}.csv") for name in REGISTERS}
    people = {row["participant_id"] for row in tables["participants"]}
    units = {(row["activity_id"], row["module_id"]) for row in tables["activities"]}
    items = {row["object_id"] for row in tables["items"]}
    bank = {row["item_id"]: row["key"] for row in tables["questions"]}
    assert len(people) == len(tables["participants"]) == 200
    assert {row["participant_id"] for row in events} == people
    used = {(row["activity_id"], row["module_id"]) for row in events if row["event"] == "complete"}
    assert used - units == {("A09", "M9")}
    assert {row["object_id"] for row in events} - items == {
        "",
        "A09-M9-E1",
        "A10-V9",
        "V01",
        "V02",
        "V03",
    } | {f"A09-M9-P{n}" for n in range(1, 7)}
    for row in events:
        if row["event"] == "answer" and row["item_id"] in bank:
            assert (row["response"] == bank[row["item_id"]]) == (row["score"] == "1")
    for row in tables["certificates"]:
        assert row["participant_id"] in people
        assert row["approval_no"]


def test_banks_hold_twice_the_paper(case: Path) -> None:
    size = Counter((row["activity_id"], row["module_id"]) for row in rows(case / "questions.csv"))
    for row in rows(case / "activities.csv"):
        assert size[row["activity_id"], row["module_id"]] >= 2 * int(row["paper_size"])
    texts = [row["text"] for row in rows(case / "questions.csv")]
    assert len(texts) == len(set(texts))


def test_papers_have_no_question_twice(events: list[Record]) -> None:
    # Instants, because a row exported twice is no second showing, however its time is written.
    shown = {
        (row["attempt_id"], row["item_id"], instant(row["timestamp"]))
        for row in events
        if row["event"] == "question"
    }
    assert shown
    assert max(Counter(key[:2] for key in shown).values()) == 1


def test_labels_speak_of_people_and_units_that_exist(
    case: Path, events: list[Record], labels: list[Record]
) -> None:
    seen = {(row["participant_id"], row["activity_id"], row["module_id"]) for row in events}
    for label in labels:
        key = (label["participant_id"], label["activity_id"], label["module_id"])
        assert key in seen or not label["activity_id"]
    assert {row["expected_status"] for row in labels} == {"awarded", "held", "not_earned", "in_progress", ""}


def test_every_plant_occurs_once_in_two_hundred(labels: list[Record]) -> None:
    owners = defaultdict(set)
    for row in labels:
        owners[row["plant"]].add(row["participant_id"])
    for plant in PLANTS:
        assert len(owners[plant.name]) == 1, plant.name
        codes = {row["expected_code"] for row in labels if row["plant"] == plant.name}
        assert codes - {""} == set(plant.codes)


def test_small_cases_take_the_first_plants(tmp_path: Path) -> None:
    synthesise(tmp_path / "case", participants=20, seed=9)
    found = {row["plant"] for row in rows(tmp_path / "case-labels" / "labels.csv")}
    assert {plant.name for plant in PLANTS[:12]} <= found
    assert not found & {plant.name for plant in PLANTS[12:]}


def test_another_audit_date_moves_the_case_by_whole_years(tmp_path: Path) -> None:
    synthesise(tmp_path / "case", participants=10, seed=9, as_of=date(2030, 3, 1))
    times = [row["timestamp"] for row in rows(tmp_path / "case" / "events.csv")]
    assert min(times) >= "2027-08-01"
    assert max(times) < "2029-10-01"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"participants": 0}, "participants"),
        ({"event_files": 0}, "event_files"),
        ({"events_format": "xls"}, "xls"),
    ],
)
def test_wrong_orders_are_refused_with_a_reason(tmp_path: Path, wrong: dict[str, object], said: str) -> None:
    with pytest.raises(AnalyserError, match=said):
        synthesise(tmp_path / "case", **{"participants": 5, "seed": 1, **wrong})  # type: ignore[arg-type]  # wrong on purpose
