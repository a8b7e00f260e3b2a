"""The time of one credit row as a list, so that its figures can be added up by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.report.query import ask
from analyser.report.text import clock, moment, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyser.report.matter import Matter, Row
    from analyser.report.words import Words
    from analyser.results import Results

MOST_INTERVALS = 200
CLIPS_SHOWN = 5
SECOND_US = 1_000_000
LEARNED = frozenset({"learning", "media"})


def ledger(results: Results, matter: Matter, words: Words) -> Iterator[str]:
    """The row's learning and what was taken off, with source lines, as lines of text.

    Args:
        results: the assessed database.
        matter: the row, and the events behind it where they are known.
        words: in which language.
    """
    spans = matter.behind.spans if matter.behind else _intervals(results, matter.row)
    learned = [span for span in spans if span["state"] in LEARNED]
    total = _length(sum(span["length_us"] for span in learned))
    if learned:
        yield f"\n  {words.plain('why.learned', total=total)}"
        yield from _listed(learned, words)
    if taken := [span for span in spans if span["state"] not in LEARNED]:
        yield f"\n  {words.plain('why.taken_off')}"
        yield from _listed(taken, words)


def asides(matter: Matter, words: Words) -> Iterator[tuple[str, str]]:
    """What else bears on the row's time: a sentence and its source lines.

    Args:
        matter: the row, and the events behind it where they are known.
        words: in which language.
    """
    if not matter.behind:
        return
    if matter.behind.elsewhere:
        parts = [_belongs(row, words) for row in matter.behind.elsewhere]
        joint = {"en": ", ", "zh-Hant": "，"}
        joined = {name: joint[name].join(part[name] for part in parts) for name in words.languages}
        yield words.plain("why.elsewhere", parts=joined), ""
    clips = matter.behind.clips
    for row in clips[:CLIPS_SHOWN]:
        name, at = row["object_id"] or "–", moment(row["at"])
        text = words.plain("why.clip", clip=name, at=at, length=clock(row["length_s"]))
        yield text, row["source"] or ""
    if len(clips) > CLIPS_SHOWN:
        yield words.plain("why.more_clips", count=len(clips) - CLIPS_SHOWN), ""


def _belongs(row: Row, words: Words) -> dict[str, str]:
    time = _length(row["length_us"])
    if row["activity_id"] is None:
        return words.texts("why.outside_activities", time=time)
    what = " ".join(row[name] for name in ("activity_id", "module_id") if row[name])
    return words.texts("why.belongs", time=time, what=what)


def _intervals(results: Results, row: Row) -> list[Row]:
    """The row's intervals as they were written."""
    last = row["credited_at"] or "9999"
    key = [row["participant_id"], row["activity_id"], row["module_id"], row["started_at"], last]
    return ask(results, "time_of", key)


def _listed(spans: list[Row], words: Words) -> Iterator[str]:
    for span in spans[:MOST_INTERVALS]:
        state = " / ".join(words.named("lane", span["state"]).values())
        last = moment(span["end_at"])
        is_one_day = moment(span["start_at"])[:10] == last[:10]
        times = f"{moment(span['start_at'])} – {last[11:] if is_one_day else last}"
        yield f"    {times}  {_length(span['length_us']):>8}  {state:<12} {plain(span['evidence'])}"
    if len(spans) > MOST_INTERVALS:
        yield f"    {words.plain('why.more_spans', count=len(spans) - MOST_INTERVALS)}"


def _length(microseconds: int) -> str:
    """A length to the millisecond, so that the list adds up to its figures."""
    seconds, rest = divmod(microseconds, SECOND_US)
    return clock(seconds) + (f".{rest // 1000:03d}" if rest else "")
