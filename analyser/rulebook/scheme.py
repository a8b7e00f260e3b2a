"""A scheme: its title, policy, relations and clauses, all found by listing its folder."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser.errors import PolicyError
from analyser.rulebook.case_tables import USUAL
from analyser.rulebook.clauses import Clause, load_clauses
from analyser.rulebook.guideline import Paragraph, load_guideline
from analyser.rulebook.policy import Policy, load_policy
from analyser.rulebook.relations import Relation, across, load_file, load_folder, needed
from analyser.schema.columns import Column
from analyser.schema.inputs import EVENTS, INPUTS

if TYPE_CHECKING:
    from collections.abc import Collection

_HOME = Path(__file__).resolve().parent.parent
_KERNEL = _HOME / "kernel"


@dataclass(frozen=True)
class Scheme:
    """Everything that makes a scheme.

    Attributes:
        name: as on the command line.
        title: by language.
        source: the guideline it restates, by language.
        trail: the input table that its rules rest on.
        macros: SQL words, the kernel's and the scheme's.
        variables: what follows from policy and registers before anything else.
        relations: kernel and scheme relations.
        results: relations that make the result tables, shared ones and the scheme's.
        checks: queries for what must not be: results that contradict what they were made from.
        clauses: its rules.
        guideline: what its source asks, paragraph by paragraph, and who answers it.
        policy: the values in force.
        columns: result table -> the columns it has beside the common ones.
        report: how the reports show what it gives (see report.toml of a scheme).
        usual: table name -> cells that the rows of its worked cases leave out.
        reference: dated lists its rules read, one CSV file a table, every cell a text.
        is_narrowed: some of its rules or tables are left out.
    """

    name: str
    title: dict[str, str]
    source: dict[str, str]
    trail: str
    macros: str
    variables: Relation
    relations: list[Relation]
    results: list[Relation]
    checks: list[Relation]
    clauses: list[Clause]
    guideline: list[Paragraph]
    policy: Policy
    columns: dict[str, tuple[Column, ...]]
    report: dict[str, Any]
    usual: dict[str, dict[str, str]]
    reference: list[Path]
    is_narrowed: bool = False

    @property
    def across(self) -> frozenset[str]:
        """Names of what runs across participants, or rests on what does."""
        return across([*self.relations, *self.results, *(clause.rule for clause in self.clauses)])

    @property
    def keeps_parts(self) -> bool:
        """Whether its participants can be assessed apart: their trail is made of events."""
        return self.trail == EVENTS.name and not self.is_narrowed

    def narrowed(self, codes: Collection[str], tables: Collection[str]) -> Scheme:
        """This scheme with some questions only, which it answers as the whole does.

        Args:
            codes: findings whose rules are asked; rules that decide on credit are where anything rests on it.
            tables: result tables to make besides findings and coverage.
        """
        told = {"findings", "coverage"}
        asked = [clause for clause in self.clauses if clause.code in codes]
        shown = [result for result in self.results if result.name in set(tables) - told]
        read = needed([*self.relations, *self.results], [*shown, *(clause.rule for clause in asked)])
        if any("found" in relation.reads for relation in read):
            asked = [clause for clause in self.clauses if clause.code in codes or clause.decides]
        # A table may rest on another, like the totals of a period on credit.
        made = told.union(relation.name for relation in read)
        results = [result for result in self.results if result.name in made]
        left_out = {result.name for result in self.results}.difference(result.name for result in results)
        checks = [check for check in self.checks if left_out.isdisjoint(check.reads)]
        return replace(self, results=results, clauses=asked, checks=checks, guideline=[], is_narrowed=True)


def scheme_names() -> list[str]:
    """Schemes at hand."""
    return sorted(
        tomllib.loads(path.read_text(encoding="utf-8"))["name"]
        for path in (_HOME / "schemes").glob("*/scheme.toml")
    )


def scheme_trails() -> dict[str, str]:
    """Scheme name -> the input table that its rules rest on."""
    cards = [
        tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted((_HOME / "schemes").glob("*/scheme.toml"))
    ]
    return {card["name"]: card["trail"] for card in cards}


def load_scheme(name: str, policy_file: Path | None = None) -> Scheme:
    """A scheme by name, with a policy file's overrides.

    Raises:
        PolicyError: no such scheme, or its files or the policy file have faults.
    """
    for path in (_HOME / "schemes").glob("*/scheme.toml"):
        if tomllib.loads(path.read_text(encoding="utf-8"))["name"] == name:
            return read_scheme(path.parent, policy_file)
    raise PolicyError(f"no scheme {name}; there are: {', '.join(scheme_names())}.")


def read_scheme(folder: Path, policy_file: Path | None = None) -> Scheme:
    """The scheme that lies in a folder, wherever that is.

    Raises:
        PolicyError: its files or the policy file have faults.
    """
    path = folder / "scheme.toml"
    try:
        about = tomllib.loads(path.read_text(encoding="utf-8"))
        name, title, source, trail = (about[key] for key in ("name", "title", "source", "trail"))
    except OSError as error:
        raise PolicyError(f"{path}: cannot be read ({error.strerror}).") from error
    except (KeyError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"{path}: needs name, title, source and trail ({error}).") from error
    if trail not in INPUTS:
        raise PolicyError(f"{path}: trail is no input table: {trail}.")
    clauses = load_clauses(folder / "clauses")
    return Scheme(
        name=name,
        title=title,
        source=source,
        trail=trail,
        macros="\n".join(
            file.read_text(encoding="utf-8")
            for file in (_KERNEL / "macros.sql", _KERNEL / "word_macros.sql", folder / "macros.sql")
            if file.is_file()
        ),
        variables=load_file(_KERNEL / "variables.sql"),
        relations=_instead(load_folder(_KERNEL), load_folder(folder / "relations")),
        results=_instead(load_folder(_KERNEL / "results"), load_folder(folder / "results")),
        checks=[*load_folder(_KERNEL / "checks"), *load_folder(folder / "checks")],
        clauses=clauses,
        guideline=load_guideline(folder / "guideline.toml", clauses),
        policy=load_policy(folder / "policy.toml", policy_file),
        columns={
            table: tuple(Column(column, kind, meaning) for column, (kind, meaning) in rows.items())
            for table, rows in _described(folder / "columns.toml").items()
        },
        report=_described(folder / "report.toml"),
        usual=about.get("usual", USUAL),
        reference=sorted((folder / "reference").glob("*.csv")),
    )


def _described(path: Path) -> dict[str, Any]:
    """What a file of the folder says; nothing without the file: then all is as for e-learning."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{path}: not valid TOML ({error}).") from error


def _instead(shared: list[Relation], own: list[Relation]) -> list[Relation]:
    """Shared relations and a scheme's own; its own takes the place of a shared one of that name."""
    names = {relation.name for relation in own}
    return [*(relation for relation in shared if relation.name not in names), *own]
