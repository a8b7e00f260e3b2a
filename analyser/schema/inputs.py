"""The tables of a case folder, as a provider hands them over."""

from __future__ import annotations

from analyser.schema.columns import Column, Table

EVENTS = Table(
    "events",
    "one row per thing that happened in the learning system",
    (
        Column("timestamp", "timestamp", "ISO 8601; without an offset it is Hong Kong time", True),
        Column("participant_id", "text", "whose record it is", True),
        Column("event", "text", "one word of the vocabulary; any other is stored as other", True),
        Column("session_id", "text", "the learning system's session; empty: sessions are derived"),
        Column("activity_id", "text", "the activity it belongs to; empty for portal events"),
        Column("module_id", "text", "the module; empty for an activity without modules"),
        Column("object_id", "text", "page, clip, exercise, forum or venue"),
        Column("attempt_id", "text", "the assessment attempt"),
        Column("item_id", "text", "the question"),
        Column("response", "text", "what was answered"),
        Column("score", "decimal", "marks gained, for the item or the whole"),
        Column("max_score", "decimal", "marks possible, for the item or the whole"),
        Column("factor", "text", "method of an identity check"),
        Column("purpose", "text", "login, challenge or assessment"),
        Column("outcome", "text", "pass, fail or ignored"),
        Column("duration_s", "seconds", "idle time that ended here, or media left to play"),
        Column("actor_id", "text", "who really acted, when not the participant"),
        Column("ip", "text", "network address"),
        Column("device", "text", "device or browser fingerprint"),
    ),
)

ACTIVITIES = Table(
    "activities",
    "one row per module (or activity without modules) and approval",
    (
        Column("activity_id", "text", "the activity", True),
        Column("module_id", "text", "the module; empty for an activity without modules"),
        Column("title", "text", "the activity's title"),
        Column("module_title", "text", "the module's title"),
        Column("approval_no", "text", "number of the approved activity"),
        Column("provider", "text", "who offers it"),
        Column(
            "approved_minutes",
            "integer",
            "credit the approval gives, in minutes",
            True,
            ("contact_minutes", "points"),
        ),
        Column("stated_minutes", "integer", "expected minimum learning time; empty: as approved"),
        Column("category", "text", "general or ethics_or_regulations; core or non_core"),
        Column("delivery", "text", "unsupervised or onsite_assessment"),
        Column("audience", "text", "public, internal, commissioned; several joined by ;"),
        Column("approved_from", "date", "first day of the approval; empty: open"),
        Column("approved_to", "date", "last day of the approval, inclusive; empty: open"),
        Column("pass_mark", "decimal", "percent needed to pass"),
        Column("paper_size", "integer", "questions in one paper"),
        Column("auto_logout_s", "integer", "idle seconds after which the system logs out"),
        Column("mode", "text", "elearning unless said otherwise; lecture or multi_session"),
        Column("contact_minutes", "integer", "attendance: contact time approved"),
        Column("points", "integer", "attendance: points the approval gives"),
        Column("min_attendance_pct", "decimal", "attendance: percent the organiser asks for"),
    ),
)

PARTICIPANTS = Table(
    "participants",
    "one row per participant",
    (
        Column("participant_id", "text", "the participant", True),
        Column("name", "text", "name as on the identity document"),
        Column("name_zh", "text", "name in Chinese"),
        Column("licence_no", "text", "licence number"),
        Column("licence_type", "text", "individual or travel"),
        Column("employer", "text", "principal or employer"),
        Column("first_licensed", "date", "first licensed on"),
    ),
)

ITEMS = Table(
    "items",
    "one row per page, clip or exercise of a module's content",
    (
        Column("activity_id", "text", "the activity", True),
        Column("module_id", "text", "the module; empty for an activity without modules"),
        Column("object_id", "text", "the item", True),
        Column("kind", "text", "page, media, exercise ..."),
        Column("required", "boolean", "must be completed for the content to be complete"),
        Column("length_s", "seconds", "length of a clip"),
    ),
)

QUESTIONS = Table(
    "questions",
    "one row per question of the bank",
    (
        Column("activity_id", "text", "the activity", True),
        Column("module_id", "text", "the module; empty for an activity without modules"),
        Column("item_id", "text", "the question", True),
        Column("text", "text", "its wording"),
        Column("key", "text", "the right answer"),
        Column("objective", "text", "the learning objective it tests"),
    ),
)

