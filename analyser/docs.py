"""The reference pages in docs/reference, made from the program: ``python -m analyser.docs``.

A test compares them with what stands in the folder, so they cannot say anything else.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analyser.cli import cli
from analyser.rulebook.scheme import load_scheme, scheme_names
from analyser.schema.inputs import INPUTS, VOCABULARY
from analyser.schema.results import RESULTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from analyser.rulebook.relations import Relation
    from analyser.rulebook.scheme import Scheme
    from analyser.schema.columns import Column, Table

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
_KERNEL = Path(__file__).resolve().parent / "kernel"
_MADE = "<!-- Made by `python -m analyser.docs`; change the program, not this page. -->"
_STORED = frozenset({"event", "found", "policy_map", *INPUTS} - {"events"})
_WIDTH = 100


def pages() -> dict[str, str]:
    """File name -> text of every generated page."""
    schemes = [load_scheme(name) for name in scheme_names()]
    made = {
        "clauses.md": clauses_page(schemes),
        "cli.md": cli_page(),
        "columns.md": columns_page(schemes),
        "policy.md": policy_page(schemes),
        "relations.md": relations_page(schemes),
    }
    return {name: f"{_MADE}\n\n{text.rstrip()}\n" for name, text in made.items()}


def clauses_page(schemes: Iterable[Scheme]) -> str:
    """The clause index."""
    parts = [
        "# Clauses",
        "What each rule asks, how it is read and what is honest about it stands in its folder. Below each "
        "list of rules every paragraph of the source is restated, with who answers it: rules, a figure, "
        "another paragraph, or people.",
    ]
    for scheme in schemes:
        parts += _scheme_head(scheme)
        rows = [
            (
                clause.clause,
                f"`{clause.code}`",
                clause.tier,
                clause.effect,
                clause.subject,
                clause.texts["title"]["en"],
                clause.texts["title"]["zh"],
                f"[folder](../../analyser/{clause.folder.relative_to(_KERNEL.parent).as_posix()})",
            )
            for clause in scheme.clauses
        ]
        parts.append(
            _table(("clause", "code", "tier", "effect", "asked of", "title", "標題", "rule and cases"), rows)
        )
        parts += ["### Paragraph by paragraph", _guideline(scheme)]
    return "\n\n".join(parts)


def cli_page() -> str:
    """Every command's help."""
    top = click.Context(cli, info_name="analyser", terminal_width=_WIDTH, **cli.context_settings)
    parts = ["# Command line", _help(top)]
    for name in sorted(cli.commands):
        command = click.Context(cli.commands[name], top, name, terminal_width=_WIDTH)
        parts += [f"## analyser {name}", _help(command)]
        group = cli.commands[name]
        parted = group.commands if isinstance(group, click.Group) else {}
        for part in sorted(parted):
            inner = click.Context(parted[part], command, part, terminal_width=_WIDTH)
            parts += [f"### analyser {name} {part}", _help(inner)]
    return "\n\n".join(parts)


def columns_page(schemes: Iterable[Scheme]) -> str:
    """Every table that goes in or comes out."""
    parts = ["# Tables and columns", "## What goes in"]
    parts += [_table_section(table) for table in INPUTS.values()]
    parts.append(
        "The words of `event`, in the order that also decides between events of one instant: "
        + ", ".join(f"`{word}`" for word in VOCABULARY)
        + "."
    )
    parts.append("## What comes out")
    parts += [_table_section(table) for table in RESULTS.values()]
    for scheme in schemes:
        for name, columns in scheme.columns.items():
            parts.append(f"### {name} of {scheme.name}")
            parts.append("Beside the common columns as far as they have a meaning there.")
            rows = [(f"`{column.name}`", column.kind, column.about) for column in columns]
            parts.append(_table(("column", "kind", "meaning"), rows))
    return "\n\n".join(parts)


