"""A wrong policy, database, folder or question ends in one plain sentence."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from analyser.audit import Audit
from tests.commands import Answer, analyser
from tests.hostile.kit import ACTIVITIES, GOOD, HEADER, LOGIN, NAME, PARTICIPANTS, event

Captured = pytest.CaptureFixture[str]

POLICIES = {
    "credit.unit_minutes = 0": "credit.unit_minutes: needs a number from 1",
    "period.first_month = 13": "period.first_month: needs a number from 1 to 12, not 13",
    "idle.threshold_s = -1": "idle.threshold_s: needs a number from 0",
    "idle.threshold_s = 1000000000000": "idle.threshold_s: needs a number from 0",
    'idle.threshold_s = "600"': "idle.threshold_s: needs a whole number, not a text",
    "idle.threshold_s = true": "idle.threshold_s: needs a whole number, not true or false",
    "idle.threshold_s = 600.0": "idle.threshold_s: needs a whole number",
    "idle.threshold_s = nan": "idle.threshold_s: needs a whole number",
    'idle.count = "half"': "idle.count: needs one of excess, whole",
    "idle = 5": "idle: no such key",
    "idle.treshold_s = 5\nnonsense = 1": "idle.treshold_s: no such key; nonsense: no such key.",
    "factor_map = 5": "factor_map: needs a table",
    '[factor_map]\nbadge = "owns"': "factor_map: each value must be one of knows, has, is",
    "time_basis = ": "policy.toml: not valid TOML",
    "time_basis = 'floor'\ntime_basis = 'evidenced'": "policy.toml: not valid TOML",
    "\udcff": "policy.toml: not valid TOML",
}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    folder.mkdir()
    for name, data in (("events", GOOD), ("activities", ACTIVITIES), ("participants", PARTICIPANTS)):
        (folder / f"{name}.csv").write_bytes(data)
    return folder


@pytest.fixture
def database(case: Path, tmp_path: Path, capfd: Captured) -> Path:
    path = tmp_path / "audit.duckdb"
    assert analyser(capfd, "ingest", case, "--db", path, "--quiet") == Answer(0, "", "")
    return path


def _refused(answer: Answer, says: str) -> None:
    assert (answer.status, answer.out) == (1, "")
    assert answer.sentence.startswith("analyser: ")
    assert says in answer.sentence
    assert "Traceback" not in answer.err
    assert NAME not in answer.err


@pytest.mark.parametrize(
    "text", POLICIES, ids=lambda text: text.splitlines()[0][:30].encode("unicode_escape").decode()
)
def test_wrong_policy(text: str, database: Path, tmp_path: Path, capfd: Captured) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_bytes(text.encode("utf-8", "surrogateescape"))
    answer = analyser(capfd, "assess", "--db", database, "--policy", policy, "--quiet")
    _refused(answer, POLICIES[text])


def test_policy_that_is_not_there_or_no_file(database: Path, tmp_path: Path, capfd: Captured) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        _refused(analyser(capfd, "assess", "--db", database, "--policy", path, "--quiet"), "cannot be read")


def test_database_that_is_none(case: Path, tmp_path: Path, capfd: Captured) -> None:
    path = tmp_path / "audit.duckdb"
    path.write_text("hello")
    for words in (("ingest", case), ("assess",), ("explain", "P1"), ("report", "--out", tmp_path / "out")):
        _refused(analyser(capfd, *words, "--db", path), "not a valid DuckDB database file")
    assert path.read_text() == "hello"


def test_table_named_as_the_database_loses_nothing(case: Path, capfd: Captured) -> None:
    """DuckDB opens such a file in memory: its rows were told as stored, and were gone."""
    parquet = case / "other.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 1 AS one) TO '{parquet}' (FORMAT parquet)")
    (case / "other.json").write_text("{}\n")
    for table in (case / "activities.csv", parquet, case / "other.json"):
        before = table.read_bytes()
        for words in (("ingest", case / "events.csv"), ("assess",)):
            _refused(analyser(capfd, *words, "--db", table), "cannot be opened as an audit database")
        assert table.read_bytes() == before


def test_database_of_somebody_else(case: Path, tmp_path: Path, capfd: Captured) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE event AS SELECT 42 AS answer")
    _refused(analyser(capfd, "ingest", case, "--db", path), "already holds a table event")
    _refused(analyser(capfd, "assess", "--db", path), "nothing ingested yet; run ingest first")
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT table_name, 42 FROM duckdb_tables()").fetchall() == [("event", 42)]


def test_database_that_was_cut_off(database: Path, capfd: Captured) -> None:
    database.write_bytes(database.read_bytes()[:20_000])
    _refused(analyser(capfd, "assess", "--db", database), "cannot be opened as an audit database")


def test_empty_database_file_is_a_new_database(case: Path, tmp_path: Path, capfd: Captured) -> None:
    path = tmp_path / "empty.duckdb"
    path.touch()
    assert analyser(capfd, "ingest", case, "--db", path, "--quiet").status == 0


def test_database_that_is_not_there(tmp_path: Path, capfd: Captured) -> None:
    path = tmp_path / "none.duckdb"
    for words in (("assess",), ("explain", "P1"), ("report", "--out", tmp_path / "out")):
        _refused(analyser(capfd, *words, "--db", path), "there is no such audit database")
    assert not path.exists()
    _refused(
        analyser(capfd, "ingest", tmp_path, "--db", tmp_path / "no" / "a.duckdb"), "No such file or directory"
    )


def test_database_not_assessed_yet(database: Path, tmp_path: Path, capfd: Captured) -> None:
    for words in (("explain", "P1"), ("report", "--out", tmp_path / "out")):
        _refused(analyser(capfd, *words, "--db", database), "not assessed yet; run analyser assess first")


def test_database_in_use_by_another_process(case: Path, database: Path, capfd: Captured) -> None:
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        _refused(analyser(capfd, "ingest", case, "--db", database), "another process is using this database")
        holder.communicate()
    assert analyser(capfd, "ingest", case, "--db", database, "--quiet").status == 0


def test_out_folder_below_a_file(case: Path, tmp_path: Path, capfd: Captured) -> None:
    (tmp_path / "file").touch()
    _refused(
        analyser(capfd, "run", case, "--out", tmp_path / "file" / "out"),
        "check the folder and its permissions",
    )
    answer = analyser(capfd, "run", case, "--out", tmp_path / "file")
    assert (answer.status, "is a file" in answer.err) == (2, True)


def test_out_folder_whose_name_means_another(case: Path, tmp_path: Path, capfd: Captured) -> None:
    """A name with wildcards is this folder, also where another one fits it."""
    for name, more in (("a", b""), ("[a]", event(who=b"P2")), ("*", event(who=b"P3"))):
        (case / "events.csv").write_bytes(GOOD + more)
        words = ("run", case, "--out", tmp_path / name, "--quiet", "--as-of", "2026-06-30")
        assert analyser(capfd, *words) == Answer(0, "", "")
        assert (tmp_path / name / "credits.csv").read_bytes().count(b"\nP") == (2 if more else 1)
    for name in ("a", "[a]", "*"):
        assert analyser(capfd, "verify", tmp_path / name).status == 0
    _refused(analyser(capfd, "run", case, "--out", tmp_path / "a?"), "cannot lie below a name with ?")


def test_case_that_is_not_there(case: Path, tmp_path: Path, capfd: Captured) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    places = {
        tmp_path / "none": "none: does not exist; name the folder that holds events.csv.",
        case / "events.csv": "is a file, not a case folder; name the folder that holds events.csv.",
        empty: "no events found",
    }
    for place, says in places.items():
        _refused(analyser(capfd, "run", place, "--out", tmp_path / "out"), says)
    answer = analyser(capfd, "ingest", tmp_path / "none", "--db", tmp_path / "a.duckdb")
    _refused(answer, "none: there is no such file or folder.")


def test_file_that_is_no_export(tmp_path: Path, capfd: Captured) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    answer = analyser(capfd, "ingest", tmp_path / "notes.txt", "--db", tmp_path / "a.duckdb")
    _refused(answer, "notes.txt: the format is not recognised")


def test_links_and_names_that_are_no_text(case: Path, tmp_path: Path, capfd: Captured) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "events.csv").write_bytes(HEADER + event(b"linked"))
    (case / "events-linked.csv").symlink_to(tmp_path / "elsewhere" / "events.csv")
    (case / "events").symlink_to(tmp_path / "elsewhere")
    (case / "events-lost.csv").symlink_to(tmp_path / "nowhere")
    Path(os.fsdecode(os.fsencode(case) + b"/events-\xff.csv")).write_bytes(GOOD)
    answer = analyser(capfd, "ingest", case, "--db", tmp_path / "a.duckdb")
    assert (answer.status, "Traceback" in answer.err) == (0, False)
    assert "events-linked.csv: read 1 = stored 1 + duplicate 0 + rejected 0" in answer.out
    assert r"events, events-lost.csv, events-\udcff.csv: no tables of a case, so not" in answer.sentence


def test_file_that_grew_adds_only_what_is_new(tmp_path: Path, capfd: Captured) -> None:
    file, path = tmp_path / "events.csv", tmp_path / "a.duckdb"
    for data, says in (
        (HEADER + LOGIN, "read 1 = stored 1 + duplicate 0 + rejected 0"),
        (GOOD, "read 3 = stored 2 + duplicate 1 + rejected 0"),
    ):
        file.write_bytes(data)
        assert says in analyser(capfd, "ingest", file, "--db", path).out


@pytest.mark.parametrize("who", ["NOBODY", "", "' OR 1=1 --", "\x1b[31m", "../..", "\ud800"])
def test_question_about_nobody(who: str, database: Path, capfd: Captured) -> None:
    assert analyser(capfd, "assess", "--db", database, "--quiet", "--as-of", "2026-06-30").status == 0
    answer = analyser(capfd, "explain", "--db", database, who)
    _refused(answer, "know no participant")
    assert "\x1b" not in answer.err


def test_memory_limit_that_is_no_size(case: Path, tmp_path: Path, capfd: Captured) -> None:
    words = ("run", case, "--out", tmp_path / "out", "--memory-limit")
    _refused(analyser(capfd, *words, "much"), "--memory-limit is not a size")
    _refused(analyser(capfd, *words, "1KB"), "raise --memory-limit")


def test_pack_that_was_touched(case: Path, tmp_path: Path, capfd: Captured) -> None:
    out = tmp_path / "out"
    assert analyser(capfd, "run", case, "--out", out, "--quiet", "--as-of", "2026-06-30") == Answer(0, "", "")
    with (out / "credits.csv").open("a") as file:
        file.write("P1,A1\n")
    _refused(analyser(capfd, "verify", out), "credits.csv was changed")
    _refused(analyser(capfd, "verify", case), "There is no manifest.json")


@pytest.mark.parametrize("kib", [600, 2500])
def test_a_full_disk_publishes_nothing(kib: int, tmp_path: Path) -> None:
    """The limit stands for the disk: the database is the largest file, and grows last when it is closed."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "audit.duckdb").write_bytes(b"the last run's")
    run = subprocess.run(
        [sys.executable, "-m", "analyser", "run", "sample_data/case", "--out", str(out), "--quiet"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (kib * 1024, kib * 1024)),
    )
    assert run.returncode == 1
    assert "disk" in run.stderr
    assert "free some space and run again" in run.stderr
    assert run.stdout == ""
    assert (out / "audit.duckdb").read_bytes() == b"the last run's"
    assert not list(out.glob(".audit*"))


def test_what_was_committed_is_in_the_file_after_closing(case: Path, tmp_path: Path) -> None:
    with Audit(tmp_path / "audit.duckdb", reachable=[case]) as audit:
        audit.ingest([case])
    assert [path.name for path in tmp_path.glob("audit*")] == ["audit.duckdb"]
    with Audit(tmp_path / "audit.duckdb") as audit:
        assert audit.connection.execute("SELECT count(*) FROM event").fetchall() == [(3,)]
    audit.close()
