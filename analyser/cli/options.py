"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from analyser.rulebook.scheme import scheme_names

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., Any]")
SCHEMES = tuple(scheme_names())
DEFAULT_SCHEME = "ia-elearning"
LANGUAGES = ("en", "zh-Hant", "both")

_EVERY: dict[str, Any] = {
    "scheme": click.option(
        "--scheme",
        type=click.Choice(SCHEMES),
        default=DEFAULT_SCHEME,
        show_default=True,
        help="Whose rules are applied.",
    ),
    "policy": click.option(
        "--policy", type=click.Path(path_type=Path), help="TOML file that overrides single values."
    ),
    "mapping": click.option(
        "--mapping",
        type=click.Path(path_type=Path),
        help="TOML file that says how exports are to be read (analyser formats FILE proposes one).",
    ),
    "as_of": click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        help="Audit date; later events are left out. Default: today in Hong Kong.",
    ),
    "engine": click.option(
        "--engine",
        type=click.Choice(["duckdb", "spark"]),
        default="duckdb",
        show_default=True,
        help="What the rules run in; spark is for several machines (see docs/spark.md).",
    ),
    "anew": click.option(
        "--anew",
        is_flag=True,
        help="Assess everybody, not only participants with something new since the last assessment.",
    ),
    "memory_limit": click.option(
        "--memory-limit",
        default="4GB",
        show_default=True,
        help="Memory the engine may hold before it spills to disk; a larger trail is assessed in batches.",
    ),
    "threads": click.option(
        "--threads", type=click.IntRange(1), help="Worker threads. Default: every core, one for a small case."
    ),
    "lang": click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default="both",
        show_default=True,
        help="Language of the reports; the console is Chinese where that alone is asked for.",
    ),
    "quiet": click.option("--quiet", is_flag=True, help="Say nothing but errors."),
    "db": click.option(
        "--db",
        type=click.Path(path_type=Path, dir_okay=False),
        required=True,
        help="The audit database.",
    ),
    "pages": click.option(
        "--pages",
        type=click.IntRange(0),
        help="How many participants get a page of their own (default: all up to 200).",
    ),
    "fail_on": click.option(
        "--fail-on",
        type=click.Choice(["breach"]),
        help="Exit with status 3 when there is such a finding.",
    ),
}


def options(*names: str) -> Callable[[Command], Command]:
    """A decorator that adds the named options, in the order given."""

    def add(command: Command) -> Command:
        for name in reversed(names):
            command = _EVERY[name](command)
        return command

    return add
