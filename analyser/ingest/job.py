"""What is known while one file is being loaded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyser.ingest.tables import typed_table

if TYPE_CHECKING:
    import duckdb

    from analyser.ingest.scan import Scan
    from analyser.ingest.source import Source
    from analyser.schema.columns import Table


@dataclass
class Load:
    """One file on its way into the database.

    Attributes:
        connection: the audit database.
        source: the file.
        table: the input table its rows go to.
        scan: what its bytes show.
        file_id: its number.
        first_rid: row id of its first row.
        shifts: (row, physical line less row) from which on rows stand so many lines further on.
        spans: first line of a record of several lines -> how many.
        broken: how many lines were set aside as no records.
    """

    connection: duckdb.DuckDBPyConnection
    source: Source
    table: Table
    scan: Scan
    file_id: int
    first_rid: int
    shifts: list[tuple[int, int]] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)
    broken: int = 0

    @property
    def target(self) -> str:
        """The typed table."""
        return typed_table(self.table.name)
