"""The command line: what each command does, says and returns, and how quickly."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from analyser.cli import cli
from tests.commands import Answer, analyser

SAMPLE = Path(__file__).parents[1] / "sample_data" / "case"
AS_OF = "2026-11-22"
COMMANDS = ("run", "ingest", "assess", "report", "explain", "formats", "synth", "verify", "qualifications")
Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample case, run by its own process."""
    out = tmp_path_factory.mktemp("reports") / "out"
    done = _process("run", str(SAMPLE), "--out", str(out), "--as-of", AS_OF, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return out


def _process(*words: str, module: bool = True) -> subprocess.CompletedProcess[str]:
    command = (
        [sys.executable, "-m", "analyser"] if module else [str(Path(sys.executable).with_name("analyser"))]
    )
    return subprocess.run([*command, *words], capture_output=True, text=True, check=False)


def _quickest(code: list[str]) -> float:
    """Seconds of the quickest of three runs, start of Python left out."""
    took = {"code": 9.0, "nothing": 9.0}
    for _ in range(3):
        for what, words in (("code", code), ("nothing", ["-c", "pass"])):
            begun = time.monotonic()
            subprocess.run([sys.executable, *words], check=True, capture_output=True)
            took[what] = min(took[what], time.monotonic() - begun)
    return took["code"] - took["nothing"]


def test_every_command_is_there() -> None:
    assert set(cli.commands) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_and_gives_an_example(command: str, capfd: Captured) -> None:
    for flag in ("--help", "-h"):
        answer = analyser(capfd, command, flag)
        assert (answer.status, answer.err) == (0, "")
        assert answer.out.startswith(f"Usage: analyser {command} ")
        assert f"\n  analyser {command} " in answer.out or f"\n  analyser {command}\n" in answer.out
    options = [option for option in cli.commands[command].params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_help_of_the_whole_names_every_command(capfd: Captured) -> None:
    answer = analyser(capfd, "--help")
    assert answer.status == 0
    assert all(f"\n  {command} " in answer.out for command in COMMANDS)
    assert "analyser run sample_data/case" in answer.out
    assert analyser(capfd, "--version").out.startswith("analyser, version ")


def test_module_and_console_command_are_the_same() -> None:
    module, script = _process("--version"), _process("--version", module=False)
    assert (module.returncode, module.stdout) == (script.returncode, script.stdout)
    assert script.stdout.startswith("analyser, version ")


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("run",),
        ("run", SAMPLE, "--nonsense"),
        ("run", SAMPLE, "--as-of", "yesterday"),
        ("run", SAMPLE, "--threads", "0"),
        ("run", SAMPLE, "--scheme", "none"),
        ("run", SAMPLE, "--engine", "abacus"),
        ("run", SAMPLE, "--lang", "fr"),
        ("run", SAMPLE, "--fail-on", "anything"),
        ("ingest", SAMPLE),
        ("assess",),
        ("explain", "--db", "x.duckdb"),
        ("synth", "x", "--participants", "0"),
        ("verify",),
    ],
    ids=lambda words: " ".join(str(word).removeprefix(str(SAMPLE.parents[1])) for word in words),
)
def test_wrong_usage(words: tuple[object, ...], capfd: Captured) -> None:
    answer = analyser(capfd, *words)
    assert answer.status == 2
    assert answer.out == ""
    assert answer.err.startswith("Usage: ")
    assert "\nError: " in answer.err
    assert "Traceback" not in answer.err


def test_no_words_show_the_help(capfd: Captured) -> None:
    answer = analyser(capfd)
    assert (answer.status, "Usage: analyser" in answer.out + answer.err) == (2, True)


def test_run_of_the_sample_is_quick_and_writes_the_pack(tmp_path: Path) -> None:
    begun = time.monotonic()
    done = _process("run", str(SAMPLE), "--out", str(tmp_path / "out"), "--as-of", AS_OF)
    assert time.monotonic() - begun < 10
    assert done.returncode == 0
    assert "events-2024.csv: read " in done.stdout
    assert "awarded" in done.stdout
    assert "inspection_report.html" in done.stdout
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names >= {"inspection_report.html", "workbook.xlsx", "manifest.json", "audit.duckdb"}
    assert names >= {
        f"{table}.{ending}" for table in ("credits", "findings") for ending in ("csv", "parquet")
    }
    assert not [name for name in names if name.startswith(".")]


def test_reports_go_to_a_folder_named_after_the_case(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "analyser", "run", str(SAMPLE), "--as-of", AS_OF, "--quiet"],
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0
    assert (tmp_path / "reports" / "case" / "manifest.json").exists()


