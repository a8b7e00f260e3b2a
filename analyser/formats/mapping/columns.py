"""Which columns of a file a mapping needs, uses and leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.formats.mapping.cells import cell_columns, tests_of
from analyser.formats.mapping.header import Header, find_header
from analyser.schema.inputs import INPUTS

if TYPE_CHECKING:
    from analyser.formats.sample import Sample

Table = dict[str, Any]


def needs(table: Table) -> list[str]:
    """The columns without which a file is not of this format."""
    if "needs" in table:
        return list(table["needs"])
    rows = [{**table.get("columns", {}), **row} for row in table.get("row", [{}])]
    names = [column.name for column in INPUTS[table.get("table", "events")].columns if column.required]
    cells = [row[name] for row in rows for name in names if name in row]
    return list(dict.fromkeys(cell if isinstance(cell, str) else cell["column"]
                              for cell in cells if isinstance(cell, str) or "column" in cell))  # fmt: skip


def used_columns(table: Table) -> list[str]:
    """Every column a mapping reads, in lower case."""
    if "used" in table:
        return list(table["used"])
    rows = [table.get("columns", {}), *table.get("row", [])]
    found = [name for row in rows for key, cell in row.items() if key not in {"when", "word"}
             for name in cell_columns(cell)]  # fmt: skip
    tests = [test for row in rows if "when" in row for test in tests_of(row["when"])]
    tests += [test for entry in table.get("refuse", []) for test in tests_of(entry["when"])]
    tests += table.get("only", {}).values()
    found += [test["column"].lower() for test in tests]
    found += [join["key"].lower() for join in table.get("join", [])]
    found += [name.lower() for key, name in table.get("reference", {}).items() if key != "kind"]
    found += [table["body"].lower()] if "body" in table else []
    pair = table.get("pair", {})
    found += [
        name.lower() for name in [*pair.get("by", []), *(pair[k] for k in ("time", "column") if k in pair)]
    ]
    made = {"away_s", "piece"}
    joined = tuple(f"{join['as']}." for join in table.get("join", []))
    names = dict.fromkeys([*found, *(name.lower() for name in needs(table))])
    return [name for name in names if name not in made and not name.startswith(joined or "\0")]


def header_of(table: Table, sample: Sample) -> Header | None:
    """Where a file has the columns that the mapping needs, or None."""
    return find_header(
        sample,
        needs(table),
        table.get("without"),
        used_columns(table),
        table.get("alias"),
        table.get("marker"),
    )


def left_out(table: Table, sample: Sample) -> list[str]:
    """Columns of the file that the mapping does not use."""
    header = header_of(table, sample)
    used = used_columns(table)
    # Of an object some of whose parts are read only the others would be told, and they are not looked for.
    roots = {name.partition(".")[0] for name in used}
    if header is None:
        return []
    known = {*used, *roots}
    return [n for n, low in zip(header.names, header.lower, strict=True) if n and low not in known]


def told(table: Table) -> dict[str, str]:
    """What goes where, for people."""
    texts: dict[str, list[str]] = {}
    for row in [table.get("columns", {}), *table.get("row", [])]:
        for name, cell in row.items():
            if name == "word":
                texts.setdefault("event", []).append(cell)
            elif name not in {"when", "split"}:
                text = cell if isinstance(cell, str) else cell.get("text") or " or ".join(cell_columns(cell))
                texts.setdefault(name, []).append(text)
    return {name: "; ".join(dict.fromkeys(parts)) for name, parts in texts.items()}
