"""The seal of a report pack: a manifest of what went in and came out, and its check."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyser.report.digest import combined, table_digests
from analyser.report.files import sha256_of, whole
from analyser.report.text import plain
from analyser.results import Results
from analyser.schema.results import DIGESTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MANIFEST = "manifest.json"
PACK_VERSION = 1
_AGAIN = "write the report again with analyser run or analyser report"
# A run may keep its database in the same folder; it goes on changing and is no part of the pack.
DATABASE_ENDINGS = (".duckdb", ".duckdb.wal", ".db", ".db.wal", ".duckdb.new", ".duckdb.new.wal")


def write_manifest(results: Results, out: Path, files: Iterable[Path], digests: dict[str, str]) -> Path:
    """Writes the manifest of a finished pack and returns its path.

    Args:
        results: the assessed database the files were made from.
        out: the folder of the pack.
        files: everything written into it.
        digests: the digest of each result table.
    """
    info = results.info
    manifest = {
        "pack_version": PACK_VERSION,
        **{name: info.get(name) for name in ("case", "scheme", "scheme_title", "as_of", "assessed_at")},
        "versions": info.get("versions") or {},
        "policy": info.get("policy") or {},
        "inputs": results.rows("SELECT file, sha256, bytes, format FROM ingest ORDER BY file, sha256"),
        "outputs": [_entry(file) for file in sorted(files)],
        "digest": combined(digests),
        "digests": digests,
    }
    path = out / MANIFEST
    with whole(path) as part:
        part.write_text(_json({**manifest, "seal": seal_of(manifest)}) + "\n", encoding="utf-8")
    return path


def seal_of(manifest: dict[str, Any]) -> str:
    """SHA-256 of the manifest's content without its seal: shows that it was edited by hand."""
    content = {name: value for name, value in manifest.items() if name != "seal"}
    return hashlib.sha256(_json(content).encode()).hexdigest()


def _entry(path: Path) -> dict[str, object]:
    return {"file": path.name, "sha256": sha256_of(path), "bytes": path.stat().st_size}


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)


@dataclass(frozen=True)
class _Listed:
    """One output as the manifest lists it."""

    file: str
    sha256: str
    bytes: int


def verify_pack(directory: Path) -> list[str]:
    """Everything that is wrong with a pack, one plain sentence each; empty if it is whole.

    It compares each file with the manifest, looks for missing and added files, makes the digest
    of the results anew from the Parquet files, and checks that the manifest itself was not
    edited. Somebody who rewrites files *and* manifest can only be found out by the digest and
    the seal that were noted elsewhere.
    """
    path = directory / MANIFEST
    if not path.is_file():
        return [_no_manifest(directory)]
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return [f"{MANIFEST} cannot be read as JSON, so nothing can be checked against it; {_AGAIN}."]
    if not isinstance(manifest, dict):
        return [f"{MANIFEST} is not a manifest: it should be one JSON object."]
    return [
        *_faults_of_manifest(manifest),
        *_faults_of_files(directory, manifest),
        *_faults_of_digest(directory, manifest),
    ]


def _no_manifest(directory: Path) -> str:
    """It is written last: tables without it were left by a run that was stopped, or by a full disk."""
    lead = f"There is no {MANIFEST} in {plain(directory)}"
    if any((directory / f"{name}.parquet").is_file() for name in DIGESTED):
        return f"{lead}, though tables are: writing the report did not finish; use none of it and {_AGAIN}."
    return f"{lead}: this is no report pack; name the folder that analyser run or analyser report wrote."


def _faults_of_manifest(manifest: dict[str, Any]) -> Iterator[str]:
    if manifest.get("pack_version") != PACK_VERSION:
        yield f"{MANIFEST} is not of version {PACK_VERSION}, which this program knows how to check."
    try:
        seal = seal_of(manifest)
    except (ValueError, RecursionError):
        seal = None
    if manifest.get("seal") != seal:
        yield f"{MANIFEST} was changed after it was written: its seal does not match its content."


def _faults_of_files(directory: Path, manifest: dict[str, Any]) -> Iterator[str]:
    outputs = manifest.get("outputs")
    if not isinstance(outputs, list):
        yield f"{MANIFEST} has no list of outputs, so the files cannot be checked."
        return
    known = {MANIFEST}
    for output in outputs:
        listed = _listed(output)
        if listed is None:
            yield f"{MANIFEST} lists an output without a plain file name, a hash and a size."
            continue
        known.add(listed.file)
        fault = _fault_of_file(directory / listed.file, listed)
        if fault:
            yield fault
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory).as_posix()
        if not path.is_dir() and name not in known and not name.endswith(DATABASE_ENDINGS):
            yield f"{plain(name)} is not in the manifest: it was added after the pack was written."


def _listed(output: object) -> _Listed | None:
    """An output of the manifest, if it is one: a name without folders, a hash, a size."""
    if not isinstance(output, dict):
        return None
    file, sha256, size = (output.get(name) for name in ("file", "sha256", "bytes"))
    is_name = isinstance(file, str) and file not in {"", ".", ".."} and not set(file) & set("/\\\0")
    if not is_name or not isinstance(sha256, str) or not isinstance(size, int):
        return None
    return _Listed(str(file), sha256, size)


def _fault_of_file(path: Path, listed: _Listed) -> str | None:
    name = plain(listed.file)
    try:
        if not path.is_file():
            return f"{name} is missing."
        size = path.stat().st_size
        if size != listed.bytes:
            return f"{name} was changed: it has {size} bytes, the manifest says {listed.bytes}."
        if sha256_of(path) != listed.sha256:
            return f"{name} was changed: its SHA-256 is not the one in the manifest."
    except OSError as error:
        return f"{name} cannot be read ({error.strerror})."
    return None


def _faults_of_digest(directory: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """Makes the digests anew from the Parquet files, as somebody without our CSV would."""
    import duckdb

    noted = manifest.get("digests")
    noted = noted if isinstance(noted, dict) else {}
    found: dict[str, str] = {}
    with duckdb.connect() as connection:
        for name in DIGESTED:
            try:
                found |= table_digests(Results(connection), directory, (name,))
            except duckdb.Error:
                yield f"{name}.parquet cannot be read as a table, so the results cannot be checked."
    yield from (
        f"The digest of {name} is not the one in the manifest: the results differ."
        for name, digest in found.items()
        if noted.get(name) != digest
    )
    if len(found) == len(DIGESTED) and combined(found) != manifest.get("digest"):
        yield "The digest of the results as a whole is not the one in the manifest."
