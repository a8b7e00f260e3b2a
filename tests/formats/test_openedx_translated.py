"""Open edX events against what Open edX itself makes of them as xAPI and Caliper."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from analyser.audit import Audit

from .support import Row, case, json_lines, ledger, real, rejects, rows

if TYPE_CHECKING:
    from pathlib import Path

# (our word for the tracking event, our word for its translation) -> why they may differ.
DIFFERENCES = {
    ("media_end", "complete"): "completed is said of a clip whose end was reached",
    ("media_end", "media_pause"): "a clip that was stopped is said to be terminated",
    ("complete", "complete"): "",
    ("heartbeat", "complete"): "a problem is completed by a request that has a line of its own",
    ("heartbeat", "view"): "a grade that a request brought about; the request has a line of its own",
    ("heartbeat", "interact"): "transcripts are shown by old players themselves; grades as above",
    ("heartbeat", "answer"): "a problem is completed by a request that has a line of its own",
    ("heartbeat", "other"): "enrolment and course completion have no word",
    ("interact", "view"): "following a link, or handing in by a browser, is a click too",
    ("interact", "assessment_start"): "setting up an exam is its start in xAPI",
    ("answer", "heartbeat"): "in Caliper a grade is a record of the grader",
}
# The tracking event names the page, its translation the block.
PAGES = {"edx.ui.lms.link_clicked", "edx.ui.lms.outline.selected", "problem_check(browser)",
         "problem_check(browser)legacy", "problem_check(browser).ccx"}  # fmt: skip
# A course has grades and no object; a hint, an answer and a solution are named below their problem.
BELOW = {"edx.problem.hint.demandhint_displayed", "showanswer"}


def read(folder: Path, texts: dict[str, str]) -> dict[str, list[Row]]:
    """Name -> events of each file, all taken in together."""
    for name, text in texts.items():
        exports = folder / "case" / "exports"
        exports.mkdir(parents=True, exist_ok=True)
        (exports / f"{name}.json").write_text(text, encoding="utf-8")
    audit = Audit(None, reachable=[folder / "case"], threads=1)
    audit.ingest([folder / "case"])
    names = audit.connection.execute(
        "SELECT f.file FROM event e JOIN source_file f USING (file_id) WHERE e.fault IS NULL ORDER BY e.rowid"
    ).fetchall()
    found: dict[str, list[Row]] = {name: [] for name in texts}
    for (file,), row in zip(names, rows(audit), strict=True):
        found[file.removeprefix("exports/").removesuffix(".json")].append(row)
    return found


@pytest.mark.parametrize(("translation", "step_us", "least"), [("xapi", 1, 60), ("caliper", 1000, 28)])
def test_events_mean_what_open_edx_makes_of_them(
    translation: str, step_us: int, least: int, tmp_path: Path
) -> None:
    folder = real(f"openedx/event_routing/{translation}-expected")
    compared, people = 0, set()
    files = sorted(folder.glob("*.json"))
    current = {file.stem: folder.parent / "current" / file.name for file in files}
    of_ours = read(tmp_path / "a", {name: path.read_text(encoding="utf-8") for name, path in current.items()})
    of_theirs = read(tmp_path / "b", {file.stem: file.read_text(encoding="utf-8") for file in files})
    for file in files:
        ours, theirs = of_ours[file.stem], of_theirs[file.stem]
        if not ours or not theirs:  # nobody was logged in, or nothing is named
            assert any(word in file.stem for word in ("enrollment", "anonymous", "required.only")), file.name
            continue
        (event,), translated = ours, theirs[0]
        pair = (event["kind"], translated["kind"])
        assert pair[0] == pair[1] or pair in DIFFERENCES, (file.name, pair)
        assert event["at_us"] // step_us == translated["at_us"] // step_us, file.name
        assert (
            event["activity_id"] == (translated["activity_id"] or "").rpartition("/course/")[2]
            or not translated["activity_id"]
        ), file.name
        thing, other = event["object_id"] or "", translated["object_id"] or ""
        if file.stem not in PAGES and "grade_calculated" not in file.stem:
            place = other.rpartition("/")[0] if file.stem in BELOW else other
            assert thing.partition("_")[0] in place or thing in other, (file.name, thing, other)
        people.add((event["participant_id"], translated["participant_id"]))
        compared += 1
    assert compared >= least
    # The anonymous name stands for one person or for none that could be found.
    assert len({theirs for _, theirs in people}) <= len(people)


def test_fixtures_one_by_one_and_as_lines(tmp_path: Path) -> None:
    """A pretty-printed record, a list of them, and a record a line give the same."""
    files = sorted(real("openedx/event_routing/current").glob("*.json"))
    entries = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    lines = case(tmp_path / "a", "tracking.log", json_lines(*entries))
    listed = case(tmp_path / "b", "tracking.json", json.dumps(entries, indent=2))
    assert rows(lines) == rows(listed)
    assert [reason for _, reason in rejects(lines)] == [reason for _, reason in rejects(listed)]
    assert ledger(lines)[0][2:] == ledger(listed)[0][2:]


def test_empty_rotated_files_are_nothing_to_worry_about(tmp_path: Path) -> None:
    exports = tmp_path / "case" / "exports"
    exports.mkdir(parents=True)
    (exports / "tracking.log-20170501").write_bytes(b"")
    (exports / "tracking.log-20170502").write_bytes(b"\n\n")
    entry = {
        "event_type": "page_close",
        "event_source": "browser",
        "time": "2026-03-01T01:02:03Z",
        "username": "a",
    }
    audit = case(tmp_path, "tracking.log", json_lines(entry))
    assert ledger(audit) == [
        ("exports/tracking.log", "openedx", 1, 1, 0, 0),
        ("exports/tracking.log-20170501", "empty", 0, 0, 0, 0),
        ("exports/tracking.log-20170502", "empty", 0, 0, 0, 0),
    ]
