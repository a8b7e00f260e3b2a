"""Lines that become several rows: they are kept as they stand first, each with its line number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.arrays import arrow_table, texts, whole_numbers

if TYPE_CHECKING:
    import duckdb

    from analyser.ingest.readings import Reading
    from analyser.ingest.records import Batch


def stage(connection: duckdb.DuckDBPyConnection, relation: str, reading: Reading) -> int:
    """Take a file's lines in by the fast reader; how many there are."""
    first = reading.header_lines + 1
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE staged AS SELECT row_number() OVER () + {first - 1} AS m_line, * "
        f"FROM {relation}"
    )
    ((count,),) = connection.execute("SELECT count(*) FROM staged").fetchall()
    return int(count)


def has_blank(connection: duckdb.DuckDBPyConnection, skip: str) -> bool:
    """Whether an empty line is among them."""
    return bool(connection.execute(f"SELECT 1 FROM staged WHERE {skip} LIMIT 1").fetchall())


def add(
    connection: duckdb.DuckDBPyConnection, columns: tuple[str, ...], batch: Batch, *, is_first: bool
) -> None:
    """Take lines in that the careful reader found."""
    cells = list(map(list, zip(*batch.rows, strict=True))) or [[] for _ in columns]
    arrays = [whole_numbers(batch.lines), *map(texts, cells)]
    connection.register("batch", arrow_table(["m_line", *columns], arrays))
    what = "CREATE OR REPLACE TEMP TABLE staged AS" if is_first else "INSERT INTO staged"
    connection.execute(f"{what} FROM batch")
    connection.unregister("batch")


def rows(reading: Reading) -> str:
    """SQL: the rows that come of the staged lines."""
    return str(reading.spread).replace("{rows}", "staged")


def number_lines(connection: duckdb.DuckDBPyConnection, file_id: int, reading: Reading) -> None:
    """Note which line each row comes of, where the distance between the two changes."""
    connection.execute(
        "INSERT INTO line_shift SELECT ?, n, m_line - n FROM ("
        "SELECT m_line, row_number() OVER (ORDER BY m_line, m_part) - 1 AS n "
        f"FROM ({reading.spread_lines.replace('{rows}', 'staged')})) QUALIFY m_line - n IS "
        f"DISTINCT FROM lag(m_line - n) OVER (ORDER BY n)",
        [file_id],
    )


def drop(connection: duckdb.DuckDBPyConnection) -> None:
    """Forget the lines."""
    connection.execute("DROP TABLE staged")
