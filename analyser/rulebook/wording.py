"""A card's sentences as SQL expressions, so that no row passes through Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyser.store import literal

if TYPE_CHECKING:
    from analyser.rulebook.clauses import Clause

SLOTS = (
    "value", "limit_value", "attempt_id", "session_id", "at", "until", "on", "until_on",
    "activity_id", "module_id", "what",
)  # fmt: skip
# An activity without modules has none to name; of a unit English has another word for one.
_SLOT = re.compile(
    rf"(?P<of>, module |、單元 )?\{{(?P<name>{'|'.join(SLOTS)}|texts\.\w+)\}}"
    r"(?P<unit> (?:days|hours|minutes|points|questions)\b)?"
)
_NUMBERS = frozenset({"value", "limit_value"})
_INSTANTS = frozenset({"at", "until"})
# What is told from a file keeps to one line and does not bury the sentence.
_MOST_LETTERS = 120
_UNSEEN = r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+"
_ZONE = {"en": ("", " HKT"), "zh": ("香港時間 ", "")}


def sentence(template: str, words: dict[str, dict[str, str]], language: str) -> str:
    """SQL giving a template with its slots filled from the columns of a finding.

    Args:
        template: text with slots like ``{value}``; ``{at}`` and ``{until}`` are instants with their
            zone, ``{on}`` and ``{until_on}`` the same as Hong Kong dates; ``{texts.x}`` is
            the text that the rule's column ``texts`` (a map) holds under x.
        words: what ``{what}`` may be -> its text by language; anything else stands as it is.
        language: en or zh.
    """
    parts, end = [], 0
    for found in _SLOT.finditer(template):
        before = template[end : found.start()]
        # The zone that an instant begins with is Chinese itself, and Chinese needs no space after Chinese.
        spaced = language != "zh" or found["name"] not in _INSTANTS
        parts.append(literal(before if spaced else before.rstrip(" ")))
        parts += _place(found, words, language)
        end = found.end()
    parts.append(literal(template[end:]))
    return " || ".join(part for part in parts if part != "''") or "''"


def _place(found: re.Match[str], words: dict[str, dict[str, str]], language: str) -> list[str]:
    """A slot with what goes with it: the word module before it, a unit after it."""
    name, lead, unit = found["name"], found["of"] or "", found["unit"] or ""
    if lead and name == "module_id":
        parts = [f"coalesce({literal(lead)} || the_module_id, '')"]
    else:
        parts = [literal(lead), _slot(name, words, language)]
    if unit and name in _NUMBERS:
        return [*parts, f"CASE WHEN {name} = 1 THEN {literal(unit[:-1])} ELSE {literal(unit)} END"]
    return [*parts, literal(unit)]


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
    if name in _NUMBERS:
        # Numbers without trailing zeros.
        return f"coalesce(regexp_replace({name}::VARCHAR, '\\.?0+$', ''), '-')"
    if name.startswith("texts."):
        # Marks that end a line or turn its direction do not reach the sentence.
        told = f"regexp_replace(texts[{literal(name[6:])}], {literal(_UNSEEN)}, ' ', 'g')"
        rest = f"CASE WHEN len({told}) > {_MOST_LETTERS} THEN ' ...' ELSE '' END"
        return f"coalesce({told}[:{_MOST_LETTERS}] || {rest}, '-')"
    if name in {"activity_id", "module_id"}:
        return f"coalesce(the_{name}, '-')"
    if name in _INSTANTS:
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
