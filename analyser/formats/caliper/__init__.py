"""Caliper events of versions 1.0 to 1.2."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from analyser.formats.base import load_table
from analyser.formats.caliper.faults import refusals, remarks
from analyser.formats.caliper.meaning import cells, steps
from analyser.formats.json_records import json_format

if TYPE_CHECKING:
    from analyser.ingest.source import Source

TABLE = load_table(__file__)


def _is_event(entry: dict[str, Any]) -> bool:
    # One part may be missing: the event is then refused with the right reason.
    has_context = "imsglobal.org/ctx/caliper" in json.dumps(entry.get("@context"))
    return has_context or {"actor", "action", "eventTime"} <= set(entry)


def _fields(source: Source) -> dict[str, Any]:
    del source
    return {
        "cells": cells(TABLE),
        "broken": "x_cell IS NULL",
        "over": steps(TABLE),
        "refusals": refusals(TABLE),
        "remarks": remarks(TABLE),
    }


FORMAT = json_format(TABLE, _is_event, "have a Caliper @context, or actor, action and eventTime", _fields)
