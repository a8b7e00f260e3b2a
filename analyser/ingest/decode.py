"""Exports that are not UTF-8 text: UTF-16 and workbooks become a text copy with the same lines.

The copy lies in the database's own temporary folder, the only place besides the case that the engine
may read. Line numbers are those of the original: a workbook's row is a line.
"""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import re
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser.errors import InputError
from analyser.ingest.archives import size_of
from analyser.ingest.scan import hash_file, open_content, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from analyser.ingest.source import Source

_BLOCK = 1 << 20
_MOST_CELLS = 50_000_000
# What a row of a workbook would be as text at most; more is a bomb, not a log.
_MOST_UNPACKED = 4 << 30


@dataclass(frozen=True)
class Original:
    """The file as it was handed over, when a text copy of it is read.

    Attributes:
        sha256: of its bytes.
        size: its bytes.
        notes: what was done to it, as sentences.
    """

    sha256: str
    size: int
    notes: tuple[str, ...]


@contextlib.contextmanager
def decoded(
    source: Source, connection: duckdb.DuckDBPyConnection | None = None
) -> Iterator[tuple[Source, Original | None]]:
    """The file to read: itself, or a text copy that is gone afterwards.

    Args:
        source: the file; tables of a case are taken as they are, since they must be UTF-8.
        connection: whose temporary folder holds the copy.

    Raises:
        InputError: the file is damaged.
    """
    kind = _kind(source) if source.table is None else None
    if kind is None:
        yield source, None
        return
    with tempfile.TemporaryDirectory(dir=_spill(connection)) as folder:
        # Messages name the file by its last part; the copy is not packed.
        copy = Path(folder) / re.sub(r"(?i)\.(gz|zst)$", "", source.path.name)
        notes = _write_workbook(source, copy) if kind == "xlsx" else _write_text(source, copy, kind)
        original = Original(hash_file(source.path), size_of(source.path), notes)
        yield dataclasses.replace(source, path=copy), original


def _spill(connection: duckdb.DuckDBPyConnection | None) -> str | None:
    if connection is None:
        return None
    ((folder,),) = connection.execute("SELECT current_setting('temp_directory')").fetchall()
    Path(folder).mkdir(parents=True, exist_ok=True)
    return str(folder)


def _kind(source: Source) -> str | None:
    try:
        with open_content(source.path) as content:
            head = content.read(64)
    except Exception:  # whoever reads it next says what is wrong with it
        return None
    if head.startswith(b"PK\x03\x04"):
        return "xlsx" if _is_workbook(source.path) else None
    if head.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # Without a mark it shows in the NUL beside every letter of the first words.
    if len(head) >= 4 and not any(head[1:16:2]) and all(head[:16:2]):
        return "utf-16-le"
    if len(head) >= 4 and not any(head[:16:2]) and all(head[1:16:2]):
        return "utf-16-be"
    return None


def _is_workbook(path: Path) -> bool:
    try:
        # Through the content: a workbook may lie in an archive, or be packed once more.
        with open_content(path) as content, zipfile.ZipFile(content) as packed:
            return "xl/workbook.xml" in packed.namelist()
    except Exception:  # every way of packing has errors of its own; whoever reads it next says what is wrong
        return False


def _write_text(source: Source, copy: Path, encoding: str) -> tuple[str, ...]:
    import codecs

    # What cannot be read becomes bytes that are no UTF-8 either, so that its line is rejected.
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    try:
        with open_content(source.path) as content, copy.open("wb") as out:
            while block := content.read(_BLOCK):
                out.write(decoder.decode(block).encode("utf-8", "surrogatepass"))
            out.write(decoder.decode(b"", final=True).encode("utf-8", "surrogatepass"))
    except UnicodeError as error:
        raise InputError(
            f"{source.name}: starts as {encoding.upper()} but cannot be read to its end; export it again."
        ) from error
    except (OSError, EOFError) as error:
        raise InputError(f"{source.name}: cannot be read ({error}); check the file.") from error
    return (f"The file is {encoding.upper()}; it was read as such.",)


def _write_workbook(source: Source, copy: Path) -> tuple[str, ...]:
    import python_calamine as calamine

    try:
        with _on_disk(source.path, copy) as path:
            _check_size(source, path)
            with calamine.load_workbook(str(path)) as book:
                names = list(book.sheet_names)
                sheet, taken = _first_sheet(book, names, source)
                _write_rows(sheet, copy)
    except InputError:
        raise
    except Exception as error:  # the reader has many kinds of error, and a damaged file may bring any
        raise InputError(
            f"{source.name}: the workbook cannot be read ({type(error).__name__}); save it again as CSV."
        ) from error
    others = [printable(name) for name in names if name != taken]
    more = f" Not read: {', '.join(others)[:200]}." if others else ""
    return (f"Of the workbook the sheet {printable(taken)[:100]} was read; its rows are the lines.{more}",)


@contextlib.contextmanager
def _on_disk(path: Path, copy: Path) -> Iterator[Path]:
    """The workbook as a file that can be opened by its name; one in an archive is taken out meanwhile."""
    if path.is_file() and path.suffix.lower() not in {".gz", ".zst"}:
        yield path
        return
    taken_out = copy.with_name("workbook")
    with open_content(path) as content, taken_out.open("wb") as out:
        shutil.copyfileobj(content, out, _BLOCK)
    yield taken_out


def _write_rows(sheet: list[list[Any]], copy: Path) -> None:
    with copy.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row in sheet:
            cells = [_cell(value) for value in row]
            # A row without a cell is an empty line.
            writer.writerow(cells if any(cells) else [])


def _check_size(source: Source, path: Path) -> None:
    with zipfile.ZipFile(path) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > _MOST_UNPACKED:
            raise InputError(f"{source.name}: the workbook is too large; save it as CSV.")


def _first_sheet(book: Any, names: list[str], source: Source) -> tuple[list[list[Any]], str]:
    """The first sheet that holds anything."""
    for name in names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height * sheet.width > _MOST_CELLS:
            raise InputError(f"{source.name}: the workbook's sheet has too many cells; save it as CSV.")
        # Empty rows above count as lines, so that a line is a row of the sheet.
        if rows := sheet.to_python(skip_empty_area=False):
            return rows, name
    return [], names[0] if names else ""


def _cell(value: Any) -> str:
    """A cell as text: whole numbers without a point, times in ISO 8601, one line."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return printable(str(value)).replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
