"""The explanation of attendance says nothing about absence that the scans do not prove."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from analyser.audit import Audit

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2025-03-03T"
TABLES = {
    "activities": "activity_id,mode,points,category\nL,lecture,3,core\n",
    "sessions_timetable": f"activity_id,kind,starts_at,ends_at\nL,contact,{DAY}14:00:00,{DAY}17:00:00\n",
}
SURE = "[met] 6.1.4, 6.1.5 Absence of {absence} in 3:00:00 of contact time takes nothing off."
OPEN = (
    "[open] 6.1.4, 6.1.5 How long the absence was is open: as scans lack their counterpart,"
    " {lower} to {upper} of 3:00:00 of contact time were attended."
)


def _argued(folder: Path, scans: str) -> str:
    rows = "".join(f"{DAY}{one.split()[1]}:00,P,L,{one.split()[0]}\n" for one in scans.split(", "))
    # Of somebody else all is known, so the rule as such could be applied.
    rows += f"{DAY}14:00:00,Q,L,in\n{DAY}17:00:00,Q,L,out\n"
    scanned = {"scans": "timestamp,participant_id,activity_id,direction\n" + rows}
    for name, text in {**TABLES, **scanned}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    with Audit(reachable=[folder], threads=1) as audit:
        audit.ingest([folder])
        audit.assess("eaa-2012", as_of=datetime.date(2025, 12, 31))
        return " ".join(audit.explain("P", language="en").split())


@pytest.mark.parametrize(
    ("scans", "says"),
    [
        ("in 14:00, out 17:00", SURE.format(absence="0:00:00")),
        ("in 14:00", OPEN.format(lower="0:00:00", upper="3:00:00")),
        ("in 14:00, out 16:00, in 16:10", OPEN.format(lower="2:00:00", upper="2:50:00")),
        # The paired scans alone are enough: whatever the third stands for, no point is lost.
        ("in 14:00, out 16:50, in 16:55", SURE.format(absence="0:05:00")),
    ],
)
def test_absence_is_open_where_a_scan_is_missing(scans: str, says: str, tmp_path: Path) -> None:
    """E20: a missing scan proves neither presence nor absence."""
    text = _argued(tmp_path, scans)
    assert says in text
    assert ("[open] 6.1.4" in text) is (says.startswith("[open]"))
