"""Open edX tracking logs: browser events, server events and the server's own request lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.formats.base import Format, Table, entry_field, entry_number, first_match, load_table
from analyser.formats.json_parts import Parts
from analyser.ingest.project import instant_us, utc_us
from analyser.ingest.readings import Reading, json_relation

if TYPE_CHECKING:
    import duckdb

    from analyser.formats.sample import Sample
    from analyser.ingest.source import Source

TABLE = load_table(__file__)
# Where it stands in the line, the old shape first.
PARTS = Parts(
    "x_",
    {
        "event_type": (("event_type",), ("name",)),
        "source": (("event_source",), ("context", "event_source")),
        "time": (("time",), ("timestamp",)),
        "username": (("username",), ("context", "username")),
        "user_id": (("context", "user_id"),),
        "course": (("context", "course_id"),),
        "body": (("event",), ("data",)),
        "page": (("page",), ("context", "page")),
        "ip": (("ip",), ("context", "ip")),
        "agent": (("agent",), ("context", "agent")),
        "usage_key": (("context", "module", "usage_key"),),
    },
)
# What may stand in `event` or `data`, which is an object or JSON text.
_BODY_NAMES = (
    "id", "problem_id", "block_id", "exam_content_id", "component_usage_id", "attempt_id", "currentTime",
    "duration", "answers", "grade", "max_grade", "completion",
)  # fmt: skip
BODY = Parts("", {name: ((name,),) for name in _BODY_NAMES})


def cells() -> dict[str, str]:
    """Canonical column -> SQL over the rows of `steps`."""
    return {
        "timestamp": "x_time",
        "participant_id": "x_who",
        # Other names stay as they are.
        "event": "coalesce(x_kind::VARCHAR, x_event_type)",
        "activity_id": "x_course",
        "object_id": "nullif(x_object, '')",
        "attempt_id": (
            "CASE WHEN x_kind IN ('assessment_start', 'assessment_submit', 'interact') "
            f"THEN {_body('attempt_id')} END"
        ),
        "item_id": f"CASE WHEN x_kind = 'answer' THEN {_short(_body('problem_id'))} END",
        "response": f"CASE WHEN x_kind = 'answer' THEN {_body('answers')} END",
        "score": "x_score",
        "max_score": "x_max_score",
        "duration_s": "x_left",
        "ip": "x_ip",
        "device": "x_agent",
    }


def steps(table: Table) -> str:
    """SQL over `{rows}`, which are lines: the line's parts, then those of its `event`, then word and object.

    Args:
        table: the `format.toml`.
    """
    # A logger's prefix is cut off; a comment that holds an old line stays a comment.
    cut = "CASE WHEN NOT starts_with(line, '#') THEN substr(line, greatest(strpos(line, '{'), 1)) ELSE '' END"
    return _meaning(
        table,
        f"(SELECT line, x_cell IS NOT NULL AS x_there, {PARTS.select('x_cell')} FROM "
        f"(SELECT line, {PARTS.cell('x_object_text')} AS x_cell FROM "
        f"(SELECT line, {cut} AS x_object_text FROM {{rows}})))",
    )


def quick(table: Table, source: Source) -> str:
    """SQL giving the same columns by the typed reader, for files without prefixes and comments.

    Args:
        table: the `format.toml`.
        source: the file.
    """
    return _meaning(
        table,
        "(SELECT *, '{' AS line, x_event_type IS NOT NULL OR x_time IS NOT NULL AS x_there FROM "
        f"(SELECT {PARTS.typed_select()} FROM {json_relation(source, PARTS.columns(), is_forgiving=True)}))",
    )


def _meaning(table: Table, parts: str) -> str:
    # A request's name is its path; the query may hold anything.
    path = f"CASE WHEN starts_with(x_event_type, '/') THEN {_before('x_event_type', '?')} END"
    # Most lines are requests, or events whose body says nothing.
    body = (
        "CASE WHEN starts_with(x_body, '{') AND x_body <> '{}' AND NOT starts_with(x_event_type, '/') "
        f"THEN {BODY.cell('x_body')} END"
    )
    entry = entry_number(table["event"], "x_event_type")
    scores = ", ".join(
        f"CASE WHEN x_kind = 'answer' THEN {_decimal(part)}::VARCHAR END AS {name}"
        for part, name in (("grade", "x_score"), ("max_grade", "x_max_score"))
    )
    return (
        f"(SELECT *, {scores}, {_media_left()} AS x_left "
        f"FROM (SELECT *, {_kind(table)} AS x_kind, {_short('x_key')} AS x_object "
        f"FROM (SELECT *, {_key()} AS x_key, {entry} AS x_entry, "
        f"coalesce(x_utc, {instant_us('x_at')}) AS x_us "
        f"FROM (SELECT *, CASE WHEN x_utc IS NULL THEN {_zoned()} END AS x_at "
        f"FROM (SELECT *, {utc_us('x_time')} AS x_utc, {_who()} AS x_who, {path} AS x_path, "
        f"{body} AS x_in "
        f"FROM {parts})))))"
    )


def _body(name: str) -> str:
    return BODY.part(name, "x_in")


def _decimal(name: str) -> str:
    return f"TRY_CAST({_body(name)} AS DECIMAL(38,18))"


def _zoned() -> str:
    # A time without an offset is UTC; Z is the form that is read fastest.
    return (
        "CASE WHEN ends_with(x_time, '+00:00') THEN left(x_time, length(x_time) - 6) || 'Z' "
        "WHEN regexp_matches(substr(x_time, 11), '[zZ+-]') THEN x_time ELSE x_time || 'Z' END"
    )


def _who() -> str:
    # Management commands write "anonymous" without a user id.
    return (
        "CASE WHEN x_username = 'anonymous' AND x_user_id IS NULL THEN NULL "
        "ELSE coalesce(nullif(trim(x_username), ''), x_user_id) END"
    )


def _kind(table: Table) -> str:
    # As `event_kind` from the start: to look up what a text stands for costs as much as to find the text.
    events, kind = table["event"], "event_kind"
    word = entry_field(events, "word", "x_entry", kind)
    of_server = entry_field(events, "server_word", "x_entry", kind)
    family = first_match(table["family"], "x_event_type", kind=kind)
    path = first_match(table["path"], "x_path", "x_body", kind)
    # Only a block that is complete in full is complete.
    return (
        f"CASE WHEN x_path IS NOT NULL THEN {path} "
        f"WHEN {word} = 'complete' AND {_decimal('completion')} IS DISTINCT FROM 1 "
        f"THEN 'heartbeat'::event_kind ELSE coalesce(CASE WHEN x_source = 'server' THEN {of_server} END, "
        f"{word}, {family}, TRY_CAST(x_event_type AS event_kind)) END"
    )


def _key() -> str:
    names = ("exam_content_id", "problem_id", "block_id", "component_usage_id", "id")
    inside = [_body(name) for name in names]
    named = ", ".join([*inside[:-1], "x_usage_key", inside[-1]])
    address = rf"regexp_replace({_before(_before('x_page', '?'), '#')}, '^https?://[^/]*', '')"
    # In a request the block stands between slashes; i4x keys are written with ;_ for a slash.
    return (
        f"CASE WHEN contains(x_path, 'block-v1:') THEN {_within('block-v1:')} "
        f"WHEN contains(x_path, 'i4x:;_') THEN {_within('i4x:;_')} "
        f"ELSE coalesce(x_path, {named}, {address}) END"
    )


def _within(start: str) -> str:
    """The first part between a path's slashes that starts so, from there on."""
    return f"split_part(substr(x_path, strpos(x_path, '{start}')), '/', 1)"


