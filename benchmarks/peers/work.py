"""`python -m benchmarks.peers.work ENGINE EVENTS OUT`: one engine, in a process of its own.

`check OUT` instead tells what an engine wrote, as one line of JSON.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from benchmarks.peers import COLUMNS

# A text of every row in one order: two results are equal when their sums of this text are.
_CHECK = """
SELECT count(*) AS row_count, sum(presence_us)::BIGINT AS presence_us, sum(active_us)::BIGINT AS active_us,
  sum(assessment_us)::BIGINT AS assessment_us, md5(string_agg(row_text, chr(10) ORDER BY row_text)) AS digest
FROM (SELECT concat_ws('|', {texts}) AS row_text, * FROM read_parquet('{folder}/*.parquet'))
"""


def check(folder: Path) -> dict[str, object]:
    """Rows, sums and digest of the result in a folder."""
    import duckdb

    texts = ", ".join(f"coalesce({name}::VARCHAR, '-')" for name in COLUMNS)
    cursor = duckdb.connect().execute(_CHECK.format(texts=texts, folder=folder))
    names = [column[0] for column in cursor.description or []]
    (row,) = cursor.fetchall()
    return dict(zip(names, row, strict=True))


def compute(engine: str, events: Path, out: Path) -> None:
    """Let one engine compute learning time; see `benchmarks.peers`."""
    importlib.import_module(f"benchmarks.peers.by_{engine}").compute(events, out)


if __name__ == "__main__":
    if sys.argv[1] == "check":
        print(json.dumps(check(Path(sys.argv[2]))))
    else:
        compute(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