CERTIFICATES = Table(
    "certificates",
    "one row per certificate issued",
    (
        Column("certificate_no", "text", "its number", True),
        Column("participant_id", "text", "holder", True),
        Column("name", "text", "holder's name as printed"),
        Column("activity_id", "text", "the activity"),
        Column("module_ids", "text", "modules named, joined by ;"),
        Column("approval_no", "text", "number of the approved activity as printed"),
        Column("title", "text", "activity title as printed"),
        Column("provider", "text", "provider as printed"),
        Column("hours", "decimal", "hours as printed"),
        Column("category", "text", "category as printed"),
        Column("mode", "text", "mode as printed"),
        Column("type", "text", "type of activity as printed"),
        Column("completed_on", "date", "completion date as printed"),
        Column("issued_on", "date", "date of issue"),
        Column("signatory", "text", "who signed"),
        Column("signatory_post", "text", "the signatory's post"),
        Column("points", "decimal", "points earned as printed"),
        Column("approved_points", "decimal", "points approved as printed"),
        Column("name_zh", "text", "holder's name in Chinese as printed"),
        Column("licence_no", "text", "holder's licence number as printed"),
        Column("phone", "text", "telephone number for checking as printed"),
        Column("held_at", "text", "date and time of the activity as printed"),
    ),
)

VENUES = Table(
    "venues",
    "one row per place approved for assessment in person",
    (
        Column("venue_id", "text", "the venue", True),
        Column("name", "text", "its name"),
        Column("capacity", "integer", "most candidates at once"),
        Column("approved_from", "date", "first day of the approval; empty: open"),
        Column("approved_to", "date", "last day of the approval, inclusive; empty: open"),
    ),
)

TIMETABLE = Table(
    "sessions_timetable",
    "one row per stretch of an activity that people come to",
    (
        Column("activity_id", "text", "the activity", True),
        Column("segment_no", "text", "its place in the timetable"),
        Column("kind", "text", "contact, break or assessment", True),
        Column("starts_at", "timestamp", "from (inclusive)", True),
        Column("ends_at", "timestamp", "until (exclusive)", True),
    ),
)

SCANS = Table(
    "scans",
    "one row per passage of the door",
    (
        Column("timestamp", "timestamp", "ISO 8601; without an offset it is Hong Kong time", True),
        Column("participant_id", "text", "who passed", True),
        Column("activity_id", "text", "the activity behind the door", True),
        Column("direction", "text", "in or out", True),
        Column("venue_id", "text", "the place"),
    ),
)

WEATHER = Table(
    "weather",
    "one row per warning of the Observatory",
    (
        Column("signal", "text", "T8, T9, T10, black_rain or extreme; others have no effect", True),
        Column("announced_at", "timestamp", "when it was announced that it would be issued"),
        Column("issued_at", "timestamp", "when it was issued; empty: not issued"),
        Column("cancelled_at", "timestamp", "when it was lowered or cancelled; empty: still in force"),
    ),
)

SUBMISSIONS = Table(
    "submissions",
    "one row per paper that the organiser sent",
    (
        Column("activity_id", "text", "the activity", True),
        Column("kind", "text", "attendance_record, timetable, application or major_change", True),
        Column("submitted_on", "date", "the day it was sent", True),
    ),
)

IDENTITIES = Table(
    "identities",
    "one row per id that a learning system gives a participant",
    (
        Column("system", "text", "format (moodle-log) or family of formats (moodle); empty: any export"),
        Column("system_id", "text", "the id in that system", True),
        Column("participant_id", "text", "the participant", True),
    ),
)

EXPORT_KEYS = Table(
    "export_keys",
    "one row per record of an export that its other files refer to (made from exports)",
    (
        Column("kind", "text", "which table of which system it stands in", True),
        Column("key", "text", "its number there", True),
        Column("parent", "text", "the number of the record it belongs to"),
        Column("activity_id", "text", "the activity"),
        Column("participant_id", "text", "the participant"),
        Column("attempt_id", "text", "the assessment attempt"),
        Column("item_id", "text", "the question"),
        Column("max_score", "text", "marks possible"),
        Column("response", "text", "what was answered"),
    ),
)

CLAIMS = Table(
    "claims",
    "one row per qualification that somebody says was recognised by assessment",
    (
        Column("holder", "text", "who holds it", True),
        Column("agency", "text", "the assessment agency that awarded it", True),
        Column("mechanism", "text", "rpl or professional; empty: seen from the agency"),
        Column("industry", "text", "the industry; empty for a professional qualification"),
        Column("class", "text", "registration class of a vehicle mechanic, like M or B1"),
        Column("qualification", "text", "its name", True),
        Column("level", "integer", "its level under the Qualifications Framework"),
        Column("award_date", "date", "the day it was awarded"),
    ),
)

REGISTERS = (
    ACTIVITIES, PARTICIPANTS, ITEMS, QUESTIONS, CERTIFICATES, VENUES, TIMETABLE, SCANS, WEATHER, SUBMISSIONS,
    IDENTITIES, EXPORT_KEYS,
    CLAIMS,
)  # fmt: skip
# What a case must have one of: a trail of what people did, or what they say they have.
TRAILS = ("events", "scans", "claims")
INPUTS = {table.name: table for table in (EVENTS, *REGISTERS)}

# The order is also the tie-break order of one participant's events at one instant.
VOCABULARY = (
    "login", "verify", "acknowledge", "view", "interact", "post", "media_pause", "media_end",
    "media_play", "heartbeat", "idle", "assessment_start", "question", "answer",
    "assessment_submit", "complete", "survey", "edit", "other", "timeout", "logout",
)  # fmt: skip
