"""What the source of a scheme asks, paragraph by paragraph, and who answers: rules, a figure, or people."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from analyser.errors import PolicyError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from analyser.rulebook.clauses import Clause

Texts = dict[str, str]
_KEYS = frozenset({"no", "asks", "rules", "figure", "see", "people", "nothing"})
_ANSWERS = ("rules", "figure", "see", "people", "nothing")
_LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the source, or some that follow each other and are answered alike.

    Attributes:
        no: its number, or the first and the last one, like ``2.38-2.41``.
        numbers: every number that stands for.
        asks: what it asks, in our words, by language.
        codes: the rules that examine it.
        figure: where the outputs show it, by language; empty if they do not.
        see: numbers under which it is answered.
        people: what is left to people and why, by language; empty if nothing is.
    """

    no: str
    numbers: tuple[str, ...]
    asks: Texts
    codes: tuple[str, ...]
    figure: Texts
    see: tuple[str, ...]
    people: Texts

    @property
    def described(self) -> dict[str, Any]:
        """The paragraph as reports read it."""
        return asdict(self)


def load_guideline(path: Path, clauses: Iterable[Clause]) -> list[Paragraph]:
    """The paragraphs of a scheme's source, in its order; none without the file.

    Raises:
        PolicyError: entries with faults, or rules and entries that do not match; all of them are listed.
    """
    if not path.is_file():
        return []
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{path}: not valid TOML ({error}).") from error
    entries, reasons = content.get("paragraph", []), content.get("reason", {})
    codes: dict[str, list[str]] = {}
    for clause in clauses:
        codes.setdefault(clause.clause, []).append(clause.code)
    faults = [fault for entry in entries for fault in _faults(entry, reasons, codes)]
    faults += _faults_between(entries, codes)
    if faults:
        raise PolicyError(f"{path}: {'; '.join(faults)}.")
    return [_paragraph(entry, reasons, codes) for entry in entries]


def numbers_of(no: str) -> tuple[str, ...]:
    """Every number of an entry: ``2.9-2.11`` stands for 2.9, 2.10 and 2.11; none if it is no number."""
    first, _, last = no.partition("-")
    if not re.fullmatch(r"[A-Z]+\d*|\d+(\.\d+)+", first):
        return ()
    if not last:
        return (first,)
    (stem, low), (other, high) = _split(first), _split(last)
    is_range = stem == other and low.isdecimal() and high.isdecimal() and int(low) < int(high)
    return tuple(f"{stem}{number}" for number in range(int(low), int(high) + 1)) if is_range else ()


def _split(number: str) -> tuple[str, str]:
    stem, dot, last = number.rpartition(".")
    return stem + dot, last


def _faults(entry: dict[str, Any], reasons: dict[str, Texts], codes: dict[str, list[str]]) -> list[str]:
    no = str(entry.get("no", "an entry without no"))
    texts = {"asks": entry.get("asks"), "figure": entry.get("figure", {}), "people": entry.get("people", {})}
    if isinstance(texts["people"], str):
        texts["people"] = reasons.get(texts["people"], {"": f"reason {texts['people']} is not there"})
    faults = [f"unknown key {key}" for key in sorted(entry.keys() - _KEYS)]
    if not numbers_of(no):
        faults.append("is no number or range")
    for name, text in texts.items():
        if text != {} and not (isinstance(text, dict) and all(text.get(which) for which in _LANGUAGES)):
            faults.append(f"{name} is not there in both languages")
    if not any(entry.get(answer) for answer in _ANSWERS):
        faults.append(f"says none of {', '.join(_ANSWERS)}")
    if entry.get("nothing") and any(entry.get(answer) for answer in _ANSWERS[:-1]):
        faults.append("asks nothing and is answered")
    has_rules = any(number in codes for number in numbers_of(no))
    if has_rules != bool(entry.get("rules")):
        faults.append("has rules and does not say so" if has_rules else "says rules and has none")
    return [f"{no}: {fault}" for fault in faults]


def _faults_between(entries: list[dict[str, Any]], codes: dict[str, list[str]]) -> list[str]:
    told = Counter(number for entry in entries for number in numbers_of(str(entry.get("no", ""))))
    faults = [f"{number}: stands in {times} entries" for number, times in told.items() if times > 1]
    faults += [f"{number}: has rules and no entry" for number in sorted(codes.keys() - told.keys())]
    return faults + [
        f"{entry['no']}: leads to {number}, which is not there"
        for entry in entries
        for number in entry.get("see", ())
        if number not in told
    ]


def _paragraph(entry: dict[str, Any], reasons: dict[str, Texts], codes: dict[str, list[str]]) -> Paragraph:
    people = entry.get("people", {})
    numbers = numbers_of(entry["no"])
    return Paragraph(
        no=entry["no"],
        numbers=numbers,
        asks=entry["asks"],
        codes=tuple(code for number in numbers for code in codes.get(number, ())),
        figure=entry.get("figure", {}),
        see=tuple(entry.get("see", ())),
        people=reasons[people] if isinstance(people, str) else people,
    )
