"""What is measured is the whole work, and the gate closes only above its margin."""

import json
import sys

import pytest

from benchmarks.gate import BASELINE, verdict
from benchmarks.measure import measure
from benchmarks.peers.page import FIGURES, PAGE, PICTURE, picture, replaced, table

BUSY = "import time\nwhile time.process_time() < 0.5: pass"


@pytest.mark.skipif(sys.platform != "linux", reason="adopting processes is a thing of Linux")
def test_left_behind_processes_are_counted() -> None:
    leaves = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BUSY!r}]); print('said')"
    cost, said = measure([sys.executable, "-c", leaves])
    assert said == "said\n"
    assert 0.5 <= cost.cpu_s < 3
    assert cost.peak_mib > 4


def test_failed_work_is_told() -> None:
    with pytest.raises(SystemExit, match="failed"):
        measure([sys.executable, "-c", "raise SystemExit(3)"])


@pytest.mark.parametrize(("ratio", "is_wrong"), [(4.99, False), (5.0, False), (5.01, True), (1.0, False)])
def test_gate_allows_a_quarter(ratio: float, is_wrong: bool) -> None:
    assert (verdict(ratio, 4.0, 0.25) is not None) == is_wrong


def test_baseline_allows_a_quarter() -> None:
    kept = json.loads(BASELINE.read_text(encoding="utf-8"))
    assert kept["margin"] == 0.25
    assert kept["ratio"] > 1


def test_page_and_picture_show_the_kept_figures() -> None:
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    page = PAGE.read_text(encoding="utf-8")
    assert replaced(page, table(figures)) == page
    assert PICTURE.read_text(encoding="utf-8") == picture(figures)
