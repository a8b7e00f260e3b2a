"""From text cells to typed columns, as one SQL projection per table.

Every cell is checked in the same statement that reads the file. A row whose cell cannot be
used is kept with a `fault`: the number of the column times 8 plus what is wrong with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.schema.inputs import EVENTS, VOCABULARY

if TYPE_CHECKING:
    from analyser.schema.columns import Column, Table

MISSING, UNREADABLE, NEGATIVE = 0, 1, 2
REASONS = {
    MISSING: "is empty; every row needs it",
    UNREADABLE: "cannot be read as {kind}; {remedy}",
    NEGATIVE: "is negative",
}
KIND_WORDS = {
    "timestamp": "an ISO 8601 date and time",
    "integer": "a whole number of at most nine digits",
    "decimal": "a number of at most twelve digits before the point",
    "seconds": "a number of seconds, of at most nine digits before the point",
    "date": "a date like 2026-07-31",
    "boolean": "true or false",
    "text": "text",
}
# What to do, told of the kind of column and not of the cell: one sentence for however many rows.
REMEDIES = {
    "timestamp": "write it like 2026-07-31T21:05:00+08:00 (a spreadsheet keeps times as numbers of days like "
    "45231.5: give the column a date format before saving it as CSV)",
    "integer": "write digits alone, like 60, without a percent sign, a unit or commas",
    "decimal": "write digits alone, like 60 or 0.5, without a percent sign, a unit or commas",
    "seconds": "write seconds in digits alone, like 90, without a unit or commas",
    "date": "write year, month and day like that (a spreadsheet keeps dates as numbers of days like 45231: "
    "give the column a date format before saving it as CSV)",
    "boolean": "write one of the two",
}
# Left to itself the engine tries every way to compress a number, which costs two or three times the storing:
# instants and numbers of records hardly repeat, the others are mostly null.
_PLAIN, _RUNS = "USING COMPRESSION uncompressed", "USING COMPRESSION rle"
_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "decimal": f"DECIMAL(38,18) {_RUNS}",
    "date": "DATE",
    "boolean": "BOOLEAN",
    "seconds": f"BIGINT {_RUNS}",
    "timestamp": f"BIGINT {_PLAIN}",
}
# Digits before the point; with more, a product of marks or a sum of microseconds could leave its type.
_OF_MARKS, _OF_SECONDS = 12, 9
# A number of up to so many characters has no more decimals than are held.
_HELD = 19
# A typed source may hold any instant; a text can only give these years (see `instant_us`).
_YEARS_US = "-2208988800000000 AND 7258118399999999"


def stored_name(column: Column) -> str:
    """Name of the typed column: times and durations carry their unit."""
    if column.kind == "timestamp":
        return "at_us" if column.name == "timestamp" else column.name.removesuffix("_at") + "_us"
    if column.kind == "seconds":
        return column.name.removesuffix("_s") + "_us"
    return column.name


def ddl(table: Table) -> str:
    """Column definitions of the typed table: `file_id`, the columns, `fault`, and an event's extras."""
    parts = [f"file_id INTEGER {_RUNS}"]
    for column in table.columns:
        if table is EVENTS and column.name == "event":
            parts += ["kind event_kind", "word VARCHAR"]
        else:
            parts.append(f'"{stored_name(column)}" {_TYPES[column.kind]}')
    if table.clocks:
        parts.append("is_naive BOOLEAN")
    besides = [f"remark USMALLINT {_RUNS}", f"record UUID {_PLAIN}"] if table is EVENTS else []
    return ", ".join([*parts, f"fault USMALLINT {_RUNS}", *besides])


def stored_names(table: Table) -> list[str]:
    """Columns of the typed table between `file_id` and `fault`."""
    names: list[str] = []
    for column in table.columns:
        is_word = table is EVENTS and column.name == "event"
        names += ["kind", "word"] if is_word else [stored_name(column)]
    return [*names, "is_naive"] if table.clocks else names


