"""Makes assessed databases for the tests from rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import duckdb

from analyser.results import Results
from analyser.schema.inputs import REGISTERS
from analyser.schema.results import RESULTS

from .sample import SCRIPT, Row, at, tables, us

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TYPES = {
    "text": "VARCHAR",
    "timestamp": "VARCHAR",
    "integer": "BIGINT",
    "decimal": "DECIMAL(18,6)",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "seconds": "BIGINT",
}

INFO: Row = {
    "case": f"Sample case {SCRIPT}",
    "scheme": "ia-elearning",
    "scheme_title": {"en": "Type 1 CPD e-learning", "zh": "第一類持續專業培訓電子學習"},
    "as_of": "2025-06-30",
    "assessed_at": "2025-07-01T09:00:00+08:00",
    "versions": {"analyser": "1.0.0", "duckdb": "2.0.0", "scheme": "1.6"},
    "scheme_source": {"en": "Guideline 1.6", "zh": "指引第 1.6 版"},
    "unread": ["notes.txt: no table of the case."],
    "clauses": [
        {
            "clause": "2.29",
            "code": code,
            "tier": "breach",
            "effect": "hold",
            "title": {"en": f"Title of {code}", "zh": f"{code} 標題"},
            "asks": {"en": "What is asked.", "zh": "要求。"},
            "reading": {"en": f"Reading of {code}.", "zh": f"{code} 的理解。"},
            "message": {"en": "Message.", "zh": "訊息。"},
            "benign": {"en": f"Benign of {code}.", "zh": f"{code} 的合理解釋。"},
        }
        for code in ("TWO_FACTOR_MISSING", "CHALLENGE_FAILED", "NOT_REGISTERED")
    ],
    "events": {"read": 1210, "stored": 1200, "duplicate": 7, "rejected": 3, "after_as_of": 12},
    "figures": {},
    "policy": {
        "time_basis": {"value": "evidenced", "unit": "", "clause": "2.12", "kind": "default"},
        "idle.threshold_s": {"value": 600, "unit": "s", "clause": "2.14", "kind": "default"},
        "session.gap_s": {"value": 1800, "unit": "s", "clause": "2.14", "kind": "default"},
        "credit.unit_minutes": {"value": 30, "unit": "min", "clause": "2.10", "kind": "guideline"},
        "media.max_s": {"value": 900, "unit": "s", "clause": "2.14", "kind": "override"},
        "factor_map": {"value": {"sso": "knows"}, "unit": "", "clause": "2.28", "kind": "override"},
    },
}

MARKS = [
    ("P001", us(at(3, 9)), "login", None),
    ("P001", us(at(3, 9, 40)), "challenge", "pass"),
    ("P001", us(at(3, 10, 29)), "logout", None),
    ("P002", us(at(3, 12, 50)), "challenge", "fail"),
    ("P002", us(at(3, 13, 20)), "submit", None),
]


def database(
    rows: Mapping[str, Sequence[Row]] | None = None,
    info: Mapping[str, object] | None = None,
    *,
    has_registers: bool = True,
    has_marks: bool = True,
) -> Results:
    """An assessed database in memory with the given rows (by default the sample's)."""
    connection = duckdb.connect()
    given = tables() if rows is None else rows
    wanted = [*RESULTS.values(), *(REGISTERS if has_registers else ())]
    for table in wanted:
        names = [c.name.removesuffix("_s") + "_us" if c.kind == "seconds" else c.name for c in table.columns]
        columns = ", ".join(f'"{name}" {TYPES[c.kind]}' for name, c in zip(names, table.columns, strict=True))
        connection.execute(f"CREATE TABLE {table.name} ({columns})")
        for row in given.get(table.name, ()):
            places = ", ".join("?" for _ in names)
            connection.execute(
                f"INSERT INTO {table.name} VALUES ({places})", [row.get(name) for name in names]
            )
    connection.execute("CREATE TABLE run_info (key VARCHAR, value VARCHAR)")
    for key, value in (INFO if info is None else info).items():
        connection.execute("INSERT INTO run_info VALUES (?, ?)", [key, json.dumps(value)])
    if has_marks:
        connection.execute(
            "CREATE TABLE mark (participant_id VARCHAR, at_us BIGINT, kind VARCHAR, outcome VARCHAR)"
        )
        for mark in MARKS:
            connection.execute("INSERT INTO mark VALUES (?, ?, ?, ?)", list(mark))
    return Results(connection)
