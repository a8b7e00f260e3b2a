"""Moodle's standard log table: one row per event, one eventname per kind of act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.formats.base import Format, Table, entry_field, entry_number, first_match, load_table, merged
from analyser.formats.moodle_log.raw import raw_columns, raw_reading
from analyser.ingest.project import in_years
from analyser.store import literal

if TYPE_CHECKING:
    from analyser.formats.sample import Sample
    from analyser.ingest.readings import Reading
    from analyser.ingest.source import Source

TABLE = load_table(__file__)
_NEEDED = ("eventname", "userid", "timecreated")
# Moodle's own doing, not a person's in front of a browser or an app.
_SYSTEM_ORIGINS = "('cli', 'cron', 'restore')"
_LATEST = 4_102_444_800  # 2100: anything later is milliseconds or no time at all


def other_value(key: str) -> str:
    """SQL: a value inside `other`, which is PHP-serialised or JSON."""
    pattern = rf'"{key}"\s*[;:]\s*(?:[id]:|s:\d+:)?"?([^";,}}]*)'
    return f"regexp_extract(m_other, {literal(pattern)}, 1)"


def cells(table: Table) -> dict[str, str]:
    """Canonical column -> SQL over the rows of `steps`.

    Args:
        table: the `format.toml`.
    """
    return {
        "timestamp": "m_timecreated",
        "participant_id": "m_who",
        "event": "m_word",
        "session_id": "CASE WHEN m_by_system THEN 'system/' || m_timecreated END",
        "activity_id": "CASE WHEN m_courseid NOT IN ('0', '1') THEN m_courseid END",
        "object_id": _object(table),
        "attempt_id": f"CASE WHEN {_field(table, 'attempt')} = 'yes' THEN m_objectid END",
        "item_id": f"CASE WHEN {_field(table, 'item')} = 'yes' THEN m_objectid END",
        "factor": _factor(table),
        "purpose": _field(table, "purpose"),
        "outcome": "m_outcome",
        "actor_id": "m_doer",
        "ip": "m_ip",
    }


def steps(table: Table, raw: str) -> str:
    """SQL over `{rows}`: the rule of each row, then whose record it is, then who acted.

    Args:
        table: the `format.toml`.
        raw: SELECT list giving the log's columns as text, each as ``m_`` and its name.
    """
    # Unloaded with backslash escapes the name has two of them; older dumps leave the first out.
    name = (
        r"CASE WHEN starts_with(m_eventname, '\') AND NOT contains(m_eventname, '\\') THEN m_eventname "
        r"ELSE '\' || ltrim(replace(m_eventname, '\\', '\'), '\') END"
    )
    user, related = _person("m_userid"), _person("m_relateduserid")
    other, override = (_number(other_value(key)) for key in ("userid", "overrideby"))
    who = (
        f"CASE m_person WHEN 'related' THEN coalesce({related}, {user}) "
        f"WHEN 'other' THEN coalesce({other}, {user}) ELSE {user} END"
    )
    system = (
        f"coalesce(m_origin IN {_SYSTEM_ORIGINS}, false) OR "
        "(coalesce(m_person, '') = 'related' AND m_userid IS NOT NULL AND m_userid <> m_who)"
    )
    doer = (
        f"coalesce({_person('m_realuserid')}, CASE m_acts WHEN 'override' THEN {override} "
        f"WHEN 'user' THEN CASE WHEN coalesce(m_origin NOT IN {_SYSTEM_ORIGINS}, true) THEN {user} END END)"
    )
    number = entry_number(table["event"], "m_name")
    fields = ", ".join(f"{_field(table, name)} AS m_{name}" for name in ("person", "acts", "outcome"))
    return (
        # The word stands by itself, since several expressions ask for it.
        f"(SELECT *, {_word(table)} AS m_word, {system} AS m_by_system, "
        "CASE WHEN m_actor <> m_who THEN m_actor END AS m_doer "
        f"FROM (SELECT *, {who} AS m_who, {doer} AS m_actor "
        f"FROM (SELECT *, {fields} "
        f"FROM (SELECT *, {number} AS m_entry "
        f"FROM (SELECT *, {name} AS m_name FROM (SELECT {raw} FROM {{rows}}))))))"
    )


def _field(table: Table, name: str) -> str:
    return entry_field(table["event"], name, "m_entry")


def _person(cell: str) -> str:
    """Nobody is logged in when the number is 0; the scheduler and system senders are negative."""
    return f"CASE WHEN coalesce(TRY_CAST({cell} AS BIGINT) > 0, true) THEN {cell} END"


def _number(cell: str) -> str:
    """A person inside `other`, where null is written N or null."""
    return f"CASE WHEN TRY_CAST({cell} AS BIGINT) > 0 THEN {cell} END"


def _word(table: Table) -> str:
    tests = []
    for number, entry in enumerate(table["event"], 1):
        if when := entry.get("when"):
            values = ", ".join(map(literal, when["values"]))
            missed = f"coalesce({other_value(when['key'])}, '') NOT IN ({values})"
            tests.append(f"WHEN m_entry = {number} AND {missed} THEN {literal(entry['otherwise'])}")
    named = f"coalesce({_field(table, 'word')}, {first_match(table['rule'], 'm_name')}, m_name)"
    return f"CASE {' '.join(tests)} ELSE {named} END"


def _object(table: Table) -> str:
    # Level 70 is a course module; a dump without the level still tells by the plugin's name.
    is_module = "coalesce(m_contextlevel = '70', starts_with(m_name, '\\mod_'))"
    other = "m_objecttable || '/' || m_objectid"
    return (
        f"CASE WHEN {_field(table, 'object')} = 'no' THEN NULL "
        f"WHEN {is_module} AND m_contextinstanceid IS NOT NULL THEN 'cm/' || m_contextinstanceid "
        f"ELSE {other} END"
    )


def _factor(table: Table) -> str:
    """The factor with the event's own outcome; Moodle lists every factor and its state."""
    found = r"regexp_extract(m_other, 'Factor\s+(\w+)\s+status:\s*' || m_outcome, 1)"
    known = " ".join(f"WHEN {literal(k)} THEN {literal(v)}" for k, v in table["factors"].items())
    named = f"CASE {found} {known} ELSE nullif({found}, '') END"
    return f"CASE WHEN m_person = 'other' THEN {named} ELSE {_field(table, 'factor')} END"


