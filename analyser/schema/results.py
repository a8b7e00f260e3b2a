"""The tables that come out: name, grain, columns in their stable order."""

from __future__ import annotations

from analyser.schema.columns import Column, Table

_WHO = (
    Column("participant_id", "text", "the participant"),
    Column("activity_id", "text", "the activity"),
    Column("module_id", "text", "the module; empty for an activity without modules"),
)

CREDITS = Table(
    "credits",
    "one row per participant and module, and one more for each further completion",
    (
        *_WHO,
        Column("period", "text", "assessment period of the credit date, like 2024/25"),
        Column("category", "text", "category of the register row in force"),
        Column("status", "text", "awarded, held, not_earned or in_progress"),
        Column("credited_minutes", "integer", "minutes earned, or that would be earned if held"),
        Column("stated_minutes", "integer", "approved minutes of the register row in force"),
        Column("evidenced_minutes", "integer", "whole 30-minute units of active learning, capped"),
        Column("completion_minutes", "integer", "minutes if completion alone decided"),
        Column("floor_minutes", "integer", "minutes if the minimum learning time were a floor"),
        Column("active_s", "integer", "active learning seconds, policy in force"),
        Column("active_lower_s", "integer", "active learning seconds, strictest reading"),
        Column("active_upper_s", "integer", "active learning seconds, mildest reading"),
        Column("login_s", "integer", "seconds of the module's stretches, nothing taken off"),
        Column("idle_s", "integer", "idle seconds within them"),
        Column("assessment_s", "integer", "assessment seconds within them"),
        Column("media_s", "integer", "seconds of the module's own clips within them"),
        Column("started_at", "timestamp", "first event of the row's time"),
        Column("completed_at", "timestamp", "content complete"),
        Column("passed_at", "timestamp", "passing submission"),
        Column("credited_at", "timestamp", "credit date: the later of the two"),
        Column("attempts", "integer", "attempts submitted up to the credit date"),
        Column("passing_attempt_id", "text", "the attempt that passed"),
        Column("robust", "boolean", "the same status and minutes under all three readings of time"),
        Column("codes", "text", "codes of its findings, sorted, joined by ;"),
    ),
)

FINDINGS = Table(
    "findings",
    "one row per finding",
    (
        Column("finding_id", "text", "its number in this run"),
        Column("code", "text", "what was found, one word"),
        Column("clause", "text", "paragraph of the guideline"),
        Column("tier", "text", "breach, indicator or observation"),
        Column("severity", "text", "not_earned, hold, note: what it does to credit"),
        *_WHO,
        Column("attempt_id", "text", "the attempt concerned"),
        Column("session_id", "text", "the session concerned"),
        Column("at", "timestamp", "when, or from when"),
        Column("until", "timestamp", "until when"),
        Column("value", "decimal", "what was measured"),
        Column("limit_value", "decimal", "what it was held against"),
        Column("message", "text", "the finding as a sentence"),
        Column("message_zh", "text", "the same in Traditional Chinese"),
        Column("benign", "text", "honest explanations to rule out first"),
        Column("evidence", "text", "file:line of the deciding events, joined by ;"),
    ),
)

PERIODS = Table(
    "periods",
    "one row per participant and assessment period in which a row has its credit date",
    (
        Column("participant_id", "text", "the participant"),
        Column("period", "text", "1 August to 31 July, like 2024/25"),
        Column("hours", "decimal", "hours awarded"),
        Column("er_hours", "decimal", "of these, ethics or regulations"),
        Column("required_hours", "decimal", "hours needed; empty: licence type unknown"),
        Column("required_er_hours", "decimal", "ethics or regulations hours needed"),
        Column("shortfall_hours", "decimal", "hours missing in this trail; other providers' are not in it"),
        Column("shortfall_er_hours", "decimal", "ethics or regulations hours missing in this trail"),
        Column("compliant", "boolean", "nothing missing in this trail"),
        Column("held_hours", "decimal", "hours a person still has to decide on"),
    ),
)

INTERVALS = Table(
    "intervals",
    "one row per longest run of one session, activity, module and state",
    (
        Column("participant_id", "text", "the participant"),
        Column("session_id", "text", "the session; ~1, ~2 ... when derived"),
        Column("activity_id", "text", "the activity; empty: portal"),
        Column("module_id", "text", "the module"),
        Column("start_at", "timestamp", "from (inclusive)"),
        Column("end_at", "timestamp", "until (exclusive)"),
        Column("state", "text", "learning, media, idle, assessment or portal"),
        Column("evidence", "text", "file:line of the events at both ends"),
    ),
)

COVERAGE = Table(
    "coverage",
    "one row per rule: how far it could be checked",
    (
        Column("clause", "text", "paragraph of the guideline"),
        Column("code", "text", "the finding the rule makes"),
        Column("subject", "text", "what one application is about"),
        Column("subjects", "integer", "how many it was asked of"),
        Column("passed", "integer", "how many passed"),
        Column("failed", "integer", "how many failed"),
        Column("not_assessable", "integer", "how many could not be checked"),
        Column("why", "text", "why they could not"),
    ),
)

INGEST = Table(
    "ingest",
    "one row per source file",
    (
        Column("file", "text", "path within the case"),
        Column("sha256", "text", "SHA-256 of the file's bytes"),
        Column("bytes", "integer", "size of the file"),
        Column("format", "text", "the format it was read as"),
        Column("rows_read", "integer", "rows found"),
        Column("rows_stored", "integer", "rows kept"),
        Column("rows_duplicate", "integer", "rows equal to one already kept"),
        Column("rows_rejected", "integer", "rows that could not be used"),
        Column("first_at", "timestamp", "earliest event"),
        Column("last_at", "timestamp", "latest event"),
        Column("time_zone", "text", "how times without an offset were read"),
    ),
)

REJECTS = Table(
    "rejects",
    "one row per row that could not be used",
    (
        Column("file", "text", "path within the case"),
        Column("line", "integer", "physical line on which the row starts"),
        Column("column", "text", "the column at fault"),
        Column("reason", "text", "what is wrong with it"),
        Column("raw", "text", "the row as it stands in the file"),
    ),
)

RESULTS = {table.name: table for table in (CREDITS, FINDINGS, PERIODS, INTERVALS, COVERAGE, INGEST, REJECTS)}
DIGESTED = ("credits", "findings", "periods", "intervals")
