"""The worked cases of the kernel and of every clause, run on the installed program.

A lawyer reads them as examples, a developer as tests, an auditor as proof that this installation
decides as documented.
"""

from __future__ import annotations

import tempfile
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from analyser.audit import DEFAULT_SCHEME, Audit
from analyser.rulebook.cases import Case, load_cases
from analyser.rulebook.policy import override
from analyser.rulebook.scheme import Scheme, load_scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

KERNEL_CASES = Path(__file__).parent / "kernel" / "cases.toml"


def kernel_cases() -> Iterator[tuple[str, Case]]:
    """(where it stands, case) of the time kernel."""
    for case in load_cases(KERNEL_CASES):
        yield "kernel", case


def all_cases(scheme: str | Scheme = DEFAULT_SCHEME) -> Iterator[tuple[str, Case]]:
    """(where it stands, case) of each clause folder of a scheme."""
    loaded = scheme if isinstance(scheme, Scheme) else load_scheme(scheme)
    for clause in loaded.clauses:
        if (clause.folder / "cases.toml").is_file():
            for case in load_cases(clause.folder / "cases.toml", clause.code, loaded.usual):
                yield clause.folder.name, case


def check(case: Case, scheme: str | Scheme = DEFAULT_SCHEME, *, is_whole: bool = False) -> list[str]:
    """Assess a case in memory; one sentence for each difference from what it expects.

    Of the scheme only what the case looks at is applied: its rule, what that rests on, the tables it shows;
    or the whole scheme.
    """
    with tempfile.TemporaryDirectory(prefix="analyser-case-") as name:
        folder = Path(name)
        case.write(folder)
        loaded = in_force(case, scheme if isinstance(scheme, Scheme) else load_scheme(scheme))
        codes = case.codes
        if codes is not None and not is_whole:
            loaded = loaded.narrowed(codes, case.expected)
        with Audit(threads=1, reachable=[folder]) as audit:
            audit.ingest([folder])
            audit.assess(loaded, as_of=case.as_of)
            shown = {name: audit.results.rows(sql) for name, sql in case.shown.items()}
            return case.differences(case.labelled(shown))


def in_force(case: Case, scheme: Scheme) -> Scheme:
    """A scheme with the policy values that a case changes."""
    return (
        replace(scheme, policy=override(scheme.policy, tomllib.loads(case.policy))) if case.policy else scheme
    )
