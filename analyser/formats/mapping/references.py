"""Files of an export that refer to each other: what one keeps for the others, and how they look it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.ingest.project import instant_us
from analyser.schema.inputs import EXPORT_KEYS
from analyser.store import literal

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

Table = dict[str, Any]
_KEPT = tuple(name for name in EXPORT_KEYS.names if name not in {"kind", "key"})


def joined_columns(table: Table) -> dict[str, str]:
    """Columns a mapping may name that no line has -> the name their text has in the SQL.

    They are ``as.column`` of every join, `away_s` of a pair and `piece` of a split cell.
    """
    own = {"away_s": "away_s"} if "pair" in table else {}
    own |= {"piece": "m_piece"} if any("split" in row for row in table.get("row", [])) else {}
    names = [(join["as"], name) for join in table.get("join", []) for name in _KEPT]
    return own | {f"{alias}.{name}": f"{alias}_{name}" for alias, name in names}


def join_sql(table: Table, select: str, origin: Dictionary[str, str]) -> str:
    """SQL: the lines with what other files of the export say about them; none is lost.

    Args:
        table: the mapping; each `join` has `kind`, `key` (a column) and `as`.
        select: SQL giving the lines.
        origin: column in lower case -> SQL.
    """
    for number, join in enumerate(table.get("join", [])):
        # A key may be what an earlier join found.
        key = origin.get(join["key"].lower(), "NULL")
        names = ", ".join(f"r{number}.{name} AS {join['as']}_{name}" for name in _KEPT)
        select = (
            f"(SELECT j{number}.*, {names} FROM {select} j{number} LEFT JOIN export_reference r{number} "
            f"ON r{number}.kind = {literal(join['kind'])} AND r{number}.key = {key})"
        )
    return select


def pair_sql(table: Table, select: str, origin: Dictionary[str, str]) -> str:
    """SQL: the lines with `away_s`, the seconds since the line that opened what this one closes.

    Args:
        table: the mapping; `pair` has `time`, `column`, `opens`, `closes` (values of it) and `by`.
        select: SQL giving the lines.
        origin: column in lower case -> SQL.
    """
    pair = table.get("pair")
    if not pair:
        return select
    column, at = (
        origin.get(pair["column"].lower(), "NULL"),
        instant_us(origin.get(pair["time"].lower(), "NULL")),
    )
    both = ", ".join(map(literal, [*pair["opens"], *pair["closes"]]))
    opens, closes = (", ".join(map(literal, pair[key])) for key in ("opens", "closes"))
    by = ", ".join(origin.get(name.lower(), "NULL") for name in pair["by"])
    marked = (
        f"(SELECT *, lag(p_at) OVER w AS p_from, lag(p_word) OVER w AS p_last "
        f"FROM (SELECT *, {at} AS p_at, {column} AS p_word, coalesce({column} IN ({both}), false) AS p_is "
        f"FROM {select}) WINDOW w AS (PARTITION BY p_is, {by} ORDER BY p_at, p_word, m_line))"
    )
    away = f"p_is AND p_word IN ({closes}) AND p_last IN ({opens})"
    seconds = f"CASE WHEN {away} THEN ((p_at - p_from)::DECIMAL(18,0) / 1000000)::DECIMAL(18,6)::VARCHAR END"
    return f"(SELECT *, {seconds} AS away_s FROM {marked})"


def reference_sql(table: Table, select: str, origin: Dictionary[str, str]) -> str | None:
    """SQL: what the lines are for other files; None if nothing refers to them.

    Args:
        table: the mapping; `reference` has `kind` and, for columns of references, columns of the file.
        select: SQL giving the lines.
        origin: column in lower case -> SQL.
    """
    kept = table.get("reference")
    if not kept:
        return None
    names = ", ".join(f"{origin.get(column.lower(), 'NULL')} AS {name}"
                      for name, column in kept.items() if name != "kind")  # fmt: skip
    return f"SELECT {literal(kept['kind'])} AS kind, {names} FROM {select}"
