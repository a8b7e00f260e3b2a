"""Files that grow chunk by chunk.

CSV, gzipped CSV, Parquet and JSON lines, the same bytes on every machine.
"""

from __future__ import annotations

import gzip
import shutil
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIXES = {"csv": ".csv", "csv.gz": ".csv.gz", "parquet": ".parquet", "jsonl": ".jsonl"}


class Sink(Protocol):
    """Something tables can be appended to."""

    def append(self, table: pa.Table) -> None:
        """Write these rows after those before."""

    def close(self) -> None:
        """Finish the file."""


def open_sink(path: Path, file_format: str, *, plain: bool = False) -> Sink:
    """A new file of this format; `plain`: no text in it needs quotes in CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if file_format == "parquet":
        return ParquetSink(path)
    if file_format == "jsonl":
        return JsonSink(path)
    return CsvSink(path, zipped=file_format == "csv.gz", quoting="none" if plain else "needed")


class CsvSink:
    """RFC 4180, empty cell for null."""

    def __init__(self, path: Path, *, zipped: bool, quoting: str) -> None:
        """Open the file; the header comes with the first rows."""
        self._raw: IO[bytes] = path.open("wb")
        self._out: IO[bytes] = self._raw
        # Neither name nor time of day goes into the gzip header, so that the bytes depend on the
        # rows only.
        if zipped:
            self._out = cast("IO[bytes]", gzip.GzipFile("", "wb", 6, self._raw, mtime=0))
        self._headed = False
        self._quoting = quoting

    def append(self, table: pa.Table) -> None:
        """Write rows."""
        import pyarrow as pa
        from pyarrow import csv

        options = csv.WriteOptions(include_header=False, quoting_style=self._quoting, batch_size=16_384)
        if not self._headed:
            self._out.write((",".join(table.column_names) + "\n").encode())
            self._headed = True
        buffer = pa.BufferOutputStream()
        csv.write_csv(table, buffer, options)
        self._out.write(buffer.getvalue())

    def close(self) -> None:
        """Finish the file."""
        self._out.close()
        self._raw.close()


class ParquetSink:
    """Parquet with Zstandard, one row group per chunk."""

    def __init__(self, path: Path) -> None:
        """The file is created with the first rows."""
        self._path = path
        self._writer: Any = None

    def append(self, table: pa.Table) -> None:
        """Write rows."""
        from pyarrow import parquet

        if self._writer is None:
            self._writer = parquet.ParquetWriter(self._path, table.schema, compression="zstd")
        self._writer.write_table(table, row_group_size=max(1, table.num_rows))

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()


class JsonSink:
    """One JSON object a line; DuckDB writes them."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        self._out = path.open("wb")

    def append(self, table: pa.Table) -> None:
        """Write rows."""
        import duckdb

        with tempfile.TemporaryDirectory() as folder:
            part = Path(folder) / "part.jsonl"
            with duckdb.connect() as con:
                con.register("rows_", table)
                con.execute(f"COPY rows_ TO '{part}' (FORMAT json)")
            with part.open("rb") as rows:
                shutil.copyfileobj(rows, self._out, 1 << 20)

    def close(self) -> None:
        """Finish the file."""
        self._out.close()
