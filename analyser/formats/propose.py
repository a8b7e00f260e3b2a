"""A mapping file for a table nobody knows: what each column seems to be, and why."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from analyser.errors import InputError
from analyser.formats.mapping.header import Header, find_header
from analyser.formats.sample import Sample, take_sample
from analyser.ingest.scan import printable
from analyser.schema.inputs import VOCABULARY

_MOST_ROWS, _MOST_WORDS = 50, 12
_TABLE = tomllib.loads(Path(__file__).with_name("propose.toml").read_text(encoding="utf-8"))
_NAMES: dict[str, list[str]] = _TABLE["names"]
_GUESSES = [(entry["pattern"], entry["word"]) for entry in _TABLE["guess"]]


@dataclass(frozen=True)
class _Column:
    """A column and some of what stands in it."""

    name: str
    values: tuple[str, ...]


def propose(path: Path, name: str) -> list[str]:
    """A mapping file to start from, line by line, or nothing if the file is no table.

    Values are told only of the column that names events: it holds the system's own words.
    """
    try:
        sample = take_sample(path, name)
    except InputError:
        return []
    columns, header = _columns(sample)
    chosen = _choose(columns)
    if "timestamp" not in chosen or "participant_id" not in chosen:
        return []
    is_scans = "direction" in chosen
    lines = [
        "A mapping file to start from; check every line and give it with --mapping:",
        "",
        'name = "our-lms"',
        'title = "our learning system"',
        f'table = "{"scans" if is_scans else "events"}"',
    ]
    lines += _time_lines(chosen["timestamp"][0])
    lines += ["", "[columns]"]
    wanted = ("timestamp", "participant_id", "activity_id", "direction", "venue_id") if is_scans else chosen
    lines += [_line(column, *chosen[column]) for column in wanted if column in chosen]
    if is_scans and "activity_id" not in chosen:
        lines.append('activity_id = { text = "the activity" }  # no column names it; put its id here')
    if not is_scans and "event" in chosen:
        lines += _word_lines(chosen["event"][0])
    elif not is_scans:
        lines.append('event = { text = "view" }  # no column names what happened; say what a line means')
    left = [column.name for column in columns if column.name not in {c.name for c, _ in chosen.values()}]
    return [*lines, "", f"# not used: {', '.join(map(printable, left))[:500] if left else 'nothing'}"] + (
        [f"# the names of the columns stand on line {header.line}"] if header and header.line > 1 else []
    )


def _columns(sample: Sample) -> tuple[list[_Column], Header | None]:
    if sample.container in {"json", "jsonl"}:
        found = []
        for name in sample.names:
            values = [entry[name] for entry in sample.objects[:_MOST_ROWS] if name in entry]
            if all(isinstance(value, str | int | float | None) for value in values):
                found.append(_Column(name, tuple(json.dumps(v).strip('"') for v in values if v is not None)))
        return found, None
    if sample.container == "parquet":
        return [_Column(name, ()) for name in sample.columns], None
    header = find_header(sample, [])
    best = _best_header(sample) or header
    if best is None:
        return [], None
    rows = csv.reader(sample.head[best.line : best.line + _MOST_ROWS], delimiter=best.delimiter)
    try:
        table = [row for row in rows if len(row) == len(best.names)]
    except csv.Error:
        table = []
    return [
        _Column(name, tuple(row[n].strip() for row in table if row[n].strip()))
        for n, name in enumerate(best.names)
        if name
    ], best


def _best_header(sample: Sample) -> Header | None:
    """The line with the most known names of columns."""
    from analyser.formats.mapping.header import candidates

    def known(header: Header) -> int:
        columns = [_Column(name, ()) for name in header.names]
        return sum(1 for name in _NAMES if _named(name, columns))

    found = [header for header in candidates(sample, []) if len(set(header.lower)) == len(header.lower)]
    return max(found, key=lambda header: (known(header), -header.line), default=None)


def _choose(columns: list[_Column]) -> dict[str, tuple[_Column, str]]:
    """Target column -> the column that seems to be it, and why."""
    chosen: dict[str, tuple[_Column, str]] = {}
    for target in _NAMES:
        free = [column for column in columns if column not in [entry for entry, _ in chosen.values()]]
        if target == "timestamp":
            timed = [column for column in free if _time_kind(column)]
            if found := _named(target, timed) or (timed[0] if timed else None):
                chosen[target] = found, f"its values are {_time_kind(found)}"
            elif found := _named(target, [column for column in free if not column.values]):
                chosen[target] = found, "its name says so"
        elif found := _named(target, free):
            chosen[target] = found, "its name says so"
    if "direction" in chosen and not _is_direction(chosen["direction"][0]):
        del chosen["direction"]
    return chosen


def _named(target: str, columns: list[_Column]) -> _Column | None:
    for word in _NAMES[target]:
        for is_whole in (True, False):
            for column in columns:
                name = re.sub(r"[_\-\s]+", " ", column.name.lower()).strip()
                plain = word.replace("_", " ")
                if name == plain or (
                    not is_whole and re.search(rf"(?<![a-z]){re.escape(plain)}(?![a-z])", name)
                ):
                    return column
    return None


def _is_direction(column: _Column) -> bool:
    words = {value.lower() for value in column.values}
    return bool(words) and len(words) <= 4


def _time_kind(column: _Column) -> str:
    shapes = {
        "ISO 8601 times": r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*",
        "seconds since 1970": r"1\d{9}(\.\d+)?",
        "milliseconds since 1970": r"1\d{12}",
        "dates and times with slashes, points or words": r".*\d{1,4}[-/. 年][\w]+.*\d{1,2}:\d\d.*",
    }
    for kind, shape in shapes.items():
        if column.values and all(re.fullmatch(shape, value) for value in column.values):
            return kind
    return ""


def _time_lines(column: _Column) -> list[str]:
    zoned = [bool(re.search(r"(Z|[+-]\d\d:?\d\d)$", value)) for value in column.values]
    if "since 1970" in _time_kind(column) or (zoned and all(zoned)):
        return []
    lines = ['zone = "+08:00"  # no offset stands in the file; this says Hong Kong time']
    if not _time_kind(column).startswith("ISO"):
        lines.append('order = "evidence"  # or "dmy", "mdy", "ymd" if no day above 12 decides')
    return lines


def _line(target: str, column: _Column, why: str) -> str:
    unit = {"seconds since 1970": "seconds", "milliseconds since 1970": "milliseconds"}.get(
        _time_kind(column)
    )
    name = json.dumps(printable(column.name), ensure_ascii=False)
    if target == "timestamp" and unit:
        return f'timestamp = {{ column = {name}, unit = "{unit}" }}  # {why}'
    if target == "direction":
        words = list(dict.fromkeys(value for value in column.values))
        pairs = ", ".join(f'{json.dumps(w, ensure_ascii=False)} = "{_direction(w)}"' for w in words[:8])
        return f"direction = {{ column = {name}, values = {{ {pairs} }} }}  # {why}; check what is in and out"
    return f"{target} = {name}  # {why}"


def _direction(word: str) -> str:
    return "out" if re.search(r"out|left|leave|exit|離|出", word.lower()) else "in"


def _word_lines(column: _Column) -> list[str]:
    """Entries for the names of events that were seen; what is in no entry stays as `other`."""
    groups: dict[str, list[str]] = {}
    for name, _ in Counter(column.values).most_common(_MOST_WORDS):
        guess = next((word for pattern, word in _GUESSES if re.search(pattern, name.lower())), None)
        if name not in VOCABULARY and guess:
            groups.setdefault(guess, []).append(name)
    lines = []
    for word, names in groups.items():
        shown = ", ".join(json.dumps(printable(name), ensure_ascii=False) for name in names)
        lines += ["", "[[event]]", f"names = [{shown}]", f'word = "{word}"']
    return [*lines, "# any other name of an event is kept as other"]