def _before(text: str, sign: str) -> str:
    """A text up to a sign, or all of it; `split_part` would make a list of every row's parts."""
    cut = f"left({text}, strpos({text}, '{sign}') - 1)"
    return f"CASE WHEN contains({text}, '{sign}') THEN {cut} ELSE {text} END"


def _short(key: str) -> str:
    """The last part of a usage key; any other text as it is."""
    # The pattern below gives the same for every key, but several times slower.
    signs = ("'/'", "';_'", "chr(10)")
    is_plain = " AND ".join(f"NOT contains({key}, {sign})" for sign in signs)
    return (
        f"CASE WHEN starts_with({key}, 'block-v1:') AND {is_plain} THEN split_part({key}, '@', -1) "
        f"WHEN starts_with({key}, 'block-v1:') OR starts_with({key}, 'i4x:') "
        f"THEN regexp_replace({key}, '^.*(@|;_|/)', '') WHEN starts_with({key}, 'i4x-') "
        f"THEN regexp_replace({key}, '^i4x-.*-(problem|sequential|vertical|video)-', '') ELSE {key} END"
    )


def _media_left() -> str:
    left = (
        f"TRY_CAST({_body('duration')} AS DECIMAL(18,6)) - TRY_CAST({_body('currentTime')} AS DECIMAL(18,6))"
    )
    return f"CASE WHEN x_kind = 'media_play' AND {left} >= 0 THEN ({left})::VARCHAR END"


def _is_old(entry: dict[str, Any]) -> bool:
    return {"event_type", "event_source", "time"} <= set(entry)


def _is_new(entry: dict[str, Any]) -> bool:
    has_parts = isinstance(entry.get("context"), dict) or isinstance(entry.get("data"), dict)
    return has_parts and {"name", "timestamp"} <= set(entry)


def _reasons(sample: Sample) -> list[str]:
    old = sum(_is_old(entry) for entry in sample.objects)
    new = sum(_is_new(entry) and not _is_old(entry) for entry in sample.objects)
    if 2 * (old + new) <= len(sample.objects) or not sample.objects:
        return []
    looked = f"of the first {sample.lines} lines that are no comment"
    sentences = []
    if old:
        sentences.append(f"{old} {looked} are JSON objects with event_type, event_source and time.")
    if new:
        sentences.append(f"{new} {looked} are JSON objects with name, timestamp and context.")
    if sample.has_prefix:
        sentences.append("The objects stand after a logger's prefix, which is cut off.")
    return sentences


def _reading(source: Source, sample: Sample, connection: duckdb.DuckDBPyConnection) -> Reading:
    del connection
    is_plain = sample.container == "jsonl" and not sample.has_prefix
    return Reading(
        format=TABLE["name"],
        relation="{lines}",
        raw_columns=("line",),
        cells=cells(),
        kind="x_kind",
        instant="x_us",
        broken="NOT x_there",
        skip="line IS NULL OR trim(line) = ''",
        over=steps(TABLE),
        quick=quick(TABLE, source) if is_plain else None,
        is_document=sample.container == "json",
        refusals=(
            ("starts_with(line, '#')", "", "is a comment line"),
            (
                "x_there AND x_event_type IS NULL AND x_time IS NULL",
                "",
                "is no tracking event: it has neither a name nor a time",
            ),
            (
                "x_there AND x_who IS NULL",
                "username",
                "no participant: nobody was logged in, or the server acted by itself",
            ),
        ),
    )


def _left_out(sample: Sample) -> list[str]:
    del sample
    return list(TABLE["left_out"])


FORMAT = Format(table=TABLE, reasons=_reasons, reading=_reading, left_out=_left_out)
