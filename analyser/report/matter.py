"""What the argument about one credit row is made of: the row, what is known of it, and the lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analyser.report.behind import Behind
    from analyser.report.cards import Cards

Row = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One clause's part in the verdict.

    Attributes:
        clause: the paragraph.
        mark: ``ok``, ``no`` (a condition fails), ``held``, ``open`` or ``info``.
        text: the reading with its figures.
        source: file and line of the events it rests on, where it rests on some.
    """

    clause: str
    mark: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class Matter:
    """What is known about one credit row.

    Attributes:
        row: the row of `credits`.
        register: the register row in force at the credit date, if there is one.
        info: what the run was.
        unproven: codes of rules that could be applied to nobody, with the reason why.
        cards: what the scheme says about each code.
        behind: the events behind the row, where they can be made again.
        findings: the findings that stand in the row.
    """

    row: Row
    register: Row | None
    info: Row
    unproven: dict[str, str]
    cards: Cards
    behind: Behind | None = None
    findings: tuple[Row, ...] = ()

    @property
    def effects(self) -> dict[str, str]:
        """What each code of the scheme does to credit."""
        return {card["code"]: card["effect"] for card in self.info.get("clauses") or []}

    @property
    def codes(self) -> list[str]:
        """The row's codes."""
        return [code for code in (self.row["codes"] or "").split(";") if code]

    def does(self, code: str, severity: str) -> bool:
        """Whether a finding of the code does that to this row: one of another place may only be told."""
        return any(found["code"] == code and found["severity"] == severity for found in self.findings)

    def says(self, code: str) -> str:
        """What was found, and how the clause behind it is read."""
        return self.cards.plain(code, "title", "reading")
