"""What a Caliper event's parts mean, as SQL."""

from __future__ import annotations

from analyser.formats.base import Table, entry_field, entry_number
from analyser.formats.json_parts import Parts, Path, duration_s, keys_of, number, stands_twice


def _entity(*place: str) -> dict[str, tuple[Path, ...]]:
    """An entity as it is, its identifier and its type; version 1.0 writes @id and @type."""
    name = "_".join(place)
    return {
        name: (place,),
        f"{name}_id": ((*place, "id"), (*place, "@id")),
        f"{name}_type": ((*place, "type"), (*place, "@type")),
    }


PARTS = Parts(
    "x_",
    {
        "id": (("id",), ("@id",)),
        "at_context": (("@context",),),
        "type": (("type",), ("@type",)),
        "profile": (("profile",),),
        "action": (("action",),),
        "eventTime": (("eventTime",),),
        "extensions": (("extensions",),),
        "openedx": (("extensions", "transformerVersion"),),
        **_entity("actor"),
        **_entity("object"),
        **_entity("object", "user"),
        **_entity("object", "assignee"),
        **_entity("object", "assignable"),
        **_entity("object", "isPartOf"),
        "graded": (("object", "extensions", "assignee", "id"), ("object", "extensions", "assignee")),
        "assigned": (("object", "extensions", "assignable", "id"),),
        "course": (("object", "extensions", "isPartOf", "id"),),
        "length": (("object", "duration"),),
        "object_started": (("object", "startedAtTime"),),
        "object_ended": (("object", "endedAtTime"),),
        **_entity("generated"),
        **_entity("generated", "isPartOf"),
        **_entity("generated", "attempt", "isPartOf"),
        "response": (("generated", "value"), ("generated", "values"), ("generated", "selections")),
        "given": (
            ("generated", "scoreGiven"), ("generated", "score", "scoreGiven"), ("generated", "totalScore"),
        ),
        "of": (("generated", "maxScore"), ("generated", "score", "maxScore")),
        **_entity("target"),
        "current": (("target", "currentTime"),),
        **_entity("referrer"),
        **_entity("edApp"),
        **_entity("group"),
        **_entity("membership"),
        **_entity("session"),
        **_entity("federatedSession"),
        "started": (("session", "startedAtTime"),),
        "ended": (("session", "endedAtTime"),),
        "session_length": (("session", "duration"),),
    },
)  # fmt: skip


def iri(name: str) -> str:
    """SQL: an entity's identifier, whether it is written out or is its identifier alone."""
    return f"coalesce(x_{name}_id, CASE WHEN NOT starts_with(x_{name}, '{{') THEN x_{name} END)"


def short(name: str) -> str:
    """SQL: the word of a type or action; version 1.0 writes them as addresses."""
    return f"regexp_extract({name}, '[^/#]*$', 0)"


IRI = r"([A-Za-z][A-Za-z0-9+.-]*:|_:|/)\S*"
# Slot -> the only types it can have.
SLOTS = {
    "edApp": ("SoftwareApplication",),
    "group": ("Group", "Organization", "CourseOffering", "CourseSection"),
    "membership": ("Membership",),
    "session": ("Session", "LtiSession"),
    "federatedSession": ("LtiSession",),
}


def _sound(slot: str) -> str:
    """SQL: the identifier in a slot, if what stands there can stand there."""
    is_kind = f"coalesce({short(f'x_{slot}_type')} IN {SLOTS[slot]}, true)"
    return f"CASE WHEN {is_kind} AND regexp_full_match({iri(slot)}, '{IRI}') THEN {iri(slot)} END"


def cells(table: Table) -> dict[str, str]:
    """Canonical column -> SQL over the rows of `steps`.

    Args:
        table: the `format.toml`.
    """
    attempt = (
        f"CASE WHEN coalesce({short('x_generated_type')}, 'Attempt') = 'Attempt' THEN {iri('generated')} END"
    )
    paper = f"coalesce({iri('generated_attempt_isPartOf')}, {iri('generated_isPartOf')})"
    left = f"{duration_s('x_length')} - {duration_s('x_current')}"
    return {
        "timestamp": "x_at",
        "participant_id": "x_who",
        "event": "x_word",
        "session_id": "CASE WHEN x_by = 'system' THEN 'system/' || coalesce(x_id, x_at) "
        "WHEN x_openedx IS NULL THEN x_sitting END",
        "activity_id": "x_activity",
        "object_id": "CASE WHEN x_thing IS DISTINCT FROM x_activity THEN x_thing END",
        "attempt_id": f"CASE WHEN x_kind = 'GradeEvent' THEN {iri('object')} "
        f"WHEN x_kind = 'AssessmentEvent' THEN {attempt} "
        f"WHEN x_kind = 'AssessmentItemEvent' THEN {paper} END",
        "item_id": "CASE WHEN x_kind = 'AssessmentItemEvent' THEN x_thing END",
        "response": "CASE WHEN x_word = 'answer' THEN x_response END",
        "score": f"CASE WHEN x_purpose = 'grade' THEN {number('x_given')}::VARCHAR END",
        "max_score": f"CASE WHEN x_purpose = 'grade' THEN {number('x_of')}::VARCHAR END",
        "purpose": "x_purpose",
        "duration_s": f"CASE WHEN x_word = 'media_play' AND {left} >= 0 THEN ({left})::VARCHAR END",
    }


