"""The program agrees with the oracle, and with the labels, on a synthetic case of five hundred people."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from analyser.audit import Audit
from analyser.synth import AS_OF, synthesise
from tests.agreement.compare import Row, differences, of_oracle, of_program, report, scheme_with
from tests.oracle import assess, load_case

PEOPLE = 500


@dataclass(frozen=True)
class Assessed:
    """An assessed synthetic case."""

    folder: Path
    audit: Audit
    labels: list[Row]


@pytest.fixture(scope="module")
def synth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assessed]:
    folder = tmp_path_factory.mktemp("synth") / "case"
    synthesise(folder, participants=PEOPLE, seed=7)
    with (folder.with_name("case-labels") / "labels.csv").open(encoding="utf-8", newline="") as lines:
        labels = list(csv.DictReader(lines))
    with Audit(reachable=[folder]) as audit:
        audit.ingest([folder])
        audit.assess(as_of=AS_OF)
        yield Assessed(folder, audit, labels)


def test_program_agrees_with_the_oracle(synth: Assessed) -> None:
    expected = of_oracle(assess(load_case(synth.folder), None, AS_OF))
    lines = differences(of_program(synth.audit.results), expected)
    assert not lines, report(lines)


def test_labels_hold(synth: Assessed) -> None:
    """Every label of a rule that the program has; the labels of honest people have no code."""
    made = {clause.code for clause in scheme_with(None).clauses}
    credits: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in synth.audit.results.rows("FROM credits"):
        credits[row["participant_id"], row["activity_id"], row["module_id"] or ""].append(row)
    findings = synth.audit.results.rows("SELECT DISTINCT participant_id, code FROM findings")
    of_person = {(row["participant_id"], row["code"]) for row in findings}
    checked = [label for label in synth.labels if not label["expected_code"] or label["expected_code"] in made]
    assert len(checked) > PEOPLE
    lines = [
        " ".join(f"{name}={cell}" for name, cell in label.items())
        for label in checked
        if not _is_met(label, credits, of_person)
    ]
    assert not lines, report(lines)


def _is_met(
    label: Row, credits: defaultdict[tuple[str, str, str], list[Row]], of_person: set[tuple[str, str]]
) -> bool:
    code = label["expected_code"]
    if not label["activity_id"]:
        return (label["participant_id"], code) in of_person
    return any(
        row["status"] == label["expected_status"]
        and label["expected_minutes"] in ("", str(row["credited_minutes"]))
        and label["expected_period"] in ("", row["period"])
        and (code in row["codes"].split(";") if code else True)
        for row in credits[label["participant_id"], label["activity_id"], label["module_id"]]
    )
