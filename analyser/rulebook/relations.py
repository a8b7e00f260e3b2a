"""Relations: one SQL file each, named after what it gives, ordered by what they read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from analyser.errors import PolicyError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# What stands after FROM or JOIN, or is named to a macro, is read; names made by WITH are not.
_READ = re.compile(r"\b(?:FROM|JOIN)\s+([a-z_]\w*)|\('([a-z_]\w*)'\)")
_FIRST = frozenset({"macros", "word_macros", "variables"})
_MARKS = ("-- kept as", "-- reads", "-- repeated", "-- across")
_OWN = re.compile(r"\b([a-z_]\w*) AS \(")


@dataclass(frozen=True)
class Relation:
    """One SQL file.

    Attributes:
        name: the table or view it makes (the file's name).
        sql: its SELECT.
        path: where it stands, for messages.
        is_view: kept as a view, not as a table.
        is_repeated: run again on its own new rows until there are none.
        is_across: run when every participant is in; all others look at each participant alone.
        is_part: one or more rows per participant (`pid`), kept for what runs across participants.
        is_key: numbers that stay from one assessment to the next.
    """

    name: str
    sql: str
    path: Path
    is_view: bool = False
    is_repeated: bool = False
    is_across: bool = False
    is_part: bool = False
    is_key: bool = False

    @cached_property
    def reads(self) -> frozenset[str]:
        """Names it reads; comments of the form ``-- reads x`` add to them."""
        text = re.sub(r"--.*", "", self.sql)
        found = {name for pair in _READ.findall(text) for name in pair if name}
        declared = set(re.findall(r"^-- reads (\w+)", self.sql, re.MULTILINE))
        return frozenset(found - set(_OWN.findall(text)) | declared)

    @property
    def grain(self) -> str:
        """The first comment: what one row is."""
        lines = []
        for line in self.sql.splitlines():
            if not line.startswith("--") or line.startswith(_MARKS):
                break
            lines.append(line.removeprefix("--").strip())
        return " ".join(lines)


def load_folder(folder: Path) -> list[Relation]:
    """Every relation of a folder (what is run before all of them is none)."""
    return [load_file(path) for path in sorted(folder.glob("*.sql")) if path.stem not in _FIRST]


def load_file(path: Path, name: str | None = None) -> Relation:
    """One relation from its file."""
    sql = path.read_text(encoding="utf-8")
    return Relation(
        name=name or path.stem,
        sql=sql.rstrip().rstrip(";"),
        path=path,
        is_view="\n-- kept as a view" in sql,
        is_repeated="\n-- repeated" in sql,
        is_across="\n-- across participants" in sql,
        is_part="\n-- kept as a part" in sql,
        is_key="\n-- kept as a key" in sql,
    )


def needed(relations: Iterable[Relation], asked: Iterable[Relation]) -> list[Relation]:
    """What is asked for, and those relations that it rests on: no scheme pays for another's questions.

    Args:
        relations: what could be made.
        asked: results and rules.
    """
    by_name = {relation.name: relation for relation in relations}
    wanted = list(asked)
    fresh = {name for relation in wanted for name in relation.reads}
    while fresh:
        found = [by_name.pop(name) for name in sorted(fresh) if name in by_name]
        wanted += found
        fresh = {name for relation in found for name in relation.reads}
    return wanted


def last_uses(
    order: list[Relation], results: Iterable[Relation], checks: Iterable[Relation]
) -> dict[str, list[str]]:
    """After which relation each table has had its last reader; a view reads when it is read.

    Args:
        order: as they are run, results last.
        results: tables that stay.
        checks: what is asked at the very end; what they read stays too.
    """
    by_name = {relation.name: relation for relation in order}

    def tables_read(relation: Relation) -> set[str]:
        found: set[str] = set()
        for name in relation.reads & by_name.keys() - {relation.name}:
            found |= tables_read(by_name[name]) if by_name[name].is_view else {name}
        return found

    last: dict[str, str] = {}
    for relation in order:
        if not relation.is_view:
            last |= dict.fromkeys(tables_read(relation), relation.name)
    kept = {relation.name for relation in results}.union(*(tables_read(check) for check in checks))
    done: dict[str, list[str]] = {}
    for name, reader in last.items():
        if name not in kept:
            done.setdefault(reader, []).append(name)
    return done


def in_order(relations: Iterable[Relation], rules: frozenset[str] = frozenset()) -> list[Relation]:
    """Relations so that each comes after all it reads.

    A relation that reads `found` comes after every rule that does not itself read it, so that the
    decision on credit follows the rules it rests on, and the words follow all of them. What runs
    across participants comes last: no participant's credit rests on it.

    Args:
        relations: every relation, rules included.
        rules: names of those that make findings.

    Raises:
        PolicyError: two read each other, or two have one name.
    """
    by_name: dict[str, Relation] = {}
    for relation in relations:
        if relation.name in by_name:
            raise PolicyError(f"{relation.path}: {relation.name} is already a relation.")
        by_name[relation.name] = relation
    graph = {name: set(relation.reads & by_name.keys()) - {name} for name, relation in by_name.items()}
    for name, relation in by_name.items():
        if "found" in relation.reads:
            before = {rule for rule in rules if relation.is_across or not by_name[rule].is_across}
            graph[name] |= before - _readers_of(name, graph)
    try:
        order = TopologicalSorter({name: sorted(graph[name]) for name in sorted(graph)}).static_order()
        late = across(by_name.values(), graph)
        return sorted((by_name[name] for name in order), key=lambda relation: relation.name in late)
    except CycleError as error:
        raise PolicyError(f"relations read each other in a circle: {error.args[1]}.") from error


def across(relations: Iterable[Relation], graph: dict[str, set[str]] | None = None) -> frozenset[str]:
    """Names of the relations that run across participants, and of those that read them."""
    found = list(relations)
    reads = graph or {relation.name: set(relation.reads) for relation in found}
    names = {relation.name for relation in found if relation.is_across}
    return frozenset(names.union(*(_readers_of(name, reads) for name in names)))


def _readers_of(name: str, graph: dict[str, set[str]]) -> set[str]:
    readers: set[str] = set()
    fresh = {name}
    while fresh:
        fresh = {other for other, reads in graph.items() if reads & fresh} - readers
        readers |= fresh
    return readers