def test_steps_give_what_run_gives(reports: Path, tmp_path: Path, capfd: Captured) -> None:
    database, out = tmp_path / "audit.duckdb", tmp_path / "out"
    ingested = analyser(capfd, "ingest", SAMPLE, "--db", database)
    assert (ingested.status, ingested.out.count(": read ")) == (0, len(list(SAMPLE.iterdir())))
    again = analyser(capfd, "ingest", SAMPLE, "--db", database)
    assert again.out == ingested.out
    assert analyser(capfd, "assess", "--db", database, "--as-of", AS_OF, "--quiet") == Answer(0, "", "")
    assert analyser(capfd, "report", "--db", database, "--out", out, "--quiet") == Answer(0, "", "")
    assert (out / "credits.csv").read_bytes() == (reports / "credits.csv").read_bytes()
    assert (out / "findings.csv").read_bytes() == (reports / "findings.csv").read_bytes()


def test_verify(reports: Path, capfd: Captured) -> None:
    answer = analyser(capfd, "verify", reports)
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.endswith("every file and the digest of the results are as the manifest says.\n")
    assert analyser(capfd, "verify", reports, "--quiet").out == ""


def test_step_by_step_in_chinese(tmp_path: Path, capfd: Captured) -> None:
    database = (
        "--db",
        tmp_path / "audit.duckdb",
        "--lang",
        "zh-Hant",
        "--memory-limit",
        "1GB",
        "--threads",
        1,
    )
    taken_in = analyser(capfd, "ingest", SAMPLE, *database)
    assert (taken_in.status, "activities.csv：讀取" in taken_in.out) == (0, True)
    assessed = analyser(capfd, "assess", *database, "--as-of", "2026-11-22")
    assert (assessed.status, "不符規則事項" in assessed.out) == (0, True)
    explained = analyser(capfd, "explain", "P0000005", *database)
    assert (explained.status, "暫緩" in explained.out) == (0, True)


@pytest.mark.parametrize("language", ["en", "zh-Hant", "both"])
def test_explain(language: str, reports: Path, capfd: Captured) -> None:
    database = reports / "audit.duckdb"
    answer = analyser(capfd, "explain", "--db", database, "P0000005", "A08", "--lang", language)
    assert (answer.status, answer.err) == (0, "")
    assert "P0000005" in answer.out
    assert "2.33" in answer.out
    assert "events-" in answer.out
    assert ("重考" in answer.out) == (language != "en")


def test_formats(capfd: Captured) -> None:
    answer = analyser(capfd, "formats")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith("events ")
    assert answer.out.count("recognised by: ") >= 2
    described = analyser(capfd, "formats", SAMPLE / "events-2024.csv")
    assert described.status == 0
    assert described.out.startswith("events-2024.csv: recognised as events")


def test_synth(tmp_path: Path, capfd: Captured) -> None:
    answer = analyser(capfd, "synth", tmp_path / "case", "--participants", 3, "--seed", 5, "--honest")
    assert (answer.status, answer.err) == (0, "")
    assert "events of 3 participants in " in answer.out
    assert (tmp_path / "case" / "events.csv").exists()
    assert (tmp_path / "case-labels" / "labels.csv").exists()
    assert analyser(capfd, "synth", tmp_path / "quiet", "--participants", 3, "--quiet") == Answer(0, "", "")


def test_fail_on_breach(tmp_path: Path, capfd: Captured) -> None:
    words = ("--out", tmp_path / "out", "--as-of", AS_OF, "--quiet", "--fail-on", "breach")
    assert analyser(capfd, "run", SAMPLE, *words) == Answer(3, "", "")
    # The reports are there all the same, and a later assess says the same.
    assert analyser(capfd, "verify", tmp_path / "out").status == 0
    database = tmp_path / "out" / "audit.duckdb"
    again = ("assess", "--db", database, "--as-of", AS_OF, "--quiet")
    assert analyser(capfd, *again, "--fail-on", "breach").status == 3
    assert analyser(capfd, *again).status == 0


def test_fail_on_breach_without_one(tmp_path: Path, capfd: Captured) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (case / "events.csv").write_text("timestamp,participant_id,event\n2025-09-01T10:00:00Z,P1,login\n")
    words = ("--out", tmp_path / "out", "--as-of", AS_OF, "--quiet", "--fail-on", "breach")
    assert analyser(capfd, "run", case, *words) == Answer(0, "", "")
    assert ",observation," in (tmp_path / "out" / "findings.csv").read_text(encoding="utf-8")


def test_run_into_a_database_of_its_own(tmp_path: Path, capfd: Captured) -> None:
    out, database = tmp_path / "out", tmp_path / "mine.duckdb"
    words = ("run", SAMPLE, "--out", out, "--db", database, "--as-of", AS_OF, "--quiet")
    assert analyser(capfd, *words) == Answer(0, "", "")
    assert database.exists()
    assert not (out / "audit.duckdb").exists()
    assert analyser(capfd, *words) == Answer(0, "", "")


def test_import_and_help_are_quick() -> None:
    assert _quickest(["-c", "import analyser"]) < 0.3
    assert _quickest(["-m", "analyser", "--help"]) < 0.5


def test_import_loads_no_engine() -> None:
    code = "import sys, analyser.cli; print({'duckdb', 'pandas', 'plotly', 'pyarrow'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
