"""What a statement's parts mean, as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.formats.base import Table, entry_field, entry_number
from analyser.formats.json_parts import Parts, Path, keys_of, number, stands_twice
from analyser.formats.xapi.faults import INNER, apart_s
from analyser.ingest.afterwards import VOIDING_WORD
from analyser.ingest.readings import json_relation

if TYPE_CHECKING:
    from analyser.ingest.source import Source

_VIDEO = "https://w3id.org/xapi/video/extensions/"
_ACTIVITIES = ("context", "contextActivities")
_CMI5 = "https://w3id.org/xapi/cmi5/context/"
_HAS_INNER = "x_object_type IN ('SubStatement', 'Agent', 'Group')"
VOIDED = "http://adlnet.gov/expapi/verbs/voided"


def _listed(kind: str, place: int, *keys: str) -> tuple[Path, ...]:
    """One of the context's activities; versions before 1.0.1 wrote a single one without a list."""
    found: Path = (*_ACTIVITIES, kind, place, *keys)
    return (found, (*_ACTIVITIES, kind, *keys)) if not place else (found,)


PARTS = Parts(
    "x_",
    {
        "id": (("id",),),
        "timestamp": (("timestamp",),),
        "stored": (("stored",),),
        "actor_type": (("actor", "objectType"),),
        "mbox": (("actor", "mbox"),),
        "sha1": (("actor", "mbox_sha1sum"),),
        "openid": (("actor", "openid"),),
        "home": (("actor", "account", "homePage"),),
        "login": (("actor", "account", "name"),),
        "verb": (("verb", "id"),),
        "object_type": (("object", "objectType"),),
        "object": (("object", "id"),),
        "kind": (("object", "definition", "type"),),
        "interaction": (("object", "definition", "interactionType"),),
        "name": (("object", "definition", "name"),),
        "about": (("object", "definition", "description"),),
        "completion": (("result", "completion"),),
        "success": (("result", "success"),),
        "response": (("result", "response"),),
        "duration": (("result", "duration"),),
        "raw": (("result", "score", "raw"),),
        "min": (("result", "score", "min"),),
        "max": (("result", "score", "max"),),
        "scaled": (("result", "score", "scaled"),),
        "time": (("result", "extensions", _VIDEO + "time"),),
        "segments": (("result", "extensions", _VIDEO + "played-segments"),),
        "length": (("context", "extensions", _VIDEO + "length"),),
        "cmi5": (("context", "extensions", _CMI5 + "extensions/sessionid"),),
        "language": (("context", "language"),),
        "context": (_ACTIVITIES,),
        "category": ((*_ACTIVITIES, "category"),),
        "other": ((*_ACTIVITIES, "other"),),
        "group_0": _listed("grouping", 0, "id"),
        "group_0_type": _listed("grouping", 0, "definition", "type"),
        "group_1": _listed("grouping", 1, "id"),
        "group_1_type": _listed("grouping", 1, "definition", "type"),
        "parent": _listed("parent", 0, "id"),
        "parent_type": _listed("parent", 0, "definition", "type"),
        "authority": (("authority",),),
    },
)


def cells(table: Table) -> dict[str, str]:
    """Canonical column -> SQL over the rows of `steps`.

    Args:
        table: the `format.toml`.
    """
    is_marked = "x_word IN ('answer', 'assessment_submit')"
    scored = f"({number('x_raw')} IS NOT NULL AND {number('x_max')} IS NOT NULL)"
    success = "CASE WHEN x_word = 'answer' THEN MAP(['true', 'false'], ['1', '0'])[x_success] END"
    system = f"{_field(table, 'by')} = 'system'"
    return {
        "timestamp": "x_at",
        "participant_id": "x_who",
        "event": "x_word",
        "session_id": f"CASE WHEN {system} THEN 'system/' || coalesce(x_id, x_at) ELSE x_cmi5 END",
        # Whoever enters the system itself is in no activity, unless a course is named.
        "activity_id": f"CASE WHEN x_purpose IS NOT NULL THEN NULL WHEN {_field(table, 'portal')} = 'yes' "
        f"THEN {_course()} ELSE x_activity END",
        "object_id": "CASE WHEN x_purpose IS NOT NULL THEN x_object "
        "WHEN x_thing <> x_activity THEN x_thing END",
        "attempt_id": _attempt(),
        "item_id": "CASE WHEN x_word = 'answer' THEN x_thing END",
        "response": "CASE WHEN x_word = 'answer' THEN x_response END",
        "score": f"CASE WHEN NOT {is_marked} THEN NULL WHEN {scored} THEN x_raw "
        f"ELSE coalesce(x_scaled, {success}) END",
        "max_score": f"CASE WHEN {is_marked} THEN CASE WHEN {scored} THEN x_max "
        f"WHEN coalesce(x_scaled, {success}) IS NOT NULL THEN '1' END END",
        "duration_s": "CASE WHEN x_left_s >= 0 THEN x_left_s::VARCHAR END",
        "purpose": "x_purpose",
    }  # fmt: skip


