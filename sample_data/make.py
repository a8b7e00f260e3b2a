"""Make the sample data again: the same bytes every time. Run it from the project's folder."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

from analyser.synth import synthesise
from analyser.synth.moodle import read, write_moodle_case
from analyser.synth.people import KINDS
from analyser.synth.plants import PLANTS

HERE = Path(__file__).parent
SEED, PEOPLE = 11, 24
MOODLE_ACTIVITIES = ("A08", "A10")


def main() -> None:
    """Write the case, its labels, the Moodle case and the table of what is expected."""
    case, labels = HERE / "case", HERE / "labels"
    for folder in (case, labels, HERE / "moodle_case"):
        shutil.rmtree(folder, ignore_errors=True)
    synthesise(case, participants=PEOPLE, seed=SEED, event_files=2, labels_folder=labels)
    # One file for each assessment period: the older one plain, the newer one zipped.
    (case / "events-01.csv").rename(case / "events-2024.csv")
    newer = case / "events-02.csv"
    (case / "events-2025.csv.gz").write_bytes(gzip.compress(newer.read_bytes(), 9, mtime=0))
    newer.unlink()
    write_moodle_case(case, HERE / "moodle_case", MOODLE_ACTIVITIES)
    (HERE / "EXPECTED.md").write_text(expected(case, labels), encoding="utf-8")


def expected(case: Path, labels: Path) -> str:
    """The table for people who see this for the first time."""
    names = {row["participant_id"]: row["name"] for row in read(case / "participants.csv")}
    why = {kind.name: kind.why for kind in KINDS} | {plant.name: plant.why for plant in PLANTS}
    rows: dict[tuple[str, ...], list[str]] = {}
    for row in read(labels / "labels.csv"):
        unit = f"{row['activity_id']} {row['module_id']}".strip() or "(sessions)"
        key = (row["participant_id"], unit, row["plant"], row["expected_status"], row["expected_minutes"])
        rows.setdefault(key, []).append(row["expected_code"])
    told: set[tuple[str, str]] = set()
    lines = []
    for (person, unit, plant, status, minutes), codes in rows.items():
        reason = "" if (person, plant) in told else why[plant]
        told.add((person, plant))
        found = ", ".join(code for code in codes if code)
        lines.append(f"| {person} {names[person]} | {unit} | {status} | {minutes} | {found} | {reason} |")
    return (HERE / "expected_head.md").read_text(encoding="utf-8") + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
