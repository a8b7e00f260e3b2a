"""The sealed pack: whole when written, and every kind of tampering is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from analyser.report import digest, verify_pack, write_reports
from analyser.report.files import sha256_of
from analyser.report.pack import MANIFEST, seal_of

from .database import database
from .sample import SCRIPT

if TYPE_CHECKING:
    from collections.abc import Callable

    from analyser.results import Results


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack as it was written, which no test changes."""
    folder = tmp_path_factory.mktemp("pack")
    write_reports(database(), folder)
    return folder


@pytest.fixture
def pack(finished: Path, tmp_path: Path) -> Path:
    """A copy of the finished pack to tamper with."""
    return Path(shutil.copytree(finished, tmp_path / "pack"))


def manifest_of(pack: Path) -> dict[str, Any]:
    """The pack's manifest."""
    content: dict[str, Any] = json.loads((pack / MANIFEST).read_text("utf-8"))
    return content


def rewrite(pack: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Changes the manifest and seals it again, as a careful forger would."""
    manifest = manifest_of(pack)
    change(manifest)
    manifest["seal"] = seal_of(manifest)
    (pack / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def test_a_fresh_pack_is_whole(pack: Path, results: Results) -> None:
    """Nothing is wrong with it, and it says all that is needed to make it again."""
    assert verify_pack(pack) == []
    manifest = manifest_of(pack)
    assert manifest["digest"] == digest(results)
    assert manifest["policy"]["idle.threshold_s"]["value"] == 600
    assert manifest["as_of"] == "2025-06-30"
    assert manifest["case"].endswith(SCRIPT)
    assert [entry["file"] for entry in manifest["inputs"]] == ["events.csv", "participants.csv"]
    written = {path.name for path in pack.iterdir()} - {MANIFEST}
    assert {entry["file"] for entry in manifest["outputs"]} == written


def test_the_database_may_lie_beside_it(pack: Path) -> None:
    """The database of the run goes on changing and is no part of the pack."""
    (pack / "audit.duckdb").write_bytes(b"x")
    assert verify_pack(pack) == []


def test_a_changed_byte_is_named(pack: Path) -> None:
    """A file of the same size with one other byte is found by its hash."""
    path = pack / "credits.csv"
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    faults = verify_pack(pack)
    assert faults == ["credits.csv was changed: its SHA-256 is not the one in the manifest."]


def test_a_longer_file_is_named(pack: Path) -> None:
    """A file that grew is found by its size."""
    with (pack / "workbook.xlsx").open("ab") as stream:
        stream.write(b"!")
    assert [fault.split(":")[0] for fault in verify_pack(pack)] == ["workbook.xlsx was changed"]


def test_a_missing_file_is_named(pack: Path) -> None:
    """A removed Parquet file is missing, and the results cannot be checked without it."""
    (pack / "periods.parquet").unlink()
    faults = verify_pack(pack)
    assert faults[0] == "periods.parquet is missing."
    assert len(faults) == 2


def test_an_added_file_is_named(pack: Path) -> None:
    """A file that nobody sealed is found, also in a folder inside."""
    (pack / "more").mkdir()
    (pack / "more" / "extra\x1b.csv").write_text("x")
    (fault,) = verify_pack(pack)
    assert fault.startswith("more/extra\\x1b.csv is not in the manifest")


def test_an_edited_manifest_is_named(pack: Path) -> None:
    """A policy value edited by hand breaks the seal."""
    path = pack / MANIFEST
    text = path.read_text("utf-8")
    assert '"value": 600' in text
    path.write_text(text.replace('"value": 600', '"value": 60'), encoding="utf-8")
    (fault,) = verify_pack(pack)
    assert "changed after it was written" in fault


def test_changed_results_with_fresh_hashes_are_named(pack: Path) -> None:
    """Results rewritten together with their hash are still found by the digest."""
    path = pack / "credits.parquet"
    forged = pack.parent / "forged.parquet"
    change = f"SELECT * REPLACE ('awarded' AS status) FROM '{path}'"
    duckdb.execute(f"COPY ({change}) TO '{forged}' (FORMAT parquet)")
    forged.replace(path)

    def refresh(manifest: dict[str, Any]) -> None:
        for entry in manifest["outputs"]:
            if entry["file"] == path.name:
                entry |= {"sha256": sha256_of(path), "bytes": path.stat().st_size}

    rewrite(pack, refresh)
    assert verify_pack(pack) == [
        "The digest of credits is not the one in the manifest: the results differ.",
        "The digest of the results as a whole is not the one in the manifest.",
    ]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[1, 2]", b"[" * 100_000, b"null"])
def test_an_unreadable_manifest_is_a_sentence(pack: Path, content: bytes) -> None:
    """Whatever stands in the manifest, the answer is one plain sentence."""
    (pack / MANIFEST).write_bytes(content)
    (fault,) = verify_pack(pack)
    assert fault.startswith(MANIFEST)


@pytest.mark.parametrize(
    "outputs",
    [None, {}, [1], [{}], [{"file": "../../etc/passwd", "sha256": "0", "bytes": 1}], [{"file": 1}]],
)
def test_a_senseless_manifest_is_sentences(pack: Path, outputs: object) -> None:
    """Entries that are no files of the folder are named and never opened."""
    rewrite(pack, lambda manifest: manifest.update(outputs=outputs, digests=None))
    faults = verify_pack(pack)
    assert any(fault.startswith(MANIFEST) for fault in faults)
    assert not any("passwd" in fault for fault in faults)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\0" * 64 + b"PAR1"])
def test_damaged_parquet_is_a_sentence(pack: Path, content: bytes) -> None:
    """A Parquet file that cannot be read is named, without a traceback."""
    (pack / "intervals.parquet").write_bytes(content)
    faults = verify_pack(pack)
    assert any(fault.startswith("intervals.parquet cannot be read") for fault in faults)


def test_parquet_of_another_shape_is_a_sentence(pack: Path) -> None:
    """A table without participants is no table of results."""
    duckdb.execute(f"COPY (SELECT 1 AS a) TO '{pack / 'findings.parquet'}' (FORMAT parquet)")
    assert any(fault.startswith("findings.parquet cannot") for fault in verify_pack(pack))


def test_a_pack_that_was_left_half_way_is_told_as_such(pack: Path) -> None:
    """Tables lie there, as after a full disk; a manifest cut off is no better than none."""
    manifest = pack / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8")[:100], encoding="utf-8")
    (fault,) = verify_pack(pack)
    assert fault.endswith("checked against it; write the report again with analyser run or analyser report.")
    manifest.unlink()
    for name in ("credits.csv", "findings.parquet", "workbook.xlsx"):
        (pack / name).unlink()
    (fault,) = verify_pack(pack)
    assert "writing the report did not finish; use none of it and write the report again" in fault


def test_a_folder_without_manifest_is_no_pack(tmp_path: Path) -> None:
    """Nothing in it was ever part of a report."""
    (fault,) = verify_pack(tmp_path)
    assert "no report pack" in fault


def test_a_folder_that_is_not_there_is_no_pack(tmp_path: Path) -> None:
    """A mistyped folder gets the same answer."""
    (fault,) = verify_pack(tmp_path / "nowhere")
    assert "no report pack" in fault