def steps(table: Table) -> str:
    """SQL over `{rows}`: the event's parts, then type and action, then who, what and when.

    Args:
        table: the `format.toml`.
    """
    pair = "x_kind || '/' || x_act"
    # A grade without a score would take one away.
    purpose = (
        "CASE WHEN x_kind IN ('GradeEvent', 'OutcomeEvent') AND x_given IS NOT NULL THEN 'grade' "
        "WHEN x_word = 'assessment_submit' THEN 'ungraded' END"
    )
    event, kind = entry_number(table["event"], pair), entry_number(table["type"], "x_kind")
    return (
        f"(SELECT *, {purpose} AS x_purpose FROM (SELECT *, {_word(table)} AS x_word, "
        f"{_field(table, 'by')} AS x_by, {_activity()} AS x_activity "
        f"FROM (SELECT *, {_who()} AS x_who, {_at()} AS x_at, {_thing()} AS x_thing, "
        f"{_sitting()} AS x_sitting, {event} AS x_entry, {kind} AS x_known "
        f"FROM (SELECT *, {short('x_type')} AS x_kind, {short('x_action')} AS x_act "
        f"FROM (SELECT line, x_cell, {stands_twice(3)} AS x_twice, {PARTS.select('x_cell')} "
        f"FROM (SELECT line, {PARTS.cell('line')} AS x_cell, {keys_of('line', 'actor', 'object')} FROM "
        "(SELECT ltrim(line, ' \t\ufeff') AS line FROM {rows})))))))"
    )  # fmt: skip


def is_allowed(table: Table) -> str:
    """SQL: whether the action is one of its type; the general event takes any."""
    pairs = [
        f"{name}/{act}" for entry in table["type"] for name in entry["names"] for act in entry["actions"]
    ]
    return f"(x_kind = 'Event' OR x_kind || '/' || x_act IN {tuple(pairs)})"


def _field(table: Table, name: str) -> str:
    return entry_field(table["event"], name, "x_entry")


def _word(table: Table) -> str:
    openedx = _field(table, "openedx")
    return (
        f"CASE WHEN NOT {is_allowed(table)} THEN x_kind || '/' || x_act "
        f"WHEN x_openedx IS NOT NULL AND {openedx} IS NOT NULL THEN {openedx} "
        f"ELSE coalesce({_field(table, 'word')}, x_kind || '/' || x_act) END"
    )


def _who() -> str:
    # When a session times out or is graded, an application acts; the record is its user's.
    return (
        f"CASE WHEN x_act = 'TimedOut' THEN coalesce({iri('object_user')}, "
        f"CASE WHEN {short('x_actor_type')} = 'Person' THEN {iri('actor')} END) "
        f"WHEN x_kind IN ('GradeEvent', 'OutcomeEvent') "
        f"THEN coalesce({iri('object_assignee')}, x_graded) ELSE {iri('actor')} END"
    )


def _at() -> str:
    return (
        "CASE WHEN x_act = 'TimedOut' AND x_object_ended IS NOT NULL AND x_eventTime = x_object_started "
        "THEN x_object_ended ELSE x_eventTime END"
    )


def _thing() -> str:
    return (
        f"CASE WHEN x_kind = 'SessionEvent' THEN NULL WHEN x_kind IN ('GradeEvent', 'OutcomeEvent') "
        f"THEN coalesce({iri('object_assignable')}, x_assigned) ELSE {iri('object')} END"
    )


def _sitting() -> str:
    return f"coalesce({_sound('session')}, CASE WHEN x_act = 'TimedOut' THEN {iri('object')} END)"


def _activity() -> str:
    whole = (
        f"CASE WHEN x_kind <> 'SessionEvent' THEN coalesce(x_course, {iri('object_isPartOf')}, x_thing) END"
    )
    is_course = f"{short('x_object_type')} IN ('CourseOffering', 'CourseSection')"
    return f"CASE WHEN {is_course} THEN x_thing ELSE coalesce({_sound('group')}, {whole}) END"
