"""SCORM run-time exports and SCORM Cloud registrations: few records, of which each makes several events."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from analyser.formats.base import Format, load_table
from analyser.formats.made_events import made_reading
from analyser.formats.scorm import cloud, runtime
from analyser.ingest.documents import Unusable, document_batches

if TYPE_CHECKING:
    import duckdb

    from analyser.formats.sample import Sample
    from analyser.ingest.readings import Reading
    from analyser.ingest.source import Source

TABLE = load_table(__file__)
REMARKS = (
    "begin at a time computed from the session_time that the content itself states",
    "have a session_time that cannot be read, so their sitting has no start",
    "are answers without a readable time and stand at the time of the commit",
    "belong to a registration whose content claims another length of time than the player measured",
    "have no date of completion and stand at the last access",
)


def _is_runtime(entry: dict[str, Any]) -> bool:
    return isinstance(entry.get("cmi"), dict) or any(name.startswith("cmi.") for name in entry)


def _expand(record: Any) -> list[list[str | None]]:
    if not isinstance(record, dict):
        raise Unusable("is not a JSON object")
    if cloud.is_registration(record):
        return cloud.expand(record)
    if not _is_runtime(record):
        raise Unusable("holds no cmi data and is no registration")
    return runtime.expand(record, TABLE)


def _reasons(sample: Sample) -> list[str]:
    data = sum(map(_is_runtime, sample.objects))
    registrations = sum(map(cloud.is_registration, sample.objects))
    if 2 * (data + registrations) <= len(sample.objects) or not sample.objects:
        return []
    first = f"of the first {len(sample.objects)} records"
    sentences = [f"{data} {first} hold cmi data."] if data else []
    return sentences + (
        [f"{registrations} {first} are registrations of SCORM Cloud."] if registrations else []
    )


def _reading(source: Source, sample: Sample, connection: duckdb.DuckDBPyConnection) -> Reading:
    del source, sample, connection
    return made_reading(TABLE["name"], partial(document_batches, expand=_expand), REMARKS)


def _left_out(sample: Sample) -> list[str]:
    del sample
    return list(TABLE["left_out"])


FORMAT = Format(table=TABLE, reasons=_reasons, reading=_reading, left_out=_left_out)
