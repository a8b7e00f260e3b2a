"""Formats that are tables only, one TOML file each; what is known of their versions stands in it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from analyser.formats.mapping import mapped_format

_FOLDER = Path(__file__).resolve().parent

FORMATS = tuple(
    mapped_format(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(_FOLDER.glob("*.toml"))
)
