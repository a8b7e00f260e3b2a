"""A format made of a mapping: how it is recognised and how its lines become rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.errors import InputError
from analyser.formats.base import Format, merged
from analyser.formats.mapping import raw, times
from analyser.formats.mapping.cells import cell_sql, set_sql, test_sql, word_sql
from analyser.formats.mapping.columns import header_of, left_out, needs, told, used_columns
from analyser.formats.mapping.header import above
from analyser.formats.mapping.references import join_sql, joined_columns, pair_sql, reference_sql
from analyser.ingest.project import in_years, instant_us, is_naive
from analyser.ingest.readings import Reading
from analyser.schema.inputs import INPUTS

if TYPE_CHECKING:
    import duckdb

    from analyser.formats.sample import Sample
    from analyser.ingest.source import Source

Table = dict[str, Any]
_MINUTES = "Its times are whole minutes, so what happened within a minute has no order."
_NOTHING = "says nothing that happened, or a kind of record that is not read"


def mapped_format(table: Table) -> Format:
    """The format that a mapping describes.

    Args:
        table: its content, checked.
    """
    table = {**table, "what": table.get("what", table["title"]), "needs": needs(table)}
    table.setdefault("recognised", f"columns {', '.join(table['needs'])}")
    # Every file is asked about every format, so this is found once.
    table["used"] = used_columns({key: value for key, value in table.items() if key != "used"})
    return Format(
        table={**table, "columns": told(table)},
        reasons=lambda sample: _reasons(table, sample),
        reading=lambda source, sample, connection: _Builder(table, source, sample, connection).reading(),
        left_out=lambda sample: left_out(table, sample),
        build=lambda changes: mapped_format(merged(table, changes)),
    )


def _reasons(table: Table, sample: Sample) -> list[str]:
    header = header_of(table, sample)
    if not header:
        return []
    what = {"csv": f"Line {header.line} names", "parquet": "The file has"}
    who = what.get(sample.container, "The JSON objects have")
    return [f"{who} the columns {', '.join(needs(table))}.", *table.get("notes", [])]


class _Builder:
    """Puts the SQL of one file together, layer by layer."""

    def __init__(
        self, table: Table, source: Source, sample: Sample, connection: duckdb.DuckDBPyConnection
    ) -> None:
        self.table, self.source, self.sample, self.connection = table, source, sample, connection
        header = header_of(table, sample)
        if header is None:
            raise InputError(f"{source.name}: its columns are gone; export it again.")
        if "refused" in table:
            raise InputError(f"{source.name}: this is {table['title']}; {table['refused']}")
        self.header = header
        self.kind = INPUTS[table.get("table", "events")]
        self.rows = [{**table.get("columns", {}), **row} for row in table.get("row", [{}])]
        self.columns = used_columns(table)
        self.only: dict[str, str] = {}
        self.raw = raw.raw_lines(source, sample, header, self.columns, table.get("nulls", []))

    @property
    def origin(self) -> dict[str, str]:
        """Column in lower case -> the name its text has in the SQL."""
        own = {name: f"x{number}" for number, name in enumerate(self.columns) if name in self.raw.found}
        return own | joined_columns(self.table)

    def reading(self) -> Reading:
        """How to read the file."""
        self._check_activity()
        order, notes = self._order()
        self.only = self._only_values()
        notes += [f"It names one {name} only, {value[:80]}, which is taken where a line names none."
                  for name, value in self.only.items()]  # fmt: skip
        # What looks beyond its own line loses the order of lines, which the numbered way restores.
        looks_beyond = "join" in self.table or "pair" in self.table
        is_spread = len(self.rows) > 1 or "when" in self.rows[0] or looks_beyond
        cells = {name: f"y_{name}" for name in self.kind.names}
        if self.kind.name == "events":
            cells["event"] = "y_word"
        refusals = [(test_sql(e["when"], self.origin), e.get("field", ""), e["reason"])
                    for e in self.table.get("refuse", [])]  # fmt: skip
        if is_spread:
            refusals.append(("m_part < 0", "", _NOTHING))
        over = self._values(self.raw.select, is_spread)
        has_times = any(column.kind == "timestamp" for column in self.kind.columns)
        over = self._times(over, order) if has_times else over
        return Reading(
            format=self.table["name"],
            relation=self.raw.relation,
            raw_columns=self.raw.columns,
            cells=cells,
            instant=in_years("y_us") if has_times else None,
            broken=self.raw.broken,
            skip=self.raw.skip,
            header_lines=self.header.line,
            is_header_line=True,
            delimiter=self.header.delimiter,
            naive="y_naive" if has_times else None,
            extra=tuple(left_out(self.table, self.sample)),
            refusals=tuple(refusals),
            has_lines=self.sample.container != "parquet",
            is_document=self.raw.is_document,
            table=self.kind.name,
            notes=tuple(notes),
            lookup=reference_sql(self.table, self.raw.select, self.origin),
            **self._shape(over, is_spread),
        )

    def _shape(self, over: str, is_spread: bool) -> dict[str, Any]:
        if not is_spread:
            return {"over": over}
        lines = f"SELECT m_line, m_part FROM {self._lines(self.raw.select, is_spread)}"
        return {"spread": f"SELECT * FROM {over}", "spread_lines": lines}

    def _lines(self, select: str, is_spread: bool) -> str:
        """One row per row of the mapping that a line gives."""
        parts = ""
        if is_spread:
            holds = [test_sql(row["when"], self.origin) if "when" in row else "true" for row in self.rows]
            tests = [f"CASE WHEN {test} THEN {number} END" for number, test in enumerate(holds)]
            some = f"list_filter([{', '.join(tests)}], lambda n: n IS NOT NULL)"
            parts = f", unnest(CASE WHEN len({some}) = 0 THEN [-1] ELSE {some} END) AS m_part"
        joined = join_sql(self.table, pair_sql(self.table, select, self.origin), self.origin)
        base = f"(SELECT *{parts} FROM {joined})"
        if any("split" in row for row in self.rows):
            base = f"(SELECT *, unnest({self._pieces()}) AS m_piece FROM {base})"
        return base

    def _values(self, select: str, is_spread: bool) -> str:
        """The rows that come of the lines, with the text of every column."""
        base = self._lines(select, is_spread)
        names = [name for name in self.kind.names if name != "event"]
        texts = ", ".join(f"{self._cell(name)} AS y_{name}" for name in names)
        if self.kind.name != "events":
            return f"(SELECT *, {texts} FROM {base})"
        named = f"(SELECT *, {texts}, {self._cell('event')} AS y_name FROM {base})"
        word = self._case([_literal(row.get("word")) for row in self.rows])
        body = self.origin.get(self.table.get("body", "").lower(), "NULL")
        word = f"coalesce({word}, {word_sql(self.table, 'y_name', body)})"
        sets = {name for entry in self.table.get("event", []) for name in entry.get("set", {})}
        replaced = "".join(
            f", {set_sql(self.table, name, 'y_name', f'y_{name}')} AS y_{name}" for name in sorted(sets)
        )
        kept = f"* EXCLUDE ({', '.join(f'y_{name}' for name in sorted(sets))})" if sets else "*"
        return f"(SELECT {kept}, {word} AS y_word{replaced} FROM {named})"

    def _cell(self, name: str) -> str:
        cell = self._case([cell_sql(row[name], self.origin) if name in row else "NULL::VARCHAR"
                           for row in self.rows])  # fmt: skip
        if place := self.table.get("preamble", {}).get(name):
            value = above(self.header, place, self.table.get("alias", {}))
            return f"coalesce({cell}, {_literal(value)})" if value else cell
        if name in self.only:
            test = test_sql(self.table["only"][name], self.origin)
            return f"coalesce({cell}, CASE WHEN {test} THEN {_literal(self.only[name])} END)"
        return cell

    def _check_activity(self) -> None:
        """A list of who came and left belongs to an activity, which many of them do not name."""
        if self.kind.name == "scans" and self._cell("activity_id") == "NULL::VARCHAR":
            raise InputError(
                f"{self.source.name}: it does not name the activity; say which in a mapping file "
                f'(extends = "{self.table["name"]}", and below [columns] activity_id = {{ text = "..." }}) '
                "given with --mapping."
            )

    def _pieces(self) -> str:
        """The texts into which a line's cell is split, one row each; one empty one if there is none."""
        lists = []
        for row in self.rows:
            if "split" not in row:
                lists.append("[NULL::VARCHAR]")
                continue
            cell = self.origin.get(row["split"]["column"].lower(), "NULL")
            found = f"regexp_extract_all({cell}, {_literal(row['split']['pattern'])}, 1)"
            lists.append(f"CASE WHEN len({found}) > 0 THEN {found} ELSE [NULL] END")
        return f"coalesce({self._case(lists)}, [NULL::VARCHAR])"

    def _only_values(self) -> dict[str, str]:
        """Columns of which the file names one value only, where that fills the rows that name none."""
        found = {}
        for name in self.table.get("only", {}):
            cell = self._cell(name)
            least, most = raw.ask(self.connection, self.source, self.raw, f"min({cell}), max({cell})")
            if least is not None and least == most:
                found[name] = str(least)
        return found

    @staticmethod
    def _case(cells: list[str]) -> str:
        if len(set(cells)) == 1:
            return cells[0]
        return f"CASE m_part {' '.join(f'WHEN {n} THEN {cell}' for n, cell in enumerate(cells))} END"

    @property
    def _unit(self) -> str | None:
        cell = self.rows[0].get("timestamp")
        return cell.get("unit") if isinstance(cell, dict) else None

    def _times(self, base: str, order: str) -> str:
        if unit := self._unit:
            return f"(SELECT *, {times.epoch_sql('y_timestamp', unit)} AS y_us, false AS y_naive FROM {base})"
        zone, first = self.table.get("zone"), self.table.get("first_day")
        parts = f"(SELECT *, {times.parts_sql('y_timestamp')} AS y_p FROM {base})"
        iso = times.iso_sql("y_timestamp", "y_p", order, zone, str(first) if first else None)
        return (
            f"(SELECT *, {instant_us('y_iso')} AS y_us, {is_naive('y_iso')} AS y_naive "
            f"FROM (SELECT *, {iso} AS y_iso FROM {parts}))"
        )

    def _order(self) -> tuple[str, list[str]]:
        """How dates are written, and what is to be said about them."""
        order = self.table.get("order", "evidence")
        if not any("timestamp" in row for row in self.rows):
            return order, []
        cells = sorted({cell_sql(row["timestamp"], self.origin) for row in self.rows})
        if self._unit or order == "ymd":
            return order, []
        found = raw.ask(self.connection, self.source, self.raw, times.evidence_sql(cells))
        if found[3] and "first_day" not in self.table:
            raise InputError(
                f"{self.source.name}: its times have no year; say in a mapping file when they begin "
                '(first_day = "2025-08-01", if they span at most a year) given with --mapping.'
            )
        notes = (
            ["Its times are whole minutes, so what happened within a minute has no order."]
            if found[4]
            else []
        )
        if order == "evidence":
            order, note = times.order_of(self.source.name, *found[:3])
            notes = [note, *notes] if note else notes
        return order, notes


def _literal(text: str | None) -> str:
    from analyser.store import literal

    return literal(text) if text else "NULL::VARCHAR"
