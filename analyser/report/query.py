"""SQL of the reports: one file per question in `sql/`, read when asked."""

from __future__ import annotations

from functools import cache
from importlib import resources
from string import Template
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyser.results import Results


def query(name: str, **parts: str) -> str:
    """The text of ``sql/NAME.sql`` with its ``$part`` places filled in.

    Parts are identifiers, file names and expressions made by this package; values that
    a user typed go in as query parameters, never here.
    """
    return Template(_text(name)).substitute(parts)


@cache
def _text(name: str) -> str:
    return (resources.files(__package__) / "sql" / f"{name}.sql").read_text("utf-8").strip()


def quoted(identifier: str) -> str:
    """An identifier, safe inside SQL."""
    return '"' + identifier.replace('"', '""') + '"'


def columns(results: Results, relation: str) -> dict[str, str]:
    """The columns of a relation and their types, in order; empty if there is no such table.

    Args:
        results: where to look.
        relation: a table's name, or a ``read_parquet(...)`` call.
    """
    if not relation.startswith("read_parquet(") and relation not in tables(results):
        return {}
    rows = results.rows(query("columns", relation=relation))
    return {str(row["column_name"]): str(row["column_type"]) for row in rows}


def tables(results: Results) -> set[str]:
    """Names of the tables and views that are there."""
    return {str(row["table_name"]) for row in results.rows(query("tables"))}


def ask(results: Results, name: str, parameters: Sequence[object] = (), **parts: str) -> list[dict[str, Any]]:
    """Rows of the query ``sql/NAME.sql``."""
    return results.rows(query(name, **parts), parameters)
