"""The verdict on credit as plain text, clause by clause, down to the source lines."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from analyser.errors import AnalyserError
from analyser.report.argument import lines
from analyser.report.behind import behind_of
from analyser.report.cards import Cards
from analyser.report.ledger import asides, ledger
from analyser.report.matter import Matter
from analyser.report.overview import names_of
from analyser.report.persons import placed, titles_of
from analyser.report.query import ask, tables
from analyser.report.shape import shape_of
from analyser.report.text import number, plain, shortened
from analyser.report.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyser.results import Results

Row = dict[str, Any]
WIDTH = 100
INDENT = " " * 25


def explain(
    results: Results,
    participant: str,
    activity: str | None = None,
    module: str | None = None,
    language: str = "en",
    again: Results | None = None,
) -> str:
    """Why a participant's credit is what it is, as a person would argue it.

    Args:
        results: the assessed database.
        participant: whose credit.
        activity: only this activity.
        module: only this module of it.
        language: ``en``, ``zh-Hant`` or ``both``.
        again: the relations behind the participant's credit (see `analyser.engines.again`), so that
            the events behind each row can be named.

    Raises:
        AnalyserError: the results know no such participant, activity or module.
    """
    words = Words(language, shape_of(results.info).words)
    everything = ask(results, "credits_of", [participant])
    findings = ask(results, "findings_of", [participant])
    if not everything and not findings and not ask(results, "intervals_of", [participant])[0]["spans"]:
        if participant in names_of(results, [participant]):
            return f"{_head(results, participant, 0, words)}\n\n{words.plain('why.register_only')}\n"
        raise AnalyserError(_unknown(participant))
    behind, others = placed(everything, findings)
    wanted = [
        (row, reasons)
        for row, reasons in zip(everything, behind, strict=True)
        if activity in {None, row["activity_id"]} and module in {None, row["module_id"]}
    ]
    if not wanted and (activity or module):
        raise AnalyserError(_unknown_course(everything, participant, activity, module))
    parts = [_head(results, participant, len(wanted), words)]
    info = results.info
    titles, unproven, cards = titles_of(results), _unproven(results), Cards(info, words)
    for row, reasons in wanted:
        behind_it = behind_of(again, row) if again else None
        matter = Matter(row, _register(results, row), info, unproven, cards, behind_it, tuple(reasons))
        changed = [f"\n  {words.plain('why.changed')}"] if again and not behind_it else []
        parts.append("\n".join([*_verdict(results, matter, reasons, titles, words), *changed]))
    parts += _other_findings(others, activity, words, cards)
    return "\n\n".join(parts) + "\n"


def _unknown(participant: str) -> str:
    return (
        f"The results know no participant {shortened(participant, 80)!r}: no credit row, finding or"
        " time of that id. Check the spelling; ids are in the first column of credits.csv."
    )


def _unknown_course(rows: list[Row], participant: str, activity: str | None, module: str | None) -> str:
    courses = sorted({" ".join(filter(None, (row["activity_id"], row["module_id"]))) for row in rows})
    asked = " ".join(filter(None, (activity, module)))
    known = "; ".join(plain(course) for course in courses[:20]) or "none"
    return (
        f"Participant {shortened(participant, 80)} has no credit row for {shortened(asked, 80)!r}."
        f" There are credit rows for: {known}."
    )


def _head(results: Results, participant: str, rows: int, words: Words) -> str:
    person = names_of(results, [participant]).get(participant, {})
    name = " ".join(plain(person[key]) for key in ("name", "name_zh") if person.get(key))
    title = f"{plain(participant)} {name}".strip()
    info = results.info
    about = words.plain("why.head", rows=rows, case=info.get("case") or "–", as_of=info.get("as_of") or "–")
    return f"{shortened(title, 300)}\n{about}"


def _register(results: Results, row: Row) -> Row | None:
    """The register row in force on the credit date: of overlapping ones, the latest."""
    if "activities" not in tables(results) or not row["credited_at"]:
        return None
    key = [row["activity_id"], row["module_id"], row["credited_at"][:10]]
    found = ask(results, "register_of", key)
    return found[0] if found else None


def _unproven(results: Results) -> dict[str, str]:
    """Rules that could be checked on nobody, with the reason."""
    return {
        row["code"]: row["why"] or "–"
        for row in ask(results, "coverage_rows")
        if row["not_assessable"] and not (row["passed"] or row["failed"])
    }


def _verdict(
    results: Results, matter: Matter, findings: list[Row], titles: dict[Any, Row], words: Words
) -> Iterator[str]:
    row = matter.row
    yield "─" * WIDTH
    yield _course(row, titles)
    shape = shape_of(matter.info)
    verdict = {
        "status": words.named("status", row["status"]),
        "minutes": number(row[shape.credit]),
        "stated": number(row[shape.approved]),
    }
    yield words.plain("why.verdict" if shape.is_time else "why.verdict_points", **verdict)
    yield ""
    for line in lines(matter, words):
        head = f"  {words.plain(f'why.mark_{line.mark}'):<10} {line.clause:<11} "
        yield from wrap(line.text, WIDTH, initial_indent=head, subsequent_indent=INDENT)
        yield from _source(line.source, INDENT, words)
    yield from ledger(results, matter, words)
    for text, source in asides(matter, words):
        yield from ["", *wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ")]
        yield from _source(source, "  ", words)
    if findings:
        yield f"\n  {words.plain('why.findings')}"
        for finding in findings:
            yield from _finding(finding, words, matter.cards)


def _source(source: str, indent: str, words: Words) -> list[str]:
    """Where it is written, on a line of its own: a place must not be broken into two."""
    return [f"{indent}{words.plain('finding.evidence')} {plain(source)}"] if source else []


def _course(row: Row, titles: dict[Any, Row]) -> str:
    title = titles.get((row["activity_id"], row["module_id"]), {})
    ids = " · ".join(plain(row[key]) for key in ("activity_id", "module_id") if row[key])
    names = ": ".join(plain(title[key]) for key in ("title", "module_title") if title.get(key))
    return shortened(f"{ids}  {names}".strip(), 300)


def _finding(finding: Row, words: Words, cards: Cards) -> Iterator[str]:
    fallback = finding["message"] or finding["message_zh"] or finding["code"]
    mine = {"en": finding["message"] or fallback, "zh-Hant": finding["message_zh"] or fallback}
    message = " / ".join(plain(mine[language]) for language in words.languages)
    when = f" {cards.times(finding['code'], finding['at'], None)}" if finding["at"] else ""
    tier = cards.tier(finding["code"], finding["tier"])
    about = words.plain("why.about", tier=tier, clause=finding["clause"])
    yield f"    {plain(finding['code'])}{about}{when}"
    yield f"      {message}"
    if finding["value"] is not None:
        measured = words.plain("finding.value", value=number(finding["value"]))
        limit = finding["limit_value"]
        beside = "" if limit is None else words.plain("finding.limit", limit=number(limit))
        yield f"      {measured}{beside}"
    if finding["benign"]:
        benign = cards.texts(finding["code"], "benign", finding["benign"])
        yield f"      {words.plain('why.benign')}{' / '.join(benign.values())}"
    if finding["evidence"]:
        yield f"      {words.plain('finding.evidence')} {plain(finding['evidence'])}"


def _other_findings(others: list[Row], activity: str | None, words: Words, cards: Cards) -> list[str]:
    """Findings in no credit row; with an activity asked for, its own and those of none."""
    shown = [row for row in others if activity is None or row["activity_id"] in {activity, None}]
    if not shown:
        return []
    text = [words.plain("why.others")]
    for finding in shown:
        text += _finding(finding, words, cards)
    return ["\n".join(text)]
