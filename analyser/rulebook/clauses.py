"""Clause folders: a card in words, a query, worked cases."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyser.errors import PolicyError
from analyser.rulebook.relations import Relation, load_file
from analyser.schema.inputs import INPUTS

if TYPE_CHECKING:
    from pathlib import Path

TIERS = ("breach", "indicator", "observation")
# Whose demand a rule is: the guideline's, our reading's, or it follows from an event that is nobody's fault.
GROUNDS = ("guideline", "reading", "circumstance")
EFFECTS = ("not_earned", "reduce", "hold", "note")
_TEXTS = ("title", "asks", "reading", "message", "benign")
# Why nothing could be asked; the table's name follows.
NO_TABLE = "the case has no table "
_FIELDS = ("code", "clause", "tier", "effect", "subject", *_TEXTS)


@dataclass(frozen=True)
class Clause:
    """One rule: what the guideline asks, how it is read, and the query that checks it.

    Attributes:
        code: the finding it makes.
        clause: paragraph of the guideline.
        tier: breach (a rule failed), indicator (statistical) or observation (data quality).
        effect: what a finding does to credit: not_earned, reduce, hold or note.
        subject: what the query asks about, one row each.
        texts: title, asks, reading, message, benign; each by language.
        words: what the query's column ``what`` may say -> its sentence part, by language.
        ground: whose demand it is, one of `GROUNDS`.
        is_dated: the times of its findings are dates.
        needs: input tables without which nothing can be asked; if one is empty, that is said.
        rule: the query.
        folder: where it stands.
    """

    code: str
    clause: str
    tier: str
    effect: str
    subject: str
    texts: dict[str, dict[str, str]]
    words: dict[str, dict[str, str]]
    ground: str
    is_dated: bool
    needs: tuple[str, ...]
    rule: Relation
    folder: Path

    @property
    def decides(self) -> bool:
        """Whether what it finds may change credit."""
        return self.effect != "note" or re.search(r"\bAS effect\b", self.rule.sql) is not None

    @property
    def described(self) -> dict[str, Any]:
        """The card as reports read it."""
        names = ("clause", "code", "tier", "effect", "ground", "is_dated")
        return {name: getattr(self, name) for name in names} | self.texts


def load_clauses(folder: Path) -> list[Clause]:
    """Every clause folder of a scheme, in order of clause and code.

    Raises:
        PolicyError: cards with faults; all of them are listed.
    """
    faults: list[str] = []
    clauses = []
    for path in sorted(folder.iterdir()):
        if (path / "clause.toml").is_file():
            card = tomllib.loads((path / "clause.toml").read_text(encoding="utf-8"))
            found = _card_faults(card)
            if not (path / "rule.sql").is_file():
                found.append("no rule.sql")
            faults += [f"{path.name}: {fault}" for fault in found]
            if not found:
                clauses.append(_clause(path, card))
    if faults:
        raise PolicyError("; ".join(faults) + ".")
    return sorted(clauses, key=lambda clause: (_paragraph(clause.clause), clause.code))


def _card_faults(card: dict[str, Any]) -> list[str]:
    faults = [f"no {name}" for name in _FIELDS if name not in card]
    for name in _TEXTS:
        texts = card.get(name, {})
        faults += [f"{name} has no {language}" for language in ("en", "zh") if not texts.get(language)]
    if card.get("tier") not in TIERS:
        faults.append(f"tier is none of {', '.join(TIERS)}")
    if card.get("effect") not in EFFECTS:
        faults.append(f"effect is none of {', '.join(EFFECTS)}")
    if card.get("ground", GROUNDS[0]) not in GROUNDS:
        faults.append(f"ground is none of {', '.join(GROUNDS)}")
    for word, texts in card.get("words", {}).items():
        faults += [f"word {word} has no {language}" for language in ("en", "zh") if not texts.get(language)]
    return faults + [f"needs no table {name}" for name in card.get("needs", ()) if name not in INPUTS]


def _clause(path: Path, card: dict[str, Any]) -> Clause:
    return Clause(
        code=card["code"],
        clause=card["clause"],
        tier=card["tier"],
        effect=card["effect"],
        subject=card["subject"],
        texts={name: card[name] for name in _TEXTS},
        words=card.get("words", {}),
        ground=card.get("ground", GROUNDS[0]),
        is_dated=card.get("dated", False),
        needs=tuple(card.get("needs", ())),
        rule=load_file(path / "rule.sql", name=path.name),
        folder=path,
    )


def _paragraph(clause: str) -> tuple[tuple[str, int], ...]:
    """Sorts 2.9 before 2.10, and annexes (A2) after every paragraph."""
    parts = (re.fullmatch(r"([A-Z]?)(\d+)", part) for part in clause.split("."))
    return tuple((part[1], int(part[2])) for part in parts if part)
