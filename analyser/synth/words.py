"""The closed vocabularies of the event table, as the numbers that scripts and rows carry."""

from __future__ import annotations

EVENTS = (
    "login",
    "verify",
    "acknowledge",
    "view",
    "interact",
    "post",
    "media_pause",
    "media_end",
    "media_play",
    "heartbeat",
    "idle",
    "assessment_start",
    "question",
    "answer",
    "assessment_submit",
    "complete",
    "survey",
    "edit",
    "other",
    "timeout",
    "logout",
)
# Words that no LMS promised us; they are dirt on purpose and must be read as `other`.
UNKNOWN_EVENTS = ("badge_awarded", "page_scroll_depth", "widget_refresh")
FACTORS = (
    "password",
    "pin",
    "security_question",
    "otp_sms",
    "otp_app",
    "hardware_token",
    "fingerprint",
    "face",
    "supervised",
)
PURPOSES = ("login", "challenge", "assessment")
OUTCOMES = ("pass", "fail", "ignored")
RESPONSES = ("A", "B", "C", "D")

EVENT_COLUMNS = (
    "timestamp",
    "participant_id",
    "event",
    "session_id",
    "activity_id",
    "module_id",
    "object_id",
    "attempt_id",
    "item_id",
    "response",
    "score",
    "max_score",
    "factor",
    "purpose",
    "outcome",
    "duration_s",
    "actor_id",
    "ip",
    "device",
)