def _reasons(sample: Sample) -> list[str]:
    if not set(_NEEDED) <= sample.lower:
        return []
    what = {"csv": "The first line names", "parquet": "The file has"}
    who = what.get(sample.container, "The JSON objects have")
    there = len(sample.lower & set(raw_columns()))
    return [
        f"{who} {', '.join(_NEEDED)}, the columns of Moodle's log table.",
        f"{there} of the {len(raw_columns())} columns of that table that are used are there.",
    ]


def _reading(table: Table, source: Source, sample: Sample) -> Reading:
    seconds = "TRY_CAST(m_timecreated AS BIGINT)"
    return raw_reading(
        source,
        sample,
        format=table["name"],
        needed=_NEEDED,
        cells=cells(table),
        steps=lambda raw: steps(table, raw),
        instant=in_years(f"{seconds} * 1000000"),
        refusals=(
            (
                f"NOT coalesce({seconds} BETWEEN 1 AND {_LATEST}, false)",
                "timecreated",
                "timecreated is not a number of seconds since 1970",
            ),
            (
                "m_who IS NULL",
                "userid",
                "no participant: nobody was logged in, or the server acted by itself",
            ),
        ),
    )


def _left_out(sample: Sample) -> list[str]:
    return [name for name in sample.names if name.lower() not in raw_columns()]


def with_table(table: Table) -> Format:
    """The format with this table."""
    return Format(
        table=table,
        reasons=_reasons,
        reading=lambda source, sample, connection: _reading(table, source, sample),
        left_out=_left_out,
        build=lambda changes: with_table(merged(table, changes)),
    )


FORMAT = with_table(TABLE)
