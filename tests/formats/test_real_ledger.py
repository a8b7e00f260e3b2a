"""Every real file: read with every line accounted for, or refused with the sentence that fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.audit import Audit
from analyser.errors import InputError
from analyser.formats import reading_for
from analyser.ingest import tables
from analyser.ingest.load import load
from analyser.ingest.reconcile import reconcile
from analyser.ingest.source import Source
from analyser.store import transaction

from .support import real

if TYPE_CHECKING:
    from pathlib import Path

NO_LOGS = {"LICENSE", "LICENSE-dvaneynde", "LICENSE.txt", "README.md", "SOURCE.txt", "seeds.yaml"}
# Single events and statements, and the packed logs, have tests of their own.
ELSEWHERE = ("caliper/", "cases/", "xapi/lrs_conformance/", "openedx/event_routing/current/",
             "openedx/event_routing/xapi-expected/", "openedx/event_routing/caliper-expected/")  # fmt: skip


def logs() -> dict[str, Path]:
    """Real files with more than one record, by their path."""
    root = real("README.md").parent
    found = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.is_file()}
    return {
        name: path
        for name, path in found.items()
        if path.suffix != ".gz" and path.name not in NO_LOGS and not name.startswith(ELSEWHERE)
    }


def taken(files: dict[str, Path]) -> tuple[Audit, dict[str, str]]:
    """All of them in one database, and what was said of those that were refused, by their path."""
    audit = Audit(None, reachable=[real("README.md").parent], threads=1)
    with transaction(audit.connection):
        tables.create(audit.connection)
    refused = {}
    for name, path in files.items():
        try:
            load(audit.connection, Source(path, name, None), reading_for)
        except InputError as error:
            refused[name] = str(error)
    reconcile(audit.connection)
    return audit, refused


def figures(audit: Audit) -> dict[str, tuple[int, ...]]:
    """Format -> files, rows read, stored, duplicate, rejected, and stored as `other`."""
    found = audit.connection.execute(
        "SELECT l.format, count(*), sum(rows_read)::INTEGER, sum(rows_stored)::INTEGER, "
        "sum(rows_duplicate)::INTEGER, sum(rows_rejected)::INTEGER, "
        "sum((SELECT count(*) FROM event e WHERE e.file_id = l.file_id AND e.fault IS NULL "
        "AND e.kind = 'other'))::INTEGER FROM ingest_ledger l GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return {name: tuple(counts) for name, *counts in found}


# Format -> files, and of their rows: read, stored, duplicate, rejected, stored as `other`.
FIGURES = {
    "caliper": (1, 1, 1, 0, 0, 0),
    "canvas-live-events": (2, 2, 2, 0, 0, 0),
    "moodle-log": (1, 26, 22, 0, 4, 2),
    "moodle-report": (1, 20, 5, 2, 13, 0),
    "openedx": (7, 2200, 1815, 182, 203, 3),
    "teams-report": (3, 46, 46, 0, 0, 0),
    "xapi": (1, 11, 11, 0, 0, 0),
}
# A list of roles, log rows beside what is expected of them, and web analytics.
UNKNOWN = {
    "moodle/example_student_role.csv", "moodle/logstore_xapi_cases.jsonl", "snowplow/snowplow_web_events.csv",
    "snowplow/snowplow_web_page_views_expected.csv", "snowplow/snowplow_web_sessions_expected.csv",
    "aspects_video/fact_video_engagement_expected.csv", "aspects_video/fact_video_segments_expected.csv",
    "aspects_video/video_playback_events_expected.csv",
}  # fmt: skip
NAMELESS = "teams/meetingAttendanceList_dominikhoebert_utf16.csv"


def test_every_real_file_is_read_or_refused() -> None:
    files = logs()
    audit, refused = taken(files)
    found = figures(audit)
    assert found == FIGURES
    for name, (_, read, stored, duplicate, rejected, _) in found.items():
        assert read == stored + duplicate + rejected, name
    assert sum(counts[0] for counts in found.values()) + len(refused) == len(files)
    assert all(said.startswith(f"{name}: ") and "\n" not in said for name, said in refused.items())
    unknown = {name for name, said in refused.items() if "the format is not recognised (found" in said}
    assert unknown == UNKNOWN
    assert set(refused) - unknown == {NAMELESS}
    assert "it does not name the activity; say which in a mapping file" in refused[NAMELESS]
