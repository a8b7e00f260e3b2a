"""Archives: members are read where they are; what is made to do harm gets one sentence."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from analyser.audit import Audit
from analyser.errors import InputError
from analyser.ingest import archives

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EVENTS = "timestamp,participant_id,event\n2025-09-01T10:00:00Z,P1,view\n2025-09-01T10:00:0xZ,P1,view\n"
SHA = "0" * 64


def zipped(entries: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, text in entries.items():
            packed.writestr(zipfile.ZipInfo(name), text, method)
    return out.getvalue()


def tarred(entries: dict[str, str | bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as bundle:  # type: ignore[call-overload]  # the mode is no literal
        for name, text in entries.items():
            data = text.encode() if isinstance(text, str) else text
            info = tarfile.TarInfo(name)
            info.size = len(data)
            bundle.addfile(info, io.BytesIO(data))
    return out.getvalue()


def linked() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as bundle:
        info = tarfile.TarInfo("events.csv")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/hosts"
        bundle.addfile(info)
    return out.getvalue()


def locked() -> bytes:
    data = bytearray(zipped({"a.csv": EVENTS}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def ingest(folder: Path, name: str, data: bytes) -> Audit:
    exports = folder / "case" / "exports"
    exports.mkdir(parents=True)
    (exports / name).write_bytes(data)
    audit = Audit(None, reachable=[folder / "case"], threads=1)
    audit.ingest([folder / "case"])
    return audit


GOOD: dict[str, Callable[[dict[str, str | bytes]], bytes]] = {
    "a.zip": zipped,
    "b.ZIP": lambda entries: zipped(entries, zipfile.ZIP_LZMA),
    "c.tar": tarred,
    "d.tar.gz": lambda entries: tarred(entries, "w:gz"),
    "e.tgz": lambda entries: tarred(entries, "w:gz"),
    "f.tar.xz": lambda entries: tarred(entries, "w:xz"),
}


@pytest.mark.parametrize("name", GOOD)
def test_members_are_sources_and_nothing_is_unpacked(name: str, tmp_path: Path) -> None:
    entries: dict[str, str | bytes] = {
        "sub/events.csv": EVENTS,
        "more.csv.gz": gzip.compress(EVENTS.replace("P1", "P2").encode()),
        "__MACOSX/._events.csv": "junk",
        ".DS_Store": "junk",
    }
    audit = ingest(tmp_path, name, GOOD[name](entries))
    found = audit.connection.execute(
        "SELECT file, rows_read, rows_stored, rows_rejected FROM ingest_ledger ORDER BY file"
    ).fetchall()
    assert found == [(f"exports/{name}/more.csv.gz", 2, 1, 1), (f"exports/{name}/sub/events.csv", 2, 1, 1)]
    assert audit.connection.execute("SELECT DISTINCT line FROM reject").fetchall() == [(3,)]
    assert [path.name for path in (tmp_path / "case").rglob("*") if path.is_file()] == [name]
    # The very same archive again adds nothing.
    audit.ingest([tmp_path / "case"])
    assert audit.connection.execute("SELECT count(*) FROM event").fetchall() == [(4,)]


def test_an_archive_may_hold_a_case(tmp_path: Path) -> None:
    register = "activity_id,approved_minutes\nA1,60\n"
    path = tmp_path / "case.zip"
    path.write_bytes(zipped({"events.csv": EVENTS, "activities.csv": register}))
    audit = Audit(None, reachable=[tmp_path], threads=1)
    audit.ingest([path])
    assert audit.connection.execute("SELECT activity_id FROM activities").fetchall() == [("A1",)]


BAD: dict[str, tuple[str, bytes, str]] = {
    "bomb": ("a.zip", zipped({"a.csv": b"0" * (40 << 20)}), "more than any log does"),
    "tar bomb": ("a.tgz", tarred({"a.csv": b"0" * (40 << 20)}, "w:gz"), "more than any log does"),
    "many small": (
        "a.zip",
        zipped({f"{n}.csv": "" for n in range(archives.MOST_MEMBERS + 1)}),
        "10001 files",
    ),
    "up": ("a.zip", zipped({"../events.csv": EVENTS}), "leads out of it"),
    "absolute": ("a.tar", tarred({"/tmp/events.csv": EVENTS}), "leads out of it"),  # noqa: S108 - a name in an archive, no file
    "drive": ("a.zip", zipped({"C:/events.csv": EVENTS}), "leads out of it"),
    "backslash": ("a.tar", tarred({"..\\events.csv": EVENTS}), "leads out of it"),
    "control": ("a.zip", zipped({"ev\x1b[2Jents.csv": EVENTS}), "leads out of it"),
    "nested": ("a.zip", zipped({"b.zip": zipped({"a.csv": EVENTS})}), "an archive itself"),
    "nested tar": ("a.tar", tarred({"b.tar.gz": tarred({"a.csv": EVENTS}, "w:gz")}), "an archive itself"),
    "encrypted": ("a.zip", locked(), "is encrypted"),
    "link": ("a.tar", linked(), "a link or a device"),
    "cut": ("a.zip", zipped({"a.csv": EVENTS})[:-30], "damaged or cut short"),
    "cut tar": ("a.tar", tarred({"a.csv": EVENTS * 100})[:2000], "damaged or cut short"),
    "cut at a member": ("a.tar", tarred({"a.csv": EVENTS, "b.csv": EVENTS})[:1024], "cut short"),
    "cut stream": ("a.tgz", tarred({"a.csv": EVENTS}, "w:gz")[:-20], "damaged or cut short"),
    "none": ("a.zip", b"this is no archive at all", "damaged or cut short"),
    "empty": ("a.zip", zipped({}), "is empty"),
    "no bytes": ("a.tar", b"", "damaged or cut short"),
    "flipped": (
        "a.zip",
        zipped({"a.csv": EVENTS}, zipfile.ZIP_STORED).replace(b"P1,view", b"P9,view", 1),
        "damaged",
    ),
    "parquet": ("a.zip", zipped({"events.parquet": "PAR1"}), "must lie outside"),
}


@pytest.mark.parametrize("name", BAD)
def test_hostile_archives_get_one_sentence(name: str, tmp_path: Path) -> None:
    file, data, reason = BAD[name]
    with pytest.raises(InputError) as found:
        ingest(tmp_path, file, data)
    text = str(found.value)
    assert reason in text
    assert (text.count("\n"), text.isprintable()) == (0, True)
    assert file in text
    assert str(tmp_path) not in text


def test_two_files_of_one_name(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed, pytest.warns(UserWarning):
        packed.writestr("a.csv", EVENTS)
        packed.writestr("a.csv", EVENTS + "x")
    with pytest.raises(InputError, match="two files of one name"):
        ingest(tmp_path, "a.zip", out.getvalue())


@pytest.mark.parametrize("size", [archives.HARMLESS, archives.HARMLESS + 1])
def test_small_archives_may_pack_well(size: int, tmp_path: Path) -> None:
    line = EVENTS.encode().split(b"\n")[1] + b"\n"
    text = EVENTS.encode().split(b"\n")[0] + b"\n" + line * 1000
    data = zipped({"a.csv": text, "b.csv": b" " * (size - len(text))})
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    if size > archives.HARMLESS:
        with pytest.raises(InputError, match="more than any log does"):
            archives.members(path, "a.zip")
    else:
        assert archives.members(path, "a.zip") == ["a.csv", "b.csv"]
