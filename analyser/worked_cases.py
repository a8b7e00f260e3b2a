"""The worked cases of the kernel and of every clause, run on the installed program.

A lawyer reads them as examples, a developer as tests, an auditor as proof that this installation
decides as documented.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from analyser.audit import DEFAULT_SCHEME, Audit
from analyser.rulebook.cases import Case, load_cases
from analyser.rulebook.scheme import load_scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

KERNEL_CASES = Path(__file__).parent / "kernel" / "cases.toml"


def all_cases(scheme: str = DEFAULT_SCHEME) -> Iterator[tuple[str, Case]]:
    """(where it stands, case) of the kernel and of each clause folder of a scheme."""
    for case in load_cases(KERNEL_CASES):
        yield "kernel", case
    for clause in load_scheme(scheme).clauses:
        if (clause.folder / "cases.toml").is_file():
            for case in load_cases(clause.folder / "cases.toml", clause.code):
                yield clause.folder.name, case


def check(case: Case, scheme: str = DEFAULT_SCHEME) -> list[str]:
    """Assess a case in memory; one sentence for each difference from what it expects."""
    with tempfile.TemporaryDirectory(prefix="analyser-case-") as name:
        folder = Path(name)
        case.write(folder)
        policy = None
        if case.policy:
            policy = folder / "policy.toml"
            policy.write_text(case.policy, encoding="utf-8")
        with Audit(threads=1, reachable=[folder]) as audit:
            audit.ingest([folder])
            audit.assess(scheme, policy=policy, as_of=case.as_of)
            return case.differences(audit.results)
