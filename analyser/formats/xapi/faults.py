"""What is wrong with a statement: reasons to refuse it, and oddities that are told."""

from __future__ import annotations

from analyser.formats.base import Table
from analyser.formats.json_parts import Parts, is_duration, is_language_map, number

_IRI = r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+"
_IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
_INTERACTIONS = (
    "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert",
    "numeric", "other",
)  # fmt: skip
# A statement inside a statement, or a person as object: looked at only where there is one.
INNER = Parts(
    "",
    {
        "identifier": tuple(("object", name) for name in ("mbox", "mbox_sha1sum", "openid")),
        "home": (("object", "account", "homePage"),),
        "login": (("object", "account", "name"),),
        "member": (("object", "member"),),
        "actor": (("object", "actor"),),
        "verb": (("object", "verb", "id"),),
        "object": (("object", "object"),),
        "object_type": (("object", "object", "objectType"),),
        "object_id": (("object", "object", "id"),),
        "name": (("object", "object", "definition", "name"),),
        "about": (("object", "object", "definition", "description"),),
        "display": (("object", "verb", "display"),),
        "language": (("object", "context", "language"),),
        "choices": tuple(
            ("object", "object", "definition", name)
            for name in ("choices", "scale", "source", "target", "steps")
        ),
    },
)


def refusals() -> tuple[tuple[str, str, str], ...]:
    """(condition, column, reason) of statements that do not say who, what or when."""
    there = "x_there AND "
    given = [f"(x_{name} IS NOT NULL)::INT" for name in ("mbox", "sha1", "openid")]
    count = " + ".join([*given, "(x_home IS NOT NULL OR x_login IS NOT NULL)::INT"])
    is_group = "x_actor_type = 'Group'"
    return (
        (there + "x_twice", "", "has a name twice"),
        (there + "x_nul", "", "contains a NUL byte"),
        (there + "x_verb IS NULL", "verb", "has no verb with an id, so it does not say what was done"),
        (there + _no_iri("x_verb"), "verb", "verb.id is no IRI"),
        (there + is_group, "actor", "no participant: the actor is a group, not one person"),
        (there + f"{count} = 0", "actor",
         "no participant: the actor has no mbox, mbox_sha1sum, openid or account"),
        (there + f"{count} > 1", "actor", "the actor has several identifiers, where exactly one must stand"),
        (there + _malformed_actor(), "actor", "the actor's identifier is malformed"),
        (there + _no_object(), "object", "has no object with an id, so it does not say what it was done to"),
        (there + f"x_object_type = 'SubStatement' AND {_broken_inner()}", "object",
         "the statement inside it lacks an actor, a verb or an object"),
        (there + f"x_object_type IN ('Agent', 'Group') AND {_nobody()}", "object",
         "the person or group it is about has no identifier"),
        (there + "x_at IS NULL", "timestamp", "has neither timestamp nor stored, so it does not say when"),
        (there + r"contains(x_at, '-00') AND regexp_matches(x_at, '-00(:?00)?$')", "timestamp",
         "the timestamp's offset is -00, which says that the zone is unknown"),
        (there + _wrong_score(), "score", "the score lies outside its own limits"),
    )  # fmt: skip


def remarks(table: Table) -> tuple[tuple[str, str], ...]:
    """(condition, what is odd) of statements that are used all the same.

    Args:
        table: the `format.toml`.
    """
    late, early = table["clock"]["late_s"], table["clock"]["early_s"]
    is_submission = "x_word = 'assessment_submit'"
    has_no_score = f"{number('x_raw')} IS NULL AND {number('x_scaled')} IS NULL"
    segment = r"\d+(\.\d+)?\[\.\]\d+(\.\d+)?"
    return (
        ("x_timestamp IS NULL", "have no timestamp; when the store got them is taken instead"),
        (f"{is_submission} AND {has_no_score}",
         "hand in an assessment without a score, so nobody can see a pass"),
        (f"{is_submission} AND x_success = CASE WHEN ends_with(x_verb, '/passed') THEN 'false' "
         "WHEN ends_with(x_verb, '/failed') THEN 'true' END",
         "have a verb and a result.success that contradict each other"),
        (f"{is_submission} AND NOT coalesce(ends_with(x_group_0_type, '/attempt') OR "
         "ends_with(x_group_1_type, '/attempt'), false)",
         "hand in an assessment without naming the attempt, so its start and its questions are not known"),
        ("ends_with(x_verb, '/waived')",
         "waive a requirement: credit without study, not counted as learning"),
        (f"NOT {is_duration('x_duration')}", "have a result.duration that is no ISO 8601 duration"),
        (f"NOT regexp_full_match(x_segments, '({segment}(\\[,\\]{segment})*)?')",
         "have played-segments that cannot be read"),
        (f"x_apart_s > {late}", f"reached the store more than {late} seconds after the time they state"),
        (f"x_apart_s < -{early}", f"reached the store more than {early} seconds before the time they state"),
        (f"NOT {is_language_map('x_name')} OR NOT {is_language_map('x_about')}",
         "have a name or description that is no map of languages"),
        (f"x_interaction NOT IN {_INTERACTIONS}", "have an unknown interactionType"),
        (_no_tag("x_language"),
         "have a context.language that is no language tag"),
        ("x_context IS NOT NULL AND coalesce(x_parent, x_group_0, x_category, x_other) IS NULL",
         "have unknown contextActivities"),
        (f"x_authority IS NOT NULL AND NOT contains(x_authority, '\"account\"') "
         f"AND NOT ({_names_somebody('x_authority')})",
         "have an authority without an identifier"),
        (f"x_object_type = 'SubStatement' AND {_odd_inner()}",
         "have texts without a valid language tag in the statement inside them"),
    )  # fmt: skip