def policy_page(schemes: Iterable[Scheme]) -> str:
    """Every value the rules use."""
    parts = [
        "# Policy",
        "Values of kind *guideline* stand in the guideline; those of kind *default* are ours, because it "
        "gives none. A policy file may override each of them: a dotted name is a TOML table and a key.",
    ]
    for scheme in schemes:
        parts += _scheme_head(scheme)
        rows = [
            (f"`{v.name}`", _shown(v.value), v.unit, v.clause, v.kind, v.about["en"], v.about["zh"])
            for v in scheme.policy.values()
        ]
        parts.append(_table(("name", "value", "unit", "clause", "kind", "what it decides", "內容"), rows))
    return "\n\n".join(parts)


def relations_page(schemes: Iterable[Scheme]) -> str:
    """Every SQL relation: what one row is, what it reads, which policy values it uses."""
    parts = [
        "# Relations",
        "One SQL file each; they are run in the order in which they read each other.",
    ]
    for number, scheme in enumerate(schemes):
        kernel = [relation for relation in scheme.relations if relation.path.parent == _KERNEL]
        own = [relation for relation in scheme.relations if relation.path.parent != _KERNEL]
        if number == 0:
            shared = _code(name for name in sorted(scheme.policy) if _uses(scheme.macros, name))
            parts += ["## The time kernel", _relations(kernel, scheme)]
            parts.append(f"Words that several of them share stand in `macros.sql`; those use {shared}.")
        parts += _scheme_head(scheme)
        parts += ["### Relations", _relations(own, scheme)]
        parts += ["### Results", _relations(scheme.results, scheme)]
        parts += ["### Rules", _relations([clause.rule for clause in scheme.clauses], scheme)]
    return "\n\n".join(parts)


def write(folder: Path = FOLDER) -> list[Path]:
    """Write the pages; those that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, text in pages().items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def _guideline(scheme: Scheme) -> str:
    rows = []
    for entry in scheme.guideline:
        shown = [*entry.figure.values()]
        shown += [f"See {', '.join(entry.see)}."] if entry.see else []
        left = " ".join(entry.people.values())
        shown += [] if entry.codes or shown or left else ["Asks nothing."]
        rows.append((entry.no, entry.asks["en"], entry.asks["zh"], _code(entry.codes), " ".join(shown), left))
    return _table(("paragraph", "asks", "要求", "rules", "shown", "left to people, and why"), rows)


def _scheme_head(scheme: Scheme) -> Iterator[str]:
    yield f"## {scheme.name}"
    yield f"{scheme.title['en']} ({scheme.title['zh']}). Source: {scheme.source['en']}."


def _help(context: click.Context) -> str:
    return f"```text\n{context.get_help().rstrip()}\n```"


def _table_section(table: Table) -> str:
    rows = [(f"`{column.name}`", column.kind, _needed(column), column.about) for column in table.columns]
    has_required = any(column.required for column in table.columns)
    names = ("column", "kind", "", "meaning") if has_required else ("column", "kind", "meaning")
    shown = rows if has_required else [(row[0], row[1], row[3]) for row in rows]
    return f"### {table.name}\n\n{table.grain[0].upper()}{table.grain[1:]}.\n\n{_table(names, shown)}"


def _needed(column: Column) -> str:
    others = " or ".join(f"`{name}`" for name in column.unless)
    return ("required" + (f" without {others}" if others else "")) if column.required else ""


def _relations(relations: Iterable[Relation], scheme: Scheme) -> str:
    known = {relation.name for relation in [*scheme.relations, *scheme.results]} | _STORED
    rows = []
    for relation in relations:
        grain = relation.grain.removeprefix(f"{relation.name}: ").rstrip(".")
        reads = sorted(relation.reads & known - {relation.name})
        values = sorted(name for name in scheme.policy if _uses(relation.sql, name))
        rows.append((f"`{relation.name}`", grain, _code(reads), _code(values)))
    return _table(("relation", "grain", "reads", "policy"), rows)


def _uses(sql: str, name: str) -> bool:
    variable = name.replace(".", "_")
    seconds = variable.removesuffix("_s") + "_us" if variable.endswith("_s") else variable
    is_entry = "policy_map" in sql and f"'{name}'" in sql
    return is_entry or f"getvariable('{seconds}')" in sql


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} = {word}" for key, word in value.items())
    return str(value)


if __name__ == "__main__":
    for path in write():
        click.echo(f"wrote {path}")
