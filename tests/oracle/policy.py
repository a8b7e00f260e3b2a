"""The policy values the oracle knows: contract sections 1, 3 and 4."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .model import SECOND, IdleRule

LOWER = IdleRule(300 * SECOND, is_whole=True)
UPPER = IdleRule(1800 * SECOND, is_whole=False)
"""Contract 3.9: the two other figures are fixed, whatever the policy says."""

FACTOR_CLASSES = {
    **dict.fromkeys(("password", "pin", "security_question"), "knows"),
    **dict.fromkeys(("otp_sms", "hardware_token", "otp_app"), "has"),
    **dict.fromkeys(("fingerprint", "face", "iris", "retina", "voice", "keystroke"), "is"),
}


@dataclass(frozen=True)
class Policy:
    """One policy in force; lengths in microseconds."""

    time_basis: str
    session_gap: int
    idle: IdleRule
    media_max: int
    pair_window: int
    is_event_enough: bool
    factor_class: Mapping[str, str]


def read_policy(tables: Mapping[str, Any] | None) -> Policy:
    """The defaults of the contract with the values of a policy file over them."""
    given = tables or {}

    def number(table: str, key: str, default: int) -> int:
        return int(given.get(table, {}).get(key, default)) * SECOND

    def word(table: str, key: str, default: str) -> str:
        return str(given.get(table, {}).get(key, default))

    return Policy(
        time_basis=given.get("time_basis", "evidenced"),
        session_gap=number("session", "gap_s", 1800),
        idle=IdleRule(number("idle", "threshold_s", 600), word("idle", "count", "excess") == "whole"),
        media_max=number("media", "max_s", 1800),
        pair_window=number("auth", "pair_window_s", 300),
        is_event_enough=word("complete", "rule", "all_required") == "event",
        factor_class={**FACTOR_CLASSES, **given.get("factor_map", {})},
    )