def apart_s() -> str:
    """SQL: seconds from a statement's time to when the store got it; null where they are of one hour."""
    at, stored = (f"epoch(TRY_CAST({name} AS TIMESTAMPTZ))" for name in ("x_timestamp", "x_stored"))
    # Texts of one hour need no reading.
    return f"CASE WHEN left(x_stored, 13) <> left(x_timestamp, 13) THEN {stored} - {at} END"


def _no_iri(text: str) -> str:
    # A branch keeps the costly pattern away from the rows that do not need it; OR below NOT would not.
    return f"NOT CASE WHEN starts_with({text}, 'http') THEN true ELSE regexp_full_match({text}, '{_IRI}') END"


def _malformed_actor() -> str:
    return (
        "(NOT regexp_full_match(x_mbox, 'mailto:[^@\\s]+@[^@\\s]+') "
        "OR NOT regexp_full_match(x_sha1, '[0-9a-fA-F]{40}') "
        f"OR {_no_iri('x_openid')} OR (x_home IS NULL) <> (x_login IS NULL) OR {_no_iri('x_home')} "
        "OR x_actor_type <> 'Agent')"
    )


def _no_object() -> str:
    kind = "coalesce(x_object_type, 'Activity')"
    return (
        f"({kind} NOT IN ('Activity', 'StatementRef', 'SubStatement', 'Agent', 'Group') "
        f"OR ({kind} IN ('Activity', 'StatementRef') AND x_object IS NULL))"
    )


def _names_somebody(text: str) -> str:
    return " OR ".join(f"contains({text}, '\"{name}\"')" for name in _IDENTIFIERS)


def _inner(name: str) -> str:
    return INNER.part(name, "x_inner")


def _nobody() -> str:
    """Whether an agent has no whole identifier, or a group has neither one nor members."""
    home, login = (f"{_inner(name)} IS NOT NULL" for name in ("home", "login"))
    return (
        f"NOT ({_inner('identifier')} IS NOT NULL OR ({home} AND {login})) "
        f"AND ({_inner('member')} IS NULL OR {home} OR {login})"
    )


def _broken_inner() -> str:
    is_somebody = f"({_names_somebody(_inner('actor'))} OR contains({_inner('actor')}, '\"member\"'))"
    is_thing = f"coalesce({_inner('object_type')}, 'Activity') IN ('Activity', 'StatementRef')"
    return (
        f"(NOT coalesce({is_somebody}, false) OR {_inner('verb')} IS NULL OR {_inner('object')} IS NULL "
        f"OR ({is_thing} AND {_inner('object_id')} IS NULL))"
    )


def _odd_inner() -> str:
    # A tag's parts have at most eight letters.
    long_tag = f"""regexp_matches({_inner("choices")}, '"description":[{{][^}}]*"[a-zA-Z]{{9,}}":')"""
    odd = [f"NOT {is_language_map(_inner(name))}" for name in ("name", "about", "display")]
    return f"({' OR '.join([*odd, long_tag, _no_tag(_inner('language'))])})"


def _no_tag(text: str) -> str:
    return f"NOT regexp_full_match({text}, '[a-zA-Z]{{1,8}}(-[a-zA-Z0-9]{{1,8}})*')"


def _wrong_score() -> str:
    raw, low, high, scaled = (number(f"x_{name}") for name in ("raw", "min", "max", "scaled"))
    return f"({raw} > {high} OR {raw} < {low} OR {low} > {high} OR abs({scaled}) > 1)"
