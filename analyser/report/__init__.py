"""Pure views of the result tables: files, pages, workbook, explanations and the sealed pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.report.digest import combined, digest, table_digests
from analyser.report.explain import explain
from analyser.report.pack import MANIFEST, verify_pack, write_manifest
from analyser.report.tables import write_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from analyser.results import Results

__all__ = ["digest", "explain", "verify_pack", "write_reports"]


def write_reports(
    results: Results,
    out: Path,
    *,
    language: str = "both",
    participants: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> dict[str, Path]:
    """Writes the whole report pack into a folder; returns its files by name.

    Each file appears whole or not at all. The manifest comes last, and an older one is removed
    first, so a pack that was left half-way never looks finished.

    Args:
        results: the assessed database.
        out: the folder, made if need be.
        language: ``en``, ``zh-Hant`` or ``both``.
        participants: the inspection report shows at most so many; without it at most 200.
        progress: told in a few words what is being written.
    """
    from analyser.report import inspection, workbook

    say = progress or (lambda _: None)
    out.mkdir(parents=True, exist_ok=True)
    (out / MANIFEST).unlink(missing_ok=True)
    say("tables")
    files = write_tables(results, out)
    say("digest")
    digests = table_digests(results)
    whole = combined(digests)
    say("inspection report")
    page = inspection.write_inspection(
        results, out / inspection.FILE, language=language, limit=participants, digest=whole
    )
    say("workbook")
    book = workbook.write_workbook(results, out / workbook.FILE, language=language, digest=whole)
    files |= {page.name: page, book.name: book}
    say("manifest")
    manifest = write_manifest(results, out, files.values(), digests)
    return files | {manifest.name: manifest}
