"""A card's sentences as SQL expressions, so that no row passes through Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyser.store import literal

if TYPE_CHECKING:
    from analyser.rulebook.clauses import Clause

_SLOT = re.compile(r"\{(value|limit_value|attempt_id|session_id|at|until|activity_id|module_id)\}")
# Numbers without trailing zeros; an empty slot shows as a dash, never as a missing sentence.
_TEXT = {
    "value": "coalesce(regexp_replace(value::VARCHAR, '\\.?0+$', ''), '-')",
    "limit_value": "coalesce(regexp_replace(limit_value::VARCHAR, '\\.?0+$', ''), '-')",
    "activity_id": "coalesce(the_activity_id, '-')",
    "module_id": "coalesce(the_module_id, '-')",
    "at": "coalesce(\"at\"[:19], '-')",
    "until": "coalesce(until[:19], '-')",
}


def sentence(template: str) -> str:
    """SQL giving a template with its slots filled from the columns of a finding."""
    parts = []
    for index, piece in enumerate(_SLOT.split(template)):
        if index % 2:
            parts.append(_TEXT.get(piece, f"coalesce({piece}, '-')"))
        elif piece:
            parts.append(literal(piece))
    return " || ".join(parts) or "''"


def messages(clauses: list[Clause], language: str) -> str:
    """SQL choosing each code's sentence in one language."""
    cases = " ".join(
        f"WHEN {literal(clause.code)} THEN {sentence(clause.texts['message'][language])}"
        for clause in clauses
    )
    return f"CASE code {cases} END"
