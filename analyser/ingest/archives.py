"""ZIP and tar archives: their members are read where they are, never unpacked to disk.

A member's path is the archive's path followed by its own. An archive that is not what it seems is
refused as a whole, with one sentence, before anything in it is read.
"""

from __future__ import annotations

import contextlib
import re
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from analyser.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MEMBERS = 10_000
# Text packs to a fiftieth at best; what packs better than this is made to burst. Small files may.
MOST_RATIO, HARMLESS = 300, 16 << 20
LARGEST = 256 << 30
# A member of a compressed tar is reached by unpacking all before it.
MOST_UNPACKING = 64 << 30
_NAMES = re.compile(r"\.(zip|tar|tgz|tar\.(gz|bz2|xz))$", re.IGNORECASE)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_ENCRYPTED = 0x1
_BLOCK = 512


@dataclass(frozen=True)
class _Entry:
    """One file in an archive: its name, and its size as the archive states it."""

    name: str
    size: int


def is_archive(path: Path) -> bool:
    """Whether a file is a ZIP or tar archive by its name; what it really is shows when it is opened."""
    return bool(_NAMES.search(path.name))


def archive_of(path: Path) -> Path | None:
    """The archive in which a member's path ends; none for a file of its own."""
    return next((parent for parent in path.parents if is_archive(parent) and parent.is_file()), None)


def members(archive: Path, name: str) -> list[str]:
    """The names of an archive's files, without those that systems hide.

    Args:
        archive: the file.
        name: how messages call it.

    Raises:
        InputError: it is damaged, locked, or made to do harm.
    """
    with _told(name):
        entries = _zip_entries(archive, name) if _is_zip(archive) else _tar_entries(archive, name)
        _check(entries, archive, name)
    shown = (entry.name for entry in entries)
    return [name for name in shown if not any(part.startswith((".", "__MACOSX")) for part in name.split("/"))]


def open_raw(path: Path) -> IO[bytes]:
    """A file's or a member's bytes."""
    archive = archive_of(path)
    if archive is None:
        return path.open("rb")
    member = path.relative_to(archive).as_posix()
    if _is_zip(archive):
        # The opened member keeps its archive open.
        return zipfile.ZipFile(archive).open(member)
    # The opened member keeps its archive open, so neither is closed here.
    found = tarfile.open(archive).extractfile(member)  # noqa: SIM115 - whoever reads the member closes it
    return cast("IO[bytes]", found)


def size_of(path: Path) -> int:
    """Bytes of a file on disk, or of a member as its archive states them."""
    archive = archive_of(path)
    if archive is None:
        return path.stat().st_size
    member = path.relative_to(archive).as_posix()
    if _is_zip(archive):
        with zipfile.ZipFile(archive) as packed:
            return packed.getinfo(member).file_size
    with tarfile.open(archive) as bundle:
        return bundle.getmember(member).size


def shown(path: Path) -> str:
    """A file's name for messages; of a member with its archive's."""
    archive = archive_of(path)
    return path.relative_to(archive.parent).as_posix() if archive else path.name


def _is_zip(archive: Path) -> bool:
    with archive.open("rb") as file:
        return file.read(2) == b"PK"


@contextlib.contextmanager
def _told(name: str) -> Iterator[None]:
    damaged = f"{name}: the archive is damaged or cut short; export it again."
    try:
        yield
    except InputError:
        raise
    except (
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        RecursionError,
        zipfile.BadZipFile,
        tarfile.TarError,
    ) as error:
        raise InputError(damaged) from error
    except Exception as error:  # zlib and lzma have error classes of their own
        if type(error).__module__ in {"zlib", "_lzma", "lzma"}:
            raise InputError(damaged) from error
        raise


def _zip_entries(archive: Path, name: str) -> list[_Entry]:
    with zipfile.ZipFile(archive) as packed:
        infos = packed.infolist()
        for info in infos:
            if info.flag_bits & _ENCRYPTED:
                raise InputError(f"{name}: the archive is encrypted; unlock it and pack it again.")
            if info.compress_type not in _METHODS:
                raise InputError(f"{name}: the archive is packed in an unusual way; pack it as plain ZIP.")
            if info.external_attr >> 28 == 0xA:
                raise InputError(f"{name}: the archive holds a link; pack the files themselves.")
        return [_Entry(info.filename, info.file_size) for info in infos if not info.is_dir()]


def _tar_entries(archive: Path, name: str) -> list[_Entry]:
    entries: list[_Entry] = []
    unpacking = 0
    with tarfile.open(archive) as bundle:
        for info in bundle:
            if not (info.isreg() or info.isdir()):
                raise InputError(f"{name}: the archive holds a link or a device; pack the files themselves.")
            entries.append(_Entry(info.name, info.size)) if info.isreg() else None
            unpacking += info.offset_data + info.size
            # Before the next member is sought, since that unpacks this one.
            _check_size(info.offset_data + info.size, archive, name)
            if len(entries) > MOST_MEMBERS or unpacking > MOST_UNPACKING:
                raise InputError(
                    f"{name}: the archive is too large to be read packed; unpack it, or use ZIP."
                )
        source = bundle.fileobj
        if source is None:
            raise InputError(f"{name}: the archive is damaged or cut short; export it again.")
        source.seek(bundle.offset)
        # To the very end: only there a compressed archive shows whether it is whole.
        if len(rest := source.read(HARMLESS)) < _BLOCK or rest.strip(b"\0"):
            raise InputError(f"{name}: the archive has no end mark, so it was cut short; export it again.")
    return entries


def _check_size(size: int, archive: Path, name: str) -> None:
    packed = archive.stat().st_size
    if size > LARGEST or (size > HARMLESS and size > MOST_RATIO * packed):
        raise InputError(
            f"{name}: the archive would unpack to {size} bytes from {packed}, more than any log does; "
            "unpack it yourself if you trust it."
        )


def _check(entries: list[_Entry], archive: Path, name: str) -> None:
    if not entries:
        raise InputError(f"{name}: the archive is empty; there is nothing to read in it.")
    if len(entries) > MOST_MEMBERS:
        raise InputError(
            f"{name}: the archive holds {len(entries)} files, more than {MOST_MEMBERS}; unpack it yourself."
        )
    _check_size(sum(entry.size for entry in entries), archive, name)
    names = [entry.name for entry in entries]
    if len(set(names)) < len(names):
        raise InputError(f"{name}: the archive holds two files of one name; pack it again.")
    for number, found in enumerate(names, 1):
        if _is_trick(found):
            raise InputError(
                f"{name}: the name of file {number} in the archive leads out of it; pack it again."
            )
        if is_archive(Path(found)):
            raise InputError(
                f"{name}: file {number} in the archive is an archive itself; unpack one of them."
            )
        if found.lower().endswith(".parquet"):
            raise InputError(
                f"{name}: file {number} in the archive is Parquet, which must lie outside; unpack it."
            )


def _is_trick(name: str) -> bool:
    parts = name.split("/")
    has_signs = "\\" in name or ":" in parts[0] or not name.isprintable()
    return has_signs or name.startswith("/") or any(part in ("", ".", "..") for part in parts)
