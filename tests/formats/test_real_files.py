"""Real exports that nobody here wrote; they are not part of the project (see `support.real`)."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from .support import Row, case, ingest, json_lines, ledger, real, rejects, rows

if TYPE_CHECKING:
    from pathlib import Path


def lines_of(path: Path) -> int:
    """Physical lines that are not empty."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return sum(1 for line in text.split(b"\n") if line.strip())


def test_every_line_of_the_openedx_logs_is_accounted_for() -> None:
    files = sorted(real("openedx").glob("tracking.log-*.gz"))
    audit = ingest(*files, export_format="openedx")
    entries = {file: counts for file, kind, *counts in ledger(audit) if kind == "openedx"}
    assert set(entries) == {file.name for file in files}
    for file in files:
        read, stored, duplicate, rejected = entries[file.name]
        assert read == stored + duplicate + rejected == lines_of(file), file.name
    ((others,),) = audit.connection.execute(
        "SELECT count(*) FROM event WHERE fault IS NULL AND kind = 'other'"
    ).fetchall()
    assert others <= 5  # nearly every name is known


def test_the_moodle_excerpt() -> None:
    file = real("moodle/mdl_logstore_standard_log_excerpt.csv")
    audit = ingest(file, export_format="moodle-log")
    # Four rows were written before the login: nobody's.
    assert ledger(audit)[0][1:] == ("moodle-log", 26, 22, 0, 4)
    kinds = [row["kind"] for row in rows(audit)]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "login": 6, "verify": 2, "view": 11, "logout": 1, "other": 2,
    }  # fmt: skip


# Our word -> what another project says of the same row, where both speak of the same act.
VERBS = {
    "login": {"login"},
    "logout": {"logout"},
    "view": {"viewed", "launched", "searched", "receive"},
    "assessment_start": {"start"},
    "assessment_submit": {"completed"},
    "complete": {"completed"},
    "post": {"create", "replied", "send", "commented"},
    "survey": {"submit"},
    "answer": {"answered"},
}


def xapi_cases() -> list[tuple[Row, Row]]:
    """(log row, first statement expected of it)."""
    found = []
    for line in real("moodle/logstore_xapi_cases.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["logstore_row"] and entry["expected_xapi"]:
            found.append((entry["logstore_row"], entry["expected_xapi"][0]))
    return found


def test_moodle_rows_mean_what_another_project_says(tmp_path: Path) -> None:
    cases = xapi_cases()
    # The rows share one second and one user, so each gets a second of its own.
    start = 1_433_946_701
    log = [{**row, "timecreated": start + number} for number, (row, _) in enumerate(cases)]
    audit = case(tmp_path, "log.jsonl", json_lines(*log))
    # Badge and account records in which nobody acts.
    assert all(log[line - 1].get("userid") is None for line, _ in rejects(audit))
    assert len(rejects(audit)) == 2
    compared = 0
    for row in rows(audit):
        number = row["at_us"] // 1_000_000 - start
        _, statement = cases[number]
        verb = statement["verb"]["id"].rpartition("/")[2]
        if row["kind"] not in VERBS:
            continue
        assert verb in VERBS[row["kind"]], log[number]
        compared += 1
        assert row["activity_id"] == (str(log[number]["courseid"]) if log[number].get("courseid") else None)
        if (row["object_id"] or "").startswith("cm/") and verb != "receive":
            assert "/mod/" in statement["object"]["id"], log[number]
        # Of a login "as" somebody the other project names the administrator; here it is the learner's record.
        if "account" in statement["actor"] and row["actor_id"] is None and row["kind"] != "view":
            name = statement["actor"]["account"]["name"]
            assert name in {row["participant_id"], "anonymous"}, log[number]
    assert compared > 90


def test_openedx_fixtures_of_both_shapes(tmp_path: Path) -> None:
    folder = real("openedx/event_routing/current")
    entries = {
        file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))
    }
    audit = case(tmp_path, "tracking.log", json_lines(*entries.values()))
    assert len(rejects(audit)) + len(rows(audit)) == len(entries)
    found = audit.connection.execute(
        "SELECT kind::VARCHAR, object_id, duration_us FROM event WHERE fault IS NULL"
    ).fetchall()
    assert {"media_play", "media_pause", "media_end", "answer", "post", "complete", "assessment_submit"} <= {
        kind for kind, _, _ in found
    }
    assert any(kind == "media_play" and left for kind, _, left in found)


def test_acceptance_logs_with_comments_and_damage(tmp_path: Path) -> None:
    files = sorted(real("openedx/pipeline").glob("*.log"))
    audit = ingest(*files, real("openedx/event_routing/tracking.log"), export_format="openedx")
    for file, kind, read, stored, duplicate, rejected in ledger(audit):
        assert kind == "openedx"
        path = next(
            path for path in [*files, real("openedx/event_routing/tracking.log")] if path.name == file
        )
        assert read == stored + duplicate + rejected == lines_of(path), file
    reasons = {reason for _, reason in rejects(audit)}
    assert {"is a comment line", "is not a JSON object"} <= reasons
