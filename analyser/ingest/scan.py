"""One pass over a file's bytes: its hash, its lines, and anything that would mislead a parser."""

from __future__ import annotations

import gzip
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from analyser.errors import InputError
from analyser.ingest.archives import open_raw, shown, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# As much as stays in a processor's cache between the looks that are taken at it.
_CHUNK = 1 << 20
_FEED = ord("\n")
# Where the errors of damaged compressed data come from, besides those of the system.
PACKERS = {"zlib", "zstandard", "zipfile", "tarfile", "lzma", "_lzma"}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Scan:
    """What the bytes of one file show.

    Attributes:
        sha256: of the file as it lies on disk (compressed if it is).
        size: bytes on disk.
        lines: physical lines of the content, trailing empty ones left out.
        is_regular: one kind of line end, no NUL: a parser cannot be misled by the bytes.
        has_bom: starts with a UTF-8 byte-order mark.
    """

    sha256: str
    size: int
    lines: int
    is_regular: bool
    has_bom: bool


def open_content(path: Path) -> IO[bytes]:
    """The content of a file or of a member of an archive, decompressed by its suffix (``.gz``, ``.zst``)."""
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return cast("IO[bytes]", gzip.open(open_raw(path), "rb"))
    if suffix == ".zst":
        from analyser.ingest.zstd import ZstdFile

        return io.BufferedReader(ZstdFile(path), _CHUNK)
    return open_raw(path)


def open_text(path: Path) -> io.TextIOWrapper:
    """The content as text with its own line ends; bytes that are not UTF-8 survive as surrogates."""
    return io.TextIOWrapper(
        open_content(path),
        encoding="utf-8-sig",
        errors="surrogateescape",
        newline="",
    )


def scan(path: Path) -> Scan:
    """Hash the file and count its lines.

    Raises:
        InputError: the file cannot be read, is damaged, or is not UTF-8 text at all.
    """
    try:
        return _scan(path)
    except (OSError, EOFError) as error:
        raise InputError(f"{shown(path)}: cannot be read ({error}); check the file.") from error
    except Exception as error:  # zlib and zstandard have error classes of their own
        if type(error).__module__.partition(".")[0] in PACKERS:
            raise InputError(
                f"{shown(path)}: the compressed data is damaged ({error}); export it again."
            ) from error
        raise


def _scan(path: Path) -> Scan:
    is_packed = path.suffix.lower() in {".gz", ".zst"}
    digest = hashlib.sha256()
    feeds = breaks = pairs = trailing = 0
    has_nul = is_there = False
    head = previous = b""
    with open_content(path) as content:
        for chunk in _chunks(content):
            if not is_packed:
                digest.update(chunk)
            head = head or bytes(chunk[:4])
            is_there = True
            feeds += _line_feeds(chunk)
            if b"\r" in chunk or previous == b"\r":
                breaks += chunk.count(b"\r")
                pairs += chunk.count(b"\r\n") + (previous == b"\r" and chunk[:1] == b"\n")
            has_nul = has_nul or b"\0" in chunk
            trailing = _trailing(chunk, trailing)
            previous = bytes(chunk[-1:])
    # Without a mark UTF-16 shows in the NUL beside the first letter.
    if head.startswith(_UTF_16) or b"\0" in head[:2]:
        raise InputError(f"{shown(path)}: line 1: the file is UTF-16; save it as UTF-8 and try again.")
    blank = trailing // (2 if breaks else 1)
    return Scan(
        sha256=hash_file(path) if is_packed else digest.hexdigest(),
        size=size_of(path),
        lines=max(feeds, breaks) + 1 - blank if is_there else 0,
        is_regular=not has_nul and (breaks == 0 or breaks == pairs == feeds),
        has_bom=head.startswith(b"\xef\xbb\xbf"),
    )


