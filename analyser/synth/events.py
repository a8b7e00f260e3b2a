"""Rows as the event table: every column a number into a short list of texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyser.synth.catalogue import DAY_MS, Catalogue
from analyser.synth.cohort import Journeys
from analyser.synth.library import Library
from analyser.synth.script import NONE, OFFICE, RIGHT_OR_WRONG, TOTAL
from analyser.synth.spell import scrambled, spell
from analyser.synth.spread import spread
from analyser.synth.timeline import HONG_KONG_MS, Rows
from analyser.synth.words import EVENTS, FACTORS, OUTCOMES, PURPOSES, RESPONSES, UNKNOWN_EVENTS

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

ACTOR = "ADMIN-03"
_ADMIN_IP, _CENTRE_IP = "203.0.113.9", "203.0.113.77"


@dataclass
class Chunk:
    """What one chunk's columns are made from. `first_*`: numbers used up by the chunks before."""

    catalogue: Catalogue
    library: Library
    journeys: Journeys
    rows: Rows
    people: int
    employer: np.ndarray
    first_person: int
    first_session: int
    first_attempt: int
    seed: int


def session_base(chunk: Chunk) -> np.ndarray:
    """The number of each journey's first session, counted within the chunk."""
    import numpy as np

    count: np.ndarray = chunk.library.script["sessions"][chunk.journeys.script]
    base: np.ndarray = np.cumsum(count) - count
    return base


def attempt_base(chunk: Chunk) -> np.ndarray:
    """The number of each journey's first attempt, counted within the chunk."""
    import numpy as np

    count = chunk.library.attempt.count[chunk.journeys.script]
    base: np.ndarray = np.cumsum(count) - count
    return base


def event_columns(rng: np.random.Generator, chunk: Chunk) -> dict[str, pa.Array]:
    """Every column of the event table but the time, in the order of the rows."""
    import numpy as np

    rows, step = chunk.rows, chunk.library.step.columns
    own = rows.beat == 0

    def said(name: str) -> np.ndarray:
        """A column of the script, null for heartbeats."""
        return np.where(own, step[name][rows.step], NONE)

    unit = step["unit"][rows.step]
    units = chunk.catalogue.units
    activities, modules = [u.activity for u in units], [u.module for u in units]
    has_module = np.array([bool(m) for m in modules])[unit] & (unit >= 0)
    event = np.where(own, step["event"][rows.step], EVENTS.index("heartbeat"))
    event = np.where(rows.word >= 0, rows.word, event)
    # The warning is shown once for the whole activity.
    has_module &= event != EVENTS.index("acknowledge")
    people = chunk.journeys.participant[rows.journey]
    item, answers = _answers(rng, chunk, said("paper"), said("attempt"), said("scored"))
    return {
        "participant_id": coded(people, spell("P", (np.arange(chunk.people) + chunk.first_person + 1, 7))),
        "event": coded(event, (*EVENTS, *UNKNOWN_EVENTS)),
        "session_id": _sessions(chunk),
        "activity_id": coded(unit, activities),
        "module_id": coded(np.where(has_module, unit, NONE), modules),
        "object_id": coded(said("object"), chunk.catalogue.objects),
        "attempt_id": _attempts(chunk, said("attempt")),
        "item_id": coded(item, chunk.catalogue.questions),
        **answers,
        "factor": coded(said("factor"), FACTORS),
        "purpose": coded(said("purpose"), PURPOSES),
        "outcome": coded(said("outcome"), OUTCOMES),
        "duration_s": numbers(said("duration_s")),
        "actor_id": coded(said("actor") - 1, (ACTOR,)),
        **_places(chunk, people),
    }


def coded(codes: np.ndarray, words: Sequence[str] | pa.Array) -> pa.Array:
    """A text column from numbers into `words`; a negative number is null."""
    import numpy as np
    import pyarrow as pa

    if not isinstance(words, pa.Array):
        # A dictionary must not hold a text twice; a Parquet writer would leave its ways undefined.
        place = {word: n for n, word in enumerate(dict.fromkeys(words))}
        codes = np.where(codes < 0, NONE, np.array([place[word] for word in words])[np.maximum(codes, 0)])
        words = pa.array(list(place), pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32), mask=codes < 0), words)


def numbers(values: np.ndarray) -> pa.Array:
    """A whole-number column; a negative number is null."""
    import numpy as np
    import pyarrow as pa

    return pa.array(values.astype(np.int32), mask=values < 0)


def _sessions(chunk: Chunk) -> pa.Array:
    import numpy as np

    rows, library = chunk.rows, chunk.library
    base = session_base(chunk)
    count = int(library.script["sessions"][chunk.journeys.script].sum())
    named = library.script["session_ids"][chunk.journeys.script][rows.journey]
    code = np.where(named, base[rows.journey] + library.step.columns["session"][rows.step], NONE)
    hidden = scrambled(np.arange(count) + chunk.first_session, chunk.seed)
    return coded(code, spell("s", (hidden, 10, 16)))


def _attempts(chunk: Chunk, attempt: np.ndarray) -> pa.Array:
    import numpy as np

    count = int(chunk.library.attempt.count[chunk.journeys.script].sum())
    code = np.where(attempt >= 0, attempt_base(chunk)[chunk.rows.journey] + attempt, NONE)
    return coded(code, spell("AT", (np.arange(count) + chunk.first_attempt + 1, 8)))


