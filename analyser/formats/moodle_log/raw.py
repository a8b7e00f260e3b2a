"""The log table's columns as text, whichever of CSV, JSON lines or Parquet carries them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.errors import InputError
from analyser.ingest.readings import Reading, csv_relation, parquet_relation, read_header
from analyser.store import literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyser.formats.sample import Sample
    from analyser.ingest.source import Source

_NUMBERS = (
    "userid", "relateduserid", "realuserid", "courseid", "objectid", "contextlevel",
    "contextinstanceid", "timecreated",
)  # fmt: skip
NULLS = ("", "NULL", "\\N")
_TEXTS = ("eventname", "objecttable", "other", "origin", "ip")


def raw_columns() -> tuple[str, ...]:
    """The columns of the table that are used."""
    return (*_TEXTS, *_NUMBERS)


def raw_reading(
    source: Source,
    sample: Sample,
    *,
    needed: tuple[str, ...],
    steps: Callable[[str], str],
    **fields: Any,
) -> Reading:
    """A reading of one file, whatever its container.

    Args:
        source: the file.
        sample: its beginning.
        needed: columns without which nothing can be read.
        steps: SELECT list of the raw columns -> SQL over `{rows}`.
        fields: the fields of `Reading` that do not depend on the container.

    Raises:
        InputError: a needed column stands twice.
    """
    fields["extra"] = tuple(name for name in sample.names if name.lower() not in raw_columns())
    if sample.container in {"json", "jsonl"}:
        return _from_lines(sample, steps, fields)
    if sample.container == "parquet":
        names = {name.lower(): name for name in sample.names if name.lower() in raw_columns()}
        origin = {lower: f'"{name}"::VARCHAR' for lower, name in names.items()}
        relation = parquet_relation(source)
        return Reading(
            relation=relation, raw_columns=(), over=steps(_select(origin)), has_lines=False, **fields
        )
    return _from_csv(source, needed, steps, fields)


def _from_csv(
    source: Source, needed: tuple[str, ...], steps: Callable[[str], str], fields: dict[str, Any]
) -> Reading:
    names = [name.lower() for name in read_header(source)]
    for key in needed:
        if names.count(key) != 1:
            raise InputError(f"{source.name}: line 1: column {key} must stand there once; export it again.")
    cells = tuple(f"c{number}" for number in range(len(names)))
    origin = dict(zip(names, cells, strict=True))
    return Reading(
        # The reader itself knows what stands for nothing; asking every cell again costs a tenth of the work.
        relation=csv_relation(source, len(names), nulls=NULLS),
        raw_columns=cells,
        nulls=NULLS,
        over=steps(_select(origin, has_nulls=False)),
        header_lines=1,
        **fields,
    )


def _from_lines(sample: Sample, steps: Callable[[str], str], fields: dict[str, Any]) -> Reading:
    spelt = {name.lower(): name for name in sample.names}
    # A key may first appear far below, so every column is looked for.
    paths = ", ".join(literal(f'$."{spelt.get(name, name)}"') for name in raw_columns())
    origin = {name: f"c[{number}]" for number, name in enumerate(raw_columns(), start=1)}
    rows = f"(SELECT line, TRY(json_extract_string(line, [{paths}])) AS c FROM {{rows}})"
    return Reading(
        relation="{lines}",
        raw_columns=("line",),
        broken="c IS NULL",
        skip="line IS NULL OR trim(line) = ''",
        over=steps(f"line, c, {_select(origin)}").replace("{rows}", rows),
        is_document=sample.container == "json",
        **fields,
    )


def _select(origin: dict[str, str], *, has_nulls: bool = True) -> str:
    parts = [f"{_text(origin.get(name), has_nulls)} AS m_{name}" for name in _TEXTS]
    return ", ".join(parts + [f"{_number(origin.get(name), has_nulls)} AS m_{name}" for name in _NUMBERS])


def _text(cell: str | None, has_nulls: bool) -> str:
    # Dumps write a null as the bare word NULL or as \N.
    if not cell:
        return "NULL::VARCHAR"
    return f"CASE WHEN {cell} NOT IN ('', 'NULL', '\\N') THEN {cell} END" if has_nulls else cell


def _number(cell: str | None, has_nulls: bool) -> str:
    # Data frames write whole numbers of a column with gaps as 2.0. The pattern costs as much as parsing
    # the cell, so only cells with a point pay for it.
    text = _text(cell, has_nulls)
    if not cell:
        return text
    return f"CASE WHEN contains({cell}, '.') THEN regexp_replace({text}, '\\.0+$', '') ELSE {text} END"
