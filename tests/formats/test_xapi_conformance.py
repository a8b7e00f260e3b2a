"""xAPI against the templates and values of the LRS conformance suite."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from analyser.formats.xapi import TABLE
from analyser.formats.xapi.faults import remarks

from .support import case, json_lines, real, rejects, rows
from .test_xapi import statement

if TYPE_CHECKING:
    from pathlib import Path

# The conformance suite's parts, each put into an otherwise sound statement.
SLOTS = {"activities": "object", "agents": "actor", "contexts": "context", "groups": "object",
         "results": "result", "substatements": "object", "verbs": "verb"}  # fmt: skip
# Parts whose names say nothing of their fault, or speak of a fault that is none.
FAULTY = {
    "activities/no_id", "activities/numeric_description", "activities/numeric_name",
    "activities/string_description", "activities/string_name", "agents/account_no_homepage",
    "agents/account_no_name", "groups/anonymous_no_member", "groups/identified_account_no_homepage",
    "groups/identified_account_no_name", "statements/actor", "statements/authority",
    "statements/multiple_actor", "statements/no_actor", "statements/no_object", "statements/no_verb",
    "statements/object_activity", "statements/object_actor", "statements/object_statementref_no_id",
    "statements/object_substatement", "statements/verb", "substatements/activity",
    "substatements/actor", "substatements/no_actor", "substatements/no_object",
    "substatements/no_verb", "substatements/statementref_no_id", "substatements/verb", "verbs/no_id",
}  # fmt: skip


def templates() -> list[tuple[str, str]]:
    """(name, statement) of every template."""
    found = []
    for number, file in enumerate(sorted(real("xapi/lrs_conformance").rglob("*.json"))):
        folder, text = file.parent.name, file.read_text(encoding="utf-8")
        if slot := SLOTS.get(folder):
            text = json.dumps({**statement(number=number), slot: json.loads(text)})
        else:
            text = " ".join(text.strip()[:-1].split()) + ', "timestamp": "2025-09-01T10:00:00Z"}'
        found.append((f"{folder}/{file.stem}", text))
    return found


def test_no_faulty_template_of_the_conformance_suite_passes_as_clean(tmp_path: Path) -> None:
    found = templates()
    audit = case(tmp_path, "s.jsonl", json_lines(*(text for _, text in found)))
    refused = {found[line - 1][0] for line, reason in rejects(audit) if "void" not in reason}
    marks = audit.connection.execute(
        "SELECT rowid, remark FROM event WHERE fault IS NULL AND remark IS NOT NULL"
    ).fetchall()
    told = {found[row][0]: remarks(TABLE)[number - 1][1] for row, number in marks}
    wrong = {name for name, _ in found if "invalid" in name or name in FAULTY}
    assert len(wrong) == 41
    assert refused | set(told) == wrong
    # A fault of who, what or when is never only told.
    assert {name for name in wrong if name in told} == {
        name for name in wrong if "invalid" in name or "numeric" in name or "string" in name
    } | {"statements/authority"}


def test_values_the_suite_accepts_and_refuses(tmp_path: Path) -> None:
    values = json.loads(real("cases/xapi_value_cases.json").read_text(encoding="utf-8"))
    durations = [*values["duration_accept"], *values["duration_reject"]]
    entries = [statement(number=n, result={"duration": text}) for n, text in enumerate(durations)]
    entries += [statement(timestamp=text) for text in values["timestamp_reject"]]
    entries += [statement(timestamp="2031-09-01T10:00:00.123456Z")]
    audit = case(tmp_path, "s.jsonl", json_lines(*entries))
    good = len(values["duration_accept"])
    odd = audit.connection.execute("SELECT rowid FROM event WHERE remark = 6 AND fault IS NULL").fetchall()
    assert [row for (row,) in odd] == list(range(good, len(durations)))
    assert [line - 1 for line, _ in rejects(audit)] == list(range(len(durations), len(entries) - 1))
    assert rows(audit)[-1]["at_us"] % 1_000_000 == 123_456
