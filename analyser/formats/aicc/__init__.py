"""AICC HACP requests as a server logs them: url-encoded forms with INI text inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from analyser.formats.base import Format, load_table
from analyser.formats.made_events import made_reading, row
from analyser.formats.scorm.values import number
from analyser.ingest.documents import Unusable
from analyser.ingest.records import Batch, Broken, line_batches
from analyser.ingest.scan import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

    from analyser.formats.sample import Sample
    from analyser.ingest.readings import Reading
    from analyser.ingest.source import Source

TABLE = load_table(__file__)
Event = dict[str, Any]
# Where a form begins in a word of a line: at its start, or after a question mark of its address.
_FORM = re.compile(r"(?:^|\?)(?=[a-z_]+=)", re.IGNORECASE)
_TIME = re.compile(r"[\"'\[]?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)")
_NUMBER = "-?\\d+(?:\\.\\d+)?"
_SCORE = re.compile(f"({_NUMBER})?(?:\\s*,\\s*({_NUMBER}))?(?:\\s*,\\s*{_NUMBER})?")


def _form(line: str) -> dict[str, str] | None:
    # Word by word and part by part: one pattern for the whole would try every way to divide a long line.
    for word in re.split(r"[\s\"']", line):
        start = _FORM.search(word)
        parts = word[start.end() :].split("&") if start else []
        if any(part.lower().startswith("command=") for part in parts):
            pairs: dict[str, str] = {}
            for part in parts:
                name, _, value = part.partition("=")
                pairs.setdefault(_decoded(name).lower(), _decoded(value))
            return pairs
    return None


def _decoded(text: str) -> str:
    """Url-encoded text as it was; older content sends other encodings than UTF-8."""
    data = text.replace("+", " ").encode("utf-8", "surrogateescape")
    found = re.sub(rb"%([0-9a-fA-F]{2})", lambda sign: bytes([int(sign[1], 16)]), data)
    return printable(found.decode("utf-8", "replace"))


def _core(text: str) -> dict[str, str]:
    """The pairs of the group [core], names in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    group = ""
    for line in text.splitlines():
        name, sign, value = line.strip().partition("=")
        if name.startswith("[") and not sign:
            group = name.strip("[] ").lower()
        elif sign and group == "core":
            found.setdefault(name.strip().lower(), value.strip())
    return found


def _events(line: str, learners: dict[str, str]) -> list[list[str | None]]:
    time, form = _TIME.match(line), _form(line)
    if form is None:
        raise Unusable("is no HACP request: it has no command")
    if time is None:
        raise Unusable("has no date: AICC data says how long, but not when; export the log with its times")
    command, session = form.get("command", "").lower(), form.get("session_id") or form.get("aicc_sid") or ""
    core = _core(form.get("aicc_data", ""))
    if core.get("student_id"):
        learners[session] = core["student_id"]
    who = learners.get(session) if session else core.get("student_id")
    if who is None:
        raise Unusable("no participant: no line of this session up to here names the student")
    common = {
        "timestamp": time[1].replace(" ", "T").replace(",", "."),
        "participant_id": who, "session_id": session,
        "activity_id": form.get("au_id") or core.get("au_id") or core.get("course_id"),
    }  # fmt: skip
    events: list[Event] = [{"event": TABLE["command"].get(command, command or None)}]
    if command == "putparam":
        events += _result(core, session)
    return [row(event, common) for event in events]


def _result(core: dict[str, str], session: str) -> list[Event]:
    status = core.get("lesson_status", "")[:1].lower()
    found: list[Event] = []
    if status in TABLE["status"]["judged"]:
        parts = _SCORE.fullmatch(core.get("score", "").strip())
        score, high = (number(part) for part in parts.groups()) if parts else (None, None)
        of = None if score is None else 100 if high is None else high
        found.append({"event": "assessment_submit", "attempt_id": session, "score": score, "max_score": of})
    if status in TABLE["status"]["complete"]:
        found.append({"event": "complete"})
    return found


def _batches(path: Path) -> Iterator[Batch]:
    learners: dict[str, str] = {}
    for lines in line_batches(path):
        batch = Batch(broken=lines.broken)
        for (text,), number_ in zip(lines.rows, lines.lines, strict=True):
            try:
                rows = _events(text or "", learners)
            except Unusable as error:
                batch.broken.append(Broken(number_, "", str(error), printable(text or "")[:2000]))
                continue
            batch.rows += rows
            batch.lines += [number_] * len(rows)
        yield batch


def _reasons(sample: Sample) -> list[str]:
    found = sum("session_id" in (_form(line) or {}) for line in sample.texts)
    if 2 * found <= len(sample.texts):
        return []
    return [f"{found} of the first {len(sample.texts)} lines have command= and session_id= of AICC HACP."]


def _reading(source: Source, sample: Sample, connection: duckdb.DuckDBPyConnection) -> Reading:
    del source, sample, connection
    return made_reading(TABLE["name"], _batches, ())


def _left_out(sample: Sample) -> list[str]:
    del sample
    return list(TABLE["left_out"])


FORMAT = Format(table=TABLE, reasons=_reasons, reading=_reading, left_out=_left_out)
