"""Worked cases: a small case in tables, and what must come of it.

How they are written stands in tests/clauses/case_format.md.
"""

from __future__ import annotations

import csv
import datetime
import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analyser.errors import PolicyError
from analyser.rulebook.case_tables import LABEL, SHORT, USUAL, case_tables, moment
from analyser.rulebook.pipe_tables import Row, header_of, read_table
from analyser.schema.inputs import INPUTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

OUTCOMES = ("finding", "passed", "not assessable", "not asked")
_ORDER = {"intervals": "participant_id, start_at, session_id", "findings": "finding_id"}
_EXPECTED = ("credits", "findings", "periods", "intervals")
_KEYS = {"name", "each", "policy", "as_of", "expect", *INPUTS, *_EXPECTED}
_SHORT = {
    **SHORT,
    "minutes": "credited_minutes",
    "limit": "limit_value",
    "start": "start_at",
    "end": "end_at",
}
_AS_OF = "2026-12-31"


@dataclass(frozen=True)
class Case:
    """One worked case.

    Attributes:
        name: what it shows.
        code: the finding its rule makes; empty for a case of the kernel.
        expect: what the rule must say, one of `OUTCOMES`; empty for a case of the kernel.
        tables: input table -> rows.
        policy: TOML text of the values it changes.
        as_of: audit date.
        expected: result table -> rows, in order, with the columns that matter.
    """

    name: str
    code: str
    expect: str
    tables: dict[str, list[Row]]
    policy: str
    as_of: datetime.date
    expected: dict[str, list[Row]]

    def write(self, folder: Path) -> None:
        """Write the case folder."""
        for name, rows in self.tables.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, INPUTS[name].names, extrasaction="ignore", lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)

    @property
    def codes(self) -> frozenset[str] | None:
        """Findings that it looks at; None if it looks at all that credit rows have."""
        if any("codes" in row for row in self.expected.get("credits", ())):
            return None
        return frozenset({self.code, *(row.get("code", "") for row in self.expected.get("findings", ()))})

    @property
    def shown(self) -> dict[str, str]:
        """Result table that it looks at -> the query for its rows, in the order of the expected ones."""
        names = dict.fromkeys([*(("coverage", "findings") if self.code else ()), *self.expected])
        return {
            name: f'FROM "{name}"' + (f" ORDER BY {_ORDER[name]}" if name in _ORDER else "") for name in names
        }

    def labelled(self, actual: Mapping[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
        """Results whose evidence names the rows of input by their labels; rows of one label once."""
        labels = {
            f"{name}.csv:{line}": row[LABEL]
            for name, rows in self.tables.items()
            for line, row in enumerate(rows, start=2)
            if LABEL in row
        }
        findings = [
            row | {"evidence": ";".join(_names(row["evidence"].split(";"), labels))}
            for row in actual.get("findings", [])
        ]
        return {**actual, "findings": findings}

    def differences(self, actual: Mapping[str, list[dict[str, Any]]]) -> list[str]:
        """What came out otherwise than expected, one sentence each.

        Args:
            actual: each table of `shown` -> its rows.
        """
        sentences = list(self._verdict(actual["coverage"], actual["findings"])) if self.code else []
        for table, rows in self.expected.items():
            codes = {row["code"] for row in rows if "code" in row} or {self.code}
            found = [row for row in actual[table] if table != "findings" or row["code"] in codes]
            sentences += _compare(table, rows, found)
        return sentences

    def _verdict(self, coverage: list[dict[str, Any]], findings: list[dict[str, Any]]) -> Iterator[str]:
        passed, failed, not_assessable = (
            sum(row.get(verdict, 0) for row in coverage if row["code"] == self.code)
            for verdict in ("passed", "failed", "not_assessable")
        )
        asked = passed + failed + not_assessable
        is_met = {
            "finding": failed > 0,
            "passed": asked == passed > 0,
            "not assessable": asked == not_assessable > 0,
            "not asked": asked == 0,
        }
        if not is_met[self.expect]:
            counts = f"{passed} passed, {failed} failed, {not_assessable} not_assessable"
            yield f"{self.code}: expected {self.expect}, but of {asked} asked: {counts}."
        found = sum(row["code"] == self.code for row in findings)
        if "findings" not in self.expected and (found > 0) != (self.expect == "finding"):
            yield f"{self.code}: expected {self.expect}, but there are {found} findings."


def _names(places: list[str], labels: Mapping[str, str]) -> list[str]:
    """What places are called; one that stands there twice stays twice, so that it shows."""
    names = [labels.get(place, place) for place in places]
    return [
        name
        for n, (place, name) in enumerate(zip(places, names, strict=True))
        if name not in names[:n] or place in places[:n]
    ]


def load_cases(path: Path, code: str = "", usual: Mapping[str, Row] = USUAL) -> list[Case]:
    """The cases of a file.

    Args:
        path: a cases.toml.
        code: the finding of the clause it belongs to; empty for the kernel's.
        usual: table name -> cells that a row leaves out.

    Raises:
        PolicyError: a case cannot be read; the message names file and case.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"{path}: cannot be read ({error}).") from error
    cases = []
    for table in content.get("case", []):
        try:
            cases += [_case(text, code, usual) for text in _each({**content.get("usual", {}), **table})]
        except (KeyError, ValueError) as error:
            raise PolicyError(f"{path}: case {table.get('name', 'without a name')!r}: {error}.") from error
    return cases


def _each(texts: dict[str, str]) -> Iterator[dict[str, str]]:
    """The case once for each row of its table ``each``, with ``{column}`` replaced by the cell."""
    table = texts.pop("each", "")
    for row in read_table(table) or [{}]:
        filled = dict(texts)
        for name in header_of(table):
            filled = {key: text.replace(f"{{{name}}}", row.get(name, "")) for key, text in filled.items()}
        yield filled


def _case(texts: dict[str, str], code: str, usual: Mapping[str, Row]) -> Case:
    if left := re.search(r"\{\w+\}", " ".join(texts.values())):
        raise ValueError(f"its table each gives nothing for {left[0]}")
    if unknown := sorted(set(texts) - _KEYS):
        raise ValueError(f"has no place for {unknown[0]}")
    if code and texts.get("expect") not in OUTCOMES:
        raise ValueError(f"expect must be one of: {', '.join(OUTCOMES)}")
    return Case(
        name=texts["name"],
        code=code,
        expect=texts.get("expect", ""),
        tables=case_tables({name: text for name, text in texts.items() if name in INPUTS}, usual),
        policy=texts.get("policy", ""),
        as_of=datetime.date.fromisoformat(texts.get("as_of", _AS_OF)),
        expected={name: _wanted(texts[name]) for name in _EXPECTED if name in texts},
    )


def _wanted(text: str) -> list[Row]:
    return [] if text.strip() == "none" else _with_empty_cells(text)


def _with_empty_cells(text: str) -> list[Row]:
    rows = []
    for row in read_table(text):
        full = {_SHORT.get(name, name): row.get(name, "") for name in header_of(text)}
        if "activity_id" in full:
            full["activity_id"], _, full["module_id"] = full["activity_id"].partition("/")
        rows.append({name: "" if cell == "-" else cell for name, cell in full.items()})
    return rows


def _compare(table: str, wanted: list[Row], actual: list[dict[str, Any]]) -> Iterator[str]:
    if len(wanted) != len(actual):
        yield f"{table}: {len(actual)} rows, expected {len(wanted)}{_brief(wanted, actual)}."
        return
    for number, (expected, row) in enumerate(zip(wanted, actual, strict=True), start=1):
        for name, cell in expected.items():
            if name not in row:
                yield f"{table} has no column {name}."
            elif _shown(row[name]) != _meant(name, cell):
                is_now = _shown(row[name]) or "empty"
                yield f"{table} row {number}: {name} is {is_now}, expected {cell or 'empty'}."


def _brief(wanted: list[Row], actual: list[dict[str, Any]]) -> str:
    names = list(wanted[0]) if wanted else ["code"] if actual and "code" in actual[0] else []
    shown = "; ".join(" ".join(_shown(row.get(name)) or "-" for name in names) for row in actual[:20])
    return f": {shown}" if shown.strip() else ""


def _meant(name: str, cell: str) -> str:
    if name == "codes":
        return cell.replace(" ", "")
    if cell and (name.endswith("_at") or name in {"at", "until"}):
        at = moment(cell)
        return at.isoformat(timespec="microseconds" if at.microsecond else "seconds")
    return cell


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return str(value)
