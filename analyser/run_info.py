"""What a run was, kept beside its results: scheme, policy in full, versions, counts."""

from __future__ import annotations

import datetime
import json
import platform
from typing import TYPE_CHECKING, Any

from analyser.ingest import tables
from analyser.schema.inputs import INPUTS

if TYPE_CHECKING:
    import duckdb

    from analyser.rulebook.scheme import Scheme

# The files of a lake often have the same columns too many, which are named once.
_UNUSED = """
SELECT concat(min(file), CASE WHEN count(*) > 1 THEN concat(' (+', count(*) - 1, ')') END, ': ',
  extra_columns)
FROM source_file WHERE extra_columns <> '' GROUP BY extra_columns ORDER BY ALL"""
HONG_KONG = datetime.timezone(datetime.timedelta(hours=8))


def describe(connection: duckdb.DuckDBPyConnection, scheme: Scheme, as_of: datetime.date, case: str) -> None:
    """Write the table `run_info` (the caller holds the transaction).

    Args:
        connection: the audit database, assessed.
        scheme: what was applied.
        as_of: the audit date.
        case: name shown in reports.
    """
    is_late = "at_us >= getvariable('as_of_end_us')" if INPUTS[scheme.trail].clocks else "false"
    ((later,),) = connection.execute(
        f"SELECT count(*) FROM {tables.typed_table(scheme.trail)} WHERE fault IS NULL AND {is_late}"
    ).fetchall()
    ((read, kept, twins, rejected),) = connection.execute(
        "SELECT coalesce(sum(rows_read), 0)::BIGINT, coalesce(sum(rows_stored), 0)::BIGINT, "
        "coalesce(sum(rows_duplicate), 0)::BIGINT, coalesce(sum(rows_rejected), 0)::BIGINT "
        "FROM ingest_ledger WHERE table_name = ?", [scheme.trail]
    ).fetchall()  # fmt: skip
    info: dict[str, Any] = {
        "case": case,
        "scheme": scheme.name,
        "scheme_title": scheme.title,
        "scheme_source": scheme.source,
        "as_of": as_of.isoformat(),
        "assessed_at": datetime.datetime.now(HONG_KONG).isoformat(timespec="seconds"),
        "policy": {
            name: {"value": v.value, "unit": v.unit, "clause": v.clause, "kind": v.kind, "about": v.about}
            for name, v in scheme.policy.items()
        },
        "clauses": [clause.described for clause in scheme.clauses],
        "guideline": [paragraph.described for paragraph in scheme.guideline],
        "report": scheme.report,
        "versions": versions(),
        "events": {
            "read": read,
            "stored": kept,
            "duplicate": twins,
            "rejected": rejected,
            "after_as_of": later,
        },
        "unread": _sentences(connection, "SELECT sentence FROM notice WHERE file = ''"),
        "understood": _sentences(connection, "SELECT sentence FROM notice WHERE file <> '' ORDER BY ALL"),
        "unused": _sentences(connection, _UNUSED),
    }
    connection.execute("CREATE OR REPLACE TABLE run_info (key VARCHAR, value VARCHAR)")
    told = [(key, json.dumps(value, ensure_ascii=False)) for key, value in info.items()]
    places = ", ".join(["(?, ?)"] * len(told))
    connection.execute(f"INSERT INTO run_info VALUES {places}", [part for pair in told for part in pair])


def versions() -> dict[str, str]:
    """Versions of what made the results."""
    from importlib import metadata

    return {
        "analyser": metadata.version("analyser"),
        "duckdb": metadata.version("duckdb"),
        "python": platform.python_version(),
    }


def _sentences(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [row[0] for row in connection.execute(query).fetchall()]
