"""A card's sentences as SQL expressions, so that no row passes through Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyser.store import literal

if TYPE_CHECKING:
    from analyser.rulebook.clauses import Clause

SLOTS = (
    "value", "limit_value", "hours", "attempt_id", "session_id", "at", "until", "on", "until_on",
    "activity_id", "module_id", "what",
)  # fmt: skip
_SLOT = re.compile(rf"\{{({'|'.join(SLOTS)}|texts\.\w+)\}}")
# What is told from a file keeps to one line and does not bury the sentence.
_MOST_LETTERS = 120
_UNSEEN = r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+"
_ZONE = {"en": ("", " HKT"), "zh": ("香港時間 ", "")}


def sentence(template: str, words: dict[str, dict[str, str]], language: str) -> str:
    """SQL giving a template with its slots filled from the columns of a finding.

    Args:
        template: text with slots like ``{value}``; ``{at}`` and ``{until}`` are instants with their
            zone, ``{on}`` and ``{until_on}`` the same as Hong Kong dates; ``{hours}`` is the value
            with its unit, ``{texts.x}`` the text that the rule's column ``texts`` (a map) holds under x.
        words: what ``{what}`` may be -> its text by language; anything else stands as it is.
        language: en or zh.
    """
    parts = []
    for index, piece in enumerate(_SLOT.split(template)):
        if index % 2:
            parts.append(_slot(piece, words, language))
        elif piece:
            parts.append(literal(piece))
    return " || ".join(parts) or "''"


def messages(clauses: list[Clause], language: str) -> str:
    """SQL choosing each code's sentence in one language."""
    cases = " ".join(
        f"WHEN {literal(clause.code)} THEN "
        f"{sentence(clause.texts['message'][language], clause.words, language)}"
        for clause in clauses
    )
    return f"CASE code {cases} END" if cases else "NULL::VARCHAR"


def _slot(name: str, words: dict[str, dict[str, str]], language: str) -> str:
    """One slot; an empty one shows as a dash, never as a missing sentence."""
    if name in {"value", "limit_value"}:
        return _number(name)
    if name == "hours":
        unit = "CASE value WHEN 1 THEN ' hour' ELSE ' hours' END" if language == "en" else "' 小時'"
        return f"{_number('value')} || {unit}"
    if name.startswith("texts."):
        # Marks that end a line or turn its direction do not reach the sentence.
        told = f"regexp_replace(texts[{literal(name[6:])}], {literal(_UNSEEN)}, ' ', 'g')"
        rest = f"CASE WHEN len({told}) > {_MOST_LETTERS} THEN ' ...' ELSE '' END"
        return f"coalesce({told}[:{_MOST_LETTERS}] || {rest}, '-')"
    if name in {"activity_id", "module_id"}:
        return f"coalesce(the_{name}, '-')"
    if name in {"at", "until"}:
        before, after = map(literal, _ZONE[language])
        return f"""coalesce({before} || replace("{name}"[:19], 'T', ' ') || {after}, '-')"""
    if name in {"on", "until_on"}:
        return f"""coalesce("{"at" if name == "on" else "until"}"[:10], '-')"""
    if name == "what" and words:
        cases = " ".join(
            f"WHEN {literal(word)} THEN {sentence(texts[language], {}, language)}"
            for word, texts in words.items()
        )
        return f"CASE what {cases} ELSE coalesce(what, '-') END"
    return f"coalesce({name}, '-')"


def _number(name: str) -> str:
    """A number without trailing zeros."""
    return f"coalesce(regexp_replace({name}::VARCHAR, '\\.?0+$', ''), '-')"
