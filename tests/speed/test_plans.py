"""What the engine expects of a table may be wrong by any factor; its plans must bear that."""

from contextlib import closing

import duckdb
import pytest

from analyser.store import connect

_SESSIONS = (
    "CREATE TEMP TABLE session AS SELECT n % 90 AS pid, n AS start_us, n + 60 AS end_us FROM range(900) t(n)"
)
# A comparison with a value of another table makes the engine expect next to nothing of it.
_LATEST = """
EXPLAIN WITH least AS (SELECT 10 AS us), long AS (FROM session, least WHERE end_us - start_us >= us)
FROM long a ASOF JOIN session b ON a.pid = b.pid AND a.end_us >= b.start_us
"""


def _plan(connection: duckdb.DuckDBPyConnection) -> str:
    connection.execute(_SESSIONS)
    ((_, plan),) = connection.execute(_LATEST).fetchall()
    return str(plan).upper()


def test_the_latest_of_many_is_not_found_by_comparing_each_with_each() -> None:
    with closing(connect(None)) as connection:
        assert "ASOF" in _plan(connection)


def test_left_to_itself_the_engine_does() -> None:
    """Once it does no longer, the setting can go."""
    with closing(duckdb.connect()) as connection:
        plan = _plan(connection)
    if "ASOF" in plan:
        pytest.fail("the setting asof_loop_join_threshold is no longer needed")
