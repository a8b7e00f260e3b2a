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
    with Audit(reachable=[folder], threads=1) as audit:
        audit.ingest([folder])
        audit.assess(as_of=AS_OF)
        yield Assessed(folder, audit, labels)


def test_program_agrees_with_the_oracle(synth: Assessed) -> None:
    expected = of_oracle(assess(load_case(synth.folder), None, AS_OF))
    lines = differences(of_program(synth.audit.results), expected)
    assert not lines, report(lines)


def test_labels_hold(synth: Assessed) -> None:
    """Every label of a rule that the program has."""
    made = {clause.code for clause in scheme_with(None).clauses}
    checked = [
        label for label in synth.labels if not label["expected_code"] or label["expected_code"] in made
    ]
    assert len(checked) > PEOPLE
    program = _Said(synth.audit)
    lines = [
        " ".join(f"{name}={cell}" for name, cell in label.items())
        for label in checked
        if not program.confirms(label)
    ]
    assert not lines, report(lines)


class _Said:
    """What the program said about whom, for comparison with the labels."""

    def __init__(self, audit: Audit) -> None:
        self._credits: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in audit.results.rows("FROM credits"):
            self._credits[_names(row, "participant_id", "activity_id", "module_id")].append(row)
        names = ("code", "participant_id", "activity_id", "module_id")
        self._findings = {_names(row, *names) for row in audit.results.rows("FROM findings")}

    def confirms(self, label: Row) -> bool:
        """Whether one credit row has the label's status, minutes, period and code."""
        code, (person, activity, module) = label["expected_code"], list(label.values())[:3]
        if not activity:
            return (code, person) in {finding[:2] for finding in self._findings}
        # What a provider or a certificate gets wrong is found beside the credit, not in it.
        beside = {(code, who, activity, part) for who in (person, "") for part in (module, "")}
        return any(
            row["status"] == label["expected_status"]
            and label["expected_minutes"] in ("", str(row["credited_minutes"]))
            and label["expected_period"] in ("", row["period"])
            and (not code or code in row["codes"].split(";") or bool(beside & self._findings))
            for row in self._credits[person, activity, module]
        )


def _names(row: Row, *columns: str) -> tuple[str, ...]:
    return tuple(row[column] or "" for column in columns)
