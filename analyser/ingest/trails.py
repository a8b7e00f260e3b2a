"""Whether a case is one of the scheme it is to be assessed by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.errors import AnalyserError
from analyser.ingest.tables import typed_table
from analyser.rulebook.scheme import scheme_trails
from analyser.schema.inputs import TRAILS

if TYPE_CHECKING:
    import duckdb

    from analyser.rulebook.scheme import Scheme


def check_trail(connection: duckdb.DuckDBPyConnection, scheme: Scheme) -> None:
    """Refuse to judge a case by rules that rest on another trail: they could only find nothing there.

    Raises:
        AnalyserError: the scheme's trail is empty and another one is not.
    """
    if scheme.trail not in TRAILS or _has_rows(connection, scheme.trail):
        return
    others = [trail for trail in TRAILS if _has_rows(connection, trail)]
    names = [name for name, trail in scheme_trails().items() if trail in others]
    if names:
        raise AnalyserError(
            f"{scheme.name} rests on {scheme.trail}, and the case has none, but it has "
            f"{' and '.join(others)}; name the scheme it belongs to: --scheme {' or --scheme '.join(names)}."
        )


def _has_rows(connection: duckdb.DuckDBPyConnection, trail: str) -> bool:
    table = typed_table(trail)
    return bool(connection.execute(f"SELECT 1 FROM {table} WHERE fault IS NULL LIMIT 1").fetchall())
