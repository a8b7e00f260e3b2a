"""A read-only view of an assessed database: what reports and notebooks see."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    import pyarrow as pa


class Results:
    """The result tables of one run, by name (see `analyser.schema.results`).

    Besides the result tables the registers (`activities`, `participants`, `items`,
    `certificates`, `venues`) and `event` can be read.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Rows of a query as dictionaries; meant for small answers."""
        cursor = self._connection.execute(sql, list(parameters))
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def arrow(self, sql: str, parameters: Sequence[object] = ()) -> pa.Table:
        """A query's answer as an Arrow table."""
        return self._connection.sql(sql, params=list(parameters)).to_arrow_table()

    @property
    def info(self) -> dict[str, Any]:
        """What the run was: case, scheme, as_of, policy in full, versions, counts, digest."""
        return {row["key"]: json.loads(row["value"]) for row in self.rows("FROM run_info")}
