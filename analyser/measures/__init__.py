"""Other projects' measures of attention, from the same events, each with its own parameters.

They decide no credit. They are there to compare with: whoever knows a clip's watched seconds or a
page's engaged time from another tool can see what this case's events give by that tool's rule.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Viewings:
    """Parameters of `viewings`, all in seconds.

    Attributes:
        shortest_s: a shorter viewing is none.
        farthest_s: a position beyond it cannot be.
        beyond_s: how far a position may lie beyond a known end.
    """

    shortest_s: float = 0.25
    farthest_s: float = 36_000
    beyond_s: float = 1


@dataclass(frozen=True)
class Engagement:
    """Parameters of `engaged`, all in seconds.

    Attributes:
        heartbeat_s: how often a page says that it is looked at.
        visit_s: what the first of these stands for.
        late_s: a heartbeat so long after its page was opened belongs to no view.
    """

    heartbeat_s: int = 10
    visit_s: int = 5
    late_s: int = 21_600


@dataclass(frozen=True)
class Dedication:
    """Parameters of `dedicated`, in seconds.

    Attributes:
        limit_s: a longer gap begins another sitting.
        ignored_s: a sitting must be longer to be listed.
    """

    limit_s: int = 3600
    ignored_s: int = 120


def viewings(connection: duckdb.DuckDBPyConnection, acts: str, parameters: Viewings) -> Rows:
    """Runs of a clip from a play to the pause, stop or seek that ends it.

    Args:
        connection: where the table of acts is.
        acts: its name; columns `who`, `clip`, `at_us`, `act` (play, pause, stop, seek or another word),
            `position` (text, seconds; of a seek the new one), `origin` (of a seek the old one), `length_s`.
        parameters: what counts.

    Returns:
        (who, clip, start in microseconds, from and to in seconds, act that ended it), in this order.
    """
    return _run(connection, "viewing", acts, asdict(parameters))


def watched_seconds(connection: duckdb.DuckDBPyConnection, acts: str) -> Rows:
    """How often each second of a clip was watched: from each play to the last end before the next play.

    Args:
        connection: where the table of acts is.
        acts: its name; columns `who`, `clip`, `at_us`, `id` (decides between equal times), `is_play`,
            `position_s`.

    Returns:
        (who, clip, second counted from 1, times), in this order.
    """
    return _run(connection, "watched_second", acts, {})


def engaged(connection: duckdb.DuckDBPyConnection, acts: str, parameters: Engagement) -> Rows:
    """Engaged time of each view of a page, from distinct stretches with a heartbeat.

    Args:
        connection: where the table of acts is.
        acts: its name; columns `view`, `at_us`, `is_heartbeat`.
        parameters: what a heartbeat stands for.

    Returns:
        (view, engaged seconds, seconds from its first to its last act), in this order.
    """
    return _run(connection, "engaged_view", acts, asdict(parameters))


def dedicated(connection: duckdb.DuckDBPyConnection, acts: str, parameters: Dedication) -> Rows:
    """Sittings as Moodle's dedication block counts them, from the first act to the last.

    Args:
        connection: where the table of acts is.
        acts: its name; columns `who`, `at_us`.
        parameters: what divides and what is listed; a person's total counts every sitting.

    Returns:
        (who, start in microseconds, whole seconds, whether it is listed), in this order.
    """
    return _run(connection, "sitting", acts, asdict(parameters))


def _run(connection: duckdb.DuckDBPyConnection, name: str, acts: str, values: dict[str, Any]) -> Rows:
    text = (resources.files(__package__) / f"{name}.sql").read_text(encoding="utf-8")
    return connection.execute(text.replace("{acts}", f'"{acts}"'), values).fetchall()
