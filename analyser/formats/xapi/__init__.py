"""xAPI statements, with what the profiles for video, cmi5 and SCORM add."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.formats.base import load_table
from analyser.formats.json_records import json_format
from analyser.formats.xapi.faults import refusals, remarks
from analyser.formats.xapi.meaning import cells, quick, steps

if TYPE_CHECKING:
    from analyser.ingest.source import Source

TABLE = load_table(__file__)
# Caliper's events have actor and object too.
_OTHERS = {"action", "type", "@type"}


def _is_statement(entry: dict[str, Any]) -> bool:
    # One part may be missing: the statement is then refused with the right reason.
    is_verb = isinstance(entry.get("verb"), dict) and {"actor", "object"} & set(entry)
    return bool(is_verb) or ({"actor", "object"} <= set(entry) and not _OTHERS & set(entry))


def _fields(source: Source) -> dict[str, Any]:
    return {
        "cells": cells(TABLE),
        "broken": "NOT x_there",
        "over": steps(TABLE),
        "quick": quick(TABLE, source),
        "refusals": refusals(),
        "remarks": remarks(TABLE),
        "record": "x_id",
    }


FORMAT = json_format(TABLE, _is_statement, "are JSON objects with actor, verb and object", _fields)
