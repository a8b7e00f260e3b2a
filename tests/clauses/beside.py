"""Worked cases beside each other in one run: what each comes to is what it comes to by itself.

Most rules look at one participant alone, so cases with the same policy, audit date and kinds of table are put
into one, under ids that bear the case's number (``P1#7``), and what comes out is taken apart again by it.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser.audit import Audit
from analyser.rulebook.relations import Relation
from analyser.worked_cases import check, in_force

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from analyser.rulebook.cases import Case
    from analyser.rulebook.pipe_tables import Row
    from analyser.rulebook.scheme import Scheme

# What two participants may not share without being told of it, and what leads to a register's row.
_IDS = {
    "participant_id",
    "activity_id",
    "actor_id",
    "certificate_no",
    "licence_no",
    "venue_id",
    "ip",
    "device",
    "label",
    "holder",
    "object_id",
}
# What a check reads stays to the end.
_NUMBERED = Relation("participants_are_numbered", "FROM participant_key WHERE pid IS NULL", Path(__file__))
_MARK = re.compile(r"#(\d+)")


def differences(cases: Iterable[Case], scheme: Scheme) -> Iterator[str]:
    """What came out otherwise than expected, one sentence each, with the case's name.

    A case that differs in company is tried alone, which decides.
    """
    groups = defaultdict(list)
    for case in cases:
        groups[_company(case, scheme)].append(case)
    for group in groups.values():
        for case in _otherwise(group, scheme) if len(group) > 1 else group:
            yield from (f"{case.name}: {sentence}" for sentence in check(case, scheme))


def _company(case: Case, scheme: Scheme) -> tuple[object, ...]:
    """What cases have to share."""
    rules = [clause.rule.name for clause in scheme.clauses if clause.code == case.code]
    alone = case.name if scheme.across.intersection(rules) else ""
    return (
        case.policy,
        case.as_of,
        frozenset(case.tables),
        str(case.tables.get("weather")),
        case.codes is None,
        alone,
    )


def _otherwise(group: list[Case], scheme: Scheme) -> list[Case]:
    """The cases that do not come to what they expect beside each other."""
    codes = frozenset[str]().union(*(case.codes or () for case in group))
    loaded = in_force(group[0], scheme)
    if group[0].codes is not None:
        loaded = loaded.narrowed(codes, {name for case in group for name in case.expected})
    loaded = replace(loaded, checks=[*loaded.checks, _NUMBERED])
    together = replace(group[0], tables=_joined(group))
    with (
        tempfile.TemporaryDirectory(prefix="analyser-cases-") as name,
        Audit(reachable=[Path(name)], threads=1) as audit,
    ):
        together.write(Path(name))
        audit.ingest([name])
        audit.assess(loaded, as_of=together.as_of)
        tables = {table: audit.results.rows(sql) for case in group for table, sql in case.shown.items()}
        answers = audit.results.rows(
            "SELECT code, coalesce(a.participant_id, p.participant_id) AS participant_id, verdict, n "
            "FROM rule_answer a LEFT JOIN participant_key p USING (pid)"
        )
    tables["coverage"] = list(_coverage(answers))
    parts = {name: _apart(rows) for name, rows in together.labelled(tables).items()}
    # What is said of nobody's activity could be said of anybody's: it decides about no case.
    shared = {row["code"] for name in ("coverage", "findings") if name in parts for row in parts[name][""]}
    return [
        case
        for number, case in enumerate(group)
        if shared.intersection(case.codes or {case.code})
        or case.differences({name: part[str(number)] for name, part in parts.items()})
    ]


def _joined(group: list[Case]) -> dict[str, list[Row]]:
    joined: dict[str, list[Row]] = {}
    for name in group[0].tables:
        rows = [
            {column: f"{cell}#{number}" if column in _IDS and cell else cell for column, cell in row.items()}
            for number, case in enumerate(group)
            for row in case.tables[name]
        ]
        joined[name] = rows if name != "weather" else group[0].tables[name]
    return joined


def _apart(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Case number (empty for what bears none) -> its rows, without the marks."""
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        marks = {mark for cell in row.values() if isinstance(cell, str) for mark in _MARK.findall(cell)}
        plain = {name: _MARK.sub("", cell) if isinstance(cell, str) else cell for name, cell in row.items()}
        parts[marks.pop() if len(marks) == 1 else ""].append(plain)
    return parts


def _coverage(answers: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows of the coverage that each participant would have by himself."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for answer in answers:
        counts[answer["code"], answer["participant_id"] or ""][answer["verdict"]] += answer["n"]
    for (code, participant), count in counts.items():
        yield {"code": code, "participant_id": participant, **count}
