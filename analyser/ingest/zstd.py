"""Zstandard files, read to their very end or refused."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from analyser.ingest.archives import open_raw

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import WriteableBuffer

_CHUNK = 1 << 16


class ZstdFile(io.RawIOBase):
    """The content of all frames of a file, one after the other.

    The package's own reader stops without a word after the first frame, and where a file was cut
    off: both would lose rows.
    """

    def __init__(self, path: Path) -> None:
        import zstandard

        self._file = open_raw(path)
        self._decoder = zstandard.ZstdDecompressor()
        self._frame = self._decoder.decompressobj()
        self._is_open = False
        self._packed = self._ready = b""

    def readable(self) -> bool:
        """It is for reading only."""
        return True

    def close(self) -> None:
        """Close the file as well."""
        self._file.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer as far as there is content.

        Raises:
            EOFError: the file ends in the middle of a frame.
        """
        view = memoryview(buffer)
        while not self._ready and self._advance():
            pass
        part, self._ready = self._ready[: len(view)], self._ready[len(view) :]
        view[: len(part)] = part
        return len(part)

    def _advance(self) -> bool:
        self._packed = self._packed or self._file.read(_CHUNK)
        if not self._packed:
            if self._is_open:
                raise EOFError("the compressed file ends before its end was marked")
            return False
        self._ready = self._frame.decompress(self._packed)
        self._is_open = not self._frame.eof
        self._packed = self._frame.unused_data
        if self._frame.eof:
            self._frame = self._decoder.decompressobj()
        return True
