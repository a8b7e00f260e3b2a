"""Recognised qualifications: claims against the dated lists, and the checklist for an upload."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import duckdb
import pytest

from analyser.audit import Audit
from analyser.rulebook.scheme import load_scheme
from analyser.schemes.checklist import checklist, kinds
from tests.commands import analyser

SAMPLE = Path(__file__).parent.parent / "sample_data" / "claims.csv"
SCHEME = load_scheme("recognised-qualifications")


def listed(name: str) -> list[dict[str, str]]:
    (path,) = [path for path in SCHEME.reference if path.stem == name]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_sample_is_judged_as_its_rows_say(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    answer = analyser(
        capfd, "qualifications", "check", SAMPLE, "--out", out, "--as-of", "2026-11-22", "--quiet"
    )
    assert (answer.status, answer.err) == (0, "")
    with (out / "credits.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["participant_id"]: (row["status"], row["codes"]) for row in csv.DictReader(file)}
    assert rows == {
        "H001": ("awarded", ""),
        "H002": ("not_earned", "MAPPING_MISMATCH"),
        "H003": ("awarded", ""),
        "H004": ("not_earned", "LEVEL_MISMATCH"),
        "H005": ("held", "OUTSIDE_TERM"),
        "H006": ("held", "AGENCY_UNKNOWN;NAME_NEAR_MISS"),
        "H007": ("not_earned", "AGENCY_NOT_FOR_INDUSTRY"),
        "H008": ("awarded", ""),
        "H009": ("not_earned", "LEVEL_OUT_OF_RANGE"),
        "H010": ("held", "CLAIM_INCOMPLETE"),
    }
    assert "level cannot be read as a whole number" in (out / "rejects.csv").read_text(encoding="utf-8")
    page = (out / "inspection_report.html").read_text(encoding="utf-8")
    assert "supported by the lists" in page
    assert "獲名單支持" in page
    # A claim has no beginning, end or length, and no reading of time touches it.
    facts = re.findall(
        r'<dt><span lang="en">([^<]*)</span>.*?</dt><dd>(.*?)</dd>', page[page.index('class="card ') :]
    )
    assert ("Level", "3") in facts
    assert {name for name, _ in facts} == {"Level"}
    assert analyser(capfd, "verify", out).status == 0
    refused = analyser(
        capfd, "qualifications", "check", SAMPLE, "--out", out, "--fail-on", "breach", "--quiet"
    )
    assert refused.status == 3


def test_explain_says_what_the_lists_say() -> None:
    with Audit(reachable=[SAMPLE]) as audit:
        audit.ingest([SAMPLE], table="claims")
        audit.assess(SCHEME, as_of=date(2026, 11, 22))
        supported, contradicted = audit.explain("H001"), audit.explain("H002")
    assert "VERDICT: supported by the lists." in supported
    assert "Registration class M is linked with this qualification." in supported
    assert "claims.csv:3" in contradicted


def test_a_missing_file_is_one_sentence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answer = analyser(capfd, "qualifications", "check", tmp_path / "none.csv")
    assert answer.status == 1
    assert "there is no such file; name a table of claims." in answer.sentence


@pytest.mark.parametrize("kind", kinds())
def test_checklist_names_what_each_operator_needs(kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    answer = analyser(capfd, "qualifications", "upload-checklist", "--operator", kind, "--lang", "en")
    assert answer.status == 0
    assert ("data form" in answer.out) is (kind == "new")
    assert ("for self-accrediting operators" in answer.out) is (kind == "self-accrediting")
    assert ("with programme area accreditation (English)" in answer.out) is (kind == "programme-area")
    assert "Upload spreadsheet" in answer.out
    assert all("/" not in line or "(re-)" in line or "hkqr" in line for line in answer.out.splitlines())
    assert len(list(checklist(kind, "zh-Hant"))) == len(answer.out.splitlines())


def test_lists_refer_to_what_they_name() -> None:
    industries = {row["industry_id"] for row in listed("industry")}
    agencies = {row["agency_id"] for row in listed("agency")}
    for row in listed("appointment"):
        assert (row["industry_id"] in industries) is (row["mechanism"] == "rpl")
        assert {row["agency_id"], *filter(None, row["partners"].split(";"))} <= agencies
        assert date.fromisoformat(row["appointed_from"]) < date.fromisoformat(row["appointed_to"])
    for row in listed("qualification"):
        assert row["industry_id"] in industries
        assert row["level"] in {"1", "2", "3", "4"}


def test_no_spelling_means_two_things() -> None:
    connection = duckdb.connect()
    for statement in SCHEME.macros.split(";\n"):
        if "name_fold" in statement:
            connection.execute(statement)
    for name in ("industry", "agency"):
        meant = defaultdict(set)
        for row in listed(name):
            for spelling in [row["name_en"], row["name_zh"], *row["other_names"].split(";")]:
                ((folded,),) = connection.execute("SELECT name_fold(?)", [spelling]).fetchall()
                meant[folded].add(row[f"{name}_id"])
        meant.pop("", None)
        assert [ids for ids in meant.values() if len(ids) > 1] == []