def _chunks(content: IO[bytes]) -> Iterator[bytes | bytearray]:
    """The content in pieces, each of which is overwritten by the next: new memory costs as much as a hash."""
    buffer = bytearray(_CHUNK)
    while count := cast("io.BufferedIOBase", content).readinto(buffer):
        yield buffer if count == len(buffer) else bytes(memoryview(buffer)[:count])


def _line_feeds(chunk: bytes | bytearray) -> int:
    # `count` would take as long as the hash, as it looks at each byte; this searches.
    return len(chunk.replace(b"\n", b"\n\n")) - len(chunk)


def _trailing(chunk: bytes | bytearray, before: int) -> int:
    """How many bytes of line ends the content ends with after one more chunk."""
    if chunk[-1] not in b"\r\n":
        return 0
    kept = len(chunk.rstrip(b"\r\n"))
    return len(chunk) - kept + (0 if kept else before)


def is_blank(path: Path, size: Scan) -> bool:
    """Whether a file holds nothing but empty lines."""
    if size.lines > 1:
        return False
    with open_content(path) as content:
        return not content.read(_CHUNK).strip(b"\r\n")


def hash_file(path: Path) -> str:
    """SHA-256 of a file as it lies on disk, or of a member of an archive."""
    digest = hashlib.sha256()
    with open_raw(path) as file:
        for chunk in _chunks(file):
            digest.update(chunk)
    return digest.hexdigest()


def raw_lines(
    path: Path, wanted: dict[int, int], *, is_regular: bool = False, limit: int = 2000
) -> Iterator[tuple[int, str]]:
    """The text of chosen records.

    Args:
        path: the file.
        wanted: first physical line of a record -> how many lines it has.
        is_regular: as its scan found it: then lines are found without reading them as text.
        limit: characters kept of each.

    Yields:
        (first line, text), in file order.
    """
    if is_regular and all(count == 1 for count in wanted.values()):
        yield from _single_lines(path, sorted(wanted), limit)
        return
    last = max((start + count - 1 for start, count in wanted.items()), default=0)
    pending: list[tuple[int, int, list[str]]] = []
    with open_text(path) as text:
        for number, line in enumerate(text, start=1):
            if number > last:
                return
            if number in wanted:
                pending.append((number, number + wanted[number] - 1, []))
            for start, end, parts in pending:
                if sum(map(len, parts)) < limit:
                    parts.append(line)
                if number == end:
                    yield start, _shown("".join(parts), limit)
            pending = [entry for entry in pending if entry[1] > number]


def _single_lines(path: Path, wanted: list[int], limit: int) -> Iterator[tuple[int, str]]:
    import numpy as np

    most = 4 * limit + 4  # bytes of so many characters, after a byte-order mark
    at, last, held = 0, 1, b""
    with open_content(path) as content:
        for chunk in _chunks(content):
            if at == len(wanted):
                return
            ends = np.flatnonzero(np.frombuffer(chunk, np.uint8) == _FEED)
            first, last = last, last + len(ends)
            while at < len(wanted) and wanted[at] <= last:
                number = wanted[at] - first
                start = ends[number - 1] + 1 if number else 0
                stop = ends[number] if number < len(ends) else len(chunk)
                held = (held + chunk[start : min(stop, start + most)])[:most]
                if number == len(ends):  # it goes on in the next chunk
                    break
                yield wanted[at], _decoded(held, wanted[at], limit)
                at, held = at + 1, b""
    for number in wanted[at:]:
        yield number, _decoded(held, number, limit)
        held = b""


def _decoded(line: bytes, number: int, limit: int) -> str:
    encoding = "utf-8-sig" if number == 1 else "utf-8"
    return _shown(line.decode(encoding, "surrogateescape"), limit)


def _shown(text: str, limit: int) -> str:
    return printable(text.rstrip("\r\n")[:limit])


def printable(text: str) -> str:
    """Text that a database and a screen can hold: no NUL, no lone surrogate."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode("utf-8")
