"""The sample case is what the generator makes, and the independent oracle finds what its labels say."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analyser.synth import synthesise
from analyser.synth.plants import PLANTS
from tests.oracle import Case, assess, load_case

SAMPLE = Path(__file__).parents[2] / "sample_data"
AS_OF = date(2026, 11, 22)
# Findings that the time and credit rules alone do not make: certificates, target groups, order, the warning.
OTHER_RULES = ("CERT_", "OUT_OF_TARGET", "NO_WARNING", "ASSESSED_BEFORE_COMPLETE")

Record = dict[str, str | None]


def read(path: Path) -> Iterator[Record]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for row in csv.DictReader(text.decode("utf-8").splitlines()):
        yield {name: cell or None for name, cell in row.items()}


def load(folder: Path) -> Case:
    case = load_case(folder)
    for path in sorted(folder.glob("events-*")):
        case.events.extend(read(path))
    return case


def unmet(case: Case, labels: Path) -> list[Record]:
    """The labels that the oracle does not confirm."""
    result = assess(case, None, AS_OF)
    credits: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in result.credits:
        credits[row["participant_id"], row["activity_id"], row["module_id"]].append(row)
    of_person = {(key[1], key[0]) for key in result.finding_codes}
    return [label for label in read(labels) if not _met(label, credits, of_person)]


def _met(label: Record, credits: dict[tuple[Any, ...], list[Any]], of_person: set[tuple[Any, ...]]) -> bool:
    code = label["expected_code"]
    if label["activity_id"] is None:
        return (label["participant_id"], code) in of_person
    for row in credits[label["participant_id"], label["activity_id"], label["module_id"]]:
        codes = set((row["codes"] or "").split(";")) - {""}
        known = code is None or code in codes or code.startswith(OTHER_RULES)
        minutes = label["expected_minutes"] in (None, str(row["credited_minutes"]))
        period = label["expected_period"] in (None, row["period"])
        if known and minutes and period and row["status"] == label["expected_status"]:
            # What nobody planted must not be found either.
            return code is not None or not codes
    return False


def test_sample_is_what_the_generator_makes(tmp_path: Path) -> None:
    synthesise(tmp_path / "case", participants=24, seed=11, event_files=2)
    older, newer = (tmp_path / "case" / f"events-0{n}.csv" for n in (1, 2))
    assert (SAMPLE / "case" / "events-2024.csv").read_bytes() == older.read_bytes()
    assert gzip.decompress((SAMPLE / "case" / "events-2025.csv.gz").read_bytes()) == newer.read_bytes()
    for path in (SAMPLE / "case").glob("[!e]*.csv"):
        assert path.read_bytes() == (tmp_path / "case" / path.name).read_bytes()
    made = tmp_path / "case-labels" / "labels.csv"
    assert (SAMPLE / "labels" / "labels.csv").read_bytes() == made.read_bytes()


def test_sample_is_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) < 1_500_000


def test_oracle_confirms_the_labels_of_the_sample() -> None:
    assert unmet(load(SAMPLE / "case"), SAMPLE / "labels" / "labels.csv") == []


def test_oracle_confirms_every_plant(tmp_path: Path) -> None:
    """Everything planted, and as few other people as that allows."""
    synthesise(tmp_path / "case", participants=round(len(PLANTS) / 0.6) + 1, seed=17, event_files=3)
    labels = tmp_path / "case-labels" / "labels.csv"
    assert {row["plant"] for row in read(labels)} >= {plant.name for plant in PLANTS}
    assert unmet(load(tmp_path / "case"), labels) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_oracle_confirms_that_honest_people_are_honest(tmp_path: Path, seed: int) -> None:
    synthesise(tmp_path / "case", participants=30, seed=seed, event_files=2, defects=False)
    assert unmet(load(tmp_path / "case"), tmp_path / "case-labels" / "labels.csv") == []


def test_expected_names_every_label() -> None:
    text = (SAMPLE / "EXPECTED.md").read_text(encoding="utf-8")
    for row in read(SAMPLE / "labels" / "labels.csv"):
        lines = [line for line in text.splitlines() if line.startswith(f"| {row['participant_id']} ")]
        assert any(
            f"| {row['expected_status']} |" in line and (row["expected_code"] or "") in line for line in lines
        )


def test_moodle_case_speaks_of_the_same_people() -> None:
    folder = SAMPLE / "moodle_case"
    log = list(read(folder / "exports" / "mdl_logstore_standard_log.csv"))
    people = {row["participant_id"] for row in read(folder / "participants.csv")}
    courses = {row["activity_id"] for row in read(folder / "activities.csv")}
    objects = {row["object_id"] for row in read(folder / "items.csv")}
    assert {row["userid"] for row in log} == people
    assert {row["courseid"] for row in log} == courses | {"0"}
    done = {row["contextinstanceid"] for row in log if "completion_updated" in (row["eventname"] or "")}
    assert done <= objects
    stamps = [int(row["timecreated"] or 0) for row in log]
    assert stamps == sorted(stamps)
