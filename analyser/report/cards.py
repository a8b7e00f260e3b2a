"""What a scheme's cards say about each code: title, reading, honest explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.report.text import humanised, shortened

if TYPE_CHECKING:
    from analyser.report.words import Words

LONGEST = 1500


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

    def plain(self, code: str, *parts: str) -> str:
        """Parts of a card as plain text, one sentence after the other."""
        texts = [self.texts(code, part) for part in parts if code in self._cards] or [
            self.texts(code, "title")
        ]
        return " / ".join(
            ". ".join(text[language].rstrip(".。") for text in texts) + "."
            for language in self._words.languages
        )