def steps(table: Table) -> str:
    """SQL over `{rows}`, which are lines: the statement's parts, then who and what, then the word.

    Args:
        table: the `format.toml`.
    """
    # A statement inside a statement, or a person as object: looked at only where there is one.
    inner = f"CASE WHEN {_HAS_INNER} THEN {INNER.cell('line')} END"
    return _meaning(
        table,
        f"(SELECT *, {inner} AS x_inner FROM (SELECT line, x_cell IS NOT NULL AS x_there, "
        f"{stands_twice(2)} AS x_twice, contains(line, '\\u0000') AS x_nul, "
        f"{PARTS.select('x_cell')} "
        f"FROM (SELECT line, {PARTS.cell('line')} AS x_cell, {keys_of('line', 'actor')} FROM "
        "(SELECT ltrim(line, ' \t\ufeff') AS line FROM {rows}))))",
    )


def quick(table: Table, source: Source) -> str:
    """SQL giving the same columns by the typed reader; a row it cannot tell is marked as no record.

    Args:
        table: the `format.toml`.
        source: the file, a statement a line.
    """
    # A name that stands twice the typed reader refuses by itself.
    texts = ("mbox", "login", "openid", "verb", "object", "group_0", "parent", "response", "cmi5")
    has_nul = " OR ".join(f"coalesce(contains(x_{name}, chr(0)), false)" for name in texts)
    return _meaning(
        table,
        f"(SELECT *, '{{' AS line, x_verb IS NOT NULL AND NOT coalesce({_HAS_INNER}, false) AS x_there, "
        f"false AS x_twice, {has_nul} AS x_nul, NULL::VARCHAR[] AS x_inner "
        f"FROM (SELECT {PARTS.typed_select()} FROM {json_relation(source, PARTS.columns())}))",
    )


def _meaning(table: Table, parts: str) -> str:
    purpose = f"CASE WHEN x_verb = '{VOIDED}' AND x_object_type = 'StatementRef' THEN '{VOIDING_WORD}' END"
    left = "TRY_CAST(x_length AS DECIMAL(18,6)) - TRY_CAST(x_time AS DECIMAL(18,6))"
    return (
        f"(SELECT *, CASE WHEN x_word = 'media_play' THEN {left} END AS x_left_s "
        f"FROM (SELECT *, {_word(table)} AS x_word "
        f"FROM (SELECT *, coalesce(x_timestamp, x_stored) AS x_at, {apart_s()} AS x_apart_s, "
        f"{_who()} AS x_who, {_activity()} AS x_activity, {_thing()} AS x_thing, {purpose} AS x_purpose, "
        f"{entry_number(table['verb'], 'x_verb')} AS x_entry FROM {parts})))"
    )


def _field(table: Table, name: str) -> str:
    return entry_field(table["verb"], name, "x_entry")


def _who() -> str:
    """The identifier itself: which of them are one person is for a declared rule."""
    return (
        "CASE WHEN x_login IS NOT NULL THEN x_home || '|' || x_login WHEN x_mbox IS NOT NULL THEN x_mbox "
        "WHEN x_sha1 IS NOT NULL THEN 'sha1:' || lower(x_sha1) ELSE x_openid END"
    )


def _thing() -> str:
    return "CASE WHEN coalesce(x_object_type, 'Activity') = 'Activity' THEN x_object END"


def _course(otherwise: str = "NULL") -> str:
    """The course among the context's activities; without one what is given."""
    places = ("group_0", "group_1", "parent")
    found = " ".join(f"WHEN ends_with(x_{name}_type, '/course') THEN x_{name}" for name in places)
    return f"CASE {found} ELSE {otherwise} END"


def _activity() -> str:
    def other(name: str) -> str:
        return f"CASE WHEN NOT coalesce(ends_with(x_{name}_type, '/attempt'), false) THEN x_{name} END"

    others = ", ".join(other(name) for name in ("group_0", "group_1", "parent"))
    return _course(f"coalesce({others}, {_thing()})")


def _attempt() -> str:
    # Several papers may be handed in within one registration, so that is no attempt's number.
    return (
        "CASE WHEN x_word NOT IN ('answer', 'assessment_start', 'assessment_submit') THEN NULL "
        "WHEN ends_with(x_group_0_type, '/attempt') THEN x_group_0 "
        "WHEN ends_with(x_group_1_type, '/attempt') THEN x_group_1 "
        "WHEN x_word = 'assessment_submit' THEN coalesce(x_id, x_at) END"
    )


def _word(table: Table) -> str:
    is_clip = (
        "coalesce(contains(x_kind, '/video') OR contains(x_kind, '/audio'), false) "
        "OR coalesce(contains(x_category, '\"https://w3id.org/xapi/video\"'), false)"
    )
    names = ("cmi5", "test", "media", "question", "course", "completed")
    cmi5, test, media, question, course, completed = (_field(table, name) for name in names)
    return (
        # About a person, a plan or another statement nothing is learned or completed.
        f"CASE WHEN x_object_type <> 'Activity' AND x_verb <> '{VOIDED}' THEN x_verb "
        f"WHEN {cmi5} IS NOT NULL AND x_cmi5 IS NOT NULL THEN {cmi5} "
        f"WHEN {test} IS NOT NULL AND ends_with(x_kind, 'assessment') THEN {test} "
        f"WHEN {media} IS NOT NULL AND ({is_clip}) THEN {media} "
        f"WHEN {question} IS NOT NULL AND ends_with(x_kind, '/cmi.interaction') THEN {question} "
        f"WHEN {course} IS NOT NULL AND ends_with(x_kind, '/course') THEN {course} "
        f"WHEN {completed} IS NOT NULL AND x_completion = 'true' THEN {completed} "
        f"ELSE coalesce({_field(table, 'word')}, x_verb) END"
    )
