"""What every clause folder, relation and policy value must be like."""

import re
from collections import Counter
from pathlib import Path

import pytest

import analyser
from analyser.rulebook.cases import load_cases
from analyser.rulebook.clauses import Clause
from analyser.rulebook.policy import variables
from analyser.rulebook.relations import Relation
from analyser.rulebook.scheme import Scheme, load_scheme, scheme_names

HOME = Path(analyser.__file__).parent
SCHEMES = [load_scheme(name) for name in scheme_names()]
CLAUSES = [clause for scheme in SCHEMES for clause in scheme.clauses]
USUAL = {clause.folder: scheme.usual for scheme in SCHEMES for clause in scheme.clauses}
RELATIONS = {r.path: r for scheme in SCHEMES for r in [*scheme.relations, *scheme.results]}
RULES = {clause.rule.path: clause.rule for clause in CLAUSES}
SQL = sorted({*RELATIONS, *RULES, HOME / "kernel" / "macros.sql", HOME / "kernel" / "variables.sql"})

# The ledger makes its failure impossible; the rule proves that on each case.
# The other two give a figure and blame nobody.
CANNOT_FAIL = {"c2_13_assessment_time_counted", "c2_4_5_change_fee", "c5_1_fee_due"}

FILTERED_WINDOW = re.compile(r"FILTER\s*\((?:[^()]|\([^()]*\))*\)\s*OVER\b")
# Units, powers of ten and counting; anything else is a number somebody decided, so it is policy.
UNITS = {"0", "1", "2", "60", "100", "1000000", "60000000"}
SHAPES = {
    "macros.sql": {"10000", "0.0001"},  # four places of an exact decimal hour
    "row_window.sql": {"9223372036854775807"},  # the end of time
    "findings.sql": {"7"},  # digits of a finding's number
}


def name_of(path: Path) -> str:
    return path.parent.name if path.name == "rule.sql" else path.stem


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.folder.name)
def test_clause_has_failing_and_passing_cases(clause: Clause) -> None:
    cases = load_cases(clause.folder / "cases.toml", clause.code, USUAL[clause.folder])
    wanted = {"passed"} if clause.folder.name in CANNOT_FAIL else {"finding", "passed"}
    assert wanted <= {case.expect for case in cases}
    # A finding leads to the rows of input that it rests on.
    told = [row for case in cases for row in case.expected.get("findings", ()) if "evidence" in row]
    assert told or clause.folder.name in CANNOT_FAIL


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.folder.name)
def test_card_speaks_both_languages(clause: Clause) -> None:
    for name, texts in clause.texts.items():
        assert set(texts) == {"en", "zh"}, name
        assert texts["en"].isascii() or not re.search(r"[\u4e00-\u9fff]", texts["en"]), name
        assert re.search(r"[\u4e00-\u9fff]", texts["zh"]), name
    slots = [Counter(re.findall(r"\{[\w.]+\}", text)) for text in clause.texts["message"].values()]
    assert slots[0] == slots[1], "the two messages have different places"


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.folder.name)
def test_folder_is_named_after_clause_and_code(clause: Clause) -> None:
    paragraph = clause.clause.replace(".", "_")
    assert clause.folder.name == f"c{paragraph}_{clause.code.lower()}"


@pytest.mark.parametrize("relation", [*RELATIONS.values(), *RULES.values()], ids=lambda r: r.name)
def test_relation_says_its_grain_first(relation: Relation) -> None:
    assert re.match(r"(\w+: )?one row per ", relation.grain), relation.grain
    if relation.path in RELATIONS:
        assert relation.grain.startswith(f"{relation.name}: ")


@pytest.mark.parametrize("path", SQL, ids=name_of)
def test_sql_is_short(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert sum(bool(line.strip()) for line in lines) <= 80


@pytest.mark.parametrize("path", SQL, ids=name_of)
def test_no_decided_number_stands_in_sql(path: Path) -> None:
    text = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
    text = re.sub(r"'[^']*'|DECIMAL\(\d+,\s*\d+\)", "", text)
    numbers = set(re.findall(r"(?<![\w.$])\d+(?:\.\d+)?", text))
    assert numbers - UNITS - SHAPES.get(path.name, set()) == set()


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_every_policy_value_is_used(scheme: Scheme) -> None:
    code = [*SQL, *(HOME / "engines").glob("*.py")]
    text = " ".join(path.read_text(encoding="utf-8") for path in code)
    policy = scheme.policy
    names = [*variables(policy), *(name for name, value in policy.items() if isinstance(value.value, dict))]
    assert [name for name in names if not re.search(rf"""['"]{name}['"]""", text)] == []


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_every_policy_value_speaks_both_languages(scheme: Scheme) -> None:
    for name, value in scheme.policy.items():
        assert value.kind in {"guideline", "default"}, name
        assert value.about["en"], name
        assert re.search(r"[\u4e00-\u9fff]", value.about["zh"]), name
        assert value.clause, name


def test_no_filter_stands_before_a_window() -> None:
    """DuckDB 2.0.0 takes the square of a partition for it; CASE within the aggregate says the same."""
    found = [path.name for path in HOME.rglob("*.sql") if FILTERED_WINDOW.search(path.read_text("utf-8"))]
    assert found == []
    assert FILTERED_WINDOW.search("count(*) FILTER (a AND (b OR c)) OVER (ORDER BY d)")
