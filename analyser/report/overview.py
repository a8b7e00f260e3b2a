"""What the report says about the whole case: data received, policy, totals, findings, coverage, scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.report.query import ask, query, quoted, tables
from analyser.report.shape import shape_of
from analyser.report.text import number, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyser.results import Results

STATUSES = ("awarded", "held", "not_earned", "in_progress")
TIERS = ("breach", "indicator", "observation")
BASES = ("evidenced", "completion", "floor")
COUNTS = ("rows_read", "rows_stored", "rows_duplicate", "rows_rejected")
NAMES_SHOWN = 300


def received(results: Results) -> dict[str, Any]:
    """The files, whether every row of each is accounted for, and what was rejected."""
    files = ask(results, "ingest_rows")
    for file in files:
        read, stored, duplicate, rejected = (int(file[name] or 0) for name in COUNTS)
        file["is_balanced"] = read == stored + duplicate + rejected
    return {
        "files": files,
        "totals": {name: sum(int(file[name] or 0) for file in files) for name in COUNTS},
        "unbalanced": [file["file"] for file in files if not file["is_balanced"]],
        "zones": sorted({file["time_zone"] for file in files if file["time_zone"]}),
        "rejects": ask(results, "reject_totals"),
        "after_as_of": (results.info.get("events") or {}).get("after_as_of"),
    }


def policy(info: dict[str, Any]) -> list[dict[str, Any]]:
    """One row per policy value: name, value, unit, clause, whose value it is, what it decides."""
    return [
        {
            "name": name,
            "value": shown(entry.get("value")),
            "unit": plain(entry.get("unit") or ""),
            "clause": plain(entry.get("clause") or ""),
            "kind": str(entry.get("kind") or "default"),
            "about": entry.get("about"),
        }
        for name, entry in sorted((info.get("policy") or {}).items())
        if isinstance(entry, dict)
    ]


def shown(value: object) -> str:
    """A policy value as text; a table as ``name: value`` pairs."""
    if isinstance(value, dict):
        return ", ".join(f"{plain(name)}: {shown(value[name])}" for name in sorted(value))
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    return str(value).lower() if isinstance(value, bool) else number(value)


def unit_s(info: dict[str, Any]) -> int:
    """Seconds of one credit unit, from the policy in force."""
    entry = (info.get("policy") or {}).get("credit.unit_minutes") or {}
    # Paragraph 2.10 stands in only where a database says nothing of its policy.
    return 60 * int(entry.get("value") or 30)


def totals(results: Results) -> dict[str, Any]:
    """Participants, rows and minutes by status, robustness and the three time bases."""
    shape = shape_of(results.info)
    credit = quoted(shape.credit)
    found = {row["status"]: row for row in ask(results, "status_totals", credit=credit)}
    blank = {"credit_rows": 0, "participants": 0, "minutes": 0, "robust_rows": 0, "fragile_rows": 0}
    names = [*STATUSES, *sorted(set(found) - set(STATUSES))]
    statuses = [found.get(name, {"status": name} | blank) for name in names]
    basis = query("basis_row")
    return {
        "participants": ask(results, "people_total")[0]["participants"],
        "statuses": statuses,
        "robust": sum(row["robust_rows"] for row in statuses),
        "fragile": sum(row["fragile_rows"] for row in statuses),
        "bases": ask(results, "basis_totals", basis_row=basis)[0] if shape.is_time else {},
        "basis_people": named(
            results, ask(results, "basis_people", basis_row=basis) if shape.is_time else []
        ),
        "fragile_people": named(results, ask(results, "fragile_people")),
    }


def rates(results: Results) -> dict[str, Any]:
    """Completion and pass rates of each activity, and how many activities there are in all.

    For schemes that count minutes; the rest has no assessment of its own.
    """
    rows = ask(results, "activity_rates") if shape_of(results.info).is_time else []
    has_titles = bool(rows) and "activities" in tables(results)
    titles = {row["activity_id"]: row["title"] for row in ask(results, "titles")} if has_titles else {}
    first = rows[:NAMES_SHOWN]
    for row in first:
        row["titles"] = {"title": titles.get(row["activity_id"])}
    return {"rows": first, "more": len(rows) - len(first)}


def named(results: Results, people: list[dict[str, Any]]) -> dict[str, Any]:
    """The first of a list of people with their names, and how many there are in all."""
    first = people[:NAMES_SHOWN]
    names = names_of(results, [row["participant_id"] for row in first])
    for row in first:
        row["person"] = names.get(row["participant_id"], {})
    return {"rows": first, "count": len(people), "more": len(people) - len(first)}


def names_of(results: Results, people: list[str]) -> dict[str, dict[str, Any]]:
    """Register rows of participants by id; empty without a register of participants."""
    if "participants" not in tables(results):
        return {}
    found = ask(results, "people_rows", [people], relation="participants", order="ALL")
    return {row["participant_id"]: row for row in found}


def findings(results: Results) -> list[dict[str, Any]]:
    """One entry per tier: its count, and one row per clause and code."""
    rows = ask(results, "finding_totals")
    tiers = [*TIERS, *sorted({row["tier"] for row in rows} - set(TIERS))]
    return [
        {
            "tier": tier,
            "rows": [row for row in rows if row["tier"] == tier],
            "count": sum(row["findings"] for row in rows if row["tier"] == tier),
        }
        for tier in tiers
    ]


def coverage(results: Results) -> dict[str, Any]:
    """How far each rule could be checked."""
    rows = ask(results, "coverage_rows")
    return {
        "rows": rows,
        "checked": sum(1 for row in rows if (row["passed"] or 0) + (row["failed"] or 0)),
        "not_assessable": sum(1 for row in rows if row["not_assessable"]),
    }


def scope(info: dict[str, Any]) -> dict[str, Any]:
    """How far the program answers the guideline: counts of its paragraphs, and what is left to people.

    Args:
        info: what the run was, which carries the paragraphs; a database of an earlier version has none.
    """
    entries = info.get("guideline") or []
    is_open = [bool(entry["people"]) for entry in entries]
    is_ruled = [bool(entry["codes"]) for entry in entries]
    is_shown = [bool(entry["figure"] or entry["see"]) for entry in entries]

    def count(chosen: Iterable[bool]) -> int:
        return sum(len(entry["numbers"]) for entry, is_one in zip(entries, chosen, strict=True) if is_one)

    marks = list(zip(is_open, is_ruled, is_shown, strict=True))
    return {
        "entries": entries,
        "left": [entry for entry, is_left in zip(entries, is_open, strict=True) if is_left],
        "all": count(True for _ in entries),
        "rules": count(is_ruled),
        "shown": count(shown and not ruled for _, ruled, shown in marks),
        "people": count(left and not (ruled or shown) for left, ruled, shown in marks),
        "partly": count(left and (ruled or shown) for left, ruled, shown in marks),
        "nothing": count(not any(mark) for mark in marks),
    }
