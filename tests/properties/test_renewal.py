"""Tables that an assessment renews in part stay as large as what is in them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from analyser.audit import Audit
from analyser.engines import earlier
from analyser.schema.results import RESULTS
from tests.agreement.compare import scheme_with
from tests.properties.support import lay_down, random_given


@pytest.fixture(autouse=True)
def _always_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier, "_MOST_PERCENT", 100)


def tables(audit: Audit) -> dict[str, list[tuple[Any, ...]]]:
    """Every result table, sorted."""
    return {name: audit.connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in RESULTS}


def is_part_run(audit: Audit) -> bool:
    """Whether the last assessment looked at a part of the trail, which then is a table of its own."""
    seen = "SELECT 1 FROM duckdb_tables() WHERE table_name = 'stored_event' AND temporary"
    return bool(audit.connection.execute(seen).fetchall())


def test_renewed_tables_do_not_grow(tmp_path: Path) -> None:
    """A deleted row keeps its place in the file; once there are many, the table is written anew."""
    given = random_given(401)
    folder = lay_down(given, tmp_path)
    scheme = scheme_with(given.policy)
    places: list[tuple[int, int]] = []
    early = date.fromisoformat(
        min(str(row["timestamp"])[:10] for row in given.tables["events"] if str(row["timestamp"]) > "19")
    )
    with Audit(reachable=[folder], threads=1) as audit:
        audit.ingest([folder])
        audit.assess(scheme, as_of=given.as_of)
        at_first = tables(audit)
        for _ in range(3):
            for day in (early + timedelta(days=1), given.as_of):
                audit.assess(scheme, as_of=day)
                assert is_part_run(audit)
                places += audit.connection.execute(
                    "SELECT count(*), coalesce(max(rowid) + 1, 0) FROM intervals"
                ).fetchall()
        assert tables(audit) == at_first
    most = max(count for count, _ in places)
    assert most > 5
    assert max(place for _, place in places) <= 3 * most