def projection(
    table: Table,
    cells: dict[str, str],
    instant: str | None = None,
    naive: str | None = None,
    kind: str | None = None,
) -> tuple[str, str]:
    """The SELECT list that types one table's cells, and the fault of a row so typed.

    The fault is an expression over the typed columns and the raw ones, so that no cast runs twice.

    Args:
        table: which table.
        cells: column name -> SQL expression giving its text (absent columns are null).
        instant: expression already giving microseconds since 1970 UTC.
        naive: condition that the timestamp carries no offset.
        kind: expression giving an event's word as `event_kind`, for formats that say which it is.
    """
    parts, faults = [], []
    for number, column in enumerate(table.columns, start=1):
        cell = cells.get(column.name, "NULL::VARCHAR")
        if table is EVENTS and column.name == "event":
            known = kind or f"TRY_CAST({cell} AS event_kind)"
            parts.append(f"coalesce({known}, 'other'::event_kind) AS kind")
            parts.append(f"CASE WHEN {known} IS NULL THEN {cell} END AS word")
        else:
            is_instant = instant is not None and column.kind == "timestamp"
            typed = instant if is_instant else _typed(column, cell)
            parts.append(f'{typed} AS "{stored_name(column)}"')
        others = [cells[name] for name in column.unless if name in cells]
        if kind and table is EVENTS and column.name == "event":
            others = [kind, *others]
        faults += _faults(number * 8, column, cell, others)
    if table.clocks:
        parts.append(f"{naive or 'false'} AS is_naive")
    return ", ".join(parts), f"CASE {' '.join(faults)} END"


