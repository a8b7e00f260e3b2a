"""The words of the reports in both languages, from one file (`words.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

from analyser.errors import AnalyserError
from analyser.report.text import humanised, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What kernel/results/ingest.sql says of the times of a file.
_WRITTEN = "as written"
_ASSUMED = re.compile(r"Asia/Hong_Kong assumed, rows: (?P<rows>\d+)")
LANGUAGES = {"en": ("en",), "zh-Hant": ("zh-Hant",), "both": ("en", "zh-Hant")}


class Html(str):
    """HTML made by this package, whose data has been escaped; templates leave it as it is."""

    def __html__(self) -> str:
        """What template engines ask for before they escape."""
        return str(self)


class Words:
    """Looks texts up by dotted key, in one language or in both.

    A text may have places like ``{count}``. What fills them is data: it is escaped for HTML and
    its control codes are made visible. A mapping of language to text fills by language.
    """

    def __init__(self, language: str, own: Mapping[str, Any] | None = None) -> None:
        """Takes ``en``, ``zh-Hant`` or ``both``, and a scheme's own words in place of the usual."""
        if language not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            raise AnalyserError(f"Reports have no language {plain(language)!r}; choose {known}.")
        self.languages = LANGUAGES[language]
        self._texts = _texts() | _flat(own or {})

    def __contains__(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in self._texts

    def texts(self, key: str, **values: object) -> dict[str, str]:
        """The text by language, as plain text."""
        return {
            language: self._texts[key][language].format_map(
                {name: _value(value, language) for name, value in values.items()}
            )
            for language in self.languages
        }

    def plain(self, key: str, **values: object) -> str:
        """The text as plain text; both languages parted by a slash."""
        return " / ".join(self.texts(key, **values).values())

    def html(self, key: str, **values: object) -> str:
        """The text as HTML, each language in its own element."""
        return self.tagged(self.texts(key, **values))

    def tagged(self, texts: Mapping[str, str]) -> str:
        """HTML of given texts by language, escaped."""
        return "".join(
            f'<span lang="{language}">{escape(texts[language])}</span>' for language in self.languages
        )

    def named(self, group: str, name: object) -> dict[str, str]:
        """The words for a value of a closed list, or the value itself where it is new."""
        key = f"{group}.{name}"
        return self.texts(key) if key in self else dict.fromkeys(self.languages, humanised(str(name)))

    def both(self, texts: Mapping[str, str] | None, fallback: object = "–") -> dict[str, str]:
        """Texts of the scheme (``en``, ``zh``) by language; what is missing is stood in for."""
        mine = {"en": (texts or {}).get("en"), "zh-Hant": (texts or {}).get("zh")}
        return {language: plain(mine[language] or fallback) for language in self.languages}

    def listed(self, names: Iterable[object]) -> dict[str, str]:
        """Names of the data one after the other, by language."""
        whole = [plain(name) for name in names]
        joint = {"en": ", ", "zh-Hant": "、"}
        return {language: joint[language].join(whole) for language in self.languages}

    def reasons(self, why: str | None) -> dict[str, str]:
        """Why something could not be assessed: the reasons of a cell of coverage, one by one."""
        parts = [
            self.named("because", part) if f"because.{part}" in self else dict.fromkeys(self.languages, part)
            for part in (why or "–").split("; ")
        ]
        joint = {"en": "; ", "zh-Hant": "；"}
        return {
            language: joint[language].join(part[language] for part in parts) for language in self.languages
        }

    def zone(self, told: str) -> dict[str, str]:
        """How the times of a file were read, as the table ingest says it."""
        assumed = _ASSUMED.fullmatch(told)
        if assumed:
            return self.texts("zone.assumed", rows=assumed["rows"])
        return self.texts("zone.written") if told == _WRITTEN else dict.fromkeys(self.languages, plain(told))

    def noted(self, sentence: str) -> dict[str, str]:
        """A sentence that the reading of a file left; one without Chinese stands as it is."""
        for key, pattern in _noted():
            if found := pattern.fullmatch(sentence):
                return self.texts(key, **found.groupdict())
        return dict.fromkeys(self.languages, plain(sentence))

    def rejected(self, column: str | None, reason: str) -> dict[str, str]:
        """Why a row could not be used; a reason that holds something of the file stands as it is."""
        lead = f"{column} " if column and reason.startswith(f"{column} ") else ""
        key = f"rejected.{reason.removeprefix(lead)}"
        texts = self.texts(key) if key in self else dict.fromkeys(self.languages, reason.removeprefix(lead))
        return {language: lead + text for language, text in texts.items()}

    def keys(self) -> Iterator[str]:
        """All keys there are."""
        return iter(self._texts)


def _value(value: object, language: str) -> str:
    return plain(value[language] if isinstance(value, Mapping) else value)


@cache
def _texts() -> dict[str, dict[str, str]]:
    folder = resources.files(__package__)
    texts: dict[str, dict[str, str]] = {}
    for name in ("words.toml", "said.toml"):
        texts |= _flat(tomllib.loads((folder / name).read_text("utf-8")))
    return texts


@cache
def _noted() -> list[tuple[str, re.Pattern[str]]]:
    """The sentences of the group noted, each as a pattern that finds its places again."""
    return [
        (key, re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(text["en"])), re.DOTALL))
        for key, text in _texts().items()
        if key.startswith("noted.")
    ]


def _flat(groups: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {
        f"{group}.{name}": {"en": text["en"], "zh-Hant": text["zh"]}
        for group, entries in groups.items()
        for name, text in entries.items()
    }
