r"""One number for the results by content: equal results, equal digest, wherever computed.

Row order, threads, memory and engine leave no trace in it; `finding_id` and `evidence`
(which name files and lines) are left out, so that the same records split into other files
give the same digest.

How it is made, so that anybody can make it again:

1. A cell is ``LENGTH:TEXT`` with the length in UTF-8 bytes, or ``-`` for null. Truths are
   ``true`` and ``false``, numbers are in decimal without needless zeros.
2. A row is its cells joined by nothing. The rows of one participant, sorted by code point
   and joined by nothing, give one SHA-256.
3. A table is the SHA-256 of its column names (``name,name\n``) and of the sorted
   SHA-256 values of its participants, joined by nothing.
4. The digest is the SHA-256 of the lines ``table:SHA-256\n``.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from analyser.report.query import ask, columns, query, quoted
from analyser.schema.results import DIGESTED
from analyser.store import path_literal

if TYPE_CHECKING:
    from pathlib import Path

    from analyser.results import Results

LEFT_OUT = frozenset({"finding_id", "evidence"})
# Rows of one participant stand together in memory; a large table is taken in several passes.
ROWS_A_PASS = 2_000_000


def digest(results: Results) -> str:
    """The digest of the results in a database."""
    return combined(table_digests(results))


def table_digests(
    results: Results, directory: Path | None = None, names: tuple[str, ...] = DIGESTED
) -> dict[str, str]:
    """The digest of each table, from the database or from the Parquet files of `directory`."""
    return {name: _table_digest(results, _relation(name, directory)) for name in names}


def combined(tables: dict[str, str]) -> str:
    """The digest of the whole from the digests of its tables."""
    lines = "".join(f"{name}:{tables[name]}\n" for name in DIGESTED)
    return hashlib.sha256(lines.encode()).hexdigest()


def _relation(name: str, directory: Path | None) -> str:
    if directory is None:
        return name
    return f"read_parquet({path_literal(directory.resolve() / f'{name}.parquet')})"


def _table_digest(results: Results, relation: str) -> str:
    types = {name: kind for name, kind in columns(results, relation).items() if name not in LEFT_OUT}
    row = ", ".join(_cell(name, kind) for name, kind in types.items())
    passes = 1 + ask(results, "digest_size", relation=relation)[0]["size"] // ROWS_A_PASS
    people: list[str] = []
    for number in range(passes):
        answer = ask(results, "digest", (passes, number), row=row, relation=relation)
        people += [str(person["sha256"]) for person in answer]
    whole = hashlib.sha256((",".join(types) + "\n").encode())
    whole.update("".join(sorted(people)).encode())
    return whole.hexdigest()


def _cell(name: str, kind: str) -> str:
    """SQL of one cell's parts, to be joined by `concat`, which skips a null."""
    if kind.startswith("DECIMAL"):
        text = query("digest_decimal", cell=quoted(name))
    elif kind in {"DOUBLE", "FLOAT"}:
        text = query("digest_decimal", cell=f"CAST({quoted(name)} AS DECIMAL(38, 9))")
    else:
        text = f"CAST({quoted(name)} AS VARCHAR)"
    return query("digest_cell", text=text)
