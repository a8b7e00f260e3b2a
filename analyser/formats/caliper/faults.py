"""What is wrong with a Caliper event: reasons to refuse it, and oddities that are told."""

from __future__ import annotations

from analyser.formats.base import Table
from analyser.formats.caliper.meaning import IRI, SLOTS, iri, is_allowed, short
from analyser.formats.json_parts import duration_s
from analyser.store import literal


def refusals(table: Table) -> tuple[tuple[str, str, str], ...]:
    """(condition, column, reason) of events that do not say who, what or when.

    Args:
        table: the `format.toml`.
    """
    there = "x_cell IS NOT NULL AND "
    is_thing = "x_action IS NULL AND x_eventTime IS NULL AND x_actor IS NULL"
    is_grade = "x_kind IN ('GradeEvent', 'OutcomeEvent')"
    acts_alone = f"(x_act = 'TimedOut' OR {is_grade})"
    not_person = f"{_type('actor')} NOT IN {_texts(table['actors']['person'])}"
    return (
        (there + is_thing, "", "describes a thing and is no event: nothing happened"),
        (there + "x_twice", "", "has a name twice"),
        (there + "contains(line, '\\u0000')", "", "contains a NUL byte"),
        (there + "x_type IS NULL", "type", "has no type, so it does not say what kind of event it is"),
        (there + "x_action IS NULL", "action", "has no action, so it does not say what was done"),
        (there + "x_actor IS NULL", "actor", "has no actor, so it does not say who acted"),
        (there + f"NOT {acts_alone} AND {not_person}", "actor", "no participant: the actor is not a person"),
        (there + f"{acts_alone} AND {_type('actor')} NOT IN ('Person', 'SoftwareApplication')", "actor",
         "the actor is neither a person nor an application"),
        (there + _no_iri(iri("actor")), "actor", "the actor's identifier is malformed"),
        (there + "x_object IS NULL", "object", "has no object, so it does not say what it was done to"),
        (there + _no_iri(iri("object")), "object", "the object's identifier is malformed"),
        (there + f"({_wrong_object(table)})", "object",
         "the object is of a type to which this cannot be done"),
        (there + f"coalesce({_no_iri('x_who')}, true)", "actor",
         "no participant: neither the session's user nor the attempt's assignee is named"),
        (there + "x_eventTime IS NULL", "eventTime", "has no eventTime, so it does not say when"),
    )  # fmt: skip


def remarks(table: Table) -> tuple[tuple[str, str], ...]:
    """(condition, what is odd) of events that are used all the same.

    Args:
        table: the `format.toml`.
    """
    things = _texts(table["actors"]["things"])
    slots = tuple(
        (f"{_no_iri(iri(slot))} OR (x_{slot} IS NOT NULL AND {iri(slot)} IS NULL) "
         f"OR {_type(slot)} NOT IN {_texts(list(kinds))}", f"have something else in place of {slot}")
        for slot, kinds in SLOTS.items()
    )  # fmt: skip
    others = tuple(
        (
            f"{_no_iri(iri(slot))} OR {_type(slot)} IN {things}",
            f"have something in place of {slot} that cannot stand there",
        )
        for slot in ("generated", "target", "referrer")
    )
    return (
        ("x_known IS NULL", "are of an unknown type and are kept as other"),
        (f"NOT {is_allowed(table)}",
         "have an action that does not belong to their type and are kept as other"),
        ("x_kind = 'AssessmentEvent' AND x_generated IS NOT NULL AND "
         f"{_type('generated')} <> 'Attempt'", "belong to an assessment but name no attempt"),
        *others,
        *slots,
        ("x_extensions IS NOT NULL AND NOT starts_with(x_extensions, '{')",
         "have extensions that are no object"),
        ("x_id IS NULL", "have no id"),
        (f"x_profile NOT IN {_texts(table['profiles']['names'])}", "are of an unknown profile"),
        ("NOT contains(x_at_context, 'imsglobal.org/ctx/caliper')", "have a context that is not Caliper's"),
        ("x_kind = 'ToolLaunchEvent' AND x_act = 'Launched' AND x_federatedSession IS NULL",
         "launch a tool without a federated session"),
        (_wrong_length(), "state a length of session that is not the time from its start to its end"),
        ("x_kind IN ('GradeEvent', 'OutcomeEvent') AND x_given IS NULL", "grade an attempt without a score"),
    )  # fmt: skip


def _texts(values: list[str]) -> str:
    return f"({', '.join(map(literal, values))})"


def _type(slot: str) -> str:
    return short(f"x_{slot}_type")


def _no_iri(text: str) -> str:
    return f"NOT regexp_full_match({text}, '{IRI}')"


def _wrong_object(table: Table) -> str:
    wrong = [f"{_type('object')} IN ('Person', 'Membership')"]
    for entry in table["type"]:
        if "objects" in entry:
            kinds = f"x_kind IN {_texts(entry['names'])}"
            wrong.append(f"({kinds} AND {_type('object')} NOT IN {_texts(entry['objects'])})")
    return " OR ".join(wrong)


def _wrong_length() -> str:
    lengths = []
    for started, ended, length in (
        ("x_started", "x_ended", "x_session_length"),
        ("x_object_started", "x_object_ended", "x_length"),
    ):
        start, end = (f"epoch(TRY_CAST({name} AS TIMESTAMPTZ))" for name in (started, ended))
        lengths.append(f"abs({end} - {start} - {duration_s(length)}) > 1")
    return f"x_kind = 'SessionEvent' AND ({lengths[0]} OR (x_act = 'TimedOut' AND {lengths[1]}))"
