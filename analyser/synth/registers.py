"""The registers: what the provider knows about activities, content, people and venues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.synth.catalogue import Catalogue, Unit, read_toml
from analyser.synth.cohort import STAFF_KIND
from analyser.synth.events import answer_key
from analyser.synth.spell import date_texts, spell
from analyser.synth.words import RESPONSES

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


def fixed_registers(catalogue: Catalogue) -> dict[str, pa.Table]:
    """The registers that do not depend on who takes part."""
    import pyarrow as pa

    known = [unit for unit in catalogue.units if unit.approvals]
    rows = {
        "activities": [row for unit in known for row in _activity_rows(catalogue, unit)],
        "items": [row for unit in known for row in _item_rows(unit)],
        "questions": [row for unit in known for row in _question_rows(catalogue, unit)],
        "venues": [_dated(venue) for venue in catalogue.venues],
    }
    return {name: pa.Table.from_pylist(found) for name, found in rows.items()}


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    first, last = date_texts(np.array([row["approved_from"], row["approved_to"]]))
    return row | {"approved_from": first, "approved_to": last}


def _activity_rows(catalogue: Catalogue, unit: Unit) -> list[dict[str, Any]]:
    return [
        _dated(
            {
                "activity_id": unit.activity,
                "module_id": unit.module or None,
                "title": unit.title,
                "module_title": unit.module_title or None,
                "approval_no": number,
                "provider": catalogue.provider,
                "approved_minutes": minutes,
                "stated_minutes": unit.stated_minutes,
                "category": unit.category,
                "delivery": unit.delivery,
                "audience": unit.audience,
                "approved_from": first,
                "approved_to": last,
                "pass_mark": unit.pass_mark,
                "paper_size": unit.paper,
                "auto_logout_s": 3600,
                "mode": "elearning",
            }
        )
        for first, last, minutes, number in unit.approvals
    ]


def _item_rows(unit: Unit) -> list[dict[str, Any]]:
    return [
        {
            "activity_id": unit.activity,
            "module_id": unit.module or None,
            "object_id": item.object_id,
            "kind": item.kind,
            "required": str(item.required).lower(),
            "length_s": item.length_s,
        }
        for item in unit.items
    ]


def _question_rows(catalogue: Catalogue, unit: Unit) -> list[dict[str, Any]]:
    import numpy as np

    names = read_toml("names.toml")
    topics, objectives = names["topics"], names["objectives"]
    numbers = np.arange(unit.first_item, unit.first_item + unit.bank)
    keys = answer_key(numbers)
    place = f"{unit.title}, {unit.module_title}" if unit.module else unit.title
    return [
        {
            "activity_id": unit.activity,
            "module_id": unit.module or None,
            "item_id": catalogue.questions[number],
            "text": f"{place}: what is right about {topics[number % len(topics)]}? (case {n + 1})",
            "key": RESPONSES[keys[n]],
            "objective": objectives[n % len(objectives)],
        }
        for n, number in enumerate(numbers.tolist())
    ]


def employers(rng: np.random.Generator, roles: np.ndarray) -> np.ndarray:
    """Whom everyone works for: 0 is the provider itself, for its own staff only."""
    import numpy as np

    others = rng.integers(1, len(read_toml("names.toml")["employers"]) + 1, len(roles))
    return np.where(roles == STAFF_KIND, 0, others)


def participants(
    rng: np.random.Generator, catalogue: Catalogue, employer: np.ndarray, first: int, first_day: int
) -> pa.Table:
    """The register rows of one chunk of people.

    `first`: people before them, `first_day`: the case begins.
    """
    import numpy as np
    import pyarrow as pa

    names = read_toml("names.toml")
    count = len(employer)
    surname = rng.integers(0, len(names["surnames"]), count)
    one = rng.integers(0, len(names["given"]), count)
    two = (one + rng.integers(1, len(names["given"]), count)) % len(names["given"])
    number = np.arange(count) + first + 1
    english = [
        pick(names["surnames"], surname, 0),
        pick(names["given"], one, 0),
        pick(names["given"], two, 0),
    ]
    chinese = [
        pick(names["surnames"], surname, 1),
        pick(names["given"], one, 1),
        pick(names["given"], two, 1),
    ]
    travel = (rng.random(count) < 0.12) & (employer > 0)
    licensed = first_day - rng.integers(60, 6000, count)
    return pa.table(
        {
            "participant_id": spell("P", (number, 7)),
            "name": _joined(english, " "),
            "name_zh": _joined(chinese, ""),
            # No real licence looks like this.
            "licence_no": spell("SY", (number, 7)),
            "licence_type": pa.array(np.where(travel, "travel", "individual")),
            "employer": pick([catalogue.provider, *names["employers"]], employer),
            "first_licensed": pa.array(licensed.astype("datetime64[D]").astype(str)),
        }
    )


def pick(words: list[Any], index: np.ndarray, part: int | None = None) -> pa.Array:
    """The words at these places; `part`: which half of a pair."""
    import pyarrow as pa

    texts = words if part is None else [word[part] for word in words]
    return pa.array(texts, pa.string()).take(pa.array(index))


def _joined(parts: list[pa.Array], separator: str) -> pa.Array:
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(*parts, separator)
