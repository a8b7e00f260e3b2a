"""The inspection report: one HTML file that opens offline and needs nothing from outside."""

from __future__ import annotations

import base64
import hashlib
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from analyser.report import overview, svg
from analyser.report.cards import Cards
from analyser.report.files import whole
from analyser.report.persons import persons
from analyser.report.shape import shape_of
from analyser.report.text import clock, humanised, moment, number, plain, shortened
from analyser.report.timeline import SHAPES
from analyser.report.words import Html, Words

if TYPE_CHECKING:
    from pathlib import Path

    import jinja2
    from jinja2.bccache import Bucket

    from analyser.results import Results

FILE = "inspection_report.html"
NOTHING_KNOWN = dict.fromkeys(
    (
        "case",
        "scheme",
        "scheme_title",
        "scheme_source",
        "as_of",
        "assessed_at",
        "versions",
        "unread",
        "understood",
        "unused",
    )
)


def write_inspection(results: Results, path: Path, *, language: str, limit: int | None, digest: str) -> Path:
    """Writes the report and returns its path.

    Args:
        results: the assessed database.
        path: the HTML file to write.
        language: ``en``, ``zh-Hant`` or ``both`` (then the reader switches).
        limit: at most so many participants; without it, at most 200.
        digest: the digest of the results.
    """
    words = Words(language, shape_of(results.info).words)
    context = {**_context(results, words, limit), "digest": digest}
    template = _environment(words, Cards(results.info, words)).get_template("page.html.j2")
    with whole(path) as part, part.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(template.generate(context))
    return path


def _context(results: Results, words: Words, limit: int | None) -> dict[str, Any]:
    info = NOTHING_KNOWN | results.info
    shown = persons(results, words, limit)
    basis = (info.get("policy") or {}).get("time_basis", {}).get("value")
    style, script = _asset("report.css"), _asset("report.js")
    style = style.replace("/*lanes*/", _lane_colours())
    return {
        "info": info,
        "languages": words.languages,
        "style": Html(style),
        "script": Html(script),
        "style_hash": _hash(style),
        "script_hash": _hash(script),
        "received": overview.received(results),
        "policy": overview.policy(info),
        "shape": shape_of(info),
        "time_basis": basis,
        "basis_name": words.named("basis", basis),
        "totals": overview.totals(results),
        "rates": overview.rates(results),
        "findings": overview.findings(results),
        "coverage": overview.coverage(results),
        "scope": overview.scope(info),
        "persons": shown,
        "anchors": {p["participant_id"]: f"p{n}" for n, p in enumerate(shown["shown"], 1)},
        "legend": Html(_legend(words)),
        "known_statuses": overview.STATUSES,
        "known_tiers": overview.TIERS,
        "described": {entry.get("code") for entry in info.get("clauses") or []},
    }


def _environment(words: Words, cards: Cards) -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("analyser.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        bytecode_cache=_compiled(),
    )
    environment.filters |= {
        "show": lambda value, limit=400: shortened(value, limit),
        "number": number,
        "clock": clock,
        "moment": moment,
        "hours": hours,
        "share": share,
        "fact": lambda value, column: clock(value) if column.endswith("_s") else number(value),
        "safe_picture": Html,
    }
    environment.globals |= _functions(words, cards)
    return environment


@cache
def _compiled() -> jinja2.BytecodeCache:
    """Compiled templates, kept for the next report of this process."""
    import jinja2

    class Kept(jinja2.BytecodeCache):
        def __init__(self) -> None:
            self._code: dict[str, bytes] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            if code := self._code.get(bucket.key):
                bucket.bytecode_from_string(code)

        def dump_bytecode(self, bucket: Bucket) -> None:
            self._code[bucket.key] = bucket.bytecode_to_string()

    return Kept()


def _functions(words: Words, cards: Cards) -> dict[str, Any]:
    """What templates may call; each gives finished HTML in the languages of the report."""

    def tagged(english: str | None, chinese: str | None, code: str) -> Html:
        return Html(words.tagged(_message(words, english, chinese, code)))

    def card(code: str, part: str, fallback: str | None = None) -> Html:
        return Html(words.tagged(cards.texts(code, part, fallback)))

    def tier_about(tier: str) -> Html:
        key = f"tier_about.{tier}"
        return Html(words.html(key) if key in words else "")

    return {
        "t": lambda key, **values: Html(words.html(key, **values)),
        "named": lambda group, name: Html(words.tagged(words.named(group, name))),
        "plain_text": words.plain,
        "tagged": tagged,
        "of_card": card,
        "titled": lambda texts, fallback="–": Html(words.tagged(words.both(texts, fallback))),
        "tier_about": tier_about,
        "of_tier": lambda row: Html(words.tagged(cards.tier(row["code"], row["tier"]))),
        "times": lambda row: cards.times(row["code"], row["at"], row["until"]),
        "fact_name": lambda name: Html(
            words.tagged(words.named("fact" if f"fact.{name}" in words else "column", name))
        ),
        "because": lambda why: Html(
            words.tagged({k: shortened(v, 600) for k, v in words.reasons(why).items()})
        ),
        "rejected": lambda row: Html(
            words.tagged(
                {k: shortened(v, 300) for k, v in words.rejected(row["column"], row["reason"] or "–").items()}
            )
        ),
        "zone": lambda told: Html(words.tagged({k: shortened(v, 120) for k, v in words.zone(told).items()})),
        "noted": lambda told: Html(
            words.tagged({k: shortened(v, 400) for k, v in words.noted(told).items()})
        ),
        "subject": lambda text: Html(words.tagged(_subject(words, text))),
    }


def _subject(words: Words, text: str | None) -> dict[str, str]:
    """Whom a rule asks; a scheme's own word stands as it is."""
    is_known = f"subject.{text}" in words
    return words.named("subject", text) if is_known else dict.fromkeys(words.languages, plain(text or "–"))


def _message(words: Words, english: str | None, chinese: str | None, code: str) -> dict[str, str]:
    """A finding's sentence by language; one that is missing is stood in for by the other."""
    fallback = english or chinese or humanised(code)
    mine = {"en": english, "zh-Hant": chinese}
    return {language: shortened(mine[language] or fallback, 1500) for language in words.languages}


def hours(minutes: int | None) -> str:
    """Minutes as hours, to a hundredth."""
    return number(None if minutes is None else round(Decimal(minutes) / 60, 2))


def share(part: int, whole: int) -> str:
    """How many of how many, and the percentage to a tenth: ``2 / 3 (66.7 %)``."""
    if not whole:
        return "–"
    tenths = (2000 * part + whole) // (2 * whole)  # to the nearest, halves up
    return f"{number(part)} / {number(whole)} ({number(Decimal(tenths) / 10)} %)"


def _legend(words: Words) -> str:
    """The marks of the timelines with their names."""
    parts = [
        '<span class="entry"><svg viewBox="-7 -7 14 14" aria-hidden="true">'
        + svg.glyph(0, 0, shape, f"mark mark-{name}")
        + f"</svg>{words.html(f'mark.{name}')}</span>"
        for name, shape in SHAPES.items()
        if name != "timeout"  # looks like a logout and is named with it
    ]
    return words.html("persons.legend") + "".join(parts)


def _lane_colours() -> str:
    return "".join(f".fill-{lane}{{fill:{colour}}}" for lane, colour in svg.COLOURS.items())


def _asset(name: str) -> str:
    return (resources.files(__package__) / "templates" / name).read_text("utf-8").strip()


def _hash(text: str) -> str:
    """What the page's security policy knows its one style and one script by."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