def describe_fault(table: Table, fault: int) -> tuple[str, str]:
    """(column, reason) of a fault number."""
    column = table.columns[fault // 8 - 1]
    reason = REASONS[fault % 8].format(kind=KIND_WORDS[column.kind], remedy=REMEDIES.get(column.kind, ""))
    return column.name, f"{column.name} {reason}"


def event_kind_ddl() -> str:
    """The closed vocabulary as an ENUM; its order is the tie-break order."""
    return f"CREATE TYPE event_kind AS ENUM ({', '.join(repr(word) for word in VOCABULARY)})"


def _typed(column: Column, cell: str) -> str:
    if column.kind == "text":
        return cell
    if column.kind == "timestamp":
        return instant_us(cell)
    if column.kind == "seconds":
        # Cut, never round, below a microsecond.
        return f"trunc({_number(cell, _OF_SECONDS)} * 1000000)::BIGINT"
    if column.kind == "integer":
        exact = _number(cell, _OF_SECONDS)
        return f"CASE WHEN {exact} % 1 = 0 THEN {exact}::BIGINT END"
    if column.kind == "boolean":
        return (
            f"CASE WHEN lower({cell}) IN ('true','t','1','yes','y') THEN true "
            f"WHEN lower({cell}) IN ('false','f','0','no','n') THEN false END"
        )
    if column.kind == "date":
        shape = f"regexp_full_match({cell}, '\\d{{4}}-\\d{{2}}-\\d{{2}}')"
        return f"CASE WHEN {shape} THEN TRY_CAST({cell} AS DATE) END"
    return _number(cell, _OF_MARKS)


def _number(cell: str, digits: int) -> str:
    # The cast rounds what it cannot hold, and 69.99... would become the mark that passes: it is cut.
    kept = rf"regexp_replace({cell}, '(\.\d{{18}})\d+', '\1')"
    held = f"CASE WHEN length({cell}) > {_HELD} THEN {kept} ELSE {cell} END"
    # The second cast is the limit: a comparison would need the first one twice, and be planned twice.
    exact = f"TRY_CAST(TRY_CAST({held} AS DECIMAL(38,18)) AS DECIMAL({18 + digits},18))"
    # The cast would take 1_000 for a thousand.
    return f"CASE WHEN {cell} IS NOT NULL AND NOT contains({cell}, '_') THEN {exact} END"


def _faults(base: int, column: Column, cell: str, others: list[str]) -> list[str]:
    faults, typed = [], f'"{stored_name(column)}"'
    if column.required:
        is_missing = " AND ".join(f"{one} IS NULL" for one in [cell, *others])
        faults.append(f"WHEN {is_missing} THEN {base + MISSING}")
    if column.kind == "text":
        return faults
    if column.kind in {"seconds", "integer"}:
        # Marks may be negative (some papers take marks off); durations and sizes may not.
        faults.append(f"WHEN {typed} < 0 THEN {base + NEGATIVE}")
    faults.append(f"WHEN {cell} IS NOT NULL AND {typed} IS NULL THEN {base + UNREADABLE}")
    return faults


def instant_us(cell: str) -> str:
    """Microseconds since 1970 UTC of an ISO 8601 text; Hong Kong time if it has no offset.

    The common shapes are recognised by position, since a cast alone would accept dates without
    a time, 24:00, place names and offsets of a whole day. Anything else goes through a pattern.
    """
    # A branch keeps the costly pattern away from the rows that do not need it.
    marked = f"(ends_with({cell},'Z') OR ends_with({cell},'+08:00')) AND NOT contains({cell},',')"
    shape = f"{cell} LIKE '20__-__-__{{gap}}__:__:__%' AND {cell} NOT LIKE '___________24%'"
    utc = f"epoch_us(TRY_CAST({cell} AS TIMESTAMPTZ))"
    odd = f"upper(replace({cell},',','.'))"
    pattern = (
        r"(19|20|21)\d\d-\d\d-\d\d[T ]([01]\d|2[0-3]):\d\d(:\d\d(\.\d+)?)?"
        r"(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)?"
    )
    zoned = r".*(Z|[+-]\d\d(:?\d\d)?)"
    return (
        f"CASE WHEN {marked} AND {shape.format(gap='T')} THEN {utc} "
        f"WHEN {marked} AND {shape.format(gap=' ')} THEN {utc} "
        f"WHEN length({cell}) = 19 AND {shape.format(gap='_')} AND substr({cell},11,1) IN ('T',' ') "
        f"THEN {utc} - 28800000000 "
        f"WHEN regexp_full_match({odd}, '{pattern}') THEN "
        f"epoch_us(TRY_CAST({odd} AS TIMESTAMPTZ)) "
        f"- CASE WHEN regexp_full_match(substr({odd}, 11), '{zoned}') THEN 0 ELSE 28800000000 END END"
    )


def utc_us(cell: str) -> str:
    """Microseconds since 1970 of a text like 2026-03-01T09:00:00.123456+00:00, as Python writes UTC.

    It is null for texts of any other shape, though they may be fine: this is the cheapest question
    that finds nearly all of some systems' times. What it gives is what `instant_us` gives.
    """
    shape = f"{cell} LIKE '20__-__-__T__:__:__.______+00:00'"
    is_strict = f"NOT contains({cell}, 'T24') AND NOT contains({cell}, ' ')"
    return f"CASE WHEN {shape} AND {is_strict} THEN epoch_us(TRY_CAST({cell} AS TIMESTAMPTZ)) END"


def in_years(instant: str) -> str:
    """The microseconds of a typed source, null beyond the years that a text could give."""
    return f"CASE WHEN {instant} BETWEEN {_YEARS_US} THEN {instant} END"


def is_naive(cell: str) -> str:
    """Whether a readable timestamp text carries no offset."""
    return (
        f"CASE WHEN ends_with({cell},'Z') OR ends_with({cell},'+08:00') THEN false "
        f"ELSE NOT regexp_matches(substr({cell}, 11), '[zZ+-]') END"
    )


def any_naive(table: Table, cells: dict[str, str]) -> str | None:
    """Whether one of a row's instants carries no offset; None for a table without instants."""
    given = [cells[column.name] for column in table.clocks if column.name in cells]
    return " OR ".join(f"coalesce({is_naive(cell)}, false)" for cell in given) if given else None
