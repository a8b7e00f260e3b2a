"""From what a mapping says about a cell to the SQL that gives its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.formats.base import entry_number, first_match
from analyser.store import literal

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

Origin = "Dictionary[str, str]"


def cell_columns(cell: Any) -> list[str]:
    """The columns a cell is made of, in lower case."""
    if isinstance(cell, str):
        return [cell.lower()]
    found = [*cell.get("any", []), *(cell[key] for key in ("column", "suffix", "times") if key in cell)]
    return [name.lower() for name in found]


def cell_sql(cell: Any, origin: Dictionary[str, str]) -> str:
    """SQL of a cell's text.

    Args:
        cell: a column's name, or a table with `column`, `any` or `text` and what is done to it.
        origin: column in lower case -> SQL; a column that is not there is null.
    """
    if isinstance(cell, dict) and "text" in cell:
        return literal(cell["text"])
    named = [cell] if isinstance(cell, str) else cell.get("any") or [cell["column"]]
    found = [origin[name.lower()] for name in named if name.lower() in origin]
    base = f"coalesce({', '.join(found)})" if len(found) > 1 else (found or ["NULL::VARCHAR"])[0]
    if isinstance(cell, str):
        return base
    if "pattern" in cell:
        patterns = [cell["pattern"]] if isinstance(cell["pattern"], str) else cell["pattern"]
        parts = [f"nullif(regexp_extract({base}, {literal(one)}, 1), '')" for one in patterns]
        base = f"coalesce({', '.join(parts)})" if len(parts) > 1 else parts[0]
    if values := cell.get("values"):
        keys = ", ".join(map(literal, values))
        words = ", ".join(literal(str(value)) for value in values.values())
        # A value that is not listed stays as it is, unless something else is said.
        rest = literal(cell["otherwise"]) if cell.get("otherwise") else base
        rest = "NULL" if cell.get("otherwise") == "" else rest
        known = f"MAP([{keys}], [{words}])[{base}]"
        base = f"CASE WHEN {base} IS NOT NULL THEN nullif(coalesce({known}, {rest}), '') END"
    if "times" in cell:
        factor = f"TRY_CAST({origin.get(cell['times'].lower(), 'NULL')} AS DECIMAL(18,7))"
        # A third is kept with seven digits; as marks it is compared with sums that have five.
        base = f"round(TRY_CAST({base} AS DECIMAL(18,7)) * {factor}, 5)::DECIMAL(18,5)::VARCHAR"
    if "suffix" in cell:
        base = f"{base} || '-' || {origin.get(cell['suffix'].lower(), 'NULL')}"
    return f"{literal(cell['prefix'])} || {base}" if "prefix" in cell else base


def tests_of(when: Any) -> list[dict[str, Any]]:
    """The conditions of a `when`: one table, or a list of which all must hold."""
    return when if isinstance(when, list) else [when]


def test_sql(test: Any, origin: Dictionary[str, str]) -> str:
    """SQL of conditions about single columns; false, never null."""
    if isinstance(test, list):
        return "(" + " AND ".join(test_sql(one, origin) for one in test) + ")"
    cell = origin.get(test["column"].lower(), "NULL::VARCHAR")
    if "is" in test:
        return f"{cell} IS {'NOT ' if test['is'] == 'present' else ''}NULL"
    if "not_matches" in test:
        return f"NOT coalesce(regexp_matches({cell}, {literal(test['not_matches'])}), false)"
    if "matches" in test:
        return f"coalesce(regexp_matches({cell}, {literal(test['matches'])}), false)"
    values = ", ".join(map(literal, test.get("in") or test.get("not_in") or [""]))
    inside = f"coalesce({cell} IN ({values}), false)"
    return f"NOT {inside}" if "not_in" in test else inside


def word_sql(table: dict[str, Any], name: str, body: str = "NULL") -> str:
    """SQL: the vocabulary's word for a system's name of an event; otherwise the name itself.

    Args:
        table: with lists `event` and `rule`.
        name: SQL giving the system's name.
        body: SQL giving the text that rules with `body` look into.
    """
    parts = []
    if entries := table.get("event", []):
        words = ", ".join(literal(entry["word"]) for entry in entries)
        parts.append(f"([{words}]::VARCHAR[])[{entry_number(entries, name)}]")
    if rules := table.get("rule", []):
        parts.append(first_match(rules, name, body))
    return f"coalesce({', '.join([*parts, name])})" if parts else name


def set_sql(table: dict[str, Any], column: str, name: str, otherwise: str) -> str:
    """SQL: what the entry of an event's name sets a column to, or what stands there otherwise."""
    entries = [entry for entry in table.get("event", []) if column in entry.get("set", {})]
    if not entries:
        return otherwise
    cases = " ".join(
        f"WHEN {name} IN ({', '.join(map(literal, entry['names']))}) THEN "
        + (literal(entry["set"][column]) if entry["set"][column] else "NULL")
        for entry in entries
    )
    return f"CASE {cases} ELSE {otherwise} END"
