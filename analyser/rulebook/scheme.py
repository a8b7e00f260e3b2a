"""A scheme: its title, policy, relations and clauses, all found by listing its folder."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from analyser.errors import PolicyError
from analyser.rulebook.clauses import Clause, load_clauses
from analyser.rulebook.policy import Policy, load_policy
from analyser.rulebook.relations import Relation, load_folder

_HOME = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Scheme:
    """Everything that makes a scheme.

    Attributes:
        name: as on the command line.
        title: by language.
        source: the guideline it restates, by language.
        macros: shared SQL words.
        relations: kernel and scheme relations.
        results: relations that make the result tables.
        clauses: its rules.
        policy: the values in force.
    """

    name: str
    title: dict[str, str]
    source: dict[str, str]
    macros: str
    relations: list[Relation]
    results: list[Relation]
    clauses: list[Clause]
    policy: Policy


def scheme_names() -> list[str]:
    """Schemes at hand."""
    return sorted(
        tomllib.loads(path.read_text(encoding="utf-8"))["name"]
        for path in (_HOME / "schemes").glob("*/scheme.toml")
    )


def load_scheme(name: str, policy_file: Path | None = None) -> Scheme:
    """A scheme by name, with a policy file's overrides.

    Raises:
        PolicyError: no such scheme, or its files or the policy file have faults.
    """
    for path in (_HOME / "schemes").glob("*/scheme.toml"):
        about = tomllib.loads(path.read_text(encoding="utf-8"))
        if about["name"] == name:
            folder = path.parent
            return Scheme(
                name=name,
                title=about["title"],
                source=about["source"],
                macros=(_HOME / "kernel" / "macros.sql").read_text(encoding="utf-8"),
                relations=[*load_folder(_HOME / "kernel"), *load_folder(folder / "relations")],
                results=load_folder(folder / "results"),
                clauses=load_clauses(folder / "clauses"),
                policy=load_policy(folder / "policy.toml", policy_file),
            )
    raise PolicyError(f"no scheme {name}; there are: {', '.join(scheme_names())}.")
