"""What a scheme's cards say about each code: title, reading, honest explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.report.text import day, humanised, moment, shortened

if TYPE_CHECKING:
    from analyser.report.words import Words

LONGEST = 1500
_STOP = {"en": ". ", "zh-Hant": "。"}


class Cards:
    """The cards of the scheme that made the results, in the languages of a report."""

    def __init__(self, info: dict[str, Any], words: Words) -> None:
        """Takes what the run was, which carries its cards."""
        self._words = words
        self._cards = {card["code"]: card for card in info.get("clauses") or [] if "code" in card}

    def texts(self, code: str, part: str, fallback: str | None = None) -> dict[str, str]:
        """One part of a card by language.

        Args:
            code: the finding.
            part: ``title``, ``asks``, ``reading`` or ``benign``.
            fallback: what to say where there is no such card; the code in words if nothing.
        """
        card = self._cards.get(code, {}).get(part) or {}
        other = fallback or card.get("en") or card.get("zh") or humanised(code or "–")
        mine = {"en": card.get("en"), "zh-Hant": card.get("zh")}
        return {language: shortened(mine[language] or other, LONGEST) for language in self._words.languages}

    def ground(self, code: str) -> str | None:
        """Whose demand a rule is where it is not the guideline's own: reading or circumstance."""
        ground = self._cards.get(code, {}).get("ground")
        return ground if ground in {"reading", "circumstance"} else None

    def tier(self, code: str, tier: str) -> dict[str, str]:
        """What a finding is called: its tier, or why it is no breach of anybody's duty."""
        ground = self.ground(code) if tier == "breach" else None
        return self._words.named("ground", ground) if ground else self._words.named("tier", tier)

    def times(self, code: str, at: str | None, until: str | None) -> str:
        """When a finding was, in Hong Kong time; dates as dates, and no end that lies before its begin."""
        show = day if self._cards.get(code, {}).get("is_dated") else moment
        return f"{show(at)} – {show(until)}" if at and until and until > at else show(at)

    def plain(self, code: str, *parts: str) -> str:
        """Parts of a card as plain text, one sentence after the other."""
        texts = [self.texts(code, part) for part in parts if code in self._cards] or [
            self.texts(code, "title")
        ]
        return " / ".join(
            _STOP[language].join(text[language].rstrip(".。") for text in texts) + _STOP[language].rstrip()
            for language in self._words.languages
        )