def _answers(
    rng: np.random.Generator,
    chunk: Chunk,
    paper: np.ndarray,
    attempt: np.ndarray,
    scored: np.ndarray,
) -> tuple[np.ndarray, dict[str, pa.Array]]:
    """The items of every paper, which answers are right, and the scores."""
    import numpy as np

    rows, table = chunk.rows, chunk.library.attempt
    place, _ = spread(table.start[chunk.journeys.script], table.count[chunk.journeys.script])
    right = rng.integers(table.columns["right_lo"][place], table.columns["right_hi"][place] + 1)
    size, claim = table.columns["size"][place], table.columns["claim"][place]
    number = np.where(attempt >= 0, attempt_base(chunk)[rows.journey] + attempt, NONE)
    item = _items(rng, chunk, paper)

    answer = np.flatnonzero(scored == RIGHT_OR_WRONG)
    correct = _marked(rng, chunk, item[answer], number[answer], right)
    key = answer_key(item[answer])
    response = np.full(len(rows.at), NONE)
    response[answer] = (key + np.where(correct > 0, 0, rng.integers(1, 4, len(answer)))) % 4

    score, top = np.full(len(rows.at), NONE), np.full(len(rows.at), NONE)
    score[answer], top[answer] = correct, 1
    whole = np.flatnonzero(scored == TOTAL)
    score[whole] = np.where(claim >= 0, claim, right)[number[whole]]
    top[whole] = size[number[whole]]
    return item, {
        "response": coded(response, RESPONSES),
        "score": numbers(score),
        "max_score": numbers(top),
    }


def _marked(
    rng: np.random.Generator, chunk: Chunk, item: np.ndarray, attempt: np.ndarray, right: np.ndarray
) -> np.ndarray:
    """1 for the answers that are right; of each attempt as many as it is to have."""
    import numpy as np

    # Some questions are harder for everybody: the easiest ones of the paper are the right ones.
    hard = (np.arange(len(chunk.catalogue.questions)) * 7 % 10) / 10
    luck = hard[item] + rng.random(len(item)) * 1.2
    order = np.lexsort((luck, attempt))
    owner = attempt[order]
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    rank = np.arange(len(order)) - np.repeat(first, np.diff(first, append=len(order)))
    correct = np.empty(len(order), dtype=np.int64)
    correct[order] = rank < right[owner]
    return correct


def answer_key(item: np.ndarray) -> np.ndarray:
    """The right response (0 to 3) of each question number."""
    key: np.ndarray = (item * 11 + item // 3) % 4
    return key


def _items(rng: np.random.Generator, chunk: Chunk, paper: np.ndarray) -> np.ndarray:
    """The question at each place of a paper: every journey has its own walk through the bank."""
    import numpy as np

    rows = chunk.rows
    unit = chunk.library.step.columns["unit"][rows.step]
    bank = np.array([u.bank for u in chunk.catalogue.units])[unit]
    first = np.array([u.first_item for u in chunk.catalogue.units])[unit]
    stride, begin = rng.random((2, len(chunk.journeys.script)))
    a = 1 + (stride[rows.journey] * (bank - 1)).astype(np.int64)
    b = (begin[rows.journey] * bank).astype(np.int64)
    return np.where(paper >= 0, first + (a * paper + b) % bank, NONE)


def _places(chunk: Chunk, people: np.ndarray) -> dict[str, pa.Array]:
    """Network address and device: home, the office at lunch and by day, a telephone, a centre."""
    import numpy as np
    import pyarrow as pa

    rows, step = chunk.rows, chunk.library.step.columns
    device, actor = step["device"][rows.step], step["actor"][rows.step]
    by_day, centre = _whereabouts(chunk)
    offices = int(chunk.employer.max(initial=0)) + 1
    ip = np.where(by_day[rows.sitting], 2 * chunk.people + chunk.employer[people], people)
    ip = np.where(device == 1, chunk.people + people, ip)
    ip = np.where(centre[rows.sitting], 2 * chunk.people + offices + 1, ip)
    ip = np.where(actor == 1, 2 * chunk.people + offices, ip)
    one = np.arange(chunk.people) + chunk.first_person
    texts = pa.concat_arrays(
        [
            spell("2001:db8:", (one >> 16, 4, 16), ":", (one & 0xFFFF, 4, 16), "::7"),
            spell("100.64.", (100 + one % 150, 3), ".", (100 + one // 150 % 150, 3)),
            spell("203.0.113.", (100 + np.arange(offices), 3)),
            pa.array([_ADMIN_IP, _CENTRE_IP]),
        ]
    )
    own = scrambled(np.arange(2 * chunk.people) + 2 * chunk.first_person, chunk.seed + 1)
    devices = pa.concat_arrays(
        [
            spell("pc-", (own[: chunk.people], 10, 16)),
            spell("phone-", (own[chunk.people :], 10, 16)),
            pa.array(["pc-administration"]),
        ]
    )
    code = np.where(actor == 1, 2 * chunk.people, people + device * chunk.people)
    return {"ip": coded(ip, texts), "device": coded(code, devices)}


def _whereabouts(chunk: Chunk) -> tuple[np.ndarray, np.ndarray]:
    """For every sitting: was it on a working day before the evening; was it at a centre."""
    import numpy as np

    rows, table = chunk.rows, chunk.library.sitting
    place, _ = spread(table.start[chunk.journeys.script], table.count[chunk.journeys.script])
    begins = np.zeros(len(place), dtype=np.int64)
    # Written backwards, so that the earliest row of each sitting has the last word.
    begins[rows.sitting[::-1]] = rows.at[::-1] + HONG_KONG_MS
    by_day = ((begins // DAY_MS + 3) % 7 < 5) & (begins % DAY_MS < 18 * 3_600_000)
    return by_day, table.columns["clock"][place] == OFFICE
