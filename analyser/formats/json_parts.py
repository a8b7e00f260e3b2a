"""Parts of JSON records as SQL: one look into each record gives them all."""

from __future__ import annotations

from collections.abc import Mapping

from analyser.store import literal

# Years and months have no fixed length, so they are readable but are no number of seconds.
_DURATION = (
    r"P((\d+W)|((\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?(\d+(\.\d+)?D)?"
    r"(T(\d+(\.\d+)?H)?(\d+(\.\d+)?M)?(\d+(\.\d+)?S)?)?))"
)


Path = tuple[str | int, ...]
_Tree = dict[str | int, "_Tree"]


class Parts:
    """Names and where each stands in a record, the usual place first.

    They are read in two ways that give the same: from a record's text, whatever it is, or by DuckDB's
    typed reader, which is quicker and refuses a file as soon as one record is not as expected.

    Args:
        prefix: of the SQL columns that carry them.
        places: name -> places, of which the first that is there counts; a number is a place in a list.
    """

    def __init__(self, prefix: str, places: Mapping[str, tuple[Path, ...]]) -> None:
        self._prefix = prefix
        self._places = dict(places)
        self._paths = [place for group in self._places.values() for place in group]

    @property
    def names(self) -> list[str]:
        """The parts' names."""
        return list(self._places)

    def cell(self, line: str) -> str:
        """SQL: the list of all parts of a record, or null where it is no JSON object."""
        found = ", ".join(literal(_json_path(place)) for place in self._paths)
        return f"CASE WHEN starts_with({line}, '{{') THEN TRY(json_extract_string({line}, [{found}])) END"

    def select(self, cell: str) -> str:
        """SELECT list over `cell`, each part named by prefix and name; an empty text is null."""
        return ", ".join(f"{self.part(name, cell)} AS {self._prefix}{name}" for name in self._places)

    def part(self, name: str, cell: str) -> str:
        """SQL: one part of what `cell` gave."""
        found = [f"nullif({cell}[{self._paths.index(place) + 1}], '')" for place in self._places[name]]
        return f"coalesce({', '.join(found)})" if len(found) > 1 else found[0]

    def columns(self) -> str:
        """SQL: what the typed reader is told to expect."""
        shape = ", ".join(
            f"{literal(str(key))}: {literal(_type(below))}" for key, below in self._tree().items()
        )
        return f"{{{shape}}}"

    def typed_select(self) -> str:
        """The same SELECT list as `select`, over the columns of the typed reader."""
        return ", ".join(f"{self._typed(name)} AS {self._prefix}{name}" for name in self._places)

    def _typed(self, name: str) -> str:
        found = []
        for place in self._places[name]:
            node: _Tree | None = self._tree()
            for key in place:
                node = node.get(key) if node is not None else None
            if node is None:  # another form of a list: the typed reader refuses it
                continue
            value = "".join(f"[{key + 1}]" if isinstance(key, int) else f'."{key}"' for key in place)[1:]
            # Of what has parts of its own only the presence is told.
            found.append(f"CASE WHEN {value} IS NOT NULL THEN '{{}}' END" if node else f"nullif({value}, '')")
        return f"coalesce({', '.join(found)})" if len(found) > 1 else found[0]

    def _tree(self) -> _Tree:
        tree: _Tree = {}
        for place in self._paths:
            node = tree
            for key in place:
                if any(isinstance(other, int) for other in node) and not isinstance(key, int):
                    break
                node = node.setdefault(key, {})
        return tree


def _type(below: _Tree) -> str:
    if not below:
        return "VARCHAR"
    listed = [key for key in below if isinstance(key, int)]
    if listed:
        inside: _Tree = {}
        for key in listed:
            inside |= below[key]
        return f"{_type(inside)}[]"
    fields = ", ".join(f'"{key}" {_type(node)}' for key, node in below.items())
    return f"STRUCT({fields})"


def _json_path(place: Path) -> str:
    return "$" + "".join(f"[{key}]" if isinstance(key, int) else f'."{key}"' for key in place)


def number(text: str) -> str:
    """SQL: a text as an exact number, or null."""
    return f"TRY_CAST({text} AS DECIMAL(38,18))"


def is_duration(text: str) -> str:
    """SQL: whether a text is an ISO 8601 duration; weeks stand alone."""
    return f"(regexp_full_match({text}, '{_DURATION}') AND right({text}, 1) NOT IN ('P', 'T'))"


def duration_s(text: str) -> str:
    """SQL: an ISO 8601 duration of weeks, days, hours, minutes and seconds as seconds, or null."""
    units = (("W", 604_800), ("D", 86_400), ("H", 3_600), ("S", 1))
    parts = [f"coalesce({number(_digits(text, unit))}, 0) * {length}" for unit, length in units]
    minutes = f"regexp_extract({text}, 'T.*?(\\d+(\\.\\d+)?)M', 1)"
    total = " + ".join([*parts, f"coalesce({number(minutes)}, 0) * 60"])
    has_no_length = f"regexp_matches(split_part({text}, 'T', 1), '[YM]')"
    return f"CASE WHEN {is_duration(text)} AND NOT {has_no_length} THEN {total} END"


def _digits(text: str, unit: str) -> str:
    return f"regexp_extract({text}, '(\\d+(\\.\\d+)?){unit}', 1)"


def is_language_map(text: str) -> str:
    """SQL: whether a JSON text maps language tags to texts."""
    pair = r'\s*"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"\s*:\s*"(\\.|[^"\\])*"\s*'
    usual = f"""(NOT contains({text}, '","') AND ({text} LIKE '{{"__":%' OR {text} LIKE '{{"__-__":%'))"""
    whole = f"regexp_full_match({text}, {literal(f'[{{]({pair}(,{pair})*)?[}}]')})"
    # A branch keeps the costly pattern away from the usual ones.
    return f"CASE WHEN {usual} THEN true ELSE {whole} END"


def keys_of(line: str, *inside: str) -> str:
    """SELECT list: the names in a record, and those in objects directly inside it, for `stands_twice`."""
    places = ["", *(f", {literal(_json_path((name,)))}" for name in inside)]
    return ", ".join(f"TRY(json_keys({line}{place})) AS keys_{n}" for n, place in enumerate(places))


def stands_twice(count: int) -> str:
    """SQL: whether one of so many of `keys_of` has a name twice.

    Which of two values counts would depend on the reader.
    """
    tests = (f"len(keys_{n}) <> len(list_distinct(keys_{n}))" for n in range(count))
    return f"coalesce({' OR '.join(tests)}, false)"
