"""Which format a file has, decided by what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyser.errors import InputError
from analyser.formats import aicc, caliper, canonical, moodle_log, openedx, scorm, tables, xapi
from analyser.formats.extend import with_mapping
from analyser.formats.sample import Sample, take_sample

if TYPE_CHECKING:
    from pathlib import Path

    from analyser.formats.base import Format
    from analyser.formats.mapping.spec import Mapping

# The case's own shape first: a file that fits it exactly needs no interpretation.
FORMATS: tuple[Format, ...] = (
    canonical.FORMAT, moodle_log.FORMAT, *tables.FORMATS, openedx.FORMAT, xapi.FORMAT, caliper.FORMAT,
    scorm.FORMAT, aicc.FORMAT,
)  # fmt: skip
_MOST_NAMES = 8
_MOST_TOLD = 4


@dataclass(frozen=True)
class Recognition:
    """A file's format, the sentences that say why, and what was looked at."""

    format: Format
    reasons: tuple[str, ...]
    sample: Sample


def recognise(
    path: Path, name: str, wanted: str | None = None, mapping: Mapping | None = None
) -> Recognition:
    """Decide the format of a file.

    Args:
        path: the file.
        name: how messages name it.
        wanted: the format it is said to have; then only whether it can be that is checked.
        mapping: a format of the user's own, or changes to one of these.

    Raises:
        InputError: no format fits, or not the one that was named.
    """
    known_formats = with_mapping(FORMATS, mapping) if mapping else FORMATS
    choices = [entry for entry in known_formats if wanted is None or entry.name == wanted]
    if not choices:
        known = ", ".join(entry.name for entry in known_formats)
        raise InputError(f"--format {wanted}: there is no such format; choose one of {known}.")
    sample = take_sample(path, name)
    for entry in choices:
        if reasons := entry.reasons(sample):
            return Recognition(entry, tuple(reasons), sample)
    raise InputError(_refusal(sample, choices, wanted))


def _refusal(sample: Sample, choices: list[Format], wanted: str | None) -> str:
    if wanted or len(choices) <= _MOST_TOLD:
        sought = "; ".join(f"{entry.table['title']}: {entry.table['recognised']}" for entry in choices)
    else:
        sought = f"{len(choices)} formats, which analyser formats lists"
    remedy = (
        "name another format"
        if wanted
        else "export it again in one of these forms, or say what its columns are in a mapping file "
        "(--mapping; analyser formats FILE proposes one)"
    )
    return (
        f"{sample.name}: the format is not recognised (found {_found(sample)}; "
        f"looked for {sought}); {remedy}."
    )


def _found(sample: Sample) -> str:
    if sample.container in {"jsonl", "json"}:
        return f"JSON objects with {_names(sample.names)}"
    if {"event name", "user full name"} <= sample.lower:
        return (
            "a report of Moodle without the columns of its Logs report, which hold the user ids; "
            "export the report Logs whole, or the table mdl_logstore_standard_log instead"
        )
    if sample.texts and sample.texts[0].strip().lower() == "[core]":
        return (
            "the data of one AICC request, which says how long but neither when nor who; export the server's "
            "log of requests with its times instead"
        )
    if len(sample.columns) == 1 and ("\t" in sample.columns[0] or ";" in sample.columns[0]):
        return "a first line whose cells are not separated by commas"
    if not sample.columns:
        return "no column names"
    if sample.container == "parquet":
        return f"Parquet columns {_names(sample.columns)}"
    # Without a header the first line is somebody's data, so it is not repeated.
    return f"a first line of {len(sample.columns)} cells that name no known columns"


def _names(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES])[:200] + more
